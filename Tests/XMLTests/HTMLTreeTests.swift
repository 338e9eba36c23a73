import Testing
import XML

@Suite struct HTMLTreeTests {
  private func check(_ html: String, _ nodes: [HTMLNode], at location: SourceLocation = #_sourceLocation)
    throws
  {
    #expect(try parseHTML(html) == nodes, sourceLocation: location)
  }

  /// Word processors write `<o:p>`, and libxml2 would take `<ab:br>` for a line break.
  @Test func elementsWithPrefixes() throws {
    try check("a<ab:br title=\"b\">c</ab:br>d", [.text("a"), .text("c"), .text("d")])
    try check("<O:P>b</O:P>", [.text("b")])
    try check("<b:script>c</b:script><a:/>", [.text("c")])
    // Nothing else of the text changes.
    try check(
      "<p title=\"<a:b>\"><!--<a:b>--><code>&lt;a:b></code></p>",
      [
        .element(
          HTMLElement(
            "p", [.init(name: "title", value: "<a:b>")],
            [.comment("<a:b>"), .element(HTMLElement("code", [], [.text("<a:b>")]))]))
      ])
    try check("1 < 2: 3 <4:5", [.text("1 < 2: 3 <4:5")])
    try check("<script>x<a:b</script>", [.element(HTMLElement("script", [], [.text("x<a:b")]))])
  }
}
