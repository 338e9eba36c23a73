import SourceText

/// A parameter of a filter, a test or a function.
struct Parameter {
  enum Kind {
    case string, integer, number, boolean, any
    /// Any value, which may be missing.
    case optional
  }

  var name: String
  var kind: Kind
  var isRequired: Bool

  init(_ name: String, _ kind: Kind, isRequired: Bool = true) {
    self.name = name
    self.kind = kind
    self.isRequired = isRequired
  }

  static func optional(_ name: String, _ kind: Kind) -> Parameter {
    Parameter(name, kind, isRequired: false)
  }
}

extension Compiler {
  /// Checks `arguments` against `parameters`; the result has an entry for each parameter, `nil` where it was
  /// left out. `nil` after a mistake that leaves nothing to go on with.
  mutating func bind(_ arguments: Arguments, to parameters: [Parameter], of name: Name) -> [Typed?]? {
    var result = [Typed?](repeating: nil, count: parameters.count)
    var isComplete = true
    for (index, argument) in arguments.positional.enumerated() {
      guard index < parameters.count else {
        let extra = arguments.positional[index]
        report(.tooManyArguments(name.text, parameters.map(\.name), location(extra.range)))
        isComplete = false
        break
      }
      result[index] = check(argument, as: parameters[index], of: name)
    }
    for (label, argument) in arguments.named {
      guard let index = parameters.firstIndex(where: { $0.name == label.text }) else {
        report(
          .unknownArgument(label.text, of: name.text, among: parameters.map(\.name), location(label.range)))
        isComplete = false
        continue
      }
      if result[index] != nil {
        report(.repeatedArgument(label.text, location(label.range)))
        isComplete = false
        continue
      }
      result[index] = check(argument, as: parameters[index], of: name)
    }
    for (index, parameter) in parameters.enumerated() where parameter.isRequired && result[index] == nil {
      report(.missingArgument(parameter.name, of: name.text, location(name.range)))
      return nil
    }
    return isComplete ? result : nil
  }

  private mutating func check(_ argument: Expression, as parameter: Parameter, of name: Name) -> Typed {
    let checked = check(argument)
    if case .optional = parameter.kind { return checked }
    // `none` stands for an argument that is left out.
    if checked.type == .missing, !parameter.isRequired { return checked }
    let value = required(checked)
    guard let type = value.type else { return value }
    let wanted: String
    switch parameter.kind {
    case .string where type == .string || type == .dynamic: return value
    case .integer where type == .integer: return value
    case .number where type.isNumeric: return value
    case .boolean where type == .boolean: return value
    case .any, .optional: return value
    case .string: wanted = "text"
    case .integer: wanted = "a whole number"
    case .number: wanted = "a number"
    case .boolean: wanted = "true or false"
    }
    report(
      .wrongType(
        "'\(parameter.name)' of '\(name.text)'", wanted: wanted, got: describe(type), location(argument.range)
      ))
    var result = value
    result.type = nil
    return result
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func tooManyArguments(
    _ name: String, _ parameters: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/wrong-arguments",
      parameters.isEmpty ? "'\(name)' takes no arguments" : "'\(name)' does not take so many arguments",
      at: location, fix: parameters.isEmpty ? nil : "it takes " + parameters.joined(separator: ", "))
  }

  fileprivate static func unknownArgument(
    _ label: String, of name: String, among parameters: [String], _ location: Location
  ) -> Diagnostic {
    .error(
      "template/wrong-arguments", "'\(name)' has no argument '\(label)'", at: location,
      fix: didYouMean(label, among: parameters)
        ?? (parameters.isEmpty ? nil : "it takes " + parameters.joined(separator: ", ")))
  }

  fileprivate static func repeatedArgument(_ label: String, _ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "'\(label)' is given twice", at: location)
  }

  static func missingArgument(_ label: String, of name: String, _ location: Location) -> Diagnostic {
    .error("template/wrong-arguments", "'\(name)' needs its argument '\(label)'", at: location)
  }
}
