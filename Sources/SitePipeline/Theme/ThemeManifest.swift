import SourceText
import Templates
import YAML

/// What a `theme.yaml` says.
struct ThemeManifest: Record {
  let name: String
  let contract: Int
  let summary: String?
  let extends: Located<String>?
  let options: [OptionDeclaration]

  enum Key {
    static let name = Field("name", .line, "The theme's name.").required
    static let contract = Field(
      "contract", .located(.integer(in: 1...1000)), "The version of the contract it was written for."
    ).required
    static let summary = Field("summary", .text, "One sentence about the theme.")
    static let extends = Field("extends", .located(.line), "The theme that it builds on.")
    static let options = Field(
      "options", .node.described(by: OptionDeclaration.schema),
      "What a site can set: a name, and type, default and summary.")
  }

  static let fields: [AnyField] = [
    Key.name.erased, Key.contract.erased, Key.summary.erased, Key.extends.erased, Key.options.erased,
  ]

  init?(_ reader: inout FieldReader) {
    let name = reader.required(Key.name)
    let contract = reader.required(Key.contract)
    summary = reader.optional(Key.summary)
    extends = reader.optional(Key.extends)
    options = OptionDeclaration.readAll(reader.optional(Key.options), &reader)
    if let contract, contract.value != templateContractVersion {
      reader.report(.wrongContract(contract.value, at: reader.location(of: "contract")))
    }
    guard let name, let contract else { return nil }
    self.name = name
    self.contract = contract.value
  }
}

/// An option that a theme offers.
struct OptionDeclaration {
  /// The types that an option can have.
  enum Kind: String, CaseIterable, Sendable {
    case boolean, integer, string
  }

  let name: String
  /// The place of the name.
  let place: Location
  let kind: Kind
  /// The place of the type.
  let kindPlace: Location
  let initial: Located<Node>
  /// The strings that are allowed; empty when any is.
  let values: [String]
  let summary: String

  enum Key {
    static let kind = Field("type", .oneOf(Kind.self), "boolean, integer or string.").required
    static let initial = Field("default", .located(.node), "Its value when a site sets none.").required
    static let values = Field("values", .list(of: .line), "The strings that are allowed.")
    static let summary = Field("summary", .line, "One sentence on what it does.").required
  }

  static let fields: [AnyField] = [
    Key.kind.erased, Key.initial.erased, Key.values.erased, Key.summary.erased,
  ]

  /// A mapping from names to declarations.
  static let schema = Schema.dictionary(keyPattern: "^[A-Za-z_][A-Za-z0-9_]*$", of: .object(fields))

  /// Reads the declaration of the option `name`; `nil` when a part of it is missing.
  private init?(_ name: String, at place: Location, _ reader: inout FieldReader) {
    let kind = reader.required(Key.kind)
    let initial = reader.required(Key.initial)
    values = reader.optional(Key.values) ?? []
    let summary = reader.required(Key.summary)
    guard let kind, let initial, let summary else { return nil }
    self.name = name
    self.place = place
    self.kind = kind
    kindPlace = reader.location(of: "type")
    self.initial = initial
    self.summary = summary
    if kind != .string, !values.isEmpty {
      reader.report(.valuesOfNoString(kind, at: reader.location(of: "values")))
    } else if value(of: initial.value) == nil {
      reader.report(.wrongDefault(self, at: reader.location(of: "default")))
    }
  }

  /// Whether `name` is one in templates, too.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return false }
    let isPlain = name.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || $0 == 0x5F
    }
    return isPlain && !templateKeywords.contains(name)
  }

  /// The options of a mapping from names to declarations.
  static func readAll(_ node: Node?, _ reader: inout FieldReader) -> [OptionDeclaration] {
    guard let node else { return [] }
    guard case .mapping(let entries) = node.content else {
      reader.report(.optionsAreNoMapping(at: reader.location(of: "options")))
      return []
    }
    let path = reader.location(of: "options").path
    return entries.compactMap { entry in
      let place = Location(path: path, range: entry.keyRange)
      guard isName(entry.key) else {
        reader.report(.notAnOptionName(entry.key, at: place))
        return nil
      }
      var inner = FieldReader(entry.value, in: path, at: entry.value.range, fields: fields)
      let option = OptionDeclaration(entry.key, at: place, &inner)
      for problem in inner.finish() { reader.report(problem) }
      return option
    }
  }
}

extension Diagnostic {
  fileprivate static func wrongDefault(_ option: OptionDeclaration, at place: Location) -> Diagnostic {
    .error(
      "theme/wrong-default", "this is not a value of '\(option.name)'", at: place,
      fix: "write \(option.allowed)")
  }

  fileprivate static func valuesOfNoString(
    _ kind: OptionDeclaration.Kind, at place: Location
  ) -> Diagnostic {
    .error(
      "theme/option-values",
      "only an option of the type 'string' has 'values', and this is '\(kind.rawValue)'",
      at: place, fix: "take them out, or write 'type: string'")
  }

  fileprivate static func notAnOptionName(_ name: String, at place: Location) -> Diagnostic {
    .error(
      "theme/option-name", "an option cannot be called '\(name)'", at: place,
      fix: "take letters, digits and '_', a letter first, and no word such as 'if' or 'not'")
  }

  fileprivate static func optionsAreNoMapping(at place: Location) -> Diagnostic {
    .error(
      "theme/options", "'options' has to be a mapping from names to declarations", at: place,
      fix: "write lines such as 'accent: {type: string, default: red, summary: The colour of links.}'")
  }

  fileprivate static func wrongContract(_ version: Int, at place: Location) -> Diagnostic {
    .error(
      "theme/contract", "this theme was written for version \(version) of the template contract", at: place,
      fix: "this sitegen has version \(templateContractVersion)")
  }
}
