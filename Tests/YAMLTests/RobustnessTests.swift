import CivilTime
import SourceText
import Testing

@testable import YAML

@Suite("Damaged files")
struct RobustnessTests {
  private static let sample = """
    \u{FEFF}---\r
    title: "Salt: Röad"
    date: 2026-11-20   # a day
    authors: [Ann, 'Bob''s', "é\\n"]
    credits:
    - {role: Director, name: &ann Ann Shinn}
    - role: Writer
      name: *ann
    logline: |
      One
      twö

    extra:
      a: {b: [1, 2.5, ~]}
      >-c: >+
        x
    ---
    Body
    """

  /// A generator that gives the same numbers every time.
  private struct Numbers {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// Whether every place lies in `range` and every node within the node around it.
  private func placesAreNested(_ node: Node, in range: ByteRange, byteCount: Int) -> Bool {
    guard node.range.lowerBound <= node.range.upperBound, node.range.upperBound <= byteCount else {
      return false
    }
    let isInside = node.range.lowerBound >= range.lowerBound && node.range.upperBound <= range.upperBound
    guard isInside else { return false }
    switch node.content {
    case .scalar: return true
    case .sequence(let items):
      return items.allSatisfy { placesAreNested($0, in: node.range, byteCount: byteCount) }
    case .mapping(let entries):
      return entries.allSatisfy {
        $0.keyRange.upperBound <= byteCount && placesAreNested($0.value, in: node.range, byteCount: byteCount)
      }
    }
  }

  @Test(arguments: 0..<8)
  func mutations(_ seed: Int) {
    var numbers = Numbers(state: UInt64(seed) &* 7_919)
    let pieces: [[UInt8]] =
      [
        ":", ": ", "\"", "'", "[", "]", "{", "}", "\n", "\r\n", "\t", " ", "  ", "- ", "#", " #", "&a ", "*a",
        "!", "|", ">",
        "@", "`", "%", "\\", "é", "\u{2028}", "\u{FEFF}", "---\n", "...\n", "? ", "<<: *ann\n", "\0", ", ",
      ].map { Array($0.utf8) } + [[0xE9], [0xFF], [0xE2, 0x80], [0xC3]]
    let original = Array(RobustnessTests.sample.utf8)
    for _ in 0..<400 {
      var bytes = original
      for _ in 0...numbers.next(below: 4) {
        let index = numbers.next(below: bytes.count)
        switch numbers.next(below: 4) {
        case 0: bytes.removeSubrange(index..<min(bytes.count, index + 1 + numbers.next(below: 8)))
        case 1: bytes = Array(bytes[..<index]) + [0x0A]
        default: bytes.insert(contentsOf: pieces[numbers.next(below: pieces.count)], at: index)
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      let source = Source(path: "a", bytes: bytes)
      var diagnostics: [Diagnostic] = []
      let parts = FrontMatter.split(source, diagnostics: &diagnostics)
      for range in [parts?.yaml, nil] {
        let before = diagnostics.count
        let node = parse(source, in: range, diagnostics: &diagnostics)
        let whole = range ?? ByteRange(0, bytes.count)
        if let node, diagnostics.count == before {
          #expect(
            bytes.contains(0x2A) || placesAreNested(node, in: whole, byteCount: bytes.count),
            "\(String(decoding: bytes, as: UTF8.self))")
        }
        for diagnostic in diagnostics[before...] {
          let place = diagnostic.location?.range ?? ByteRange(at: 0)
          #expect(
            place.lowerBound >= whole.lowerBound && place.upperBound <= whole.upperBound,
            "\(diagnostic.id) \(place) \(String(decoding: bytes, as: UTF8.self))")
          #expect(
            diagnostic.id != "yaml/syntax", "\(diagnostic.message) \(String(decoding: bytes, as: UTF8.self))")
        }
        var reader = FieldReader(node, in: "a", at: whole, fields: [])
        _ = reader.required(Field("title", .line, "").required)
        _ = reader.required(Field("date", .moment, "").required)
        _ = reader.optional(Field("authors", .list(of: .slug), ""))
        _ = reader.optional(Field("extra", .node, ""))
        _ = reader.finish()
      }
    }
  }

  @Test(arguments: 0..<4)
  func hostileValues(_ seed: Int) {
    var numbers = Numbers(state: UInt64(seed) &* 104_729 &+ 1)
    let pieces = [
      "http", "https", ":", "/", "//", ".", "..", "@", "[", "]", "%", "?", "#", " ", "a", "é", "1", "2026",
      "-", "W", "11", "20", "T", "9:",
      "nov", "\u{202E}", "😀", "x.com", "99999999999999999999", "0x", "e", "+",
    ]
    for _ in 0..<500 {
      let text = (0...numbers.next(below: 8)).map { _ in pieces[numbers.next(below: pieces.count)] }.joined()
      let node = Node(.scalar(Scalar(text)), at: ByteRange(0, text.utf8.count))
      let value = Entry("f", at: ByteRange(at: 0), value: node)
      var reader = FieldReader(
        Node(.mapping([value]), at: ByteRange(at: 0)), in: "a", at: ByteRange(at: 0), fields: [])
      _ = reader.optional(Field("f", .url, ""))
      _ = reader.optional(Field("f", .slug, ""))
      _ = reader.optional(Field("f", .formerAddress, ""))
      _ = reader.optional(Field("f", .moment, ""))
      _ = reader.optional(Field("f", .week, ""))
      _ = reader.optional(Field("f", .month, ""))
      _ = reader.optional(Field("f", .weekday, ""))
      _ = reader.optional(Field("f", .number(in: 0...1), ""))
      _ = reader.optional(Field("f", .integer(in: 0...1), ""))
      for diagnostic in reader.finish() {
        // A fix has to be right.
        guard let fix = diagnostic.fix, fix.hasPrefix("write "), fix.utf8.count < 200 else { continue }
        let fixed = String(fix.dropFirst(6))
        switch diagnostic.id {
        case "field/not-an-address": #expect(urlProblem(fixed) == nil, "\(text) → \(fixed)")
        case "field/not-a-slug": #expect(slugProblem(fixed) == nil, "\(text) → \(fixed)")
        case "field/not-a-path": #expect(formerAddressProblem(fixed) == nil, "\(text) → \(fixed)")
        case "field/not-a-week": #expect(ISOWeek(fixed) != nil, "\(text) → \(fixed)")
        case "field/not-a-month": #expect(CivilMonth(fixed) != nil, "\(text) → \(fixed)")
        case "field/not-a-number": #expect(Scalar(fixed).number != nil, "\(text) → \(fixed)")
        default: break
        }
      }
    }
  }
}
