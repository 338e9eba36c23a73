import SourceText

extension Schema {
  /// The contract as one JSON object, for editors and other tools: `contract` (its version), `globals`,
  /// `pages` with their `variables`, and `types` with their `fields`. Types are written as in ``reference``:
  /// `[WriteUp]`, `date?`.
  public var json: String {
    var buffer = ByteBuffer()
    buffer.append("{\"contract\":\(version),\n\"globals\":")
    append(globals, to: &buffer)
    buffer.append(",\n\"pages\":[")
    for (index, page) in pages.enumerated() {
      buffer.append(index == 0 ? "\n{\"template\":" : ",\n{\"template\":")
      buffer.appendJSONString(page.template)
      buffer.append(",\"summary\":")
      buffer.appendJSONString(page.summary)
      buffer.append(",\"variables\":")
      append(page.fields, to: &buffer)
      buffer.append("}")
    }
    buffer.append("],\n\"types\":[")
    for (index, type) in types.sorted(by: { $0.name < $1.name }).enumerated() {
      buffer.append(index == 0 ? "\n{\"name\":" : ",\n{\"name\":")
      buffer.appendJSONString(type.name)
      buffer.append(",\"summary\":")
      buffer.appendJSONString(type.summary)
      buffer.append(",\"fields\":")
      append(type.fields, to: &buffer)
      buffer.append("}")
    }
    buffer.append("]}\n")
    return buffer.string
  }

  private func append(_ fields: [Field], to buffer: inout ByteBuffer) {
    buffer.append("[")
    for (index, field) in fields.enumerated() {
      buffer.append(index == 0 ? "\n  {\"name\":" : ",\n  {\"name\":")
      buffer.appendJSONString(field.name)
      buffer.append(",\"type\":")
      buffer.appendJSONString(notation(field.type))
      buffer.append(",\"summary\":")
      buffer.appendJSONString(field.summary)
      buffer.append("}")
    }
    buffer.append("]")
  }
}
