import Columns

/// The files that imports wrote, with a digest of each, so that the next one knows which of them somebody has edited since.
///
/// It is a file beside the content whose name begins with a dot, so that nobody publishes it: a line for each file, of its
/// digest, the digest of what tells the item that it came from, and its path.
struct ImportLedger: Sendable {
  /// Where it is, below `content/`.
  static let file = ".sitegen-import"
  private static let head = "sitegen import 1"

  struct Entry: Sendable, Hashable {
    var digest: Digest
    var item: Digest
  }

  /// What was written, by path.
  private(set) var entries: [String: Entry] = [:]

  /// The ledger that `bytes` hold; lines that are none are passed over, also those whose paths climb.
  init(_ bytes: [UInt8]?) {
    guard let bytes else { return }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.first == Self.head[...] else { return }
    for line in lines.dropFirst() {
      let parts = line.split(separator: " ", maxSplits: 2)
      guard parts.count == 3, let digest = Digest(parts[0]), let item = Digest(parts[1]) else { continue }
      let path = String(parts[2])
      guard
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({
          !$0.isEmpty && !$0.hasPrefix(".")
        })
      else { continue }
      entries[path] = Entry(digest: digest, item: item)
    }
  }

  /// Takes note that `bytes`, of the item of this key, are in the file at `path`.
  mutating func note(_ path: String, _ bytes: [UInt8], key: String) {
    entries[path] = Entry(digest: Digest(of: bytes), item: Digest(of: Array(key.utf8)))
  }

  /// The file of an item, which is not that of its comments.
  func paths() -> [Digest: String] {
    var result: [Digest: String] = [:]
    for (path, entry) in entries.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".md") {
      result[entry.item] = path
    }
    return result
  }

  /// The bytes of the file.
  var bytes: [UInt8] {
    let lines = entries.sorted { $0.key < $1.key }.map { "\($1.digest.text) \($1.item.text) \($0)" }
    return Array(([Self.head] + lines).joined(separator: "\n").utf8) + [0x0A]
  }
}
