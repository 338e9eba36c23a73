import SourceText

extension Execution {
  /// The result of a filter on `value`.
  mutating func apply(_ operation: FilterOperation, _ value: Value, _ arguments: Int32) -> Value {
    switch operation {
    case .upper: return .string(text(value).uppercased())
    case .lower: return .string(PythonText.lower(text(value)))
    case .title: return .string(PythonText.title(text(value)))
    case .capitalize: return .string(PythonText.capitalize(text(value)))
    case .trim: return .string(PythonText.trim(text(value), stringArgument(arguments, 0)))
    case .truncate:
      return .string(
        PythonText.truncate(
          text(value), length: integerArgument(arguments, 0) ?? 255,
          killsWords: booleanArgument(arguments, 1),
          ending: stringArgument(arguments, 2) ?? "...", leeway: integerArgument(arguments, 3) ?? 5))
    case .wordCount: return .integer(PythonText.wordCount(text(value)))
    case .replace:
      return .string(
        PythonText.replace(
          text(value), stringArgument(arguments, 0) ?? "", stringArgument(arguments, 1) ?? "",
          count: integerArgument(arguments, 2) ?? -1))
    case .stripTags:
      if case .markup(let markup) = value { return .string(StrippedMarkup.text(html(markup).bytes)) }
      return .string(StrippedMarkup.text(Array(text(value).utf8)))
    case .urlEncode: return .string(PythonText.urlEncode(text(value)))
    case .center: return .string(PythonText.center(text(value), width: integerArgument(arguments, 0) ?? 80))
    case .indent:
      return .string(
        PythonText.indent(
          text(value), width: integerArgument(arguments, 0) ?? 4, first: booleanArgument(arguments, 1),
          blank: booleanArgument(arguments, 2)))
    case .safe: return .markup(Markup(text(value)))
    case .toText: return .string(text(value))
    case .absolute:
      guard case .link(let link) = value else { return .none }
      return absolute(link).map { .string($0) } ?? .none
    case .json:
      var buffer = ByteBuffer()
      appendJSON(value, into: &buffer)
      return .string(buffer.string)
    case .number, .absoluteValue, .round, .ceiling, .floor, .toInteger, .toNumber:
      return applyNumeric(operation, value, arguments)
    case .length, .first, .last, .join, .reverse, .slice, .batch, .items, .sortedItems:
      return applyToList(operation, value, arguments)
    }
  }

  // MARK: - Numbers

  private mutating func applyNumeric(_ operation: FilterOperation, _ value: Value, _ arguments: Int32)
    -> Value
  {
    switch operation {
    case .absoluteValue:
      switch value {
      case .integer(let number): return .integer(number < 0 ? 0.subtractingClamped(number) : number)
      case .number(let number): return .number(abs(number))
      default: return .none
      }
    case .toInteger: return .integer(integer(value) ?? integerArgument(arguments, 0) ?? 0)
    case .toNumber:
      if let number = number(value) { return .number(number) }
      return .number(argument(arguments, 0).flatMap { number($0) } ?? 0)
    case .round:
      let precision = max(-400, min(integerArgument(arguments, 0) ?? 0, 400))
      switch value {
      case .integer(let number) where precision >= 0: return .integer(number)
      case .integer(let number):
        return .integer(NumberText.round(number, precision: precision))
      case .number(let number): return .number(NumberText.round(number, precision: precision))
      default: return .none
      }
    case .ceiling, .floor:
      guard let number = number(value) else { return .none }
      let scale = NumberText.power(of: 10, min(integerArgument(arguments, 0) ?? 0, 30))
      let rounded = (number * scale).rounded(operation == .ceiling ? .up : .down)
      // Python rounds to a whole number here, and whole numbers have no -0.
      return .number((rounded == 0 ? 0 : rounded) / scale)
    default:
      let separator = stringArgument(arguments, 1) ?? ","
      let point = stringArgument(arguments, 2) ?? "."
      let decimals = integerArgument(arguments, 0)
      switch value {
      case .integer(let number) where decimals == nil || decimals == 0:
        return .string(groupedDigits(number, separator: separator))
      case .integer(let number):
        return .string(
          NumberText.grouped(Double(number), decimals: decimals ?? 0, separator: separator, point: point))
      case .number(let number):
        return .string(
          NumberText.grouped(number, decimals: decimals ?? 0, separator: separator, point: point))
      default: return .none
      }
    }
  }

  private func integer(_ value: Value) -> Int? {
    switch value {
    case .integer(let number): number
    case .boolean(let truth): truth ? 1 : 0
    case .number(let number): number.isFinite && abs(number) < 9e18 ? Int(number) : nil
    case .string(let text): PythonText.integer(text)
    default: nil
    }
  }

  private func number(_ value: Value) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .boolean(let truth): truth ? 1 : 0
    case .number(let number): number
    case .string(let text): PythonText.number(text)
    default: nil
    }
  }

  // MARK: - Lists

  private mutating func applyToList(_ operation: FilterOperation, _ value: Value, _ arguments: Int32) -> Value
  {
    switch operation {
    case .length: return .integer(length(value))
    case .first, .last:
      if case .string(let text) = value {
        let scalar = operation == .first ? text.unicodeScalars.first : text.unicodeScalars.last
        return scalar.map { .string(String(Character($0))) } ?? .none
      }
      let list = Execution.list(value)
      return list.isEmpty ? .none : list[operation == .first ? 0 : list.count - 1]
    case .reverse:
      if case .string(let text) = value {
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.reversed())
        return .string(String(scalars))
      }
      let list = Execution.list(value)
      return .list(list.gathering((0..<list.count).reversed()))
    case .join:
      let list = Execution.list(value)
      return join((0..<list.count).map { list[$0] }, separator: argument(arguments, 0))
    case .batch: return batch(Execution.list(value), arguments)
    case .slice: return slice(Execution.list(value), arguments)
    default:
      guard case .dictionary(let dictionary) = value else { return .list(.values([])) }
      var entries = dictionary.entries
      if operation == .sortedItems {
        entries = stableSorted(entries) {
          PythonText.precedes(PythonText.lower($0.key), PythonText.lower($1.key))
        }
      }
      return .list(.values(entries.map { .list(.values([.string($0.key), $0.value])) }))
    }
  }

  private func length(_ value: Value) -> Int {
    switch value {
    case .string(let text): text.unicodeScalars.count
    case .list(let list): list.count
    case .dictionary(let dictionary): dictionary.entries.count
    default: 0
    }
  }

  private mutating func batch(_ list: ValueList, _ arguments: Int32) -> Value {
    let size = max(1, integerArgument(arguments, 0) ?? 1)
    let fill = argument(arguments, 1)
    var rows: [Value] = []
    var start = 0
    while start < list.count {
      let end = min(list.count, start.addingClamped(size))
      let row = list.gathering(start..<end)
      let missing = min(size, 10_000) - (end - start)
      if let fill, missing > 0 {
        rows.append(
          .list(.values((0..<row.count).map { row[$0] } + Array(repeating: fill, count: missing))))
      } else {
        rows.append(.list(row))
      }
      start = end
    }
    return .list(.values(rows))
  }

  private mutating func slice(_ list: ValueList, _ arguments: Int32) -> Value {
    let count = min(max(1, integerArgument(arguments, 0) ?? 1), 10_000)
    let fill = argument(arguments, 1)
    let (size, extra) = list.count.quotientAndRemainder(dividingBy: count)
    var columns: [Value] = []
    var start = 0
    for number in 0..<count {
      let end = start + size + (number < extra ? 1 : 0)
      let column = list.gathering(start..<end)
      if let fill, number >= extra {
        columns.append(.list(.values((0..<column.count).map { column[$0] } + [fill])))
      } else {
        columns.append(.list(column))
      }
      start = end
    }
    return .list(.values(columns))
  }
}

/// `elements` in the order of `precedes`; equal ones stay in their order.
func stableSorted<Element>(_ elements: [Element], by precedes: (Element, Element) -> Bool) -> [Element] {
  // The standard library's sort is stable, but does not promise it.
  elements.enumerated().sorted { left, right in
    if precedes(left.element, right.element) { return true }
    if precedes(right.element, left.element) { return false }
    return left.offset < right.offset
  }.map(\.element)
}
