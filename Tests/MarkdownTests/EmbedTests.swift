import Markdown
import SourceText
import Testing

@Suite
struct EmbedTests {
  @Test
  func `Addresses of videos are told by their shape`() {
    func check(_ url: String, _ page: String?, at location: Testing.SourceLocation = #_sourceLocation) {
      #expect(Embed(url: url)?.url == page, sourceLocation: location)
    }
    let page = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    check("https://www.youtube.com/watch?v=dQw4w9WgXcQ", page)
    check("http://youtube.com/watch?feature=share&v=dQw4w9WgXcQ", page)
    check("https://m.youtube.com/watch?v=dQw4w9WgXcQ&list=x", page)
    check("https://youtu.be/dQw4w9WgXcQ?si=abc", page)
    check("https://www.youtube.com/embed/dQw4w9WgXcQ", page)
    check("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", page)
    check("https://www.youtube.com/shorts/dQw4w9WgXcQ", page)
    check("https://youtu.be/dQw4w9WgXcQ?t=1m5s", page + "&t=65s")
    check("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=90", page + "&t=90s")
    check("https://vimeo.com/32112233", "https://vimeo.com/32112233")
    check("https://vimeo.com/32112233/0a1b2c3d4e", "https://vimeo.com/32112233/0a1b2c3d4e")
    check("https://player.vimeo.com/video/32112233?h=0a1b2c", "https://vimeo.com/32112233/0a1b2c")
    check("https://vimeo.com/channels/staffpicks/32112233", "https://vimeo.com/32112233")
    check("https://vimeo.com/32112233#t=30s", "https://vimeo.com/32112233#t=30s")
    for url in [
      "https://www.youtube.com/watch?v=short", "https://www.youtube.com/@channel", "https://youtu.be/",
      "https://www.youtube.com/watch?v=dQw4w9WgXc%22", "https://vimeo.com/channels", "https://vimeo.com/123",
      "https://vimeo.com/32112233/settings", "https://evil.com/youtube.com/watch?v=dQw4w9WgXcQ",
      "ftp://youtu.be/dQw4w9WgXcQ", "youtu.be/dQw4w9WgXcQ", "https://", "",
    ] { check(url, nil) }
  }

  @Test
  func `A link to a video alone in its paragraph is a figure`() {
    let id = "dQw4w9WgXcQ"
    let open = "<figure class=\"embed\" data-provider=\"youtube\" data-id=\"\(id)\">"
    let link = "<a href=\"https://www.youtube.com/watch?v=\(id)\">"
    check("https://youtu.be/\(id)\n", "\(open)\(link)https://youtu.be/\(id)</a></figure>\n")
    check("<https://youtu.be/\(id)>\n", "\(open)\(link)https://youtu.be/\(id)</a></figure>\n")
    check("[The *teaser*](https://youtu.be/\(id))\n", "\(open)\(link)The <em>teaser</em></a></figure>\n")
    check(
      "> https://vimeo.com/32112233/abc\n",
      "<blockquote>\n<figure class=\"embed\" data-provider=\"vimeo\" data-id=\"32112233\" data-hash=\"abc\">"
        + "<a href=\"https://vimeo.com/32112233/abc\">https://vimeo.com/32112233/abc</a></figure>\n</blockquote>\n"
    )
    check(
      "https://www.youtube.com/watch?v=_a--b_c-d*_\n",
      parse("https://www.youtube.com/watch?v=_a--b_c-d*_\n").html)
    let odd = "_--bcdefgh_"
    check(
      "https://www.youtube.com/watch?v=\(odd)\n",
      open.replacing(id, with: odd) + link.replacing(id, with: odd)
        + "https://www.youtube.com/watch?v=\(odd)</a></figure>\n")
  }

  @Test
  func `Other links stay links`() {
    check(
      "x https://youtu.be/dQw4w9WgXcQ\n",
      "<p>x <a href=\"https://youtu.be/dQw4w9WgXcQ\">https://youtu.be/dQw4w9WgXcQ</a></p>\n")
    check(
      "- https://youtu.be/dQw4w9WgXcQ\n",
      "<ul>\n<li><a href=\"https://youtu.be/dQw4w9WgXcQ\">https://youtu.be/dQw4w9WgXcQ</a></li>\n</ul>\n")
    check("https://a.b\n", "<p><a href=\"https://a.b\">https://a.b</a></p>\n")
    #expect(parse("https://youtu.be/dQw4w9WgXcQ", .comment).document.embeds.isEmpty)
  }

  @Test
  func `Videos are listed with their places`() {
    let parsed = parse("# x\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n[t](https://vimeo.com/32112233)\n")
    let source = Array(parsed.text.utf8)
    #expect(
      parsed.document.embeds.map { String(decoding: source[$0.range.indices], as: UTF8.self) }
        == ["https://youtu.be/dQw4w9WgXcQ", "https://vimeo.com/32112233"])
    #expect(parsed.document.embeds.map(\.provider) == [.youtube, .vimeo])
    #expect(parsed.document.links.filter { !$0.isGenerated }.count == 2)
    #expect(parsed.document.plainText == "x\nhttps://youtu.be/dQw4w9WgXcQ\nt")
  }
  @Test
  func `Bytes in an address that are no UTF-8 are replaced`() {
    let source = Source(
      path: "a", bytes: Array("https://youtu.be/dQw4w9WgXcQ?t=5".utf8) + [0xFE, 0xFF, 0xDF, 0xF8])
    var diagnostics: [Diagnostic] = []
    let document = parseMarkdown(
      source, in: ByteRange(0, source.bytes.count), options: .writeUp, diagnostics: &diagnostics)
    #expect(document.embeds.count == 1)
    #expect(String(validating: document.html, as: UTF8.self) != nil)
    #expect(String(validating: document.plainTextBytes, as: UTF8.self) != nil)
  }
}
