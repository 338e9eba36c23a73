/// JSON as YAML reads it, which takes all of it but one way to write a character.
enum JSONText {
  /// Whether an object of JSON begins at the start of `text`, and no tag or text in braces.
  static func isObject(_ text: Substring) -> Bool {
    let next = text.utf8.dropFirst().drop { $0 <= 0x20 }.first
    return text.utf8.first == 0x7B && (next == 0x22 || next == 0x7D)
  }

  /// Where the object ends that `text` begins with; `nil` where it doesn't.
  static func end(of text: String) -> String.Index? {
    var depth = 0
    var isInString = false
    var isEscaped = false
    for (index, byte) in zip(text.utf8.indices, text.utf8) {
      switch byte {
      case _ where isEscaped: isEscaped = false
      case 0x5C where isInString: isEscaped = true
      case 0x22: isInString.toggle()
      case 0x7B where !isInString: depth += 1
      case 0x7D where !isInString:
        depth -= 1
        if depth == 0 { return text.utf8.index(after: index) }
      default: break
      }
    }
    return nil
  }

  /// `text` with the two halves of a character, `\ud83d\ude00`, as one.
  static func yaml(_ text: String) -> String {
    guard text.utf8.contains(0x5C) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 0x5C, index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      if let high = unit(bytes, at: index), (0xD800..<0xDC00).contains(high),
        let low = unit(bytes, at: index + 6), (0xDC00..<0xE000).contains(low),
        let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
      {
        result += String(scalar).utf8
        index += 12
      } else {
        result += bytes[index...(index + 1)]
        index += 2
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The number of the `\u0000` at `index`.
  private static func unit(_ bytes: [UInt8], at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { return nil }
    return UInt32(String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
  }
}
