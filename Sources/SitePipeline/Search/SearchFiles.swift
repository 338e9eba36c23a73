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
    let documents = try await parallelMap(count: subjects.count, jobs: jobs) { number in
      subjects[number].document(in: archive, facets)
    }
    let runs = split(documents.count, into: jobs * 2)
    let parts = try await parallelMap(count: runs.count, jobs: jobs) { number in
      Concordance(documents[runs[number]], first: runs[number].lowerBound)
    }
    let index = SearchIndex(merging: parts)
    let ranges = split(index.wordCount, into: jobs * 4)
    let records = try await parallelMap(count: ranges.count, jobs: jobs) { number in
      index.records(of: ranges[number])
    }
    let per = SearchIndex.documentsPerPart
    let shown = try await parallelMap(count: (documents.count + per - 1) / per, jobs: jobs) { number in
      SearchFile(part: number, documents[number * per..<min(documents.count, (number + 1) * per)])
    }
    let files = index.files(of: documents, facets: facets.facets, records: records) + shown
    let texts = documents.map(\.text)
    let digests = try await parallelMap(count: files.count + texts.count, jobs: jobs) { number in
      Digest(of: number < files.count ? files[number].bytes : texts[number - files.count])
    }
    // The names follow from the number of files of each kind, which is in one of them.
    let folder = "search/" + Digest(of: digests.flatMap(\.digits)).text.prefix(16)
    return SearchFiles(
      files: files.map { ("\(folder)/\($0.name)", $0.bytes) }, texts: texts, folder: folder)
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

  /// About `parts` ranges of the same length that make up the numbers below `count`.
  private static func split(_ count: Int, into parts: Int) -> [Range<Int>] {
    let length = max(1, (count + parts - 1) / parts)
    return stride(from: 0, to: count, by: length).map { $0..<min(count, $0 + length) }
  }
}
