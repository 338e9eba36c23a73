import SourceText

/// The files of a site, written as one string: a line `>>> path` before the text of each file.
public struct SiteText: Sendable {
  /// The files by path, in the order written.
  public let files: [(path: String, text: String)]

  /// The files that `text` spells.
  public init(_ text: String) {
    var files: [(path: String, text: String)] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix(">>> ") {
        files.append((path: String(line.dropFirst(4)), text: ""))
      } else if !files.isEmpty {
        files[files.count - 1].text += line + "\n"
      }
    }
    self.files = files
  }

  /// The diagnostics as lines `path:line:column id`, in their order.
  public func lines(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.sorted().map { diagnostic in
      guard let location = diagnostic.location,
        let file = files.first(where: { "content/" + $0.path == location.path || $0.path == location.path })
      else { return "\(diagnostic.location?.path ?? "-") \(diagnostic.id)" }
      let position = LineTable(Array(file.text.utf8)).position(of: location.range.lowerBound)
      return "\(file.path):\(position.line):\(position.column) \(diagnostic.id)"
    }
  }
}
