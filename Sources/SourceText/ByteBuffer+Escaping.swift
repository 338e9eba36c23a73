/// The characters that HTML and XML text or attribute values cannot hold, and what stands for them.
public enum MarkupEscape: Sendable {
  /// `&amp;` `&lt;` `&gt;` `&quot;`, and `'` as it is: CommonMark's output.
  case commonMark
  /// `&amp;` `&lt;` `&gt;` `&#34;` `&#39;`: Jinja2's `escape`.
  case jinja
  /// `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`: XML.
  case xml

  @usableFromInline
  func replacement(for byte: UInt8) -> StaticString? {
    switch byte {
    case 0x26: "&amp;"
    case 0x3C: "&lt;"
    case 0x3E: "&gt;"
    case 0x22: self == .jinja ? "&#34;" : "&quot;"
    case 0x27:
      switch self {
      case .commonMark: nil
      case .jinja: "&#39;"
      case .xml: "&apos;"
      }
    default: nil
    }
  }
}

extension ByteBuffer {
  /// Appends `text` with the characters that mean something in HTML or XML escaped.
  ///
  /// - Complexity: O(*n*); runs without such characters are copied whole.
  @inlinable
  public mutating func append(_ text: String, escaping escape: MarkupEscape) {
    var text = text
    text.withUTF8 { unsafe append($0, escaping: escape) }
  }

  /// Appends `slice` with the characters that mean something in HTML or XML escaped.
  @inlinable
  public mutating func append(_ slice: ArraySlice<UInt8>, escaping escape: MarkupEscape) {
    unsafe slice.withUnsafeBufferPointer { unsafe append($0, escaping: escape) }
  }

  /// Appends the bytes of `buffer` with the characters that mean something in HTML or XML escaped.
  public mutating func append(_ buffer: UnsafeBufferPointer<UInt8>, escaping escape: MarkupEscape) {
    var start = 0
    var index = 0
    while index < buffer.count {
      let byte = unsafe buffer[index]
      // All five characters are below 0x3F; most text is not.
      if byte < 0x3F, let replacement = escape.replacement(for: byte) {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
        unsafe bytes.append(
          contentsOf: UnsafeBufferPointer(
            start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
        start = index + 1
      }
      index += 1
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
  }

  /// Appends `text` as a JSON string with its quotes.
  ///
  /// `<`, `>`, `&`, `'`, U+2028 and U+2029 are written as `\u` escapes, so that the result can stand in a
  /// `<script>` element or an attribute without ending it.
  public mutating func appendJSONString(_ text: String) {
    bytes.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: append("\\\"")
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0x00..<0x20, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0x2028, 0x2029:
        let digits = String(scalar.value, radix: 16)
        append("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits)
      default: bytes.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
      }
    }
    bytes.append(0x22)
  }
}
