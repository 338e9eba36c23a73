import Markdown
import SourceText
import Testing

@Suite
struct PlainTextTests {
  @Test
  func `Plain text has a line for each block`() {
    func check(_ text: String, _ plain: String, at location: Testing.SourceLocation = #_sourceLocation) {
      #expect(parse(text).document.plainText == plain, sourceLocation: location)
    }
    check("", "")
    check("# a\n\nb *c*\nd\\\ne\n", "a\nb c d e")
    check("- a\n- b\n\n> c\n", "a\nb\nc")
    check("```\na\n  b\n```\n\n    c\n", "a\n  b\nc")
    check("a ![b](c.png) d <b>e</b>\n", "a  d e")
    check("[a](b.md)<br>&amp; \"c\" <d@e.fg>\n", "a& “c” d@e.fg")
    check("<div>x</div>\n\ny\n", "y")
    check("a ~~b~~\n", "a b")
    check("![a](b.png \"c\")\n", "c")
  }

  @Test
  func `Words are counted in every script`() {
    func check(_ text: String, _ count: Int, at location: Testing.SourceLocation = #_sourceLocation) {
      #expect(parse(text, .commonMark).document.wordCount == count, sourceLocation: location)
    }
    check("", 0)
    check("one two\nthree\n\nfour", 4)
    check("one — two – it’s - 3 & …", 4)
    check("a-b don't x/y", 3)
    check("été Ärger слово λόγος 단어 하나", 6)
    check("映画 かな カナ", 6)
    check("映画film", 3)
    check("**a**b [c](d)", 2)
  }

  @Test
  func `The excerpt is the first paragraphs`() {
    func check(_ text: String, _ excerpt: String, at location: Testing.SourceLocation = #_sourceLocation) {
      #expect(parse(text).document.excerpt == excerpt, sourceLocation: location)
    }
    check("# a\n\nb\nc\n\n- d\n\ne\n", "b c e")
    check("# a\n\n- b\n- c\n", "a b c")
    check("", "")
    check("![x](y.png)\n\na[^1]\n\n[^1]: b\n", "a")
    let long = String(repeating: "word ", count: 100)
    check(long, String(repeating: "word ", count: 60).dropLast() + "…")
    check(String(repeating: "é", count: 400), String(repeating: "é", count: 150) + "…")
    check(String(repeating: "wo, ", count: 100), String(repeating: "wo, ", count: 75).dropLast(2) + "…")
    check(String(repeating: "a", count: 300), String(repeating: "a", count: 300))
  }
}
