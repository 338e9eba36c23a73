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

  // MARK: - Words

  private mutating func checkPhrase(_ arguments: Arguments, _ name: Name, _ range: ByteRange) -> Typed {
    guard let first = arguments.positional.first else {
      return mistaken(.missingArgument("key", of: "t", location(name.range)), range)
    }
    guard arguments.positional.count == 1 else {
      return mistaken(.wordArgumentsNeedNames(location(arguments.positional[1].range)), range)
    }
    let key = value(first)
    guard key.type != nil else { return invalid(range) }
    guard case .string(let text)? = key.constant else {
      return checkWorkedOutPhrase(first, key, arguments, range)
    }
    if let phrase = input.strings[text] {
      return fill(phrase, text, arguments, first.range, range)
    }
    // A phrase that differs for one and for many.
    if let one = input.strings[text + ".one"], let other = input.strings[text + ".other"],
      let count = arguments.named.first(where: { $0.name.text == "count" })
    {
      let checked = value(count.value)
      guard let type = checked.type else { return invalid(range) }
      guard type == .integer else {
        return mistaken(
          .wrongType(
            "'count' of 't'", wanted: "a whole number", got: describe(type), location(count.value.range)),
          range)
      }
      let isOne = add(.compare(.equal, checked.node, literal(.integer(1), .integer, range).node))
      let singular = fill(one, text + ".one", arguments, first.range, range, mayIgnore: "count")
      let plural = fill(other, text + ".other", arguments, first.range, range, mayIgnore: "count")
      guard let type = singular.type, let otherType = plural.type else { return invalid(range) }
      return Typed(
        add(.conditional(isOne, singular.node, plural.node)),
        type == .markup || otherType == .markup ? .markup : .string, range)
    }
    return mistaken(.unknownPhrase(text, among: input.strings.keys.sorted(), location(first.range)), range)
  }

  /// Puts the arguments into the places of `phrase` that are written as `{name}`.
  private mutating func fill(
    _ phrase: String, _ key: String, _ arguments: Arguments, _ keyRange: ByteRange, _ range: ByteRange,
    mayIgnore: String? = nil
  ) -> Typed {
    let parts = Phrase.parts(phrase)
    var nodes: [Int32] = []
    var isMarkup = false
    var isValid = true
    var used: Set<String> = []
    for part in parts {
      switch part {
      case .text(let text): nodes.append(literal(.string(text), .string, range).node)
      case .place(let name):
        used.insert(name)
        guard let argument = arguments.named.first(where: { $0.name.text == name }) else {
          report(.missingWord(name, of: key, location(keyRange)))
          isValid = false
          continue
        }
        let checked = value(argument.value)
        nodes.append(checked.node)
        guard let type = checked.type else {
          isValid = false
          continue
        }
        if !isText(type) {
          report(unprintable(checked, type))
          isValid = false
        }
        isMarkup = isMarkup || type == .markup
      }
    }
    for argument in arguments.named
    where !used.contains(argument.name.text) && argument.name.text != mayIgnore {
      report(.extraWord(argument.name.text, of: key, among: used.sorted(), location(argument.name.range)))
      isValid = false
    }
    guard isValid else { return invalid(range) }
    if parts.allSatisfy({ if case .text = $0 { true } else { false } }) {
      let text = parts.reduce("") { if case .text(let text) = $1 { $0 + text } else { $0 } }
      return literal(.string(text), .string, range, key: "t \(key)")
    }
    return Typed(
      add(.concatenation(arguments: store(nodes), count: Int32(nodes.count))), isMarkup ? .markup : .string,
      range)
  }

  /// `t("stage." ~ status)`: one of the phrases whose keys begin so, or nothing.
  private mutating func checkWorkedOutPhrase(
    _ expression: Expression, _ key: Typed, _ arguments: Arguments, _ range: ByteRange
  ) -> Typed {
    guard case .concatenation(let parts) = expression.kind, case .string(let prefix)? = parts.first?.kind
    else {
      return mistaken(.keyNotFixed(location(expression.range)), range)
    }
    if let argument = arguments.named.first {
      return mistaken(.wordsInWorkedOutPhrase(location(argument.name.range)), range)
    }
    let keys = input.strings.keys.filter { $0.utf8.starts(with: prefix.utf8) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard !keys.isEmpty else {
      return mistaken(.noPhraseBegins(prefix, location(expression.range)), range)
    }
    program.phrases.append(PhraseTable(keys: keys, phrases: keys.map { input.strings[$0] ?? "" }))
    return Typed(
      add(.phrase(key.node, table: Int32(program.phrases.count - 1))), .optional(.string), range,
      key: key.key.map { "t(\($0))" })
  }

  // MARK: - Macros

  /// A macro call whose result is used as a value.
  private mutating func checkMacroCall(
    _ macro: Macro, _ macroFrame: Frame, scope: Int, _ arguments: Arguments, _ name: Name, _ range: ByteRange
  ) -> Typed {
    let skip = emit(.jump(0))
    placeTarget()
    let start = here
    let outer = position
    position = .start
    compileMacro(macro, macroFrame, scope: scope, arguments, name)
    if position.place != .text {
      report(.macroEndsInside(macro.name.text, position, location(name.range)))
    }
    position = outer
    let end = here
    program.instructions[skip] = .jump(end)
    placeTarget()
    return Typed(add(.call(start: start, end: end)), .markup, range)
  }

  /// Compiles a macro's body for one call, where the call stands.
  mutating func compileMacro(
    _ macro: Macro, _ macroFrame: Frame, scope: Int, _ arguments: Arguments, _ name: Name
  ) {
    let identity = "\(macroFrame.template):\(macro.name.range.lowerBound)"
    guard !openMacros.contains(identity) else {
      report(.macroCallsItself(macro.name.text, location(name.range)))
      return
    }
    guard openMacros.count < Compiler.macroDepthLimit else {
      report(.tooDeep(location(name.range)))
      return
    }
    guard let values = bindMacro(macro, arguments, name) else { return }
    reached.parts.insert(Reached.Part(macroFrame.template, macro.name))
    let outerScopes = scopes
    let outerFrame = frame
    let call = Diagnostic.Note("called from here", at: location(name.range))
    openMacros.append(identity)
    scopes = Array(scopes[...scope])
    scopes.append(Scope())
    frame = Frame(template: macroFrame.template, notes: [call] + outerFrame.notes)
    for (parameter, value) in zip(macro.parameters, values) {
      checkName(parameter.name)
      var value = value
      if value == nil, let standard = parameter.standard { value = check(standard) }
      let given = value ?? literal(.none, .missing, parameter.name.range)
      let slot = takeSlot()
      emit(.assign(slot: slot, given.node))
      let variable = declare(parameter.name.text, .slot(slot), given.type)
      for suffix in given.elementFacts { elementFacts[variable.key, default: []].insert(suffix) }
    }
    compile(macro.body)
    openMacros.removeLast()
    scopes = outerScopes
    frame = outerFrame
  }

  private mutating func bindMacro(_ macro: Macro, _ arguments: Arguments, _ name: Name) -> [Typed?]? {
    let parameters = macro.parameters.map { Parameter.optional($0.name.text, .optional) }
    return bind(arguments, to: parameters, of: name)
  }
}

/// A phrase of a theme's words with places for values.
enum Phrase {
  enum Part {
    case text(String)
    case place(String)
  }

  /// Cuts `phrase` at its `{name}`s; `{{` and `}}` stand for braces.
  static func parts(_ phrase: String) -> [Part] {
    var parts: [Part] = []
    var text: [UInt8] = []
    let bytes = Array(phrase.utf8)
    var index = 0
    func isName(_ bytes: ArraySlice<UInt8>) -> Bool {
      !bytes.isEmpty
        && bytes.allSatisfy {
          ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A) || $0 == 0x5F || (0x30...0x39).contains($0)
        }
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x7B || byte == 0x7D, index + 1 < bytes.count, bytes[index + 1] == byte {
        text.append(byte)
        index += 2
      } else if byte == 0x7B, let end = bytes[index...].firstIndex(of: 0x7D), isName(bytes[(index + 1)..<end])
      {
        if !text.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        parts.append(.place(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
        index = end + 1
      } else {
        text.append(byte)
        index += 1
      }
    }
    if !text.isEmpty || parts.isEmpty { parts.append(.text(String(decoding: text, as: UTF8.self))) }
    return parts
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

  fileprivate static func unknownPhrase(_ key: String, among keys: [String], _ location: Location)
    -> Diagnostic
  {
    .error(
      "template/unknown-string", "the theme's strings have no '\(key)'", at: location,
      fix: didYouMean(key, among: keys))
  }

  fileprivate static func keyNotFixed(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the key of 't' must be written in quotes, or begin so", at: location,
      fix: "write 't(\"prefix.\" ~ value)'")
  }

  fileprivate static func noPhraseBegins(_ prefix: String, _ location: Location) -> Diagnostic {
    .error("template/unknown-string", "no key of the theme's strings begins with '\(prefix)'", at: location)
  }

  fileprivate static func wordsInWorkedOutPhrase(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "a phrase whose key is worked out takes no values", at: location,
      fix: "write the key in quotes")
  }

  fileprivate static func wordArgumentsNeedNames(_ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the values of a phrase are given by name", at: location,
      fix: "write 't(\"key\", name=value)'")
  }

  fileprivate static func missingWord(_ name: String, of key: String, _ location: Location) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the string '\(key)' has a place for '{\(name)}'", at: location,
      fix: "add '\(name)=…'")
  }

  fileprivate static func extraWord(
    _ name: String, of key: String, among names: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/wrong-arguments", "the string '\(key)' has no place '{\(name)}'", at: location,
      fix: didYouMean(name, among: names))
  }

  fileprivate static func macroEndsInside(
    _ name: String, _ position: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error("template/html-unfinished", "the macro '\(name)' ends \(position.description)", at: location)
  }

  fileprivate static func macroCallsItself(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/cycle", "the macro '\(name)' calls itself", at: location,
      fix: "for a tree, write '{% for x in xs recursive %}…{{ loop(x.children) }}…{% endfor %}'")
  }
}
