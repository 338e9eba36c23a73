import SourceText

/// What stands between the cells of a row.
public enum Delimiter: String, Sendable, CaseIterable {
  /// `,`, as RFC 4180 has it.
  case comma
  /// `;`, which spreadsheets write where the comma is the decimal sign.
  case semicolon
  /// A tab.
  case tab

  /// The ASCII character.
  var byte: UInt8 {
    switch self {
    case .comma: 0x2C
    case .semicolon: 0x3B
    case .tab: 0x09
    }
  }
}

extension Delimiter {
  /// The delimiter that `bytes` from `start` on were most likely written with: the one that makes most of the first
  /// rows as wide as the first one is, and that wider than one cell; a comma where none does.
  ///
  /// - Complexity: O(1): at most 50 rows and 64 KiB are looked at.
  static func likely(in bytes: [UInt8], from start: Int) -> Delimiter {
    var best: (fit: (Int, Int), delimiter: Delimiter) = ((0, 0), .comma)
    for delimiter in allCases {
      let fit = delimiter.fit(bytes, from: start)
      if fit > best.fit { best = (fit, delimiter) }
    }
    return best.delimiter
  }

  /// How many of the first rows are as wide as the first, and how wide that is; nothing for one cell a row.
  private func fit(_ bytes: [UInt8], from start: Int) -> (rows: Int, width: Int) {
    let end = min(bytes.count, start + 64 << 10)
    var scanner = CellScanner(bytes, from: start, to: end, delimiter: byte)
    var width: Int?
    var fitting = 0
    for _ in 0..<50 {
      guard let row = scanner.row(), scanner.problem == nil else { break }
      // A row that the end cuts says nothing.
      if scanner.isAtEnd, end < bytes.count, width != nil { break }
      if row.isBlank { continue }
      if width == nil { width = row.cells.count }
      if row.cells.count == width { fitting += 1 }
    }
    guard let width, width > 1 else { return (0, 0) }
    return (fitting, width)
  }
}
