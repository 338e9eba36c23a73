import SourceText

extension Parser {
  /// Parses statements until a tag that begins with one of `words`, and stands on that word then; or
  /// until the end of the source.
  mutating func parseStatements(until words: [String]) -> [Statement] {
    endings.append(words)
    defer { endings.removeLast() }
    var statements: [Statement] = []
    while true {
      let start = token.range
      switch token.kind {
      case .end: return statements
      case .text:
        statements.append(Statement(kind: .text, range: start))
        advance()
      case .outputStart:
        advance()
        let value = parseExpressionOrInvalid()
        if !value.isInvalid, token.kind != .outputEnd { _ = expected("the end of the output '}}'") }
        skipTag()
        statements.append(Statement(kind: .output(value), range: range(from: start)))
      case .tagStart:
        if case .name(let word) = nextToken.kind {
          if words.contains(word) {
            advance()
            return statements
          }
          // The end of something further out: what is being parsed was not closed.
          if endings.contains(where: { $0.contains(word) }) { return statements }
        }
        advance()
        if let statement = parseTag(start) { statements.append(statement) }
      default:
        advance()
      }
    }
  }

  /// Parses the tag whose `{%` was just taken.
  private mutating func parseTag(_ start: ByteRange) -> Statement? {
    guard endings.count < Parser.depthLimit else {
      report(.tooDeep(location(start)))
      skipTag()
      return nil
    }
    guard let word = name else {
      _ = expected("the name of a tag")
      skipTag()
      return nil
    }
    let place = token.range
    do throws(Mistake) {
      switch word {
      case "if": return try parseIf(start)
      case "for": return try parseFor(start)
      case "set": return try parseSet(start)
      case "include": return try parseInclude(start)
      case "extends": return try parseExtends(start)
      case "block": return try parseBlock(start)
      case "macro": return try parseMacro(start)
      default:
        if let advice = Parser.unsupportedTags[word] {
          throw unsupported("'{% \(word) %}'", fix: advice, place)
        }
        report(.unknownTag(word, location(place)))
        throw Mistake()
      }
    } catch {
      skipTag()
      return nil
    }
  }

  static let unsupportedTags = [
    "import": "put what is shared into a file of its own and '{% include %}' it",
    "from": "put what is shared into a file of its own and '{% include %}' it",
    "with": "write '{% set name = value %}'",
    "do": "write '{% set name = value %}'",
    "call": "pass the text to the macro as an argument, set with '{% set text %}…{% endset %}'",
    "filter": "write '{% set text %}…{% endset %}{{ text | … }}'",
    "autoescape": "leave it out: the place decides how a value is escaped; '| safe' trusts a text as HTML",
    "break": "filter the list: '{% for x in xs if … %}'",
    "continue": "filter the list: '{% for x in xs if … %}'",
    "trans": "write '{{ t(\"key\") }}' and put the words into strings/",
    "debug": "leave it out",
  ]

  static let tagNames = ["if", "for", "set", "include", "extends", "block", "macro", "raw"]

  /// Takes the tag that ends what `start` began, or reports that it is missing.
  ///
  /// The end of a block may say the block's `name` again.
  private mutating func parseEnd(
    _ word: String, of start: ByteRange, _ opened: String, name repeated: String? = nil
  ) {
    guard name == word, index > 0 else {
      report(.unclosed(opened, endedBy: word, location(start)))
      return
    }
    advance()
    if let repeated, let name {
      if name != repeated { report(.otherEnd(name, of: repeated, location(token.range))) }
      advance()
    }
    expectTagEnd()
  }

  private mutating func parseIf(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    var branches: [Branch] = []
    var test = parseCondition()
    finishTag(after: test)
    let place = range(from: start)
    var otherwise: [Statement]?
    while true {
      let body = parseStatements(until: ["elif", "else", "endif"])
      branches.append(Branch(test: test, body: body))
      if name == "elif" {
        advance()
        test = parseCondition()
        finishTag(after: test)
        continue
      }
      if name == "else" {
        advance()
        if name == "if" {
          report(.elseIf(location(token.range)))
          skipTag()
        } else {
          expectTagEnd()
        }
        otherwise = parseStatements(until: ["endif"])
      }
      break
    }
    parseEnd("endif", of: place, "if")
    return Statement(kind: .conditional(branches, otherwise: otherwise), range: place)
  }

  private mutating func finishTag(after expression: Expression) {
    if expression.isInvalid { skipTag() } else { expectTagEnd() }
  }

  private mutating func parseFor(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    restartOperationCount()
    var loop = Loop(
      variables: [], sequence: Expression(kind: .invalid, range: start), isRecursive: false, body: [])
    do throws(Mistake) {
      repeat {
        loop.variables.append(try expectFreeName("the name of a variable"))
      } while skip(.comma)
      guard skip(word: "in") else { throw expected("'in'") }
      loop.sequence = try parseOr()
      if skip(word: "if") { loop.condition = try parseOr() }
      if skip(word: "recursive") { loop.isRecursive = true }
      expectTagEnd()
    } catch {
      skipTag()
    }
    for variable in loop.variables { tree.assignedNames.insert(variable.text) }
    let place = range(from: start)
    loop.body = parseStatements(until: ["else", "endfor"])
    if name == "else" {
      advance()
      expectTagEnd()
      loop.otherwise = parseStatements(until: ["endfor"])
    }
    parseEnd("endfor", of: place, "for")
    return Statement(kind: .loop(loop), range: place)
  }

  private mutating func parseSet(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    restartOperationCount()
    let target = try expectFreeName("the name of a variable")
    tree.assignedNames.insert(target.text)
    if isSymbol(.dot) {
      throw unsupported(
        "setting a field", fix: "set a variable of its own: '{% set name = value %}'", token.range)
    }
    if isSymbol(.comma) {
      throw unsupported("setting two variables at once", fix: "write one '{% set %}' for each", token.range)
    }
    if skip(.assign) {
      let value = try parseExpression()
      expectTagEnd()
      return Statement(kind: .assign(target, value), range: range(from: start))
    }
    if isSymbol(.pipe) {
      throw unsupported(
        "a filter in '{% set %}'", fix: "filter the variable where it is used: '{{ x | … }}'", token.range)
    }
    expectTagEnd()
    let place = range(from: start)
    let body = parseStatements(until: ["endset"])
    parseEnd("endset", of: place, "set")
    return Statement(kind: .capture(target, body), range: place)
  }

  private mutating func parseTemplateName(_ tag: String) throws(Mistake) -> TemplateName {
    guard case .string(let text) = token.kind, token.range.count >= 2 else {
      throw unsupported(
        "a name worked out in '{% \(tag) %}'", fix: "write the file's name in quotes", token.range)
    }
    let name = TemplateName(text: text, range: token.range)
    advance()
    return name
  }

  private mutating func parseInclude(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    let name = try parseTemplateName("include")
    var ignoresMissing = false
    if skip(word: "ignore") {
      guard skip(word: "missing") else { throw expected("'missing'") }
      ignoresMissing = true
    }
    if self.name == "without" {
      throw unsupported(
        "'without context'", fix: "leave it out: a partial may see the variables around it", token.range)
    }
    if skip(word: "with") {
      guard skip(word: "context") else { throw expected("'context'") }
    }
    expectTagEnd()
    return Statement(kind: .include(name, ignoresMissing: ignoresMissing), range: range(from: start))
  }

  private mutating func parseExtends(_ start: ByteRange) throws(Mistake) -> Statement? {
    advance()
    let name = try parseTemplateName("extends")
    expectTagEnd()
    if tree.parent != nil || endings.count > 1 {
      report(.misplacedExtends(location(range(from: start))))
    } else {
      tree.parent = name
    }
    return nil
  }

  private mutating func parseBlock(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    let name = try expectFreeName("the name of the block")
    var block = Block(name: name, isScoped: false, isRequired: false, body: [])
    while let word = self.name, word == "scoped" || word == "required" {
      if word == "scoped" { block.isScoped = true } else { block.isRequired = true }
      advance()
    }
    expectTagEnd()
    let place = range(from: start)
    block.body = parseStatements(until: ["endblock"])
    parseEnd("endblock", of: place, "block", name: name.text)
    if let first = tree.blocks[name.text] {
      report(.duplicateBlock(name.text, location(name.range), first: location(first.name.range)))
    } else {
      tree.blocks[name.text] = block
    }
    return Statement(kind: .block(block), range: place)
  }

  private mutating func parseMacro(_ start: ByteRange) throws(Mistake) -> Statement {
    advance()
    let name = try expectFreeName("the name of the macro")
    var macro = Macro(name: name, parameters: [], body: [])
    do throws(Mistake) {
      try expect(.leftParenthesis)
      while !isSymbol(.rightParenthesis) {
        if !macro.parameters.isEmpty {
          try expect(.comma)
          if isSymbol(.rightParenthesis) { break }
        }
        let parameter = try expectFreeName("the name of a parameter")
        tree.assignedNames.insert(parameter.text)
        let standard = skip(.assign) ? try parseExpression() : nil
        macro.parameters.append((parameter, standard))
      }
      try expect(.rightParenthesis)
      expectTagEnd()
    } catch {
      skipTag()
    }
    let place = range(from: start)
    macro.body = parseStatements(until: ["endmacro"])
    parseEnd("endmacro", of: place, "macro")
    tree.macros.append(macro)
    return Statement(kind: .macro(macro), range: place)
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unknownTag(_ name: String, _ location: Location) -> Diagnostic {
    if name.hasPrefix("end") || name == "else" || name == "elif" {
      return .error(
        "template/syntax", "'{% \(name) %}' ends nothing that is open here", at: location)
    }
    return .error(
      "template/unknown-tag", "there is no tag '\(name)'", at: location,
      fix: didYouMean(name, among: Parser.tagNames))
  }

  fileprivate static func unclosed(_ opened: String, endedBy word: String, _ location: Location) -> Diagnostic
  {
    .error(
      "template/unclosed", "this '\(opened)' has no end", at: location, fix: "write '{% \(word) %}' after it")
  }

  fileprivate static func otherEnd(_ name: String, of block: String, _ location: Location) -> Diagnostic {
    .error(
      "template/syntax", "this ends the block '\(block)', not '\(name)'", at: location,
      fix: "write '{% endblock \(block) %}'")
  }

  fileprivate static func elseIf(_ location: Location) -> Diagnostic {
    .error("template/syntax", "'else if' is one word here", at: location, fix: "write '{% elif … %}'")
  }

  fileprivate static func misplacedExtends(_ location: Location) -> Diagnostic {
    .error(
      "template/misplaced-extends", "'{% extends %}' stands once, at the top of a template", at: location)
  }

  fileprivate static func duplicateBlock(_ name: String, _ location: Location, first: Location) -> Diagnostic
  {
    .error(
      "template/duplicate-block", "there are two blocks '\(name)' in this template", at: location,
      fix: "give it another name", notes: [Diagnostic.Note("the first one is here", at: first)])
  }
}
