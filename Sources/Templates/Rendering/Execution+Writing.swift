import CivilTime
import SourceText

extension Execution {
  /// Writes the value of an expression as `writer` says.
  mutating func write(_ index: Int32, _ writer: ValueWriter, into buffer: inout ByteBuffer) {
    switch writer {
    case .escaped: writeEscaped(index, into: &buffer)
    case .plain: append(evaluate(index), into: &buffer)
    case .json: appendJSON(evaluate(index), into: &buffer)
    case .url: writeURL(evaluate(index), if: URLScheme.isSafe, into: &buffer)
    case .urlPart: writeURL(evaluate(index), if: { !URLScheme.hasColon($0) }, into: &buffer)
    case .urlList: writeURL(evaluate(index), if: URLScheme.areSafe, into: &buffer)
    }
  }

  /// Writes a value escaped for text or an attribute; its parts one by one where it consists of parts.
  private mutating func writeEscaped(_ index: Int32, into buffer: inout ByteBuffer) {
    switch program.nodes[Int(index)] {
    case .slotField(let slot, let field):
      guard case .object(let object) = slots[Int(slot)] else { return }
      appendEscaped(fields[Int(field)](object.id), into: &buffer)
    case .concatenation(let arguments, let count):
      for offset in 0..<count { writeEscaped(program.arguments[Int(arguments + offset)], into: &buffer) }
    case .conditional(let test, let then, let otherwise):
      writeEscaped(isTrue(test) ? then : otherwise, into: &buffer)
    case .escape(let base): writeEscaped(base, into: &buffer)
    case .date(let base, let format):
      guard case .date(let timestamp) = evaluate(base) else { return }
      let start = buffer.count
      program.dateFormats[Int(format)].write(timestamp, into: &buffer)
      escape(from: start, in: &buffer)
    default: appendEscaped(evaluate(index), into: &buffer)
    }
  }

  /// Escapes what was written since `start`, if it needs it.
  private func escape(from start: Int, in buffer: inout ByteBuffer) {
    guard buffer.bytes[start...].contains(where: MarkupEscape.jinja.escapes) else { return }
    let text = Array(buffer.bytes[start...])
    buffer.bytes.removeSubrange(start...)
    buffer.append(text[...], escaping: .jinja)
  }

  func appendEscaped(_ value: Value, into buffer: inout ByteBuffer) {
    switch value {
    case .string(let text): buffer.append(text, escaping: .jinja)
    case .markup(let markup): markup.write(into: &buffer, links: links)
    case .link(let link): links.write(link, into: &buffer)
    case .integer(let number): buffer.append(number)
    case .none: break
    case .boolean(let truth): buffer.append(truth ? "True" : "False")
    case .number(let number): buffer.append(NumberText.text(number))
    case .date, .list, .object, .dictionary: buffer.append(text(value), escaping: .jinja)
    }
  }

  /// Writes a value as its text, not escaped.
  private func append(_ value: Value, into buffer: inout ByteBuffer) {
    buffer.append(text(value))
  }

  // MARK: - URLs

  /// What is written instead of a URL that a browser might run.
  private static let blockedURL = "#blocked"

  private func writeURL(_ value: Value, if isAllowed: (String) -> Bool, into buffer: inout ByteBuffer) {
    if case .link(.local) = value {
      appendEscaped(value, into: &buffer)
      return
    }
    let text = text(value)
    if isAllowed(text) {
      buffer.append(text, escaping: .jinja)
    } else {
      buffer.append(Execution.blockedURL)
    }
  }

  // MARK: - Text

  /// The value as Python's `str` gives it.
  func text(_ value: Value) -> String {
    switch value {
    case .none: ""
    case .boolean(let truth): truth ? "True" : "False"
    case .integer(let number): String(number)
    case .number(let number): NumberText.text(number)
    case .string(let text): text
    case .markup(let markup): html(markup).string
    case .link(let link): links.text(link)
    case .date(let timestamp): timestamp.rfc3339
    case .list, .dictionary: represent(value)
    case .object: ""
    }
  }

  /// The value as Python's `repr` gives it; for free values that are printed as they are.
  private func represent(_ value: Value) -> String {
    switch value {
    case .none: return "None"
    case .string(let text): return represent(text)
    case .list(let list):
      return "[" + (0..<list.count).map { represent(list[$0]) }.joined(separator: ", ") + "]"
    case .dictionary(let dictionary):
      let entries = dictionary.entries.map { "\(represent($0.key)): \(represent($0.value))" }
      return "{" + entries.joined(separator: ", ") + "}"
    default: return text(value)
    }
  }

  private func represent(_ text: String) -> String {
    let quote = text.contains("'") && !text.contains("\"") ? "\"" : "'"
    var result = quote
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "'" where quote == "'": result += "\\'"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + quote
  }

  func html(_ markup: Markup) -> ByteBuffer {
    var buffer = ByteBuffer()
    markup.write(into: &buffer, links: links)
    return buffer
  }

  /// The value as markup: escaped unless it is markup.
  func markup(_ value: Value) -> Markup {
    if case .markup(let markup) = value { return markup }
    var buffer = ByteBuffer()
    buffer.append(text(value), escaping: .jinja)
    return Markup(bytes: buffer.bytes)
  }

  /// Parts joined into text, or into markup when one of them is.
  mutating func concatenate(_ arguments: Int32, _ count: Int32) -> Value {
    let values = (0..<count).map { evaluate(program.arguments[Int(arguments + $0)]) }
    return join(values, separator: nil)
  }

  func join(_ values: [Value], separator: Value?) -> Value {
    func isMarkup(_ value: Value) -> Bool {
      if case .markup = value { true } else { false }
    }
    let separatorIsMarkup = separator.map(isMarkup) ?? false
    if separatorIsMarkup || values.contains(where: isMarkup) {
      var buffer = ByteBuffer()
      for (index, value) in values.enumerated() where buffer.count <= Execution.textByteLimit {
        if index > 0, let separator { appendMarkup(separator, into: &buffer) }
        appendMarkup(value, into: &buffer)
      }
      return .markup(Markup(bytes: buffer.bytes))
    }
    var result = ""
    for (index, value) in values.enumerated() where result.utf8.count <= Execution.textByteLimit {
      if index > 0, let separator { result += text(separator) }
      result += text(value)
    }
    return .string(result)
  }

  private func appendMarkup(_ value: Value, into buffer: inout ByteBuffer) {
    if case .markup(let markup) = value {
      markup.write(into: &buffer, links: links)
    } else {
      buffer.append(text(value), escaping: .jinja)
    }
  }

  // MARK: - JSON

  func appendJSON(_ value: Value, into buffer: inout ByteBuffer) {
    buffer.appendJSON(
      value, link: { absolute($0) ?? links.text($0) }, markup: { html($0).string })
  }

  /// The full URL of `link`, if the site has one.
  func absolute(_ link: Link) -> String? {
    switch link {
    case .external(let url): url
    case .local(let path): base.map { $0 + path }
    }
  }
}

/// Which URLs may stand in a link that comes out of data.
enum URLScheme {
  private static let safe: [[UInt8]] = ["http", "https", "mailto", "tel"].map { Array($0.utf8) }

  /// Whether `text` has no scheme or a harmless one, read as browsers do: they skip control characters.
  static func isSafe(_ text: String) -> Bool {
    var scheme: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x3A: return safe.contains(scheme)
      case 0x2F, 0x3F, 0x23: return true
      case 0x00...0x20: continue
      case 0x41...0x5A: scheme.append(byte + 0x20)
      default: scheme.append(byte)
      }
    }
    return true
  }

  /// Whether all URLs are safe in `text`, a list with commas or spaces between them.
  static func areSafe(_ text: String) -> Bool {
    text.split { $0 == "," || $0.isWhitespace }.allSatisfy { isSafe(String($0)) }
  }

  /// Whether `text` has a colon before anything that rules a scheme out.
  static func hasColon(_ text: String) -> Bool {
    for byte in text.utf8 {
      switch byte {
      case 0x3A: return true
      case 0x2F, 0x3F, 0x23: return false
      default: continue
      }
    }
    return false
  }
}
