import SourceText

extension Compiler {
  mutating func compileLoop(_ loop: Loop, _ range: ByteRange) {
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
      compiler.compileRounds(of: loop, number, range)
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

  /// Compiles a loop's body from where every round of it may begin: after what stands before the loop, or after
  /// the round before.
  private mutating func compileRounds(of loop: Loop, _ number: Int32, _ range: ByteRange) {
    var start = position.atLoopStart
    let length = program.length
    for round in 1...Compiler.roundLimit {
      // The program is only added to, and else would be copied for each loop.
      var before = self
      before.program = Program()
      position = start
      loopStarts[number] = start
      compile(loop.body)
      // One more would be open after each round.
      for element in position.open.removeOpened(since: start.open) {
        noteElement(.unclosedElement(element.name, element.place { _ in location(range) }))
      }
      if let merged = start.merged(with: position) {
        position = merged
        if merged == start { return }
        if round < Compiler.roundLimit {
          // A later round begins otherwise than the first: judge the body again from there.
          before.work = work
          swap(&before.program, &program)
          self = before
          program.cut(to: length)
          start = merged
          continue
        }
      }
      report(.loopEndsElsewhere(start, position, location(range)))
      position = start
      return
    }
  }

  /// Places where rounds begin hardly ever differ more than twice.
  private static let roundLimit = 5

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

  fileprivate static func loopEndsElsewhere(
    _ start: MarkupPosition, _ end: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-loop",
      "one round of this loop begins \(start.description) and ends \(end.description)", at: location,
      fix: "close inside the loop what it opens")
  }
}
