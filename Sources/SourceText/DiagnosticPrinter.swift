/// Writes diagnostics as text for people or as JSON lines for editors.
///
/// Sources are asked for by path and only for what is printed, so that nobody has to keep the bytes of
/// every file until the end of a build.
public struct DiagnosticPrinter {
  private let read: (String) -> [UInt8]?
  private let style: Style
  private let isConfidential: (String) -> Bool
  private var cache: [String: (bytes: [UInt8], lines: LineTable)] = [:]

  /// How text is dressed.
  public enum Style: Sendable {
    /// Plain text.
    case plain
    /// Text with ANSI colours, for a terminal.
    case colored
  }

  /// A printer that gets the bytes of a source from `read`, which returns `nil` for a path it does not know. Lines of
  /// sources that are confidential are not shown; places in them are.
  public init(
    style: Style = .plain, isConfidential: @escaping (String) -> Bool = { _ in false },
    reading read: @escaping (String) -> [UInt8]?
  ) {
    self.read = read
    self.style = style
    self.isConfidential = isConfidential
  }

  /// The diagnostic as lines of text, each ended by LF: `path:line:column: severity: message [id]`, an
  /// excerpt of up to three lines with carets under the place, and the notes.
  ///
  /// Control and bidirectional formatting characters in content are shown as `U+XXXX`, so that a source
  /// can neither drive the terminal nor disguise itself.
  public mutating func text(_ diagnostic: Diagnostic) -> String {
    var result = ""
    if let place = place(of: diagnostic.location) {
      result += paint(place, .bold) + " "
    }
    result += paint("\(diagnostic.severity.rawValue):", color(of: diagnostic.severity))
    result += " " + paint(terminalText(diagnostic.message), .bold) + paint(" [\(diagnostic.id)]", .faint)
    result += "\n"
    result += excerpt(diagnostic)
    for note in diagnostic.notes {
      if let place = place(of: note.location) { result += place + " " }
      result += paint("note:", .cyan) + " \(terminalText(note.message))\n"
    }
    return result
  }

  /// The diagnostic as one JSON object on one line, without a line end: `severity`, `id`, `message`, and
  /// where known `path`, `line`, `column`, `endLine`, `endColumn`, `offset`, `length`, `fix`, `edit`, `notes`.
  public mutating func json(_ diagnostic: Diagnostic) -> String {
    var fields: [(String, String)] = [
      ("severity", quoted(diagnostic.severity.rawValue)),
      ("id", quoted(diagnostic.id)),
      ("message", quoted(diagnostic.message)),
    ]
    fields += jsonPlace(diagnostic.location)
    if let fix = diagnostic.fix { fields.append(("fix", quoted(fix))) }
    if let edit = diagnostic.edit {
      fields.append(
        (
          "edit",
          object([
            ("offset", "\(edit.range.lowerBound)"), ("length", "\(edit.range.count)"),
            ("replacement", quoted(edit.replacement)),
          ])
        ))
    }
    if !diagnostic.notes.isEmpty {
      let notes = diagnostic.notes.map { note in
        object([("message", quoted(note.message))] + jsonPlace(note.location))
      }
      fields.append(("notes", "[" + notes.joined(separator: ",") + "]"))
    }
    return object(fields)
  }
}

// MARK: - Places and excerpts

extension DiagnosticPrinter {
  /// The lines below the first: those of the place with carets under it, and what to write instead; empty where neither
  /// is known.
  public mutating func excerpt(_ diagnostic: Diagnostic) -> String {
    let excerpt = excerpt(at: diagnostic.location, fix: diagnostic.fix)
    guard excerpt.isEmpty, let fix = diagnostic.fix else { return excerpt }
    return "  " + paint(terminalText(fix), .green) + "\n"
  }

  /// The line and the column, both from 1, at which `location` begins; `nil` when its source isn't known.
  public mutating func position(_ location: Location) -> (line: Int, column: Int)? {
    guard let position = lines(of: location.path)?.lines.position(of: location.range.lowerBound) else {
      return nil
    }
    return (position.line, position.column)
  }

  private mutating func lines(of path: String) -> (bytes: [UInt8], lines: LineTable)? {
    if let known = cache[path] { return known }
    guard let bytes = read(path) else { return nil }
    let entry = (bytes, LineTable(bytes))
    cache[path] = entry
    return entry
  }

  /// The place as messages begin with it, `path:line:column:`, or `path:` when its source isn't known.
  public mutating func place(of location: Location?) -> String? {
    guard let location else { return nil }
    let path = terminalText(location.path)
    guard let source = lines(of: location.path) else { return path + ":" }
    let position = source.lines.position(of: location.range.lowerBound)
    return "\(path):\(position.line):\(position.column):"
  }

  /// The line of the place between its neighbours, and carets under the place's first line; nothing of a picture or
  /// the like, which has NULs near its start.
  private mutating func excerpt(at location: Location?, fix: String?) -> String {
    guard let location, !isConfidential(location.path), let source = lines(of: location.path),
      !source.bytes.isEmpty, !source.bytes.prefix(1024).contains(0)
    else { return "" }
    let start = source.lines.position(of: location.range.lowerBound)
    let numberWidth = max(4, String(start.line + 1).utf8.count)
    var result = ""
    for line in max(1, start.line - 1)...(start.line + 1) {
      guard let range = source.lines.range(ofLine: line) else { continue }
      let content = trimmingLineEnd(source.bytes[range])
      if line != start.line && content.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      let number = String(line)
      let padding = String(repeating: " ", count: numberWidth - number.utf8.count)
      let window = window(of: content, around: start.column - 1)
      let shown = terminalText(String(decoding: content[window], as: UTF8.self))
      let before = window.lowerBound > content.startIndex ? "…" : ""
      let after = window.upperBound < content.endIndex ? "…" : ""
      result += paint("\(padding)\(number) | ", .faint) + before + shown + after + "\n"
      guard line == start.line else { continue }
      let first = min(range.lowerBound + start.column - 1, window.upperBound)
      let last = min(max(location.range.indices.upperBound, first), window.upperBound)
      let lead = terminalText(String(decoding: content[min(window.lowerBound, first)..<first], as: UTF8.self))
      let marked = terminalText(String(decoding: content[first..<last], as: UTF8.self))
      let indent = String(repeating: " ", count: numberWidth) + " | "
      let gap = String(repeating: " ", count: terminalWidth(before + lead))
      let carets = "^" + String(repeating: "~", count: max(0, terminalWidth(marked) - 1))
      result += paint(indent, .faint) + gap + paint(carets, .green)
      if let fix { result += " " + paint(terminalText(fix), .green) }
      result += "\n"
    }
    return result
  }

  /// The part of a long line that is worth printing: up to 160 bytes around `column`.
  private func window(of line: ArraySlice<UInt8>, around column: Int) -> Range<Int> {
    let limit = 160
    guard line.count > limit else { return line.startIndex..<line.endIndex }
    var lower = line.startIndex + max(0, min(column - limit / 2, line.count - limit))
    var upper = min(line.endIndex, lower + limit)
    while lower > line.startIndex, lower < line.endIndex, line[lower] & 0xC0 == 0x80 { lower -= 1 }
    while upper < line.endIndex, line[upper] & 0xC0 == 0x80 { upper += 1 }
    return lower..<upper
  }

  private func trimmingLineEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    while let last = line.last, last == 0x0A || last == 0x0D { line.removeLast() }
    return line
  }
}

// MARK: - Text for a terminal

extension DiagnosticPrinter {
  private enum Paint: String {
    case bold = "1"
    case faint = "2"
    case red = "1;31"
    case green = "32"
    case yellow = "1;33"
    case cyan = "36"
  }

  private func paint(_ text: String, _ paint: Paint) -> String {
    switch style {
    case .plain: text
    case .colored: "\u{1B}[\(paint.rawValue)m\(text)\u{1B}[0m"
    }
  }

  private func color(of severity: Diagnostic.Severity) -> Paint {
    switch severity {
    case .note: .cyan
    case .warning: .yellow
    case .error: .red
    }
  }
}

// MARK: - JSON

extension DiagnosticPrinter {
  private mutating func jsonPlace(_ location: Location?) -> [(String, String)] {
    guard let location else { return [] }
    var fields = [("path", quoted(location.path))]
    if let source = lines(of: location.path) {
      let start = source.lines.position(of: location.range.lowerBound)
      let end = source.lines.position(of: location.range.upperBound)
      fields += [
        ("line", "\(start.line)"), ("column", "\(start.column)"),
        ("endLine", "\(end.line)"), ("endColumn", "\(end.column)"),
      ]
    }
    fields += [("offset", "\(location.range.lowerBound)"), ("length", "\(location.range.count)")]
    return fields
  }

  private func object(_ fields: [(String, String)]) -> String {
    "{" + fields.map { "\(quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}"
  }

  private func quoted(_ text: String) -> String {
    var buffer = ByteBuffer()
    buffer.appendJSONString(text)
    return String(decoding: buffer.bytes, as: UTF8.self)
  }
}
