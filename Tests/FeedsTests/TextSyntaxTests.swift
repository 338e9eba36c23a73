import CivilTime
import SourceText
import Testing

@testable import Feeds

struct TextSyntaxTests {
  private func check(
    _ source: String, as syntax: TextSyntax, _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(text { $0.append(source, as: syntax) } == expected, sourceLocation: sourceLocation)
    #expect(text { $0.append(Array(source.utf8), as: syntax) } == expected, sourceLocation: sourceLocation)
  }

  @Test func xml() {
    check("", as: .xml, "")
    check("a < b && \"c\" > 'd'", as: .xml, "a &lt; b &amp;&amp; &quot;c&quot; &gt; 'd'")
    check("é…😀\tx\r\ny", as: .xml, "é…😀\tx\r\ny")
    check("\u{0}a\u{1}\u{8}b\u{B}\u{C}c\u{E}\u{1F}", as: .xml, "abc")
    check("a\u{FFFE}b\u{FFFF}c\u{FFFD}\u{FFFC}", as: .xml, "abc\u{FFFD}\u{FFFC}")
    check("\u{10FFFF}\u{D7FF}\u{E000}\u{85}", as: .xml, "\u{10FFFF}\u{D7FF}\u{E000}\u{85}")
  }

  /// A special character is found wherever it stands among others.
  @Test func everyPlace() {
    let fill = Array("abcdefghijklmnopqrstuvwxyz !#$%()*+-./:=?@[^_`{|}~".utf8)
    let cases: [(UInt8, String)] = [
      (0x26, "&amp;"), (0x3C, "&lt;"), (0x3E, "&gt;"), (0x22, "&quot;"), (0x00, ""), (0x1F, ""),
      (0x80, "\u{FFFD}"),
      (0xFF, "\u{FFFD}"), (0x7F, "\u{7F}"), (0x0A, "\n"),
    ]
    for length in 1..<40 {
      for place in 0..<length {
        for (byte, expected) in cases {
          var source = Array(fill[..<length])
          source[place] = byte
          let whole = Array(fill[..<place]) + Array(expected.utf8) + Array(fill[(place + 1)..<length])
          var buffer = ByteBuffer()
          buffer.append(source, as: .xml)
          #expect(buffer.bytes == whole)
        }
      }
    }
  }

  @Test func htmlSource() {
    check("R&D <3 \"x\"", as: .htmlSource, "R&amp;amp;D &amp;lt;3 &quot;x&quot;")
  }

  @Test func cdata() {
    check("<p>[a] [[b]</p>", as: .cdata, "<p>[a] [[b]</p>")
    check("]]>", as: .cdata, "]]]]><![CDATA[>")
    check("]]]>", as: .cdata, "]]]]><![CDATA[]>")
    check("]]]]>", as: .cdata, "]]]]><![CDATA[]]]]><![CDATA[>")
    check("]\u{0}]\u{1}\u{FFFF}>", as: .cdata, "]]]]><![CDATA[>")
    check("a]]", as: .cdata, "a]]]]><![CDATA[")
  }

  /// Whatever the text, sections joined again are the text, and every `]]>` ends a section.
  @Test func cdataRoundTrip() {
    let pieces = ["]", "]]", ">", "\u{0}", "\u{FFFE}", "a", "é"]
    var cases = [""]
    for _ in 0..<4 { cases += cases.flatMap { start in pieces.map { start + $0 } } }
    for source in Set(cases) {
      let written = text { $0.appendCDATA(Array(source.utf8)) }
      var rest = Array(written.utf8)[...]
      var joined: [UInt8] = []
      while rest.starts(with: "<![CDATA[".utf8) {
        rest = rest.dropFirst(9)
        while !rest.isEmpty && !rest.starts(with: "]]>".utf8) { joined.append(rest.removeFirst()) }
        rest = rest.dropFirst(3)
      }
      let expected = source.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0xFFFE }
      #expect(rest.isEmpty, "\(source.debugDescription)")
      #expect(joined == Array(String(String.UnicodeScalarView(expected)).utf8), "\(source.debugDescription)")
    }
  }

  @Test func json() {
    check("a \"b\" \\ / <c>\n\r\t", as: .json, "a \\\"b\\\" \\\\ / <c>\\n\\r\\t")
    check("\u{0}\u{1F}\u{7F}\u{2028}é", as: .json, "\u{7F}\u{2028}é")
  }

  @Test func calendar() {
    check("a, b; c\\ \"d\"\r\ne\u{7}:", as: .calendar, "a\\, b\\; c\\\\ \"d\"\\ne:")
  }

  @Test func invalidUTF8() {
    func check(_ bytes: [UInt8], _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(text { $0.append(bytes, as: .xml) } == expected, sourceLocation: sourceLocation)
    }
    check([0x61, 0x80, 0x62], "a\u{FFFD}b")
    check([0xC3], "\u{FFFD}")
    check([0xC0, 0xAF], "\u{FFFD}\u{FFFD}")
    check([0xE2, 0x82, 0x3C], "\u{FFFD}\u{FFFD}&lt;")
    check([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}")
    check([0xF5, 0x80, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
    check([0xF4, 0x90, 0x80, 0x80, 0x41], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A")
    check([0xF0, 0x9F, 0x98, 0x80], "😀")
    for first in UInt8.min...UInt8.max {
      for second: UInt8 in [0x00, 0x22, 0x3C, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE0, 0xFF] {
        for third: UInt8 in [0x3E, 0x80, 0xBE, 0xBF] {
          var buffer = ByteBuffer()
          buffer.append([first, second, third], as: .xml)
          #expect(String(validating: buffer.bytes, as: UTF8.self) != nil)
        }
      }
    }
  }

  @Test func urls() {
    func check(_ url: String, _ expected: String, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(text { $0.appendURL(url, as: .xml) } == expected, sourceLocation: sourceLocation)
    }
    check("https://a.example/b?c=1&d=%20#e", "https://a.example/b?c=1&amp;d=%20#e")
    check("https://a.example/é ü", "https://a.example/%C3%A9%20%C3%BC")
    check("a\"<>\\^`{|}\n\u{0}'", "a%22%3C%3E%5C%5E%60%7B%7C%7D%0A%00'")
    #expect(text { $0.appendURL("a\"b\\", as: .json) } == "a%22b%5C")
  }

  @Test func dates() {
    let instants: [Int64] = [0, 1_795_183_200, -1, 951_782_400, 4_102_444_799, -62_135_596_800]
    for seconds in instants {
      for offset: Int32 in [0, -18_000, 19_800, 50_400, -43_200] {
        let timestamp = Timestamp(seconds: seconds, offset: offset)
        #expect(text { $0.appendRFC3339(timestamp) } == timestamp.rfc3339)
        #expect(text { $0.appendRFC822(timestamp) } == timestamp.rfc5322)
      }
    }
    // Local mean time had seconds in its offset.
    #expect(
      text { $0.appendRFC3339(Timestamp(seconds: 0, offset: -17_762)) } == "1969-12-31T19:04:00-04:56")
    #expect(text { $0.appendCalendarTime(november) } == "20261120T140000Z")
  }
}
