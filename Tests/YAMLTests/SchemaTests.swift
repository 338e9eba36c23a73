import Testing

@testable import YAML

private enum Kind: String, CaseIterable, Sendable { case low, high }

private struct Person: Record {
  static let name = Field("name", .text, "Who.").required
  static let fields: [AnyField] = [name.erased]

  init?(_ reader: inout FieldReader) { return nil }
}

@Suite("JSON Schemas")
struct SchemaTests {
  /// The schema of a field that has to be there, without its frame and in one line.
  private func check<Value>(
    _ shape: Shape<Value>, _ expected: String, _ location: SourceLocation = #_sourceLocation
  ) {
    check(Field("f", shape, "").required.erased, expected, location)
  }

  private func check(_ field: AnyField, _ expected: String, _ location: SourceLocation = #_sourceLocation) {
    let text = jsonSchema(title: "", description: "", .object([field]))
    let line = text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
    let start = "\"f\": {\"description\": \"\""
    guard let range = line.firstRange(of: start) else {
      Issue.record("no field in \(line)", sourceLocation: location)
      return
    }
    let rest = line[range.upperBound...].dropLast(
      (field.isRequired ? "}},\"required\": [\"f\"]}" : "}}}").count)
    #expect(rest == (expected.isEmpty ? "" : "," + expected), sourceLocation: location)
  }

  @Test func shapes() {
    check(.node, #""not": {"type": "null"}"#)
    check(.line, #""type": ["string", "number", "boolean"],"pattern": "\\S""#)
    check(.boolean, #""type": "boolean""#)
    check(.integer(in: 1...9), #""type": "integer","minimum": 1,"maximum": 9"#)
    check(.integer(in: 1...Int.max), #""type": "integer","minimum": 1"#)
    check(.number(in: 0...(.infinity)), #""type": "number","minimum": 0"#)
    check(.number(in: -0.5...0.5), #""type": "number","minimum": -0.5,"maximum": 0.5"#)
    check(.date, #""type": "string","format": "date""#)
    check(
      .moment,
      #""anyOf": [{"type": "string","format": "date"},{"type": "string","format": "date-time"}]"#)
    check(.oneOf(Kind.self), #""enum": ["low", "high"]"#)
    check(
      .slug, #""type": ["string", "number", "boolean"],"pattern": "^[^/.\\s][^/\\s]*$","maxLength": 200"#)
    check(
      .list(of: .boolean),
      #""anyOf": [{"type": "array","items": {"type": "boolean"}},{"type": "boolean"}]"#)
    check(.list(of: .node), #""type": "array","items": {}"#)
    check(.located(.boolean), #""type": "boolean""#)
    check(.node.described(by: .boolean), #""type": "boolean""#)
    check(
      .node.described(by: .dictionary(keyPattern: "^a", of: .boolean)),
      #""type": "object","propertyNames": {"type": "string","pattern": "^a"},"additionalProperties": {"type": "boolean"}"#
    )
    check(
      .record(Person.self),
      #""type": "object","additionalProperties": false,"properties": {"name": {"description": "Who.","type": ["string", "number", "boolean"],"pattern": "\\S"}},"required": ["name"]"#
    )
  }

  /// What need not be there may be there without a value.
  @Test func optionalFields() {
    func check<Value>(
      _ shape: Shape<Value>, _ expected: String, _ location: SourceLocation = #_sourceLocation
    ) {
      self.check(Field("f", shape, "").erased, expected, location)
    }
    check(.node, "")
    check(.line, #""type": ["string", "number", "boolean", "null"]"#)
    check(.boolean, #""type": ["boolean", "null"]"#)
    check(.url, #""type": ["string", "null"],"pattern": "^\\s*$|^[Hh][Tt][Tt][Pp][Ss]?://""#)
    check(.oneOf(Kind.self), #""enum": ["low", "high", null]"#)
    check(
      .list(of: .boolean),
      #""anyOf": [{"type": "array","items": {"type": "boolean"}},{"type": "boolean"},{"type": "null"}]"#)
    check(.list(of: .node), #""type": ["array", "null"],"items": {}"#)
  }

  @Test func wordsInAnyCase() {
    let text = jsonSchema(title: "", description: "", .object([Field("day", .weekday, "").erased]))
    #expect(text.contains(#""monday", "#))
    #expect(text.contains(#""pattern": "^([Mm][Oo][Nn][Dd][Aa][Yy]|"#))
  }

  @Test func wholeSchema() {
    let field = Field("title", .boolean, "Whether \"it\" has one.").required.erased
    #expect(
      jsonSchema(title: "Page", description: "One page.", .array(of: .object([field]))) == """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Page",
          "description": "One page.",
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
              "title": {
                "description": "Whether \\"it\\" has one.",
                "type": "boolean"
              }
            },
            "required": ["title"]
          }
        }

        """)
  }
}
