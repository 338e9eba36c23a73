import SourceText
import Testing

@testable import Search

@Suite struct IndexTests {
  @Test func theSplitOfTheDocumentsLeavesNoTrace() {
    let documents = manyDocuments(200)
    let whole = files(documents, parts: 1)
    for parts in [2, 3, 7, 200] {
      let other = files(documents, parts: parts)
      #expect(other.map(\.name) == whole.map(\.name))
      #expect(zip(other, whole).allSatisfy { $0.bytes == $1.bytes }, "\(parts) parts")
    }
  }

  @Test func everyPartIsBounded() {
    let files = files(manyDocuments(2000), parts: 4)
    let words = files.filter { $0.name.hasPrefix("w") }
    #expect(words.count > 10)
    // One word can have more documents than fit; here none has.
    #expect(words.allSatisfy { $0.bytes.count < 4100 })
    let spellings = files.filter { $0.name.hasPrefix("s") && $0.name != "search.js" }
    #expect(spellings.allSatisfy { $0.bytes.count < 3100 })
    #expect(files.filter { $0.name.hasPrefix("d") }.count == 500)
    let texts = SearchFile.pieces(of: Array(String(repeating: "salt ", count: 4000).utf8), document: 0)
    #expect(texts.count == 5)
    #expect(texts.allSatisfy { $0.bytes.count < 4100 })
  }

  @Test func aWordOfEveryDocumentIsABitForEach() {
    var buffer = ByteBuffer()
    Digits.write(Array(0..<600), into: &buffer)
    #expect(buffer.string == ">" + String(repeating: "_", count: 100))
    buffer.removeAll()
    Digits.write([0, 6, 600], into: &buffer)
    #expect(buffer.string == "05=h")
    buffer.removeAll()
    Digits.write([], into: &buffer)
    #expect(buffer.string == "")
  }

  @Test(arguments: [
    (0, "0"), (63, "_"), (64, ")0"), (64 * 17 + 1, "}1"), (64 * 18, ")(0"), (64 * 18 * 18 - 1, "}}_"),
  ])
  func numbers(number: Int, text: String) {
    var buffer = ByteBuffer()
    Digits.write(number, into: &buffer)
    #expect(buffer.string == text)
  }

  @Test func wordsSayWhatTheyKeep() {
    var buffer = ByteBuffer()
    var list = WordList()
    for word in ["salt", "salted", "sand", "éa", "éb", "\u{20BB7}a", "\u{20BB7}b"] {
      list.write(Array(word.utf8)[...], into: &buffer)
    }
    #expect(buffer.string == "AsaltEedCndAéaBbA\u{20BB7}aCb")
  }

  @Test func aBoundaryIsAsShortAsItCanBe() {
    func boundary(_ left: String, _ right: String) -> String {
      String(decoding: separator(between: Array(left.utf8)[...], and: Array(right.utf8)[...]), as: UTF8.self)
    }
    #expect(boundary("salt", "sand") == "san")
    #expect(boundary("salt", "salted") == "salte")
    #expect(boundary("é", "ê") == "ê")
  }

  @Test func placesAreToldApart() {
    var document = SearchDocument(title: "Salt Road", link: "a/", summary: "", kind: "page")
    document.names = ["Ann Shinn"]
    document.topics = ["A road of salt and dust."]
    document.text = Array("Dust, dust, dust. Wind over Ann.".utf8)
    let concordance = concordance([document], first: 5)
    var places: [String: Concordance.Place] = [:]
    for (position, word) in words(of: concordance).enumerated() {
      let postings = concordance.postings(at: position)
      #expect(postings.map { $0 >> 3 } == [5])
      places[word] = postings.first.flatMap { Concordance.Place(rawValue: $0 & 7) }
    }
    #expect(
      places == [
        "salt": .title, "road": .title, "salt road": .wholeTitle, "ann": .name, "shinn": .name,
        "ann shinn": .name, "a": .topic, "of": .topic, "and": .topic, "dust": .topic, "wind": .text,
        "over": .text,
      ])
  }

  @Test func wordsWithTheSameFirstEightBytesAreTold() {
    let words = ["abcdefgh", "abcdefghi", "abcdefg", "abcdefghia", "abcdefgi", "zabcdefgh"]
    var documents = words.map { SearchDocument(title: $0, link: "a/", summary: "", kind: "page") }
    documents += documents
    let halves = SearchIndex([
      SearchSection(0..<4) { documents[$0] }, SearchSection(4..<12) { documents[$0] },
    ])
    // Each stands in its two documents alone, as their whole title.
    let records = [halves.records(of: 0..<2), halves.records(of: 2..<halves.wordCount)]
    let list = halves.wordParts(records).texts.map(\.string)
    #expect(list == ["~Aabcdefg!25~Hh!05~Ii!15~Ja!35~Hi!45~Azabcdefgh!55"])
  }

  @Test func manyWordsAreKeptApart() {
    let words = (0..<9000).map { "w\(String($0, radix: 36))" }
    var document = SearchDocument(title: "", link: "a/", summary: "", kind: "page")
    document.text = Array(words.joined(separator: " ").utf8)
    let concordance = concordance([document, document], first: 0)
    #expect(self.words(of: concordance) == words.sorted())
    #expect(words.indices.allSatisfy { Array(concordance.postings(at: $0)) == [5, 13] })
  }

  @Test func textCannotEndAString() {
    let title = "</script><img onerror=\"x\">\\ \u{2028}\u{2029}\n"
    var document = SearchDocument(title: title, link: "a/", summary: "", kind: "page")
    document.text = Array("\"\u{2028}\u{2027}é\n</script>".utf8)
    func text(_ name: String) -> String {
      String(decoding: files([document], parts: 1).first { $0.name == name }?.bytes ?? [], as: UTF8.self)
    }
    #expect(
      text("d0.js") == """
        sitegenSearch("d0",[["\\x3c/script>\\x3cimg onerror=\\"x\\">\\\\ \\u2028\\u2029\\n","a/","","","","","page",0,19],])

        """)
    #expect(
      text("t0-0.js") == #"""
        sitegenSearch("t0-0","\"\u2028\#u{2027}é\n\x3c/script>")

        """#)
  }

  @Test func facetsAreToldTogether() {
    var documents: [SearchDocument] = []
    for (date, facets) in [
      ("2026-11-20", [[0], [1], [0, 2]]), ("2026-01-02", [[0], [], []]), ("2025-12-31", [[0], [1], [2, 0]]),
    ] {
      var document = SearchDocument(title: "T", link: "t/", summary: "", kind: "writeup")
      document.date = date
      document.facets = facets
      documents.append(document)
    }
    documents.append(SearchDocument(title: "P", link: "p/", summary: "", kind: "person"))
    let facets = [
      SearchFacet(name: "column", values: [.init(slug: "daily", label: "Daily")]),
      SearchFacet(name: "status", values: [.init(slug: "a", label: "A"), .init(slug: "b", label: "B")]),
      SearchFacet(name: "genre", values: [], isList: true),
    ]
    let file = FacetFile(SearchSection(0..<4) { documents[$0] }.facets, facets)
    var buffer = ByteBuffer()
    file.writeNames(into: &buffer)
    #expect(
      buffer.string == """
        years:[2, 1],facets:[["year",[["2026","2026"],["2025","2025"],]],["column",[["daily","Daily"],]],\
        ["status",[["a","A"],["b","B"],]],["genre",[]],]
        """)
    buffer.removeAll()
    file.writeValues(into: &buffer)
    #expect(buffer.string == #"[[[1, 2],[[[0], [1]], [[0], []]],"010"],[[3],[[[0, 2]], [[]]],"010"],]"#)
  }

  @Test func aTextIsCutBetweenWords() {
    let text = String(repeating: "ab ", count: 1000) + String(repeating: "é", count: 4001) + "\n"
    let pieces = SearchFile.pieces(of: Array(text.utf8), document: 7)
    #expect(pieces.map(\.name) == ["t7-0.js", "t7-1.js", "t7-2.js"])
    let strings = pieces.map { String(decoding: $0.bytes.dropFirst(22).dropLast(3), as: UTF8.self) }
    #expect(
      strings.joined() == String(repeating: "ab ", count: 1000) + String(repeating: "é", count: 4001) + "\\n")
    let spaced = SearchFile.pieces(of: Array(String(repeating: "ab ", count: 3001).utf8), document: 7)
    #expect(spaced.dropLast().allSatisfy { String(decoding: $0.bytes, as: UTF8.self).hasSuffix("ab \")\n") })
    #expect(SearchFile.pieces(of: [], document: 7).isEmpty)
    // Continuation bytes alone have no character to be cut at.
    #expect(SearchFile.pieces(of: [UInt8](repeating: 0x80, count: 9000), document: 7).count == 3)
  }

  @Test func aLineIsPublishedWithoutWhatReadersDontNeed() {
    func compacted(_ line: String) -> String {
      String(decoding: Search.compacted(Array(line.utf8)[...]), as: UTF8.self)
    }
    #expect(compacted("    // Why.") == "")
    #expect(
      compacted("  const a = b / c, d = \"x, y\" + `p, ${q} r`;") == "const a=b/c,d=\"x, y\"+`p, ${q} r`;")
    #expect(compacted("  f(x.replace(/ a/g, 1));") == "f(x.replace(/ a/g, 1));")
    #expect(compacted("  g('a , b', 1);") == "g('a , b', 1);")
  }

  @Test func variablesArePublishedUnderShorterNames() {
    func shortened(_ script: String, _ names: [Substring]) -> String {
      String(decoding: Search.shortened(Array(script.utf8), names), as: UTF8.self)
    }
    let script = "const word = found.word, [...found] = `${word} words`; wordy.found = $word;"
    #expect(
      shortened(script, ["word", "found"]) == "const A = B.word, [...B] = `${A} words`; wordy.found = $word;")
    let many = (0..<30).map { Substring("n\($0)") }
    #expect(shortened("n0 n25 n26 n29", many) == "A Z A0 D0")
  }

  @Test func facetsThatAreLargeAreSaidToBe() {
    func index(_ count: Int) -> String {
      let section = SearchSection(0..<count) { number in
        var document = SearchDocument(title: "T", link: "t/", summary: "", kind: "writeup")
        document.facets = [[number % 7]]
        return document
      }
      let facets = [SearchFacet(name: "status", values: [])]
      let file = SearchIndex([section]).files(facets: facets, lists: []).first { $0.name == "index.js" }
      return String(decoding: file?.bytes ?? [], as: UTF8.self)
    }
    #expect(!index(5000).contains("large"))
    #expect(index(6000).contains("large:1,"))
  }

  @Test func theScriptIsSmall() {
    #expect(searchScript.count < 10_240)
    #expect(!String(decoding: searchScript, as: UTF8.self).contains("//"))
  }

  @Test func nothingGivesAnIndexToo() {
    #expect(files([], parts: 1).map(\.name) == ["index.js", "facets.js", "search.js"])
  }

  // MARK: - Samples

  private func words(of concordance: Concordance) -> [String] {
    concordance.words.map { word in
      var bytes: [UInt8] = []
      word.append(to: &bytes, from: concordance.tails)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func files(_ documents: [SearchDocument], parts: Int) -> [SearchFile] {
    let per = SearchIndex.documentsPerPart
    let length = max(1, (documents.count + parts * per - 1) / (parts * per)) * per
    let sections = stride(from: 0, to: documents.count, by: length).map { start in
      SearchSection(start..<min(documents.count, start + length)) { documents[$0] }
    }
    let index = SearchIndex(sections)
    let records = index.wordRanges(count: 2).map(index.records)
    let texts = sections.flatMap(\.texts).enumerated().flatMap { SearchFile.pieces(of: $1, document: $0) }
    return index.files(facets: [], lists: SearchIndex.List.allCases.map { index.parts(of: $0, records) })
      + texts
  }

  private func concordance(_ documents: [SearchDocument], first: Int) -> Concordance {
    var reader = ConcordanceReader(first: first)
    for document in documents { reader.read(document) }
    return reader.concordance
  }

  /// Documents of invented words, some of which are frequent.
  private func manyDocuments(_ count: Int) -> [SearchDocument] {
    var state: UInt64 = 1
    func draw(_ bound: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % bound
    }
    func word() -> String { String(draw(draw(9000) + 1) &* 2_654_435_761 % 1_000_003, radix: 36) }
    return (0..<count).map { number in
      var document = SearchDocument(
        title: "\(word()) \(word())", link: "film-\(number)/", summary: word(), kind: "writeup")
      document.text = Array((0..<40).map { _ in word() }.joined(separator: " ").utf8)
      return document
    }
  }
}
