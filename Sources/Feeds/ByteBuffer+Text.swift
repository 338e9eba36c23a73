import SourceText

extension ByteBuffer {
  /// Appends `text` as `syntax` writes it; see ``TextSyntax`` for what is dropped.
  ///
  /// - Complexity: O(*n*); what needs no change is copied in runs.
  mutating func append(_ text: String, as syntax: TextSyntax) {
    var text = text
    text.withUTF8 { unsafe append($0, as: syntax) }
  }

  /// Appends the UTF-8 `text` as `syntax` writes it; see ``TextSyntax`` for what is dropped or mended.
  mutating func append(_ text: [UInt8], as syntax: TextSyntax) {
    unsafe text.withUnsafeBufferPointer { unsafe append($0, as: syntax) }
  }

  private mutating func append(_ text: UnsafeBufferPointer<UInt8>, as syntax: TextSyntax) {
    let scanner = unsafe TextScanner(text, special: syntax.special)
    var start = 0
    while true {
      let end = scanner.firstUnfit(from: start)
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<end]))
      guard end < text.count else { return }
      let byte = unsafe text[end]
      if byte < 0x80 {
        append(syntax.replacement(for: byte, after: bytes.last ?? 0))
        start = end + 1
      } else if scanner.utf8Length(at: end) > 0 {
        // U+FFFE or U+FFFF.
        start = end + 3
      } else {
        append("\u{FFFD}" as StaticString)
        start = end + 1
      }
    }
  }

  /// Appends a literal.
  mutating func append(_ literal: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends a URL as `syntax` writes it, with the bytes that no URL may hold percent-encoded.
  ///
  /// A `%` stays, so that what is encoded already is not encoded again.
  mutating func appendURL(_ url: String, as syntax: TextSyntax) {
    let unfit = ASCIISet.notInURLs
    let special = syntax.special
    var url = url
    url.withUTF8 { text in
      var start = 0
      for index in text.indices {
        let byte = unsafe text[index]
        guard byte >= 0x80 || unfit.contains(byte) || special.contains(byte) else { continue }
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        start = index + 1
        if byte >= 0x80 || unfit.contains(byte) {
          append(byte: UInt8(ascii: "%"))
          append(byte: hexadecimalDigit(byte >> 4))
          append(byte: hexadecimalDigit(byte & 15))
        } else {
          append(syntax.replacement(for: byte, after: bytes.last ?? 0))
        }
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
  }
}

private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
}
