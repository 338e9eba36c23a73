import CivilTime
public import SourceText

extension ByteBuffer {
  /// Appends `value` as JSON, links and HTML as the texts that are given for them, and objects as `null`.
  public mutating func appendJSON(
    _ value: Value, link: (Link) -> String, markup: (Markup) -> String = { $0.text }
  ) {
    switch value {
    case .none, .object: append("null")
    case .boolean(let truth): append(truth ? "true" : "false")
    case .integer(let number): append(number)
    case .number(let number): append(number.isFinite ? NumberText.text(number) : "null")
    case .string(let text): appendJSONString(text)
    case .markup(let html): appendJSONString(markup(html))
    case .link(let target): appendJSONString(link(target))
    case .date(let timestamp): appendJSONString(timestamp.rfc3339)
    case .list(let list):
      append("[")
      for index in 0..<list.count {
        if index > 0 { append(",") }
        appendJSON(list[index], link: link, markup: markup)
      }
      append("]")
    case .dictionary(let dictionary):
      append("{")
      for (index, entry) in dictionary.entries.enumerated() {
        if index > 0 { append(",") }
        appendJSONString(entry.key)
        append(":")
        appendJSON(entry.value, link: link, markup: markup)
      }
      append("}")
    }
  }
}
