import SourceText

extension ByteBuffer {
  /// Appends `text` as `syntax` writes it.
  ///
  /// - Complexity: O(*n*); what needs no change is copied in runs.
  mutating func append<Syntax: TextSyntax>(_ text: String, as syntax: Syntax.Type) {
    var text = text
    text.withUTF8 { unsafe append($0, as: syntax) }
  }

  /// Appends the UTF-8 `text` as `syntax` writes it; see ``TextSyntax`` for what is dropped or mended.
  mutating func append<Syntax: TextSyntax>(_ text: [UInt8], as syntax: Syntax.Type) {
    unsafe text.withUnsafeBufferPointer { unsafe append($0, as: syntax) }
  }

  /// Appends the UTF-8 `text` as `syntax` writes it; see ``TextSyntax`` for what is dropped or mended.
  mutating func append<Syntax: TextSyntax>(_ text: UnsafeBufferPointer<UInt8>, as syntax: Syntax.Type) {
    let special = Syntax.special
    var start = 0
    var index = 0
    while index < text.count {
      let byte = unsafe text[index]
      if byte < 0x80 {
        if special.contains(byte) {
          unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
          append(Syntax.replacement(for: byte, after: bytes.last ?? 0))
          start = index + 1
        }
        index += 1
        continue
      }
      let length = unsafe permittedLength(at: index, of: text)
      if length > 0 {
        index += length
        continue
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      if length == 0 {
        append("\u{FFFD}" as StaticString)
        index += 1
      } else {
        index -= length
      }
      start = index
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
  }

  /// Appends a literal.
  mutating func append(_ literal: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a URL as `syntax` writes it, with the bytes that no URL may hold percent-encoded.
  ///
  /// A `%` stays, so that what is encoded already is not encoded again.
  mutating func appendURL<Syntax: TextSyntax>(_ url: String, as syntax: Syntax.Type) {
    let unfit = ASCIISet.notInURLs
    for byte in url.utf8 {
      if byte >= 0x80 || unfit.contains(byte) {
        append(byte: UInt8(ascii: "%"))
        append(byte: hexadecimalDigit(byte >> 4))
        append(byte: hexadecimalDigit(byte & 15))
      } else if Syntax.special.contains(byte) {
        append(Syntax.replacement(for: byte, after: bytes.last ?? 0))
      } else {
        append(byte: byte)
      }
    }
  }
}

/// The length of the UTF-8 sequence at `index`, which begins with a byte from 0x80: negative when the
/// character is one that XML forbids, 0 when it is no UTF-8.
private func permittedLength(at index: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
  let first = unsafe text[index]
  let available = text.count - index
  func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
    unsafe offset < available && range.contains(text[index + offset])
  }
  switch first {
  case 0xC2...0xDF:
    return follows(1) ? 2 : 0
  case 0xE0...0xEF:
    let second: ClosedRange<UInt8> = first == 0xE0 ? 0xA0...0xBF : first == 0xED ? 0x80...0x9F : 0x80...0xBF
    guard follows(1, second), follows(2) else { return 0 }
    let isForbidden = unsafe first == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
    return isForbidden ? -3 : 3
  case 0xF0...0xF4:
    let second: ClosedRange<UInt8> = first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
    return follows(1, second) && follows(2) && follows(3) ? 4 : 0
  default:
    return 0
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}

extension ASCIISet {
  /// What RFC 3986 lets stand nowhere in a URL: control characters, space and ``"<>\^`{|}``.
  fileprivate static let notInURLs = ASCIISet.forbidden.union("\t\n\r \"<>\\^`{|}\u{7F}")
}
