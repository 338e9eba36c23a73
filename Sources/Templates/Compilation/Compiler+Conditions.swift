import SourceText

extension Compiler {
  /// Checks an expression as a condition, and what it says about values that may be missing.
  mutating func condition(_ expression: Expression) -> Condition {
    switch expression.kind {
    case .not(let operand):
      let inner = condition(operand)
      return Condition(
        node: add(.not(inner.node)), whenTrue: inner.whenFalse, whenFalse: inner.whenTrue,
        constant: inner.constant.map { !$0 }, isAboutAbsence: inner.isAboutAbsence)
    case .and(let left, let right): return conjunction(left, right)
    case .or(let left, let right): return disjunction(left, right)
    case .compare(let left, let comparisons): return comparison(left, comparisons)
    case .test(let base, let name, let arguments, let isNegated):
      var result = test(base, name, arguments, expression.range)
      guard isNegated else { return result }
      result.node = add(.not(result.node))
      swap(&result.whenTrue, &result.whenFalse)
      result.constant = result.constant.map { !$0 }
      return result
    default:
      return truth(check(expression))
    }
  }

  /// What it says that `checked` counts as true.
  private func truth(_ checked: Typed) -> Condition {
    var result = Condition(node: checked.node)
    result.whenTrue = presence(of: checked)
    result.whenTrue.formUnion(substance(of: checked))
    if checked.type == .missing {
      result.constant = false
      result.isAboutAbsence = checked.isAbsent
    }
    return result
  }

  /// The facts that `checked` is not missing.
  func presence(of checked: Typed) -> Set<String> {
    guard let key = checked.key else { return [] }
    return Set(checked.impliedKeys + [key])
  }

  /// Whether `checked` is known not to be empty or 0.
  func isSubstantial(_ checked: Typed) -> Bool {
    if checked.isFilled { return true }
    guard let key = checked.key else { return false }
    if facts.contains(key + "#") { return true }
    return ["|length", "|count"].contains { suffix in
      key.hasSuffix(suffix) && facts.contains(key.dropLast(suffix.count) + "#")
    }
  }

  /// The facts that `checked` is not empty or 0, which is written as its key with `#`.
  private func substance(of checked: Typed) -> Set<String> {
    guard let key = checked.key else { return [] }
    var result: Set<String> = [key + "#"]
    for suffix in ["|length", "|count"] where key.hasSuffix(suffix) {
      result.insert(key.dropLast(suffix.count) + "#")
    }
    return result
  }

  private mutating func conjunction(_ left: Expression, _ right: Expression) -> Condition {
    let first = condition(left)
    if first.constant == false { return first }
    let outer = facts
    facts.formUnion(first.whenTrue)
    let second = condition(right)
    facts = outer
    return Condition(
      node: add(.and(first.node, second.node)), whenTrue: first.whenTrue.union(second.whenTrue),
      whenFalse: first.whenFalse.intersection(second.whenFalse),
      constant: second.constant == false ? false : first.constant == true ? second.constant : nil,
      isAboutAbsence: first.isAboutAbsence || second.isAboutAbsence)
  }

  private mutating func disjunction(_ left: Expression, _ right: Expression) -> Condition {
    let first = condition(left)
    if first.constant == true { return first }
    let outer = facts
    facts.formUnion(first.whenFalse)
    let second = condition(right)
    facts = outer
    return Condition(
      node: add(.or(first.node, second.node)),
      whenTrue: first.constant == false
        ? second.whenTrue : first.whenTrue.intersection(second.whenTrue),
      whenFalse: first.whenFalse.union(second.whenFalse),
      constant: second.constant == true ? true : first.constant == false ? second.constant : nil,
      isAboutAbsence: first.isAboutAbsence || second.isAboutAbsence)
  }

  // MARK: - Comparisons

  private mutating func comparison(_ left: Expression, _ comparisons: [Comparison]) -> Condition {
    var result: Condition?
    var left = check(left)
    for part in comparisons {
      let right = check(part.right)
      let next = compare(part.operation, left, right)
      if let first = result {
        result = Condition(
          node: add(.and(first.node, next.node)), whenTrue: first.whenTrue.union(next.whenTrue),
          whenFalse: first.whenFalse.intersection(next.whenFalse))
      } else {
        result = next
      }
      left = right
    }
    return result ?? Condition(node: left.node)
  }

  /// Checks `left operation right`.
  mutating func compare(_ operation: ComparisonOperator, _ left: Typed, _ right: Typed) -> Condition {
    let range = ByteRange(Int(left.range.lowerBound), Int(right.range.upperBound))
    switch operation {
    case .equal, .notEqual: return equality(left, right, isNegated: operation == .notEqual, range)
    case .contained, .notContained:
      return containment(left, right, isNegated: operation == .notContained, range)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      let left = required(left)
      let right = required(right)
      var result = Condition(node: add(.compare(operation, left.node, right.node)))
      switch (operation, left.constant, right.constant) {
      case (.greater, _, .integer(0...)?), (.greaterOrEqual, _, .integer(1...)?):
        result.whenTrue = substance(of: left)
      case (.less, .integer(0...)?, _), (.lessOrEqual, .integer(1...)?, _):
        result.whenTrue = substance(of: right)
      default: break
      }
      guard let leftType = left.type, let rightType = right.type else { return result }
      let isOrdered =
        (leftType.isNumeric && rightType.isNumeric) || leftType == .dynamic || rightType == .dynamic
        || leftType == .nothing || rightType == .nothing
        || (leftType == rightType && (leftType == .string || leftType == .date))
      if !isOrdered {
        report(.badComparison(operation, describe(leftType), describe(rightType), location(range)))
      }
      return result
    }
  }

  private mutating func equality(
    _ left: Typed, _ right: Typed, isNegated: Bool, _ range: ByteRange
  ) -> Condition {
    var result = Condition(node: add(.compare(.equal, left.node, right.node)))
    if let leftType = left.type, let rightType = right.type {
      if rightType == .missing {
        result.whenFalse = presence(of: left)
      } else if leftType == .missing {
        result.whenFalse = presence(of: right)
      } else {
        if case .integer(0)? = right.constant { result.whenFalse.formUnion(substance(of: left)) }
        if !rightType.isOptional { result.whenTrue.formUnion(presence(of: left)) }
        if !leftType.isOptional { result.whenTrue.formUnion(presence(of: right)) }
        if !isComparable(leftType, rightType) {
          report(
            .badComparison(
              isNegated ? .notEqual : .equal, describe(leftType), describe(rightType), location(range)))
        }
      }
    }
    guard isNegated else { return result }
    return Condition(
      node: add(.not(result.node)), whenTrue: result.whenFalse, whenFalse: result.whenTrue)
  }

  /// Whether values of the two types can ever be equal.
  private func isComparable(_ left: ValueType, _ right: ValueType) -> Bool {
    let left = left.unwrapped
    let right = right.unwrapped
    if left == .dynamic || right == .dynamic { return true }
    return left.joined(with: right) != nil
  }

  private mutating func containment(
    _ needle: Typed, _ haystack: Typed, isNegated: Bool, _ range: ByteRange
  ) -> Condition {
    let haystack = required(haystack)
    var needle = needle
    if haystack.type?.element == nil { needle = required(needle) }
    let node = add(.compare(.contained, needle.node, haystack.node))
    let result = Condition(node: isNegated ? add(.not(node)) : node)
    guard let needleType = needle.type, let haystackType = haystack.type else { return result }
    switch haystackType {
    case .list(let element) where isComparable(needleType, element): break
    case .dynamic: break
    case .string where needleType == .string || needleType == .dynamic: break
    default:
      report(
        .badComparison(
          isNegated ? .notContained : .contained, describe(needleType), describe(haystackType),
          location(range)))
    }
    return result
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func badComparison(
    _ operation: ComparisonOperator, _ left: String, _ right: String, _ location: Location
  ) -> Diagnostic {
    let message =
      switch operation {
      case .equal, .notEqual: "\(left) is never equal to \(right)"
      case .contained, .notContained: "\(left) cannot be in \(right)"
      default: "\(left) and \(right) have no order"
      }
    return .error("template/bad-comparison", message, at: location)
  }
}
