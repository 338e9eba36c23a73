import SourceText
import Testing

@testable import YAML

private struct Credit: Record, Equatable {
  static let role = Field("role", .list(of: .line), "What the person did.").required
  static let name = Field("name", .line, "Who.").required
  static let fields: [AnyField] = [role.erased, name.erased]

  var roles: [String]
  var name: String

  init(_ roles: [String], _ name: String) {
    self.roles = roles
    self.name = name
  }

  init?(_ reader: inout FieldReader) {
    let roles = reader.required(Credit.role)
    let name = reader.required(Credit.name)
    guard let roles, let name else { return nil }
    self.init(roles, name)
  }
}

@Suite("Reading fields")
struct FieldReaderTests {
  private static let title = Field("title", .line, "The title.").required
  private static let headline = Field("headline", .line, "The headline.")
  private static let date = Field("date", .date, "The day.").required
  private static let credits = Field("credits", .list(of: .record(Credit.self)), "Who made it.")
  private static let video = Field("video", .either(.url, .record(Credit.self)), "Where to see it.")
  private static let fields = [
    title.erased, headline.erased, date.erased, credits.erased, video.erased,
  ]

  private func reader(_ text: String) -> FieldReader {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "a.md", text: text)
    let node = parse(source, diagnostics: &diagnostics)
    return FieldReader(node, in: source.path, at: ByteRange(at: 4), fields: FieldReaderTests.fields)
  }

  /// Reads every field (`title` and `date` are required) and expects the problems `ids` at the marked places.
  private func check(
    _ marked: String, _ ids: String..., fixes: [String?]? = nil, location: SourceLocation = #_sourceLocation
  ) {
    let marked = MarkedText(marked)
    var reader = reader(marked.text)
    _ = reader.required(FieldReaderTests.title)
    _ = reader.required(FieldReaderTests.date)
    _ = reader.optional(FieldReaderTests.headline)
    _ = reader.optional(FieldReaderTests.credits)
    _ = reader.optional(FieldReaderTests.video)
    let found = reader.finish().sorted()
    #expect(found.map(\.id) == ids.map { "field/" + $0 }, sourceLocation: location)
    #expect(found.map(\.location?.range) == marked.ranges, sourceLocation: location)
    if let fixes { #expect(found.map(\.fix) == fixes, sourceLocation: location) }
    #expect(reader.finish().count == found.count, sourceLocation: location)
  }

  @Test func fine() {
    check(
      "title: x\ndate: 2026-11-20\nheadline: y\ncredits:\n- role: Director\n  name: Ann\nvideo: https://x.com/\n"
    )
    check("title: x\ndate: 2026-11-20\nheadline:\ncredits: ~\nvideo: ''\n")
  }

  @Test func missing() {
    check(
      "«»date: 2026-11-20\n", "missing", fixes: ["add a line like title: some text"])
    check(
      "«»«»headline: x\n", "missing", "missing",
      fixes: ["add a line like date: 2026-11-20", "add a line like title: some text"])
    check("«title»:\ndate: 2026-11-20", "empty", fixes: ["write it like title: some text"])
    check("«title»: ''\ndate: 2026-11-20", "empty")
  }

  /// A line of its own would end what is in braces.
  @Test func missingWithinBraces() {
    let inBraces = "add it within the braces: {…, name: some text}"
    let rest = "title: x\ndate: 2026-11-20\n"
    for credit in ["{role: Director}", "{role: Director,}", "{ role: \"Director\" }"] {
      check(rest + "credits: [«»\(credit)]\n", "missing", fixes: [inBraces])
      check(rest + "credits:\n- «»\(credit)\n", "missing", fixes: [inBraces])
    }
    check(
      rest + "credits: [«»«»{}]\n", "missing", "missing",
      fixes: [inBraces, "add it within the braces: {…, role: [some text]}"])
    check(rest + "credits:\n- «»role: Director\n", "missing", fixes: ["add a line like name: some text"])
    // What was left out of the mapping is no brace behind it.
    var reader = reader("date: 2026-11-16\nlogline: a\nlogline: b\n")
    #expect(reader.required(FieldReaderTests.title) == nil)
    #expect(reader.finish().contains { $0.fix == "add a line like title: some text" })
  }

  @Test func emptyDocument() {
    var reader = reader("")
    #expect(reader.required(FieldReaderTests.title) == nil)
    let found = reader.finish()
    #expect(found.map(\.id) == ["field/missing"])
    #expect(found.first?.location == Location(path: "a.md", range: ByteRange(at: 4)))
  }

  @Test func unknown() {
    check(
      "title: x\ndate: 2026-11-20\n«headlin»: y\n", "unknown", fixes: ["did you mean 'headline'?"])
    check("title: x\ndate: 2026-11-20\n«Headline»: y\n", "unknown", fixes: ["did you mean 'headline'?"])
    check("title: x\ndate: 2026-11-20\n«zebra»: y\n", "unknown", fixes: [nil])
    // 'title' is there already, so that is not what 'titel' means.
    check("title: x\ndate: 2026-11-20\n«titel»: y\n", "unknown", fixes: [nil])
  }

  @Test func aMisspeltFieldIsNotMissingToo() {
    check("«tilte»: x\ndate: 2026-11-20\n", "unknown", fixes: ["did you mean 'title'?"])
  }

  @Test func wrongValues() {
    check("title: «[a]»\ndate: «soon»\nheadline: «{a: b}»\n", "wrong-kind", "not-a-date", "wrong-kind")
  }

  @Test func records() {
    check(
      "title: x\ndate: 2026-11-20\ncredits:\n- «»name: Ann\n- role: Director\n  «nam»: Bob\n- «text»\n- role: «{a: b}»\n  name: «[c]»\n",
      "missing", "unknown", "wrong-kind", "wrong-kind", "wrong-kind")
    check("title: x\ndate: 2026-11-20\nvideo: {role: a, name: «[b]»}\n", "wrong-kind")
    check("title: x\ndate: 2026-11-20\nvideo: «x»\n", "not-an-address")
    check("title: x\ndate: 2026-11-20\nvideo: «[x]»\n", "wrong-kind")
    var reader = reader(
      "credits:\n- role: [Director, Writer]\n  name: Ann\n- {role: Editor, name: Bob}\n- name: Cy\n")
    #expect(
      reader.optional(FieldReaderTests.credits) == [
        Credit(["Director", "Writer"], "Ann"), Credit(["Editor"], "Bob"),
      ])
  }

  /// What is offered has the shape of the record, and never is an empty list, which would lose what is there.
  @Test func theShapeOfARecordIsShown() {
    let head = "title: x\ndate: 2026-11-20\n"
    let one = "{role: [some text], name: some text}"
    check("\(head)credits: «{Director: Ann}»\n", "wrong-kind", fixes: ["write it like credits: [\(one)]"])
    check("\(head)credits: «Ann»\n", "wrong-kind", fixes: ["write it like credits: [\(one)]"])
    check("\(head)credits:\n- «Ann, director»\n", "wrong-kind", fixes: ["write the item like \(one)"])
  }

  /// Within braces a comma ends a field, also one in a number.
  @Test func aCommaInANumberIsNoField() {
    check(
      "title: x\ndate: 2026-11-20\ncredits: [{role: a, name: «1,234»}]\n", "unknown",
      fixes: ["write 1234"])
  }

  @Test func notFields() {
    check("«- a\n- b»\n", "not-fields")
    check("«just text»\n", "not-fields", fixes: ["write 'name: value'"])
    check("«title:x»\n", "not-fields", fixes: ["put a space after each colon"])
  }

  @Test func unreadableFieldsAreNotMissing() {
    check("title: a: b\ndate: 2026-11-20\n")
    check("title: a: b\ndate:2026-11-20\nzebra: @x\n")
    check("title: a: b\ndate: 2026-11-20\ncredits:\n- role: @x\n  name: y\n")
  }

  @Test func anUnreadableDocumentIsReportedOnce() {
    var reader = FieldReader(.unreadable(at: ByteRange(0, 9)), in: "a", at: ByteRange(at: 0), fields: [])
    #expect(reader.required(FieldReaderTests.title) == nil)
    #expect(reader.finish() == [])
  }

  @Test func places() {
    let reader = reader("title: 'x'\ndate:\nheadline: ~\n")
    #expect(reader.contains("title"))
    #expect(!reader.contains("date"))
    #expect(!reader.contains("headline"))
    #expect(!reader.contains("video"))
    #expect(reader.range(of: "title") == ByteRange(7, 10))
    #expect(reader.range(of: "date") == ByteRange(11, 15))
    #expect(reader.range(of: "headline") == ByteRange(27, 28))
    #expect(reader.range(of: "video") == nil)
    #expect(reader.location(of: "video") == Location(path: "a.md", range: ByteRange(at: 0)))
    #expect(reader.location(of: "title") == Location(path: "a.md", range: ByteRange(7, 10)))
  }

  @Test func ownDiagnostics() {
    var reader = reader("title: x")
    reader.report(.warning("columns/x", "x", at: reader.location(of: "title")))
    #expect(reader.finish().map(\.id) == ["columns/x"])
  }

  @Test func messages() {
    var reader = reader("titel: x\nzebra: y\ncredits: z")
    _ = reader.required(FieldReaderTests.date)
    _ = reader.optional(FieldReaderTests.credits)
    #expect(
      reader.finish().map(\.message) == [
        "the field 'date' is missing", "'credits' has to be a list, and here is a single value",
        "there is no field 'titel'", "there is no field 'zebra'",
      ])
    #expect(
      reader.finish().last?.notes.map(\.message) == ["the fields are title, headline, date, credits, video"])
  }
}
