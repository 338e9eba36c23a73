/// What the first bytes of an XML document say about its encoding, which come in pieces.
///
/// Only encodings are read in which ASCII is ASCII: in any other, the bounds on tags would look at other letters than
/// libxml2 does.
struct DeclaredEncoding {
  /// What can be said so far.
  enum Verdict: Hashable {
    /// More has to come.
    case open
    /// The document can be read.
    case sound
    /// It is in the encoding of this name, which is not read.
    case refused(String)
    /// Its declaration is longer than any.
    case endless
  }

  private var head: [UInt8] = []
  private(set) var verdict = Verdict.open
  /// The bytes that a declaration may have.
  static let limit = 1024

  /// Looks at the next piece.
  mutating func read(_ piece: [UInt8]) {
    guard verdict == .open else { return }
    head += piece.prefix(Self.limit)
    verdict = Self.verdict(on: head)
  }

  private static func verdict(on head: [UInt8]) -> Verdict {
    for (mark, name) in [
      ([0xFF, 0xFE, 0x00, 0x00], "UTF-32"), ([0x00, 0x00, 0xFE, 0xFF], "UTF-32"), ([0xFF, 0xFE], "UTF-16"),
      ([0xFE, 0xFF], "UTF-16"), ([0x4C, 0x6F, 0xA7, 0x94], "IBM037"),
    ] as [([UInt8], String)] where head.starts(with: mark) {
      return .refused(name)
    }
    guard head.count >= 4 else { return .open }
    if head[0] == 0 { return .refused(head[1] == 0 ? "UTF-32BE" : "UTF-16BE") }
    if head[1] == 0 { return .refused(head[2] == 0 ? "UTF-32LE" : "UTF-16LE") }
    if head[..<4].contains(0) { return .refused("an encoding with zeros") }
    let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head[3...] : head[...]
    let lead = Array("<?xml".utf8)
    guard text.count > lead.count else {
      return lead.starts(with: text) || text.starts(with: lead) ? .open : .sound
    }
    guard text.starts(with: lead), isSpace(text[text.startIndex + lead.count]) else { return .sound }
    guard let end = text.indices.dropFirst().first(where: { text[$0] == 0x3E && text[$0 - 1] == 0x3F }) else {
      return text.count < limit ? .open : .endless
    }
    guard let name = encoding(in: text[..<end]) else { return .sound }
    return isRead(name) ? .sound : .refused(name)
  }

  /// The encoding that the declaration names.
  private static func encoding(in declaration: ArraySlice<UInt8>) -> String? {
    let word = Array("encoding".utf8)
    guard let start = declaration.indices.first(where: { declaration[$0...].starts(with: word) }) else {
      return nil
    }
    var rest = declaration[(start + word.count)...].drop(while: isSpace)
    guard rest.popFirst() == 0x3D else { return nil }
    rest = rest.drop(while: isSpace)
    guard let quote = rest.popFirst(), quote == 0x22 || quote == 0x27 else { return nil }
    return String(decoding: rest.prefix { $0 != quote }, as: UTF8.self)
  }

  private static func isRead(_ name: String) -> Bool {
    let name = name.lowercased()
    if ["utf-8", "utf8", "ascii", "us-ascii", "latin1", "iso-latin-1"].contains(name) { return true }
    for lead in ["iso-8859-", "iso8859-", "iso_8859-", "windows-125", "cp125"] where name.hasPrefix(lead) {
      return name.dropFirst(lead.count).allSatisfy { $0.isASCII && $0.isNumber }
    }
    return false
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
