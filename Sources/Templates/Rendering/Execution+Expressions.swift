import SourceText

extension Execution {
  /// The value of the expression at `index` of the program's nodes.
  mutating func evaluate(_ index: Int32) -> Value {
    switch program.nodes[Int(index)] {
    case .constant(let constant): return program.constants[Int(constant)]
    case .slot(let slot): return slots[Int(slot)]
    case .global(let field): return fields[Int(field)](0)
    case .slotField(let slot, let field):
      guard case .object(let object) = slots[Int(slot)] else { return .none }
      return fields[Int(field)](object.id)
    case .field(let base, let field):
      guard case .object(let object) = evaluate(base) else { return .none }
      return fields[Int(field)](object.id)
    case .entry(let base, let key):
      guard case .dictionary(let dictionary) = evaluate(base),
        case .string(let name) = program.constants[Int(key)]
      else { return .none }
      return dictionary[name] ?? .none
    case .element(let base, let item): return element(evaluate(base), evaluate(item))
    case .part(let base, let number): return part(evaluate(base), Int(number))
    case .subrange(let base, let arguments): return subrange(evaluate(base), arguments)
    case .loopIndex(let slot, let offset): return .integer(integer(at: slot) + Int(offset))
    case .loopReverseIndex(let slot, let offset):
      return .integer(integer(at: slot + 1) - integer(at: slot) + Int(offset))
    case .loopFirst(let slot): return .boolean(integer(at: slot) == 0)
    case .loopLast(let slot): return .boolean(integer(at: slot) + 1 == integer(at: slot + 1))
    case .loopLength(let slot): return .integer(integer(at: slot + 1))
    case .cycle(let slot, let arguments, let count):
      return evaluate(program.arguments[Int(arguments) + integer(at: slot) % Int(count)])
    case .range(let arguments): return affordable(.list(range(arguments)))
    case .not(let operand): return .boolean(!isTrue(operand))
    case .and(let left, let right):
      let first = evaluate(left)
      return first.isTrue ? evaluate(right) : first
    case .or(let left, let right):
      let first = evaluate(left)
      return first.isTrue ? first : evaluate(right)
    case .conditional(let test, let then, let otherwise):
      return isTrue(test) ? evaluate(then) : evaluate(otherwise)
    case .compare(let operation, let left, let right):
      return .boolean(compare(operation, evaluate(left), evaluate(right)))
    case .arithmetic(let operation, let left, let right):
      return affordable(Arithmetic.apply(operation, evaluate(left), evaluate(right)))
    case .negative(let operand): return Arithmetic.negate(evaluate(operand))
    case .concatenation(let arguments, let count): return affordable(concatenate(arguments, count))
    case .list(let arguments, let count):
      var values: [Value] = []
      values.reserveCapacity(Int(count))
      for offset in 0..<count { values.append(evaluate(program.arguments[Int(arguments + offset)])) }
      return .list(.values(values))
    case .filter(let operation, let base, let arguments):
      return affordable(apply(operation, evaluate(base), arguments))
    case .test(let operation, let base, let argument):
      return .boolean(test(operation, evaluate(base), argument))
    case .standard(let base, let standard, let orFalse):
      let value = evaluate(base)
      return value.isNone || (orFalse && !value.isTrue) ? evaluate(standard) : value
    case .gather(let number): return gather(program.gatherings[Int(number)])
    case .date(let base, let format):
      guard case .date(let timestamp) = evaluate(base) else { return .none }
      var buffer = ByteBuffer()
      program.dateFormats[Int(format)].write(timestamp, into: &buffer)
      return .string(buffer.string)
    case .phrase(let key, let table):
      guard case .string(let wanted) = evaluate(key) else { return .none }
      let phrases = program.phrases[Int(table)]
      let index = phrases.keys.partitioningIndex { !PythonText.precedes($0, wanted) }
      guard index < phrases.keys.count, PythonText.isSame(phrases.keys[index], wanted) else { return .none }
      return .string(phrases.phrases[index])
    case .call(let start, let end): return .markup(capture(start, end))
    case .escape(let base): return .markup(markup(evaluate(base)))
    }
  }

  /// Whether the expression counts as true.
  mutating func isTrue(_ index: Int32) -> Bool {
    switch program.nodes[Int(index)] {
    case .not(let operand): !isTrue(operand)
    case .and(let left, let right): isTrue(left) && isTrue(right)
    case .or(let left, let right): isTrue(left) || isTrue(right)
    case .compare(let operation, let left, let right): compare(operation, evaluate(left), evaluate(right))
    case .test(let operation, let base, let argument): test(operation, evaluate(base), argument)
    case .loopFirst(let slot): integer(at: slot) == 0
    case .loopLast(let slot): integer(at: slot) + 1 == integer(at: slot + 1)
    default: evaluate(index).isTrue
    }
  }

  func integer(at slot: Int32) -> Int {
    if case .integer(let value) = slots[Int(slot)] { value } else { 0 }
  }

  /// The value of an argument, `nil` where it was left out or is missing.
  mutating func argument(_ arguments: Int32, _ offset: Int32) -> Value? {
    let node = program.arguments[Int(arguments + offset)]
    guard node >= 0 else { return nil }
    let value = evaluate(node)
    return value.isNone ? nil : value
  }

  mutating func integerArgument(_ arguments: Int32, _ offset: Int32) -> Int? {
    if case .integer(let value)? = argument(arguments, offset) { value } else { nil }
  }

  mutating func stringArgument(_ arguments: Int32, _ offset: Int32) -> String? {
    argument(arguments, offset).map { text($0) }
  }

  mutating func booleanArgument(_ arguments: Int32, _ offset: Int32) -> Bool {
    argument(arguments, offset)?.isTrue ?? false
  }

  // MARK: - Lists

  mutating func list(_ index: Int32) -> ValueList { Execution.list(evaluate(index)) }

  /// The elements of a value; a free value that is no list has its keys, or none.
  static func list(_ value: Value) -> ValueList {
    switch value {
    case .list(let list): list
    case .dictionary(let dictionary): .values(dictionary.entries.map { .string($0.key) })
    default: .values([])
    }
  }

  func part(_ value: Value, _ number: Int) -> Value {
    guard case .list(.values(let parts)) = value, number < parts.count else { return .none }
    return parts[number]
  }

  private func element(_ base: Value, _ item: Value) -> Value {
    switch (base, item) {
    case (.list(let list), .integer(let position)):
      let index = position < 0 ? position + list.count : position
      return index >= 0 && index < list.count ? list[index] : .none
    case (.string(let text), .integer(let position)):
      let scalars = Array(text.unicodeScalars)
      let index = position < 0 ? position + scalars.count : position
      return scalars.indices.contains(index) ? .string(String(Character(scalars[index]))) : .none
    case (.dictionary(let dictionary), .string(let key)): return dictionary[key] ?? .none
    default: return .none
    }
  }

  private mutating func subrange(_ base: Value, _ arguments: Int32) -> Value {
    let from = integerArgument(arguments, 0)
    let to = integerArgument(arguments, 1)
    let step = integerArgument(arguments, 2) ?? 1
    switch base {
    case .list(let list):
      return .list(list.gathering(Execution.indices(list.count, from, to, step)))
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      var result = String.UnicodeScalarView()
      for index in Execution.indices(scalars.count, from, to, step) { result.append(scalars[index]) }
      return .string(String(result))
    default: return .none
    }
  }

  /// The indices of Python's `[from:to:step]` in a sequence of `count` elements.
  private static func indices(_ count: Int, _ from: Int?, _ to: Int?, _ step: Int) -> [Int] {
    guard step != 0 else { return [] }
    func clamped(_ bound: Int, _ lower: Int, _ upper: Int) -> Int {
      min(max(bound < 0 ? bound.addingClamped(count) : bound, lower), upper)
    }
    if step > 0 {
      let start = from.map { clamped($0, 0, count) } ?? 0
      let end = to.map { clamped($0, 0, count) } ?? count
      return Array(stride(from: start, to: max(start, end), by: step))
    }
    let start = from.map { clamped($0, -1, count - 1) } ?? count - 1
    let end = to.map { clamped($0, -1, count - 1) } ?? -1
    return Array(stride(from: start, to: min(start, end), by: step))
  }

  private mutating func range(_ arguments: Int32) -> ValueList {
    let first = integerArgument(arguments, 0) ?? 0
    let second = integerArgument(arguments, 1)
    let step = integerArgument(arguments, 2) ?? 1
    guard step != 0 else { return .values([]) }
    let start = second == nil ? 0 : first
    let end = second ?? first
    var values: [Value] = []
    var number = start
    while step > 0 ? number < end : number > end, values.count < Compiler.rangeLimit {
      values.append(.integer(number))
      number = number.addingClamped(step)
    }
    return .values(values)
  }

  // MARK: - Comparisons and tests

  private func compare(_ operation: ComparisonOperator, _ left: Value, _ right: Value) -> Bool {
    switch operation {
    case .equal: Order.isEqual(left, right)
    case .notEqual: !Order.isEqual(left, right)
    case .less: Order.compare(left, right) == .less
    case .lessOrEqual: Order.compare(left, right).map { $0 != .greater } ?? false
    case .greater: Order.compare(left, right) == .greater
    case .greaterOrEqual: Order.compare(left, right).map { $0 != .less } ?? false
    case .contained: contains(right, left)
    case .notContained: !contains(right, left)
    }
  }

  private func contains(_ haystack: Value, _ needle: Value) -> Bool {
    switch (haystack, needle) {
    case (.string(let text), .string(let part)):
      let wanted = Array(part.utf8)
      let bytes = Array(text.utf8)
      guard let first = wanted.first else { return true }
      return bytes.indices.contains { bytes[$0] == first && bytes[$0...].starts(with: wanted) }
    case (.list(.objects(let type, let ids)), .object(let object)):
      return object.type == type && ids.contains(object.id)
    case (.list(let list), _):
      return (0..<list.count).contains { Order.isEqual(list[$0], needle) }
    case (.dictionary(let dictionary), .string(let key)): return dictionary[key] != nil
    default: return false
    }
  }

  private mutating func test(_ operation: TestOperation, _ value: Value, _ argument: Int32) -> Bool {
    switch (operation, value) {
    case (.isNone, _): value.isNone
    case (.even, .integer(let number)): number % 2 == 0
    case (.odd, .integer(let number)): number % 2 != 0
    case (.divisibleBy, .integer(let number)):
      if case .integer(let divisor) = evaluate(argument), divisor != 0 {
        divisor == -1 || number % divisor == 0
      } else {
        false
      }
    case (.string, .string), (.string, .markup), (.string, .link): true
    case (.number, .integer), (.number, .number), (.number, .boolean): true
    case (.integer, .integer): true
    case (.float, .number): true
    case (.boolean, .boolean): true
    case (.mapping, .dictionary): true
    case (.sequence, .list), (.sequence, .string), (.sequence, .markup), (.sequence, .dictionary): true
    case (.iterable, .list), (.iterable, .string), (.iterable, .markup), (.iterable, .dictionary): true
    case (.lower, _): PythonText.isLower(text(value))
    case (.upper, _): PythonText.isUpper(text(value))
    case (.isTrue, .boolean(let truth)): truth
    case (.isFalse, .boolean(let truth)): !truth
    default: false
    }
  }
}
