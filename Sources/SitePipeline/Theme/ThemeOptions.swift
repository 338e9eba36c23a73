import SourceText
import Templates
import YAML

extension ThemeChain {
  /// The values of all options: what a site's `options`, a mapping, sets, and else their defaults.
  ///
  /// What does not fit is reported only when the theme is the one that `site.yaml` names: its options are
  /// meant for that one, not for another that is tried in its place.
  func optionValues(
    set written: Node?, isSitesTheme: Bool, diagnostics: inout [Diagnostic]
  ) -> [String: TemplateSetInput.Option] {
    let declarations = options
    var set: [String: Entry] = [:]
    if case .mapping(let entries) = written?.content {
      for entry in entries {
        if isSitesTheme, !declarations.contains(where: { $0.name == entry.key }) {
          diagnostics.append(
            .unknownOption(
              entry.key, among: declarations.map(\.name).sorted(),
              at: Location(path: "content/site.yaml", range: entry.keyRange)))
        }
        set[entry.key] = entry
      }
    }
    var values: [String: TemplateSetInput.Option] = [:]
    for option in declarations {
      var value = option.standard
      if let entry = set[option.name] {
        if let written = option.value(of: entry.value) {
          value = written
        } else if isSitesTheme {
          diagnostics.append(
            .wrongOption(option, at: Location(path: "content/site.yaml", range: entry.value.range)))
        }
      }
      values[option.name] = TemplateSetInput.Option(type: option.kind.type, value: value)
    }
    return values
  }
}

extension OptionDeclaration {
  /// The value that `node` spells; `nil` when it is not one of this option.
  func value(of node: Node) -> Value? {
    guard let scalar = node.scalar else { return nil }
    switch kind {
    case .boolean: return scalar.boolean.map(Value.boolean)
    case .integer: return scalar.integer.map(Value.integer)
    case .string: return values.isEmpty || values.contains(scalar.text) ? .string(scalar.text) : nil
    }
  }

  /// The value where a site sets none.
  var standard: Value {
    value(of: initial.value)
      ?? {
        switch kind {
        case .boolean: .boolean(false)
        case .integer: .integer(0)
        case .string: .string("")
        }
      }()
  }

  /// What can be written for it, in words.
  var allowed: String {
    guard values.isEmpty else { return "one of \(values.joined(separator: ", "))" }
    switch kind {
    case .boolean: return "true or false"
    case .integer: return "a whole number"
    case .string: return "some text"
    }
  }
}

extension OptionDeclaration.Kind {
  /// The type of the option's value in templates.
  fileprivate var type: ValueType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .string: .string
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownOption(
    _ name: String, among names: [String], at place: Location
  ) -> Diagnostic {
    .error(
      "theme/unknown-option", "the theme has no option '\(name)'", at: place,
      fix: didYouMean(name, among: names)
        ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
  }

  fileprivate static func wrongOption(_ option: OptionDeclaration, at place: Location?) -> Diagnostic {
    .error(
      "theme/wrong-option", "this is not a value of '\(option.name)'", at: place,
      fix: "write \(option.allowed)")
  }
}
