import SourceText

extension Compiler {
  mutating func compileConditional(
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
    ends.finish(&self)
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
  func finish(_ compiler: inout Compiler) {
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
      var conflict = others.first { !$0.conflict.isEmpty }?.conflict ?? []
      for other in others.dropFirst() {
        guard let left = type, let right = other.type else {
          type = nil
          continue
        }
        type = left.joined(with: right)
        // Only who uses it then makes a mistake.
        if type == nil { conflict = [left, right] }
      }
      compiler.declare(name, variable.binding, type, conflict: conflict)
    }
  }
}

// MARK: - Messages

extension Diagnostic {
  static func branchesEndApart(
    _ first: MarkupPosition, _ second: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-branches",
      "one branch ends \(first.description), another \(second.description)", at: location,
      fix: "let all branches open and close the same tags and quotes")
  }
}
