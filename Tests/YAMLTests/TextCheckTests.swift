import SourceText
import Testing

@testable import YAML

@Suite("Text that is none")
struct TextCheckTests {
  /// Parses `bytes` as YAML and expects diagnostics `ids` at `ranges`, and the tree.
  private func check(
    _ bytes: [UInt8], _ expected: [(id: String, range: Range<Int>)], tree: String,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var diagnostics: [Diagnostic] = []
    let node = parse(Source(path: "a", bytes: bytes), diagnostics: &diagnostics)
    #expect(diagnostics.map(\.id) == expected.map(\.id), sourceLocation: location)
    #expect(
      diagnostics.compactMap(\.location?.range.indices) == expected.map(\.range), sourceLocation: location)
    #expect(inOneLine(node) == tree, sourceLocation: location)
  }

  private func bytes(_ before: String, _ bytes: [UInt8], _ after: String) -> [UInt8] {
    Array(before.utf8) + bytes + Array(after.utf8)
  }

  @Test(
    arguments: [
      ([0xE9], 0..<1), ([0xC3], 0..<1), ([0xE2, 0x82], 0..<2), ([0xF0, 0x9F, 0x98], 0..<3), ([0x80], 0..<1),
      ([0xC0, 0x80], 0..<1), ([0xE0, 0x80, 0x80], 0..<3), ([0xED, 0xA0, 0x80], 0..<3),
      ([0xF4, 0x90, 0x80, 0x80], 0..<4),
      ([0xF5, 0x80], 0..<1), ([0xFF], 0..<1),
    ] as [([UInt8], Range<Int>)])
  func invalidUTF8(_ wrong: [UInt8], _ place: Range<Int>) {
    var diagnostics: [Diagnostic] = []
    let node = parse(Source(path: "a", bytes: bytes("a: é", wrong, "x\nb: 1\n")), diagnostics: &diagnostics)
    #expect(diagnostics.map(\.id) == ["text/invalid-utf-8"])
    #expect(diagnostics.first?.location?.range == ByteRange(5 + place.lowerBound, 5 + place.upperBound))
    #expect(inOneLine(node).hasSuffix("x, b: 1}"))
  }

  @Test func windows1252() {
    check(
      bytes("title: Caf", [0xE9], "\nb: 1"), [("text/invalid-utf-8", 10..<11)], tree: "{title: Caf_, b: 1}")
  }

  @Test func nul() {
    check(bytes("a: x", [0], "y\nb: 1"), [("text/nul", 4..<5)], tree: "{a: x_y, b: 1}")
    check([0], [("text/nul", 0..<1)], tree: "_")
  }

  @Test func controlCharacters() {
    check(bytes("a: x", [7], "y"), [("text/control-character", 4..<5)], tree: "{a: x_y}")
    check(bytes("a: x", [0x7F], "y"), [("text/control-character", 4..<5)], tree: "{a: x_y}")
    check(bytes("a: x", [0xC2, 0x80], "y"), [("text/control-character", 4..<6)], tree: "{a: x__y}")
    check(bytes("a: x", [0xEF, 0xBB, 0xBF], "y"), [("text/control-character", 4..<7)], tree: "{a: x___y}")
  }

  @Test func separators() {
    check(bytes("a: x", [0xE2, 0x80, 0xA8], "y"), [("text/line-separator", 4..<7)], tree: "{a: x   y}")
    check(bytes("a: x", [0xC2, 0x85], "y"), [("text/line-separator", 4..<6)], tree: "{a: x  y}")
  }

  @Test func severalKinds() {
    var diagnostics: [Diagnostic] = []
    let wrong: [UInt8] = [0xE9, 0x61, 0xE8, 0x00, 0x07, 0x07, 0x07]
    #expect(!checkText(Source(path: "a", bytes: wrong), diagnostics: &diagnostics))
    #expect(
      diagnostics.map(\.message) == [
        "the byte 0xE9 is no UTF-8 character, and one more further down",
        "there is a NUL character in the text",
        "there is an invisible control character, U+0007, in the text, and 2 more further down",
      ])
  }

  @Test func rangeOnly() {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "a", bytes: bytes("a: 1\n", [0xE9], "\n"))
    #expect(checkText(source, in: ByteRange(0, 5), diagnostics: &diagnostics))
    #expect(!checkText(source, in: ByteRange(5, 100), diagnostics: &diagnostics))
    #expect(checkText(source, in: ByteRange(6, 7), diagnostics: &diagnostics))
    #expect(diagnostics.count == 1)
  }

  @Test func fine() {
    var diagnostics: [Diagnostic] = []
    #expect(
      checkText(
        Source(path: "a", text: "\u{FEFF}a\t\r\né \u{A0} 𝄞 \u{2028}\u{10FFFD}"), diagnostics: &diagnostics))
    #expect(diagnostics == [])
  }
}
