import SourceText

/// Front matter that was pasted into the text, where it is a line across, a paragraph and a heading.
extension HTMLRenderer {
  /// Whether `block` begins in fields that were reported.
  func isInFrontMatter(_ block: ByteRange) -> Bool {
    pastedFrontMatter.map { $0.lowerBound <= block.lowerBound && block.lowerBound < $0.upperBound } ?? false
  }

  /// Reports the fields below the dashes that `node`, a line across or a heading, ends in, if dashes follow them.
  mutating func reportFrontMatter(below node: CMarkNode) {
    guard isProofread, !isPart, node.parent?.kind == .document, pastedFrontMatter == nil else { return }
    var first = node.endLine - 1
    // For libcmark, a heading ends in the line below it where that isn't empty.
    if lines.indices.contains(first), first >= node.startLine, !isFence(lines[first]) { first -= 1 }
    guard lines.indices.contains(first), isFence(lines[first]) else { return }
    var isNamed = false
    // More lines than that are no front matter.
    for line in lines[(first + 1)...].prefix(200) {
      if isFence(line) {
        guard isNamed else { return }
        let range = ByteRange(lines[first].indices.lowerBound, line.indices.upperBound)
        pastedFrontMatter = range
        let words = TableLayout.trimmed(source, range.indices.clamped(to: source.indices))
        return report(.secondFrontMatter(at: location(ByteRange(words.lowerBound, words.upperBound))))
      }
      guard let field = field(on: line) else { return }
      if field == .known { isNamed = true }
    }
  }

  private func isFence(_ line: ByteRange) -> Bool {
    let content = source[line.indices.clamped(to: source.indices)]
    return content.prefix(4).starts(with: [0x2D, 0x2D, 0x2D]) && content.dropFirst(3).allSatisfy(\.isSpace)
  }

  private enum FieldLine {
    /// A field that front matter has as good as always.
    case known
    case other
  }

  /// What a line of front matter is; `nil` if it is none. What is indented belongs to the field above it.
  private func field(on line: ByteRange) -> FieldLine? {
    let content = source[line.indices.clamped(to: source.indices)]
    guard let first = content.first else { return nil }
    if first == 0x20 || first == 0x09 || first == 0x2D || first == 0x23 { return .other }
    let name = content.prefix { $0.isLetter || $0.isDigit || $0 == 0x5F || $0 == 0x2D }
    guard !name.isEmpty, name.endIndex < content.endIndex, source[name.endIndex] == 0x3A,
      name.endIndex + 1 == content.endIndex || source[name.endIndex + 1].isSpace
    else { return nil }
    let isKnown = ["title", "name", "date", "layout"].contains { name.elementsEqual($0.utf8) }
    return isKnown ? .known : .other
  }
}

extension Diagnostic {
  fileprivate static func secondFrontMatter(at location: Location) -> Diagnostic {
    .warning(
      "markdown/second-front-matter",
      "these are fields of a second front matter, which are published as a part of the text", at: location,
      fix: "move what is new into the front matter at the top, and remove the rest with both lines ---")
  }
}
