import Columns
import SourceText
import Templates
import YAML

/// The themes that a site can use: the folders of its own `themes/`, and those that ship inside the program.
public struct ThemeCatalog: Sendable {
  /// A theme as a list shows it.
  public struct Entry: Sendable, Hashable {
    /// The name by which sites and other themes know it: its folder's.
    public let name: String
    /// Whether it ships inside the program, and the site has no folder of that name.
    public let isBuiltIn: Bool
    /// Whether `site.yaml` names it.
    public let isInUse: Bool
  }

  let root: String
  /// Whether the folder has a `content/`, as every site has.
  let hasContent: Bool
  private let themes: Directory?
  /// What the site says; `nil` without a `content/site.yaml` that can be read.
  private let site: SiteConfiguration?
  /// What is wrong with a `content/site.yaml` that is there.
  public let siteDiagnostics: [Diagnostic]

  /// The themes for the site in the folder `root`, which need have neither themes nor content.
  ///
  /// - Throws: ``SystemError`` when there is no such folder, or it can't be read.
  public init(root: String) throws {
    guard let folder = try Directory.open(root) else { throw SystemError.missing("open", root) }
    self.root = root
    themes = try Directory.open(folder.full("themes"))
    var problems: [Diagnostic] = []
    let content = try Directory.open(folder.full("content"))
    hasContent = content != nil
    site = try content.flatMap { try Content.readConfiguration($0, diagnostics: &problems) }?.site
    siteDiagnostics = try content?.entry("site.yaml") == nil ? [] : problems
  }

  /// Every theme, by name.
  ///
  /// - Throws: ``SystemError`` when `themes/` can't be read.
  public func entries() throws -> [Entry] {
    let own = try ThemeSource.ownNames(in: themes)
    return try ThemeSource.names(in: themes).map { name in
      Entry(name: name, isBuiltIn: !own.contains(name), isInUse: name == site?.theme.value)
    }
  }

  /// The name of the theme that the site uses: the one that `site.yaml` names, or else the default.
  public var nameInUse: String { site?.theme.value ?? SiteConfiguration.defaultTheme }
}

// MARK: - One theme

/// What a theme is, for those who choose, set or extend it.
public struct ThemeOverview: Sendable {
  /// What a site can set in `options`.
  public struct Option: Sendable, Hashable {
    /// Its name.
    public let name: String
    /// boolean, integer or string.
    public let type: String
    /// What can be written, in words: `true or false`, `one of red, blue`.
    public let allowed: String
    /// The strings that are allowed; empty when any is, and for the other types.
    public let values: [String]
    /// Its value when a site sets none.
    public let standard: String
    /// What this site sets; `nil` when it sets nothing or nothing right, or uses another theme.
    public let set: String?
    /// What it does, in one sentence.
    public let summary: String

    /// `value` as YAML and JSON spell it: text in quotes.
    public func spelled(_ value: String) -> String {
      guard type == OptionDeclaration.Kind.string.rawValue else { return value }
      var buffer = ByteBuffer()
      buffer.appendJSONString(value)
      return buffer.string
    }
  }

  /// A file of the theme or of one that it extends.
  public struct File: Sendable, Hashable {
    /// The path in the theme, such as `templates/week.html`.
    public let path: String
    /// The name of the theme that it comes from.
    public let theme: String
    /// Of a template, the blocks that a file of its name can replace.
    public let blocks: [String]
  }

  /// The name by which sites know it.
  public let name: String
  /// What it calls itself.
  public let title: String
  /// What it is, in one sentence.
  public let summary: String?
  /// The names of the themes that it extends, nearest first.
  public let extends: [String]
  /// What a site can set.
  public let options: [Option]
  /// Its files and those of the themes that it extends which it does not replace, by path.
  public let files: [File]
}

extension ThemeCatalog {
  /// What the theme `name` is; `nil` when it can't be read, with the reason in `diagnostics`.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  public func overview(of name: String, diagnostics: inout [Diagnostic]) throws -> ThemeOverview? {
    guard let chain = try ThemeChain.read(name, at: nil, from: themes, diagnostics: &diagnostics),
      let nearest = chain.layers.first
    else { return nil }
    var set: [String: Node] = [:]
    if name == nameInUse, case .mapping(let entries) = site?.options?.content {
      for entry in entries { set[entry.key] = entry.value }
    }
    var files: [String: ThemeOverview.File] = [:]
    for file in chain.files(in: "") {
      let isTemplate = file.path.hasPrefix("templates/")
      let blocks = isTemplate ? TemplateFile(name: file.path, source: file.source).blockNames : []
      // A file that extends the one below has its blocks, too.
      let known = files[file.path]
      files[file.path] = ThemeOverview.File(
        path: file.path, theme: known?.theme ?? chain.layers[file.layer].source.name,
        blocks: (known?.blocks ?? []) + blocks.filter { known?.blocks.contains($0) != true })
    }
    return ThemeOverview(
      name: name, title: nearest.manifest.name, summary: nearest.manifest.summary,
      extends: chain.layers.dropFirst().map(\.source.name),
      options: chain.options.map { option in
        ThemeOverview.Option(
          name: option.name, type: option.kind.rawValue, allowed: option.allowed, values: option.values,
          standard: option.standard.written,
          set: set[option.name].flatMap { option.value(of: $0)?.written }, summary: option.summary)
      },
      files: files.values.sorted { $0.path < $1.path })
  }

  /// The bytes of the file `path` of the theme `theme` itself; `nil` when there is no such file or theme.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  public func bytes(of path: String, in theme: String) throws -> [UInt8]? {
    try ThemeSource.find(theme, in: themes)?.files[path]?.bytes
  }
}

extension Value {
  /// The value of an option as text.
  fileprivate var written: String {
    switch self {
    case .boolean(let value): String(value)
    case .integer(let value): String(value)
    case .string(let value): value
    default: ""
    }
  }
}

// MARK: - Checking

/// What came of checking a theme.
public struct ThemeCheck: Sendable {
  /// Everything that its author should know, in order of place.
  public var diagnostics: [Diagnostic] = []
  /// The number of templates, those of the themes it extends included.
  public var templateCount = 0
  /// The number of assets, likewise.
  public var assetCount = 0
  /// The languages in which it has words.
  public var languages: [String] = []
}

extension ThemeCatalog {
  /// Checks the theme `name` as a build does, in every language that it has words in, and says what it has
  /// and does not use, and what its translations lack.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  public func check(_ name: String) throws -> ThemeCheck {
    var check = try unsortedCheck(name)
    check.diagnostics = check.diagnostics.map(\.explainingBuiltInFile).sorted()
    return check
  }

  private func unsortedCheck(_ name: String) throws -> ThemeCheck {
    var check = ThemeCheck()
    guard let chain = try ThemeChain.read(name, at: nil, from: themes, diagnostics: &check.diagnostics) else {
      return check
    }
    check.templateCount = Set(chain.files(in: "templates/").map(\.path)).count
    check.assetCount = Set(chain.files(in: "assets/").map(\.path)).count
    check.languages = chain.languages
    let isInUse = name == nameInUse
    let options = chain.optionValues(
      set: isInUse ? site?.options : nil, isSitesTheme: isInUse, diagnostics: &check.diagnostics)
    check.diagnostics += chain.strayFiles
    if isInUse, let problem = site.flatMap(chain.missingLanguage) { check.diagnostics.append(problem) }
    var seen = Set(check.diagnostics)
    var usage: [String: TemplateSet.Usage] = [:]
    var isCompiled = true
    // The site's language first: of two messages for one place, that is the one that counts.
    let first = site?.language ?? ThemeChain.standardLanguage
    for language in [first] + chain.languages.filter({ $0 != first }) {
      var problems: [Diagnostic] = []
      let theme = Theme.compile(
        chain, language: language, options: options, schema: templateContract.schema, diagnostics: &problems)
      check.diagnostics += problems.filter { seen.insert($0).inserted }
      if let theme { usage[language] = theme.templates.usage } else { isCompiled = false }
    }
    if isCompiled, !check.diagnostics.contains(where: { $0.severity == .error }) {
      let all = usage.values.reduce(into: TemplateSet.Usage()) { $0.formUnion($1) }
      check.diagnostics += chain.leftovers(all) + chain.untranslated(usage) + chain.strangeWords(all)
    }
    return check
  }
}

extension ThemeChain {
  /// Words that date formats and numbers take without a template's naming them.
  private static let impliedWords = Set(FeedWords.Key.allCases.map(\.rawValue)).union([
    "months", "months_short", "weekdays", "weekdays_short", "thousands_separator", "decimal_separator",
  ])

  /// What the nearest theme has itself and nothing uses: words and assets.
  fileprivate func leftovers(_ usage: TemplateSet.Usage) -> [Diagnostic] {
    guard let nearest = layers.first?.source else { return [] }
    var result: [Diagnostic] = []
    var ignored: [Diagnostic] = []
    let words = Words.read(ThemeChain.standardLanguage, of: nearest, diagnostics: &ignored)
    let unused = Set(words.keys).subtracting(usage.strings).subtracting(ThemeChain.impliedWords)
    if !unused.isEmpty, let file = nearest.files["strings/\(ThemeChain.standardLanguage).yaml"] {
      let places = unused.compactMap { words[$0]?.key }.sorted { $0.range.lowerBound < $1.range.lowerBound }
      result.append(
        .unusedWords(
          unused.sorted(), among: usage.strings.sorted(),
          at: places.first ?? Location(path: file.path, range: ByteRange(at: 0))))
    }
    let unusedOptions = layers[0].manifest.options.filter { !usage.options.contains($0.name) }
    result += unusedOptions.map(Diagnostic.unusedOption)
    var usedAssets = usage.assets
    var seen: Set<String> = []
    let assets = files(in: "assets/").filter { seen.insert($0.path).inserted }
    for asset in assets where asset.path.hasSuffix(".css") {
      usedAssets.formUnion(StyleSheet.assets(referredToBy: asset.path, asset.source.bytes))
    }
    for asset in assets where asset.layer == 0 && !usedAssets.contains(asset.path) {
      result.append(.unusedAsset(asset.path, in: asset.source))
    }
    return result
  }

  /// The words of the nearest theme's own translations that are nobody's translation.
  fileprivate func strangeWords(_ usage: TemplateSet.Usage) -> [Diagnostic] {
    guard let nearest = layers.first?.source else { return [] }
    var ignored: [Diagnostic] = []
    var known = usage.strings.union(ThemeChain.impliedWords)
    for layer in layers {
      known.formUnion(
        Words.read(ThemeChain.standardLanguage, of: layer.source, diagnostics: &ignored).keys)
    }
    let names = known.sorted()
    return languages.filter { $0 != ThemeChain.standardLanguage }.flatMap { language in
      Words.read(language, of: nearest, diagnostics: &ignored)
        .filter { !known.contains($0.key) && !known.contains($0.key + ".other") }
        .map { .strangeWord($0.key, among: names, at: $0.value.key) }
    }
  }

  /// The words that templates use in a language and the nearest theme's own translation into it lacks.
  fileprivate func untranslated(_ usage: [String: TemplateSet.Usage]) -> [Diagnostic] {
    guard let nearest = layers.first?.source else { return [] }
    var ignored: [Diagnostic] = []
    return languages.filter { $0 != ThemeChain.standardLanguage }.compactMap { language in
      guard let file = nearest.files["strings/\(language).yaml"] else { return nil }
      var words: Set<String> = []
      for layer in layers {
        for name in [language, Language.main(language)] {
          words.formUnion(Words.read(name, of: layer.source, diagnostics: &ignored).keys)
        }
      }
      let missing = (usage[language]?.strings ?? []).subtracting(words)
      return missing.isEmpty ? nil : .untranslatedWords(missing.sorted(), in: file)
    }
  }
}

extension Diagnostic {
  /// The first few of `names`, and how many more there are.
  private static func few(_ names: [String]) -> String {
    let shown = names.prefix(6).map { "'\($0)'" }.joined(separator: ", ")
    return names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
  }

  fileprivate static func unusedWords(
    _ keys: [String], among names: [String], at place: Location
  ) -> Diagnostic {
    .warning(
      "theme/unused-words", "no template uses \(few(keys))", at: place,
      fix: (keys.count == 1 ? didYouMean(keys[0], among: names) : nil)
        ?? "take them out, or use them with t(…)")
  }

  fileprivate static func strangeWord(
    _ key: String, among names: [String], at place: Location
  ) -> Diagnostic {
    .warning(
      "theme/unknown-words", "neither templates nor the words in English know '\(key)'", at: place,
      fix: didYouMean(key, among: names) ?? "take it out")
  }

  fileprivate static func unusedOption(_ option: OptionDeclaration) -> Diagnostic {
    .warning(
      "theme/unused-option", "no template uses the option '\(option.name)'", at: option.place,
      fix: "take it out, or use it as options.\(option.name)")
  }

  fileprivate static func unusedAsset(_ name: String, in file: Source) -> Diagnostic {
    .warning(
      "theme/unused-asset", "no template and no style sheet uses the asset '\(name)'",
      at: Location(path: file.path, range: ByteRange(at: 0)), fix: "take it out, or use it with asset(…)")
  }

  fileprivate static func untranslatedWords(_ keys: [String], in file: Source) -> Diagnostic {
    .warning(
      "theme/untranslated-words", "this translation lacks \(few(keys)); they will be in English",
      at: Location(path: file.path, range: ByteRange(at: 0)), fix: "add a line for each")
  }
}
