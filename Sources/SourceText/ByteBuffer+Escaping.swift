/// The characters that HTML and XML text or attribute values cannot hold, and what stands for them.
public enum MarkupEscape: Sendable {
  /// `&amp;` `&lt;` `&gt;` `&quot;`, and `'` as it is: CommonMark's output.
  case commonMark
  /// `&amp;` `&lt;` `&gt;` `&#34;` `&#39;`: Jinja2's `escape`.
  case jinja
  /// `&amp;` `&lt;` `&gt;` `&quot;` `&apos;`: XML.
  case xml

  /// Whether something else has to stand for `byte`.
  @inlinable
  public func escapes(_ byte: UInt8) -> Bool { replacement(for: byte) != nil }

  @inlinable
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
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe append($0, escaping: escape)
    }
    // A string from elsewhere that isn't UTF-8 in memory.
    if isDone == nil {
      var text = text
      text.withUTF8 { unsafe append($0, escaping: escape) }
    }
  }

  /// Appends `slice` with the characters that mean something in HTML or XML escaped.
  @inlinable
  public mutating func append(_ slice: ArraySlice<UInt8>, escaping escape: MarkupEscape) {
    unsafe slice.withUnsafeBufferPointer { unsafe append($0, escaping: escape) }
  }

  /// Appends the bytes of `buffer` with the characters that mean something in HTML or XML escaped.
  public mutating func append(_ buffer: UnsafeBufferPointer<UInt8>, escaping escape: MarkupEscape) {
    var start = 0
    while true {
      var index = start
      var replacement: StaticString?
      while true {
        index = unsafe buffer.firstIndex(from: index) { lanes in
          // `"`, `&` and `'`, and `#` with them, which has no replacement; `<` and `>`.
          lanes.equal(to: 0x27, but: 0x05) | lanes.equal(to: 0x3E, but: 0x02)
        }
        guard index < buffer.count else { break }
        replacement = unsafe escape.replacement(for: buffer[index])
        if replacement != nil { break }
        index += 1
      }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
      guard let replacement else { return }
      unsafe bytes.append(
        contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
      start = index + 1
    }
  }

  /// Appends `text` as a JSON string with its quotes.
  ///
  /// `<`, `>`, `&`, `'`, U+2028 and U+2029 are written as `\u` escapes, so that the result can stand in a
  /// `<script>` element or an attribute without ending it.
  public mutating func appendJSONString(_ text: String) {
    var text = text
    bytes.append(0x22)
    text.withUTF8 { unsafe appendJSONContent($0) }
    bytes.append(0x22)
  }

  private mutating func appendJSONContent(_ buffer: UnsafeBufferPointer<UInt8>) {
    var start = 0
    var index = 0
    while index < buffer.count {
      let byte = unsafe buffer[index]
      var length = 1
      let escape: StaticString?
      switch byte {
      case 0x22: escape = "\\\""
      case 0x5C: escape = "\\\\"
      case 0x0A: escape = "\\n"
      case 0x0D: escape = "\\r"
      case 0x09: escape = "\\t"
      case 0x00..<0x20, 0x26, 0x27, 0x3C, 0x3E, 0x7F: escape = "\\u00"
      // U+2028 and U+2029 are E2 80 A8 and E2 80 A9.
      case 0xE2
      where unsafe index + 2 < buffer.count && buffer[index + 1] == 0x80 && buffer[index + 2] & 0xFE == 0xA8:
        length = 3
        escape = unsafe buffer[index + 2] == 0xA8 ? "\\u2028" : "\\u2029"
      default: escape = nil
      }
      if let escape {
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
        unsafe bytes.append(
          contentsOf: UnsafeBufferPointer(start: escape.utf8Start, count: escape.utf8CodeUnitCount))
        if escape.utf8CodeUnitCount == 4 {
          for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        }
        start = index + length
      }
      index += length
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: buffer[start..<index]))
  }
}
