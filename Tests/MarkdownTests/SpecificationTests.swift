import Foundation
import Markdown
import SourceText
import Testing

/// The specifications' own examples, which `Scripts/fetch-spec-examples` puts into `.cache/spec/`.
@Suite
struct SpecificationTests {
  struct Example: Decodable, Sendable {
    var number: Int
    var section: String
    var `extension`: String
    var markdown: String
    var html: String
  }

  @Test
  func `All 652 examples of CommonMark 0.30 come out byte for byte`() throws {
    let examples = try examples("commonmark-0.30.json")
    #expect(examples.count == 652)
    for example in examples { check(example, options: .commonMark) }
  }

  @Test
  func `All 24 examples of what GFM 0.29 adds come out byte for byte`() throws {
    let examples = try examples("gfm-0.29.json").filter { !$0.extension.isEmpty }
    #expect(examples.count == 24)
    for example in examples { check(example, options: .gitHub) }
  }

  @Test
  func `With the options of write-ups and comments, no example gives ill-formed HTML`() throws {
    for example in try examples("commonmark-0.30.json") {
      for options in [MarkdownOptions.writeUp, .comment] {
        let document = parse(example.markdown, options)
        #expect(
          document.slots.allSatisfy { 0...document.html.count ~= $0.offset }, "example \(example.number)")
        #expect(
          zip(document.slots, document.slots.dropFirst()).allSatisfy { $0.offset <= $1.offset },
          "example \(example.number)")
      }
    }
  }

  private func check(_ example: Example, options: MarkdownOptions) {
    let html = String(decoding: parse(example.markdown, options).html, as: UTF8.self)
    #expect(
      html == example.html, "example \(example.number), \(example.section):\n\(example.markdown)")
  }

  private func parse(_ text: String, _ options: MarkdownOptions) -> MarkdownDocument {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "example.md", text: text)
    return parseMarkdown(
      source, in: ByteRange(0, source.bytes.count), options: options, diagnostics: &diagnostics)
  }

  private func examples(_ name: String) throws -> [Example] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: ".cache/spec/\(name)")
    guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
      Issue.record("the specification's examples are missing: run Scripts/fetch-spec-examples")
      return []
    }
    return try JSONDecoder().decode([Example].self, from: data)
  }
}
