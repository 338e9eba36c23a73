/// A value on its way into a YAML file.
public indirect enum WrittenValue: Sendable {
  /// Text, which is quoted where YAML would take it for anything else.
  case text(String)
  /// A date, a number or a truth value, written as it is.
  case plain(String)
  case list([WrittenValue])
  case mapping([(key: String, value: WrittenValue)])
}

/// The fields as lines of YAML that read back as the same values; keys are names of fields.
///
/// Nothing in a text ends it, or the front matter around it: what isn't plain words is quoted, and a text of several
/// lines is a block, whose lines are indented.
public func yamlLines(_ fields: [(key: String, value: WrittenValue)]) -> String {
  var text = ""
  write(fields, to: &text, indentation: "", first: "")
  return text
}

/// The values as a YAML list.
public func yamlLines(_ items: [WrittenValue]) -> String {
  var text = ""
  write(items, to: &text, indentation: "")
  return text
}

/// `text` as a YAML scalar of one line that reads back as the same text: as it is where that is plain to people and to
/// YAML, else in double quotes.
public func yamlScalar(_ text: String) -> String { isPlain(text) ? text : doubleQuoted(text) }

/// `text`, an address or another value of one word, as a YAML scalar inside brackets: as it is where it can be, so that
/// a number or a truth value remains one.
public func yamlItem(_ text: String) -> String {
  guard let first = text.utf8.first, text.utf8.last != 0x3A else { return yamlScalar(text) }
  // Amid a word, a colon and a hash are plain; a hyphen in front is that of a number.
  let isWord =
    (first == 0x2D
      ? text.utf8.dropFirst().first.map { (0x30...0x39).contains($0) } ?? false
      : YAMLLine.isNameByte(first) || first == 0x2E || first == 0x2F)
    && text.utf8.allSatisfy { YAMLLine.isNameByte($0) || "./:?=&%+~@#!$()*;'".utf8.contains($0) }
  return isWord && !Scalar(text).isNull ? text : yamlScalar(text)
}

private func write(
  _ fields: [(key: String, value: WrittenValue)], to text: inout String, indentation: String, first: String
) {
  var lead = first.isEmpty ? indentation : first
  for field in fields {
    text += lead + field.key + ":"
    lead = indentation
    switch field.value {
    case .text(let value): text += " " + scalar(value, indentation: indentation + "  ") + "\n"
    case .plain(let value): text += " " + value + "\n"
    case .list(let items) where items.isEmpty: text += " []\n"
    case .list(let items):
      if let line = flow(items) {
        text += " " + line + "\n"
      } else {
        text += "\n"
        write(items, to: &text, indentation: indentation + "  ")
      }
    case .mapping(let fields) where fields.isEmpty: text += " {}\n"
    case .mapping(let fields):
      text += "\n"
      write(fields, to: &text, indentation: indentation + "  ", first: "")
    }
  }
}

private func write(_ items: [WrittenValue], to text: inout String, indentation: String) {
  for item in items {
    switch item {
    case .text(let value): text += indentation + "- " + scalar(value, indentation: indentation + "  ") + "\n"
    case .plain(let value): text += indentation + "- " + value + "\n"
    case .list(let items): text += indentation + "- " + (flow(items) ?? "[]") + "\n"
    case .mapping(let fields) where fields.isEmpty: text += indentation + "- {}\n"
    case .mapping(let fields):
      write(fields, to: &text, indentation: indentation + "  ", first: indentation + "- ")
    }
  }
}

/// A short list of words on one line.
private func flow(_ items: [WrittenValue]) -> String? {
  var words: [String] = []
  for item in items {
    switch item {
    case .text(let text):
      guard !text.contains("\n") else { return nil }
      words.append(scalar(text, indentation: ""))
    case .plain(let text): words.append(text)
    case .list, .mapping: return nil
    }
  }
  let line = "[" + words.joined(separator: ", ") + "]"
  return line.utf8.count <= 100 ? line : nil
}

private func scalar(_ text: String, indentation: String) -> String {
  if isPlain(text) { return text }
  if isBlock(text) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return "|-\n" + lines.map { $0.isEmpty ? "" : indentation + $0 }.joined(separator: "\n")
  }
  return doubleQuoted(text)
}

/// Whether YAML reads these words as text that is the same, wherever they stand: they begin with a letter, and hold
/// nothing that means something.
private func isPlain(_ text: String) -> Bool {
  guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.utf8.last != 0x20 else {
    return false
  }
  switch text.lowercased() {
  case "true", "false", "null", "yes", "no", "on", "off", "y", "n": return false
  default: break
  }
  return text.unicodeScalars.allSatisfy { scalar in
    switch scalar.value {
    case 0x20, 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x27...0x29, 0x2D...0x2F, 0x3B, 0x3F, 0x5F: true
    case 0x21: true
    default: scalar.value > 0xA0 && !isHidden(scalar) && scalar.value != 0xFFFD && scalar.value < 0xFFFE
    }
  } && !text.contains("? ")
}

/// Whether a block of lines holds the text as it is.
private func isBlock(_ text: String) -> Bool {
  guard text.contains("\n"), let first = text.utf8.first, first != 0x20, first != 0x0A, first != 0x09,
    text.utf8.last != 0x0A
  else { return false }
  return text.unicodeScalars.allSatisfy { scalar in
    scalar == "\n" || scalar.value >= 0x20 && scalar.value < 0x7F
      || scalar.value >= 0xA0 && !isHidden(scalar)
        && scalar.value < 0xFFFE
  }
}

private func doubleQuoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case "\r": result += "\\r"
    default:
      if isHidden(scalar) || scalar.value == 0xFFFE || scalar.value == 0xFFFF {
        result +=
          scalar.value > 0xFFFF
          ? "\\U" + hexadecimal(scalar.value, width: 8) : "\\u" + hexadecimal(scalar.value, width: 4)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}
