import SourceText

extension Compiler {
  /// How deep statements may stand in each other, with everything that is included.
  static let nestingLimit = 150

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
    if let (mistake, index) = position.advance(over: bytes) {
      report(.markup(mistake, location(ByteRange(index, index + 1))))
    }
    if bytes.contains(0x0D) {
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
    emitText(bytes)
  }

  // MARK: - if

  private mutating func compileConditional(
    _ branches: [Branch], otherwise: [Statement]?, _ range: ByteRange
  ) {
    declareConditionalNames(branches.map(\.body) + [otherwise ?? []])
    var ends = BranchEnds(compiler: self)
    var jumps: [Int] = []
    // What can never come is checked all the same, unless it is about something that is not there.
    var isDecided = false
    var isAbsent = false
    for branch in branches where !(isDecided && isAbsent) {
      let condition = self.condition(branch.test)
      if condition.constant == false, condition.isAboutAbsence { continue }
      ends.restore(&self)
      let factsElse = facts.union(condition.whenFalse)
      facts.formUnion(condition.whenTrue)
      let test = emit(.branch(condition.node, target: 0))
      placeTarget()
      compile(branch.body)
      jumps.append(emit(.jump(0)))
      program.instructions[test] = .branch(condition.node, target: here)
      placeTarget()
      if !isDecided, condition.constant != false { ends.add(&self, range) }
      if condition.constant == true {
        isDecided = true
        isAbsent = condition.isAboutAbsence
      }
      facts = factsElse
      ends.restoreVariables(&self)
    }
    if !(isDecided && isAbsent) {
      let factsElse = facts
      ends.restore(&self)
      facts = factsElse
      compile(otherwise ?? [])
      if !isDecided { ends.add(&self, range) }
    }
    for jump in jumps { program.instructions[jump] = .jump(here) }
    placeTarget()
    ends.finish(&self, range)
  }

  /// Declares, before an `if`, the variables that only some of its branches set.
  private mutating func declareConditionalNames(_ bodies: [[Statement]]) {
    var names: [String] = []
    func collect(_ statements: [Statement]) {
      for statement in statements {
        switch statement.kind {
        case .assign(let name, _), .capture(let name, _): names.append(name.text)
        case .conditional(let branches, let otherwise):
          for branch in branches { collect(branch.body) }
          collect(otherwise ?? [])
        default: break
        }
      }
    }
    for body in bodies { collect(body) }
    for name in names where scopes[scopes.count - 1].variables[name] == nil {
      let outer = find(name)
      let slot = takeSlot()
      var type: ValueType? = .missing
      var node = add(.constant(constant(.none)))
      if let outer {
        type = outer.type
        switch outer.binding {
        case .slot(let outerSlot): node = add(.slot(outerSlot))
        case .global(let field): node = add(.global(field: field))
        case .loop, .macro: type = .missing
        }
        noteRead(outer)
      }
      emit(.assign(slot: slot, node))
      declare(name, .slot(slot), type)
    }
  }

  // MARK: - for

  private mutating func compileLoop(_ loop: Loop, _ range: ByteRange) {
    let sequence = value(loop.sequence)
    var element: ValueType?
    if let type = sequence.type {
      if type == .dynamic {
        element = .dynamic
      } else if let listed = type.element {
        element = listed
      } else {
        report(.notAList(text(loop.sequence.range), describe(type), location(loop.sequence.range)))
      }
    }
    let positionBefore = position
    let factsBefore = facts
    inScope { compiler in
      let number = Int32(compiler.program.loops.count)
      let firstSlot = compiler.nextSlot
      let stateSlot = compiler.takeSlot()
      _ = compiler.takeSlot()
      _ = compiler.takeSlot()
      let slot = compiler.takeSlot()
      compiler.program.loops.append(LoopPlan(sequence: sequence.node, slot: slot, stateSlot: stateSlot))
      compiler.declareLoopVariables(
        loop, slot: slot, number: number, element: element,
        facts: loop.isRecursive ? [] : sequence.elementFacts)
      if let condition = loop.condition {
        let checked = compiler.condition(condition)
        compiler.program.loops[Int(number)].condition = checked.node
        compiler.facts.formUnion(checked.whenTrue)
      }
      compiler.declare(
        "loop", .loop(loop.isRecursive ? number : -1, stateSlot: stateSlot, element: element), nil)
      if element == .nothing { return }
      if let key = sequence.key { compiler.facts.insert(key + "#") }
      compiler.emit(.loop(number))
      compiler.placeTarget()
      compiler.program.loops[Int(number)].bodyStart = compiler.here
      compiler.position = compiler.position.atLoopStart
      let start = compiler.position
      compiler.compile(loop.body)
      if let merged = start.merged(with: compiler.position) {
        compiler.position = merged
      } else {
        compiler.report(.loopEndsElsewhere(start, compiler.position, compiler.location(range)))
        compiler.position = start
      }
      compiler.placeTarget()
      compiler.program.loops[Int(number)].bodyEnd = compiler.here
      compiler.program.loops[Int(number)].firstSlot = firstSlot
      compiler.program.loops[Int(number)].lastSlot = compiler.nextSlot
      compiler.facts = factsBefore
      compiler.finishLoop(loop, number, positionBefore, range)
    }
    facts = factsBefore
    if element == .nothing, let otherwise = loop.otherwise { inScope { $0.compile(otherwise) } }
  }

  private mutating func finishLoop(
    _ loop: Loop, _ number: Int32, _ positionBefore: MarkupPosition, _ range: ByteRange
  ) {
    let positionAfter = position
    position = positionBefore
    // What follows `else` sees neither the loop's variables nor what its body sets.
    scopes.append(Scope())
    scopes[scopes.count - 2].variables = [:]
    if let otherwise = loop.otherwise { compile(otherwise) }
    scopes.removeLast()
    if let merged = positionAfter.merged(with: position) {
      position = merged
    } else {
      report(.branchesEndApart(positionAfter, position, location(range)))
    }
    placeTarget()
    program.loops[Int(number)].end = here
    program.loops[Int(number)].lastSlot = max(program.loops[Int(number)].lastSlot, nextSlot)
  }

  private mutating func declareLoopVariables(
    _ loop: Loop, slot: Int32, number: Int32, element: ValueType?, facts known: Set<String>
  ) {
    for variable in loop.variables { checkName(variable) }
    if loop.variables.count == 1 {
      let variable = declare(loop.variables[0].text, .slot(slot), element)
      for suffix in known { facts.insert(variable.key + suffix) }
      return
    }
    guard loop.variables.count == 2 else {
      if let third = loop.variables.dropFirst(2).first {
        report(.cannotUnpack(3, location(third.range)))
      }
      for variable in loop.variables { declare(variable.text, .slot(slot), nil) }
      return
    }
    _ = takeSlot()
    program.loops[Int(number)].isUnpacking = true
    let types = element.flatMap { partsType($0)?.types }
    if element != nil, types == nil {
      report(.cannotUnpack(2, location(loop.variables[1].range)))
    }
    declare(loop.variables[0].text, .slot(slot), types?[0])
    declare(loop.variables[1].text, .slot(slot + 1), types?[1])
  }

  // MARK: - set

  func isReserved(_ name: String) -> Bool {
    Compiler.functionNames.contains(name) || name == "options" || name == "loop" || name == "super"
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
    if position.place != .text {
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
    // The variable stands for the value that it was given: what is known of one is known of the other.
    if let key = value.key {
      for fact in facts where fact.hasPrefix(key) && fact != key {
        facts.insert(variable.key + fact.dropFirst(key.count))
      }
    }
    if isSubstantial(value) { facts.insert(variable.key + "#") }
    for suffix in value.elementFacts { elementFacts[variable.key, default: []].insert(suffix) }
  }
}

/// The states in which the branches of an `if` end, to be made one.
private struct BranchEnds {
  private let startPosition: MarkupPosition
  private let startScopes: [Compiler.Scope]
  private var positions: [MarkupPosition] = []
  private var variables: [[String: Compiler.Variable]] = []
  private var facts: [Set<String>] = []

  init(compiler: Compiler) {
    startPosition = compiler.position
    startScopes = compiler.scopes
  }

  /// Goes back to the state before the first branch, but for what is known.
  func restore(_ compiler: inout Compiler) {
    compiler.position = startPosition
    compiler.scopes = startScopes
  }

  func restoreVariables(_ compiler: inout Compiler) { compiler.scopes = startScopes }

  /// Takes the state in which a branch has ended.
  mutating func add(_ compiler: inout Compiler, _ range: ByteRange) {
    if let first = positions.first, first.merged(with: compiler.position) == nil {
      compiler.report(.branchesEndApart(first, compiler.position, compiler.location(range)))
      // Go on from where text is, so that one slip costs one message.
      if compiler.position.place == .text { positions = [compiler.position] }
    } else {
      positions.append(compiler.position)
    }
    var inner = compiler.scopes.last?.variables ?? [:]
    for (name, variable) in inner {
      // What the branch knows about a variable goes into the variable's type.
      if let type = variable.type, type.isOptional, compiler.facts.contains(variable.key) {
        inner[name]?.type = type.unwrapped
      }
    }
    variables.append(inner)
    facts.append(compiler.facts)
  }

  /// Leaves the state that holds whichever branch was taken.
  func finish(_ compiler: inout Compiler, _ range: ByteRange) {
    compiler.scopes = startScopes
    compiler.position = positions.dropFirst().reduce(positions.first ?? startPosition) {
      $0.merged(with: $1) ?? $0
    }
    guard let first = facts.first, let firstVariables = variables.first else { return }
    compiler.facts = facts.dropFirst().reduce(first) { $0.intersection($1) }
    let last = compiler.scopes.count - 1
    for (name, variable) in firstVariables {
      let others = variables.compactMap { $0[name] }
      let isChanged =
        others.contains { $0.number != others[0].number } || others.count < variables.count
        || startScopes[last].variables[name]?.number != variable.number
      guard isChanged else { continue }
      var type = variable.type
      for other in others.dropFirst() {
        guard let left = type, let right = other.type else {
          type = nil
          continue
        }
        type = left.joined(with: right)
        if type == nil {
          compiler.report(
            .differentVariable(
              name, compiler.describe(left), compiler.describe(right), compiler.location(range)))
        }
      }
      compiler.declare(name, variable.binding, type)
    }
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func notAList(_ text: String, _ type: String, _ location: Location) -> Diagnostic {
    .error("template/not-a-list", "'\(text)' is \(type), and only a list can be gone through", at: location)
  }

  fileprivate static func cannotUnpack(_ count: Int, _ location: Location) -> Diagnostic {
    .error(
      "template/cannot-unpack", "the elements of this list do not consist of \(count) values", at: location,
      fix: "write one variable and read its fields")
  }

  fileprivate static func reservedName(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/reserved-name", "'\(name)' has a meaning of its own and cannot be a variable", at: location,
      fix: "use another name")
  }

  fileprivate static func differentVariable(
    _ name: String, _ left: String, _ right: String, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/different-types", "after this, '\(name)' may be \(left) or \(right), and must be one of them",
      at: location, fix: "use two variables")
  }

  fileprivate static func markup(_ mistake: MarkupPosition.Mistake, _ location: Location) -> Diagnostic {
    switch mistake {
    case .schemeAfterValue:
      .error(
        "template/url-scheme", "a value must not decide what kind of URL this is", at: location,
        fix: "write the part before ':' out, or use a link")
    }
  }

  fileprivate static func loopEndsElsewhere(
    _ start: MarkupPosition, _ end: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-loop",
      "one round of this loop begins \(start.description) and ends \(end.description)", at: location,
      fix: "close inside the loop what it opens")
  }

  fileprivate static func branchesEndApart(
    _ first: MarkupPosition, _ second: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-branches",
      "one branch ends \(first.description), another \(second.description)", at: location,
      fix: "let all branches open and close the same tags and quotes")
  }

  fileprivate static func captureEndsInside(_ position: MarkupPosition, _ location: Location) -> Diagnostic {
    .error("template/html-unfinished", "this text ends \(position.description)", at: location)
  }
}
