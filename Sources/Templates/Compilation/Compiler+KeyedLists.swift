import SourceText

extension Compiler {
  mutating func applySum(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let parameters = [Parameter.optional("attribute", .string), .optional("start", .number)]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    var (slot, body) = element(of: base, type)
    if bound[0] != nil {
      guard let (path, place) = attributeName(bound[0], of: name) else { return invalid(range) }
      body = attribute(path, of: body, place)
    }
    body = required(body)
    guard let bodyType = body.type else { return invalid(range) }
    guard bodyType.isNumeric || bodyType == .nothing else {
      return mistaken(
        .wrongType("what 'sum' adds", wanted: "numbers", got: describe(bodyType), location(body.range)), range
      )
    }
    let start = bound[1] ?? literal(.integer(0), .integer, range)
    let result: ValueType = bodyType != .number && start.type == .integer ? .integer : .number
    return gather(.sum(start: start.node), base, slot, [body], result, range)
  }

  mutating func applySort(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let parameters = [
      Parameter.optional("reverse", .boolean), .optional("case_sensitive", .boolean),
      .optional("attribute", .string),
    ]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    let (slot, element) = element(of: base, type)
    var keys: [Typed] = []
    if bound[2] != nil {
      guard let (paths, place) = attributeName(bound[2], of: name) else { return invalid(range) }
      for path in paths.split(separator: ",") {
        keys.append(attribute(path.trimmingSpaces, of: element, place))
      }
    } else {
      keys = [element]
    }
    for key in keys where !checkKey(key, of: name) { return invalid(range) }
    guard let isReversed = flag(bound[0], of: name), let isCaseSensitive = flag(bound[1], of: name) else {
      return invalid(range)
    }
    return keepingFacts(
      gather(
        .sort(isReversed: isReversed, isCaseSensitive: isCaseSensitive), base, slot, keys, .list(type), range),
      of: base)
  }

  /// The value of an argument that must be written as `true` or `false`; false when it is left out.
  private mutating func flag(_ argument: Typed?, of name: Name) -> Bool? {
    guard let argument else { return false }
    if case .boolean(let value)? = argument.constant { return value }
    report(
      .wrongType(
        "this argument of '\(name.text)'", wanted: "'true' or 'false'", got: "worked out",
        location(argument.range)))
    return nil
  }

  /// Whether lists can be put in order by `key`.
  private mutating func checkKey(_ key: Typed, of name: Name) -> Bool {
    let key = required(key)
    switch key.type {
    case nil: return false
    case .boolean, .integer, .number, .string, .date, .dynamic, .nothing: return true
    case .link where name.text == "unique": return true
    case .object? where name.text == "unique": return true
    case let type?:
      var fix: String?
      if case .object = type { fix = "name a field: '\(name.text)(attribute=\"…\")'" }
      report(
        .wrongType(
          "what '\(name.text)' goes by", wanted: "text, a number or a date", got: describe(type), fix: fix,
          location(key.range)))
      return false
    }
  }

  /// `unique`, `min`, `max` and `groupby`.
  mutating func applyKeyed(
    _ name: Name, _ base: Typed, _ type: ValueType, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    let isGrouping = name.text == "groupby"
    let parameters =
      isGrouping
      ? [Parameter("attribute", .string), .optional("default", .any), .optional("case_sensitive", .boolean)]
      : [.optional("case_sensitive", .boolean), .optional("attribute", .string)]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    var (slot, key) = element(of: base, type)
    if let argument = isGrouping ? bound[0] : bound[1] {
      guard let (path, place) = attributeName(argument, of: name) else { return invalid(range) }
      key = attribute(path, of: key, place)
    }
    if isGrouping, let standard = bound[1], let keyType = key.type, let standardType = standard.type {
      guard let joined = keyType.unwrapped.joined(with: standardType) else {
        return mistaken(
          .differentTypes(describe(keyType.unwrapped), describe(standardType), location(standard.range)),
          range)
      }
      key = Typed(add(.standard(key.node, standard.node, orFalse: false)), joined, key.range)
    }
    guard checkKey(key, of: name), let keyType = key.type,
      let isCaseSensitive = flag(isGrouping ? bound[2] : bound[0], of: name)
    else { return invalid(range) }
    switch name.text {
    case "unique":
      return keepingFacts(
        gather(.unique(isCaseSensitive: isCaseSensitive), base, slot, [key], .list(type), range), of: base)
    case "groupby":
      let group = partsType(["grouper", "list"], [keyType, .list(type)])
      return gather(.group(isCaseSensitive: isCaseSensitive), base, slot, [key], .list(group), range)
    default:
      let isThere = isSubstantial(base)
      return gather(
        name.text == "min"
          ? .minimum(isCaseSensitive: isCaseSensitive) : .maximum(isCaseSensitive: isCaseSensitive), base,
        slot,
        [key], isThere ? type : type.asOptional, range)
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: String {
    let start = drop { $0 == " " }
    let end = start.reversed().drop { $0 == " " }.count
    return String(start.prefix(end))
  }
}
