import SourceText

extension Compiler {
  /// How deep statements may stand in each other, with everything that is included.
  static let nestingLimit = 80

  mutating func compile(_ statements: [Statement]) {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Compiler.nestingLimit, let first = statements.first {
      report(.tooDeep(location(first.range)))
      return
    }
    for statement in statements { compile(statement) }
  }

  mutating func compile(_ statement: Statement) {
    guard mayContinue(statement.range) else { return }
    switch statement.kind {
    case .output, .loop, .assign, .conditional:
      program.origins.append(Program.Origin(start: here, location: location(statement.range)))
    default: break
    }
    switch statement.kind {
    case .text: compileText(statement.range)
    case .output(let value): compileOutput(value, statement.range)
    case .conditional(let branches, let otherwise):
      compileConditional(branches, otherwise: otherwise, statement.range)
    case .loop(let loop): compileLoop(loop, statement.range)
    case .assign(let name, let value): compileAssignment(name, value)
    case .capture(let name, let body): compileCapture(name, body)
    case .include(let name, let ignoresMissing): compileInclude(name, ignoresMissing: ignoresMissing)
    case .block(let block): compileBlock(block)
    case .macro(let macro):
      if Compiler.functionNames.contains(macro.name.text) {
        report(.reservedName(macro.name.text, location(macro.name.range)))
      }
      declare(macro.name.text, .macro(macro, frame), nil)
    }
  }

  private mutating func compileText(_ range: ByteRange) {
    let source = library.templates[frame.template].file.source
    var bytes = source.bytes[range.indices]
    if bytes.contains(0x0D) {
      // What is judged is what will be written.
      var normalized: [UInt8] = []
      for (index, byte) in zip(bytes.indices, bytes) {
        if byte == 0x0D {
          normalized.append(0x0A)
        } else if byte != 0x0A || index == 0 || source.bytes[index - 1] != 0x0D {
          normalized.append(byte)
        }
      }
      bytes = normalized[...]
    }
    let (mistake, doubts) = position.advance(over: bytes)
    // Behind line ends of two bytes, the places are some bytes early.
    let offset = range.indices.lowerBound - bytes.startIndex
    if let (mistake, index) = mistake {
      report(.markup(mistake, location(character(at: offset + index, of: source.bytes))))
    }
    func place(_ range: Range<Int>) -> Location {
      Location(
        path: source.path, range: ByteRange(offset + range.lowerBound, offset + range.upperBound))
    }
    for (doubt, range) in doubts {
      switch doubt {
      case .path: report(.literalPath(String(decoding: bytes[range], as: UTF8.self), place(range)))
      case .element(.unopened(let name)): noteElement(.unopenedElement(name, place(range)))
      case .element(.unclosed(let element)): noteElement(.unclosedElement(element.name, element.place(place)))
      }
    }
    position.open.settle(place)
    emitText(bytes)
  }

  // MARK: - set

  func isReserved(_ name: String) -> Bool {
    Compiler.functionNames.contains(name) || name == "options" || name == "loop" || name == "super"
      || name == "self"
  }

  mutating func checkName(_ name: Name) {
    if isReserved(name.text) { report(.reservedName(name.text, location(name.range))) }
  }

  private mutating func compileAssignment(_ name: Name, _ expression: Expression) {
    checkName(name)
    let checked = check(expression)
    assign(name, checked)
  }

  private mutating func compileCapture(_ name: Name, _ body: [Statement]) {
    checkName(name)
    let outer = position
    position = .start
    let slot = takeSlot()
    let start = emit(.capture(slot: slot, end: 0))
    placeTarget()
    inScope { $0.compile(body) }
    if !position.isBetweenElements {
      report(.captureEndsInside(position, location(name.range)))
    }
    position = outer
    program.instructions[start] = .capture(slot: slot, end: here)
    placeTarget()
    assign(name, Typed(add(.slot(slot)), .markup, name.range))
  }

  private mutating func assign(_ name: Name, _ value: Typed) {
    let slot: Int32
    if let known = scopes[scopes.count - 1].variables[name.text], case .slot(let existing) = known.binding,
      !known.isPerPage
    {
      slot = existing
    } else {
      slot = takeSlot()
    }
    emit(.assign(slot: slot, value.node))
    let variable = declare(name.text, .slot(slot), value.type)
    transferFacts(from: value, to: variable)
  }

  /// Lets what is known of a value be known of the variable that it was given to.
  mutating func transferFacts(from value: Typed, to variable: Variable) {
    if let key = value.key {
      for fact in facts where fact.hasPrefix(key) && fact != key {
        facts.insert(variable.key + fact.dropFirst(key.count))
      }
    }
    if isSubstantial(value) { facts.insert(variable.key + "#") }
    for suffix in value.elementFacts { elementFacts[variable.key, default: []].insert(suffix) }
  }
}

extension Compiler {
  /// The character that the byte at `place` belongs to.
  fileprivate func character(at place: Int, of bytes: [UInt8]) -> ByteRange {
    func goesOn(_ index: Int) -> Bool { index < bytes.count && bytes[index] & 0xC0 == 0x80 }
    var start = place
    while start > 0, start > place - 3, goesOn(start) { start -= 1 }
    var end = place + 1
    while end < start + 4, goesOn(end) { end += 1 }
    return ByteRange(start, end)
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func reservedName(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/reserved-name", "'\(name)' has a meaning of its own and cannot be a variable", at: location,
      fix: "use another name")
  }

  fileprivate static func markup(_ mistake: MarkupPosition.Mistake, _ location: Location) -> Diagnostic {
    let message: String
    let fix: String
    switch mistake {
    case .schemeAfterValue:
      return .error(
        "template/url-scheme", "a value must not decide what kind of URL this is", at: location,
        fix: "write the part before ':' out, or use a link")
    case .markedSection:
      message = "'<![' begins a comment in HTML and text in SVG"
      fix = "write '&lt;' for a '<' in text"
    case .commentInScript:
      message = "after '<!' in a script, '</script>' may not end it"
      fix = "put a space between '<' and '!'"
    case .joinedName:
      message = "what is written here belongs to a name in some branches and not in others"
      fix = "put a space before it, or write the whole attribute in each branch"
    case .unorderedEndTag:
      message = "inside <svg> and <math>, elements have to be closed in order, and another one is open here"
      fix = "close the innermost element first, or end its tag with '/>'"
    case .ambiguousInRegion(let region):
      message = "inside <\(region)>, browsers do not agree on what this character means"
      fix = "write '&lt;' or '&amp;' in attributes, and scripts and styles in files of their own"
    case .latePragma:
      message = "'http-equiv' makes orders to the browser of the value in 'content' before it"
      fix = "write 'http-equiv' first"
    case .strayInTag(0x3C, let element):
      message = "a tag begins here inside of another one: <\(element)> has no '>' yet"
      fix = "write the '>' of <\(element)>, and look for a quotation mark that is missing before it"
    case .strayInTag(_, let element):
      message = "this quotation mark in the tag <\(element)> begins no value and ends none"
      fix = "look for one that is missing before it, and write '=' before a value"
    }
    return .error("template/html-ambiguous", message, at: location, fix: fix)
  }

  fileprivate static func literalPath(_ path: String, _ location: Location) -> Diagnostic {
    .warning(
      "template/literal-path",
      path.utf8.first == 0x2F
        ? "'\(path)' begins at the host's root, and breaks where the site stands in a folder"
        : "'\(path)' leads somewhere else from each page, and nobody checks it", at: location,
      fix: "write a field that is a link, such as 'site.home', or 'asset(…)' for a file of the theme")
  }

  fileprivate static func unopenedElement(_ name: String, _ location: Location) -> Diagnostic {
    .warning(
      "template/html-elements", "no <\(name)> is open here that this could close", at: location,
      fix: "take it out, or look for a tag that is missing before it")
  }

  static func unclosedElement(_ name: String, _ location: Location) -> Diagnostic {
    .warning(
      "template/html-elements", "this <\(name)> is not closed before what it stands in ends", at: location,
      fix: "write </\(name)> where it ends")
  }

  fileprivate static func captureEndsInside(_ position: MarkupPosition, _ location: Location) -> Diagnostic {
    .error("template/html-unfinished", "this text ends \(position.description)", at: location)
  }
}
