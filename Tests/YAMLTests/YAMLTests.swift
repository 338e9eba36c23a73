import CivilTime
import SourceText
import Testing

@testable import YAML

enum Format: String, CaseIterable, Sendable { case feature, short }

struct Credit: Record {
  static let role = Field("role", .list(of: .line), "What the person did.")
  static let name = Field("name", .line, "Who.")
  static let fields: [AnyField] = [role.erased, name.erased]
  let roles: [String]
  let name: String
  init?(_ reader: inout FieldReader) {
    guard let roles = reader.required(Credit.role), let name = reader.required(Credit.name) else {
      return nil
    }
    self.roles = roles
    self.name = name
  }
}

@Test func types() {
  let title = Field("title", .line, "")
  let credits = Field("credits", .list(of: .record(Credit.self)), "")
  let format = Field("format", .oneOf(Format.self), "")
  let video = Field("video", .either(.url, .record(Credit.self)), "")
  let date = Field("date", .located(.date), "")
  let source = Source(
    path: "a.md",
    text:
      "title: The\ncredits:\n- {role: [Director, Writer], name: Ann}\nformat: shrt\nvideo: www.x.com/y\ndate: 2026-11-20"
  )
  var diagnostics: [Diagnostic] = []
  let node = parse(source, diagnostics: &diagnostics)
  var reader = FieldReader(
    node, in: source.path, at: ByteRange(0, 0),
    fields: [title.erased, credits.erased, format.erased, video.erased, date.erased])
  #expect(reader.required(title) == "The")
  #expect(reader.required(credits)?.first?.roles == ["Director", "Writer"])
  #expect(reader.required(format) == nil)
  #expect(reader.optional(video) == nil)
  #expect(reader.optional(date)?.value.year == 2026)
  diagnostics += reader.finish()
  for diagnostic in diagnostics { print(diagnostic.message, diagnostic.fix ?? "") }
}
