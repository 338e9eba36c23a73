import SourceText

extension Compiler {
  /// A macro call whose result is used as a value.
  mutating func checkMacroCall(
    _ macro: Macro, _ macroFrame: Frame, scope: Int, _ arguments: Arguments, _ name: Name, _ range: ByteRange
  ) -> Typed {
    let skip = emit(.jump(0))
    placeTarget()
    let start = here
    let outer = position
    position = .start
    compileMacro(macro, macroFrame, scope: scope, arguments, name)
    if !position.isBetweenElements {
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
      transferFacts(from: given, to: variable)
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

// MARK: - Messages

extension Diagnostic {
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
