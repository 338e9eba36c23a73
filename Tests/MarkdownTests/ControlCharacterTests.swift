import Markdown
import SourceText
import Testing

@Suite
struct ControlCharacterTests {
  @Test
  func `Control characters are dropped and reported once`() {
    check("a\u{1}b\u{1B}[c\n", "<p>ab[c</p>\n", ["markdown/control-character@\u{1}"])
    check("a&#1;b &#x1F;\n", "<p>ab </p>\n", ["markdown/control-character@&#1;"])
    check("a\u{7F}\n", "<p>a</p>\n", ["markdown/control-character@\u{7F}"])
    check("a\u{0}b\n", "<p>a\u{FFFD}b</p>\n", ["markdown/control-character@\u{0}"])
    check("<p>\u{8}x</p>\n", "<p>x</p>\n", ["markdown/control-character@\u{8}"])
    #expect(parse("a\u{1}").diagnostics.map(\.severity) == [.error])
    #expect(parse("a\u{1} b").document.plainText == "a b")
  }

  @Test
  func `Places in the HTML move along`() {
    let parsed = parse("a\u{1}\n\n# b\u{2}\n\n[c\u{3}](d.md) ![e\u{4}](f.png)\n")
    let html = parsed.document.html
    #expect(!html.contains { $0 < 0x09 })
    #expect(parsed.document.outline.map(\.text) == ["b"])
    #expect(parsed.document.images.map(\.alt) == ["e"])
    let heading = String(decoding: html[parsed.document.outline[0].htmlRange], as: UTF8.self)
    #expect(heading.hasPrefix("<h1 id=\"b\">b ") && heading.hasSuffix("</h1>"))
    #expect(parsed.html.contains("<a href=\"d.md\">c</a> <img src=\"f.png\" alt=\"e\" loading"))
  }

  @Test
  func `Entities in code and other entities pass`() {
    check("`&#1;` &#9731; &#10;&#65;\n", "<p><code>&amp;#1;</code> ☃ \nA</p>\n")
  }

  @Test
  func `Readers' control characters are dropped in silence`() {
    check("a\u{1}b &#1;c\n", "<p>ab c</p>\n", options: .comment)
    let deep = String(repeating: "> ", count: 30) + "a\u{1}"
    #expect(parse(deep, .comment).html.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A })
  }
}
