import SourceText

extension Compiler {
  /// The filters that take a list, and some of them text.
  mutating func applyListFilter(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    switch name.text {
    case "length", "count":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      guard type.element != nil || type == .string || type == .dynamic else {
        let fix = type == .markup ? "write '| striptags | length'" : nil
        return wrongInput(name, base, type, wanted: "a list or text", fix: fix, range)
      }
      return filter(.length, base, [], .integer, range)
    case "first", "last":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      let operation: FilterOperation = name.text == "first" ? .first : .last
      if type == .string || type == .dynamic {
        return filter(operation, base, [], .optional(type), range)
      }
      guard let element = type.element else { return wrongInput(name, base, type, wanted: "a list", range) }
      let isThere = isSubstantial(base)
      return filter(operation, base, [], isThere ? element : element.asOptional, range)
    case "reverse" where type == .string:
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      return filter(.reverse, base, [], .string, range)
    case "items", "dictsort":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      guard type == .dynamic else { return wrongInput(name, base, type, wanted: "a free value", range) }
      let pair = partsType(["key", "value"], [.string, .dynamic])
      return filter(name.text == "items" ? .items : .sortedItems, base, [], .list(pair), range)
    default: break
    }
    var element = type.element
    if type == .dynamic { element = .dynamic }
    guard let element else {
      for argument in arguments.positional { _ = check(argument) }
      return wrongInput(name, base, type, wanted: "a list", range)
    }
    switch name.text {
    case "list":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      return keepingFacts(Typed(base.node, .list(element), range), of: base)
    case "reverse":
      guard bind(arguments, to: [], of: name) != nil else { return invalid(range) }
      return keepingFacts(filter(.reverse, base, [], .list(element), range), of: base)
    case "join": return applyJoin(name, base, element, arguments, range)
    case "batch", "slice": return applyPartition(name, base, element, arguments, range)
    case "map": return applyMap(name, base, element, arguments, range)
    case "select", "reject": return applySelect(name, base, element, arguments, byAttribute: false, range)
    case "selectattr", "rejectattr":
      return applySelect(name, base, element, arguments, byAttribute: true, range)
    case "sum": return applySum(name, base, element, arguments, range)
    case "sort": return applySort(name, base, element, arguments, range)
    default: return applyKeyed(name, base, element, arguments, range)
    }
  }

  func keepingFacts(_ result: Typed, of base: Typed) -> Typed {
    var result = result
    result.elementFacts = base.elementFacts
    return result
  }

  /// The element of a list as an expression, in a slot of its own.
  mutating func element(of base: Typed, _ type: ValueType) -> (slot: Int32, value: Typed) {
    let slot = takeSlot()
    let key = freshKey()
    for suffix in base.elementFacts { facts.insert(key + suffix) }
    return (slot, narrowed(Typed(add(.slot(slot)), type, base.range, key: key)))
  }

  /// The attribute that `path` names, such as `week.label`, of `element`.
  mutating func attribute(_ path: String, of element: Typed, _ range: ByteRange) -> Typed {
    var result = element
    for part in path.split(separator: ".", omittingEmptySubsequences: false) {
      if let position = Int(part) {
        let item = literal(.integer(position), .integer, range, key: "\(position)")
        guard let listed = result.type?.element ?? (result.type == .dynamic ? .dynamic : nil) else {
          return mistaken(
            .wrongType(
              "what '\(part)' is taken of", wanted: "a list",
              got: result.type.map { describe($0) } ?? "unknown",
              location(range)), range)
        }
        result = Typed(add(.element(result.node, item.node)), listed.asOptional, range)
      } else {
        result = narrowed(field(Name(text: String(part), range: range), of: result, range))
      }
    }
    result.range = range
    if result.type?.isOptional == true { result.missing = range }
    return result
  }

  /// The attribute that an argument names in quotes.
  mutating func attributeName(_ argument: Typed?, of name: Name) -> (String, ByteRange)? {
    guard let argument else { return nil }
    guard case .string(let path)? = argument.constant else {
      report(.attributeNotFixed(location(argument.range)))
      return nil
    }
    return (path, argument.range)
  }

  // MARK: - join, batch, slice

  private mutating func applyJoin(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let parameters = [Parameter.optional("d", .any), .optional("attribute", .string)]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    var list = base
    var type = type
    if let argument = bound[1] {
      guard let (path, place) = attributeName(argument, of: name) else { return invalid(range) }
      let (slot, element) = element(of: base, type)
      let body = attribute(path, of: element, place)
      guard let bodyType = body.type else { return invalid(range) }
      list = gather(.map, base, slot, [body], .list(bodyType), range)
      type = bodyType
    }
    if type != .nothing, !isText(type) {
      let fix: String? =
        if case .object = type.unwrapped { "name a field: 'join(\", \", attribute=\"…\")'" } else { nil }
      return mistaken(
        .wrongType(
          "what 'join' joins", wanted: "texts", got: describe(.list(type)), fix: fix, location(base.range)),
        range)
    }
    var isMarkup = type == .markup
    if let separator = bound[0], let separatorType = separator.type, separatorType != .missing {
      guard separatorType == .string || separatorType == .markup else {
        return mistaken(
          .wrongType(
            "'d' of 'join'", wanted: "text", got: describe(separatorType), location(separator.range)),
          range)
      }
      isMarkup = isMarkup || separatorType == .markup
    }
    return filter(.join, list, [bound[0]], isMarkup ? .markup : .string, range)
  }

  private mutating func applyPartition(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let isBatch = name.text == "batch"
    let parameters = [
      Parameter(isBatch ? "linecount" : "slices", .integer), .optional("fill_with", .optional),
    ]
    guard let bound = bind(arguments, to: parameters, of: name), let count = bound[0] else {
      return invalid(range)
    }
    if case .integer(let number)? = count.constant, number < 1 {
      return mistaken(
        .wrongType(
          "the number of '\(name.text)'", wanted: "at least 1", got: "\(number)", location(count.range)),
        range)
    }
    var element = type
    if let fill = bound[1], let fillType = fill.type, fillType != .missing {
      guard let joined = type.joined(with: fillType) else {
        return mistaken(.differentTypes(describe(type), describe(fillType), location(fill.range)), range)
      }
      element = joined
    }
    return filter(isBatch ? .batch : .slice, base, bound, .list(.list(element)), range)
  }

  // MARK: - map, select

  mutating func gather(
    _ operation: Gathering.Operation, _ list: Typed, _ slot: Int32, _ bodies: [Typed], _ type: ValueType,
    _ range: ByteRange
  ) -> Typed {
    program.gatherings.append(
      Gathering(operation: operation, list: list.node, slot: slot, bodies: bodies.map(\.node)))
    return Typed(add(.gather(Int32(program.gatherings.count - 1))), type, range)
  }

  private mutating func applyMap(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let (slot, element) = element(of: base, type)
    if let first = arguments.positional.first {
      guard case .string(let filterName) = first.kind else {
        return mistaken(.filterNotFixed(location(first.range)), range)
      }
      var rest = arguments
      rest.positional.removeFirst()
      rest.range = ByteRange(Int(first.range.upperBound), Int(arguments.range.upperBound))
      let body = apply(filter: Name(text: filterName, range: first.range), to: element, rest, range)
      guard let bodyType = body.type else { return invalid(range) }
      return gather(.map, base, slot, [body], .list(bodyType), range)
    }
    let parameters = [Parameter("attribute", .string), .optional("default", .any)]
    guard let bound = bind(arguments, to: parameters, of: name),
      let (path, place) = attributeName(bound[0], of: name)
    else { return invalid(range) }
    var body = attribute(path, of: element, place)
    if let standard = bound[1], let bodyType = body.type, let standardType = standard.type {
      guard let joined = bodyType.unwrapped.joined(with: standardType) else {
        return mistaken(
          .wrongType(
            "the default", wanted: describe(bodyType.unwrapped), got: describe(standardType),
            location(standard.range)), range)
      }
      body = Typed(add(.standard(body.node, standard.node, orFalse: false)), joined, place)
    }
    guard let bodyType = body.type else { return invalid(range) }
    return gather(.map, base, slot, [body], .list(bodyType), range)
  }

  private mutating func applySelect(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, byAttribute: Bool,
    _ range: ByteRange
  ) -> Typed {
    var (slot, element) = element(of: base, type)
    let elementKey = element.key ?? ""
    var rest = arguments
    if byAttribute {
      guard let first = rest.positional.first else {
        return mistaken(.missingArgument("attribute", of: name.text, location(name.range)), range)
      }
      guard case .string(let path) = first.kind else {
        return mistaken(.attributeNotFixed(location(first.range)), range)
      }
      rest.positional.removeFirst()
      element = attribute(path, of: element, first.range)
    }
    let condition: Condition
    if let first = rest.positional.first {
      guard case .string(let testName) = first.kind else {
        return mistaken(.testNotFixed(location(first.range)), range)
      }
      rest.positional.removeFirst()
      condition = apply(test: Name(text: testName, range: first.range), to: element, rest, range)
    } else {
      condition = Condition(node: element.node, whenTrue: presence(of: element))
    }
    let isSelecting = name.text.hasPrefix("select")
    var result = gather(
      isSelecting ? .select : .reject, base, slot, [Typed(condition.node, .boolean, range)], .list(type),
      range)
    result.elementFacts = base.elementFacts
    for fact in isSelecting ? condition.whenTrue : condition.whenFalse where fact.hasPrefix(elementKey) {
      let suffix = String(fact.dropFirst(elementKey.count))
      if suffix.isEmpty {
        result.type = .list(type.unwrapped)
      } else {
        result.elementFacts.insert(suffix)
      }
    }
    return result
  }

}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func attributeNotFixed(_ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "the field must be named in quotes", at: location)
  }

  fileprivate static func filterNotFixed(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "'map' takes the name of a filter in quotes, or attribute=\"…\"",
      at: location)
  }

  fileprivate static func testNotFixed(_ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "the test must be named in quotes", at: location)
  }
}
