import SourceText

extension Compiler {
  mutating func checkSign(_ operand: Expression, isNegative: Bool, _ range: ByteRange) -> Typed {
    let operand = value(operand)
    guard let type = operand.type else { return invalid(range) }
    guard type.isNumeric else {
      return mistaken(
        .wrongOperands(isNegative ? "-" : "+", describe(type), nil, fix: nil, location(range)), range)
    }
    guard isNegative else { return operand }
    switch operand.constant {
    case .integer(let value): return literal(.integer(0 &- value), .integer, range, key: "-\(value)")
    case .number(let value): return literal(.number(-value), .number, range, key: "-\(value)")
    default: return Typed(add(.negative(operand.node)), type, range)
    }
  }

  mutating func checkArithmetic(
    _ operation: ArithmeticOperator, _ left: Expression, _ right: Expression, _ range: ByteRange
  ) -> Typed {
    let left = value(left)
    let right = value(right)
    guard let leftType = left.type, let rightType = right.type else { return invalid(range) }
    let node = add(.arithmetic(operation, left.node, right.node))
    func wrong(_ fix: String? = nil) -> Diagnostic {
      .wrongOperands(operation.rawValue, describe(leftType), describe(rightType), fix: fix, location(range))
    }
    let isNumeric = leftType.isNumeric && rightType.isNumeric
    let numeric: ValueType = leftType == .integer && rightType == .integer ? .integer : .number
    switch operation {
    case .add:
      if isNumeric { return Typed(node, numeric, range) }
      switch (leftType, rightType) {
      case (.string, .string): return Typed(node, .string, range)
      case (.markup, .markup), (.markup, .string), (.string, .markup):
        return Typed(
          add(.concatenation(arguments: store([left.node, right.node]), count: 2)), .markup, range)
      case (.list, .list):
        guard let type = leftType.joined(with: rightType) else { return mistaken(wrong(), range) }
        return Typed(node, type, range)
      default:
        let isText = leftType == .string || rightType == .string
        return mistaken(wrong(isText ? "join texts with '~'" : nil), range)
      }
    case .subtract:
      return isNumeric ? Typed(node, numeric, range) : mistaken(wrong(), range)
    case .multiply:
      if isNumeric { return Typed(node, numeric, range) }
      switch (leftType, rightType) {
      case (.string, .integer), (.integer, .string): return Typed(node, .string, range)
      default: return mistaken(wrong(), range)
      }
    case .divide, .floorDivide, .remainder:
      guard isNumeric else {
        let isFormat = operation == .remainder && leftType == .string
        return mistaken(wrong(isFormat ? "join texts with '~'" : nil), range)
      }
      let type = operation == .divide ? .number : numeric
      switch right.constant {
      case .integer(let divisor) where divisor != 0: return Typed(node, type, range)
      case .number(let divisor) where divisor != 0: return Typed(node, type, range)
      case nil where isSubstantial(right): return Typed(node, type, range)
      case nil:
        // Division by what may be 0 gives nothing then.
        var result = Typed(node, .optional(type), range)
        result.divisor = right.range
        return result
      default: return mistaken(.divisionByZero(location(right.range)), range)
      }
    }
  }

  mutating func checkConcatenation(_ parts: [Expression], _ range: ByteRange) -> Typed {
    var nodes: [Int32] = []
    var isMarkup = false
    var isValid = true
    var fixed: String? = ""
    for part in parts {
      let checked = value(part)
      nodes.append(checked.node)
      guard let type = checked.type else {
        isValid = false
        continue
      }
      if type == .markup { isMarkup = true }
      if !isText(type) {
        isValid = false
        report(unprintable(checked, type))
      }
      if case .string(let text)? = checked.constant { fixed?.append(text) } else { fixed = nil }
    }
    guard isValid else { return invalid(range) }
    if let fixed { return literal(.string(fixed), .string, range, key: "'\(fixed)'") }
    return Typed(
      add(.concatenation(arguments: store(nodes), count: Int32(nodes.count))), isMarkup ? .markup : .string,
      range)
  }

  /// Whether a value of `type` can be written as text.
  func isText(_ type: ValueType) -> Bool {
    switch type {
    case .boolean, .integer, .number, .string, .markup, .link, .dynamic: true
    case .date, .list, .optional, .object: false
    }
  }

  func unprintable(_ checked: Typed, _ type: ValueType) -> Diagnostic {
    let shown = text(checked.range)
    let fix: String?
    switch type {
    case .date: fix = "write '\(shown) | date(\"%-d %B %Y\")'"
    case .list: fix = "go through it with '{% for %}', or write '| join(\", \")'"
    case .object(let id):
      let fields = schema.type(id)?.fields ?? []
      let best = ["title", "name", "label", "link"].first { name in fields.contains { $0.name == name } }
      fix = (best ?? fields.first?.name).map { "write one of its fields, such as '\(shown).\($0)'" }
    default: fix = nil
    }
    return .notPrintable(shown, describe(type), fix: fix, location(checked.range))
  }

  mutating func checkChoice(
    _ left: Expression, _ right: Expression, isAnd: Bool, _ range: ByteRange
  ) -> Typed {
    let outer = facts
    let test = condition(left)
    let first = check(left)
    facts.formUnion(isAnd ? test.whenTrue : test.whenFalse)
    let second = check(right)
    facts = outer
    guard let firstType = first.type, let secondType = second.type else { return invalid(range) }
    // `a or b` gives `a` only where it is there; `a and b` gives it only where it counts as false.
    let kept = isAnd ? firstType : firstType.unwrapped
    guard let type = kept.joined(with: secondType) else {
      return mistaken(
        .differentTypes(describe(kept), describe(secondType), location(range)), range)
    }
    let node = isAnd ? add(.and(first.node, second.node)) : add(.or(first.node, second.node))
    var result = Typed(node, type, range)
    if type.isOptional { result.missing = isAnd ? first.missing ?? second.missing : second.missing }
    return result
  }

  /// Whether what stands where `condition` is not `constant` makes no sense.
  private func isDead(_ condition: Condition, _ constant: Bool) -> Bool {
    condition.isAboutAbsence && condition.constant == constant
  }

  mutating func checkConditional(
    _ test: Expression, _ then: Expression, _ otherwise: Expression?, _ range: ByteRange
  ) -> Typed {
    let condition = self.condition(test)
    let outer = facts
    facts.formUnion(condition.whenTrue)
    let first = isDead(condition, false) ? literal(.none, .nothing, range) : check(then)
    facts = outer
    guard let otherwise else {
      guard let type = first.type else { return invalid(range) }
      if isDead(condition, false) { return literal(.none, .missing, range) }
      let nothing = add(.constant(constant(.none)))
      return Typed(add(.conditional(condition.node, first.node, nothing)), type.asOptional, range)
    }
    facts.formUnion(condition.whenFalse)
    let second = isDead(condition, true) ? literal(.none, .nothing, range) : check(otherwise)
    facts = outer
    if condition.constant == true { return first }
    if condition.constant == false { return second }
    guard let firstType = first.type, let secondType = second.type else { return invalid(range) }
    guard let type = firstType.joined(with: secondType) else {
      return mistaken(.differentTypes(describe(firstType), describe(secondType), location(range)), range)
    }
    var result = Typed(add(.conditional(condition.node, first.node, second.node)), type, range)
    result.missing = type.isOptional ? first.missing ?? second.missing : nil
    return result
  }

  mutating func checkList(_ items: [Expression], _ range: ByteRange) -> Typed {
    var nodes: [Int32] = []
    var element = ValueType.nothing
    for item in items {
      let checked = check(item)
      nodes.append(checked.node)
      guard let type = checked.type else { return invalid(range) }
      guard let joined = element.joined(with: type) else {
        return mistaken(.differentTypes(describe(element), describe(type), location(item.range)), range)
      }
      element = joined
    }
    var result = Typed(
      add(.list(arguments: store(nodes), count: Int32(nodes.count))), .list(element), range)
    result.isFilled = !items.isEmpty
    return result
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func wrongOperands(
    _ operation: String, _ left: String, _ right: String?, fix: String?, _ location: Location
  ) -> Diagnostic {
    let operands = right.map { "\(left) and \($0)" } ?? left
    return .error(
      "template/wrong-type", "'\(operation)' has no meaning for \(operands)", at: location, fix: fix)
  }

  fileprivate static func divisionByZero(_ location: Location) -> Diagnostic {
    .error("template/wrong-type", "nothing can be divided by 0", at: location)
  }

  fileprivate static func notPrintable(
    _ text: String, _ type: String, fix: String?, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/not-printable", "'\(text)' is \(type), which cannot be written as text", at: location,
      fix: fix)
  }

  static func differentTypes(_ left: String, _ right: String, _ location: Location) -> Diagnostic {
    .error(
      "template/different-types", "this may be \(left) or \(right), and must be one of them", at: location,
      fix: "use '{% if %}' around the two")
  }
}
