import Testing

@testable import YAML

private enum Kind: String, CaseIterable, Sendable { case low, high }

private struct Person: Record {
  static let name = Field("name", .text, "Who.")
  static let fields: [AnyField] = [name.erased]

  init?(_ reader: inout FieldReader) { return nil }
}

@Suite("JSON Schemas")
struct SchemaTests {
  /// The schema of one field `f`, without its frame and in one line.
  private func check<Value>(
    _ shape: Shape<Value>, _ expected: String, _ location: SourceLocation = #_sourceLocation
  ) {
    let text = jsonSchema(title: "", fields: [Field("f", shape, "").erased])
    let line = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    let start = "\"f\": {\"description\": \"\""
    guard let range = line.firstRange(of: start) else {
      Issue.record("no field in \(line)", sourceLocation: location)
      return
    }
    let rest = line[range.upperBound...].dropLast("}}}".count)
    #expect(rest == (expected.isEmpty ? "" : "," + expected), sourceLocation: location)
  }

  @Test func shapes() {
    check(.node, "")
    check(.line, #""type": ["string","number","boolean"],"pattern": "\\S""#)
    check(.boolean, #""type": "boolean""#)
    check(.integer(in: 1...9), #""type": "integer","minimum": 1,"maximum": 9"#)
    check(.integer(in: 1...Int.max), #""type": "integer","minimum": 1"#)
    check(.number(in: 0...(.infinity)), #""type": "number","minimum": 0"#)
    check(.number(in: -0.5...0.5), #""type": "number","minimum": -0.5,"maximum": 0.5"#)
    check(.date, #""type": "string","format": "date""#)
    check(
      .moment,
      #""anyOf": [{"type": "string","format": "date"},{"type": "string","format": "date-time"}]"#)
    check(.oneOf(Kind.self), #""enum": ["low","high"]"#)
    check(.slug, #""type": "string","pattern": "^[^/.\\s][^/\\s]*$","maxLength": 200"#)
    check(
      .list(of: .boolean),
      #""anyOf": [{"type": "array","items": {"type": "boolean"}},{"type": "boolean"}]"#)
    check(.list(of: .node), #""type": "array","items": {}"#)
    check(.located(.boolean), #""type": "boolean""#)
    check(
      .record(Person.self),
      #""type": "object","additionalProperties": false,"properties": {"name": {"description": "Who.","type": ["string","number","boolean"],"pattern": "\\S"}}"#
    )
  }

  @Test func wholeSchema() {
    let fields = [Field("title", .boolean, "Whether \"it\" has one.").erased]
    #expect(
      jsonSchema(title: "Page", fields: fields, required: ["title"]) == """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Page",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "title": {
              "description": "Whether \\"it\\" has one.",
              "type": "boolean"
            }
          },
          "required": [
            "title"
          ]
        }

        """)
  }
}
