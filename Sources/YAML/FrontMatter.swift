public import SourceText

/// The YAML between `---` lines at the top of a Markdown file, and the text below it.
public struct FrontMatter: Sendable {
  /// The lines between the two `---` lines, with their line ends.
  public let yaml: ByteRange
  /// Everything below the second `---` line.
  public let body: ByteRange

  /// Finds the front matter of `source`; `nil`, with a diagnostic, when there is none or its end is missing.
  ///
  /// A byte order mark, CR LF and lone CR line ends, and blanks after a `---` are understood. Empty lines
  /// above the first `---` are reported, and read past.
  ///
  /// - Complexity: O(*n*) in the number of bytes up to the second `---`.
  public static func split(_ source: Source, diagnostics: inout [Diagnostic]) -> FrontMatter? {
    let bytes = source.bytes
    let range = source.clamped(nil)
    var line = Line(bytes, at: range.lowerBound)
    while line.isBlank(in: bytes), line.next < range.upperBound { line = Line(bytes, at: line.next) }
    if line.isBlank(in: bytes) {
      diagnostics.append(.emptyFile(at: source.location(range.lowerBound..<range.lowerBound)))
      return nil
    }
    let opening = line
    guard opening.isFence(in: bytes) else {
      if source.looksLikeUTF16 {
        checkText(source, diagnostics: &diagnostics)
        return nil
      }
      diagnostics.append(
        opening.isAlmostFence(in: bytes)
          ? .almostFence(at: source.location(opening.range))
          : .missingFrontMatter(at: source.location(opening.start..<opening.start)))
      return nil
    }
    if opening.start > range.lowerBound {
      diagnostics.append(.linesAboveFrontMatter(at: source.location(opening.range)))
    }
    while line.next < bytes.count {
      line = Line(bytes, at: line.next)
      if line.isFence(in: bytes) {
        return FrontMatter(
          yaml: ByteRange(opening.next, line.start), body: ByteRange(line.next, bytes.count))
      }
    }
    let end = likelyEnd(bytes, after: opening)
    if let end, end.isAlmostFence(in: bytes) {
      diagnostics.append(.almostFence(at: source.location(end.range)))
      return FrontMatter(
        yaml: ByteRange(opening.next, end.start), body: ByteRange(end.next, bytes.count))
    }
    diagnostics.append(
      .unclosedFrontMatter(
        at: source.location(opening.range), likelyEnd: end.map { source.location($0.range) }))
    return nil
  }

  /// The first line below `opening` that looks like prose, Markdown or a `---` gone wrong rather than like YAML.
  private static func likelyEnd(_ bytes: [UInt8], after opening: Line) -> Line? {
    var line = opening
    while line.next < bytes.count {
      let isBelowBlank = line.isBlank(in: bytes)
      line = Line(bytes, at: line.next)
      if line.isAlmostFence(in: bytes) { return line }
      guard let first = line.range.first.map({ bytes[$0] }) else { continue }
      switch first {
      case 0x20, 0x09, 0x2D, 0x5D, 0x7D: continue
      case 0x23: if isBelowBlank || bytes[line.range].starts(with: [0x23, 0x23]) { return line }
      default: if YAMLLine(bytes, at: line.start, end: line.end).colon == nil { return line }
      }
    }
    return nil
  }
}

/// A line of a source: where it begins, where its text ends and where the next one begins.
///
/// It doesn't hold the source's bytes, which are given to whoever asks about them.
struct Line {
  let start: Int
  let end: Int
  let next: Int

  init(_ bytes: [UInt8], at start: Int) {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
    var next = end
    if next < bytes.count {
      let isPair = bytes[next] == 0x0D && next + 1 < bytes.count && bytes[next + 1] == 0x0A
      next += isPair ? 2 : 1
    }
    self.start = start
    self.end = end
    self.next = next
  }

  /// The line without its line end.
  var range: Range<Int> { start..<end }

  func isBlank(in bytes: [UInt8]) -> Bool { isBlank(bytes, from: start) }

  private func isBlank(_ bytes: [UInt8], from first: Int) -> Bool {
    var index = first
    while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    return index == end
  }

  /// Whether it is `---`, and blanks after it.
  func isFence(in bytes: [UInt8]) -> Bool {
    guard end - start >= 3, bytes[start] == 0x2D, bytes[start + 1] == 0x2D, bytes[start + 2] == 0x2D else {
      return false
    }
    return isBlank(bytes, from: start + 3)
  }

  /// Whether it is made of dashes, but of too few, too many or such as editors make of two or three hyphens,
  /// or has blanks in front.
  func isAlmostFence(in bytes: [UInt8]) -> Bool {
    guard end - start <= 24 else { return false }
    var dashes = 0
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      switch scalar.value {
      case 0x2D: dashes += 1
      case 0x2010...0x2015, 0x2212: dashes += 2
      case 0x20, 0x09, 0xA0: break
      default: return false
      }
    }
    return dashes >= 2 && !isFence(in: bytes)
  }
}

extension Diagnostic {
  fileprivate static func emptyFile(at location: Location) -> Diagnostic {
    .error(
      "front-matter/empty-file", "the file is empty", at: location,
      fix: "begin with a line ---, then 'title: …' and the other fields, then a line ---")
  }

  fileprivate static func missingFrontMatter(at location: Location) -> Diagnostic {
    .error(
      "front-matter/missing", "the file does not begin with front matter", at: location,
      fix: "put a line --- at the very top, then 'title: …' and the other fields, then a line ---")
  }

  fileprivate static func unclosedFrontMatter(at location: Location, likelyEnd: Location?) -> Diagnostic {
    .error(
      "front-matter/unclosed", "the front matter that begins here has no end", at: location,
      fix: "put a line --- below its last field",
      notes: likelyEnd.map { [Note("the front matter seems to end above this line", at: $0)] } ?? [])
  }

  fileprivate static func almostFence(at location: Location) -> Diagnostic {
    .error(
      "front-matter/not-three-hyphens",
      "front matter begins and ends with a line of exactly three hyphens", at: location, fix: "write ---",
      edit: Edit(location.range, "---"))
  }

  fileprivate static func linesAboveFrontMatter(at location: Location) -> Diagnostic {
    .error(
      "front-matter/not-at-top", "the front matter is not at the very top of the file", at: location,
      fix: "remove the empty lines above it")
  }
}
