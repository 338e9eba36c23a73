import SourceText
import Testing

@testable import YAML

@Suite("Front matter")
struct FrontMatterTests {
  /// Splits `marked`, in which the first two places are the front matter and the body.
  private func check(_ marked: String, _ location: SourceLocation = #_sourceLocation) {
    let marked = MarkedText(marked)
    var diagnostics: [Diagnostic] = []
    let parts = FrontMatter.split(marked.source, diagnostics: &diagnostics)
    #expect(parts.map { [$0.yaml, $0.body] } == marked.ranges, sourceLocation: location)
    #expect(diagnostics.map(Found.init) == [], sourceLocation: location)
  }

  /// Splits `marked` and expects one mistake at the marked place, and `yaml` as the front matter.
  private func check(
    _ marked: String, _ id: String, yaml: String? = nil, note: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let marked = MarkedText(marked)
    var diagnostics: [Diagnostic] = []
    let parts = FrontMatter.split(marked.source, diagnostics: &diagnostics)
    #expect(diagnostics.map(\.id) == [id], sourceLocation: location)
    #expect(diagnostics.map(\.location?.range) == marked.ranges, sourceLocation: location)
    #expect(parts.map { marked.source.text(in: $0.yaml) } == yaml, sourceLocation: location)
    if let note {
      #expect(
        diagnostics.first?.notes.first?.location.map { marked.source.text(in: $0.range) } == note,
        sourceLocation: location)
    }
  }

  @Test func ordinary() {
    check("---\n«title: x\n»---\n«Body\n»")
    check("---\n«title: x\ntags: [a]\n»---\n«\n# Heading\n\n---\nmore»")
    check("---\n«»---\n«»")
    check("---\n«title: x\n»---«»")
    check("---  \n«title: x\n»--- \t\n«Body»")
  }

  @Test func lineEnds() {
    check("---\r\n«title: x\r\n»---\r\n«Body\r\n»")
    check("---\r«title: x\r»---\r«Body\r»")
    check("---\r\n«title: x\n»---\n«Body\r\n»")
  }

  @Test func byteOrderMark() {
    check("\u{FEFF}---\n«title: é\n»---\n«Body\n»")
  }

  @Test func missing() {
    check("«»# Heading\n\nText", "front-matter/missing")
    check("«»title: x\n---\nText", "front-matter/missing")
    check("\u{FEFF}«»Text", "front-matter/missing")
    check("«»", "front-matter/empty-file")
    check("«» \n\r\n\t\n", "front-matter/empty-file")
    check("\u{FEFF}«»", "front-matter/empty-file")
  }

  @Test func unclosed() {
    check("«---»\ntitle: x\nBody text\n", "front-matter/unclosed", note: "Body text")
    check("«---»\r\ntitle: x\r\n\r\n# Heading\r\n", "front-matter/unclosed", note: "# Heading")
    check("«---»\n# comment\ntitle: x\n## Heading\n", "front-matter/unclosed", note: "## Heading")
    check("«---»\ntags:\n- a\n  b: c\n", "front-matter/unclosed")
    check("«---»", "front-matter/unclosed")
    check("«---»\ntitle: x\nProse\n\n----\n", "front-matter/unclosed", note: "Prose")
  }

  @Test func almostThreeHyphens() {
    check("---\ntitle: x\n«----»\nBody\n", "front-matter/not-three-hyphens", yaml: "title: x\n")
    check("---\ntitle: x\n«--»\nBody\n", "front-matter/not-three-hyphens", yaml: "title: x\n")
    check("---\ntitle: x\n«—-»\nBody\n", "front-matter/not-three-hyphens", yaml: "title: x\n")
    check("---\ntitle: x\n« ---»\nBody\n", "front-matter/not-three-hyphens", yaml: "title: x\n")
    check("«—-»\ntitle: x\n---\nBody\n", "front-matter/not-three-hyphens")
    check("«----»\ntitle: x\n----\nBody\n", "front-matter/not-three-hyphens")
  }

  @Test func notAtTop() {
    check("\n\n«---»\ntitle: x\n---\nBody", "front-matter/not-at-top", yaml: "title: x\n")
  }

  @Test func utf16() {
    for bytes: [UInt8] in [
      [0xFF, 0xFE, 0x2D, 0, 0x2D, 0], [0xFE, 0xFF, 0, 0x2D, 0, 0x2D],
      // Without a mark.
      [0x2D, 0, 0x2D, 0, 0x2D, 0, 0x0A, 0], [0, 0x2D, 0, 0x2D, 0, 0x2D, 0, 0x0A],
    ] {
      var diagnostics: [Diagnostic] = []
      #expect(FrontMatter.split(Source(path: "a", bytes: bytes), diagnostics: &diagnostics) == nil)
      #expect(diagnostics.map(\.id) == ["text/utf-16"])
    }
  }
}
