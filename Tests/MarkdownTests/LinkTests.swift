import Markdown
import SourceText
import Testing

@Suite
struct LinkTests {
  /// Expects the destinations in `text` and what their ranges hold.
  private func check(
    _ text: String, _ destinations: [String], in places: [String]? = nil, findings: [String] = [],
    at location: Testing.SourceLocation = #_sourceLocation
  ) {
    let parsed = parse(text)
    let source = Source(path: "", text: parsed.text)
    #expect(parsed.document.links.map(\.destination) == destinations, sourceLocation: location)
    #expect(
      parsed.document.links.map { source.text(in: $0.range) } == places ?? destinations,
      sourceLocation: location)
    #expect(parsed.findings == findings, sourceLocation: location)
  }

  @Test
  func `Destinations within the site are slots, others are written`() {
    let parsed = parse("[a](b.md) [c](https://d.e/?f&g) [h](/i) [j](#k) [l](//m.n) [o](mailto:p@q.r)\n")
    #expect(
      String(decoding: parsed.document.html, as: UTF8.self)
        == "<p><a href=\"\">a</a> <a href=\"https://d.e/?f&amp;g\">c</a> <a href=\"\">h</a> <a href=\"\">j</a> "
        + "<a href=\"//m.n\">l</a> <a href=\"mailto:p@q.r\">o</a></p>\n")
    #expect(parsed.document.slots.map(\.fill) == [.link(0), .link(2), .link(3)])
    #expect(parsed.document.links.map(\.isExternal) == [false, true, false, false, true, true])
  }

  @Test
  func `Nothing is a slot in CommonMark`() {
    let parsed = parse("[a](b.md) ![c](d.png) # e", .commonMark)
    #expect(parsed.document.slots.isEmpty)
    #expect(parsed.document.links.map(\.destination) == ["b.md"])
  }

  @Test
  func `Ranges are those of the destinations`() {
    check("[a](b.md) [c]( <d e.md> \"f\")\n", ["b.md", "d e.md"])
    check("[b.md](b.md) b.md\n\n> x\n> [a](b.md)\n", ["b.md", "b.md"])
    check("- x\n\n  [a\n  b](c.md)\n", ["c.md"])
    check("[![x](y.png)](z.md)\n", ["z.md"])
    check("<https://a.b> https://c.d\n", ["https://a.b", "https://c.d"])
    check("www.a.b e@f.gh\n", ["http://www.a.b", "mailto:e@f.gh"], in: ["www.a.b", "e@f.gh"])
    check("| [a](b.md) |\n|---|\n", ["b.md"])
    check("é “x” [a](b.md)\n", ["b.md"])
    let first = parse("a.md [x](a.md) [y](a.md)").document.links
    #expect(first[0].range.upperBound < first[1].range.lowerBound)
  }

  @Test
  func `Ranges of reference links are in the definitions`() {
    check("[a] [b][a]\n\n[a]: c.md\n", ["c.md", "c.md"])
    check("> [a]\n\n> [a]:\n> <c.md> 'x'\n", ["c.md"])
    // Not in a longer one that begins as it does.
    check("[a](/c/d) [b]\n\n[x]: /c/e\n[b]: /c/\n", ["/c/d", "/c/"])
    let second = parse("[a]\n\n[x]: c.md#d\n[a]: c.md\n")
    #expect(second.document.links[0].range.upperBound == second.text.utf8.count - 1)
  }

  @Test
  func `Ranges are the lines where a destination is not to be found`() {
    check("x\n\n[a](b&amp;c.md)\ny\n", ["b&c.md"], in: ["[a](b&amp;c.md)\ny\n"])
  }

  @Test
  func `Dangerous addresses are left out`() {
    for url in [
      "javascript:alert(1)", "JavaScript:x", "vbscript:x", "data:text/html,x", "file:///etc/passwd",
    ] {
      MarkdownTests.check("[a](\(url))\n", "<p>a</p>\n", ["markdown/unsafe-link@\(url)"])
      MarkdownTests.check("[a](\(url))\n", "<p>a</p>\n", options: .comment)
      MarkdownTests.check("![a](\(url))\n", "<p>a</p>\n", options: .comment)
      #expect(parse("<\(url)>\n", .comment).document.links.isEmpty)
    }
    #expect(parse("[a](javascript:x)", .commonMark).html == "<p><a href=\"javascript:x\">a</a></p>\n")
    #expect(parse("![a](data:image/png;base64,xx)").html.contains("src=\"data:image/png;base64,xx\""))
    MarkdownTests.check("[a](java&#10;script:x)\n", "<p><a href=\"java%0Ascript:x\">a</a></p>\n")
  }

  @Test
  func `Readers link to pages, to letters and to calls alone`() {
    for url in ["irc:x", "file:///x", "blob:x", "web+x:y"] {
      MarkdownTests.check("[a](\(url)) <\(url)>\n", "<p>a \(url)</p>\n", options: .comment)
    }
    MarkdownTests.check(
      "[a](TEL:1)\n", "<p><a href=\"TEL:1\" rel=\"ugc nofollow\">a</a></p>\n", options: .comment)
  }

  @Test
  func `Links that lead nowhere are reported`() {
    check(
      "[a]() [b](<>)\n", [],
      findings: ["markdown/empty-destination@()", "markdown/empty-destination@(<>)"])
    check(
      "x [a](b.md) [c]( ) y\nz [d]() ![e]()\n\n> - [f](<> 'g')\n", ["b.md"],
      findings: ["( )", "()", "()", "(<> "].map { "markdown/empty-destination@" + $0 })
    let columns = parse("[a]() [b]()\n").diagnostics.compactMap { $0.location?.range.lowerBound }
    #expect(columns.count == 2 && columns[1] == columns[0] + 6)
    #expect(parse("[a]()").html == "<p>a</p>\n")
  }

  @Test
  func `Hosts and ports that nobody has`() {
    for url in ["https://a,b", "http://a.b:65536/", "https://a.b:99999?c"] {
      check(
        "[x](\(url)) \(url)\n", [url, url], findings: [url, url].map { "markdown/mistyped-address@" + $0 })
    }
    for url in [
      "https://a.b/c,d", "https://a.b:65535/", "https://c,d@a.b", "https://[::99999]/", "https://a.b/:99999",
    ] {
      check("[x](\(url))\n", [url])
    }
  }

  @Test
  func `Hosts in brackets keep them`() {
    let link = "<a href=\"http://[::1]:8080/%5B\">"
    MarkdownTests.check("http://[::1]:8080/[\n", "<p>\(link)http://[::1]:8080/[</a></p>\n")
    MarkdownTests.check(
      "[a](https://[::1]) http://[x]\n", "<p><a href=\"https://[::1]\">a</a> http://[x]</p>\n")
  }

  @Test
  func `Web addresses that are mistyped`() {
    func check(
      _ url: String, _ meant: String?, at location: Testing.SourceLocation = #_sourceLocation
    ) {
      for text in ["[a](\(url))\n", "![a](\(url))\n", "[a]\n\n[a]: \(url)\n"] {
        let found = parse(text).diagnostics
        #expect(found.map(\.id) == ["markdown/mistyped-address"], sourceLocation: location)
        #expect(found.map { $0.edit?.replacement } == [meant], sourceLocation: location)
      }
    }
    check("htps://a.b/c", "https://a.b/c")
    check("HTPP://a.b", "http://a.b")
    check("ttps:/a.b", "https://a.b")
    check("http:/a.b", "http://a.b")
    check("https:a.b", "https://a.b")
    check("https:///a.b", "https://a.b")
    check("https://http://a.b", "http://a.b")
    check("https://https//a.b", "https://a.b")
    check("https://", nil)
    for url in [
      "https://http.cat", "HTTPS://a.b", "https://httpbin.org/", "https://https.example/",
      "http://h/https://a",
      "ftp://a.b", "sftp://a.b", "irc://a.b", "tel:1", "mailto:a@b.c", "hxxp://a.b", "//a.b", "a:b",
      "https://http:8080/",
    ] {
      #expect(parse("[a](\(url))\n").diagnostics == [], "\(url)")
    }
    #expect(parse("[a](htps://a.b)\n", .comment).diagnostics == [])
  }

  @Test
  func `Readers' links are marked as theirs`() {
    MarkdownTests.check(
      "[a](https://b.c \"d\") https://e.f <g@h.i>\n",
      "<p><a href=\"https://b.c\" title=\"d\" rel=\"ugc nofollow\">a</a> "
        + "<a href=\"https://e.f\" rel=\"ugc nofollow\">https://e.f</a> "
        + "<a href=\"mailto:g@h.i\" rel=\"ugc nofollow\">g@h.i</a></p>\n", options: .comment)
  }

  @Test
  func `URLs are escaped for attributes`() {
    var buffer = ByteBuffer()
    buffer.appendURL("/a b/é?x=1&y='2'#\"<>[%20]")
    #expect(buffer.string == "/a%20b/%C3%A9?x=1&amp;y=&#x27;2&#x27;#%22%3C%3E%5B%20%5D")
  }
}
