import Markdown
import SourceText
import Testing

@Suite
struct FootnoteTests {
  @Test
  func `Readers' notes are shown as they were typed`() {
    MarkdownTests.check(
      "a[^1] `[^2]` ~~b~~\n\n[^1]: note\n",
      "<p>a[^1] <code>[^2]</code> <del>b</del></p>\n<p>[^1]: note</p>\n",
      options: .comment)
    MarkdownTests.check(
      "a\\[^1] [b]\n\n[b]: c.md\n", "<p>a[^1] <a href=\"c.md\" rel=\"ugc nofollow\">b</a></p>\n",
      options: .comment)
    MarkdownTests.check(
      "a[^1] http://b.c/_d_e\n\n> [^1]: e\n",
      "<p>a[^1] <a href=\"http://b.c/_d_e\" rel=\"ugc nofollow\">http://b.c/_d_e</a></p>\n<blockquote>\n<p>[^1]: e</p>\n</blockquote>\n",
      options: .comment)
  }

  /// Expects the notes as they are listed, without the links back, and the number of references.
  private func check(
    _ text: String, notes: [String], references: Int? = nil, findings: [String] = [],
    at location: Testing.SourceLocation = #_sourceLocation
  ) {
    let parsed = parse(text)
    let html = parsed.html
    let found = html.split(separator: "<li id=\"fn-").dropFirst().map { item in
      var item = String(item.drop { $0 != ">" }.dropFirst(2).prefix { $0 != "\u{21A9}" })
      if let back = item.range(of: "<a href=\"#fnref") { item.removeSubrange(back.lowerBound...) }
      return item.trimmingSuffix(" ")
    }
    #expect(found == notes, sourceLocation: location)
    #expect(parsed.document.footnoteCount == notes.count, sourceLocation: location)
    #expect(parsed.findings == findings, sourceLocation: location)
    if let references {
      #expect(html.split(separator: "role=\"doc-noteref\"").count - 1 == references, sourceLocation: location)
      #expect(
        html.split(separator: "role=\"doc-backlink\"").count - 1 == references, sourceLocation: location)
    }
    #expect(Set(parsed.document.anchors).count == parsed.document.anchors.count, sourceLocation: location)
    for link in parsed.document.links where link.isGenerated {
      #expect(parsed.document.anchors.contains { "#" + $0 == link.destination }, sourceLocation: location)
    }
  }

  @Test
  func `A reference leads to its note and back`() {
    MarkdownTests.check(
      "Words[^1].\n\n[^1]: The *note*.\n",
      """
      <p>Words<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup>.</p>
      <section class="footnotes" role="doc-endnotes" aria-label="Notes">
      <ol>
      <li id="fn-1">
      <p>The <em>note</em>. <a href="#fnref-1" class="footnote-back" role="doc-backlink" \
      aria-label="Back to the text">\u{21A9}\u{FE0E}</a></p>
      </li>
      </ol>
      </section>

      """)
  }

  @Test
  func `Notes are numbered by their first references`() {
    check("a[^b] c[^a] d[^b]\n\n[^a]: A\n[^b]: B\n", notes: ["<p>B", "<p>A"], references: 3)
    check("[^Ab]\n\n[^aB]: x\n", notes: ["<p>x"], references: 1)
    check("# h[^1]\n\n- i[^2]\n\n[^2]: y\n[^1]: x\n", notes: ["<p>x", "<p>y"], references: 2)
    check("|a[^1]|\n|---|\n\n[^1]: x\n", notes: ["<p>x"], references: 1)
  }

  @Test
  func `A single word is no link`() {
    check("a[^1]\n\n[^1]: word\n", notes: ["<p>word"])
    check(
      "a[^1]\n\n[^1]: <url> \"title\"\n",
      notes: ["<p>&lt;url&gt; “title”".replacing("&lt;url&gt;", with: "<url>")])
  }

  @Test
  func `A note goes on with indented lines`() {
    check("a[^1]\n\n[^1]: one\n    two\n\n    three\n\nfour\n", notes: ["<p>one\ntwo</p>\n<p>three"])
    check("a[^1]\n\n[^1]: one\nlazy\n\nfour\n", notes: ["<p>one\nlazy"])
    check("a[^1]\n\n[^1]: one\n# h\n", notes: ["<p>one"])
    check(
      "a[^1]\n\n[^1]:\n    - b\n    - c\n",
      notes: ["<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n<p>"])
    check("a[^1]\n\n[^1]: x\n\n        code\n", notes: ["<p>x</p>\n<pre><code>code\n</code></pre>\n<p>"])
    check("a[^1]\n\n[^1]: x\n\n\ty\n", notes: ["<p>x</p>\n<p>y"])
  }

  @Test
  func `What follows a note is where it would be without it`() {
    #expect(parse("a[^1]\n\n[^1]: x\n\n    y\n\nz\n").html.contains("</p>\n<p>z</p>\n<section"))
    #expect(parse("- a[^1]\n\n[^1]: x\n\n# b\n").html.hasPrefix("<ul>\n<li>a<sup"))
  }

  @Test
  func `Notes refer to notes`() {
    check("a[^1]\n\n[^1]: x[^2]\n[^2]: y\n", notes: ["<p>x" + reference(2), "<p>y"], references: 2)
  }

  private func reference(_ number: Int) -> String {
    "<sup class=\"footnote-ref\"><a href=\"#fn-\(number)\" id=\"fnref-\(number)\" role=\"doc-noteref\">"
      + "\(number)</a></sup>"
  }

  @Test
  func `Code, HTML and escapes hold no notes`() {
    check("```\n[^1]: x\n```\n\n`[^1]`\n", notes: [])
    check("<div>\n[^1]: x\n</div>\n", notes: [])
    check("\\[^1]\n\n[^1]: x\n", notes: [], findings: ["markdown/unused-footnote@[^1]:"])
    check("\\[^1] [^1]\n\n[^1]: x\n", notes: ["<p>x"], references: 1)
  }

  @Test
  func `Definitions of links are known in notes`() {
    check("a[^1]\n\n[^1]: [b]\n\n[b]: c.md\n", notes: ["<p><a href=\"c.md\">b</a>"])
    check("a[^1] [b]\n\n[^1]: x\n[b]: c.md\n", notes: ["<p>x"])
  }

  @Test
  func `What refers to no note is text like any other`() {
    #expect(parse("a[^b<c] [^d&e]\n").html == "<p>a[^b&lt;c] [^d&amp;e]</p>\n")
    #expect(parse("[^a~~b~~]\n").html == "<p>[^a<del>b</del>]</p>\n")
  }

  @Test
  func `Mistakes are reported`() {
    check("a[^1]\n", notes: [], findings: ["markdown/undefined-footnote@[^1]"])
    check(
      "a[^one]\n\n[^oen]: x\n", notes: [],
      findings: ["markdown/undefined-footnote@[^one]", "markdown/unused-footnote@[^oen]:"])
    #expect(parse("a[^one]\n\n[^oen]: x\n").diagnostics.first?.fix == "did you mean 'oen'?")
    check(
      "a[^1]\n\n[^1]: x\n[^1]: y\n", notes: ["<p>x"], findings: ["markdown/duplicate-footnote@[^1]:"])
    check(
      "[a[^1]](b.md)\n\n[^1]: x\n", notes: [],
      findings: ["markdown/footnote-in-link@[^1]", "markdown/unused-footnote@[^1]:"])
    check(
      "> a[^1]\n>\n> [^1]: x\n", notes: [], findings: ["markdown/footnote-not-at-margin@x"])
  }

  @Test
  func `Labels are found although punctuation has become typographic`() {
    check("a[^it's] b[^a--b]\n\n[^it's]: x\n[^a--b]: y\n", notes: ["<p>x", "<p>y"], references: 2)
  }

  @Test
  func `Places in notes are those in the source`() {
    let parsed = parse("a[^1]\n\n[^1]: [x](y.md)\n\n    [z](w.md)\n")
    let source = Array(parsed.text.utf8)
    let found = parsed.document.links.filter { !$0.isGenerated }
      .map { String(decoding: source[$0.range.indices], as: UTF8.self) }
    #expect(found == ["y.md", "w.md"])
  }

  @Test
  func `Readers have no notes`() {
    MarkdownTests.check("a[^1]\n", "<p>a[^1]</p>\n", options: .comment)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: Character) -> String {
    var result = self[...]
    while result.last == suffix { result.removeLast() }
    return String(result)
  }

  fileprivate func range(of part: String) -> Range<Index>? { firstRange(of: part) }
}
