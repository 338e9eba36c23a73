/// How the lines of a table are divided into cells, by the rules of GitHub Flavored Markdown.
enum TableLayout {
  /// How a column is set.
  enum Alignment {
    case none, left, center, right
  }

  /// More columns than this make no table.
  private static let columnLimit = 256

  /// The columns of the row of dashes in `range`, or `nil` if it is none.
  static func alignments(_ text: [UInt8], _ range: Range<Int>) -> [Alignment]? {
    var hasBorder = false
    for index in range {
      switch text[index] {
      case 0x7C, 0x3A: hasBorder = true
      case 0x2D, 0x20, 0x09: break
      default: return nil
      }
    }
    guard hasBorder else { return nil }
    var result: [Alignment] = []
    for cell in cells(text, range) {
      let startsWithColon = text[cell].first == 0x3A
      let endsWithColon = text[cell].last == 0x3A
      let dashes = text[cell].dropFirst(startsWithColon ? 1 : 0).dropLast(endsWithColon ? 1 : 0)
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == 0x2D }), result.count < columnLimit else { return nil }
      result.append(
        startsWithColon ? (endsWithColon ? .center : .left) : endsWithColon ? .right : .none)
    }
    return result.isEmpty ? nil : result
  }

  /// The cells of the row in `range`, without the spaces around them; a `|` behind a backslash does not
  /// divide, in code neither.
  static func cells(_ text: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    let row = trimmed(text, range)
    var start = row.lowerBound
    if start < row.upperBound, text[start] == 0x7C { start += 1 }
    var cells: [Range<Int>] = []
    var index = start
    while index < row.upperBound {
      if text[index] == 0x5C {
        index = min(index + 2, row.upperBound)
        continue
      }
      if text[index] == 0x7C {
        cells.append(trimmed(text, start..<index))
        start = index + 1
      }
      index += 1
    }
    // What follows the last `|` is a cell, unless it is nothing.
    if start < row.upperBound { cells.append(trimmed(text, start..<row.upperBound)) }
    return cells
  }

  /// `range` without spaces at its ends.
  static func trimmed(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    while start < end, text[start].isSpace { start += 1 }
    while end > start, text[end - 1].isSpace { end -= 1 }
    return start..<end
  }
}
