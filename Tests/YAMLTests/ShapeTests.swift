import CivilTime
import SourceText
import Testing

@testable import YAML

private enum Format: String, CaseIterable, Sendable {
  case feature, short
  case documentaryFeature = "documentary-feature"
}

@Suite("Shapes of values")
struct ShapeTests {
  /// Reads `yaml` as a field `f` of `shape`.
  private func read<Value>(_ shape: Shape<Value>, _ yaml: String) -> (value: Value?, found: [Diagnostic]) {
    let field = Field("f", shape, "")
    let source = Source(path: "a", text: "f: " + yaml)
    var diagnostics: [Diagnostic] = []
    let node = parse(source, diagnostics: &diagnostics)
    var reader = FieldReader(node, in: source.path, at: ByteRange(at: 0), fields: [field.erased])
    let value = reader.required(field.required)
    return (value, diagnostics + reader.finish())
  }

  private func check<Value: Equatable>(
    _ shape: Shape<Value>, _ yaml: String, _ expected: Value, _ location: SourceLocation = #_sourceLocation
  ) {
    let (value, found) = read(shape, yaml)
    #expect(value == expected, sourceLocation: location)
    #expect(found.map(Found.init) == [], sourceLocation: location)
  }

  /// Expects that `marked` is refused with `id` at the marked place, which is the whole of it by default.
  private func refuse<Value>(
    _ shape: Shape<Value>, _ marked: String, _ id: String, fix: String? = nil, note: String? = nil,
    message: String? = nil, _ location: SourceLocation = #_sourceLocation
  ) {
    let marked = MarkedText(marked.contains("«") ? marked : "«\(marked)»")
    let (value, found) = read(shape, marked.text)
    #expect(value == nil, sourceLocation: location)
    #expect(found.map(\.id) == ["field/" + id], sourceLocation: location)
    #expect(found.first?.location?.range == marked.ranges.first?.shifted(by: 3), sourceLocation: location)
    if let fix { #expect(found.first?.fix == fix, sourceLocation: location) }
    if let note { #expect(found.first?.notes.first?.message == note, sourceLocation: location) }
    if let message { #expect(found.first?.message == message, sourceLocation: location) }
  }

  @Test func curlyQuotes() {
    refuse(.boolean, "“true”", "curly-quotes", fix: "write true")
    refuse(.url, "‘https://a.example/’", "curly-quotes", fix: "write https://a.example/")
    refuse(.integer(in: 0...100), "„90“", "curly-quotes", fix: "write 90")
    check(.line, "“A film”", "“A film”")
    let (tags, found) = read(.list(of: .located(.name)), "[“music”, \"“b”\", “Weird Al” Y.]")
    #expect(tags?.map(\.value) == ["“music”", "“b”", "“Weird Al” Y."])
    #expect(found.map(\.fix) == ["write music"] && found.map(\.severity) == [.warning])
    // Those that were escaped or quoted are meant.
    refuse(.boolean, "\"“true”\"", "not-true-or-false")
  }

  @Test func lookalikes() {
    refuse(
      .integer(in: 0...100), "9\u{200B}0", "not-a-number",
      note: "there is an invisible character, U+200B, in it")
    refuse(.date, "2026‑11‑20", "not-a-date", note: "there is a dash, U+2011, instead of a hyphen in it")
    refuse(
      .url, "https://a.example/b\u{A0}c", "not-an-address", note: "there is a no-break space, U+00A0, in it")
  }

  @Test func notesComeOnce() {
    let path = "/a\u{A0}b/"
    for (shape, text) in [
      (Shape.list(of: .located(.formerAddress)), path), (.list(of: .located(.formerAddress)), "[\(path)]"),
    ] {
      #expect(read(shape, text).1.map(\.notes.count) == [1])
    }
    #expect(
      read(Shape<Either<String, [Int]>>.either(.url, .list(of: .integer(in: 0...9))), path).1[0].notes.count
        == 1)
  }

  @Test func hyphensWithoutASpace() {
    for text in ["-\u{A0}a", "\n  -a\n  -b"] {
      #expect(read(.list(of: .line), text).1.map(\.id) == ["field/one-with-hyphens"])
    }
    for text in ["-a", "\"-a -b\"", "\n  - a\n  - b"] { #expect(read(.list(of: .line), text).1 == []) }
  }

  @Test func severalInOne() {
    let parts = { parted($0, by: 0x2F) } as @Sendable (String) -> [String]?
    func check(_ text: String, _ fix: String?, _ location: SourceLocation = #_sourceLocation) {
      let found = read(.list(of: .line, apart: parts), text).1
      #expect(
        found.map(\.fix) == (fix.map { [$0 + "; if it is one, put it in quotes"] } ?? []),
        sourceLocation: location)
    }
    check("a / b", "write f: [a, b]")
    check("[a/b, c]", "write a, b")
    check("'a/b'", nil)
    check("[a/, /]", nil)
    #expect(read(.list(of: .line), "a; b / c").1 == [])
  }

  @Test func minutes() {
    let shape = Shape<Int>.minutes(in: 1...10_000)
    check(shape, "94", 94)
    for (text, fix) in [
      ("1h 30", "write 90"), ("1h30m", "write 90"), ("1 hr. 30 min.", "write 90"), ("2 hours", "write 120"),
      ("PT1H34M", "write 94"), ("1:34:00", "write 94"), ("1:34", "write 94 if this is 1 hour and 34 minutes"),
      ("90 min", "write 90"), ("1h 90", nil), ("ca. 1h", nil), ("1:60", nil), ("12:30", nil),
      ("90'", "write 90"), ("90’", "write 90"), ("90′", "write 90"), ("1h30'", "write 90"), ("90''", nil),
      ("90\"", nil),
      ("1h 30m 5s", nil), ("1 5h", nil), ("1h 3 0", nil), ("1 h 30", "write 90"),
    ] as [(String, String?)] {
      #expect(read(shape, text).1.map(\.fix) == [fix], "\(text)")
      refuse(shape, text, "not-a-number")
    }
  }

  @Test func otherWords() {
    enum Answer: String, CaseIterable, Sendable { case open, closed, partlyOpen = "partly-open" }
    let shape = Shape.oneOf(Answer.self, otherWords: ["yes": .open])
    check(shape, "closed", .closed)
    refuse(shape, "Yes", "not-one-of", fix: "did you mean 'open'?")
    let (_, found) = read(shape, "partly\u{A0}open\u{A0}")
    #expect(found.map { $0.edit?.replacement } == ["partly-open"])
  }

  @Test func pastedPlayers() {
    refuse(
      .url, "<iframe width=\"5\" src=\"https://a.example/e?x=1\"></iframe>", "not-an-address",
      fix: "write https://a.example/e?x=1")
    refuse(.url, "<iframe src='//a.example/e'></iframe>", "not-an-address", fix: "write https://a.example/e")
    refuse(.url, "<b>a</b>", "not-an-address")
  }

  @Test func line() {
    check(.line, "Salt Road", "Salt Road")
    check(.line, "1984", "1984")
    check(.line, "007", "007")
    check(.line, "1.50", "1.50")
    check(.line, "true", "true")
    check(.line, "2026-11-20", "2026-11-20")
    check(.line, "\"null\"", "null")
    check(.line, "|\n  one line\n", "one line")
    check(.line, ">\n  one\n  line\n", "one line")
    refuse(.line, "«|\n  one\n  two»\n", "several-lines")
    refuse(.line, "\"a\\nb\"", "several-lines")
    refuse(.line, "\"a\\0b\"", "control-character")
    refuse(.line, "\"a\\x1bb\"", "control-character")
    refuse(.line, "\"C:\\films\"", "control-character")
    refuse(.line, "[a, b]", "wrong-kind")
    refuse(.line, "{a: b}", "wrong-kind")
  }

  @Test func emptyIsMissing() {
    for yaml in ["", "~", "null", "\"\"", "''", "\" \"", "\"\\n\"", "|\n"] {
      let (value, found) = read(.line, yaml)
      #expect(value == nil)
      #expect(found.map(\.id) == ["field/empty"])
      #expect(found.first?.location?.range == ByteRange(0, 1))
    }
  }

  @Test func text() {
    check(.text, "|\n  one\n  two\n", "one\ntwo\n")
    check(.text, "\"a\\tb\"", "a\tb")
    check(.text, "1984", "1984")
    refuse(.text, "\"a\\0b\"", "control-character")
    refuse(.text, "[a]", "wrong-kind")
  }

  @Test func boolean() {
    check(.boolean, "true", true)
    check(.boolean, "False", false)
    refuse(.boolean, "yes", "not-true-or-false", fix: "write true")
    refuse(.boolean, "off", "not-true-or-false", fix: "write false")
    refuse(.boolean, "No", "not-true-or-false", fix: "write false")
    refuse(.boolean, "\"true\"", "not-true-or-false", fix: "write true")
    refuse(.boolean, "1", "not-true-or-false", fix: "write true")
    refuse(.boolean, "maybe", "not-true-or-false", fix: "write true or false")
    refuse(.boolean, "[true]", "wrong-kind")
  }

  @Test func integer() {
    check(.integer(in: 0...100), "100", 100)
    check(.integer(in: 0...100), "0x1F", 31)
    refuse(
      .integer(in: 0...100), "101", "out-of-range", message: "'f' has to be from 0 to 100, and 101 is not")
    refuse(.integer(in: 0...100), "-1", "out-of-range")
    refuse(.integer(in: 0...100), "1.5", "not-a-number")
    refuse(.integer(in: 0...10_000), "1,000", "not-a-number", fix: "write 1000")
    refuse(.integer(in: 0...10_000), "$5000", "not-a-number", fix: "write 5000")
    refuse(.integer(in: 0...10_000), "90 min", "not-a-number", fix: "write 90")
    refuse(.integer(in: 0...10_000), "\"90\"", "not-a-number", fix: "write 90")
    refuse(.integer(in: 0...100), "many", "not-a-number")
  }

  /// What is offered is what was meant: nothing is, where letters or signs change the number.
  @Test(
    arguments: [
      ("1h30", nil), ("1k", nil), ("25m", nil), ("\"2026-27\"", nil), ("-5,000", nil), ("1.000", nil),
      ("1,5", nil),
      ("1,50,000", nil), ("2 hours", nil), ("5 million", nil), ("10:30", nil), ("1 2", nil), ("2½", nil),
      ("c. 5", nil),
      ("1,234,567", "1234567"), ("$1,000", "1000"), ("1'000 CHF", "1000"), ("10 000 €", "10000"),
      ("US$ 5000", "5000"),
      ("94 minutes", "94"), ("94min.", "94"), ("\"007\"", "007"),
    ] as [(String, String?)])
  func onlySureNumbersAreOffered(text: String, number: String?) {
    let found = read(.integer(in: 0...10_000_000), text).found
    #expect(found.map(\.id) == ["field/not-a-number"])
    #expect(found.first?.fix == number.map { "write \($0)" })
  }

  @Test func number() {
    check(.number(in: 0...100), "99.5", 99.5)
    check(.number(in: 0...100), "5", 5)
    refuse(
      .number(in: 0...100), "100.5", "out-of-range", message: "'f' has to be from 0 to 100, and 100.5 is not")
    refuse(.number(in: 0...100), ".nan", "out-of-range")
    refuse(.number(in: 0...100), ".inf", "out-of-range")
    refuse(.number(in: 0...100), "about 5", "not-a-number", fix: "write 5")
  }

  @Test func date() throws {
    let day = try #require(CivilDate(year: 2026, month: 11, day: 20))
    check(.date, "2026-11-20", day)
    check(.date, "\"2026-11-20\"", day)
    for text in [
      "2026/11/20", "2026.11.20", "20261120", "20 November 2026", "November 20, 2026", "Nov 20th 2026",
      "Friday, 20 Nov. 2026", "20.11.2026", "11/20/2026", "20/11/2026", "2026-11-20 09:00",
      "2026-11-20T09:00:00Z",
    ] {
      refuse(.date, "\"\(text)\"", "not-a-date", fix: "write 2026-11-20")
    }
    refuse(.date, "2026-1-5", "not-a-date", fix: "write 2026-01-05")
    refuse(.date, "7.8.2026", "not-a-date", fix: "write 2026-08-07")
    refuse(.date, "7/8/2026", "not-a-date", fix: "write the year first, then month and day in digits")
    refuse(.date, "2026-02-30", "not-a-date", message: "there is no day '2026-02-30': 2026-02 has 28 days")
    refuse(.date, "2026-13-01", "not-a-date", message: "there is no day '2026-13-01': there is no month 13")
    refuse(.date, "soon", "not-a-date", fix: "write the year first, then month and day in digits")
    refuse(.date, "99999999999999999999999 5 5", "not-a-date")
  }

  @Test func moment() throws {
    let day = try #require(CivilDate(year: 2026, month: 11, day: 20))
    check(.moment, "2026-11-20", .date(day))
    check(.moment, "2026-11-20T09:00:00-05:00", .timestamp(Timestamp(day, hour: 9, offset: -18_000)))
    check(.moment, "2026-11-20 09:00Z", .timestamp(Timestamp(day, hour: 9)))
    refuse(
      .moment, "2026-11-20 9:05", "not-a-date",
      fix:
        "write 2026-11-20T09:05:00 and your offset from UTC behind it, as in 09:05:00-05:00, or the day alone"
    )
    refuse(
      .moment, "20 Nov 2026 9:05 pm", "not-a-date",
      fix:
        "write 2026-11-20T21:05:00 and your offset from UTC behind it, as in 21:05:00-05:00, or the day alone"
    )
    refuse(.moment, "2026/11/20", "not-a-date", fix: "write 2026-11-20")
  }

  @Test func week() throws {
    check(.week, "2026-W47", try #require(ISOWeek(year: 2026, number: 47)))
    check(.week, "2026-w47", try #require(ISOWeek(year: 2026, number: 47)))
    refuse(.week, "2026-47", "not-a-week", fix: "write 2026-W47")
    refuse(.week, "W7 2026", "not-a-week", fix: "write 2026-W07")
    refuse(.week, "2026W47", "not-a-week", fix: "write 2026-W47")
    refuse(.week, "2026-11-20", "not-a-week", fix: "write 2026-W47")
    refuse(.week, "2025-W53", "not-a-week", message: "there is no week '2025-W53': 2025 has 52 weeks")
    refuse(.week, "this one", "not-a-week")
  }

  @Test func month() throws {
    check(.month, "2026-11", try #require(CivilMonth(year: 2026, number: 11)))
    refuse(.month, "2026-13", "not-a-month")
    refuse(.month, "2026-9", "not-a-month", fix: "write 2026-09")
    refuse(.month, "9/2026", "not-a-month", fix: "write 2026-09")
    refuse(.month, "2026-11-20", "not-a-month", fix: "write 2026-11")
    refuse(.month, "November", "not-a-month")
  }

  @Test func weekday() {
    check(.weekday, "monday", .monday)
    check(.weekday, "Sunday", .sunday)
    refuse(.weekday, "mondy", "not-one-of", fix: "did you mean 'monday'?")
    refuse(.weekday, "Montag", "not-one-of")
  }

  @Test func oneOf() {
    check(.oneOf(Format.self), "short", .short)
    check(.oneOf(Format.self), "'documentary-feature'", .documentaryFeature)
    refuse(
      .oneOf(Format.self), "shrt", "not-one-of", fix: "did you mean 'short'?",
      note: "it is one of feature, short, documentary-feature", message: "'f' cannot be 'shrt'")
    refuse(
      .oneOf(Format.self), "Documentary Feature", "not-one-of", fix: "did you mean 'documentary-feature'?")
    refuse(.oneOf(Format.self), "opera", "not-one-of")
    refuse(.oneOf(Format.self), "[short]", "wrong-kind")
  }

  @Test(arguments: [
    "https://x.com", "http://x.com/a?b=c#d", "HTTPS://X.com/", "https://x.com:8080/",
    "https://münchen.de/straße",
    "https://x.com/a%20b", "http://localhost/", "http://[::1]:80/", "http://127.0.0.1",
    "https://x.com/a'b(c)~!$&*+,;=@:",
  ])
  func url(_ text: String) {
    check(.url, "\"\(text)\"", text)
  }

  @Test(arguments: [
    ("www.x.com/y", "write https://www.x.com/y"), ("x.com", "write https://x.com"),
    ("//x.com/y", "write https://x.com/y"),
    ("https//x.com", "write https://x.com"), ("http:/x.com", "write http://x.com"),
    ("x.com:80/y", "write https://x.com:80/y"),
    ("https://x.com/a b", "write https://x.com/a%20b"), ("javascript:alert(1)", nil),
    ("JavaScript://x.com/%0aalert(1)", nil),
    ("data:text/html,x", nil), ("file:///etc/passwd", nil), ("ftp://x.com", nil), ("mailto:a@x.com", nil),
    ("a@x.com", nil),
    ("https://", nil), ("https:///x", nil), ("https://.x", nil), ("https://x.com:80a/", nil),
    ("https://a:b@x.com/", nil), ("/path", nil),
    ("path", nil), ("https://x.com/<b>", nil), ("https://x.com/\u{202E}", nil), ("https://x.com/\u{A0}", nil),
    ("https://x.com\\@y.com", nil), ("https://:80/", nil), ("x .com", nil), ("#", nil), ("https://[x/", nil),
  ])
  func notAURL(_ text: String, _ fix: String?) {
    let (value, found) = read(.url, "'\(text)'")
    #expect(value == nil)
    #expect(found.map(\.id) == ["field/not-an-address"])
    #expect(found.first?.fix == fix)
  }

  @Test(arguments: [
    "salt-road", "Salt_Road", "a", "1", "v1.5", "straße", "映画", "हिन्दी", "com", "console", "con-air", "-",
    "a..b",
  ])
  func slug(_ text: String) {
    check(.slug, "\"\(text)\"", text)
  }

  @Test(arguments: [
    ("Salt Road", "write salt-road"), ("a/b", "write a-b"), ("../x", "write x"), ("..", nil),
    (".hidden", "write hidden"),
    ("a.", "write a"), ("con", nil), ("NUL.txt", "write nul-txt"), ("com1", nil), ("LPT9.x", "write lpt9-x"),
    ("what?", "write what"), ("it's", "write its"), ("a\u{202E}b", "write ab"), ("a\u{200D}b", "write ab"),
    ("a%20b", "write a-20b"),
    ("日本 語", "write 日本-語"), ("!", nil), ("a:b", "write a-b"), ("a\\b", "write a-b"), ("😀", nil),
  ])
  func notASlug(_ text: String, _ fix: String?) {
    let (value, found) = read(.slug, quoted(text))
    #expect(value == nil)
    #expect(found.map(\.id) == ["field/not-a-slug"])
    #expect(found.first?.fix == fix)
  }

  @Test func slugBounds() {
    check(.slug, String(repeating: "a", count: 200), String(repeating: "a", count: 200))
    refuse(.slug, String(repeating: "a", count: 201), "not-a-slug")
    refuse(.slug, "\"a\\0b\"", "not-a-slug")
  }

  @Test(arguments: [
    "/", "/old/", "/2026/11/salt-road.html", "/é/ü", "/a%20b/", "/a.b", "/?p=5", "/a/?b=c&d=%20e",
    "/a%E2%80%8Cb/", "/caf%C3%A9/", "/caf%EF%BF%BD/", "/?p=%E9", "/100%/%zz",
  ])
  func formerAddress(_ text: String) {
    check(.formerAddress, "\"\(text)\"", text)
  }

  private static let byHand = "leave it out, and redirect it in the server's own configuration"

  @Test(arguments: [
    ("old/page", "write /old/page"), ("/a b", "write /a%20b"), ("/a?", "write /a"),
    ("/a?b c", "write /a?b%20c"), ("/a?b#c", "write /a?b"),
    ("/a b?c", "write /a%20b?c"), ("/a?b<", nil), ("/a//b?c", nil),
    ("/a#b", "write /a"),
    ("/../x", nil),
    ("/a/../x", nil), ("/./x", nil), ("//x.com", nil), ("/a//b", nil), ("https://x.com/old/", "write /old/"),
    ("http://x.com", nil), ("/a\\b", nil), ("/%2e%2E/x", nil), ("/a%2Fb", nil), ("/a%00", nil),
    ("/a%0Ab?c", nil), ("/a%0d", nil), ("/%22?c", nil), ("/a\"b", nil), ("/%7F", nil), ("/%C2%80", nil),
    ("/%E2%80%A9", nil),
    ("/%e2%80%ae", nil),
    ("/a\u{202E}b", nil), ("../x", nil),
    ("/a\u{A0}b", nil), ("?p=5", nil), ("/caf%E9/", byHand), ("/caf%E9?p=1", byHand), ("/%C3", byHand),
    ("/%ED%A0%80", byHand),
  ])
  func notAFormerAddress(_ text: String, _ fix: String?) {
    let (value, found) = read(.formerAddress, "'\(text)'")
    #expect(value == nil)
    #expect(found.map(\.id) == ["field/not-a-path"])
    #expect(found.first?.fix == fix)
  }

  @Test func list() {
    check(.list(of: .line), "[a, b]", ["a", "b"])
    check(.list(of: .line), "\n- a\n- 'b'\n", ["a", "b"])
    check(.list(of: .line), "Ann", ["Ann"])
    check(.list(of: .line), "[]", [])
    check(.list(of: .integer(in: 0...9)), "5", [5])
    check(.list(of: .list(of: .line)), "[[a], b]", [["a"], ["b"]])
    refuse(.list(of: .line), "{a: b}", "wrong-kind")
    refuse(.list(of: .list(of: .line)), "{a: b}", "wrong-kind")
    #expect(read(.list(of: .line), "[a, '', ~, b]").value == ["a", "b"])
    #expect(
      read(.list(of: .line), "[a, '', ~, b]").found.map(\.id) == ["field/empty-item", "field/empty-item"])
  }

  @Test(
    arguments: [
      ("drama, comedy", "write f: [drama, comedy]; if it is one, put it in quotes"),
      ("\"drama, comedy\"", nil), ("[drama, comedy]", nil), ("1,5", nil), ("drama", nil),
    ] as [(String, String?)])
  func commasMakeNoList(text: String, fix: String?) {
    let (value, found) = read(.list(of: .line), text)
    guard let fix else { return #expect(!found.contains { $0.id == "field/one-with-commas" }) }
    #expect(value == [text])
    #expect(found.map(\.id) == ["field/one-with-commas"] && found.map(\.severity) == [.warning])
    #expect(found.map(\.fix) == [fix])
  }

  @Test func everyItemIsRead() {
    let (value, found) = read(.list(of: .integer(in: 0...9)), "[1, x, 3, 44]")
    #expect(value == [1, 3])
    #expect(found.map(\.location?.range) == [ByteRange(7, 8), ByteRange(13, 15)])
  }

  @Test func located() {
    let value = read(.list(of: .located(.line)), "[a, 'b']").value
    #expect(value == [Located("a", at: ByteRange(4, 5)), Located("b", at: ByteRange(7, 10))])
  }

  @Test func either() {
    let shape = Shape<Either<String, [String]>>.either(.line, .list(of: .line))
    check(shape, "a", .first("a"))
    check(shape, "[a]", .second(["a"]))
    let numberOrWord = Shape<Either<Int, String>>.either(.integer(in: 0...9), .line)
    check(numberOrWord, "5", .first(5))
    check(numberOrWord, "x", .second("x"))
    refuse(numberOrWord, "{a: b}", "wrong-kind")
  }

  @Test func conversions() {
    check(Shape<String>.line.map { $0.utf8.count }, "abc", 3)
    let shape = Shape<String>.line.converted(to: "an IMDb number", example: "tt0111161") {
      $0.hasPrefix("tt") ? $0 : nil
    }
    check(shape, "tt5", "tt5")
    refuse(
      shape, "nm5", "malformed", fix: "write it like tt0111161",
      message: "'f' has to be an IMDb number, and 'nm5' is not")
    refuse(shape, "[a]", "wrong-kind")
  }

  @Test func anything() {
    #expect(inOneLine(read(.node, "{a: [1, 'x']}").value) == "{a: [1, 'x']}")
  }
}
