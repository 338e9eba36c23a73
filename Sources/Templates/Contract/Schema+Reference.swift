extension Schema {
  /// The contract as a Markdown document for theme authors: what every template sees, what each kind of page
  /// adds, and the fields of every type.
  public var reference: String {
    var text =
      "# What templates can see\n\nContract version \(version). Types are written as in `[WriteUp]`, a list, "
    text += "and `date?`, a value that may be missing.\n"
    text += "\n## In every template\n\n" + table(globals, heading: "Variable")
    text += "\n## Pages\n"
    for page in pages {
      text += "\n### `\(page.template)`\n\n\(page.summary)\n"
      if !page.fields.isEmpty { text += "\n" + table(page.fields, heading: "Variable") }
    }
    text += "\n## Types\n"
    for type in types.sorted(by: { $0.name < $1.name }) {
      text += "\n### \(type.name)\n\n\(type.summary)\n\n" + table(type.fields, heading: "Field")
    }
    return text
  }

  private func table(_ fields: [Field], heading: String) -> String {
    var text = "| \(heading) | Type | |\n|---|---|---|\n"
    for field in fields {
      text += "| `\(field.name)` | \(linkedNotation(field.type)) | \(field.summary) |\n"
    }
    return text
  }

  /// The notation of `type`, with a link to where the object type that it is made of is described.
  private func linkedNotation(_ type: ValueType) -> String {
    let notation = notation(type)
    guard let name = objectName(type) else { return notation }
    return notation.replacing(name, with: "[\(name)](#\(name.lowercased()))")
  }

  private func objectName(_ type: ValueType) -> String? {
    switch type {
    case .list(let type), .optional(let type): objectName(type)
    case .object(let id): self.type(id)?.name
    default: nil
    }
  }

  /// The type as the reference writes it: `string`, `[WriteUp]`, `date?`.
  func notation(_ type: ValueType) -> String {
    switch type {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .markup: "markup"
    case .link: "link"
    case .date: "date"
    case .dynamic: "dynamic"
    case .list(let element): "[\(notation(element))]"
    case .optional(let type): notation(type) + "?"
    case .object(let id): self.type(id)?.name ?? "object"
    }
  }
}
