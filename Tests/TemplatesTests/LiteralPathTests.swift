import Testing

/// Addresses that a template writes out.
@Suite struct LiteralPathTests {
  @Test(arguments: [
    ("<a href=\"/about/\">", 10), ("<a href='about/'>", 10), ("<a href=../x>", 9),
    ("<img alt=\"\" src=\"logo.png\">", 18), ("<form action=\"/{{ s }}\">", 15),
    ("<video poster=\"a/{{ n }}.jpg\">", 16), ("<img srcset=\"a.jpg 2x\">", 14),
    ("<svg><use href=\"sprite.svg#a\"/></svg>", 17), ("<a class=\"x\" href = \"x?q=a:b\">", 22),
  ])
  func aPathIsWarnedOf(_ text: String, column: Int) {
    checkErrors(Theme(stringLiteral: text), "1:\(column) literal-path")
  }

  @Test(arguments: [
    "<a href=\"#top\">", "<a href=\"?page=2\">", "<a href=\"https://example.org/a\">",
    "<a href=\"//example.org/a\">",
    "<a href=\"mailto:ann@example.org\">", "<a href=\"\">", "<a href=\"{{ s }}about/\">",
    "<a data-path=\"/a/\" title=\"a/b\">",
    "<p>/about/</p>", "<svg><use href=\"#a\"/></svg>", "<a href=\"{% if flag %}https://a/{% endif %}\">",
  ])
  func everythingElsePasses(_ text: String) { checkErrors(Theme(stringLiteral: text), "") }

  @Test func itIsToldOnceAndHidesNothing() {
    checkErrors(
      "<a href=\"/a\"><img alt=\"\" src=\"b.png\"><a href=\"/x>y</a> <p class=\"z\">",
      "1:10 literal-path\n1:31 literal-path\n1:47 literal-path\n1:67 html-ambiguous")
  }
}
