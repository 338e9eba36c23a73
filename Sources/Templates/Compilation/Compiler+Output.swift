import SourceText

extension Compiler {
  /// Compiles `{{ expression }}`.
  mutating func compileOutput(_ expression: Expression, _ range: ByteRange) {
    if case .call(let function, let arguments) = expression.kind, case .name(let name) = function.kind,
      compileCall(name, function.range, arguments, range)
    {
      return
    }
    if case .call(let function, let arguments) = expression.kind,
      case .field(let base, let block) = function.kind, case .name("self") = base.kind, find("self") == nil
    {
      if !arguments.isEmpty { report(.blockTakesNothing(block.text, location(arguments.range))) }
      compileBlockAgain(block)
      return
    }
    switch position.place {
    case _ where position.isEndingRawText:
      _ = check(expression)
      report(.valueMisplaced(position, location(range)))
    case .text, .plainText: compileText(expression)
    case .quotedValue: compileAttribute(expression)
    case .script: compileScript(expression)
    case .style: compileStyle(expression)
    default:
      _ = check(expression)
      report(.valueMisplaced(position, location(range)))
    }
  }

  /// Compiles the calls that are no values: `super()`, `loop(…)`, and macros, whose bodies are put here.
  private mutating func compileCall(
    _ name: String, _ nameRange: ByteRange, _ arguments: Arguments, _ range: ByteRange
  ) -> Bool {
    guard let (variable, scope) = findWithScope(name) else {
      guard name == "super" else { return false }
      if !arguments.isEmpty { report(.superTakesNothing(location(arguments.range))) }
      compileSuper(range)
      return true
    }
    noteRead(variable)
    switch variable.binding {
    case .macro(let macro, let macroFrame):
      let slot = nextSlot
      compileMacro(macro, macroFrame, scope: scope, arguments, Name(text: name, range: nameRange))
      nextSlot = max(slot, nextSlot)
      return true
    case .loop(let plan, _, let element):
      compileRecursion(plan, element, arguments, range)
      return true
    default: return false
    }
  }

  private mutating func compileRecursion(
    _ plan: Int32, _ element: ValueType?, _ arguments: Arguments, _ range: ByteRange
  ) {
    guard plan >= 0 else {
      report(.loopNotRecursive(location(range)))
      return
    }
    let parameters = [Parameter("sequence", .any)]
    guard let sequence = bind(arguments, to: parameters, of: Name(text: "loop", range: range))?[0],
      let type = sequence.type, let element
    else { return }
    guard type == .list(element) || type == .list(.nothing) || type == .dynamic && element == .dynamic else {
      report(
        .wrongType(
          "what 'loop' goes on with", wanted: describe(.list(element)), got: describe(type),
          location(sequence.range)))
      return
    }
    if position.place != .text || position != loopStarts[plan] {
      report(.recursionMisplaced(position, location(range)))
    }
    emit(.recurse(loop: plan, sequence: sequence.node))
  }

  // MARK: - By place

  /// Checks an expression that is to be written; `none` without `else` writes nothing.
  private mutating func checkWritten(_ expression: Expression) -> Typed {
    var checked = check(expression)
    if case .conditional(_, _, otherwise: nil) = expression.kind, checked.missing == expression.range {
      checked.type = checked.type?.unwrapped
      if checked.type == .nothing { checked.type = nil }
    }
    checked = required(checked)
    guard let type = checked.type else { return checked }
    if !isText(type) {
      report(unprintable(checked, type))
      checked.type = nil
    }
    return checked
  }

  private mutating func write(_ checked: Typed, _ writer: ValueWriter) {
    if writer == .escaped || writer == .plain, let constant = checked.constant,
      let bytes = fixedBytes(constant)
    {
      emitText(bytes)
    } else {
      emit(.write(checked.node, writer))
    }
  }

  /// What a fixed value is written as, where that does not depend on the page.
  private func fixedBytes(_ value: Value) -> [UInt8]? {
    var buffer = ByteBuffer()
    switch value {
    case .string(let text): buffer.append(text, escaping: .jinja)
    case .integer(let number): buffer.append(number)
    default: return nil
    }
    return buffer.bytes
  }

  private mutating func compileText(_ expression: Expression) {
    let checked = checkWritten(expression)
    guard let type = checked.type else { return }
    if type == .markup, !position.isBetweenElements {
      report(.markupMisplaced(text(checked.range), position, location(checked.range)))
    }
    write(checked, .escaped)
  }

  private mutating func compileAttribute(_ expression: Expression) {
    var expression = expression
    // Values in attributes are escaped anyway.
    if case .filter(let inner, let name, let arguments) = expression.kind, arguments.isEmpty,
      name.text == "escape" || name.text == "e"
    {
      expression = inner
    }
    let kind = position.attributeKind
    if kind == .style {
      compileStyle(expression)
      return
    }
    let checked = checkWritten(expression)
    guard let type = checked.type else {
      position.advanceOverValue()
      return
    }
    if type == .markup {
      report(.markupMisplaced(text(checked.range), position, location(checked.range)))
    }
    switch kind {
    case .plain: write(checked, .escaped)
    case .eventHandler, .document:
      report(.valueInCode(position.attribute, location(checked.range)))
    case .style: break
    case _ where position.isUnfitForValues:
      report(.valueInCode(position.attribute, location(checked.range)))
    case .animation where !type.isNumeric, .pragma where position.isBeforePragmaURL && !type.isNumeric:
      report(.onlyNumbers(position.attribute, describe(type), location(checked.range)))
    case .codeURL where type != .link && !type.isNumeric:
      report(.onlyLinks(position.attribute, position.element, location(checked.range)))
    case _ where type == .integer || type == .number || type == .boolean: write(checked, .escaped)
    case .urlList: write(checked, .urlList)
    case .animation, .url, .codeURL, .pragma:
      switch position.scheme {
      case .open: write(checked, .url)
      case .undecided: write(checked, .urlPart)
      case .settled: write(checked, .escaped)
      }
    }
    position.advanceOverValue()
  }

  private mutating func compileScript(_ expression: Expression) {
    if !position.script.isCode {
      _ = check(expression)
      report(.quotedInScript(text(expression.range), location(expression.range)))
    } else if case .filter(let inner, let name, let arguments) = expression.kind, name.text == "json" {
      _ = bind(arguments, to: [], of: name)
      let checked = check(inner)
      if checkJSON(checked) { emit(.write(checked.node, .json)) }
    } else {
      _ = check(expression)
      report(.scriptNeedsJSON(text(expression.range), location(expression.range)))
    }
    position.advanceOverValue()
  }

  private mutating func compileStyle(_ expression: Expression) {
    let checked = checkWritten(expression)
    guard let type = checked.type else { return }
    if type.isNumeric {
      write(checked, .plain)
    } else if case .string(let text)? = checked.constant, Compiler.isPlainStyle(text) {
      write(checked, .plain)
    } else {
      report(.valueInStyle(describe(type), isFixed: checked.constant != nil, location(checked.range)))
    }
  }

  /// Whether a text that the theme's author or the site's owner has fixed can only be a plain CSS value.
  private static func isPlainStyle(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let isPlain = bytes.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x23, 0x25, 0x28, 0x29, 0x2C, 0x2D, 0x2E, 0x2F, 0x5F:
        true
      default: false
      }
    }
    return isPlain && !text.lowercased().contains("url(") && !text.lowercased().contains("expression(")
      && !text.contains("/*") && !text.contains("*/")
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func valueMisplaced(_ position: MarkupPosition, _ location: Location) -> Diagnostic {
    let fix: String? =
      switch position.place {
      case .unquotedValue, .beforeValue: "put the attribute's value in quotes"
      case .tag, .attributeName, .afterAttributeName:
        "write the attribute out with its value in quotes, inside '{% if %}' if need be"
      case .tagOpening, .tagName: "write the tags out with '{% if %}…{% else %}…{% endif %}'"
      case .comment: "use a comment of the template: '{# … #}'"
      default: nil
      }
    return .error(
      "template/html-place", "a value cannot stand \(position.description)", at: location, fix: fix)
  }

  fileprivate static func markupMisplaced(
    _ text: String, _ position: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-markup", "'\(text)' is HTML, which cannot stand \(position.description)", at: location,
      fix: "write '| striptags'")
  }

  fileprivate static func valueInCode(_ attribute: String, _ location: Location) -> Diagnostic {
    .error(
      "template/html-code", "a value cannot stand in '\(attribute)', whose content is run as code",
      at: location, fix: "put it into a 'data-…' attribute and read it from a script")
  }

  fileprivate static func onlyNumbers(
    _ attribute: String, _ type: String, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-code", "only a number can stand here in '\(attribute)', and this is \(type)",
      at: location,
      fix: attribute == "content" ? "write 'url=' before it, if it is an address" : nil)
  }

  fileprivate static func onlyLinks(
    _ attribute: String, _ element: String, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-code",
      "only a link can stand in '\(attribute)' of <\(element)>, whose target the page is made of",
      at: location,
      fix: element == "link"
        ? "write a 'rel' before it that needs no trust, such as 'canonical', or use 'asset(…)' or a field that is a link"
        : "use 'asset(…)' or a field that is a link")
  }

  fileprivate static func recursionMisplaced(
    _ position: MarkupPosition, _ location: Location
  ) -> Diagnostic {
    .error(
      "template/html-place", "the loop began elsewhere in the HTML, and cannot go on \(position.description)",
      at: location, fix: "close before 'loop(…)' what the body has opened")
  }

  fileprivate static func valueInStyle(_ type: String, isFixed: Bool, _ location: Location) -> Diagnostic {
    .error(
      "template/html-style", "only a number can stand in a style, and this is \(type)", at: location,
      fix: isFixed ? "an option may hold letters, digits and # % . , ( ) -" : "choose a class with '{% if %}'"
    )
  }

  fileprivate static func scriptNeedsJSON(_ text: String, _ location: Location) -> Diagnostic {
    .error(
      "template/html-script", "a value in a script must be written as JSON", at: location,
      fix: "write '{{ \(text) | json }}'")
  }

  fileprivate static func quotedInScript(_ text: String, _ location: Location) -> Diagnostic {
    .error(
      "template/html-script",
      "a value in a script cannot stand inside quotes, comments or regular expressions",
      at: location, fix: "write it without quotes: '| json' brings its own")
  }

  fileprivate static func loopNotRecursive(_ location: Location) -> Diagnostic {
    .error(
      "template/not-recursive", "only a recursive loop can be gone through again inside itself", at: location,
      fix: "write '{% for … in … recursive %}'")
  }

  fileprivate static func blockTakesNothing(_ block: String, _ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "'self.\(block)()' takes no arguments", at: location)
  }

  fileprivate static func superTakesNothing(_ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "'super()' takes no arguments", at: location)
  }
}
