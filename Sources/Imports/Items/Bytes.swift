/// The bytes of a text, which may be long, for finding words in it.
struct Bytes {
  let bytes: [UInt8]

  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// Whether `word` stands in it.
  func has(_ word: String) -> Bool { range(of: word, from: 0) != nil }

  /// Where `word` stands first, from `start` on; where it begins within `limit` bytes.
  func range(of word: String, from start: Int, within limit: Int = .max) -> Range<Int>? {
    let word = Array(word.utf8)
    guard let first = word.first else { return nil }
    var index = start
    let end = limit < bytes.count - min(start, bytes.count) ? start + limit : bytes.count
    while index < end, let found = bytes[index..<end].firstIndex(of: first) {
      if bytes[found...].starts(with: word) { return found..<(found + word.count) }
      index = found + 1
    }
    return nil
  }
}
