import Columns
import SourceText
import YAML

/// A theme with those that it extends, nearest first, and what their manifests say.
struct ThemeChain: Sendable {
  struct Layer: Sendable {
    let source: ThemeSource
    let manifest: ThemeManifest
  }

  /// At least one.
  let layers: [Layer]

  /// Reads the theme `name`, which `place` names if anything does, with the themes that it extends.
  ///
  /// `nil` when one of them is missing or can't be used; why is in `diagnostics`.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func read(
    _ name: String, at place: Location?, from themes: Directory?, diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> ThemeChain? {
    var layers: [Layer] = []
    var wanted = name
    var place = place
    while true {
      guard !layers.contains(where: { $0.source.name == wanted }) else {
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
      let extendsSomething = reader.contains("extends") || reader.misspeltFields.contains("extends")
      diagnostics += reader.finish()
      // What the theme below would have isn't missing.
      if extendsSomething, manifest?.extends == nil { return nil }
      guard let manifest, manifest.contract == templateContractVersion else { return nil }
      layers.append(Layer(source: source, manifest: manifest))
      guard let next = manifest.extends else {
        let chain = ThemeChain(layers: layers)
        let mistakes = chain.changedOptions
        diagnostics += mistakes
        return mistakes.isEmpty ? chain : nil
      }
      wanted = next.value
      place = extendsPlace
    }
  }

  /// The files below `folder` with their paths there: those of nearer themes first, and in a theme by path.
  func files(in folder: String) -> [(path: String, layer: Int, source: Source)] {
    layers.enumerated().flatMap { number, layer in
      layer.source.files.filter { $0.key.hasPrefix(folder) }.sorted { $0.key < $1.key }
        .map { (String($0.key.dropFirst(folder.utf8.count)), number, $0.value) }
    }
  }

  /// What a site can set; of two options with one name, the nearer theme's.
  var options: [OptionDeclaration] {
    var seen: Set<String> = []
    return layers.flatMap(\.manifest.options).filter { seen.insert($0.name).inserted }
  }

  /// The mistakes of options that a farther theme's templates know as something of another type.
  private var changedOptions: [Diagnostic] {
    var known: [String: (option: OptionDeclaration, theme: String)] = [:]
    var result: [Diagnostic] = []
    for layer in layers.reversed() {
      for option in layer.manifest.options {
        if let first = known[option.name], first.option.kind != option.kind {
          result.append(.changedOption(option, first.option, of: first.theme))
        }
        known[option.name] = known[option.name] ?? (option, layer.source.name)
      }
    }
    return result
  }
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

  fileprivate static func changedOption(
    _ option: OptionDeclaration, _ known: OptionDeclaration, of theme: String
  ) -> Diagnostic {
    .error(
      "theme/option-type",
      "the option '\(option.name)' is of the type '\(known.kind.rawValue)' in '\(theme)', whose templates may use it",
      at: option.kindPlace, fix: "write 'type: \(known.kind.rawValue)', or take another name",
      notes: [Note("declared here first", at: known.place)])
  }

  fileprivate static func missingManifest(_ theme: ThemeSource, at place: Location?) -> Diagnostic {
    let misnamed = theme.files.keys.filter { !$0.contains("/") }.sorted()
    return .error(
      "theme/missing-manifest", "themes/\(theme.name) has no theme.yaml", at: place,
      fix: nearest(to: "theme.yaml", among: misnamed).map { "rename its \($0)" }
        ?? "make one with lines such as 'name: \(theme.name)' and 'contract: \(templateContractVersion)'")
  }
}
