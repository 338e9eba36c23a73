import Columns
import SourceText
import Templates
import YAML

/// A theme ready to render: templates compiled and checked, assets named.
struct Theme: Sendable {
  let templates: TemplateSet
  let assets: [ThemeAsset]
}

/// A file that pages refer to, under a name that changes with its content.
struct ThemeAsset: Sendable {
  /// The path below `output/`.
  let file: String
  let bytes: [UInt8]
}

extension Theme {
  /// Loads the theme `name`, which `place` names if anything does, with the themes that it extends.
  ///
  /// `nil` when it can't be used; why is in `diagnostics`.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func load(
    _ name: String, at place: Location?, for site: SiteConfiguration, schema: Templates.Schema,
    from themes: Directory?,
    diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> Theme? {
    let errorCount = diagnostics.count { $0.severity == .error }
    guard let chain = try readChain(name, at: place, from: themes, diagnostics: &diagnostics) else {
      return nil
    }
    var input = TemplateSetInput(files: [])
    var assets: [String: Source] = [:]
    var strings: [String: String] = [:]
    for (layer, theme) in chain.enumerated() {
      for (path, source) in theme.source.files.sorted(by: { $0.key < $1.key }) {
        if path.hasPrefix("templates/") {
          let name = String(path.dropFirst("templates/".utf8.count))
          guard checkText(source, diagnostics: &diagnostics) else { continue }
          input.files.append(TemplateFile(name: name, source: source, layer: layer))
        } else if path.hasPrefix("assets/") {
          let name = String(path.dropFirst("assets/".utf8.count))
          if assets[name] == nil { assets[name] = source }
        }
      }
      let own = readStrings(of: theme.source, language: site.language, diagnostics: &diagnostics)
      strings.merge(own) { nearer, _ in nearer }
    }
    let published = publish(assets)
    input.assets = Dictionary(
      uniqueKeysWithValues: published.map { ($0.name, percentEncoded($0.asset.file)) })
    input.strings = strings
    input.options = readOptions(
      chain.map(\.manifest), site: site, isSitesTheme: place != nil, diagnostics: &diagnostics)
    guard let templates = TemplateSet.compile(input, schema: schema, diagnostics: &diagnostics),
      diagnostics.count(where: { $0.severity == .error }) == errorCount
    else { return nil }
    return Theme(templates: templates, assets: published.map(\.asset))
  }

  private struct Layer {
    let source: ThemeSource
    let manifest: ThemeManifest
  }

  /// The theme and those it extends, nearest first.
  private static func readChain(
    _ name: String, at firstPlace: Location?, from themes: Directory?, diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> [Layer]? {
    var chain: [Layer] = []
    var wanted = name
    var place = firstPlace
    while true {
      guard !chain.contains(where: { $0.source.name == wanted }) else {
        diagnostics.append(.themeCycle(wanted, at: place))
        return nil
      }
      guard let source = try ThemeSource.find(wanted, in: themes) else {
        diagnostics.append(.unknownTheme(wanted, among: try ThemeSource.names(in: themes), at: place))
        return nil
      }
      guard let file = source.files["theme.yaml"] else {
        diagnostics.append(.missingManifest(source, at: place))
        return nil
      }
      let problemCount = diagnostics.count
      let node = YAML.parse(file, diagnostics: &diagnostics)
      guard node != nil || diagnostics.count == problemCount else { return nil }
      var reader = FieldReader(node, in: file.path, at: ByteRange(at: 0), fields: ThemeManifest.fields)
      let manifest = ThemeManifest(&reader)
      let extendsPlace = reader.location(of: "extends")
      diagnostics += reader.finish()
      guard let manifest, manifest.contract == templateContractVersion else { return nil }
      chain.append(Layer(source: source, manifest: manifest))
      guard let next = manifest.extends else { return chain }
      wanted = next.value
      place = extendsPlace
    }
  }

  /// The words of a theme: those of `language`, of its main part, and else English.
  private static func readStrings(
    of theme: ThemeSource, language: String, diagnostics: inout [Diagnostic]
  ) -> [String: String] {
    var result: [String: String] = [:]
    let main = language.split(separator: "-").first.map(String.init) ?? language
    for name in [language, main, "en"] {
      guard let file = theme.files["strings/\(name).yaml"] else { continue }
      guard let node = YAML.parse(file, diagnostics: &diagnostics) else { continue }
      flatten(node, under: "", in: file, into: &result, diagnostics: &diagnostics)
    }
    return result
  }

  private static func flatten(
    _ node: Node, under prefix: String, in file: Source, into strings: inout [String: String],
    diagnostics: inout [Diagnostic]
  ) {
    switch node.content {
    case .scalar(let scalar): if strings[prefix] == nil { strings[prefix] = scalar.text }
    case .mapping(let entries):
      for entry in entries {
        let key = prefix.isEmpty ? entry.key : prefix + "." + entry.key
        flatten(entry.value, under: key, in: file, into: &strings, diagnostics: &diagnostics)
      }
    case .sequence(let nodes):
      // Lists of words, such as the months.
      let words = nodes.compactMap { node in
        if case .scalar(let scalar) = node.content { scalar.text } else { nil }
      }
      if strings[prefix] == nil { strings[prefix] = words.joined(separator: ", ") }
    }
  }

  /// The assets under names that hold a hash of their bytes.
  private static func publish(_ assets: [String: Source]) -> [(name: String, asset: ThemeAsset)] {
    assets.sorted { $0.key < $1.key }.map { name, source in
      let hash = contentHash(source.bytes)
      let start = name.lastIndex(of: "/").map { name.index(after: $0) } ?? name.startIndex
      let dot = name[start...].lastIndex(of: ".") ?? name.endIndex
      let file = "assets/\(name[..<dot]).\(hash)\(name[dot...])"
      return (name, ThemeAsset(file: file, bytes: source.bytes))
    }
  }

  /// The options of a theme chain with their defaults, and with what the site sets.
  private static func readOptions(
    _ chain: [ThemeManifest], site: SiteConfiguration, isSitesTheme: Bool, diagnostics: inout [Diagnostic]
  ) -> [String: TemplateSetInput.Option] {
    var declarations: [String: OptionDeclaration] = [:]
    for manifest in chain {
      for option in manifest.options where declarations[option.name] == nil {
        declarations[option.name] = option
      }
    }
    var set: [String: Entry] = [:]
    if case .mapping(let entries) = site.options?.content {
      for entry in entries {
        // The options in site.yaml are those of the theme that it names, not of one tried in its place.
        if declarations[entry.key] == nil, isSitesTheme {
          diagnostics.append(
            .unknownOption(
              entry.key, among: declarations.keys.sorted(),
              at: Location(path: "content/site.yaml", range: entry.keyRange)))
        }
        set[entry.key] = entry
      }
    }
    return declarations.mapValues { option in
      let initial = option.value(of: option.initial.value) ?? option.empty
      guard let entry = set[option.name] else { return option.option(initial) }
      guard let value = option.value(of: entry.value) else {
        diagnostics.append(
          .wrongOption(option, at: Location(path: "content/site.yaml", range: entry.value.range)))
        return option.option(initial)
      }
      return option.option(value)
    }
  }
}

extension OptionDeclaration {
  /// The value that `node` spells; `nil` when it is not one of this option.
  func value(of node: Node) -> Value? {
    guard let scalar = node.scalar else { return nil }
    switch kind {
    case .boolean: return scalar.boolean.map(Value.boolean)
    case .integer: return scalar.integer.map(Value.integer)
    case .string:
      return values.isEmpty || values.contains(scalar.text) ? .string(scalar.text) : nil
    }
  }

  var empty: Value {
    switch kind {
    case .boolean: .boolean(false)
    case .integer: .integer(0)
    case .string: .string("")
    }
  }

  func option(_ value: Value) -> TemplateSetInput.Option {
    let type: ValueType =
      switch kind {
      case .boolean: .boolean
      case .integer: .integer
      case .string: .string
      }
    return TemplateSetInput.Option(type: type, value: value)
  }
}

/// Sixteen hexadecimal digits that differ when `bytes` differ: FNV-1a, 64 bits.
func contentHash(_ bytes: [UInt8]) -> String {
  var state: UInt64 = 0xcbf2_9ce4_8422_2325
  for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
  let digits = String(state, radix: 16)
  return String(repeating: "0", count: 16 - digits.utf8.count) + digits
}

extension Diagnostic {
  fileprivate static func unknownTheme(_ name: String, among names: [String], at place: Location?)
    -> Diagnostic
  {
    .error(
      "theme/unknown", "there is no theme '\(name)'", at: place,
      fix: didYouMean(name, among: names) ?? "there are \(names.joined(separator: ", "))")
  }

  fileprivate static func themeCycle(_ name: String, at place: Location?) -> Diagnostic {
    .error("theme/cycle", "the theme '\(name)' extends itself", at: place)
  }

  fileprivate static func missingManifest(_ theme: ThemeSource, at place: Location?) -> Diagnostic {
    .error(
      "theme/missing-manifest", "themes/\(theme.name) has no theme.yaml", at: place,
      fix: "make one with lines such as 'name: \(theme.name)' and 'contract: \(templateContractVersion)'")
  }

  fileprivate static func unknownOption(_ name: String, among names: [String], at place: Location)
    -> Diagnostic
  {
    .error(
      "theme/unknown-option", "the theme has no option '\(name)'", at: place,
      fix: didYouMean(name, among: names)
        ?? (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"))
  }

  fileprivate static func wrongOption(_ option: OptionDeclaration, at place: Location?) -> Diagnostic {
    let allowed =
      option.values.isEmpty
      ? "write \(option.kind == .boolean ? "true or false" : option.kind == .integer ? "a whole number" : "some text")"
      : "write one of \(option.values.joined(separator: ", "))"
    return .error("theme/wrong-option", "this is not a value of '\(option.name)'", at: place, fix: allowed)
  }
}
