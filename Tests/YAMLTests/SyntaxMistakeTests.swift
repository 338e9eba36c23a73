import SourceText
import Testing

@testable import YAML

@Suite("Mistakes in YAML")
struct SyntaxMistakeTests {
  /// Parses `marked` and expects the one mistake `id` at the marked place, with `fix` where it is given, and
  /// the rest of the tree as `tree` where that is given.
  private func check(
    _ marked: String, _ id: String, fix: String? = nil, tree: String? = nil,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let marked = MarkedText(marked)
    var diagnostics: [Diagnostic] = []
    let node = parse(marked.source, diagnostics: &diagnostics)
    let found = diagnostics.map(Found.init)
    let expected = marked.ranges.map { Found("yaml/" + id, $0, fix: fix ?? found.first?.fix) }
    #expect(found == expected, sourceLocation: location)
    if let tree { #expect(inOneLine(node) == tree, sourceLocation: location) }
  }

  @Test func colonInValue() {
    check(
      "title: «The Defector: Escape»\nb: 1\n", "colon-in-value", fix: "write title: \"The Defector: Escape\"",
      tree: "{b: 1, title: ⊥}")
    check("a: 1\ntitle:   «Ä: Ö»  \nb: 1", "colon-in-value", fix: "write title: \"Ä: Ö\"")
    check("title: «It's: \"so\"»", "colon-in-value", fix: "write title: 'It''s: \"so\"'")
    check("title: «a: b» # why", "colon-in-value", fix: "write title: \"a: b\"")
    check("title: «a: b: c»\r\nb: 1\r\n", "colon-in-value", fix: "write title: \"a: b: c\"")
    check("title: «ends with colon:»\nb: 1", "colon-in-value", fix: "write title: \"ends with colon:\"")
    check(
      "a:\n  - role: «Director: Ann»\n    name: x\nb: 1", "colon-in-value",
      fix: "write role: \"Director: Ann\"")
    check("- b: «c: d»\n- e: 1\n", "colon-in-value", fix: "write b: \"c: d\"", tree: "[{e: 1}, ⊥]")
    check("a: [b: «c: d», e]", "colon-in-value", fix: "write \"c: d\"")
    check(
      "logline: A girl finds\n  «a map:» it leads\nb: 1\n", "colon-in-value",
      tree: "{b: 1, logline: ⊥, a map: ⊥}")
    check("a: [x, «Ann:», y]", "colon-in-value", fix: "write \"Ann:\"")
  }

  @Test func commentInBrackets() {
    check(
      "tags: [«#a, #b]»\nb: 1\n", "comment-in-brackets",
      fix: "leave the # out, or write tags: [\"#a\", \"#b\"]")
    check("tags: [a, «#b]»", "comment-in-brackets", fix: "leave the # out, or write tags: [a, \"#b\"]")
    check(
      "c: {name: Take «#2}»\nb: 1\n", "comment-in-brackets", fix: "put quotes around the words with the #")
    check("tags:\n  - a «#b»\n", "comment-in-value")
    check("tags:\n  - «#a»\n  - b\n", "comment-in-value")
    // A bracket amid text begins nothing.
    check("title: Notes [part # 2]\nb: «c: d»\n", "colon-in-value")
    check("- {role: Editor, name: Ann «#2}»\n- b\n", "comment-in-brackets")
    for text in ["a: [b, # c]\n  d]\n", "a: [b] #c]\n", "a: ['#b', c#]\n"] {
      var diagnostics: [Diagnostic] = []
      _ = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
      #expect(diagnostics == [])
    }
  }

  @Test func whatIsNotSeen() {
    check(
      "date:«\u{A0}»2026-11-20\nb: 1\n", "no-space-after-colon",
      fix: "type a space in its place")
    check("title: «“The Defector: Escape”»\n", "colon-in-value", fix: "write title: \"The Defector: Escape\"")
    check("tags:\n«\u{A0} »- a\nb: 1\n", "indentation", fix: "type spaces in its place")
    for blanks in [" \u{A0}", "\u{A0}\u{A0}"] {
      check("c:\n«\(blanks)»- {role: Editor, name: Ann}\n", "indentation", fix: "type spaces in its place")
    }
    check("c:\n  - {a: 1}\n« \u{A0}»- {a: 2}\n", "indentation", fix: "type spaces in its place")
    check(
      "c:\n  - {a: 1}\n«\u{A0}\u{A0}- {a»: 2}\n", "invisible-in-key",
      fix: "type the line anew, with ordinary spaces")
    check("c:\n  -«\u{A0}»{role: Editor, name: Ann}\n", "indentation", fix: "type a space in its place")
  }

  /// What is advised leaves the list a list.
  @Test func withinBrackets() {
    let comma = "take the comma out, or write the value that is missing"
    check("tags: [music,«,» war]\nb: 1\n", "stray-comma", fix: comma)
    check("tags: [«,» war]\n", "stray-comma", fix: comma)
    check("tags: [«!important»]\n", "special-character", fix: "write \"!important\"")
    check(
      "tags: [«!important», b]\n", "tag", fix: "remove it, or write \"!important\" if it belongs to the text")
    check("c: {a: «!b», d: e}\n", "tag", fix: "remove it, or write \"!b\" if it belongs to the text")
    check("tags: [a, «@b», c]\n", "special-character", fix: "write \"@b\"")
    check("c: {a: «`b`», d: e}\n", "special-character", fix: "write \"`b`\"")
    check("- {«@a»: b}\n", "special-character", fix: "write \"@a\"")
    check("tags: [«-» a, b]\n", "item-on-field-line", fix: "take the hyphen out")
  }

  @Test func bracketsThatAreNotClosed() {
    check(
      "c: [«{role: Editor, name: Ann]»\n", "unclosed-bracket",
      fix: "close it with }: {role: Editor, name: Ann}")
    check(
      "c: «[{role: Editor, name: Ann}»\n", "unclosed-bracket",
      fix: "close it with ]: [{role: Editor, name: Ann}]")
    check(
      "year: «'26»\n", "unclosed-quote",
      fix: "write year: 2026 if it is a year, or year: \"'26\" if the ' is an apostrophe")
    check("year: «'-5»\n", "unclosed-quote")
    check("t: «[sic»\n", "unclosed-bracket", fix: "close it with ], or write t: \"[sic\" if it is text")
  }

  @Test func colonsThatAreFine() {
    for text in [
      "a: b:c", "a: http://x.com", "a: 12:30", "a: \"b: c\"", "a: 'b: c'", "a: |\n  b: c", "a : b",
    ] {
      var diagnostics: [Diagnostic] = []
      _ = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
      #expect(diagnostics == [])
    }
  }

  @Test func fieldBehindTheDashes() {
    check("---   «title: Foo»\ndate: x\n", "behind-dashes", fix: "write it on the line below: title: Foo")
    check("--- «title: a: b»", "behind-dashes")
  }

  @Test func noSpaceAfterColon() {
    check(
      "«title:»Foo\ndate: x\n", "no-space-after-colon", fix: "write title: Foo", tree: "{date: x, title: ⊥}")
    check(
      "a: 1\n«title:»Foo\nb: 2", "no-space-after-colon", fix: "write title: Foo",
      tree: "{a: 1, b: 2, title: ⊥}")
    check("a: 1\n«title:»Foo", "no-space-after-colon", fix: "write title: Foo")
    check("a: 1\n«title：»Foo\nb: 2", "no-space-after-colon", fix: "write title: Foo")
    check("a: 1\ntitle:«\u{A0}»Foo\nb: 2", "no-space-after-colon", fix: "type a space in its place")
    check("a: 1\n«title =» Foo\nb: 2", "no-space-after-colon", fix: "write title: Foo")
  }

  @Test func notAField() {
    check("a: 1\n«Some text»\nb: 2", "not-a-field", tree: "{a: 1, b: 2, Some: ⊥}")
    check("a: 1\n«https://x.com»\nb: 2", "not-a-field")
  }

  @Test func tabs() {
    check("a: 1\n«\t»b: 2\nc: 3", "tab", tree: "{c: 3, a: ⊥, b: ⊥}")
    check("a:\n«\t\t»- b\nc: 3", "tab")
    check("a:\n  b: 2\n«  \t»c: 3", "tab")
    check("a:\n«\t»b: 2\nc: 1\nd:\n«\t»e: 2\n", "tab")
    check("a: x\n«\t»y\n", "tab")
  }

  @Test func tabsThatAreFine() {
    for text in ["a:\tb", "a: b\t", "a: |\n  b\n  \tc", "a: \"b\n\tc\"", "a: [\n\tb,\n\tc\n  ]"] {
      var diagnostics: [Diagnostic] = []
      _ = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
      #expect(diagnostics == [])
    }
  }

  @Test func specialCharacters() {
    check("a: «@foo bar»\nb: 2", "special-character", fix: "write a: \"@foo bar\"", tree: "{b: 2, a: ⊥}")
    check("a: «`foo`»\nb: 2", "special-character", fix: "write a: \"`foo`\"")
    check("a: «%foo»\nb: 2", "special-character", fix: "write a: \"%foo\"")
    check("a: «*foo* bar»\nb: 2", "special-character", fix: "write a: \"*foo* bar\"")
    check("a: «*foo bar»\nb: 2", "special-character", fix: "write a: \"*foo bar\"")
    check("a: «& foo»\nb: 2", "special-character", fix: "write a: \"& foo\"")
    check("a: «!foo!bar baz»\nb: 2", "special-character", fix: "write a: \"!foo!bar baz\"")
    check("a: «, foo»\nb: 2", "special-character", fix: "write a: \", foo\"")
    check("a: «? foo»\nb: 2", "special-character", fix: "write a: \"? foo\"")
    check("a: «[x] y»\nb: 2", "special-character", fix: "write a: \"[x] y\"")
    check("a: «{{ x }}»\nb: 2", "special-character", fix: "write \"{{ x }}\"")
    check("- «@foo»\n- b", "special-character", fix: "write \"@foo\"", tree: "[b, ⊥]")
    check("«%foo: 1»\na: 2", "special-character", fix: "write \"%foo: 1\"", tree: "{a: 2, %foo: ⊥}")
    check(
      "a: «*foo»\nb: 2", "unknown-alias", fix: "write \"*foo\" if the * belongs to the text",
      tree: "{a: ⊥, b: 2}")
    check("a: «!foo» bar\nb: 2", "tag", fix: "remove it, or write \"!foo bar\" if it belongs to the text")
    check("a: «!!python/object:x» {}\n", "tag")
    check("a: «!!timestamp» 2026-11-20\n", "tag")
  }

  @Test func quotes() {
    check("a: «\"foo»\nb: 1", "unclosed-quote", fix: "write a: \"foo\"", tree: "{b: 1, a: ⊥}")
    check(
      "a: «\"foo»\nb: 1\nc: \"x\"", "unclosed-quote", fix: "write a: \"foo\"", tree: "{b: 1, c: 'x', a: ⊥}")
    check(
      "a: «'Tis the season»\nb: 1", "unclosed-quote",
      fix: "close it, or write a: \"'Tis the season\" if the ' is an apostrophe")
    check("a: «\"foo #3»\nb: 1", "unclosed-quote", fix: "write a: \"foo #3\"")
    check("a: «\"foo\" bar»\nb: 1", "text-after-quote", fix: "write a: '\"foo\" bar'")
    check("a: «'don't stop'»\nb: 1", "text-after-quote", fix: "write a: \"don't stop\"")
    check("a: «\"A \"big\" word\"»\nb: 1", "text-after-quote", fix: "write a: 'A \"big\" word'")
    check("a: \"foo «\\d»\"\nb: 1", "unknown-escape", tree: "{b: 1, a: ⊥}")
    check("a: \"«\\é»\"\nb: 1", "unknown-escape")
    check("a: \"«\\x»ZZ\"\nb: 1", "unknown-escape")
  }

  @Test func lists() {
    check(
      "a: «- x»\n- y\nb: 1", "item-on-field-line",
      fix: "put '- x' on a line of its own below 'a:'",
      tree: "{b: 1, a: ⊥, y: ⊥}")
    check(
      "a: «- x»\nb: 1", "item-on-field-line",
      fix: "put '- x' on a line of its own below 'a:'; if it is text and no list, put it in quotes")
    check(
      "a: «- {b: c}»\n", "item-on-field-line", fix: "put '- {b: c}' on a line of its own below 'a:'")
    check(
      "a: «[x, y»\nb: 1", "unclosed-bracket", fix: "close it with ], or write a: \"[x, y\" if it is text",
      tree: "{b: 1, a: ⊥}")
    check("a: «{x»\nb: 1", "unclosed-bracket", tree: "{b: 1, a: ⊥}")
    check("a: [\"x\" «\"»y\"]\nb: 1", "missing-comma")
    check("a: [\"x\" «é»y]\nb: 1", "missing-comma")
    check("a: x\n  «- »b\n", "item-in-text", tree: "{a: x - b}")
  }

  @Test func indentation() {
    check(
      "title: Foo\n  «date»: x\n", "indentation", fix: "remove the 2 spaces in front of it",
      tree: "{title: ⊥, date: ⊥}")
    check("  a: 1\n «b: 2»\n", "indentation", fix: "put 2 spaces in front of it, not 1")
    check("a:\n  b: 1\n «c: 2»\n", "indentation", fix: "put 2 spaces in front of it, not 1")
    check(
      "a:\n    b: 1\n  «c: 2»\nd: 1", "indentation", fix: "put 4 spaces in front of it, not 2",
      tree: "{d: 1, a: ⊥, b: ⊥, c: ⊥}")
    check("a:\n  - b\n «- c»\n", "indentation")
    check("a:\n  - b\n  «c: 1»\n", "indentation")
    check("a: |\n  text\n «bad»\nb: 1", "indentation", tree: "{b: 1, a: ⊥, text: ⊥, bad: ⊥}")
  }

  @Test func blockTexts() {
    check("a: «| foo»\n  x\nb: 1", "block-text")
    check(
      "a: «> 5 films»\nb: 1", "block-text",
      fix: "put the text on the next line with two spaces in front, or write a: \"> 5 films\"")
  }

  @Test func keys() {
    check("a: 1\nb: 2\n«a»: 3", "duplicate-key", fix: "keep one of the two", tree: "{a: 1, b: 2}")
    check("x:\n  a: 1\n  «\"a\"»: 3", "duplicate-key", tree: "{x: {a: 1}}")
    check("«[a]»: b\nc: d", "key-is-not-text", tree: "{c: d}")
    check("? «{a: b}»\n: c\n", "key-is-not-text", tree: "{}")
    check("a: &x {b: 1}\nc:\n  «<<»: *x\n  d: 1", "merge-key", tree: "{a: {b: 1}, c: {d: 1}}")
    check("a: 1\n«\u{A0}\u{A0}b»: 2", "invisible-in-key", tree: "{a: 1}")
    check("a: 1\n«b\u{200B}»: 2", "invisible-in-key", tree: "{a: 1}")
    let many = (0..<100).map { "k\($0): 1\n" }.joined()
    check(many + "«k7»: 2\n«k99»: 3\n", "duplicate-key")
  }

  @Test func comments() {
    check(
      "a: Take «#3»\nb: 1", "comment-in-value",
      fix: "if it belongs to the value, write \"Take #3\"; if not, put a space after the #",
      tree: "{a: Take, b: 1}")
    check("a: «#1 Fan»\nb: 1", "comment-in-value", tree: "{a: , b: 1}")
  }

  @Test func documents() {
    check("a: 1\n«---»\nb: 1\n", "several-documents", tree: "{a: 1}")
    check("a: &x [«*x»]", "recursive-alias", tree: "{a: [⊥]}")
  }

  @Test func everyMistakeIsReported() {
    let marked = MarkedText(
      "a: \"x«\\q»\"\nb: «foo: bar»\nok: 1\nc: «@x»\nlist:\n- «&»\nd: 2\n«e:»5\nf: «'x»\n")
    var diagnostics: [Diagnostic] = []
    let node = parse(marked.source, diagnostics: &diagnostics)
    #expect(diagnostics.map(\.location?.range) == marked.ranges)
    #expect(inOneLine(node) == "{ok: 1, d: 2, a: ⊥, b: ⊥, c: ⊥, list: ⊥, e: ⊥, f: ⊥}")
  }

  @Test func tooManyMistakes() {
    let text = (0..<50).map { "k\($0): a: b\n" }.joined()
    var diagnostics: [Diagnostic] = []
    let node = parse(Source(path: "a", text: text), diagnostics: &diagnostics)
    #expect(diagnostics.count == 21)
    #expect(inOneLine(node) == "⊥")
  }
}
