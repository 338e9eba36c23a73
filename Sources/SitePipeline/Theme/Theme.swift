import Columns
import SourceText
import Templates
import YAML

/// A theme ready to render: templates compiled and checked, assets named.
struct Theme: Sendable {
  let templates: TemplateSet
  let assets: [ThemeAsset]
  /// What the templates were compiled from.
  let input: TemplateSetInput
  /// The files that it was read from.
  let chain: ThemeChain
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
    var problems: [Diagnostic] = []
    defer { diagnostics += problems.map(\.explainingBuiltInFile) }
    guard let chain = try ThemeChain.read(name, at: place, from: themes, diagnostics: &problems) else {
      return nil
    }
    let options = chain.optionValues(set: site.options, isSitesTheme: place != nil, diagnostics: &problems)
    problems += chain.strayFiles
    if let problem = chain.missingLanguage(of: site) { problems.append(problem) }
    return compile(
      chain, language: site.language, options: options, schema: schema, diagnostics: &problems)
  }

  /// Compiles and checks the templates of `chain` with its words in `language`.
  ///
  /// `nil` when there is an error in any of it.
  static func compile(
    _ chain: ThemeChain, language: String, options: [String: TemplateSetInput.Option],
    schema: Templates.Schema, diagnostics: inout [Diagnostic]
  ) -> Theme? {
    var problems: [Diagnostic] = []
    var input = TemplateSetInput(files: chain.templates(diagnostics: &problems))
    let assets = ThemeAsset.publish(chain.files(in: "assets/"), diagnostics: &problems)
    input.assets = assets.mapValues { percentEncoded($0.file) }
    input.strings = chain.words(in: language, diagnostics: &problems)
    input.options = options
    let templates = TemplateSet.compile(input, schema: schema, diagnostics: &problems)
    diagnostics += problems
    guard let templates, !problems.contains(where: { $0.severity == .error }) else { return nil }
    return Theme(
      templates: templates, assets: assets.sorted { $0.key < $1.key }.map(\.value), input: input, chain: chain
    )
  }
}

extension ThemeChain {
  /// Its templates, but for those that are no text.
  func templates(diagnostics: inout [Diagnostic]) -> [TemplateFile] {
    files(in: "templates/").filter { checkText($0.source, diagnostics: &diagnostics) }
      .map { TemplateFile(name: $0.path, source: $0.source, layer: $0.layer) }
  }
}
