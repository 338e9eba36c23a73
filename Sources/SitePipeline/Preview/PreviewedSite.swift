import CivilTime
import Columns
import SourceText
import Templates
import YAML

/// A site in memory: what was read of it, what that came to, and what is shown.
///
/// A value, so that what can't be brought up to date stays as it was.
struct PreviewedSite: Sendable {
  typealias Effect = Preview.Effect

  private let options: Build.Options
  private var content = PreviewContent()
  private var theme: Theme?
  private var themeProblems: [Diagnostic] = []
  /// Whether the theme's templates still know its style sheets by the names that they had.
  private(set) var needsCompiling = false
  private var archive: Archive?
  private var planned: PlannedSite?
  /// The theme that ``planned`` has its words from.
  private var plannedTheme: Theme?
  /// How often it was planned.
  private var planNumber = 0
  /// How often `site.yaml` was read, and how often it had been for what is shown.
  private var settingNumber = 0
  private var shownSettingNumber = 0
  /// What is wrong with the files of content seen together.
  private var assemblyProblems: [Diagnostic] = []
  /// Until when the archive is what the same sources would come to; seconds since 1970.
  private var validity: Int64 = .min
  /// Everything that an author should know, in order of place.
  private(set) var diagnostics: [Diagnostic] = []
  /// The site as it was when it had no mistakes the last time; `nil` when that is still to come.
  private(set) var shown: ShownSite?
  /// The number of files of `content/` that the last update read and parsed.
  var parsedCount: Int { content.parsedCount }
  /// Whether mistakes keep what is shown as it was.
  var isBroken: Bool { diagnostics.contains { $0.severity == .error } }

  init(_ options: Build.Options) { self.options = options }
}

extension PreviewedSite {
  /// Brings everything up to date after `changes`, as of `now`.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  mutating func update(after changes: FileChanges, asOf now: Moment) async throws -> Effect {
    var options = options
    options.asOf = now
    guard let root = try Directory.open(options.root) else {
      throw SystemError.missing("open", options.root)
    }
    guard let folder = try Directory.open(root.full("content")) else {
      diagnostics = [.missingContent(options.root)]
      content = PreviewContent()
      archive = nil
      planned = nil
      return .nothing
    }
    let changed = content.site == nil ? nil : changes.below("content").map { Set($0.map { ContentPath($0) }) }
    var change = PreviewContent.Change.nothing
    content.parsedCount = 0
    if changed?.isEmpty != true {
      change = try await content.update(changed, in: folder, jobs: options.jobs)
    }
    let isConfigured = changed?.contains(ContentPath("site.yaml")) ?? true
    if isConfigured || theme == nil || concernsTheme(changes) {
      try loadTheme(root, options, isConfigured: isConfigured)
    }
    if options.asOf.start(in: content.zone).seconds >= validity { change = .anything }
    try await bringUpToDate(change, options)
    gatherDiagnostics(options)
    var hasOtherCopies = false
    if case .copies = change { hasOtherCopies = true }
    return show(folder, hasOtherCopies: hasOtherCopies)
  }

  /// Whether `changes` are of a theme that is in use, or may be of one that is missing.
  private func concernsTheme(_ changes: FileChanges) -> Bool {
    guard let names = changes.below("themes"), let theme else { return true }
    let inUse = Set(theme.chain.layers.map(\.source.name))
    return names.contains { name in
      name.split(separator: "/").first.map { inUse.contains(String($0)) } ?? true
    }
  }

  private mutating func loadTheme(
    _ root: Directory, _ options: Build.Options, isConfigured: Bool
  ) throws {
    let themes = try Directory.open(root.full("themes"))
    if !isConfigured, themeProblems.isEmpty, let theme, let restyled = try theme.restyled(from: themes) {
      self.theme = restyled
      needsCompiling = true
      return
    }
    var problems: [Diagnostic] = []
    var loaded: Theme?
    needsCompiling = false
    if let site = content.site {
      loaded = try Theme.load(
        options.theme ?? site.theme.value,
        at: options.theme == nil ? Location(path: "content/site.yaml", range: site.theme.range) : nil,
        for: site, schema: templateContract.schema, from: themes, diagnostics: &problems)
    }
    themeProblems = problems
    theme = loaded
    if isConfigured { settingNumber += 1 }
  }

  /// Compiles the templates with the names that style sheets have now, which they need for pages and nothing else.
  mutating func compileTemplates() {
    guard needsCompiling, let stale = theme, let site = content.site else { return }
    needsCompiling = false
    var ignored: [Diagnostic] = []
    let compiled = Theme.compile(
      stale.chain, language: site.language, options: stale.input.options, schema: templateContract.schema,
      diagnostics: &ignored)
    guard let compiled else { return }
    theme = compiled
    // What is shown may be older, while there are mistakes.
    if let shown, shown.theme.chain.differs(from: compiled.chain) == .nothing {
      self.shown = shown.with(compiled)
    }
  }

  /// Brings the archive and the plan up to date with the content and the theme.
  private mutating func bringUpToDate(
    _ change: PreviewContent.Change, _ options: Build.Options
  ) async throws {
    if case .texts(let sources) = change, let archive, let planned {
      (self.archive, self.planned) = planned.replacingTexts(by: sources, in: archive)
    }
    var read: Content?
    if case .anything = change {
      assemblyProblems = []
      var ignored: [Diagnostic] = []
      read = content.content(options, diagnostics: &ignored)
      archive = await read?.archive(options, diagnostics: &assemblyProblems)
      planned = nil
      validity = archive?.validityEnd ?? .min
    }
    guard let archive else { return }
    // Feeds and mails have words of the theme, and no page can stand where one of its assets is.
    if planned != nil,
      theme == nil || plannedTheme.map({ theme?.chain.differs(from: $0.chain) == .words }) == false,
      !hasClash(theme)
    {
      return
    }
    if read == nil {
      var ignored: [Diagnostic] = []
      read = content.content(options, diagnostics: &ignored)
    }
    guard let read else { return }
    planned = try await PlannedSite(archive, read, nil, theme: theme, options)
    plannedTheme = theme
    planNumber += 1
  }

  /// Whether an asset of `theme` would be in the place of something else.
  private func hasClash(_ theme: Theme?) -> Bool {
    guard let theme, let plan = planned?.model.plan, let plannedTheme else { return false }
    let known = Set(plannedTheme.assets.map(\.file))
    let names = Set(theme.assets.lazy.map(\.file).filter { !known.contains($0) })
    guard !names.isEmpty else { return false }
    return plan.pages.contains { names.contains($0.file) } || plan.media.contains { names.contains($0.file) }
  }

  private mutating func gatherDiagnostics(_ options: Build.Options) {
    diagnostics = content.problems(options) + themeProblems
    if content.site != nil {
      diagnostics += assemblyProblems
      if let planned {
        diagnostics += planned.diagnostics
        diagnostics += planned.model.bodies.problems.values.joined()
      }
    }
    diagnostics.sort()
  }

  /// Shows the site as it is now, unless there are mistakes; what that is to those who look at it.
  private mutating func show(_ folder: Directory, hasOtherCopies: Bool) -> Effect {
    guard !isBroken, let theme, let planned else { return .nothing }
    let former = shown
    shown = ShownSite(planned.model, theme, folder, planNumber: planNumber, former: former)
    let formerSetting = shownSettingNumber
    shownSettingNumber = settingNumber
    guard let former, former.model === planned.model, formerSetting == settingNumber, !hasOtherCopies else {
      return .reload
    }
    switch theme.chain.differs(from: former.theme.chain) {
    case .nothing: return .nothing
    case .styles: return .styles(theme.styleChanges(since: former.theme))
    case .templates, .words: return .reload
    }
  }
}

extension PlannedSite {
  /// What becomes of the site and its archive when only texts of write-ups are others.
  fileprivate func replacingTexts(
    by sources: [WriteUpSource], in archive: Archive
  ) -> (Archive, PlannedSite) {
    var archive = archive
    var bodies = model.bodies
    let paths = Set(sources.map(\.path))
    // What is held back is in no archive.
    let ids = archive.writeUps.indices.filter { paths.contains(archive.writeUps[$0].source.path) }
    for id in ids.map({ ID<WriteUp>($0) }) {
      guard let source = sources.first(where: { $0.path == archive.writeUps[id].source.path }) else {
        continue
      }
      archive = archive.replacingText(of: id, by: source)
      bodies.replace(id, with: ResolvedWriteUp(archive.writeUps[id], with: index, archive.site.links))
    }
    let model = SiteModel(model, archive: archive, bodies: bodies, search: nil)
    return (archive, PlannedSite(model: model, index: index, diagnostics: diagnostics))
  }
}

extension Archive {
  /// The moment from which on the same sources would come to something else, as templates can show the day.
  var validityEnd: Int64 {
    let today = zone.timestamp(at: asOf.seconds).date
    let tomorrow = zone.timestamp(of: CivilDate(dayNumber: today.dayNumber + 1)).seconds
    return min(tomorrow, nextChange?.seconds ?? .max)
  }
}

extension ThemeChain {
  /// What of a theme is not as it was.
  fileprivate enum Difference: Hashable {
    case nothing
    /// Style sheets, and nothing else.
    case styles
    /// Templates or assets.
    case templates
    /// Words, options, or which themes it is made from.
    case words
  }

  fileprivate func differs(from former: ThemeChain) -> Difference {
    let (new, old) = (layers.map(\.source), former.layers.map(\.source))
    guard new.map(\.name) == old.map(\.name) else { return .words }
    var difference = Difference.nothing
    for (new, old) in zip(new, old) {
      for path in Set(new.files.keys).union(old.files.keys) {
        let (one, two) = (new.files[path], old.files[path])
        if let one, let two, one.bytes == two.bytes { continue }
        guard path.hasPrefix("templates/") || path.hasPrefix("assets/") else { return .words }
        let isStyle = one != nil && two != nil && path.hasPrefix("assets/") && path.hasSuffix(".css")
        if !isStyle { difference = .templates } else if difference == .nothing { difference = .styles }
      }
    }
    return difference
  }
}

extension Theme {
  /// The theme with the style sheets that its files in `themes` have now, and the templates as they were; `nil` when more
  /// than style sheets changed, or they have mistakes.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  fileprivate func restyled(from themes: Directory?) throws(SystemError) -> Theme? {
    var problems: [Diagnostic] = []
    guard let name = chain.layers.first?.source.name,
      let new = try ThemeChain.read(name, at: nil, from: themes, diagnostics: &problems), problems.isEmpty,
      new.differs(from: chain) == .styles
    else { return nil }
    let assets = ThemeAsset.publish(new.files(in: "assets/"), diagnostics: &problems)
    guard problems.isEmpty else { return nil }
    var input = input
    input.assets = assets.mapValues { percentEncoded($0.file) }
    return Theme(
      templates: templates, assets: assets.sorted { $0.key < $1.key }.map(\.value), input: input, chain: new)
  }

  /// The style sheets that had other names in `former`: those below `output/`, and the new ones.
  fileprivate func styleChanges(since former: Theme) -> [String: String] {
    var changes: [String: String] = [:]
    for (name, file) in former.input.assets {
      if let newFile = input.assets[name], newFile != file { changes[file] = newFile }
    }
    return changes
  }
}
