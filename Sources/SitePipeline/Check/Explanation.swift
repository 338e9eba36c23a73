import SourceText

/// What the id of a diagnostic means and what to do about it: a section of `Documentation/diagnostics/`, which ships
/// inside the program.
public struct Explanation: Sendable {
  /// The id, such as `ballot/not-a-candidate`.
  public let id: String
  /// Paragraphs in Markdown, without a line end after the last.
  public let text: String

  /// The first sentence, on one line.
  public var summary: String {
    let paragraph = text.split(separator: "\n\n", maxSplits: 1).first ?? ""
    let line = paragraph.split(separator: "\n").joined(separator: " ")
    return line.firstRange(of: ". ").map { String(line[..<$0.lowerBound]) + "." } ?? line
  }

  /// All there are, in the order of their ids.
  public static let all: [Explanation] = DiagnosticFiles.all
    .flatMap { sections(of: $0.text) }
    .sorted { $0.id < $1.id }

  /// Those of one area, such as `ballot`, or the one with an id; none where there is no such area or id.
  public static func matching(_ name: String) -> [Explanation] {
    all.filter { $0.id == name || $0.id.hasPrefix(name + "/") }
  }

  /// What `name` may be meant as, when it matches nothing: an id or an area.
  public static func suggestion(for name: String) -> String? {
    let areas = Set(all.map { String($0.id.prefix { $0 != "/" }) }).sorted()
    // The right word in the wrong area is more likely than a word that looks alike.
    let sameName = name.split(separator: "/").last.flatMap { word in all.first { $0.id.hasSuffix("/" + word) }
    }
    return sameName?.id ?? nearest(to: name, among: all.map(\.id) + areas)
  }

  private static func sections(of text: String) -> [Explanation] {
    text.split(separator: "\n## ").dropFirst().map { section in
      let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
      let body = lines.dropFirst().drop { $0.isEmpty }
      let end = body.lastIndex { !$0.isEmpty } ?? body.startIndex
      return Explanation(
        id: lines[0].filter { $0 != "`" && $0 != " " }, text: body[...end].joined(separator: "\n"))
    }
  }
}
