import SourceText
import Testing

@testable import Templates

/// Whether the written cases leave out nothing that the compiler knows; its own tables say what that is.
@Suite struct JinjaCoverageTests {
  private let written: JinjaCases
  private let used: UsedNames

  init() throws {
    written = try JinjaCases.read("written.json")
    used = UsedNames(written.cases.flatMap(\.templates.values))
  }

  @Test func `Every filter occurs in a case`() {
    for name in Compiler.filterNames + Compiler.specialFilterNames {
      #expect(used.filters.contains(name), "no case has the filter '\(name)'")
    }
  }

  @Test func `Every test occurs in a case`() {
    for name in Compiler.testNames { #expect(used.tests.contains(name), "no case has the test '\(name)'") }
  }

  @Test func `Every tag occurs in a case`() {
    for name in Parser.tagNames { #expect(used.tags.contains(name), "no case has the tag '\(name)'") }
  }

  @Test func `Every operator and every field of loop occurs in a case`() {
    let operators =
      ArithmeticOperator.allCases.map(\.rawValue) + ComparisonOperator.allCases.map(\.rawValue)
      + Parser.reservedWords + ["~"]
    for name in operators { #expect(used.operators.contains(name), "no case has the operator '\(name)'") }
    for name in Compiler.loopFields {
      #expect(used.fields.contains(name), "no case has the field 'loop.\(name)'")
    }
  }

  @Test func `Everything that is left out on purpose is refused in a case`() {
    let refused = UsedNames(written.cases.filter { $0.refused != nil }.flatMap(\.templates.values))
    for name in Compiler.unsupportedFilters.keys {
      #expect(refused.filters.contains(name), "no case shows that the filter '\(name)' is refused")
    }
    for name in Parser.unsupportedTags.keys {
      #expect(refused.tags.contains(name), "no case shows that the tag '\(name)' is refused")
    }
  }
}

/// The names that templates use, by what they name; found in the tokens, so that refused templates count too.
private struct UsedNames {
  var filters: Set<String> = []
  var tests: Set<String> = []
  var tags: Set<String> = []
  var operators: Set<String> = []
  var fields: Set<String> = []

  init(_ templates: [String]) {
    for text in templates {
      var lexer = Lexer(Source(path: "case.html", text: text))
      lexer.run()
      // `raw` is taken by the lexer itself.
      if text.contains("endraw") { tags.insert("raw") }
      var words: [String] = []
      for token in lexer.tokens {
        words.append(word(of: token))
        note(words)
      }
    }
  }

  private func word(of token: Token) -> String {
    switch token.kind {
    case .name(let name): name
    case .symbol(let symbol): symbol.rawValue
    case .string(let text): text
    case .tagStart: "{%"
    default: ""
    }
  }

  /// Takes the last word, which those before it give its meaning.
  private mutating func note(_ words: [String]) {
    let before = words.suffix(4).dropLast()
    guard let word = words.last, let last = before.last else { return }
    operators.insert(word)
    operators.insert("\(last) \(word)")
    switch last {
    case "|": filters.insert(word)
    case "is": tests.insert(word)
    case "{%": tags.insert(word)
    case ".": fields.insert(word)
    case "not" where before.dropLast().last == "is": tests.insert(word)
    case "(" where before.suffix(2).first == "map": filters.insert(word)
    case "(" where before.suffix(2).first?.hasSuffix("ect") == true: tests.insert(word)
    default: break
    }
  }
}
