import SourceText
import YAML

/// A post as its file has it: what stands above its text, and the text.
struct PostFile {
  private(set) var fields: [PostValue.Entry] = []
  private(set) var body = ""
  /// Why its front matter can't be read.
  private(set) var problem: String?
  /// Whether it has any.
  private(set) var hasFields = true

  /// Reads YAML between `---`, TOML between `+++`, a JSON object, Nikola's `.. title: x` and the `Title: x` of Pelican and MultiMarkdown.
  init(_ text: String) {
    var text = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    if text.unicodeScalars.first?.value == 0xFEFF { text.unicodeScalars.removeFirst() }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let first = lines.firstIndex { !$0.allSatisfy(\.isWhitespace) } ?? 0
    guard first < lines.count else {
      hasFields = false
      return
    }
    let fence = trimmed(String(lines[first]))
    switch fence {
    case "---", "+++":
      let ends = fence == "---" ? ["---", "..."] : ["+++"]
      guard
        let end = lines.indices.dropFirst(first + 1).first(where: {
          ends.contains(trimmed(String(lines[$0])))
        })
      else {
        problem = "its front matter has no end: a line of \(fence) is missing"
        return
      }
      body = lines[(end + 1)...].joined(separator: "\n")
      let head = lines[(first + 1)..<end].joined(separator: "\n") + "\n"
      if fence == "---" { readYAML(head, line: first + 1) } else { readTOML(head, line: first + 1) }
    case _ where JSONText.isObject(text[lines[first].startIndex...]):
      readJSON(String(text[lines[first].startIndex...]), line: first)
    case "<!--" where lines.count > first + 1 && lines[first + 1].hasPrefix(".. "):
      let end =
        lines.indices.dropFirst(first + 1).first { trimmed(String(lines[$0])) == "-->" } ?? lines.endIndex
      readPairs(lines[(first + 1)..<end].map { $0.drop { $0 == "." || $0 == " " } })
      body = lines[min(end + 1, lines.count)...].joined(separator: "\n")
    default:
      var end = first
      while end < lines.count, Self.pair(lines[end]) != nil || end > first && lines[end].hasPrefix("    ") {
        end += 1
      }
      guard end > first, end == lines.count || lines[end].allSatisfy(\.isWhitespace) else {
        hasFields = false
        body = text
        return
      }
      readPairs(Array(lines[first..<end]))
      body = lines[end...].joined(separator: "\n")
    }
  }

  subscript(key: String) -> PostValue? { fields.first { $0.key.lowercased() == key }?.value }

  /// The text of the first of `keys` that has one.
  func first(of keys: [String]) -> String? { keys.lazy.compactMap { self[$0]?.line }.first }

  private static func pair(_ line: Substring) -> (key: String, value: String)? {
    guard let colon = line.firstIndex(of: ":"),
      line.index(after: colon) == line.endIndex || line[line.index(after: colon)] == " "
    else { return nil }
    let key = String(line[..<colon])
    guard isPlainKey(key) else { return nil }
    return (key.lowercased(), trimmed(String(line[colon...].dropFirst())))
  }

  private mutating func readPairs(_ lines: [Substring]) {
    for line in lines {
      if let (key, value) = Self.pair(line) {
        fields.append(PostValue.Entry(key: key, value: .plain(value)))
      } else if let last = fields.last, case .plain(let text) = last.value, line.hasPrefix("    ") {
        fields[fields.count - 1].value = .plain(text + " " + trimmed(String(line)))
      }
    }
    hasFields = !fields.isEmpty
  }

  /// Reads the object that `text` begins with, and takes what comes behind it for the body.
  private mutating func readJSON(_ text: String, line: Int) {
    guard let end = JSONText.end(of: text) else {
      problem = "its front matter has no end: a } is missing"
      return
    }
    body = String(text[end...])
    readYAML(JSONText.yaml(String(text[..<end])), line: line)
  }

  private mutating func readYAML(_ text: String, line: Int) {
    let source = Source(path: "post", text: cleaned(text))
    var diagnostics: [Diagnostic] = []
    let node = YAML.parse(source, diagnostics: &diagnostics)
    if let error = diagnostics.first(where: { $0.severity == .error }) {
      let place = error.location.map {
        line + source.bytes.prefix($0.range.indices.lowerBound).reduce(into: 1) { if $1 == 0x0A { $0 += 1 } }
      }
      problem =
        "its front matter is no sound \(text.utf8.first == 0x7B ? "JSON" : "YAML")\(place.map { " in line \($0)" } ?? ""): \(error.message)"
    } else if let node {
      switch PostValue(node) {
      case .mapping(let entries): fields = entries
      case .plain(let text) where text.isEmpty: break
      default: problem = "its front matter is no list of fields"
      }
    }
  }

  private mutating func readTOML(_ text: String, line: Int) {
    do throws(TOML.Mistake) {
      fields = try TOML.parse(cleaned(text))
    } catch {
      problem = "its front matter is no sound TOML in line \(line + error.line)"
    }
  }
}
