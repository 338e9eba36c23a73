/// A language that text is written in: which ASCII characters it cannot hold as they are.
///
/// Whatever the language, text loses the characters that XML 1.0 forbids (the control characters but tab,
/// line feed and carriage return, and U+FFFE and U+FFFF), so that all formats say the same; bytes that
/// are no UTF-8 become U+FFFD.
protocol TextSyntax {
  /// The bytes below 0x80 that may need something else written for them.
  static var special: ASCIISet { get }
  /// What is written for the special `byte` after a last byte of `previous`; an empty string drops it.
  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString
}

/// The text of an XML element, or an attribute's value in double quotes.
enum XMLText: TextSyntax {
  static let special = ASCIISet.forbidden.union("&<>\"")

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: ""
    }
  }
}

/// Plain text as HTML source, as the text of an XML element.
enum HTMLSourceText: TextSyntax {
  static let special = XMLText.special

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;amp;"
    case UInt8(ascii: "<"): "&amp;lt;"
    case UInt8(ascii: ">"): "&amp;gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: ""
    }
  }
}

/// The inside of an XML CDATA section, which is left and entered again after any `]]`, so that no `]]>` of
/// the text ends it.
enum CDATAText: TextSyntax {
  static let special = ASCIISet.forbidden.union("]")

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    guard byte == UInt8(ascii: "]") else { return "" }
    return previous == byte ? "]]]><![CDATA[" : "]"
  }
}

/// The inside of a JSON string.
enum JSONText: TextSyntax {
  static let special = ASCIISet.forbidden.union("\"\\\n\r\t")

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: "\n"): "\\n"
    case UInt8(ascii: "\r"): "\\r"
    case UInt8(ascii: "\t"): "\\t"
    default: ""
    }
  }
}

/// A `TEXT` value of iCalendar.
enum CalendarText: TextSyntax {
  static let special = ASCIISet.forbidden.union("\\;,\n\r")

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "\\"): "\\\\"
    case UInt8(ascii: ";"): "\\;"
    case UInt8(ascii: ","): "\\,"
    case UInt8(ascii: "\n"): "\\n"
    default: ""
    }
  }
}

/// A line of a plain text file.
enum PlainText: TextSyntax {
  static let special = ASCIISet.forbidden.union("\n\r")

  static func replacement(for byte: UInt8, after previous: UInt8) -> StaticString { "" }
}

/// A set of ASCII characters, one bit each.
struct ASCIISet {
  private var low: UInt64
  private var high: UInt64

  /// The control characters that XML 1.0 forbids.
  static let forbidden = ASCIISet(low: 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D), high: 0)

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The set with the ASCII characters of `text` as well.
  func union(_ text: String) -> ASCIISet {
    var set = self
    for byte in text.utf8 where byte < 0x80 {
      if byte < 64 { set.low |= 1 << UInt64(byte) } else { set.high |= 1 << UInt64(byte & 63) }
    }
    return set
  }

  /// Whether `byte`, which is below 0x80, is in the set.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0
  }
}
