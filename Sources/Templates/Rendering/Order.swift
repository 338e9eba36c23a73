import CivilTime

/// How values compare.
enum Order {
  case less, equal, greater

  /// Whether two values are equal, as in Python: numbers by value, text by its characters, instants whatever
  /// their offsets.
  static func isEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.none, .none): return true
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.integer(let left), .integer(let right)): return left == right
    case (.integer(let left), .number(let right)): return order(left, right) == .equal
    case (.number(let left), .integer(let right)): return order(right, left) == .equal
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)): return PythonText.isSame(left, right)
    case (.markup(let left), .markup(let right)): return PythonText.isSame(left.text, right.text)
    case (.link(let left), .link(let right)): return left == right
    case (.date(let left), .date(let right)): return left.seconds == right.seconds
    case (.object(let left), .object(let right)): return left == right
    case (.list(let left), .list(let right)):
      return left.count == right.count && (0..<left.count).allSatisfy { isEqual(left[$0], right[$0]) }
    case (.dictionary(let left), .dictionary(let right)):
      return left.entries.count == right.entries.count
        && left.entries.allSatisfy { entry in right[entry.key].map { isEqual(entry.value, $0) } ?? false }
    default: return false
    }
  }

  /// The order of two values, `nil` where they have none.
  static func compare(_ left: Value, _ right: Value) -> Order? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): return order(left, right)
    case (.integer(let left), .number(let right)): return order(left, right)
    case (.number(let left), .integer(let right)): return order(right, left)?.reversed
    case (.number(let left), .number(let right)): return order(left, right)
    case (.boolean(let left), .boolean(let right)): return order(left ? 1 : 0, right ? 1 : 0)
    case (.date(let left), .date(let right)): return order(left.seconds, right.seconds)
    case (.string(let left), .string(let right)):
      if PythonText.precedes(left, right) { return .less }
      return PythonText.isSame(left, right) ? .equal : .greater
    default: return nil
    }
  }

  private static func order<T: Comparable>(_ left: T, _ right: T) -> Order? {
    if left < right { return .less }
    if left > right { return .greater }
    return left == right ? .equal : nil
  }

  /// The order of a whole number and one that need not be whole, with no digit lost.
  private static func order(_ left: Int, _ right: Double) -> Order? {
    if right.isNaN { return nil }
    let floor = right.rounded(.down)
    guard let whole = Int(exactly: floor) else { return right > 0 ? .less : .greater }
    if left != whole { return left < whole ? .less : .greater }
    return right > floor ? .less : .equal
  }

  private var reversed: Order {
    switch self {
    case .less: .greater
    case .equal: .equal
    case .greater: .less
    }
  }

  /// A key that puts values into an order: text in small letters unless `isCaseSensitive`.
  static func key(_ value: Value, isCaseSensitive: Bool) -> Value {
    if !isCaseSensitive, case .string(let text) = value { return .string(PythonText.lower(text)) }
    return value
  }
}

/// Arithmetic as in Python, but with whole numbers of 64 bits that stay at their limits, and nothing where
/// something is divided by 0.
enum Arithmetic {
  static func negate(_ value: Value) -> Value {
    switch value {
    case .integer(let number): .integer(0.subtractingClamped(number))
    case .number(let number): .number(-number)
    default: .none
    }
  }

  static func apply(_ operation: ArithmeticOperator, _ left: Value, _ right: Value) -> Value {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): integers(operation, left, right)
    case (.integer(let left), .number(let right)): numbers(operation, Double(left), right)
    case (.number(let left), .integer(let right)): numbers(operation, left, Double(right))
    case (.number(let left), .number(let right)): numbers(operation, left, right)
    case (.string(let left), .string(let right)): .string(left + right)
    case (.list(let left), .list(let right)):
      .list(.values((0..<left.count).map { left[$0] } + (0..<right.count).map { right[$0] }))
    case (.string(let text), .integer(let count)), (.integer(let count), .string(let text)):
      .string(repeated(text, count))
    default: .none
    }
  }

  /// No text is made longer than this by repeating one.
  private static let repetitionLimit = 100_000

  private static func repeated(_ text: String, _ count: Int) -> String {
    guard count > 0, !text.isEmpty else { return "" }
    return String(repeating: text, count: min(count, max(1, repetitionLimit / text.utf8.count)))
  }

  private static func integers(_ operation: ArithmeticOperator, _ left: Int, _ right: Int) -> Value {
    switch operation {
    case .add: return .integer(left.addingClamped(right))
    case .subtract: return .integer(left.subtractingClamped(right))
    case .multiply: return .integer(left.multipliedClamped(by: right))
    case .divide: return right == 0 ? .none : .number(Double(left) / Double(right))
    case .floorDivide:
      guard right != 0 else { return .none }
      guard right != -1 else { return .integer(0.subtractingClamped(left)) }
      let quotient = left / right
      return .integer(left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient)
    case .remainder:
      guard right != 0 else { return .none }
      guard right != -1 else { return .integer(0) }
      let remainder = left % right
      return .integer(remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
    }
  }

  private static func numbers(_ operation: ArithmeticOperator, _ left: Double, _ right: Double) -> Value {
    switch operation {
    case .add: return .number(left + right)
    case .subtract: return .number(left - right)
    case .multiply: return .number(left * right)
    case .divide: return right == 0 ? .none : .number(left / right)
    case .floorDivide, .remainder:
      guard right != 0 else { return .none }
      // As CPython does it: the quotient is worked out from the remainder.
      var remainder = left.truncatingRemainder(dividingBy: right)
      var quotient = (left - remainder) / right
      if remainder == 0 {
        remainder = right < 0 ? -0.0 : 0.0
      } else if (right < 0) != (remainder < 0) {
        remainder += right
        quotient -= 1
      }
      if operation == .remainder { return .number(remainder) }
      guard quotient != 0 else { return .number((left / right).sign == .minus ? -0.0 : 0.0) }
      let floor = quotient.rounded(.down)
      return .number(quotient - floor > 0.5 ? floor + 1 : floor)
    }
  }
}
