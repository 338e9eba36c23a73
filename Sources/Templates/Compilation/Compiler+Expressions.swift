import SourceText

extension Compiler {
  static let functionNames = ["asset", "t", "range"]

  static let loopFields = [
    "index", "index0", "revindex", "revindex0", "first", "last", "length", "depth", "depth0", "cycle",
  ]

  /// Checks an expression whose value must not be missing.
  mutating func value(_ expression: Expression) -> Typed {
    required(check(expression))
  }

  /// Reports `checked` if its value may be missing.
  mutating func required(_ checked: Typed) -> Typed {
    guard let type = checked.type, type.isOptional else { return checked }
    var result = checked
    let place = checked.missing ?? checked.range
    if let divisor = checked.divisor, place == checked.range {
      report(.mayDivideByZero(text(divisor), location(place)))
    } else {
      report(.mayBeMissing(text(place), isNever: type == .missing, location(place)))
    }
    result.type = type.unwrapped == .nothing ? nil : type.unwrapped
    return result
  }

  func invalid(_ range: ByteRange) -> Typed {
    Typed(0, nil, range)
  }

  /// Reports a mistake and gives an expression that nothing more is said about.
  mutating func mistaken(_ diagnostic: Diagnostic, _ range: ByteRange) -> Typed {
    report(diagnostic)
    return invalid(range)
  }

  mutating func literal(
    _ value: Value, _ type: ValueType, _ range: ByteRange, key: String? = nil
  ) -> Typed {
    Typed(add(.constant(constant(value))), type, range, key: key, constant: value)
  }

  /// Checks an expression; its value may be missing.
  mutating func check(_ expression: Expression) -> Typed {
    guard mayContinue(expression.range) else { return invalid(expression.range) }
    var result = checkKind(expression)
    result.range = expression.range
    return narrowed(result)
  }

  /// `checked` with what is known about it here.
  func narrowed(_ checked: Typed) -> Typed {
    var result = checked
    if let key = result.key, let type = result.type, type.isOptional, facts.contains(key) {
      result.type = type.unwrapped == .nothing ? nil : type.unwrapped
      result.missing = nil
    }
    if let type = result.type, type.isOptional, result.missing == nil { result.missing = result.range }
    if let key = result.key, let known = elementFacts[key] { result.elementFacts.formUnion(known) }
    return result
  }

  private mutating func checkKind(_ expression: Expression) -> Typed {
    let range = expression.range
    switch expression.kind {
    case .invalid: return invalid(range)
    case .none: return literal(.none, .missing, range)
    case .boolean(let value): return literal(.boolean(value), .boolean, range, key: "\(value)")
    case .integer(let value): return literal(.integer(value), .integer, range, key: "\(value)")
    case .number(let value): return literal(.number(value), .number, range, key: "\(value)")
    case .string(let value): return literal(.string(value), .string, range, key: "'\(value)'")
    case .name(let name): return checkName(name, range)
    case .field(let base, let name): return checkField(base, name, range)
    case .item(let base, let item): return checkItem(base, item, range)
    case .slice(let base, let from, let to, let step):
      return checkSlice(base, [from, to, step], range)
    case .call(let function, let arguments): return checkCall(function, arguments, range)
    case .filter(let base, let name, let arguments): return checkFilter(base, name, arguments, range)
    case .negative(let operand): return checkSign(operand, isNegative: true, range)
    case .positive(let operand): return checkSign(operand, isNegative: false, range)
    case .test, .not, .compare:
      let condition = self.condition(expression)
      return Typed(condition.node, .boolean, range)
    case .and(let left, let right): return checkChoice(left, right, isAnd: true, range)
    case .or(let left, let right): return checkChoice(left, right, isAnd: false, range)
    case .arithmetic(let operation, let left, let right):
      return checkArithmetic(operation, left, right, range)
    case .concatenation(let parts): return checkConcatenation(parts, range)
    case .conditional(let test, let then, let otherwise):
      return checkConditional(test, then, otherwise, range)
    case .list(let items): return checkList(items, range)
    }
  }

  // MARK: - Names and fields

  private mutating func checkName(_ name: String, _ range: ByteRange) -> Typed {
    guard let variable = find(name) else {
      if isDetached, !Compiler.functionNames.contains(name), name != "options" { return invalid(range) }
      if library.assignedNames.contains(name) {
        // Set somewhere, but not on the way to here.
        var absent = literal(.none, .missing, range)
        absent.isAbsent = true
        return absent
      }
      return mistaken(unknownName(name, location(range)), range)
    }
    noteRead(variable)
    if variable.conflict.count == 2 {
      return mistaken(
        .differentVariable(
          name, describe(variable.conflict[0]), describe(variable.conflict[1]), location(range)), range)
    }
    switch variable.binding {
    case .slot(let slot): return Typed(add(.slot(slot)), variable.type, range, key: variable.key)
    case .global(let field): return Typed(add(.global(field: field)), variable.type, range, key: variable.key)
    case .loop: return mistaken(.loopIsNoValue(location(range)), range)
    case .macro: return mistaken(.macroIsNoValue(name, location(range)), range)
    }
  }

  func unknownName(_ name: String, _ location: Location) -> Diagnostic {
    if name == "options" { return .optionsIsNoValue(location) }
    if Compiler.functionNames.contains(name) { return .functionIsNoValue(name, location) }
    if name == "loop" { return .loopOutside(location) }
    return .unknownVariable(name, among: visibleNames, location)
  }

  private mutating func checkField(_ base: Expression, _ name: Name, _ range: ByteRange) -> Typed {
    if case .name(let object) = base.kind {
      if object == "options", find("options") == nil { return checkOption(name, range) }
      if object == "loop", let variable = find("loop"), case .loop(_, let slot, _) = variable.binding {
        noteRead(variable)
        return checkLoopField(name, slot: slot, range)
      }
    }
    return field(name, of: check(base), range)
  }

  private mutating func checkOption(_ name: Name, _ range: ByteRange) -> Typed {
    guard let option = input.options[name.text] else {
      return mistaken(
        .unknownOption(name.text, among: input.options.keys.sorted(), location(name.range)), range)
    }
    usage.options.insert(name.text)
    return literal(option.value, option.type, range, key: "options.\(name.text)")
  }

  private mutating func checkLoopField(_ name: Name, slot: Int32, _ range: ByteRange) -> Typed {
    switch name.text {
    case "index": return Typed(add(.loopIndex(slot: slot, offset: 1)), .integer, range)
    case "index0": return Typed(add(.loopIndex(slot: slot, offset: 0)), .integer, range)
    case "revindex": return Typed(add(.loopReverseIndex(slot: slot, offset: 0)), .integer, range)
    case "revindex0": return Typed(add(.loopReverseIndex(slot: slot, offset: -1)), .integer, range)
    case "first": return Typed(add(.loopFirst(slot: slot)), .boolean, range)
    case "last": return Typed(add(.loopLast(slot: slot)), .boolean, range)
    case "length": return Typed(add(.loopLength(slot: slot)), .integer, range)
    case "depth": return Typed(add(.loopIndex(slot: slot + 2, offset: 1)), .integer, range)
    case "depth0": return Typed(add(.loopIndex(slot: slot + 2, offset: 0)), .integer, range)
    default:
      return mistaken(
        .unknownField(name.text, of: "loop", among: Compiler.loopFields, location(name.range)), range)
    }
  }

  /// The field `name` of what `base` gives; missing where the base is missing.
  mutating func field(_ name: Name, of base: Typed, _ range: ByteRange) -> Typed {
    guard let type = base.type else { return invalid(range) }
    let key = base.key.map { "\($0).\(name.text)" }
    var result: Typed
    switch type.unwrapped {
    case .nothing:
      result = literal(.none, .missing, range)
      result.isAbsent = base.isAbsent
    case .dynamic:
      let node = add(.entry(base.node, key: constant(.string(name.text))))
      result = Typed(node, .optional(.dynamic), range, key: key)
    case .object(let id):
      if let parts = partsType(type.unwrapped) {
        guard let index = parts.names.firstIndex(of: name.text) else {
          return mistaken(
            .unknownField(name.text, of: "a group", among: parts.names, location(name.range)), range)
        }
        result = Typed(add(.part(base.node, Int32(index))), parts.types[index], range, key: key)
      } else {
        guard let (number, field) = schema.field(name.text, of: id) else {
          let names = schema.type(id)?.fields.map(\.name) ?? []
          var mistake = mistaken(
            .unknownField(name.text, of: describe(type.unwrapped), among: names, location(name.range)), range)
          // Where it is asked for, what was meant is there.
          if let meant = nearest(to: name.text, among: names) {
            mistake.key = base.key.map { "\($0).\(meant)" }
          }
          return mistake
        }
        let node: Int32
        if case .slot(let slot) = program.nodes[Int(base.node)] {
          node = add(.slotField(slot: slot, field: Int32(number)))
        } else {
          node = add(.field(base.node, field: Int32(number)))
        }
        result = Typed(node, field.type, range, key: key)
      }
    default: return mistaken(fieldOfPlainValue(name, type.unwrapped), range)
    }
    if type.isOptional {
      result.type = result.type?.asOptional
      result.missing = base.missing ?? base.range
    }
    result.impliedKeys = base.impliedKeys + [base.key].compactMap { $0 }
    return result
  }

  private func fieldOfPlainValue(_ name: Name, _ type: ValueType) -> Diagnostic {
    let filters = Compiler.filterNames + Compiler.specialFilterNames
    var fix: String?
    if filters.contains(name.text) {
      fix = "write '| \(name.text)'"
    } else if type.element != nil {
      fix = "go through the list with '{% for %}', or take its '| first'"
    }
    return .noFields(name.text, of: describe(type), fix: fix, location(name.range))
  }

  private mutating func checkItem(_ base: Expression, _ item: Expression, _ range: ByteRange) -> Typed {
    let base = value(base)
    let item = value(item)
    guard let type = base.type, let itemType = item.type else { return invalid(range) }
    let key = base.key.flatMap { base in item.key.map { "\(base)[\($0)]" } }
    let node = add(.element(base.node, item.node))
    switch (type, itemType) {
    case (.list(let element), .integer):
      var result = Typed(node, element.asOptional, range, key: key)
      if case .integer(let position)? = item.constant, position == 0 || position == -1,
        isSubstantial(base)
      {
        result.type = element
      }
      return result
    case (.string, .integer): return Typed(node, .optional(.string), range, key: key)
    case (.dynamic, .integer), (.dynamic, .string), (.dynamic, .dynamic):
      return Typed(node, .optional(.dynamic), range, key: key)
    default:
      return mistaken(.noItems(describe(type), by: describe(itemType), location(item.range)), range)
    }
  }

  private mutating func checkSlice(_ base: Expression, _ bounds: [Expression?], _ range: ByteRange) -> Typed {
    let base = value(base)
    var nodes: [Int32] = []
    for bound in bounds {
      guard let bound else {
        nodes.append(-1)
        continue
      }
      let checked = value(bound)
      if let type = checked.type, type != .integer {
        report(
          .wrongType(
            "the bound of a part", wanted: "a whole number", got: describe(type), location(bound.range)))
      }
      if nodes.count == 2, case .integer(0)? = checked.constant {
        report(.wrongType("the step", wanted: "not 0", got: "0", location(bound.range)))
      }
      nodes.append(checked.node)
    }
    guard let type = base.type else { return invalid(range) }
    guard type.element != nil || type == .string || type == .dynamic else {
      return mistaken(.noItems(describe(type), by: "a range", location(range)), range)
    }
    var result = Typed(add(.subrange(base.node, arguments: store(nodes))), type, range)
    result.elementFacts = base.elementFacts
    return result
  }

}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func mayBeMissing(_ text: String, isNever: Bool, _ location: Location) -> Diagnostic {
    if isNever {
      return .error(
        "template/may-be-missing", "'\(text)' has no value here", at: location,
        fix: "set it before, or write '{% if \(text) is defined %}…{% endif %}'")
    }
    return .error(
      "template/may-be-missing", "'\(text)' may be missing", at: location,
      fix: "write '{% if \(text) %}…{% endif %}' around it, or add '| default(…)'")
  }

  fileprivate static func mayDivideByZero(_ divisor: String, _ location: Location) -> Diagnostic {
    .error(
      "template/may-be-missing", "this has no value when '\(divisor)' is 0", at: location,
      fix: "write '{% if \(divisor) %}…{% endif %}' around it, or add '| default(…)'")
  }

  fileprivate static func unknownVariable(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-variable", "there is no variable '\(name)' here", at: location,
      fix: didYouMean(name, among: names))
  }

  fileprivate static func differentVariable(
    _ name: String, _ left: String, _ right: String, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/different-types", "'\(name)' may be \(left) or \(right) here, and must be one of them",
      at: location, fix: "use two variables, or one '{% if %}' for both")
  }

  fileprivate static func loopOutside(_ location: Location) -> Diagnostic {
    .error("template/unknown-variable", "'loop' has a meaning only inside '{% for %}'", at: location)
  }

  fileprivate static func loopIsNoValue(_ location: Location) -> Diagnostic {
    .error(
      "template/not-a-value", "'loop' is not a value", at: location,
      fix: "write one of its fields: 'loop.index'")
  }

  fileprivate static func macroIsNoValue(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/not-a-value", "'\(name)' is a macro, not a value", at: location, fix: "call it: '\(name)(…)'")
  }

  fileprivate static func functionIsNoValue(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/not-a-value", "'\(name)' is a function, not a value", at: location,
      fix: "call it: '\(name)(…)'")
  }

  fileprivate static func optionsIsNoValue(_ location: Location) -> Diagnostic {
    .error(
      "template/not-a-value", "'options' is not a value", at: location, fix: "name the option: 'options.name'"
    )
  }

  fileprivate static func unknownOption(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-option", "the theme has no option '\(name)'", at: location,
      fix: didYouMean(name, among: names))
  }

  static func unknownField(
    _ name: String, of type: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    let fix = didYouMean(name, among: names)
    return .error(
      "template/unknown-field", "\(type) has no field '\(name)'", at: location, fix: fix,
      notes: fix == nil ? [Note("its fields are \(names.sorted().joined(separator: ", "))")] : [])
  }

  fileprivate static func noFields(
    _ name: String, of type: String, fix: String?, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-field", "\(type) has no fields, so there is no '\(name)'", at: location, fix: fix)
  }

  fileprivate static func noItems(_ type: String, by item: String, _ location: Location) -> Diagnostic {
    .error("template/wrong-type", "\(type) has no items to take by \(item)", at: location)
  }

  static func wrongType(
    _ what: String, wanted: String, got: String, fix: String? = nil, _ location: Location
  ) -> Diagnostic {
    .error("template/wrong-type", "\(what) must be \(wanted), and this is \(got)", at: location, fix: fix)
  }
}
