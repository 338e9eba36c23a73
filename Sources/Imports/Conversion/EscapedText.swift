/// Writes text so that Markdown takes nothing in it for markup.
struct EscapedText {
  /// Whether the text stands in the text of a link, where `]` would end it and no other link can be.
  var isInLink = false
  /// Whether the text stands in a cell of a table, which `|` would end.
  var isInCell = false
  /// Whether there are so many brackets that Markdown would take them for nested, backslashes or not.
  var hasManyBrackets = false

  /// `text` with backslashes before what would mean something; bare addresses become links, which they are anyway here.
  func escaped(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      switch byte {
      case 0x5B where hasManyBrackets: result += "&#91;".utf8
      case 0x5C, 0x2A, 0x60, 0x5B: escape(byte, &result)
      case 0x5D where isInLink: escape(byte, &result)
      case 0x7C where isInCell: escape(byte, &result)
      case 0x5F:
        // Inside of a word it means nothing.
        let before = index > 0 ? bytes[index - 1] : 0x20
        if isWord(before), isWord(next) { result.append(byte) } else { escape(byte, &result) }
      case 0x7E:
        if next == 0x7E || index > 0 && bytes[index - 1] == 0x7E {
          escape(byte, &result)
        } else {
          result.append(byte)
        }
      // A tag may begin with it, and with nearly any character an address of mail in brackets.
      case 0x3C where next > 0x20 && next < 0x7F: escape(byte, &result)
      case 0x26 where isReference(bytes[index...]): escape(byte, &result)
      case 0x3A where next == 0x2F && index + 2 < bytes.count && bytes[index + 2] == 0x2F:
        if let link = autolink(bytes, around: index, &result) {
          index = link
          continue
        }
        result += Array(#":/\"#.utf8)
        index += 2
        continue
      case 0x2E where index >= 3 && bytes[(index - 3)..<index].allSatisfy { $0 | 0x20 == 0x77 }:
        escape(byte, &result)
      default: result.append(byte)
      }
      index += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `text`, which is escaped, as it can stand at the start of a line.
  static func atLineStart(_ text: String, allowsHTML: Bool) -> String {
    // The box of a task is one in a list even with a backslash before it.
    if allowsHTML, ["\\[ ] ", "\\[x] ", "\\[X] "].contains(where: { text.hasPrefix($0) }) {
      return "\\[<!-- -->" + text.dropFirst(2)
    }
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return text }
    let second = bytes.count > 1 ? bytes[1] : 0x20
    let isAtEnd = second == 0x20 || second == 0x09
    switch first {
    case 0x3E, 0x3D, 0x7C: return "\\" + text
    case 0x2D, 0x2B:
      return isAtEnd || second == first || second == 0x3A || second == 0x7C || second == 0x3D
        ? "\\" + text : text
    case 0x3A: return second == 0x2D ? "\\" + text : text
    case 0x23:
      let after = bytes.drop { $0 == 0x23 }.first ?? 0x20
      return after == 0x20 || after == 0x09 ? "\\" + text : text
    case 0x30...0x39:
      let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
      guard digits <= 9, digits < bytes.count, bytes[digits] == 0x2E || bytes[digits] == 0x29,
        digits + 1 == bytes.count || bytes[digits + 1] == 0x20 || bytes[digits + 1] == 0x09
      else { return text }
      return String(decoding: bytes[..<digits] + [0x5C] + bytes[digits...], as: UTF8.self)
    default: return text
    }
  }

  private func escape(_ byte: UInt8, _ result: inout [UInt8]) {
    result.append(0x5C)
    result.append(byte)
  }

  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (0x30...0x39).contains(byte) }

  /// Whether `rest` begins with something like `&amp;`.
  private func isReference(_ rest: ArraySlice<UInt8>) -> Bool {
    let name = rest.dropFirst().prefix { isWord($0) || $0 == 0x23 }
    return !name.isEmpty && name.count <= 32 && name.endIndex < rest.endIndex && rest[name.endIndex] == 0x3B
  }

  /// Writes the address whose `://` begins at `colon` as a link, for which its scheme is taken back; the index behind it.
  private func autolink(_ bytes: [UInt8], around colon: Int, _ result: inout [UInt8]) -> Int? {
    guard !isInLink else { return nil }
    var start = colon
    while start > 0, isLetter(bytes[start - 1]) { start -= 1 }
    let scheme = bytes[start..<colon].map { $0 | 0x20 }
    guard scheme.elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8),
      result.suffix(scheme.count).elementsEqual(bytes[start..<colon]),
      start == 0 || !(0x30...0x39).contains(bytes[start - 1])
    else { return nil }
    var end = colon + 3
    while end < bytes.count, bytes[end] > 0x20, bytes[end] < 0x7F, !Self.ends.contains(bytes[end]) {
      end += 1
    }
    while end > colon + 3, Self.trailing.contains(bytes[end - 1]) { end -= 1 }
    guard end > colon + 3, isWord(bytes[colon + 3]),
      !bytes[start..<end].indices.contains(where: { bytes[$0] == 0x26 && isReference(bytes[$0..<end]) })
    else { return nil }
    result.removeLast(scheme.count)
    result.append(0x3C)
    result += bytes[start..<end]
    result.append(0x3E)
    return end
  }

  /// `<>"[]{}|\^` and the backtick.
  private static let ends = Set<UInt8>("<>\"[]{}|\\^`".utf8)
  private static let trailing = Set<UInt8>(".,:;!?*_~'()".utf8)
}
