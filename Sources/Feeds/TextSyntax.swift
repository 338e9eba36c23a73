/// A language that text is written in: which ASCII characters it cannot hold as they are, and what stands
/// for them.
///
/// Whatever the language, text loses the characters that XML 1.0 forbids (the control characters but tab,
/// line feed and carriage return, and U+FFFE and U+FFFF), so that all formats say the same; bytes that
/// are no UTF-8 become U+FFFD.
enum TextSyntax {
  /// The text of an XML element, or an attribute's value in double quotes.
  case xml
  /// Plain text as HTML source, as the text of an XML element.
  case htmlSource
  /// The inside of an XML CDATA section, which is left and entered again after any `]]`, so that no `]]>` of
  /// the text ends it.
  case cdata
  /// The inside of a JSON string.
  case json
  /// A `TEXT` value of iCalendar.
  case calendar
  /// A line of a plain text file.
  case line

  /// The bytes below 0x80 for which something else is written, or nothing.
  var special: ASCIISet {
    switch self {
    case .xml, .htmlSource: ASCIISet.forXML
    case .cdata: ASCIISet.forCDATA
    case .json: ASCIISet.forJSON
    case .calendar: ASCIISet.forCalendar
    case .line: ASCIISet.forLine
    }
  }

  /// What is written for the special `byte` after a last byte of `previous`; an empty string drops it.
  func replacement(for byte: UInt8, after previous: UInt8) -> StaticString {
    switch (self, byte) {
    case (.xml, UInt8(ascii: "&")): "&amp;"
    case (.xml, UInt8(ascii: "<")): "&lt;"
    case (.xml, UInt8(ascii: ">")): "&gt;"
    case (.htmlSource, UInt8(ascii: "&")): "&amp;amp;"
    case (.htmlSource, UInt8(ascii: "<")): "&amp;lt;"
    case (.htmlSource, UInt8(ascii: ">")): "&amp;gt;"
    case (.xml, UInt8(ascii: "\"")), (.htmlSource, UInt8(ascii: "\"")): "&quot;"

    case (.cdata, UInt8(ascii: "]")): previous == byte ? "]]]><![CDATA[" : "]"

    case (.json, UInt8(ascii: "\"")): "\\\""
    case (.json, UInt8(ascii: "\r")): "\\r"
    case (.json, UInt8(ascii: "\t")): "\\t"
    case (.json, UInt8(ascii: "\\")), (.calendar, UInt8(ascii: "\\")): "\\\\"
    case (.json, UInt8(ascii: "\n")), (.calendar, UInt8(ascii: "\n")): "\\n"

    case (.calendar, UInt8(ascii: ";")): "\\;"
    case (.calendar, UInt8(ascii: ",")): "\\,"
    default: ""
    }
  }
}

extension ASCIISet {
  fileprivate static let forXML = ASCIISet(forbiddenAnd: "&<>\"")
  fileprivate static let forCDATA = ASCIISet(forbiddenAnd: "]")
  fileprivate static let forJSON = ASCIISet(forbiddenAnd: "\"\\\n\r\t")
  fileprivate static let forCalendar = ASCIISet(forbiddenAnd: "\\;,\n\r")
  fileprivate static let forLine = ASCIISet(forbiddenAnd: "\n\r")

  /// What RFC 3986 lets stand nowhere in a URL: control characters, space and ``"<>\^`{|}``.
  static let notInURLs = ASCIISet(forbiddenAnd: "\t\n\r \"<>\\^`{|}\u{7F}")
}
