import SourceText

extension Compiler {
  static let macroDepthLimit = 16
  /// The largest list that `range` makes.
  static let rangeLimit = 10_000

  mutating func checkCall(_ function: Expression, _ arguments: Arguments, _ range: ByteRange) -> Typed {
    switch function.kind {
    case .name(let name):
      let name = Name(text: name, range: function.range)
      if let (variable, scope) = findWithScope(name.text) {
        noteRead(variable)
        if case .macro(let macro, let frame) = variable.binding {
          return checkMacroCall(macro, frame, scope: scope, arguments, name, range)
        }
        if case .loop = variable.binding {
          return mistaken(.mustStandAlone("loop", location(range)), range)
        }
        return mistaken(.notCallable(name.text, location(name.range)), range)
      }
      switch name.text {
      case "asset": return checkAsset(arguments, name, range)
      case "t": return checkPhrase(arguments, name, range)
      case "range": return checkRange(arguments, name, range)
      case "super": return mistaken(.mustStandAlone("super", location(range)), range)
      case "caller", "namespace", "cycler", "joiner", "lipsum", "dict":
        return mistaken(
          .unsupported("'\(name.text)()'", fix: Compiler.advice(name.text), location(name.range)), range)
      default:
        if isDetached { return invalid(range) }
        return mistaken(.unknownFunction(name.text, among: visibleNames, location(name.range)), range)
      }
    case .field(let base, let method):
      if case .name("loop") = base.kind, method.text == "cycle", let variable = find("loop"),
        case .loop(_, let slot, _) = variable.binding
      {
        noteRead(variable)
        return checkCycle(arguments, slot: slot, method, range)
      }
      if case .name("self") = base.kind, find("self") == nil {
        return mistaken(.mustStandAlone("self.\(method.text)", location(range)), range)
      }
      _ = check(base)
      let filters = Compiler.filterNames + Compiler.specialFilterNames
      let fix = nearest(to: method.text, among: filters).map { "write '| \($0)'" }
      return mistaken(.noMethods(method.text, fix: fix, location(method.range)), range)
    default:
      return mistaken(.notCallable(text(function.range), location(function.range)), range)
    }
  }

  private static func advice(_ function: String) -> String {
    switch function {
    case "namespace": "count with a filter: '| length', '| sum(attribute=…)', '| selectattr(…)'"
    case "cycler": "write 'loop.cycle(…)'"
    case "joiner": "write '{% if not loop.first %}, {% endif %}'"
    case "caller": "pass the text to the macro as an argument"
    default: "leave it out"
    }
  }

  /// The variable `name` and the index of the scope that holds it.
  func findWithScope(_ name: String) -> (Variable, Int)? {
    for (index, scope) in scopes.enumerated().reversed() {
      if let variable = scope.variables[name] { return (variable, index) }
    }
    return nil
  }

  // MARK: - Functions

  private mutating func checkAsset(_ arguments: Arguments, _ name: Name, _ range: ByteRange) -> Typed {
    guard let asset = bind(arguments, to: [.init("name", .string)], of: name)?[0] else {
      return invalid(range)
    }
    guard case .string(let file)? = asset.constant else {
      return mistaken(.nameNotFixed("asset", location(asset.range)), range)
    }
    guard let path = input.assets[file] else {
      return mistaken(.unknownAsset(file, among: input.assets.keys.sorted(), location(asset.range)), range)
    }
    usage.assets.insert(file)
    return Typed(add(.constant(constant(.link(.local(path))))), .link, range, key: "asset \(file)")
  }

  private mutating func checkRange(_ arguments: Arguments, _ name: Name, _ range: ByteRange) -> Typed {
    let parameters = [Parameter("start", .integer), .optional("stop", .integer), .optional("step", .integer)]
    guard let bound = bind(arguments, to: parameters, of: name) else { return invalid(range) }
    if case .integer(0)? = bound[2]?.constant {
      return mistaken(.wrongType("the step", wanted: "not 0", got: "0", location(range)), range)
    }
    let nodes = bound.map { $0?.node ?? -1 }
    return Typed(add(.range(arguments: store(nodes))), .list(.integer), range)
  }

  private mutating func checkCycle(
    _ arguments: Arguments, slot: Int32, _ name: Name, _ range: ByteRange
  ) -> Typed {
    guard !arguments.positional.isEmpty, arguments.named.isEmpty else {
      return mistaken(.missingArgument("items", of: "cycle", location(name.range)), range)
    }
    var nodes: [Int32] = []
    var type = ValueType.nothing
    for argument in arguments.positional {
      let checked = value(argument)
      guard let next = checked.type else { return invalid(range) }
      guard let joined = type.joined(with: next) else {
        return mistaken(.differentTypes(describe(type), describe(next), location(argument.range)), range)
      }
      type = joined
      nodes.append(checked.node)
    }
    return Typed(
      add(.cycle(slot: slot, arguments: store(nodes), count: Int32(nodes.count))), type, range)
  }

}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func mustStandAlone(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/not-a-value", "'\(name)(…)' is not a value", at: location,
      fix: "write it alone: '{{ \(name)(…) }}'")
  }

  fileprivate static func notCallable(_ name: String, _ location: Location) -> Diagnostic {
    .error("template/unknown-function", "'\(name)' is not a function", at: location)
  }

  fileprivate static func unknownFunction(
    _ name: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/unknown-function", "there is no function or macro '\(name)' here", at: location,
      fix: didYouMean(name, among: names))
  }

  fileprivate static func noMethods(_ name: String, fix: String?, _ location: Location) -> Diagnostic {
    .unsupported("calling '.\(name)(…)'", fix: fix ?? "use a filter", location)
  }

  fileprivate static func nameNotFixed(_ function: String, _ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "'\(function)' takes a name in quotes", at: location)
  }

  fileprivate static func unknownAsset(_ name: String, among names: [String], _ location: Location)
    -> Diagnostic
  {
    .error(
      "template/unknown-asset", "the theme has no asset '\(name)'", at: location,
      fix: didYouMean(name, among: names))
  }
}
