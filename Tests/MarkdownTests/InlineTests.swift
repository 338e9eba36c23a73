import Markdown
import SourceText
import Testing

@Suite
struct InlineTests {
  @Test
  func `Struck out`() {
    check("a ~~b *c*~~ d\n", "<p>a <del>b <em>c</em></del> d</p>\n")
    check("a~~b~~c\n", "<p>a<del>b</del>c</p>\n")
    check("<http://a.b/~~c~~>\n", "<p><a href=\"http://a.b/~~c~~\">http://a.b/~~c~~</a></p>\n")
    check("**~~a~~**\n", "<p><strong><del>a</del></strong></p>\n")
    check("~~a\nb~~\n", "<p><del>a\nb</del></p>\n")
    check("~~[a](b.md)~~ [c](d.md)\n", "<p><del><a href=\"b.md\">a</a></del> <a href=\"d.md\">c</a></p>\n")
    check("~~`a`~~\n", "<p><del><code>a</code></del></p>\n")
    check("~~é~~ “~~x~~”\n", "<p><del>é</del> “<del>x</del>”</p>\n")
  }

  @Test
  func `Not struck out`() {
    check("a ~b~ c\n", "<p>a ~b~ c</p>\n")
    check("a ~~~b~~~ c\n", "<p>a ~~~b~~~ c</p>\n")
    check("a ~~ b ~~ c\n", "<p>a ~~ b ~~ c</p>\n")
    check("a ~~b\n\nc~~\n", "<p>a ~~b</p>\n<p>c~~</p>\n")
    check("*~~a* b~~\n", "<p><em>~~a</em> b~~</p>\n")
    check("\\~~a~~ \\~\\~b~~\n", "<p>~~a~~ ~~b~~</p>\n")
    check("~~a \\~~~\n", "<p><del>a ~</del></p>\n")
    check("~~a~~ `\\~~` [x](\\~a) ¶\n", "<p><del>a</del> <code>\\~~</code> <a href=\"~a\">x</a> ¶</p>\n")
  }

  @Test
  func `Bare URLs`() {
    check("see https://a.b/c.\n", "<p>see <a href=\"https://a.b/c\">https://a.b/c</a>.</p>\n")
    check("(www.a.com)\n", "<p>(<a href=\"http://www.a.com\">www.a.com</a>)</p>\n")
    check(
      "https://en.wikipedia.org/wiki/Oldboy_(2003_film)\n",
      "<p><a href=\"https://en.wikipedia.org/wiki/Oldboy_(2003_film)\">https://en.wikipedia.org/wiki/Oldboy_(2003_film)</a></p>\n"
    )
    check("\"https://a.b/c\"\n", "<p>“<a href=\"https://a.b/c\">https://a.b/c</a>”</p>\n")
    check(
      "**https://a.b/c_d_**\n", "<p><strong><a href=\"https://a.b/c_d\">https://a.b/c_d</a>_</strong></p>\n")
    check("a@b.com\n", "<p><a href=\"mailto:a@b.com\">a@b.com</a></p>\n")
    check("https://a.b/é\n", "<p><a href=\"https://a.b/%C3%A9\">https://a.b/é</a></p>\n")
    check("HTTPS://A.B\n", "<p><a href=\"HTTPS://A.B\">HTTPS://A.B</a></p>\n")
  }

  @Test
  func `Marks in bare URLs mean nothing`() {
    for url in [
      "https://a.b/_next_/x", "https://a.b/a--b---c", "https://a.b/*x*/y", "https://a.b/x...y",
      "https://a.b/it's/x", "https://a.b/~~x~~/y", "www.a.com/_b_/c",
    ] {
      let prefix = url.hasPrefix("www") ? "http://" : ""
      let href = prefix + url.replacing("'", with: "&#x27;")
      check("x \(url) -- y\n", "<p>x <a href=\"\(href)\">\(url)</a> – y</p>\n")
      #expect(parse("x \(url) y").document.plainText == "x \(url) y")
      #expect(parse("x \(url) y").document.links.map(\.destination) == [prefix + url])
      check("`\(url)`\n", "<p><code>\(url)</code></p>\n")
      check("[x](\(url))\n", "<p><a href=\"\(href.replacing("http://www", with: "www"))\">x</a></p>\n")
      check("[x]\n\n[x]: \(url)\n", "<p><a href=\"\(href.replacing("http://www", with: "www"))\">x</a></p>\n")
    }
    check("<https://a.b/_c_>\n", "<p><a href=\"https://a.b/_c_\">https://a.b/_c_</a></p>\n")
    check("<a href=\"https://a.b/_c_\">x</a>\n", "<p><a href=\"https://a.b/_c_\">x</a></p>\n")
    check(
      "[https://a.b/_c_](https://a.b/_c_)\n", "<p><a href=\"https://a.b/_c_\">https://a.b/_c_</a></p>\n")
  }

  @Test
  func `No bare URLs`() {
    check("xhttps://a.b `https://a.b`\n", "<p>xhttps://a.b <code>https://a.b</code></p>\n")
    check("https:// http://. www. www.x_y.z_\n", "<p>https:// http://. www. www.x_y.z_</p>\n")
    check("[a https://b.c](d.md)\n", "<p><a href=\"d.md\">a https://b.c</a></p>\n")
    check("javascript://a.b\n", "<p>javascript://a.b</p>\n")
    check("a@b a@b. @c\n", "<p>a@b a@b. @c</p>\n")
  }

  @Test
  func `Tasks`() {
    check(
      "- [ ] a\n- [x] *b*\n- [y] c\n- [ ]\n",
      """
      <ul>
      <li class="task"><input type="checkbox" disabled aria-label="To do" /> a</li>
      <li class="task"><input type="checkbox" disabled checked aria-label="Done" /> <em>b</em></li>
      <li>[y] c</li>
      <li>[ ]</li>
      </ul>

      """)
    check(
      "1. [X] a\n\n   b\n",
      """
      <ol>
      <li class="task">
      <p><input type="checkbox" disabled checked aria-label="Done" /> a</p>
      <p>b</p>
      </li>
      </ol>

      """)
    check("[ ] a\n", "<p>[ ] a</p>\n")
    #expect(parse("- [ ] a\n- [x] b\n").document.plainText == "a\nb")
  }

  @Test
  func `Punctuation is typographic`() {
    check("\"It's\" -- a---b...\n", "<p>“It’s” – a—b…</p>\n")
    check("\"It's\" --\n", "<p>&quot;It's&quot; --</p>\n", options: .commonMark)
  }
}
