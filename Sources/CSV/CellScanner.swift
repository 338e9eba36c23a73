import SourceText

/// Reads rows of cells as RFC 4180 has them, and as programs write them: lines end with CR LF, LF or CR, blanks may
/// surround the quotes of a cell, and a quote inside a cell that doesn't begin with one is a character like others.
struct CellScanner {
  /// A cell's bytes, with its quotes.
  struct Cell {
    var range: ByteRange
    var isQuoted: Bool
  }

  /// What can't be read.
  enum Problem {
    /// The quote at the place has no second one.
    case unclosedQuote(Int)
    /// There is text at the place, behind a cell's closing quote.
    case textBehindQuote(Int)
  }

  /// A row's cells; at least one.
  struct Row {
    var cells: [Cell] = []
    /// Whether nothing but blanks is in it.
    var isBlank = true
  }

  private let bytes: [UInt8]
  private let end: Int
  private let delimiter: UInt8
  private var index: Int
  /// The first problem so far.
  private(set) var problem: Problem?

  init(_ bytes: [UInt8], from start: Int, to end: Int, delimiter: UInt8) {
    self.bytes = bytes
    self.end = end
    self.delimiter = delimiter
    index = start
  }

  var isAtEnd: Bool { index >= end }

  /// The next row; `nil` at the end, and past a problem.
  mutating func row() -> Row? {
    guard !isAtEnd, problem == nil else { return nil }
    var row = Row()
    while true {
      let cell = cell()
      row.cells.append(cell)
      row.isBlank = row.isBlank && isBlank(cell)
      guard problem == nil, index < end, bytes[index] == delimiter else { break }
      index += 1
    }
    if index + 1 < end, bytes[index] == 0x0D, bytes[index + 1] == 0x0A { index += 1 }
    if problem == nil, index < end { index += 1 }
    return row
  }

  private func isBlank(_ cell: Cell) -> Bool {
    !cell.isQuoted && bytes[cell.range.indices].allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// The cell that begins here; leaves off at the delimiter or line end behind it.
  private mutating func cell() -> Cell {
    let start = index
    var opening = index
    while opening < end, isSpace(bytes[opening]) { opening += 1 }
    if opening < end, bytes[opening] == 0x22 { return quoted(from: opening) }
    while index < end, !endsCell(bytes[index]) { index += 1 }
    return Cell(range: ByteRange(start, index), isQuoted: false)
  }

  private mutating func quoted(from opening: Int) -> Cell {
    index = opening + 1
    while index < end {
      guard bytes[index] == 0x22 else {
        index += 1
        continue
      }
      if index + 1 < end, bytes[index + 1] == 0x22 {
        index += 2
        continue
      }
      index += 1
      let cell = Cell(range: ByteRange(opening, index), isQuoted: true)
      while index < end, isSpace(bytes[index]) { index += 1 }
      if index < end, !endsCell(bytes[index]) { problem = .textBehindQuote(index) }
      return cell
    }
    problem = .unclosedQuote(opening)
    return Cell(range: ByteRange(opening, end), isQuoted: true)
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 && delimiter != 0x09 }

  private func endsCell(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A || byte == 0x0D }
}
