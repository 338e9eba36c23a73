import SourceText
import Testing

@testable import CSV

/// The cells of `text`, the columns' names first, and the diagnostics as `line:column id`.
private func read(
  _ text: String, delimiter: Delimiter? = nil, limits: Table.Limits = Table.Limits()
) -> (cells: [[String]]?, lines: [String], delimiter: Delimiter?) {
  read(Array(text.utf8), delimiter: delimiter, limits: limits)
}

private func read(
  _ bytes: [UInt8], delimiter: Delimiter? = nil, limits: Table.Limits = Table.Limits()
) -> (cells: [[String]]?, lines: [String], delimiter: Delimiter?) {
  var diagnostics: [Diagnostic] = []
  let source = Source(path: "poll.csv", bytes: bytes)
  let table = Table.parse(source, delimiter: delimiter, limits: limits, diagnostics: &diagnostics)
  let places = LineTable(bytes)
  let lines = diagnostics.map { diagnostic in
    let position = places.position(of: diagnostic.location?.range.lowerBound ?? 0)
    return "\(position.line):\(position.column) \(diagnostic.id)"
  }
  let cells = table.map { table in
    [table.columns]
      + (0..<table.rowCount).map { row in table.columns.indices.map { table.text(row: row, column: $0) } }
  }
  return (cells, lines, table?.delimiter)
}

@Suite struct CSVTableTests {
  @Test(arguments: [
    // Line ends, and none at the end.
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]), ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
    ("a,b\n1,", [["a", "b"], ["1", ""]]), ("a,b\r\n1,\r\n3,4", [["a", "b"], ["1", ""], ["3", "4"]]),
    // Quotes: delimiters, line ends and quotes in cells; blanks around them; none that count.
    ("a,b\n\"1,2\",3\n", [["a", "b"], ["1,2", "3"]]),
    ("a,b\n\"1\r\n2\",3\n", [["a", "b"], ["1\r\n2", "3"]]),
    ("a,b\n\"say \"\"go\"\"\",3\n", [["a", "b"], ["say \"go\"", "3"]]),
    ("a,b\n\"\"\"\"\"\",\"\"\n", [["a", "b"], ["\"\"", ""]]),
    ("a,b\n 1 , \"2\" \n", [["a", "b"], ["1", "2"]]),
    ("a,b\n5\" lens,x\n", [["a", "b"], ["5\" lens", "x"]]),
    // A byte order mark, which may stand before a quote.
    ("\u{FEFF}a,b\n1,2\n", [["a", "b"], ["1", "2"]]), ("\u{FEFF}\"a\",b\n1,2\n", [["a", "b"], ["1", "2"]]),
    // Blank rows are none; short ones are filled up, and long ones may end blank.
    ("\n\na,b\n\n,\n1,2\n \n", [["a", "b"], ["1", "2"]]), ("a,b\n1\n", [["a", "b"], ["1", ""]]),
    ("a,b\n1,2,,\n", [["a", "b"], ["1", "2"]]), ("a\n", [["a"]]), ("a\nx\n\"\"\n", [["a"], ["x"], [""]]),
    ("título,año\nSólo,2026\n", [["título", "año"], ["Sólo", "2026"]]),
  ])
  func cells(text: String, wanted: [[String]]) {
    let (cells, lines, _) = read(text)
    #expect(cells == wanted)
    #expect(lines == [])
  }

  @Test(arguments: [
    ("a,b;c\n1,2;3\n", Delimiter.comma), ("a;b\n1;2\n", .semicolon), ("a\tb\n1\t2\n", .tab),
    ("a\n1\n", .comma),
    // What the rows below say counts more than the first alone.
    ("When;Which, of these, is it?;Who\n1;2;3\n4;5;6\n", .semicolon), ("a,b\n\"1;2\",\"3;4\"\n", .comma),
    ("a\tb, c, d\n1\t2\n3\t4\n", .tab), ("sep=;\na,b;c\n1,5;2\n", .semicolon), ("sep=\t\r\na\tb\n", .tab),
    ("\"a;b\",c\n\"1\",2\n", .comma),
  ])
  func delimitersAreFound(text: String, wanted: Delimiter) {
    #expect(read(text).delimiter == wanted)
  }

  @Test func aDelimiterIsTold() {
    #expect(read("a,b;c\n1,2;3\n", delimiter: .semicolon).cells == [["a,b", "c"], ["1,2", "3"]])
    #expect(read("sep=;\na,b;c\n", delimiter: .comma).cells == [["a", "b;c"]])
    #expect(read("sep=x\n1\n").cells == [["sep=x"], ["1"]])
  }

  @Test(arguments: [
    ("", "1:1 csv/empty"), ("\u{FEFF}\n \n", "1:1 csv/empty"),
    ("a,b\n1,\"2\n3,4\n", "2:3 csv/unclosed-quote"),
    ("\"a,b\n", "1:1 csv/unclosed-quote"), ("a,b\n\"1\"x,2\n", "2:4 csv/text-behind-quote"),
    ("a,b\n\"1\" \"2\",2\n", "2:5 csv/text-behind-quote"), ("a,b\n1,2,3\n", "2:5 csv/long-row"),
    ("a\0\n", "1:1 csv/not-utf-8"),
  ])
  func mistakes(text: String, line: String) {
    #expect(read(text).lines == [line])
  }

  @Test func whatIsNoUTF8IsRefused() {
    #expect(read([0x61, 0x0A, 0x62, 0xE9, 0x0A]).lines == ["2:2 csv/not-utf-8"])
    #expect(read([0xFF, 0xFE, 0x61, 0x00]).lines == ["1:1 csv/not-utf-8"])
    #expect(read([0x50, 0x4B, 0x03, 0x04, 0x14, 0x00]).lines == ["1:1 csv/not-utf-8"])
    #expect(read(Array("PK,film\n".utf8)).lines == [])
    #expect(read([0xFE, 0xFF, 0x00, 0x61]).cells == nil)
  }

  @Test func limits() {
    let text = "a,b\n1,2\n3,4\n"
    #expect(read(text, limits: .init(byteCount: 12, rowCount: 2, cellCount: 4)).lines == [])
    #expect(read(text, limits: .init(byteCount: 11)).lines == ["1:1 csv/too-large"])
    #expect(read(text, limits: .init(rowCount: 1)).lines == ["3:1 csv/too-large"])
    #expect(read(text, limits: .init(cellCount: 3)).lines == ["3:1 csv/too-large"])
    #expect(read(text, limits: .init(cellCount: 3)).cells == nil)
  }

  @Test func cellsHavePlaces() throws {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "poll.csv", text: "a,b\n \"1\" ,2\nx\n")
    let table = try #require(Table.parse(source, diagnostics: &diagnostics))
    #expect(source.text(in: table.range(row: 0, column: 0)) == "\"1\"")
    #expect(source.text(in: table.range(row: 0, column: 1)) == "2")
    #expect(table.range(row: 1, column: 1) == ByteRange(at: 13))
    #expect(table.text(row: 7, column: 0) == "" && table.text(row: 0, column: -1) == "")
    #expect(table.range(row: 7, column: 0) == ByteRange(at: 14))
  }

  /// A row for each byte, and cells for all: what is read takes time in proportion.
  @Test(arguments: ["\n", ",", "\"", "\"\"", "a\n", "\"a\"\n"])
  func longFilesAreReadInOnePass(part: String) {
    let text = String(repeating: part, count: 200_000)
    let start = ContinuousClock.now
    _ = read(text)
    #expect(ContinuousClock.now - start < .seconds(5))
  }
}
