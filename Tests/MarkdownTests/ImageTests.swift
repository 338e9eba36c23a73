import Markdown
import SourceText
import Testing

@Suite
struct ImageTests {
  private let size = " loading=\"lazy\" decoding=\"async\" width=\"4\" height=\"3\""

  @Test
  func `Images within the site have slots for their address and size`() {
    let parsed = parse("a ![b *c*](d.png \"e\") ![f](https://g.h/i.png)\n")
    #expect(
      String(decoding: parsed.document.html, as: UTF8.self)
        == "<p>a <img src=\"\" alt=\"b c\" title=\"e\" loading=\"lazy\" decoding=\"async\" /> "
        + "<img src=\"https://g.h/i.png\" alt=\"f\" /></p>\n")
    #expect(parsed.document.slots.map(\.fill) == [.image(0), .imageSize(0)])
    let images = parsed.document.images
    #expect(images.map(\.destination) == ["d.png", "https://g.h/i.png"])
    #expect(images.map(\.alt) == ["b c", "f"])
    #expect(images.map(\.title) == ["e", ""])
    #expect(images.map(\.isAlone) == [false, false])
    #expect(images.map(\.isExternal) == [false, true])
  }

  @Test
  func `An image alone is a figure`() {
    check(
      "![a](b.png \"c & d\")\n",
      "<figure><img src=\"b.png\" alt=\"a\"\(size) /><figcaption>c &amp; d</figcaption></figure>\n")
    check("![a](b.png)\n", "<figure><img src=\"b.png\" alt=\"a\"\(size) /></figure>\n")
    check(
      "[![a](b.png \"c\")](d.md)\n",
      "<figure><a href=\"d.md\"><img src=\"b.png\" alt=\"a\"\(size) /></a><figcaption>c</figcaption></figure>\n"
    )
    check(
      "> ![a][x]\n\n[x]: b.png 'c'\n",
      "<blockquote>\n<figure><img src=\"b.png\" alt=\"a\"\(size) /><figcaption>c</figcaption></figure>\n</blockquote>\n"
    )
    #expect(parse("![a](b.png)").document.images.map(\.isAlone) == [true])
    check("- ![a](b.png)\n", "<ul>\n<li><img src=\"b.png\" alt=\"a\"\(size) /></li>\n</ul>\n")
    check(
      "![a](b.png)\n![a](b.png)\n",
      "<p><img src=\"b.png\" alt=\"a\"\(size) />\n<img src=\"b.png\" alt=\"a\"\(size) /></p>\n")
    check(
      "# ![a](b.png \"c\")\n",
      "<h1 id=\"section\"><img src=\"b.png\" alt=\"a\" title=\"c\"\(size) /> <a href=\"#section\" "
        + "class=\"anchor\" aria-label=\"Link to this section\">#</a></h1>\n")
  }

  @Test
  func `Images in images are words`() {
    check("x ![a ![b](c.png) d](e.png)\n", "<p>x <img src=\"e.png\" alt=\"a b d\"\(size) /></p>\n")
    check(
      "x ![a\n`b` \"c\" <i>](e.png)\n", "<p>x <img src=\"e.png\" alt=\"a b “c” &lt;i&gt;\"\(size) /></p>\n")
  }

  @Test
  func `Images without words or address are reported`() {
    #expect(parse("![](a.png)").findings == ["markdown/image-without-words@a.png"])
    check("x ![a]()\n", "<p>x a</p>\n", ["markdown/empty-destination@()"])
  }

  @Test
  func `Readers' images are links`() {
    check(
      "![a](https://b.c/d.png) ![](https://e.f/g.png)\n",
      "<p><a href=\"https://b.c/d.png\" rel=\"ugc nofollow\">a</a> "
        + "<a href=\"https://e.f/g.png\" rel=\"ugc nofollow\">https://e.f/g.png</a></p>\n", options: .comment)
    check(
      "[x ![a](https://b.c/d.png)](https://e.f)\n",
      "<p><a href=\"https://e.f\" rel=\"ugc nofollow\">x a</a></p>\n", options: .comment)
    check(
      "![a](https://b.c/d.png)\n",
      "<p><a href=\"https://b.c/d.png\" rel=\"ugc nofollow\">a</a></p>\n", options: .comment)
  }
}
