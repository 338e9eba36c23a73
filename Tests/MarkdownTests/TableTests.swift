import Markdown
import SourceText
import Testing

@Suite
struct TableTests {
  /// Expects the cells of the tables in `text`, row by row, with `|` between them.
  private func check(
    _ text: String, _ rows: [String], _ findings: [String] = [],
    at location: Testing.SourceLocation = #_sourceLocation
  ) {
    let parsed = parse(text)
    let found = parsed.html.split(separator: "<tr>\n").dropFirst().map { row in
      row.prefix(upTo: row.firstRange(of: "</tr>")?.lowerBound ?? row.endIndex)
        .split(separator: "\n")
        .map { $0.drop { $0 != ">" }.dropFirst().dropLast(5) }
        .joined(separator: "|")
    }
    #expect(found == rows, sourceLocation: location)
    #expect(parsed.findings == findings, sourceLocation: location)
  }

  @Test
  func `A table has a head, a body and aligned columns`() {
    MarkdownTests.check(
      "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | 2 | 3 | 4 |\n",
      """
      <table>
      <thead>
      <tr>
      <th scope="col">a</th>
      <th scope="col" style="text-align: left">b</th>
      <th scope="col" style="text-align: center">c</th>
      <th scope="col" style="text-align: right">d</th>
      </tr>
      </thead>
      <tbody>
      <tr>
      <td>1</td>
      <td style="text-align: left">2</td>
      <td style="text-align: center">3</td>
      <td style="text-align: right">4</td>
      </tr>
      </tbody>
      </table>

      """)
  }

  @Test
  func `A corner without words is no header`() {
    MarkdownTests.check(
      "| | b |\n|--:|---|\n| 1 | 2 |\n",
      """
      <table>
      <thead>
      <tr>
      <td style="text-align: right"></td>
      <th scope="col">b</th>
      </tr>
      </thead>
      <tbody>
      <tr>
      <td style="text-align: right">1</td>
      <td>2</td>
      </tr>
      </tbody>
      </table>

      """)
  }

  @Test
  func `Cells hold inlines`() {
    check(
      "| *a* | `b` |\n|-|-|\n| [c](d.md) | ~~e~~ |\n",
      ["<em>a</em>|<code>b</code>", "<a href=\"d.md\">c</a>|<del>e</del>"])
    check("a | b\n--|--\n\"x\" | it's\n", ["a|b", "“x”|it’s"])
    check("a|b\n-|:-\n**x**|_y_\n", ["a|b", "<strong>x</strong>|<em>y</em>"])
  }

  @Test
  func `What begins a block begins nothing in a cell`() {
    check(
      "| # a | - b |\n|---|---|\n| > c | 1. d |\n| ``` | *** |\n|     e | <hr> |\n",
      ["# a|- b", "&gt; c|1. d", "```|***", "e|<hr>"])
    check("| [a]: b |\n|:--|\n| === |\n", ["[a]: b", "==="])
  }

  @Test
  func `Pipes behind a backslash divide nothing, in code neither`() {
    check("| a \\| b |\n|---|\n| `c \\| d` |\n", ["a | b", "<code>c | d</code>"])
  }

  @Test
  func `Rows are filled up and cut off`() {
    check("|a|b|\n|---|---|\n|1|\n|1|2|3|\n||\n", ["a|b", "1|", "1|2", "|"])
    check("|a|b|\n|---|---|\n| |x|\n", ["a|b", "|x"])
  }

  @Test
  func `The head has as many cells as the row of dashes`() {
    check("|a|b|\n|---|\n|1|\n", [], ["markdown/table-without-dashes@|a|b|\n|---|\n|1|"])
    check("|a|\n|---|---|\n", [], ["markdown/table-without-dashes@|a|\n|---|---|"])
    check("a\n:-:\nb\n", ["a", "b"])
  }

  @Test
  func `Lines before the head stay a paragraph`() {
    let parsed = parse("Words *go\non*\n    # here\n|a|\n|---|\n|1|\n")
    #expect(parsed.html.hasPrefix("<p>Words <em>go\non</em>\n# here</p>\n<table>"))
  }

  @Test
  func `Tables stand in quotes and lists`() {
    check("> words\n> |a|b|\n> |---|---|\n> |1|2|\n", ["a|b", "1|2"])
    check("> - |a|b|\n>   |---|---|\n>   |1|2|\n", ["a|b", "1|2"])
    check("> > |a|b|\n> > |---|---|\n> |1|2|\n", ["a|b", "1|2"])
    check("1.  |a|b|\n    |---|---|\n    |1|2|\n\n    x\n", ["a|b", "1|2"])
    #expect(parse("- |a|\n  |---|\n- b\n").html.hasPrefix("<ul>\n<li>\n<table>"))
  }

  @Test
  func `Cells know the definitions of the text`() {
    check("|[a]|[b][a]|\n|---|---|\n\n[a]: c.md\n", ["<a href=\"c.md\">a</a>|<a href=\"c.md\">b</a>"])
    check("|[a]|\n|---|\n\n> [a]:\n> c.md\n", ["<a href=\"c.md\">a</a>"])
    check("[a]: c.md\n|[a]|\n|---|\n", ["<a href=\"c.md\">a</a>"])
  }

  @Test
  func `Places in cells are those in the source`() {
    let parsed = parse("|a|\n|---|\n|x \\| [y](z.md)|\n\nand [w](v.md)\n")
    let source = Array(parsed.text.utf8)
    let found = parsed.document.links.map { String(decoding: source[$0.range.indices], as: UTF8.self) }
    #expect(found == ["z.md", "v.md"])
    #expect(parse("|a|\n|---|\n|![](x.png)|\n").findings == ["markdown/image-without-words@x.png"])
  }

  @Test
  func `The plain text has a line for each row`() {
    #expect(parse("|a|b|\n|---|---|\n|1| |\n\nx\n").document.plainText == "a\tb\n1\nx")
  }

  @Test
  func `Readers have no tables`() {
    MarkdownTests.check("|a|\n|-|\n", "<p>|a|\n|-|</p>\n", options: .comment)
  }
}
