import Markdown
import SourceText
import Testing

@Suite
struct RawHTMLTests {
  @Test
  func `Authors' HTML passes`() {
    check("a <b class=x>c</b> <!-- d -->\n", "<p>a <b class=x>c</b> <!-- d --></p>\n")
    check("<div>\n*x*\n\n*y*\n</div>\n", "<div>\n*x*\n<p><em>y</em></p>\n</div>\n")
  }

  @Test
  func `Readers' HTML is shown as it was typed`() {
    check("a <b>c</b>\n", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n", options: .comment)
    check(
      "<script>\nalert(\"x\")\n</script>\n\nb\n",
      "<p>&lt;script&gt;\nalert(&quot;x&quot;)\n&lt;/script&gt;</p>\n<p>b</p>\n", options: .comment)
    #expect(parse("<i>a</i>\n\n<div>\nb", .comment).document.plainText == "<i>a</i>\n<div>\nb")
  }

  @Test
  func `Addresses in HTML are slots`() {
    let parsed = parse("<a href='b.md?x&amp;y' id=c>d</a> <A HREF=e>f</A> <a href=\"https://g.h\">i</a>\n")
    #expect(
      String(decoding: parsed.document.html, as: UTF8.self)
        == "<p><a href=\"\" id=c>d</a> <A href=\"\">f</A> <a href=\"https://g.h\">i</a></p>\n")
    #expect(parsed.document.links.map(\.destination) == ["b.md?x&y", "e", "https://g.h"])
    #expect(parsed.document.anchors == ["c"])
    let source = Source(path: "", text: parsed.text)
    #expect(parsed.document.links.map { source.text(in: $0.range) } == ["b.md?x&amp;y", "e", "https://g.h"])
  }

  @Test
  func `Images in HTML are images`() {
    check(
      "<div>\n<img alt=\"a\" src=\"b.png\">\n<img src=c.png alt='' width=3 />\n</div>\n",
      "<div>\n<img alt=\"a\" src=\"b.png\" width=\"4\" height=\"3\">\n<img src=\"c.png\" alt='' width=3 />\n</div>\n"
    )
    let image = parse("<img src=a.png>")
    #expect(image.findings == ["markdown/image-without-words@a.png"])
    #expect(image.diagnostics.map(\.fix) == ["say what it shows in the tag, as in alt=\"A road\""])
    #expect(parse("<video src=\"a.mp4\"></video>").document.links.map(\.destination) == ["a.mp4"])
  }

  @Test
  func `Comments, scripts and broken tags hold no addresses`() {
    for text in [
      "<!-- <a href=\"b\"> -->\n", "<script>\nx = '<a href=\"b\">'\n</script>\n", "<div\n<a href=\"b\n",
      "<style>\n<img src=\"x\">\n</style>\n",
    ] {
      #expect(parse(text).document.links.isEmpty)
      #expect(parse(text).document.images.isEmpty)
      #expect(
        String(decoding: parse(text).document.html, as: UTF8.self).hasPrefix(text.prefix(10))
          || text.hasPrefix("<div\n"))
    }
  }

  @Test
  func `The first attribute of a name counts`() {
    let parsed = parse("<img src=a.png alt=b src=c.png data-id=d id=e ID=f>\n")
    #expect(parsed.document.images.map(\.destination) == ["a.png"])
    #expect(parsed.document.anchors == ["e"])
  }

  @Test
  func `Ids in HTML are taken`() {
    #expect(parse("<a id=\"x\"></a>\n\n# x\n").document.anchors == ["x", "x-1"])
    #expect(
      parse("# x\n\n<a id=\"x\"></a>\n\n<p id='x'>\n").findings
        == ["markdown/duplicate-id@x", "markdown/duplicate-id@x"])
  }
}
