import Testing

@testable import FuzzTargets

/// The fuzzer's own programs are built apart from everything else; that their targets still fit what they try, and
/// that each takes what any of the others does, is known here already.
struct TargetTests {
  /// A bit of each language that a site is written in, and none of them.
  static let inputs = [
    "", "\u{FEFF}", "a", "---\ntitle: Salt Road\n---\n\n**A film** by [Ann](people/ann.md).\n",
    "- [a, {b: *c}]\n",
    "{% for x in page.entries %}{{ x | upper }}{% endfor %}", "<p>One<b>two</p><!--",
    "voter,choice\nann,salt-road\n",
    "body { background: url(a.png) }", "sitegen manifest 2\n0123456789abcdef0123456789abcdef  a/index.html\n",
    "<?xml version=\"1.0\"?><rss><channel><item><title>One</title></item></channel></rss>",
    String(repeating: "[", count: 200),
  ]

  @Test(arguments: Target.all.map(\.name))
  func everyTargetTakesAnything(_ name: String) throws {
    let target = try #require(Target.all.first { $0.name == name })
    for input in TargetTests.inputs { target.check(Array(input.utf8)) }
    target.check([0xFF, 0x00, 0xC3, 0x28, 0x89, 0x50, 0x4E, 0x47])
    #expect(target.enlarge(Array("a: b\n".utf8)).count > 32 << 10)
  }

  @Test func targetsHaveNamesOfTheirOwn() { #expect(Set(Target.all.map(\.name)).count == Target.all.count) }
}
