import Testing
import XML

/// Writes down what it is told.
private final class Record: XMLEvents {
  var text = ""
  func begin(_ name: String, _ attributes: [String: String]) {
    text += "<\(name)\(attributes.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined())>"
  }
  func text(_ bytes: Span<UInt8>) {
    text += String(decoding: (0..<bytes.count).map { bytes[$0] }, as: UTF8.self)
  }
  func end(_ name: String) { text += "</\(name)>" }
}

/// What is told of `xml`, read in pieces of so many bytes, and what is wrong with it.
private func read(_ xml: [UInt8], piece: Int) -> (text: String, problem: XMLProblem?) {
  let record = Record()
  guard var stream = XMLStream(telling: record) else { return ("no memory", nil) }
  do throws(XMLProblem) {
    var start = 0
    while start < xml.count {
      let end = min(xml.count, start + piece)
      try stream.read(Array(xml[start..<end]))
      start = end
    }
    try stream.finish()
    return (record.text, nil)
  } catch {
    return (record.text, error)
  }
}

private func check(
  _ xml: String, _ text: String, _ kind: XMLProblem.Kind? = nil, line: Int? = nil,
  at location: Testing.SourceLocation = #_sourceLocation
) {
  for piece in [1, 7, 65_536] {
    let result = read(Array(xml.utf8), piece: piece)
    #expect(result.text == text, sourceLocation: location)
    #expect(result.problem?.kind == kind, sourceLocation: location)
    if let line { #expect(result.problem?.line == line, sourceLocation: location) }
  }
}

@Suite struct XMLStreamTests {
  @Test func events() {
    check(
      "<?xml version=\"1.0\"?><a xmlns:b=\"c\"><b:d e='>'>&lt;&#233;</b:d><![CDATA[<f>]]]]><!-- g --></a>",
      "<a><b:d e=>><é</b:d><f>]]</a>")
  }

  @Test func prefixesNeedNoDeclaration() {
    check("<a><b:c d:e='f'>g</b:c></a>", "<a><b:c e=f>g</b:c></a>")
  }

  @Test func mistakes() {
    check("<a>\n<b>\n</a>", "<a>\n<b>\n", .syntax("Opening and ending tag mismatch: b line 2 and a"), line: 3)
    check("<a><b>c", "<a><b>", .incomplete)
    check("", "", .incomplete)
    check("<a>&nbsp;</a>", "<a>", .syntax("Entity 'nbsp' not defined"))
    check("<a>b & c</a>", "<a>b ", .syntax("xmlParseEntityRef: no name"))
    check("<a>b\nAT&T\n</a>", "<a>b\nAT", .syntax("EntityRef: expecting ';'"), line: 2)
    let deep = String(repeating: "<a>", count: 1000)
    #expect(read(Array(deep.utf8), piece: 64).problem?.line == 1)
  }

  @Test func entitiesCannotBeDeclared() {
    let bomb = """
      <!DOCTYPE a [<!ENTITY b "\(String(repeating: "c", count: 1000))"><!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
      <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f SYSTEM "file:///etc/passwd">]><a>&e;&f;</a>
      """
    check(bomb, "", .documentType)
    check("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>", "", .documentType)
  }

  @Test func encodings() {
    #expect(
      read(
        Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9] + Array("</a>".utf8), piece: 9
      ).text == "<a>é</a>")
    #expect(
      read(Array("<?xml version='1.0' encoding='x-none'?><a/>".utf8), piece: 9).problem?.kind
        == .encoding("x-none"))
    for name in ["UTF-8", "utf8", "us-ascii", "Windows-1252", "iso-8859-15"] {
      check("<?xml version=\"1.0\" encoding = '\(name)' ?>\n<a>b</a>", "<a>b</a>")
    }
    for name in ["UTF-16", "UTF-7", "EBCDIC-US", "Shift_JIS", "iso-8859-1x"] {
      check("<?xml version=\"1.0\"\n encoding\t= \"\(name)\"?><a/>", "", .encoding(name), line: 1)
    }
    check("\u{FEFF}<?xml version='1.0'?><a>é</a>", "<a>é</a>")
    check("<?xml" + String(repeating: " ", count: 2000), "", .syntax("its declaration doesn't end"))
    check("<?xml-stylesheet href='encoding=\"x\"'?><a/>", "<a></a>")
    #expect(read(Array("<a>".utf8) + [0xE9] + Array("</a>".utf8), piece: 9).problem != nil)
  }

  /// In these, the bounds on tags would not see what libxml2 sees.
  @Test func encodingsWithoutASCIIAreNotRead() {
    let xml = Array("<?xml version='1.0'?><a b='c'/>".utf8)
    let little: [UInt8] = xml.reduce(into: []) { $0 += [$1, 0] }
    let big: [UInt8] = xml.reduce(into: []) { $0 += [0, $1] }
    let huge: [UInt8] = xml.reduce(into: []) { $0 += [$1, 0, 0, 0] }
    let cases: [([UInt8], String)] = [
      (little, "UTF-16LE"), (big, "UTF-16BE"), ([0xFF, 0xFE] + little, "UTF-16"),
      ([0xFE, 0xFF] + big, "UTF-16"), (huge, "UTF-32LE"), ([0x4C, 0x6F, 0xA7, 0x94, 0x93], "IBM037"),
    ]
    for (bytes, name) in cases {
      for piece in [1, 3, 65_536] { #expect(read(bytes, piece: piece).problem?.kind == .encoding(name)) }
    }
  }

  /// libxml2 would compare each attribute with each other one.
  @Test func hugeTagsAreNotRead() {
    var tag = "<a"
    for number in 0..<200_000 { tag += " a\(number)=\">\"" }
    #expect(read(Array("<b><!-- \(tag) --><![CDATA[\(tag)]]></b>".utf8), piece: 65_536).problem == nil)
    #expect(read(Array("<b>\(tag)/></b>".utf8), piece: 65_536).problem?.kind == .hugeTag)
  }
}
