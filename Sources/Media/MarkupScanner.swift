/// Finds the root element of an XML document and its attributes: as much of XML as a picture's size needs.
struct MarkupScanner {
  /// A start tag.
  struct StartTag {
    /// The name without a prefix.
    let name: String
    /// The attributes as they stand, with their entities; of two with one name, the first.
    let attributes: [String: String]
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Reads past the prologue and the root's start tag; `nil` when there is something else or the tag does
  /// not end.
  mutating func rootElement() -> StartTag? {
    _ = skip([0xEF, 0xBB, 0xBF])
    while true {
      skipSpace()
      if skip("<?") {
        guard skip(past: "?>") else { return nil }
      } else if skip("<!--") {
        guard skip(past: "-->") else { return nil }
      } else if skip("<!DOCTYPE") {
        guard skipDoctype() else { return nil }
      } else {
        return startTag()
      }
    }
  }

  private mutating func startTag() -> StartTag? {
    guard skip("<"), let name = name() else { return nil }
    var attributes: [String: String] = [:]
    while true {
      skipSpace()
      if skip(">") || skip("/>") { break }
      guard let key = self.name() else { return nil }
      skipSpace()
      guard skip("=") else { return nil }
      skipSpace()
      guard let value = quoted() else { return nil }
      if attributes[key] == nil { attributes[key] = value }
    }
    let local = name.split(separator: ":", omittingEmptySubsequences: false).last ?? ""
    return StartTag(name: String(local), attributes: attributes)
  }

  /// Everything up to the `>` that ends a document type, past an internal subset and quoted text.
  private mutating func skipDoctype() -> Bool {
    var depth = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard quoted() != nil else { return false }
        continue
      case UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
      case UInt8(ascii: "<"):
        if skip("<!--") {
          guard skip(past: "-->") else { return false }
          continue
        }
      case UInt8(ascii: ">") where depth <= 0:
        index += 1
        return true
      default:
        break
      }
      index += 1
    }
    return false
  }

  private mutating func name() -> String? {
    let start = index
    while index < bytes.count, !isSpace(bytes[index]), !Self.endsName.contains(bytes[index]) { index += 1 }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self) : nil
  }

  private static let endsName: [UInt8] = Array("=<>/\"'".utf8)

  private mutating func quoted() -> String? {
    guard index < bytes.count else { return nil }
    let quote = bytes[index]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
    guard let end = bytes[(index + 1)...].firstIndex(of: quote) else { return nil }
    let text = String(decoding: bytes[index + 1..<end], as: UTF8.self)
    index = end + 1
    return text
  }

  private mutating func skipSpace() {
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
  }

  private mutating func skip(_ expected: String) -> Bool { skip(Array(expected.utf8)) }

  private mutating func skip(_ expected: [UInt8]) -> Bool {
    guard bytes[index...].starts(with: expected) else { return false }
    index += expected.count
    return true
  }

  private mutating func skip(past end: String) -> Bool {
    let end = Array(end.utf8)
    while index < bytes.count {
      if skip(end) { return true }
      index += 1
    }
    return false
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
