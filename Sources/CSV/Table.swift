public import SourceText

/// A file of comma-separated values: the names of its columns and the rows below them.
///
/// Cells are kept as places in the file, and become text when they are asked for: most of a large export is never
/// looked at.
public struct Table: Sendable {
  /// The file.
  public let source: Source
  /// What stands between its cells.
  public let delimiter: Delimiter
  /// The names in the first row, without blanks around them.
  public let columns: [String]
  /// The number of rows below the first; blank ones are left out.
  public var rowCount: Int { starts.count }

  /// The cells of all rows, and for each row the first of its own.
  private var cells: [CellScanner.Cell] = []
  private var starts: [Int] = []

  /// How much a file may hold; more is a diagnostic.
  public struct Limits: Sendable {
    /// How many bytes.
    public var byteCount: Int
    /// How many rows and how many cells in all.
    public var rowCount: Int, cellCount: Int

    /// The given limits; by default 64 MiB, a million rows and ten million cells.
    public init(byteCount: Int = 64 << 20, rowCount: Int = 1_000_000, cellCount: Int = 10_000_000) {
      self.byteCount = byteCount
      self.rowCount = rowCount
      self.cellCount = cellCount
    }
  }

  /// The text of a cell, without the quotes around it and blanks at its ends; empty where the row is too short to
  /// have it.
  public func text(row: Int, column: Int) -> String {
    guard let cell = cell(row, column) else { return "" }
    return Table.text(of: cell, in: source.bytes)
  }

  /// The place of a cell, with its quotes; of one that a row is too short for, the row's end.
  public func range(row: Int, column: Int) -> ByteRange {
    if let cell = cell(row, column) { return cell.range }
    guard starts.indices.contains(row) else { return ByteRange(at: source.bytes.count) }
    return ByteRange(at: cells[end(ofRow: row) - 1].range.indices.upperBound)
  }

  private func cell(_ row: Int, _ column: Int) -> CellScanner.Cell? {
    guard starts.indices.contains(row), column >= 0, starts[row] + column < end(ofRow: row) else {
      return nil
    }
    return cells[starts[row] + column]
  }

  private func end(ofRow row: Int) -> Int { row + 1 < starts.count ? starts[row + 1] : cells.count }

  private static func text(of cell: CellScanner.Cell, in bytes: [UInt8]) -> String {
    var content = bytes[cell.range.indices]
    if cell.isQuoted { content = content.dropFirst().dropLast() }
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    while let first = content.first, isBlank(first) { content.removeFirst() }
    while let last = content.last, isBlank(last) { content.removeLast() }
    guard cell.isQuoted, content.contains(0x22) else { return String(decoding: content, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(content.count)
    var isSecond = false
    for byte in content {
      isSecond = byte == 0x22 && !isSecond
      if !isSecond { text.append(byte) }
    }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - Parsing

extension Table {
  /// Reads `source`, whose cells `delimiter` parts; that is found out where it isn't told. A line `sep=;` at the top,
  /// which Excel writes and reads, tells it, too.
  ///
  /// Rows may be shorter than the first, as spreadsheets write them; what is longer is reported, as is everything
  /// that leaves open where a cell ends. `nil` when the whole can't be read, which is then among the diagnostics.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public static func parse(
    _ source: Source, delimiter: Delimiter? = nil, limits: Limits = Limits(), diagnostics: inout [Diagnostic]
  ) -> Table? {
    guard source.bytes.count <= limits.byteCount else {
      diagnostics.append(.tooLarge(source, limit: limits.byteCount))
      return nil
    }
    guard isText(source, &diagnostics) else { return nil }
    var start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let told = toldDelimiter(source.bytes, &start)
    let delimiter = delimiter ?? told ?? Delimiter.likely(in: source.bytes, from: start)
    var scanner = CellScanner(source.bytes, from: start, to: source.bytes.count, delimiter: delimiter.byte)
    var head: [CellScanner.Cell]?
    while head == nil, let row = scanner.row() { if !row.isBlank { head = row.cells } }
    guard let head else {
      diagnostics.append(.empty(source))
      return nil
    }
    var table = Table(
      source: source, delimiter: delimiter, columns: head.map { text(of: $0, in: source.bytes) })
    while let row = scanner.row() {
      if row.isBlank { continue }
      guard table.starts.count < limits.rowCount, table.cells.count + row.cells.count <= limits.cellCount
      else {
        diagnostics.append(.tooManyRows(source, limits, at: row.cells[0].range))
        return nil
      }
      if row.cells.count > head.count,
        let first = row.cells[head.count...].first(where: { !$0.range.isEmpty })
      {
        diagnostics.append(.longRow(source, row.cells.count, of: head.count, at: first.range))
      }
      table.starts.append(table.cells.count)
      table.cells += row.cells
    }
    if let problem = scanner.problem {
      diagnostics.append(.unreadable(source, problem))
      return nil
    }
    return table
  }

  private init(source: Source, delimiter: Delimiter, columns: [String]) {
    self.source = source
    self.delimiter = delimiter
    self.columns = columns
  }

  private static func isText(_ source: Source, _ diagnostics: inout [Diagnostic]) -> Bool {
    let bytes = source.bytes
    let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    // A workbook of Excel's or LibreOffice's is a ZIP archive, one of an old Excel a compound file.
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      diagnostics.append(.notUTF8(source, at: 0, "a workbook, or an archive"))
      return false
    }
    if isUTF16 || bytes.prefix(1024).contains(0) {
      diagnostics.append(.notUTF8(source, at: 0, "UTF-16"))
      return false
    }
    do {
      _ = try UTF8Span(validating: bytes.span)
      return true
    } catch {
      diagnostics.append(.notUTF8(source, at: error.byteOffsets.lowerBound, nil))
      return false
    }
  }

  /// The delimiter that a first line `sep=;` names; `start` is then moved behind that line.
  private static func toldDelimiter(_ bytes: [UInt8], _ start: inout Int) -> Delimiter? {
    let line = bytes[start...].prefix(6)
    guard line.count >= 5, line.prefix(4).elementsEqual("sep=".utf8),
      let delimiter = Delimiter.allCases.first(where: { $0.byte == line[line.startIndex + 4] }),
      line.count == 5 || line.last == 0x0A || line.last == 0x0D
    else { return nil }
    start += 5
    if start < bytes.count, bytes[start] == 0x0D { start += 1 }
    if start < bytes.count, bytes[start] == 0x0A { start += 1 }
    return delimiter
  }
}

extension Diagnostic {
  fileprivate static func tooLarge(_ source: Source, limit: Int) -> Diagnostic {
    .error(
      "csv/too-large", "the file is larger than \(limit >> 20) MiB, and not read",
      at: Location(path: source.path, range: ByteRange(at: 0)),
      fix: "export only the columns that are needed")
  }

  fileprivate static func tooManyRows(_ source: Source, _ limits: Table.Limits, at range: ByteRange)
    -> Diagnostic
  {
    .error(
      "csv/too-large", "the file has more than \(limits.rowCount) rows or \(limits.cellCount) cells",
      at: Location(path: source.path, range: range), fix: "export only the columns that are needed")
  }

  fileprivate static func empty(_ source: Source) -> Diagnostic {
    .error(
      "csv/empty", "the file is empty", at: Location(path: source.path, range: ByteRange(at: 0)),
      fix: "export the answers again, with the names of the columns in the first row")
  }

  fileprivate static func notUTF8(_ source: Source, at offset: Int, _ encoding: String?) -> Diagnostic {
    .error(
      "csv/not-utf-8", encoding.map { "the file is \($0)" } ?? "the file is not UTF-8 from here on",
      at: Location(path: source.path, range: ByteRange(at: offset)),
      fix: "save it as CSV in UTF-8; Excel calls that 'CSV UTF-8 (Comma delimited)'")
  }

  fileprivate static func longRow(
    _ source: Source, _ count: Int, of columnCount: Int, at range: ByteRange
  ) -> Diagnostic {
    .error(
      "csv/long-row", "this row has \(count) cells, and the first row has \(columnCount)",
      at: Location(path: source.path, range: range),
      fix: "a cell that holds the delimiter has to stand in quotes; is it another one? --delimiter tells it")
  }

  fileprivate static func unreadable(_ source: Source, _ problem: CellScanner.Problem) -> Diagnostic {
    switch problem {
    case .unclosedQuote(let offset):
      .error(
        "csv/unclosed-quote", "the quote that opens this cell has no second one",
        at: Location(path: source.path, range: ByteRange(offset, offset + 1)),
        fix: "a quote inside a cell is written twice; export the answers again")
    case .textBehindQuote(let offset):
      .error(
        "csv/text-behind-quote", "there is text behind the closing quote of a cell",
        at: Location(path: source.path, range: ByteRange(at: offset)),
        fix: "a quote inside a cell is written twice; is the delimiter another one? --delimiter tells it")
    }
  }
}
