import SourceText

/// Makes a ``SyntaxTree`` of a template's tokens; goes on after every mistake.
struct Parser {
  /// Thrown inside one tag after a mistake was reported; the rest of the tag is skipped.
  struct Mistake: Error {}

  let source: Source
  private let tokens: [Token]
  private(set) var index = 0
  var diagnostics: [Diagnostic]
  var tree = SyntaxTree()
  /// The words that end the statements being parsed, outermost first.
  var endings: [[String]] = []
  var depth = 0
  /// How many operators, fields and filters the expression being parsed has so far.
  private var operationCount = 0

  static let depthLimit = 40
  static let operationLimit = 100

  init(_ source: Source) {
    self.source = source
    var lexer = Lexer(source)
    lexer.run()
    tokens = lexer.tokens
    diagnostics = lexer.diagnostics
  }

  /// Parses the whole template.
  static func parse(_ source: Source, diagnostics: inout [Diagnostic]) -> SyntaxTree {
    var parser = Parser(source)
    parser.tree.statements = parser.parseStatements(until: [])
    diagnostics += parser.diagnostics
    return parser.tree
  }
}

// MARK: - Tokens

extension Parser {
  var token: Token { tokens[index] }

  var nextToken: Token { tokens[min(index + 1, tokens.count - 1)] }

  mutating func advance() {
    if index < tokens.count - 1 { index += 1 }
  }

  var name: String? {
    if case .name(let name) = token.kind { name } else { nil }
  }

  func isSymbol(_ symbol: Token.Symbol) -> Bool { token.kind == .symbol(symbol) }

  mutating func skip(_ symbol: Token.Symbol) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func skip(word: String) -> Bool {
    guard name == word else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Token.Symbol) throws(Mistake) {
    if !skip(symbol) { throw expected("'\(symbol.rawValue)'") }
  }

  mutating func expectName(_ what: String) throws(Mistake) -> Name {
    guard let name else { throw expected(what) }
    let result = Name(text: name, range: token.range)
    advance()
    return result
  }

  /// Takes a name that is free to be given to a variable, a macro or a block.
  mutating func expectFreeName(_ what: String) throws(Mistake) -> Name {
    if let name, Parser.reservedWords.contains(name) { throw expected(what) }
    return try expectName(what)
  }

  static let reservedWords = templateKeywords

  /// The end of the last token taken.
  var lastEnd: Int { index > 0 ? Int(tokens[index - 1].range.upperBound) : 0 }

  func range(from start: ByteRange) -> ByteRange {
    ByteRange(Int(start.lowerBound), max(lastEnd, Int(start.upperBound)))
  }

  func location(_ range: ByteRange) -> Location { Location(path: source.path, range: range) }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  mutating func expected(_ what: String) -> Mistake {
    // A token that the lexer closed itself was reported by it.
    if !token.range.isEmpty || token.kind == .end {
      report(.expected(what, found: token, location(token.range)))
    }
    return Mistake()
  }

  mutating func unsupported(_ what: String, fix: String, _ range: ByteRange) -> Mistake {
    report(.unsupported(what, fix: fix, location(range)))
    return Mistake()
  }

  /// Counts one operator, field or filter: chains of them nest, too.
  mutating func countOperation() throws(Mistake) {
    operationCount += 1
    guard operationCount > Parser.operationLimit else { return }
    report(.tooDeep(location(token.range)))
    operationCount = 0
    throw Mistake()
  }

  mutating func restartOperationCount() { operationCount = 0 }

  /// Goes to just after the end of the tag.
  mutating func skipTag() {
    while true {
      switch token.kind {
      case .tagEnd, .outputEnd:
        advance()
        return
      case .tagStart, .outputStart, .text, .end: return
      default: advance()
      }
    }
  }

  /// Takes the end of a tag, or reports what stands there instead.
  mutating func expectTagEnd() {
    if token.kind != .tagEnd { _ = expected("the end of the tag '%}'") }
    skipTag()
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func expected(_ what: String, found token: Token, _ location: Location) -> Diagnostic {
    if case .symbol(.power) = token.kind {
      return .unsupported("'**'", fix: "multiply: 'x * x'", location)
    }
    if case .symbol(.assign) = token.kind {
      return .error(
        "template/syntax", "'=' sets a variable and cannot stand here", at: location,
        fix: "compare with '=='")
    }
    return .error("template/syntax", "expected \(what), found \(token.description)", at: location)
  }

  static func unsupported(_ what: String, fix: String, _ location: Location) -> Diagnostic {
    .error("template/unsupported", "\(what) is not part of this template language", at: location, fix: fix)
  }
}

/// The words of expressions, which can't be names.
public let templateKeywords: Set<String> = ["and", "or", "not", "if", "else", "in", "is"]
