import SourceText
import Testing

@testable import YAML

@Suite("Nodes and their places")
struct NodeTests {
  /// Parses `text`, which has no mistakes, and compares the tree.
  private func check(_ text: String, _ expected: String, _ location: SourceLocation = #_sourceLocation) {
    var diagnostics: [Diagnostic] = []
    let node = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
    #expect(inOneLine(node) == expected, sourceLocation: location)
    #expect(diagnostics.map(Found.init) == [], sourceLocation: location)
  }

  /// Parses `marked`, in which every key and value is marked, and compares all places.
  private func checkPlaces(_ marked: String, _ location: SourceLocation = #_sourceLocation) {
    let marked = MarkedText(marked)
    var diagnostics: [Diagnostic] = []
    let node = parse(marked.source, diagnostics: &diagnostics)
    func places(_ node: Node) -> [ByteRange] {
      switch node.content {
      case .scalar: [node.range]
      case .sequence(let items): [node.range] + items.flatMap(places)
      case .mapping(let entries): [node.range] + entries.flatMap { [$0.keyRange] + places($0.value) }
      }
    }
    #expect(node.map(places) == marked.ranges, sourceLocation: location)
    #expect(diagnostics.map(Found.init) == [], sourceLocation: location)
  }

  @Test func scalars() {
    check("title: Salt Road", "{title: Salt Road}")
    check("title: \"Salt Road\"", "{title: 'Salt Road'}")
    check("title: 'It''s'", "{title: 'It's'}")
    check("title: \"a\\tb\\u00e9\"", "{title: 'a\tbé'}")
    check(
      "title: 1984\ndraft: true\nnone: ~\nempty:\nlast: null",
      "{title: 1984, draft: true, none: ~, empty: , last: null}")
    check("date: 2026-11-20", "{date: 2026-11-20}")
    check("url: http://x.com/a?b#c", "{url: http://x.com/a?b#c}")
    check("a: one\n  two\n\n  three", "{a: one two\nthree}")
    check("just text", "just text")
    check("a: !!str 5\nb: !!int 5", "{a: '5', b: 5}")
  }

  @Test func blockScalars() {
    check("a: |\n  one\n  two\nb: 1", "{a: 'one\ntwo\n', b: 1}")
    check("a: >-\n  one\n  two\n\n  three\nb: 1", "{a: 'one two\nthree', b: 1}")
    check("a: |+\n  one\n\n\nb: 1", "{a: 'one\n\n\n', b: 1}")
    check("a: |\n  one: two\n  # three\nb: 1", "{a: 'one: two\n# three\n', b: 1}")
  }

  @Test func collections() {
    check("a: [x, 'y', {z: 1}]", "{a: [x, 'y', {z: 1}]}")
    check("a:\n- x\n- y\nb:\n  - z", "{a: [x, y], b: [z]}")
    check("- role: Director\n  name: Ann\n- name: Bob", "[{role: Director, name: Ann}, {name: Bob}]")
    check("a: []\nb: {}", "{a: [], b: {}}")
    check("a:\n  b:\n    c: d", "{a: {b: {c: d}}}")
    check("a: [\n  x,\n  y,\n]\nb: 1", "{a: [x, y], b: 1}")
  }

  @Test func emptyDocuments() {
    for text in ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}", "   "] {
      var diagnostics: [Diagnostic] = []
      let node = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
      #expect(node?.isNull ?? true)
      #expect(diagnostics == [])
    }
  }

  @Test func aliases() {
    check("a: &x [1, 2]\nb: *x\nc: {d: *x}", "{a: [1, 2], b: [1, 2], c: {d: [1, 2]}}")
    check("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}")
  }

  @Test func comments() {
    check("# one\na: 1 # two\n# three\nb: 2\n", "{a: 1, b: 2}")
    check("a: b#c\nd: 'e #f'", "{a: b#c, d: 'e #f'}")
  }

  @Test func placesOfScalars() {
    checkPlaces("««title»: «Salt Road»»\n")
    checkPlaces("««title»:   «\"Salt Road\"»»  ")
    checkPlaces("««'a b'»: «'c'»\n«d»: «e»»\n\n")
    checkPlaces("««a»:«»\n«b»: «1»»")
    checkPlaces("««a»: «1»\n«b»:«»»\n\n\n")
    checkPlaces("««a»: «one\n  two»\n«b»: «1»»\n")
    checkPlaces("««a»: «1» # comment\n«b»: «2»» # comment\n")
  }

  @Test func placesOfBlockScalars() {
    checkPlaces("««a»: «|\n  one\n  two»\n«b»: «1»»\n")
    checkPlaces("««a»: «>-\n  one»\n\n\n«b»: «|+\n  two»»\n\n\n")
    checkPlaces("««a»: «|»\n«b»: «1»»\n")
  }

  @Test func placesOfCollections() {
    checkPlaces("««a»: «[«x», «'y'», «{«z»: «1»}»]»\n«b»: «{}»»\n")
    checkPlaces("««a»:\n  «- «x»\n  - «y»»\n\n«b»:\n«- «z»»»\n")
    checkPlaces("«- ««role»: «Director»\n  «name»: «Ann»»\n- ««name»: «Bob»»»\n\n")
    checkPlaces("««a»:\n    ««b»:\n      ««c»: «d»»»\n«e»: «f»»\n")
    checkPlaces("««a»: «[\n  «x»,\n]»\n«b»: «1»»")
  }

  @Test func placesInOtherScripts() {
    checkPlaces("««títle»: «Élodie»\n«監督»: «\"黒澤 明\"»\n«b»: «[«é», «𝄞»]»\n«c»: «|\n  ö»\n«d»: «x»»\n")
    checkPlaces("««a»: «é»\r\n«b»: «|\r\n  ü\r\n  ö»\r\n«c»: «ß»»")
  }

  @Test func placesWithWindowsLineEnds() {
    checkPlaces("««a»: «1»\r\n«b»:\r\n  «- «x»\r\n  - «y»»\r\n«c»: «d»»\r\n")
    checkPlaces("««a»: «|\r\n  one\r\n  two»\r\n«c»: «d»»\r\n")
    check("a: |\r\n  one\r\n  two\r\nb: c\r\n", "{a: 'one\ntwo\n', b: c}")
    checkPlaces("««a»: «1»\r«b»: «2»»\r")
  }

  @Test func placesAfterByteOrderMark() {
    checkPlaces("\u{FEFF}««a»: «é»\n«b»: «2»»\n")
  }

  @Test func placesOfAliases() {
    let marked = MarkedText("a: &x [1, 2]\nb: «*x»\n")
    var diagnostics: [Diagnostic] = []
    guard case .mapping(let entries)? = parse(marked.source, diagnostics: &diagnostics)?.content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.last?.value.range == marked.ranges[0])
  }

  @Test func partOfAFile() {
    let marked = MarkedText("---\r\nä: x\r\n«b»: «y»\r\n---\r\nBody: [\r\n")
    var diagnostics: [Diagnostic] = []
    let parts = FrontMatter.split(marked.source, diagnostics: &diagnostics)
    guard
      case .mapping(let entries)? = parse(marked.source, in: parts?.yaml, diagnostics: &diagnostics)?.content
    else {
      Issue.record("no mapping")
      return
    }
    #expect(entries.map(\.key) == ["ä", "b"])
    #expect(entries.last.map { [$0.keyRange, $0.value.range] } == marked.ranges)
    #expect(diagnostics == [])
  }

  @Test(arguments: [
    ("5", CoreValue.integer(5)), ("-5", .integer(-5)), ("+5", .integer(5)), ("0o17", .integer(15)),
    ("0x1F", .integer(31)), ("017", .integer(17)), ("5.0", .number(5)), (".5", .number(0.5)),
    ("5.", .number(5)),
    ("1e3", .number(1000)), ("-1.5E-2", .number(-0.015)), (".inf", .number(.infinity)),
    ("-.Inf", .number(-.infinity)), ("true", .boolean(true)), ("False", .boolean(false)),
    ("TRUE", .boolean(true)),
    ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("nULL", .text("nULL")),
    ("yes", .text("yes")),
    ("no", .text("no")), ("on", .text("on")), ("off", .text("off")), ("tRUE", .text("tRUE")),
    ("2026-11-20", .text("2026-11-20")), ("1_000", .text("1_000")), ("1,000", .text("1,000")),
    ("0o18", .text("0o18")), ("0x", .text("0x")), ("0x-1", .text("0x-1")), ("1e", .text("1e")),
    (".", .text(".")), ("-", .text("-")), ("+", .text("+")), ("1.2.3", .text("1.2.3")),
    ("12:30", .text("12:30")),
    ("inf", .text("inf")), ("nan", .text("nan")), ("0x1p3", .text("0x1p3")), ("5 ", .text("5 ")),
    ("99999999999999999999", .number(1e20)),
  ])
  func coreSchema(_ text: String, _ value: CoreValue) {
    #expect(Scalar(text).coreValue == value)
    #expect(Scalar(text, isPlain: false).coreValue == .text(text))
  }

  @Test func notANumber() {
    #expect(Scalar(".nan").number?.isNaN == true)
    #expect(Scalar(".nan").integer == nil)
  }
}
