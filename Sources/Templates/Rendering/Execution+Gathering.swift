import CivilTime

extension Execution {
  /// The result of a filter that goes through a list.
  mutating func gather(_ plan: Gathering) -> Value {
    let list = list(plan.list)
    guard spend(list.count) else { return .none }
    switch plan.operation {
    case .map: return .list(.values(values(plan, list, body: plan.bodies[0])))
    case .select, .reject: return .list(select(plan, list))
    case .sort(let isReversed, let isCaseSensitive):
      return .list(sort(plan, list, isReversed: isReversed, isCaseSensitive: isCaseSensitive))
    case .unique(let isCaseSensitive): return .list(unique(plan, list, isCaseSensitive: isCaseSensitive))
    case .group(let isCaseSensitive):
      return .list(.values(groups(plan, list, isCaseSensitive: isCaseSensitive)))
    case .sum(let start):
      var result = evaluate(start)
      for value in values(plan, list, body: plan.bodies[0]) { result = Arithmetic.apply(.add, result, value) }
      return result
    case .minimum(let isCaseSensitive): return extreme(plan, list, .less, isCaseSensitive: isCaseSensitive)
    case .maximum(let isCaseSensitive): return extreme(plan, list, .greater, isCaseSensitive: isCaseSensitive)
    }
  }

  /// The values of `body` for each element.
  private mutating func values(_ plan: Gathering, _ list: ValueList, body: Int32) -> [Value] {
    var result: [Value] = []
    result.reserveCapacity(list.count)
    for index in 0..<list.count {
      slots[Int(plan.slot)] = list[index]
      result.append(evaluate(body))
    }
    return result
  }

  private mutating func keys(
    _ plan: Gathering, _ list: ValueList, body: Int32, isCaseSensitive: Bool
  ) -> [Value] {
    values(plan, list, body: body).map { Order.key($0, isCaseSensitive: isCaseSensitive) }
  }

  private mutating func select(_ plan: Gathering, _ list: ValueList) -> ValueList {
    var isWanted = true
    if case .reject = plan.operation { isWanted = false }
    var kept: [Int] = []
    for index in 0..<list.count {
      slots[Int(plan.slot)] = list[index]
      if isTrue(plan.bodies[0]) == isWanted { kept.append(index) }
    }
    return list.gathering(kept)
  }

  private mutating func sort(
    _ plan: Gathering, _ list: ValueList, isReversed: Bool, isCaseSensitive: Bool
  ) -> ValueList {
    var columns: [[Value]] = []
    for body in plan.bodies {
      columns.append(keys(plan, list, body: body, isCaseSensitive: isCaseSensitive))
    }
    let wanted: Order = isReversed ? .greater : .less
    let order = stableSorted(Array(0..<list.count)) { left, right in
      for column in columns {
        switch Order.compare(column[left], column[right]) {
        case .equal?, nil: continue
        case let order?: return order == wanted
        }
      }
      return false
    }
    return list.gathering(order)
  }

  private mutating func unique(_ plan: Gathering, _ list: ValueList, isCaseSensitive: Bool) -> ValueList {
    let keys = keys(plan, list, body: plan.bodies[0], isCaseSensitive: isCaseSensitive)
    var seen: Set<HashableKey> = []
    return list.gathering(keys.indices.filter { seen.insert(HashableKey(value: keys[$0])).inserted })
  }

  private mutating func groups(_ plan: Gathering, _ list: ValueList, isCaseSensitive: Bool) -> [Value] {
    let names = values(plan, list, body: plan.bodies[0])
    let keys = names.map { Order.key($0, isCaseSensitive: isCaseSensitive) }
    let order = stableSorted(Array(keys.indices)) { Order.compare(keys[$0], keys[$1]) == .less }
    var groups: [Value] = []
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, Order.isEqual(keys[order[start]], keys[order[end]]) { end += 1 }
      groups.append(.list(.values([names[order[start]], .list(list.gathering(order[start..<end]))])))
      start = end
    }
    return groups
  }

  private mutating func extreme(
    _ plan: Gathering, _ list: ValueList, _ wanted: Order, isCaseSensitive: Bool
  ) -> Value {
    let keys = keys(plan, list, body: plan.bodies[0], isCaseSensitive: isCaseSensitive)
    guard var best = keys.indices.first else { return .none }
    for index in keys.indices.dropFirst() where Order.compare(keys[index], keys[best]) == wanted {
      best = index
    }
    return list[best]
  }
}

/// A value by which others are told apart.
private struct HashableKey: Hashable {
  var value: Value

  static func == (left: HashableKey, right: HashableKey) -> Bool { Order.isEqual(left.value, right.value) }

  func hash(into hasher: inout Hasher) {
    switch value {
    case .boolean(let truth): hasher.combine(truth)
    case .integer(let number): hasher.combine(Double(number))
    case .number(let number): hasher.combine(number)
    case .string(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .link(let link): hasher.combine(link)
    case .date(let timestamp): hasher.combine(timestamp.seconds)
    case .object(let object): hasher.combine(object)
    case .none, .markup, .list, .dictionary: break
    }
  }
}
