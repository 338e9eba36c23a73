import SourceText

extension Parser {
  /// Parses an expression; in its grammar and precedence Jinja2's.
  mutating func parseExpression() throws(Mistake) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Parser.depthLimit else {
      report(.tooDeep(location(token.range)))
      throw Mistake()
    }
    return try parseConditional()
  }

  /// Parses an expression, or reports why not and gives one that nothing more is said about.
  mutating func parseExpressionOrInvalid() -> Expression {
    let start = token.range
    restartOperationCount()
    do {
      return try parseExpression()
    } catch {
      return Expression(kind: .invalid, range: range(from: start))
    }
  }

  /// Parses what an `if` asks; a choice needs parentheses there.
  mutating func parseCondition() -> Expression {
    let start = token.range
    restartOperationCount()
    do {
      return try parseOr()
    } catch {
      return Expression(kind: .invalid, range: range(from: start))
    }
  }

  private mutating func parseConditional() throws(Mistake) -> Expression {
    var value = try parseOr()
    while skip(word: "if") {
      try countOperation()
      let test = try parseOr()
      let otherwise = skip(word: "else") ? try parseExpression() : nil
      value = Expression(
        kind: .conditional(test: test, then: value, otherwise: otherwise), range: range(from: value.range))
    }
    return value
  }

  mutating func parseOr() throws(Mistake) -> Expression {
    var left = try parseAnd()
    while skip(word: "or") {
      try countOperation()
      let right = try parseAnd()
      left = Expression(kind: .or(left, right), range: range(from: left.range))
    }
    return left
  }

  private mutating func parseAnd() throws(Mistake) -> Expression {
    var left = try parseNot()
    while skip(word: "and") {
      try countOperation()
      let right = try parseNot()
      left = Expression(kind: .and(left, right), range: range(from: left.range))
    }
    return left
  }

  private mutating func parseNot() throws(Mistake) -> Expression {
    let start = token.range
    guard skip(word: "not") else { return try parseComparison() }
    depth += 1
    defer { depth -= 1 }
    guard depth < Parser.depthLimit else {
      report(.tooDeep(location(start)))
      throw Mistake()
    }
    let operand = try parseNot()
    return Expression(kind: .not(operand), range: range(from: start))
  }

  private mutating func parseComparison() throws(Mistake) -> Expression {
    let left = try parseSum()
    var comparisons: [Comparison] = []
    while let operation = takeComparisonOperator() {
      try countOperation()
      comparisons.append(Comparison(operation: operation, right: try parseSum()))
    }
    guard !comparisons.isEmpty else { return left }
    return Expression(kind: .compare(left, comparisons), range: range(from: left.range))
  }

  private mutating func takeComparisonOperator() -> ComparisonOperator? {
    switch token.kind {
    case .symbol(let symbol):
      guard let operation = ComparisonOperator(rawValue: symbol.rawValue) else { return nil }
      advance()
      return operation
    case .name("in"):
      advance()
      return .contained
    case .name("not") where nextToken.kind == .name("in"):
      advance()
      advance()
      return .notContained
    default: return nil
    }
  }

  private mutating func parseSum() throws(Mistake) -> Expression {
    var left = try parseConcatenation()
    while isSymbol(.plus) || isSymbol(.minus) {
      try countOperation()
      let operation: ArithmeticOperator = isSymbol(.plus) ? .add : .subtract
      advance()
      let right = try parseConcatenation()
      left = Expression(kind: .arithmetic(operation, left, right), range: range(from: left.range))
    }
    return left
  }

  private mutating func parseConcatenation() throws(Mistake) -> Expression {
    let first = try parseProduct()
    var parts = [first]
    while skip(.tilde) { parts.append(try parseProduct()) }
    guard parts.count > 1 else { return first }
    return Expression(kind: .concatenation(parts), range: range(from: first.range))
  }

  private mutating func parseProduct() throws(Mistake) -> Expression {
    var left = try parseUnary()
    while case .symbol(let symbol) = token.kind {
      if symbol == .power { throw unsupported("'**'", fix: "multiply: 'x * x'", token.range) }
      guard [.times, .divide, .floorDivide, .remainder].contains(symbol),
        let operation = ArithmeticOperator(rawValue: symbol.rawValue)
      else { break }
      try countOperation()
      advance()
      let right = try parseUnary()
      left = Expression(kind: .arithmetic(operation, left, right), range: range(from: left.range))
    }
    return left
  }

  private mutating func parseUnary(withFilters: Bool = true) throws(Mistake) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < Parser.depthLimit else {
      report(.tooDeep(location(token.range)))
      throw Mistake()
    }
    let start = token.range
    var value: Expression
    if skip(.minus) {
      let operand = try parseUnary(withFilters: false)
      value = Expression(kind: .negative(operand), range: range(from: start))
    } else if skip(.plus) {
      let operand = try parseUnary(withFilters: false)
      value = Expression(kind: .positive(operand), range: range(from: start))
    } else {
      value = try parsePrimary()
    }
    value = try parsePostfix(value)
    return withFilters ? try parseFilters(value) : value
  }

  private mutating func parsePrimary() throws(Mistake) -> Expression {
    let start = token.range
    func make(_ kind: Expression.Kind) -> Expression { Expression(kind: kind, range: start) }
    switch token.kind {
    case .name(let name):
      if Parser.reservedWords.contains(name) { throw expected("a value") }
      advance()
      switch name {
      case "true", "True": return make(.boolean(true))
      case "false", "False": return make(.boolean(false))
      case "none", "None": return make(.none)
      default: return make(.name(name))
      }
    case .string(var text):
      advance()
      while case .string(let more) = token.kind {
        text += more
        advance()
      }
      return Expression(kind: .string(text), range: range(from: start))
    case .integer(let value):
      advance()
      return make(.integer(value))
    case .number(let value):
      advance()
      return make(.number(value))
    case .symbol(.leftParenthesis):
      advance()
      let value = try parseExpression()
      if isSymbol(.comma) {
        throw unsupported("a tuple", fix: "write a list: '[a, b]'", token.range)
      }
      try expect(.rightParenthesis)
      return Expression(kind: value.kind, range: range(from: start))
    case .symbol(.leftBracket):
      advance()
      var items: [Expression] = []
      while !isSymbol(.rightBracket) {
        if !items.isEmpty { try expect(.comma) }
        if isSymbol(.rightBracket) { break }
        items.append(try parseExpression())
      }
      try expect(.rightBracket)
      return Expression(kind: .list(items), range: range(from: start))
    case .symbol(.leftBrace):
      throw unsupported("a dictionary", fix: "set one variable for each of its values", token.range)
    default: throw expected("a value")
    }
  }

  private mutating func parsePostfix(_ base: Expression) throws(Mistake) -> Expression {
    var value = base
    while true {
      if isSymbol(.dot) || isSymbol(.leftBracket) || isSymbol(.leftParenthesis) { try countOperation() }
      if skip(.dot) {
        if case .integer(let position) = token.kind {
          let item = Expression(kind: .integer(position), range: token.range)
          advance()
          value = Expression(kind: .item(value, item), range: range(from: base.range))
        } else {
          let name = try expectName("the name of a field")
          value = Expression(kind: .field(value, name), range: range(from: base.range))
        }
      } else if skip(.leftBracket) {
        value = try parseSubscript(value)
      } else if isSymbol(.leftParenthesis) {
        let arguments = try parseArguments()
        value = Expression(kind: .call(value, arguments), range: range(from: base.range))
      } else {
        return value
      }
    }
  }

  private mutating func parseSubscript(_ base: Expression) throws(Mistake) -> Expression {
    var parts: [Expression?] = []
    var isSlice = false
    while true {
      let isEmpty = isSymbol(.colon) || isSymbol(.rightBracket)
      parts.append(isEmpty ? nil : try parseExpression())
      guard parts.count < 3, skip(.colon) else { break }
      isSlice = true
    }
    try expect(.rightBracket)
    let place = range(from: base.range)
    if isSlice {
      return Expression(
        kind: .slice(
          base, from: parts[0], to: parts.count > 1 ? parts[1] : nil, step: parts.count > 2 ? parts[2] : nil),
        range: place)
    }
    guard let item = parts[0] else { throw expected("a position or a name") }
    if case .string(let name) = item.kind {
      return Expression(kind: .field(base, Name(text: name, range: item.range)), range: place)
    }
    return Expression(kind: .item(base, item), range: place)
  }

  private mutating func parseFilters(_ base: Expression) throws(Mistake) -> Expression {
    var value = base
    while true {
      if isSymbol(.pipe) || name == "is" || isSymbol(.leftParenthesis) { try countOperation() }
      if skip(.pipe) {
        let name = try expectName("the name of a filter")
        let arguments = try parseOptionalArguments()
        value = Expression(kind: .filter(value, name, arguments), range: range(from: base.range))
      } else if name == "is" {
        value = try parseTest(value)
      } else if isSymbol(.leftParenthesis) {
        let arguments = try parseArguments()
        value = Expression(kind: .call(value, arguments), range: range(from: base.range))
      } else {
        return value
      }
    }
  }

  private mutating func parseTest(_ base: Expression) throws(Mistake) -> Expression {
    advance()
    let isNegated = skip(word: "not")
    let name = try expectName("the name of a test")
    var arguments = Arguments(range: ByteRange(at: Int(name.range.upperBound)))
    if isSymbol(.leftParenthesis) {
      arguments = try parseArguments()
    } else if startsTestArgument {
      let argument = try parsePostfix(try parsePrimary())
      arguments.positional = [argument]
      arguments.range = argument.range
    } else if case .name(let word) = token.kind, ["if", "in", "not", "is"].contains(word) {
      report(.testBeforeWord(word, location(token.range)))
      throw Mistake()
    }
    return Expression(
      kind: .test(base, name, arguments, isNegated: isNegated), range: range(from: base.range))
  }

  /// Whether an argument without parentheses follows, as in `x is divisibleby 3`.
  private var startsTestArgument: Bool {
    switch token.kind {
    case .name(let word): !Parser.reservedWords.contains(word)
    case .string, .integer, .number, .symbol(.leftBracket): true
    default: false
    }
  }

  mutating func parseOptionalArguments() throws(Mistake) -> Arguments {
    if isSymbol(.leftParenthesis) { return try parseArguments() }
    return Arguments(range: ByteRange(at: lastEnd))
  }

  mutating func parseArguments() throws(Mistake) -> Arguments {
    let start = token.range
    try expect(.leftParenthesis)
    var arguments = Arguments(range: start)
    while !isSymbol(.rightParenthesis) {
      if !arguments.isEmpty {
        try expect(.comma)
        if isSymbol(.rightParenthesis) { break }
      }
      if isSymbol(.times) || isSymbol(.power) {
        throw unsupported("passing on all arguments", fix: "write the arguments one by one", token.range)
      }
      if let name, nextToken.kind == .symbol(.assign) {
        let label = Name(text: name, range: token.range)
        advance()
        advance()
        arguments.named.append((label, try parseExpression()))
      } else {
        guard arguments.named.isEmpty else {
          report(.positionalAfterNamed(location(token.range)))
          throw Mistake()
        }
        arguments.positional.append(try parseExpression())
      }
    }
    try expect(.rightParenthesis)
    arguments.range = range(from: start)
    return arguments
  }
}

// MARK: - Messages

extension Diagnostic {
  static func tooDeep(_ location: Location) -> Diagnostic {
    .error(
      "template/too-deep", "this is nested too deeply", at: location,
      fix: "give the inner part a name with '{% set … %}'")
  }

  /// Jinja2 takes any word but `and`, `or` and `else` for the argument of a test.
  fileprivate static func testBeforeWord(_ word: String, _ location: Location) -> Diagnostic {
    .error(
      "template/syntax", "'\(word)' cannot follow a test", at: location,
      fix: "put the test in parentheses: '(x is odd) \(word) …'")
  }

  fileprivate static func positionalAfterNamed(_ location: Location) -> Diagnostic {
    .error(
      "template/syntax", "an argument without a name cannot follow one with a name", at: location,
      fix: "put it first")
  }
}
