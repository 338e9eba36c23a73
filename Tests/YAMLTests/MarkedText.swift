import SourceText
import Testing

@testable import YAML

/// A text whose «places» a test speaks of; the marks are taken out.
struct MarkedText {
  private(set) var text = ""
  /// The marked places in the order in which they begin.
  private(set) var ranges: [ByteRange] = []

  init(_ marked: String) {
    var open: [Int] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "«":
        open.append(ranges.count)
        ranges.append(ByteRange(at: text.utf8.count))
      case "»":
        if let index = open.popLast() { ranges[index].upperBound = UInt32(text.utf8.count) }
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  var source: Source { Source(path: "a.md", text: text) }
}

/// A diagnostic as tests compare it.
struct Found: Equatable, CustomStringConvertible {
  var id: String
  var range: ByteRange?
  var fix: String?

  init(_ id: String, _ range: ByteRange?, fix: String?) {
    self.id = id
    self.range = range
    self.fix = fix
  }

  init(_ diagnostic: Diagnostic) {
    self.init(diagnostic.id, diagnostic.location?.range, fix: diagnostic.fix)
  }

  var description: String {
    "\(id) \(range.map { "\($0.lowerBound)..<\($0.upperBound)" } ?? "-") \(fix ?? "-")"
  }
}

/// A node in one line: text in single quotes when it was quoted, `⊥` when it is unreadable.
func inOneLine(_ node: Node?) -> String {
  guard let node else { return "nil" }
  switch node.content {
  case .scalar(let scalar):
    if scalar.isUnreadable { return "⊥" }
    return scalar.isPlain ? scalar.text : "'\(scalar.text)'"
  case .sequence(let items): return "[" + items.map(inOneLine).joined(separator: ", ") + "]"
  case .mapping(let entries):
    return "{" + entries.map { "\($0.key): \(inOneLine($0.value))" }.joined(separator: ", ") + "}"
  }
}
