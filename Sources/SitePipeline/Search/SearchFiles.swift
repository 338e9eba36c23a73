import CivilTime
import Columns
import Search

/// The index that readers search, and where it is published.
struct SearchFiles: Sendable {
  /// The files of the index by their paths below `output/`, but for the texts.
  let files: [(file: String, bytes: [UInt8])]
  /// The text of each document, of which excerpts are cut; ``textFiles(_:)`` writes it.
  let texts: [[UInt8]]
  /// The folder below `output/` in which all files stand.
  private let folder: String

  /// The link of the program that searches, from the site's root.
  var script: String { folder + "/search.js" }

  /// Indexes what the archive publishes: write-ups, newest first, then people, then free pages.
  ///
  /// The files stand in a folder that is named by all they hold, so that a page and the parts it asks for always
  /// fit together, whatever a browser has kept of an earlier index.
  static func index(_ archive: Archive, jobs: Int) async throws -> SearchFiles {
    let facets = SearchFacets(archive)
    let subjects = SearchSubject.all(in: archive)
    let sections = try await parallelMap(runs(of: subjects, in: archive, count: jobs * 2), jobs: jobs) {
      run in
      let section = SearchSection(run) { subjects[$0].document(in: archive, facets) }
      return (section, digests: section.texts.map(Digest.init(of:)))
    }
    let index = SearchIndex(sections.map(\.0))
    let records = try await parallelMap(index.wordRanges(count: jobs * 4), jobs: jobs) {
      index.records(of: $0)
    }
    let lists = try await parallelMap(SearchIndex.List.allCases, jobs: jobs) { index.parts(of: $0, records) }
    let files = index.files(facets: facets.facets, lists: lists)
    let digests = try await parallelMap(files, jobs: jobs) { Digest(of: $0.bytes) }
    // The names follow from the number of files of each kind, which is in one of them.
    let all = digests + sections.flatMap(\.digests)
    let folder = "search/" + Digest(of: all.flatMap(\.digits)).text.prefix(16)
    return SearchFiles(
      files: files.map { ("\(folder)/\($0.name)", $0.bytes) }, texts: sections.flatMap(\.0.texts),
      folder: folder)
  }

  /// The files of the text at `number`.
  func textFiles(_ number: Int) -> [(file: String, bytes: [UInt8])] {
    SearchFile.pieces(of: texts[number], document: number).map { ("\(folder)/\($0.name)", $0.bytes) }
  }

  /// The bytes of the file at `path` below `output/`; `nil` when there is none.
  func bytes(of path: String) -> [UInt8]? {
    if let file = files.first(where: { $0.file == path }) { return file.bytes }
    // The names of texts begin with their numbers: t12-0.js.
    guard path.hasPrefix(folder + "/t"),
      let number = Int(path.dropFirst(folder.count + 2).prefix { $0 != "-" }),
      texts.indices.contains(number)
    else { return nil }
    return textFiles(number).first { $0.file == path }?.bytes
  }

  /// About `count` runs of subjects with as much text in each as in the others.
  private static func runs(of subjects: [SearchSubject], in archive: Archive, count: Int) -> [Range<Int>] {
    let lengths = subjects.map { $0.textLength(in: archive) }
    let limit = lengths.reduce(0, +) / count + 1
    var runs: [Range<Int>] = []
    var (start, length) = (0, 0)
    for end in stride(from: 0, to: subjects.count, by: SearchIndex.documentsPerPart) {
      if length >= limit {
        runs.append(start..<end)
        (start, length) = (end, 0)
      }
      length += lengths[end..<min(subjects.count, end + SearchIndex.documentsPerPart)].reduce(0, +)
    }
    return start < subjects.count ? runs + [start..<subjects.count] : runs
  }
}
