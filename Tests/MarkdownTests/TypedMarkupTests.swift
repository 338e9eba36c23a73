import Markdown
import SourceText
import Testing

@Suite
struct TypedMarkupTests {
  /// Expects these findings of `text`, and that their edits make `mended` of it, which has none.
  private func check(
    _ text: String, _ findings: [String], mended: String? = nil,
    at location: Testing.SourceLocation = #_sourceLocation
  ) {
    let parsed = parse(text)
    #expect(parsed.findings == findings, sourceLocation: location)
    let edits = parsed.diagnostics.compactMap(\.edit).sorted { $0.range.lowerBound > $1.range.lowerBound }
    var bytes = Array(parsed.text.utf8)
    for edit in edits { bytes.replaceSubrange(edit.range.indices, with: edit.replacement.utf8) }
    let result = String(decoding: bytes.dropFirst(parsed.text.utf8.count - text.utf8.count), as: UTF8.self)
    #expect(result == mended ?? text, sourceLocation: location)
    if mended != nil { #expect(parse(result).findings == [], sourceLocation: location) }
  }

  @Test
  func `Addresses with spaces`() {
    func check(
      _ text: String, _ place: String, _ mended: String,
      at location: Testing.SourceLocation = #_sourceLocation
    ) {
      self.check(text, ["markdown/space-in-destination@\(place)"], mended: mended, at: location)
    }
    check("![a](IMG 1234.JPG)\n", "IMG 1234.JPG", "![a](<IMG 1234.JPG>)\n")
    check("![a](my bridge)\n", "my bridge", "![a](<my bridge>)\n")
    check("See [a](https://x.org/a b).\n", "https://x.org/a b", "See [a](<https://x.org/a b>).\n")
    check("[*a*]( my film.md )\n", "my film.md", "[*a*]( <my film.md> )\n")
    check("![a](IMG 1.JPG \"Dusk\")\n", "IMG 1.JPG", "![a](<IMG 1.JPG> \"Dusk\")\n")
    check("![a](IMG (1) b.JPG)\n", "IMG (1) b.JPG", "![a](<IMG (1) b.JPG>)\n")
    check("- x\n\n  ## [a](b c.md)\n", "b c.md", "- x\n\n  ## [a](<b c.md>)\n")
    check("[a](tel:+49 30 1)\n", "tel:+49 30 1", "[a](tel:+49301)\n")
    check("[a](mailto: ann@x.org)\n", "mailto: ann@x.org", "[a](mailto:ann@x.org)\n")
    check(
      "[a](mailto:ann@x.org?subject=a b)\n", "mailto:ann@x.org?subject=a b",
      "[a](<mailto:ann@x.org?subject=a b>)\n")
    check("[a](https: //x.org)\n", "https: //x.org", "[a](https://x.org)\n")
    check("[a](https:// x.org/)\n", "https:// x.org/", "[a](https://x.org/)\n")
    self.check("[sic](http and others) [sic](tell me more)\n", [])
    // Between < and > these would be links that lead nowhere.
    self.check("[t](https://exam ple.com)\n", ["markdown/space-in-destination@https://exam ple.com"])
    self.check("[t](https://x.org/ \"A title)\n", ["markdown/space-in-destination@https://x.org/ \"A title"])
    check("`[x](y z.md)` [a](b c.md)\n", "b c.md", "`[x](y z.md)` [a](<b c.md>)\n")
    check("|a|b|\n|-|-|\n|x|[a](b c.md)|\n", "b c.md", "|a|b|\n|-|-|\n|x|[a](<b c.md>)|\n")
  }

  @Test
  func `Titles in curly quotation marks`() {
    check("![a](b.jpg “At dusk”)\n", ["markdown/curly-title@“At dusk”"], mended: "![a](b.jpg \"At dusk\")\n")
    check("[a](b.md ‘c’)\n", ["markdown/curly-title@‘c’"], mended: "[a](b.md \"c\")\n")
  }

  @Test
  func `Links that are not whole`() {
    check("See [a] (https://b.c/).\n", ["markdown/space-in-link@ "])
    check("![a](https://b.c/d and\n\n[a](b.md\n", ["markdown/unclosed-link@("])
    check("[a]: (https://b.c/) \\[a] (https://b.c/) a] (https://b.c/)\n", [])
  }

  @Test
  func `Rows without dashes`() {
    check("|a|b|\n|1|2|\n", ["markdown/table-without-dashes@|a|b|\n|1|2|"])
    check("|a|b|\n|-|-|\n|1|2|\n\n|a|\n\n|a\n|b\n", [])
    let escaped = parse("|a|b\\|c|\n|1|2|\n").diagnostics
    #expect(escaped.map(\.fix) == ["write | --- | --- | below the first row"])
  }

  @Test
  func `Code without an end`() {
    check("a\n\n```\nb\n\nc\n", ["markdown/unclosed-code@```"])
    check("```\n", ["markdown/unclosed-code@```"])
    check("~~~ swift\nb\n```\n", ["markdown/unclosed-code@~~~"])
    check("~~~~\nb\n~~~\n", ["markdown/unclosed-code@~~~~"])
    check("~~~\nb\n~~~~\n", [])
    check("````\n```\nb\n````\n\n```\n```\n\n  ~~~\n  b\n  ~~~  \n\n- ```\n  a\n", [])
  }

  @Test
  func `Brackets that are none of links`() {
    check("[sic](see the note below) [sic](he and/or she)\n", [])
    check("[sic](he is) [a](/x/ (A title)) [a](<b c.md> (d e))\n", [])
    check(
      "[sic](he is) [a](https://b.c/\n\"d\") [a](https://b.c/\n)\n\n> [sic](he is) [a](https://b.c/\n> 'd')\n",
      [])
    check("\\[a](b c.md)\n", [])
    check("`[a](b c.md)` and a](b c.md)\n", [])
    check("<https://a.b/[a](b> and [a](b.md \"a c\") [a](<b c.md>)\n", [])
    check("    [a](b c.md)\n", [])
  }

  @Test
  func `Bold type without an end`() {
    check("**The film. It begins\n", ["markdown/unclosed-bold@**"])
    check("\\*\\*a **The film\n\n**b** **c\n", ["markdown/unclosed-bold@**", "markdown/unclosed-bold@**"])
    check("**The film ** begins\n", ["markdown/unclosed-bold@ **"], mended: "**The film** begins\n")
    check("**The film.**It begins\n", ["markdown/unclosed-bold@**"])
    check("**Director: **Ann Shinn\n", ["markdown/unclosed-bold@ **"], mended: "**Director:** Ann Shinn\n")
    check(
      "**Director: **Ann\n**Writer: **Bo, **the** one\n",
      ["markdown/unclosed-bold@ **", "markdown/unclosed-bold@ **"],
      mended: "**Director:** Ann\n**Writer:** Bo, **the** one\n")
    check("**Director **Ann Shinn\n", ["markdown/unclosed-bold@**"])
    let second = parse("**Anna** met Bo. **Anna left.\n").diagnostics.compactMap(\.location?.range.lowerBound)
    #expect(second.map { $0 - 18 } == [17])
  }

  @Test
  func `Asterisks that begin nothing`() {
    check("a ** b, f**k, 12 €**\n\n** with fees\n", [])
    check("\\*\\*a `**b` src/**/*.md *** \\**c\n", [])
    check("**a** **b *c***\n", [])
    check("**kwargs in Python. **/glob\n", [])
    check("**kwargs and *args, with **b\n", [])
    check("**kwargs and **options. Then **Anna left.\n", ["markdown/unclosed-bold@**"])
    check("2 **3** 4 **5\n", [])
    check("*p < .05; **p < .01\n\n** p < .05, **p &lt; .01\n", [])
  }

  @Test
  func `Bold type beside punctuation and between digits`() {
    let told = parse("**„Die Hard“**ist\n").diagnostics
    #expect(told.map(\.fix) == ["write a space behind it, or put it before the punctuation"])
    check("**„Die Hard“**ist\n", ["markdown/unclosed-bold@**"])
    check("**(a)**b\n\n**„Die Hard“** ist\n", ["markdown/unclosed-bold@**"])
    check("2**3 and 2**10\n", ["markdown/bold-between-digits@**"])
    check("2**3 or a**b**c 1**a**2 **1** 2\n", [])
  }

  @Test
  func `Headings without a space`() {
    func check(
      _ text: String, _ place: String, _ mended: String,
      at location: Testing.SourceLocation = #_sourceLocation
    ) {
      self.check(text, ["markdown/no-space-in-heading@\(place)"], mended: mended, at: location)
    }
    check("##Cast\n", "##", "## Cast\n")
    self.check("##cast and ##crew\n", ["markdown/no-space-in-heading@##"])
    check("a\n###Cast\nb\n", "###", "a\n### Cast\nb\n")
    check("> ##Été\n", "##", "> ## Été\n")
    check("##Cast##\n", "##", "## Cast\n")
    check("##\u{A0}Cast\n", "##", "## Cast\n")
    // A note is walked behind the paragraph below it.
    check("a[^1]\n\n[^1]: b\n    ##Cast\n\nc\n", "##", "a[^1]\n\n[^1]: b\n    ## Cast\n\nc\n")
    self.check("##A|b\n-|-\nc|d\n", ["markdown/no-space-in-heading@##"], mended: "## A|b\n-|-\nc|d\n")
    check("#\u{202F}Cast\n", "#", "# Cast\n")
    self.check("#cast and #crew\n\n####### a\n\n##\n\n```\n##x\n```\n\n    ##x\n\n<!--\n##x\n-->\n", [])
  }

  @Test
  func `Headings by dashes`() {
    check("She wanted to shoot on film.\n---\n", ["markdown/heading-by-dashes@---"])
    check("She wanted to shoot on film.\n---\nIt was dear.\n", ["markdown/heading-by-dashes@---"])
    check("> She wanted (to shoot on film).\n> -----\n", ["markdown/heading-by-dashes@-----"])
    check("Where are they all now?\n---\n\nSundance 2026: Here they are!\n---\n", [])
    check("The cast\n---\n\nWho paid for it?\n----------------\n\nShe wanted to shoot on film.\n===\n", [])
    check("- She wanted to shoot on film.\n---\n\n> ## She wanted to shoot on film. ---\n", [])
  }

  @Test
  func `Front matter that was pasted into the text`() {
    let fields = "---\ntitle: B\ncredits:\n  - {role: Director, name: C}\n- x\n# y\ntags: [x]\n---"
    check("\(fields)\nText.\n", ["markdown/second-front-matter@\(fields)"])
    check(
      "Text.\n\n---\ndate: 2026-11-20\n---\n", ["markdown/second-front-matter@---\ndate: 2026-11-20\n---"])
    check("Text.\n---\ntitle: B\n---\n", ["markdown/second-front-matter@---\ntitle: B\n---"])
    check("---\nNote: this is so.\n\n---\n\n---\n\ntitle: B\n---\n", [])
    check("---\ntitle: B\nIt says so above.\n\n---\n", [])
    check("> ---\n> title: B\n> ---\n\n```\n---\ntitle: B\n---\n```\n", [])
  }

  @Test
  func `Text that is indented`() {
    let prose = "She wanted to shoot on film, and nobody would pay for it."
    check("    \(prose)\n", ["markdown/indented-text@\(prose)"])
    check("a\n\n\t“\(prose)”\n", ["markdown/indented-text@“\(prose)”"])
    check("    \(prose)\n    \(prose)\n", ["markdown/indented-text@\(prose)\n    \(prose)"])
    check("1. a\n\n       \(prose)\n", ["markdown/indented-text@\(prose)"])
    check("```\n\(prose)\n```\n\n- a\n\n    \(prose)\n", [])
    check(
      "    INT. BRIDGE, NIGHT\n    She waits.\n\n    let film = shoot(on: film, and: nobody) // would pay for it.\n",
      [])
  }

  @Test
  func `Sentences that are indented among others`() {
    let short = "It was very cold that night."
    check("    \(short)\n", ["markdown/indented-text@\(short)"])
    check("## A\n\n\t\(short)\n\n\t\(short)\n", ["markdown/indented-text@\(short)\n\n\t\(short)"])
    check(
      "a\n\n\tThe night was cold and long\nand dark.\n",
      ["markdown/indented-text@The night was cold and long"])
    let emphasis = "She wanted to shoot *on film*, and nobody would pay for it."
    check("    \(emphasis)\n", ["markdown/indented-text@\(emphasis)"])
    check("It prints:\n\n    \(short)\n\n- a\n\n<!-- -->\n\n    \(short)\n", [])
    check("    INT. BRIDGE, NIGHT\n    \(short)\n    \(short)\n\n\n", [])
    check("    make site and look at it\n", [])
  }

  @Test
  func `Lists with other marks`() {
    check("• A\n• B\n", ["markdown/typed-bullet@•"], mended: "- A\n- B\n")
    check("Cast:\n•\tA\n•\tB\n•\tC\n", ["markdown/typed-bullet@•"], mended: "Cast:\n- A\n- B\n- C\n")
    check("> ·\u{A0}A\r\n> ·\u{A0}B\r\n", ["markdown/typed-bullet@·"], mended: "> - A\r\n> - B\r\n")
    check("– A\n– B\n", ["markdown/typed-bullet@–"])
    check("-Ann\n-Bo\n\n-Éva\n-Bo\n", ["markdown/typed-bullet@-", "markdown/typed-bullet@-"])
    check("• A\n\n• B\n\n– A\n— B\n\n•A\n•B\n\n• A\nb\n• C\n", [])
    check("— A  \n— B\n\n– A\\\n– B\n\n-5\n-6\n\n--a\n--b\n\n- A\n- B\n\n```\n• A\n• B\n```\n", [])
  }

  @Test
  func `Links the wrong way round`() {
    check(
      "See (a b)[https://x.org/c].\n", ["markdown/reversed-link@(a b)[https://x.org/c]"],
      mended: "See [a b](https://x.org/c).\n")
    check(
      "`(a)[https://x.org/]` (b)[https://y.org] c\n", ["markdown/reversed-link@(b)[https://y.org]"],
      mended: "`(a)[https://x.org/]` [b](https://y.org) c\n")
    check("(a)[https://x.org/](b.md) (a)[b] a)[https://x.org/] (a)\\[https://x.org/]\n", [])
    check("f(x)[http] ()[https://x.org/] (a)[https://x y]\n", [])
  }

  @Test
  func `Links without words`() {
    check(
      "[](https://x.org/) [ ](a.md)\n",
      ["https://x.org/", "a.md"].map { "markdown/link-without-words@" + $0 })
    check("[![a](b.jpg)](c.md) [*a*](c.md) <https://x.org/> [`a`](c.md)\n", [])
  }

  @Test
  func `Tags that nothing ends`() {
    check("a <b>b\n\nc\n", ["markdown/unclosed-tag@<b>"])
    check("<b>a</b> <b>c\n\n<div>\n\n<I>a\n", ["<b>", "<div>", "<I>"].map { "markdown/unclosed-tag@" + $0 })
    check("<b>a <b>c</b>\n", ["markdown/unclosed-tag@<b>"])
    check("<details>\n\n<summary>a</summary>\n\n- <b>a\n\n  </B>\n\n</details >\n", [])
    // What nobody typed is left alone, and doesn't take long.
    check(String(repeating: "<b>", count: 20_000) + String(repeating: "</i>", count: 20_000) + "\n", [])
    check("<p>a\n\n<li>b <br> <img src=\"https://x.org/\" alt=\"\"> <o:p>\n", [])
    check("`<b>` \\<b> <!-- <b> --> <a id=\"x\"/> <svg><path d=\"\"/></svg>\n\n    <b>\n", [])
  }

  @Test
  func `Comments are left alone`() {
    let text =
      "(a)[https://x.org/] <b> [](https://x.org/)\n\n• A\n• B\n\n![a](b c.jpg) **a\n\n##b\n\nShe wanted to shoot on film.\n---\n"
    #expect(parse(text, .comment).findings == [])
  }
}
