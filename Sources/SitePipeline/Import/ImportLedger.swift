import Columns

/// The files that imports wrote, with a digest of each, so that the next one knows which of them somebody has edited since.
///
/// It is a file beside the content whose name begins with a dot, so that nobody publishes it: a line for each file, of its
/// digest, the digest of what tells the item that it came from, and its path.
struct ImportLedger: Sendable {
  /// Where it is, below `content/`.
  static let file = ".sitegen-import"
  /// What an import that is at work is about to write, beside the ledger, which it writes when it is done.
  static let journal = ".sitegen-import-journal"
  private static let head = "sitegen import 1"

  struct Entry: Sendable, Hashable {
    var digest: Digest
    var item: Digest
  }

  /// What was written, by path.
  private(set) var entries: [String: Entry] = [:]

  /// The ledger that `bytes` hold.
  init(_ bytes: [UInt8]?) {
    guard let bytes else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.hasPrefix(Self.head + "\n") else { return }
    for (path, entry) in Self.lines(text) { entries[path] = entry }
  }

  /// Takes note that `bytes`, of the item of this key, are in the file at `path`.
  mutating func note(_ path: String, _ bytes: [UInt8], key: String) {
    entries[path] = Self.entry(bytes, key: key)
  }

  /// What a ledger says of `bytes`, of the item of this key.
  static func entry(_ bytes: [UInt8], key: String) -> Entry {
    Entry(digest: Digest(of: bytes), item: Digest(of: Array(key.utf8)))
  }

  /// Takes note of what an import that was killed had written, as its journal says it was about to: a line for each file,
  /// which counts if the file holds what was meant.
  ///
  /// `digest` is that of what a file holds now.
  mutating func add(
    journal: [UInt8], digest: (String) throws(SystemError) -> Digest?
  ) throws(SystemError) {
    // What comes behind the last line end was never acted upon.
    guard let end = journal.lastIndex(of: 0x0A) else { return }
    for (path, entry) in Self.lines(String(decoding: journal[...end], as: UTF8.self)) {
      if try digest(path) == entry.digest { entries[path] = entry }
    }
  }

  /// The line of a file in a ledger or journal.
  static func line(_ path: String, _ entry: Entry) -> String {
    "\(entry.digest.text) \(entry.item.text) \(path)"
  }

  /// What `text` holds; lines that are none are passed over, also those whose paths climb.
  private static func lines(_ text: String) -> [(path: String, entry: Entry)] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let digest = Digest(parts[0]), let item = Digest(parts[1]) else { return nil }
      let path = String(parts[2])
      let isSafe = path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
        !$0.isEmpty && !$0.hasPrefix(".")
      }
      return isSafe ? (path, Entry(digest: digest, item: item)) : nil
    }
  }

  /// The paths of all write-ups and pages that were written.
  var texts: Set<String> { Set(entries.keys.filter { $0.hasSuffix(".md") }) }

  /// The file of an item, which is not that of its comments: that in the column `folder` or among the pages, whatever
  /// became of it; else one in another column, if it is among those that are `there`.
  func paths(for folder: String, there: Set<String>) -> [Digest: String] {
    var result: [Digest: String] = [:]
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".md") {
      let isHere = path.hasPrefix(folder + "/") || path.hasPrefix("pages/")
      if isHere || result[entry.item] == nil && there.contains(path) { result[entry.item] = path }
    }
    return result
  }

  /// The bytes of the file.
  var bytes: [UInt8] {
    var bytes = Array((Self.head + "\n").utf8)
    for path in entries.keys.sorted() {
      if let entry = entries[path] { bytes += (Self.line(path, entry) + "\n").utf8 }
    }
    return bytes
  }
}
