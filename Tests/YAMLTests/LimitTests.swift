import SourceText
import Testing

@testable import YAML

@Suite("Limits")
struct LimitTests {
  private func check(
    _ text: String, _ limits: Limits, _ ids: [String], tree: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var diagnostics: [Diagnostic] = []
    let node = parse(Source(path: "a", text: text), limits: limits, diagnostics: &diagnostics)
    #expect(diagnostics.map(\.id) == ids, sourceLocation: location)
    if let tree { #expect(inOneLine(node) == tree, sourceLocation: location) }
  }

  @Test func depth() {
    check("a: [[x]]", Limits(depth: 3), [], tree: "{a: [[x]]}")
    check("a: [[x]]", Limits(depth: 2), ["yaml/too-deep"], tree: "⊥")
    check(String(repeating: "[", count: 100_000), .default, ["yaml/too-deep"], tree: "⊥")
    check(String(repeating: "{a: ", count: 100_000), .default, ["yaml/too-deep"], tree: "⊥")
    check(String(repeating: "- ", count: 100_000), .default, ["yaml/too-deep"], tree: "⊥")
    check((0..<1000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(), .default, ["yaml/too-deep"])
    check("a: &x [[x]]\nb: [*x]", Limits(depth: 4), [])
    check("a: &x [[x]]\nb: [*x]", Limits(depth: 3), ["yaml/too-deep"])
  }

  @Test func nodeCount() {
    check("[a, b, c]", Limits(nodeCount: 4), [])
    check("[a, b, c]", Limits(nodeCount: 3), ["yaml/too-many-values"], tree: "⊥")
  }

  @Test func byteCount() {
    check("a: 1", Limits(byteCount: 4), [])
    check("a: 1\n", Limits(byteCount: 4), ["yaml/too-large"], tree: "⊥")
  }

  @Test func aliasExpansion() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...20 {
      bomb +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        + "]\n"
    }
    check(bomb, .default, ["yaml/alias-expansion"], tree: "⊥")
    check("a: &x [1, 2]\nb: *x\nc: *x", Limits(aliasExpansion: 13), [])
    check("a: &x [1, 2]\nb: *x\nc: *x", Limits(aliasExpansion: 12), ["yaml/alias-expansion"])
  }

  @Test func longLines() {
    let long = String(repeating: "x", count: 200_000)
    check("a: \(long)\nb: \(long): y\n", .default, ["yaml/colon-in-value"])
    check("\(long): 1\nb: 2", .default, ["yaml/not-a-field"])
  }
}
