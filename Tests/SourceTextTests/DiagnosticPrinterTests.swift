import Testing

@testable import SourceText

/// The text of an error at the first occurrence of `marked` in `source`.
private func print(_ source: String, at marked: String, fix: String? = nil) -> String {
  let bytes = Array(source.utf8)
  let start =
    source.firstRange(of: marked).map { source.utf8.distance(from: source.startIndex, to: $0.lowerBound) }
    ?? 0
  var printer = DiagnosticPrinter { $0 == "a.md" ? bytes : nil }
  return printer.text(
    .error(
      "x/y", "no", at: Location(path: "a.md", range: ByteRange(start, start + marked.utf8.count)), fix: fix))
}

@Suite struct DiagnosticPrinterTests {
  @Test func anExcerptHasNeighboursCaretsAndTheFix() {
    #expect(
      print("one\ntwo tilte\nthree\n", at: "tilte", fix: "did you mean 'title'?") == """
        a.md:2:5: error: no [x/y]
           1 | one
           2 | two tilte
             |     ^~~~~ did you mean 'title'?
           3 | three

        """)
  }

  @Test func caretsStandUnderWideAndAccentedText() {
    let text = print("한국 é x", at: "x")
    #expect(text.contains("   1 | 한국 é x\n     |        ^\n"))
  }

  @Test func windowsLineEndsDoNotShow() {
    #expect(print("one\r\ntwo\r\n", at: "two").contains("   2 | two\n     | ^~~\n"))
  }

  @Test func aLongLineIsCutAroundThePlace() {
    let text = print(
      String(repeating: "a", count: 100_000) + "HERE" + String(repeating: "b", count: 100_000), at: "HERE")
    #expect(text.utf8.count < 1000)
    #expect(text.contains("HERE") && text.contains("^~~~"))
  }

  @Test func controlCharactersCannotDriveTheTerminal() {
    let text = print("a\u{1B}[31mb\u{202E}c", at: "b")
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
    #expect(text.contains("<U+001B>[31mb<U+202E>c"))
  }

  @Test func aPlaceInAnUnknownFileStillNamesIt() {
    var printer = DiagnosticPrinter { _ in nil }
    let diagnostic = Diagnostic.warning(
      "x/y", "odd", at: Location(path: "b.md", range: ByteRange(3, 4)), fix: "drop it")
    #expect(printer.text(diagnostic) == "b.md: warning: odd [x/y]\n  drop it\n")
  }

  @Test func linesOfConfidentialFilesAreNotShown() {
    var printer = DiagnosticPrinter(isConfidential: { $0 == "b.csv" }) { _ in
      Array("one\ntwo,ann@example.org\n".utf8)
    }
    func print(_ path: String) -> String {
      printer.text(.error("x/y", "odd", at: Location(path: path, range: ByteRange(8, 11)), fix: "drop it"))
    }
    #expect(print("b.csv") == "b.csv:2:5: error: odd [x/y]\n  drop it\n")
    #expect(print("c.csv").contains("ann@example.org"))
  }

  @Test func jsonHasTheSameFacts() {
    var printer = DiagnosticPrinter { _ in Array("one\ntwo\n".utf8) }
    let diagnostic = Diagnostic.error(
      "x/y", "it's \"odd\"", at: Location(path: "b.md", range: ByteRange(4, 7)), notes: [.init("see")])
    #expect(
      printer.json(diagnostic)
        == #"{"severity":"error","id":"x/y","message":"it\u0027s \"odd\"","path":"b.md","line":2,"column":1,"#
        + #""endLine":2,"endColumn":4,"offset":4,"length":3,"notes":[{"message":"see"}]}"#)
  }

  @Test func theOrderIsThatOfPlaces() {
    func at(_ path: String, _ offset: Int) -> Diagnostic {
      .error("x/y", "m", at: Location(path: path, range: ByteRange(at: offset)))
    }
    let sorted = [at("b", 1), at("a", 9), at("a", 2)].sorted()
    #expect(sorted.map { $0.location?.path } == ["a", "a", "b"])
    #expect(sorted[0].location?.range.lowerBound == 2)
  }
}

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("tilte", "title"), ("Titel", "title"), ("logine", "logline"), ("statuss", "status"), ("xyz", nil),
    ("", nil),
    ("dat", "date"),
  ])
  func nearestWord(word: String, expected: String?) {
    #expect(nearest(to: word, among: ["title", "logline", "status", "date"]) == expected)
  }
}

@Suite struct LineTableTests {
  @Test(arguments: [(0, 1, 1), (3, 1, 4), (4, 2, 1), (7, 3, 1), (8, 4, 1), (99, 4, 2)])
  func positions(offset: UInt32, line: Int, column: Int) {
    // one LF, two CR LF (an empty line), CR
    let position = LineTable(Array("one\nt\r\n\rx".utf8)).position(of: offset)
    #expect(position == LineTable.Position(line: line, column: column))
  }
}

@Suite struct ByteBufferTests {
  @Test(arguments: [
    (MarkupEscape.commonMark, "a&amp;b&lt;c&gt;&quot;d'"), (.jinja, "a&amp;b&lt;c&gt;&#34;d&#39;"),
    (.xml, "a&amp;b&lt;c&gt;&quot;d&apos;"),
  ])
  func escapes(escape: MarkupEscape, expected: String) {
    var buffer = ByteBuffer()
    buffer.append("a&b<c>\"d'", escaping: escape)
    #expect(buffer.string == expected)
  }

  @Test func jsonCannotEndAScript() {
    var buffer = ByteBuffer()
    buffer.appendJSONString("</script>&'\u{2028}\n\\é")
    #expect(buffer.string == #""\u003c/script\u003e\u0026\u0027\u2028\n\\é""#)
  }
}
