import Markdown
import SourceText
import Testing

@Suite
struct BoundsTests {
  @Test
  func `A text over the bounds is shown as it was typed`() {
    let deep = String(repeating: "> ", count: 30) + "a"
    check(
      "<b>\n\n\(deep)\n", "<p>&lt;b&gt;</p>\n<p>\(deep.replacing(">", with: "&gt;"))</p>\n",
      ["markdown/nested-too-deeply@\(deep)\n"], options: .comment)
    #expect(parse(deep, .comment).diagnostics.map(\.severity) == [.warning])
    #expect(parse(deep).diagnostics.isEmpty)
    let deeper = String(repeating: "- ", count: 101) + "a"
    #expect(parse(deeper).diagnostics.map(\.severity) == [.error])
    #expect(parse(deeper).diagnostics[0].message.hasSuffix("nothing is published until they are flattened"))
    let long = String(repeating: "word ", count: 20_000)
    #expect(parse(long, .comment).diagnostics.map(\.id) == ["markdown/too-long"])
    #expect(parse(long, .comment).document.wordCount == 20_000)
    #expect(parse(long).diagnostics.isEmpty)
  }

  @Test
  func `What looks deep and is not passes`() {
    for text in [
      String(repeating: "* ", count: 200), String(repeating: "- ", count: 200),
      String(repeating: " ", count: 300) + "code", String(repeating: "[x] ", count: 5000),
      String(repeating: "x [\n\n", count: 5000), String(repeating: "a > b ", count: 500),
      "1. " + String(repeating: "x 1. ", count: 500),
    ] {
      #expect(parse(text, .comment).diagnostics.isEmpty, "\(text.prefix(20))")
    }
  }

  @Test
  func `Texts that keep libcmark busy are refused or take linear time`() {
    let count = 20_000
    let texts = [
      String(repeating: "![[]()", count: count / 6), String(repeating: "[", count: count),
      String(repeating: "- ", count: count) + "a" + String(repeating: "\n", count: count),
      (0..<200).map { String(repeating: " ", count: $0 * 2) + "- a\n" }.joined(),
      String(repeating: "> ", count: count) + String(repeating: "a *b* ", count: count / 6),
      String(repeating: "*a _b ", count: count / 6), String(repeating: "`a``", count: count / 4),
      String(repeating: "[a](", count: count / 4), String(repeating: "~~a ", count: count / 4),
      String(repeating: "[a]", count: count / 3) + "\n\n[a]: &amp;b\n",
      String(repeating: "http://", count: count / 7), String(repeating: "a@b.", count: count / 4),
      String(repeating: "<a href='", count: count / 9), String(repeating: "[^1]", count: count / 4),
    ]
    let clock = ContinuousClock()
    for text in texts {
      for options in [MarkdownOptions.comment, .writeUp] {
        let time = clock.measure { _ = parse(text, options) }
        // Milliseconds when nothing else runs; what is not linear takes many seconds.
        #expect(time < .seconds(3), "\(text.prefix(20))")
      }
    }
  }

  @Test
  func `HTML that does not end takes linear time`() {
    let clock = ContinuousClock()
    for part in [
      "<div ", "<div x ", "<div '", "<div a='", "<div a=\"", "<div a=", "<a ", "<img src=", "<img src='x' ",
      "<p id=", "<p id='", "<", "<!--", "<script>", "</", "<p><a ",
    ] {
      let texts = [
        String(repeating: part, count: 50_000), "<p\n" + String(repeating: part, count: 50_000),
        "<div>" + String(repeating: part, count: 50_000) + "'>",
        "<img " + String(repeating: "src=x ", count: 50_000) + ">",
        "a " + String(repeating: part, count: 50_000),
      ]
      for text in texts {
        // Milliseconds when nothing else runs; what is not linear takes many seconds.
        #expect(clock.measure { _ = parse(text) } < .seconds(3), "\(text.prefix(20))")
      }
    }
  }

  @Test
  func `Depth takes no stack`() {
    var options = MarkdownOptions.commonMark
    options.nestingLimit = .max / 16
    let depth = 20_000
    let html = parse(String(repeating: ">", count: depth) + "a", options).html
    #expect(html.utf8.count > depth * 20)
    #expect(parse(String(repeating: "*a **a ", count: depth) + "b", options).html.utf8.count > depth)
  }

  @Test
  func `Every text gives valid UTF-8 and slots in order`() {
    let parts =
      [
        "*", "**", "_", "`", "```\n", "~~", "~~~\n", "[", "]", "(", ")", "![", "](", "](a.md)", "[^1]",
        "[^1]: ",
        "\n", "\n\n", "\n    ", "> ", "- ", "1. ", "# ", "| ", "|---|---|\n", "|a|b|\n", "- [ ] ", "<", ">",
        "<div>", "<a href=\"x\">", "<img src=y>", "<!--", "-->", "https://a.b/_c_", "www.a.b", "a@b.cd",
        "https://youtu.be/dQw4w9WgXcQ\n", "{#a}", "\"", "'", "--", "...", "\\", "\\~", "\\[^", "&amp;", "é",
        "映",
        "\u{0}", "\u{1}", "\t", "\r\n", "word", " ", "[a]: b.md\n", "¶", "===\n", "---\n",
      ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xE2, 0x80], [0xC2]]
    var state: UInt64 = 20_261_123
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<4000 {
      var bytes: [UInt8] = []
      for _ in 0..<(1 + random(30)) { bytes += parts[random(parts.count)] }
      for options in [MarkdownOptions.writeUp, .comment, .gitHub] {
        var diagnostics: [Diagnostic] = []
        let document = parseMarkdown(
          Source(path: "", bytes: bytes), in: ByteRange(0, bytes.count), options: options,
          diagnostics: &diagnostics)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(String(validating: document.html, as: UTF8.self) != nil, "\(text.debugDescription)")
        #expect(String(validating: document.plainTextBytes, as: UTF8.self) != nil, "\(text.debugDescription)")
        var last = 0
        for slot in document.slots {
          #expect(last <= slot.offset && slot.offset < document.html.count, "\(text.debugDescription)")
          last = slot.offset
          switch slot.fill {
          case .link, .image:
            #expect(
              document.html[slot.offset] == 0x22 && document.html[slot.offset - 1] == 0x22,
              "\(text.debugDescription)")
          case .imageSize: break
          }
        }
        for heading in document.outline {
          #expect(document.html[heading.htmlRange].starts(with: "<h".utf8), "\(text.debugDescription)")
        }
        if options.isUntrusted {
          let html = String(decoding: document.html, as: UTF8.self)
          #expect(!html.contains("<div>") && !html.contains("<img"), "\(text.debugDescription)")
        }
      }
    }
  }

  @Test
  func `A range outside of the source is cut off`() {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "", text: "abc")
    for range in [ByteRange(0, 100), ByteRange(5, 9), ByteRange(3, 3)] {
      let document = parseMarkdown(source, in: range, options: .writeUp, diagnostics: &diagnostics)
      #expect(document.html.count == (range.lowerBound == 0 ? 11 : 0))
    }
  }
}
