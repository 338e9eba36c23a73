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

  @Test(arguments: [
    "Salt Road", "no", "Null", "~", "", " ", "a ", "2026-11-20", "12", "0x1F", "1984", "a: b", "a #b", "#b",
    "- a", "[a]", "{a}",
    "\"a\"", "'a'", "a\\b", "a\nb", "a\tb", "\u{85}", "a\u{2028}b", "\u{FEFF}a", "\u{7F}", "é", "Ø",
    "Rock ’n’ Roll", "*a", "&a", "!a",
    "%a", "@a", "`a", "a\u{1F3AC}b", "---", "...", "true", "Don't", "Wait...", "김민수", "a\u{A0}b", "\u{202E}",
    "...a", "1. a", "Who? Me", "Who?", "a;b!", "<<", "=", "a:",
    "\u{FFFE}",
  ])
  func aScalarReadsBackAsTheSame(text: String) {
    var diagnostics: [Diagnostic] = []
    let source = Source(
      path: "x.yaml", text: "before: [a]\ntitle: \(yamlScalar(text))  # a remark\nafter: b\n")
    guard case .mapping(let entries)? = YAML.parse(source, diagnostics: &diagnostics)?.content else {
      Issue.record("\(source.bytes)")
      return
    }
    #expect(entries.map(\.key) == ["before", "title", "after"])
    #expect(entries[1].value.scalar?.coreValue == .text(text), "\(yamlScalar(text))")
    let inList = Source(path: "x.yaml", text: "a: {b: \(yamlScalar(text)), c: d}\n")
    guard case .mapping(let outer)? = YAML.parse(inList, diagnostics: &diagnostics)?.content,
      case .mapping(let inner)? = outer.first?.value.content
    else {
      Issue.record("\(yamlScalar(text))")
      return
    }
    #expect(inner.first?.value.scalar?.coreValue == .text(text))
    // Some of these are reported wherever they stand.
    #expect(diagnostics.allSatisfy { $0.id.hasPrefix("text/") }, "\(diagnostics)")
  }

  @Test(arguments: [
    ("Salt Road", "Salt Road"), ("Don't", "Don't"), ("Salt: Road", "\"Salt: Road\""), ("No", "\"No\""),
  ])
  func aScalarIsPlainWhereItCanBe(text: String, expected: String) {
    #expect(yamlScalar(text) == expected)
  }
}
