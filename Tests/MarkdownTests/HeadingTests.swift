import Markdown
import SourceText
import Testing

@Suite
struct HeadingTests {
  @Test
  func `Readers' headings are paragraphs`() {
    let parsed = parse("# Big *one*\n\nSo it is\n===\n\nx\n", .comment)
    #expect(
      parsed.html
        == "<p><strong>Big <em>one</em></strong></p>\n<p><strong>So it is</strong></p>\n<p>x</p>\n")
    #expect(parsed.document.outline.isEmpty)
    #expect(parsed.document.plainText == "Big one\nSo it is\nx")
  }

  private func check(
    _ text: String, ids: [String], texts: [String]? = nil, findings: [String] = [],
    at location: Testing.SourceLocation = #_sourceLocation
  ) {
    let parsed = parse(text)
    #expect(parsed.document.outline.map(\.id) == ids, sourceLocation: location)
    #expect(parsed.document.anchors == ids, sourceLocation: location)
    if let texts { #expect(parsed.document.outline.map(\.text) == texts, sourceLocation: location) }
    #expect(parsed.findings == findings, sourceLocation: location)
    // The range in the HTML holds the heading, and nothing but the heading.
    for heading in parsed.document.outline {
      let html = String(decoding: parsed.document.html[heading.htmlRange], as: UTF8.self)
      #expect(html.hasPrefix("<h\(heading.level) id=\"\(heading.id)\">"), sourceLocation: location)
      #expect(html.hasSuffix("</h\(heading.level)>"), sourceLocation: location)
    }
  }

  @Test
  func `A heading has an id and a link to itself`() {
    MarkdownTests.check(
      "## Elevator pitch\n",
      "<h2 id=\"elevator-pitch\">Elevator pitch <a href=\"#elevator-pitch\" class=\"anchor\" "
        + "aria-label=\"Link to this section\">#</a></h2>\n")
  }

  @Test
  func `Ids are made as GitHub makes them`() {
    check("# About the Production\n", ids: ["about-the-production"])
    check("# What's *new*, [here](a.md)?\n", ids: ["whats-new-here"], texts: ["What’s new, here?"])
    check("# Über Ärzte\n", ids: ["über-ärzte"])
    check("# 北朝鮮 – x\n", ids: ["北朝鮮--x"])
    check("# a_b-c 12\n", ids: ["a_b-c-12"])
    check("# `code` & <b>x</b>\n", ids: ["code--x"])
    check("# !?\n", ids: ["section"])
    check("#\n", ids: ["section"], texts: [""])
    check("Setext\ntwo\n===\n", ids: ["setext-two"])
  }

  @Test
  func `Ids are unique`() {
    check("# a\n# a\n# a\n", ids: ["a", "a-1", "a-2"])
    check("# a-1\n# a\n# a\n", ids: ["a-1", "a", "a-2"])
    check("# a\n# a\n# a-1\n", ids: ["a", "a-1", "a-1-1"])
  }

  @Test
  func `An id can be chosen`() {
    check("# Über uns {#us}\n", ids: ["us"], texts: ["Über uns"])
    check("# *x* {#a-b_c.d}\n", ids: ["a-b_c.d"], texts: ["x"])
    check("# {#us}\n", ids: ["us"], texts: [""])
    check("# x {us}\n", ids: ["x-us"])
    check("# x {#}\n", ids: ["x-"])
    check("# a {#b}\n# b\n", ids: ["b", "b-1"])
    check(
      "# a {#b}\n\n# c {#b}\n", ids: ["b", "b"], findings: ["markdown/duplicate-id@# c {#b}\n"])
  }

  @Test
  func `Ranges are in the source`() {
    let parsed = parse("text\n\n> ## In a quote\n\n# [x](a.md) ~~b~~\n")
    let source = Array(parsed.text.utf8)
    let lines = parsed.document.outline.map { String(decoding: source[$0.range.indices], as: UTF8.self) }
    #expect(lines == ["> ## In a quote\n", "# [x](a.md) ~~b~~\n"])
    #expect(parsed.html.contains("<h1 id=\"x-b\"><a href=\"a.md\">x</a> <del>b</del> <a href=\"#x-b\""))
  }

  @Test
  func `Headings that are plain have no id`() {
    MarkdownTests.check("# a\n", "<h1>a</h1>\n", options: .commonMark)
    #expect(parse("# a\n", .commonMark).document.outline.map(\.id) == [""])
  }
}
