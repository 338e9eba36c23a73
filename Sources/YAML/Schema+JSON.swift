import SourceText

/// A JSON Schema (draft 7, which editors' YAML servers and linters of front matter know) of what `schema` says of a
/// whole file.
///
/// The text ends with a line end. Where a field need not be there, null is one of its values: the reader takes a key
/// without a value for none at all.
public func jsonSchema(title: String, description: String, _ schema: Schema) -> String {
  var writer = SchemaWriter()
  writer.members(
    [
      ("$schema", { $0.string("http://json-schema.org/draft-07/schema#") }),
      ("title", { $0.string(title) }),
      ("description", { $0.string(description) }),
    ] + SchemaWriter.members(of: schema))
  writer.buffer.append("\n")
  return writer.buffer.string
}

/// Writes schemas as indented JSON.
private struct SchemaWriter {
  typealias Write = (inout SchemaWriter) -> Void
  typealias Member = (name: String, write: Write)

  var buffer = ByteBuffer()
  private var indentation = 0

  /// Not as for pages, whose scripts need more escapes; names, summaries and patterns have no control characters.
  mutating func string(_ text: String) {
    buffer.append("\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\"")
  }

  /// `{"name": value, …}` with a line for each member.
  mutating func members(_ members: [Member]) {
    list(members, open: "{", close: "}") { writer, member in
      writer.string(member.name)
      writer.buffer.append(": ")
      member.write(&writer)
    }
  }

  /// A list on one line; `null` for `nil`.
  mutating func words(_ words: [String?]) {
    buffer.append("[")
    for (index, word) in words.enumerated() {
      if index > 0 { buffer.append(", ") }
      if let word { string(word) } else { buffer.append("null") }
    }
    buffer.append("]")
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

  /// What there is to say of values of `schema`, or, if `orNull`, of null.
  static func members(of schema: Schema, orNull: Bool = false) -> [Member] {
    switch schema {
    case .any: return []
    case .string(let format, let pattern, let maxLength, let acceptsPlainValues):
      var members = [type(["string"] + (acceptsPlainValues ? ["number", "boolean"] : []), orNull: orNull)]
      if let format { members.append(("format", { $0.string(format) })) }
      if let pattern, !orNull || pattern != "\\S" {
        // Text without a visible character is taken for none at all, too.
        members.append(("pattern", { $0.string(orNull ? "^\\s*$|\(pattern)" : pattern) }))
      }
      if let maxLength { members.append(("maxLength", { $0.buffer.append(maxLength) })) }
      return members
    case .enumeration(let words, ignoringCase: false):
      return [("enum", { $0.words(words + (orNull ? [nil] : [])) })]
    case .enumeration(let words, ignoringCase: true):
      // The words for completion, the pattern for what else is right.
      let pattern = "^(" + words.map(anyCase).joined(separator: "|") + ")$"
      return members(of: .anyOf([.enumeration(words), .string(pattern: pattern)]), orNull: orNull)
    case .boolean: return [type(["boolean"], orNull: orNull)]
    case .integer(let range):
      return [type(["integer"], orNull: orNull)]
        + bounds(
          "\(range.lowerBound)", range.lowerBound == .min, "\(range.upperBound)", range.upperBound == .max)
    case .number(let range):
      return [type(["number"], orNull: orNull)]
        + bounds(
          shortDecimal(range.lowerBound), !range.lowerBound.isFinite,
          shortDecimal(range.upperBound), !range.upperBound.isFinite)
    case .array(let element):
      return [type(["array"], orNull: orNull), ("items", { $0.members(members(of: element)) })]
    case .object(let fields): return [type(["object"], orNull: orNull)] + object(fields)
    case .dictionary(let keyPattern, let value):
      return [
        type(["object"], orNull: orNull),
        ("propertyNames", { $0.members(members(of: .string(pattern: keyPattern))) }),
        ("additionalProperties", { $0.members(members(of: value)) }),
      ]
    case .anyOf(let schemas):
      let all = schemas.map { members(of: $0) } + (orNull ? [[type(["null"])]] : [])
      return [("anyOf", { $0.list(all, open: "[", close: "]") { $0.members($1) } })]
    }
  }

  private static func object(_ fields: [AnyField]) -> [Member] {
    var members: [Member] = [
      ("additionalProperties", { $0.buffer.append("false") }),
      ("properties", { $0.members(fields.map(property)) }),
    ]
    let required = fields.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(("required", { $0.words(required) })) }
    return members
  }

  private static func property(_ field: AnyField) -> Member {
    let description: Member = ("description", { $0.string(field.summary) })
    var rest = members(of: field.schema, orNull: !field.isRequired)
    // Anything but nothing.
    if rest.isEmpty, field.isRequired { rest = [("not", { $0.members([type(["null"])]) })] }
    return (field.name, { [rest] in $0.members([description] + rest) })
  }

  private static func type(_ names: [String], orNull: Bool = false) -> Member {
    let names = names + (orNull ? ["null"] : [])
    return ("type", { names.count == 1 ? $0.string(names[0]) : $0.words(names) })
  }

  private static func anyCase(_ word: String) -> String {
    word.map { $0.isLetter ? "[\($0.uppercased())\($0.lowercased())]" : String($0) }.joined()
  }

  private static func bounds(
    _ lower: String, _ hasNoLower: Bool, _ upper: String, _ hasNoUpper: Bool
  ) -> [Member] {
    (hasNoLower ? [] : [("minimum", { $0.buffer.append(lower) })])
      + (hasNoUpper ? [] : [("maximum", { $0.buffer.append(upper) })])
  }
}
