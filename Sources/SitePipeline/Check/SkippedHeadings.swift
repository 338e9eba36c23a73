import Columns
import Markdown
import SourceText

extension Check {
  /// Headings that skip a level, so that whoever moves from heading to heading looks for one that isn't there:
  /// `markdown/skipped-heading`.
  ///
  /// A page's title is its first level: a write-up or a page begins with the second, or with another of the first. Where
  /// notes and biographies stand on a page is the theme's to say, so that of theirs only the first is free.
  static let skippedHeadings = Check { site in
    site.bodies.flatMap { path, body -> [Diagnostic] in
      var above: Int? = path.kind == .writeUp || path.kind == .freePage ? 1 : nil
      return body.outline.compactMap { heading in
        defer { above = heading.level }
        guard let level = above, heading.level > level + 1 else { return nil }
        return .skippedHeading(heading, below: level, in: path)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func skippedHeading(_ heading: Heading, below level: Int, in path: ContentPath)
    -> Diagnostic
  {
    .warning(
      "markdown/skipped-heading",
      "this heading is of level \(heading.level), and what it stands below is of level \(level)",
      at: Location(path: path.sourcePath, range: heading.range),
      fix: "begin it with \(String(repeating: "#", count: level + 1))")
  }
}
