import SourceText

/// A test that is made at render time.
enum TestOperation: UInt8, Sendable {
  case isNone, even, odd, divisibleBy, string, number, integer, float, boolean, mapping, sequence, iterable
  case lower, upper, isTrue, isFalse
}

extension Compiler {
  static let testNames = [
    "defined", "undefined", "none", "even", "odd", "divisibleby", "string", "number", "integer", "float",
    "boolean", "mapping", "sequence", "iterable", "lower", "upper", "true", "false", "in", "eq", "equalto",
    "ne", "lt", "lessthan", "le", "gt", "greaterthan", "ge",
  ]

  mutating func test(
    _ base: Expression, _ name: Name, _ arguments: Arguments, _ range: ByteRange
  ) -> Condition {
    if case .name(let variable) = base.kind, name.text == "defined" || name.text == "undefined",
      let known = find(variable)
    {
      // A macro may be asked for, too.
      if case .macro = known.binding {
        let isDefined = name.text == "defined"
        return Condition(node: add(.constant(constant(.boolean(isDefined)))), constant: isDefined)
      }
    }
    return apply(test: name, to: check(base), arguments, range)
  }

  /// Checks the test `name` of `base`, which was checked already.
  mutating func apply(
    test name: Name, to base: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Condition {
    switch name.text {
    case "defined", "undefined", "none":
      _ = bind(arguments, to: [], of: name)
      var result = Condition(node: add(.test(.isNone, base.node, argument: -1)))
      result.whenFalse = presence(of: base)
      if base.type == .missing {
        result.constant = true
        result.isAboutAbsence = base.isAbsent
      }
      if let type = base.type, !type.isOptional { result.constant = false }
      guard name.text == "defined" else { return result }
      return Condition(
        node: add(.not(result.node)), whenTrue: result.whenFalse, whenFalse: result.whenTrue,
        constant: result.constant.map { !$0 }, isAboutAbsence: result.isAboutAbsence)
    case "in": return comparison(.contained, name, base, arguments)
    case "eq", "equalto": return comparison(.equal, name, base, arguments)
    case "ne": return comparison(.notEqual, name, base, arguments)
    case "lt", "lessthan": return comparison(.less, name, base, arguments)
    case "le": return comparison(.lessOrEqual, name, base, arguments)
    case "gt", "greaterthan": return comparison(.greater, name, base, arguments)
    case "ge": return comparison(.greaterOrEqual, name, base, arguments)
    case "divisibleby":
      let base = integer(required(base), for: name)
      guard let divisor = bind(arguments, to: [.init("num", .integer)], of: name)?[0] else {
        return Condition(node: 0)
      }
      return Condition(node: add(.test(.divisibleBy, base.node, argument: divisor.node)))
    case "even", "odd":
      _ = bind(arguments, to: [], of: name)
      let base = integer(required(base), for: name)
      return Condition(node: add(.test(name.text == "even" ? .even : .odd, base.node, argument: -1)))
    default:
      guard let operation = TestOperation(plainName: name.text) else {
        report(
          .unknownTest(name.text, among: Compiler.testNames, location(name.range)))
        return Condition(node: 0)
      }
      _ = bind(arguments, to: [], of: name)
      return Condition(node: add(.test(operation, required(base).node, argument: -1)))
    }
  }

  private mutating func comparison(
    _ operation: ComparisonOperator, _ name: Name, _ base: Typed, _ arguments: Arguments
  ) -> Condition {
    guard let other = bind(arguments, to: [.init("other", .any)], of: name)?[0] else {
      return Condition(node: 0)
    }
    return compare(operation, base, other)
  }

  private mutating func integer(_ base: Typed, for name: Name) -> Typed {
    if let type = base.type, type != .integer, type != .nothing {
      report(
        .wrongType(
          "what '\(name.text)' tests", wanted: "a whole number", got: describe(type), location(base.range)))
    }
    return base
  }
}

extension TestOperation {
  fileprivate init?(plainName name: String) {
    switch name {
    case "string": self = .string
    case "number": self = .number
    case "integer": self = .integer
    case "float": self = .float
    case "boolean": self = .boolean
    case "mapping": self = .mapping
    case "sequence": self = .sequence
    case "iterable": self = .iterable
    case "lower": self = .lower
    case "upper": self = .upper
    case "true": self = .isTrue
    case "false": self = .isFalse
    default: return nil
    }
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unknownTest(_ name: String, among names: [String], _ location: Location)
    -> Diagnostic
  {
    .error(
      "template/unknown-test", "there is no test '\(name)'", at: location,
      fix: didYouMean(name, among: names))
  }
}
