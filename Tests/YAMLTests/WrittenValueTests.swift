import SourceText
import Testing
import YAML

@Suite struct WrittenValueTests {
  /// What reads the text of `key` back.
  private func read(_ text: String, _ key: String) -> String? {
    var diagnostics: [Diagnostic] = []
    let node = YAML.parse(Source(path: "a.yaml", text: text), diagnostics: &diagnostics)
    #expect(diagnostics.isEmpty, "\(text)")
    guard case .mapping(let entries)? = node?.content else { return nil }
    return entries.first { $0.key == key }?.value.scalar?.text
  }

  @Test func textReadsBackAsItWas() {
    let parts = [
      "a", "é", "日本", " ", "  ", ":", ": ", "#", " #", "-", "- ", "?", "'", "\"", "\\", "\n", "\n\n", "\t",
      "[", "]", "{", "}", ",",
      "&", "*", "!", "|", ">", "%", "@", "`", "---", "...", "true", "null", "~", "1", "0x1", "1e3", ".inf",
      "2011-12-01", "=",
      "\u{85}", "\u{2028}", "\u{FEFF}", "\u{A0}", "\u{202E}", "\u{1F600}", "\u{E000}", "<<",
    ]
    var texts = parts
    for first in parts {
      for second in parts { texts += [first + second, first + second + first, "a" + first + second + "b"] }
    }
    for text in texts {
      let yaml = yamlLines([
        ("before", .text("x")), ("key", .text(text)), ("after", .list([.text(text), .text(text)])),
      ])
      #expect(read(yaml, "key") == text, "\(yaml)")
      #expect(read(yaml, "before") == "x")
    }
  }

  @Test func forms() {
    let yaml = yamlLines([
      ("title", .text("Salt Road")), ("date", .plain("2011-12-01")),
      ("tags", .list([.text("a b"), .text("c, d")])),
      ("empty", .list([])), ("body", .text("a\n\n  b")),
      ("credits", .list([.mapping([("role", .text("Director")), ("name", .text("A: B"))])])),
      ("campaign", .mapping([("url", .text("http://a.b"))])),
    ])
    #expect(
      yaml == """
        title: Salt Road
        date: 2011-12-01
        tags: [a b, "c, d"]
        empty: []
        body: |-
          a

            b
        credits:
          - role: Director
            name: "A: B"
        campaign:
          url: "http://a.b"

        """)
  }
}
