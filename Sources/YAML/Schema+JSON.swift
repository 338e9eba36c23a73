import SourceText

/// A JSON Schema (draft 2020-12) of a mapping with `fields`, of which `required` have to be there.
///
/// Editors that know YAML complete and check front matter with it. The text ends with a line end.
public func jsonSchema(title: String, fields: [AnyField], required: [String] = []) -> String {
  var writer = SchemaWriter()
  writer.members(
    [
      ("$schema", { $0.string("https://json-schema.org/draft/2020-12/schema") }),
      ("title", { $0.string(title) }),
    ] + SchemaWriter.object(fields, required: required))
  writer.buffer.append("\n")
  return writer.buffer.string
}

/// Writes schemas as indented JSON.
private struct SchemaWriter {
  typealias Member = (name: String, write: (inout SchemaWriter) -> Void)

  var buffer = ByteBuffer()
  private var indentation = 0

  mutating func string(_ text: String) { buffer.appendJSONString(text) }

  /// `{"name": value, …}` with a line for each member.
  mutating func members(_ members: [Member]) {
    list(members, open: "{", close: "}") { writer, member in
      writer.string(member.name)
      writer.buffer.append(": ")
      member.write(&writer)
    }
  }

  mutating func strings(_ texts: [String]) {
    list(texts, open: "[", close: "]") { $0.string($1) }
  }

  private mutating func list<Element>(
    _ elements: [Element], open: String, close: String, write: (inout SchemaWriter, Element) -> Void
  ) {
    buffer.append(open)
    guard !elements.isEmpty else { return buffer.append(close) }
    indentation += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { buffer.append(",") }
      breakLine()
      write(&self, element)
    }
    indentation -= 1
    breakLine()
    buffer.append(close)
  }

  private mutating func breakLine() {
    buffer.append("\n" + String(repeating: "  ", count: indentation))
  }

  static func object(_ fields: [AnyField], required: [String] = []) -> [Member] {
    var members: [Member] = [
      ("type", { $0.string("object") }),
      ("additionalProperties", { $0.buffer.append("false") }),
      (
        "properties",
        { writer in
          writer.members(
            fields.map { field in
              (
                field.name,
                {
                  $0.members(
                    [("description", { $0.string(field.summary) })] + SchemaWriter.members(of: field.schema))
                }
              )
            })
        }
      ),
    ]
    if !required.isEmpty { members.append(("required", { $0.strings(required) })) }
    return members
  }

  static func members(of schema: Schema) -> [Member] {
    switch schema {
    case .any: return []
    case .string(let format, let pattern, let maxLength, let acceptsPlainValues):
      var members: [Member] = [
        (
          "type",
          { acceptsPlainValues ? $0.strings(["string", "number", "boolean"]) : $0.string("string") }
        )
      ]
      if let format { members.append(("format", { $0.string(format) })) }
      if let pattern { members.append(("pattern", { $0.string(pattern) })) }
      if let maxLength { members.append(("maxLength", { $0.buffer.append(maxLength) })) }
      return members
    case .enumeration(let words): return [("enum", { $0.strings(words) })]
    case .boolean: return [("type", { $0.string("boolean") })]
    case .integer(let range):
      return [("type", { $0.string("integer") })]
        + bounds(
          "\(range.lowerBound)", range.lowerBound == .min, "\(range.upperBound)", range.upperBound == .max)
    case .number(let range):
      return [("type", { $0.string("number") })]
        + bounds(
          shortDecimal(range.lowerBound), !range.lowerBound.isFinite,
          shortDecimal(range.upperBound), !range.upperBound.isFinite)
    case .array(let element):
      return [
        ("type", { $0.string("array") }), ("items", { $0.members(SchemaWriter.members(of: element)) }),
      ]
    case .object(let fields): return object(fields)
    case .anyOf(let schemas):
      return [
        (
          "anyOf",
          {
            $0.list(schemas, open: "[", close: "]") { $0.members(SchemaWriter.members(of: $1)) }
          }
        )
      ]
    }
  }

  private static func bounds(
    _ lower: String, _ hasNoLower: Bool, _ upper: String, _ hasNoUpper: Bool
  ) -> [Member] {
    (hasNoLower ? [] : [("minimum", { $0.buffer.append(lower) })])
      + (hasNoUpper ? [] : [("maximum", { $0.buffer.append(upper) })])
  }
}
