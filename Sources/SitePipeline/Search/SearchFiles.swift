import CivilTime
import Columns
import Search

/// The index that readers search, and where it is published.
struct SearchFiles: Sendable {
  /// Every file by its path below `output/`.
  let files: [(file: String, bytes: [UInt8])]
  /// The link of the program that searches, from the site's root.
  let script: String

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
    let files = index.files(of: documents, facets: facets.facets, records: records.flatMap { $0 })
    let hashes = try await parallelMap(count: files.count, jobs: jobs) { number in
      files[number].name + contentHash(files[number].bytes)
    }
    let folder = "search/" + contentHash(Array(hashes.joined().utf8))
    return SearchFiles(
      files: files.map { ("\(folder)/\($0.name)", $0.bytes) }, script: "\(folder)/search.js")
  }

  /// About `parts` ranges of the same length that make up the numbers below `count`.
  private static func split(_ count: Int, into parts: Int) -> [Range<Int>] {
    let length = max(1, (count + parts - 1) / parts)
    return stride(from: 0, to: count, by: length).map { $0..<min(count, $0 + length) }
  }
}
