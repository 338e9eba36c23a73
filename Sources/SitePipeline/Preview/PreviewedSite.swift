import CivilTime
import Columns
import SourceText
import Templates
import YAML

/// A site in memory: what was read of it, what that came to, and what is shown.
///
/// Changes are shown before everything is looked at that may depend on them: ``settle(asOf:unless:)`` does that
/// afterwards, and has the last word. A value, so that what can't be brought up to date stays as it was.
struct PreviewedSite: Sendable {
  typealias Effect = Preview.Effect

  private let options: Build.Options
  private var content = PreviewContent()
  private var theme: Theme?
  private var themeProblems: [Diagnostic] = []
  /// The kinds of pages that the theme's templates were compiled for since it changed; `nil` for all.
  private var compiledKinds: Set<PageKindID>?
  private var archive: Archive?
  private var planned: PlannedSite?
  /// Whether both lack what write-ups say now of what they share with others.
  private var isEstimate = false
  /// The warnings about names of people; `nil` when they are still to be found out.
  private var similarNames: [Diagnostic]?
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
  private(set) var validity: Int64 = .min
  /// Everything that an author should know, in order of place.
  private(set) var diagnostics: [Diagnostic] = []
  /// The site that is shown: as it was when no mistakes were known the last time; `nil` when that is still to come.
  private(set) var shown: ShownSite?
  /// What was shown when it was said last what browsers have to do.
  private var told: ShownSite?
  /// The site as it was when everything was looked at the last time, and had no mistakes.
  private var sound: ShownSite?
  /// The number of files of `content/` that the last update read and parsed.
  var parsedCount: Int { content.parsedCount }
  /// Whether mistakes keep what is shown as it was.
  var isBroken: Bool { diagnostics.contains { $0.severity == .error } }
  /// Whether everything has been looked at.
  var isSettled: Bool { !isEstimate && compiledKinds == nil && (archive == nil || similarNames != nil) }

  init(_ options: Build.Options) { self.options = options }
}

extension PreviewedSite {
  /// Brings up to date what pages need after `changes`, as of `now`, those of `kinds` first.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  mutating func update(
    after changes: FileChanges, asOf now: Moment, pagesOf kinds: Set<PageKindID>
  ) async throws -> Effect {
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
    if isConfigured {
      settingNumber += 1
      try loadTheme(root)
    } else if theme == nil || concernsTheme(changes), try !renewTheme(root, pagesOf: kinds) {
      try loadTheme(root)
    }
    if now.start(in: content.zone).seconds >= validity { change = .anything }
    let options = options(asOf: now)
    let read = await assemble(change, options)
    try await plan(read, options)
    gatherDiagnostics()
    var hasOtherCopies = false
    if case .copies = change { hasOtherCopies = true }
    return show(folder, hasOtherCopies: hasOtherCopies)
  }

  /// Looks at everything that ``update(after:asOf:pagesOf:)`` left; `nil` when `isOutdated` came to be true in between.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  mutating func settle(asOf now: Moment, unless isOutdated: () -> Bool) async throws -> Effect? {
    guard let root = try Directory.open(options.root), let folder = try Directory.open(root.full("content"))
    else { return nil }
    if compiledKinds != nil { try loadTheme(root) }
    if isOutdated() { return nil }
    let options = options(asOf: now)
    let read = isEstimate ? await assemble(.anything, options) : nil
    if isOutdated() { return nil }
    try await plan(read, options)
    if similarNames == nil { similarNames = archive?.similarNames }
    gatherDiagnostics()
    return isOutdated() ? nil : show(folder, hasOtherCopies: false)
  }

  /// The seconds from `now` until the same files come to something else; `nil` when there is no site.
  func secondsOfValidity(from now: Moment) -> Double? {
    guard archive != nil else { return nil }
    return Double(max(0, validity - now.start(in: content.zone).seconds))
  }

  private func options(asOf now: Moment) -> Build.Options {
    var options = options
    options.asOf = now
    return options
  }

  /// Whether `changes` are of a theme that is in use, or may be of one that is missing.
  private func concernsTheme(_ changes: FileChanges) -> Bool {
    guard let names = changes.below("themes"), let theme else { return true }
    let inUse = Set(theme.chain.layers.map(\.source.name))
    return names.contains { name in
      name.split(separator: "/").first.map { inUse.contains(String($0)) } ?? true
    }
  }

  private mutating func loadTheme(_ root: Directory) throws {
    var problems: [Diagnostic] = []
    var loaded: Theme?
    if let site = content.site {
      loaded = try Theme.load(
        options.theme ?? site.theme.value,
        at: options.theme == nil ? Location(path: "content/site.yaml", range: site.theme.range) : nil,
        for: site, schema: templateContract.schema, from: try Directory.open(root.full("themes")),
        diagnostics: &problems)
    }
    themeProblems = problems
    theme = loaded
    compiledKinds = nil
  }

  /// Takes over style sheets and templates of the theme, and compiles those that pages of `kinds` need; false when there is
  /// more to it, and then nothing is done.
  private mutating func renewTheme(_ root: Directory, pagesOf kinds: Set<PageKindID>) throws -> Bool {
    guard themeProblems.isEmpty, let theme,
      let renewed = try theme.renewed(from: try Directory.open(root.full("themes")))
    else { return false }
    // Style sheets have other names for templates, which pages need and nothing else.
    var new = renewed
    if renewed.chain.differs(from: theme.chain) != .styles {
      guard let compiled = renewed.compiled(for: kinds) else { return false }
      new = compiled
      compiledKinds = kinds
    } else {
      compiledKinds = []
    }
    self.theme = new
    return true
  }

  /// Compiles what pages of `kind` need, if that is still to be done.
  mutating func compile(for kind: PageKindID) {
    guard let shown, let theme, shown.theme.chain.differs(from: theme.chain) == .nothing,
      let kinds = compiledKinds?.union([kind]), kinds != compiledKinds
    else { return }
    if let compiled = theme.compiled(for: kinds) {
      self.theme = compiled
      compiledKinds = kinds
      self.shown = shown.with(compiled)
    } else {
      // Why is said when everything is looked at, and so is that what was told is shown no more.
      self.shown = sound
    }
  }

  /// Brings the archive up to date with what changed of the content, and hands over what it had to put together for that.
  private mutating func assemble(
    _ change: PreviewContent.Change, _ options: Build.Options
  ) async -> Content? {
    switch change {
    case .writeUps(let sources, let isTextOnly) where isTextOnly || !isBroken:
      guard let archive, let planned else { break }
      (self.archive, self.planned) = planned.replacing(sources, in: archive)
      // The files of the search have other names.
      if !isTextOnly || planned.model.search != nil { isEstimate = true }
    case .writeUps, .anything:
      assemblyProblems = []
      let read = content.content(options)
      archive = await read?.archive(options, diagnostics: &assemblyProblems)
      planned = nil
      similarNames = nil
      isEstimate = false
      validity = archive?.validityEnd ?? .min
      return read
    case .nothing, .copies: break
    }
    return nil
  }

  /// Brings the plan up to date with the archive and the theme.
  private mutating func plan(_ read: Content?, _ options: Build.Options) async throws {
    // Feeds and mails have words of the theme, and no page can stand where one of its assets is.
    if planned != nil,
      theme == nil || plannedTheme.map({ theme?.chain.differs(from: $0.chain) == .words }) == false,
      !hasClash(theme)
    {
      return
    }
    guard let archive, let read = read ?? content.content(options) else { return }
    var planned = try await PlannedSite(archive, read, nil, theme: theme, options)
    if archive.site.hasSearch, planned.model.plan.reachesIntoSearch {
      let search = try await SearchFiles.index(archive, jobs: options.jobs)
      planned = try await PlannedSite(archive, read, search, theme: theme, options)
    }
    self.planned = planned
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

  private mutating func gatherDiagnostics() {
    diagnostics = content.problems(options) + themeProblems
    if content.site != nil {
      diagnostics += assemblyProblems
      diagnostics += similarNames ?? []
      if let planned {
        diagnostics += planned.diagnostics
        diagnostics += planned.model.bodies.problems.values.joined()
      }
    }
    diagnostics.sort()
  }

  /// Shows the site as it is now, unless there are mistakes; what that is to those who look at it.
  private mutating func show(_ folder: Directory, hasOtherCopies: Bool) -> Effect {
    let former = told
    defer { told = shown }
    guard !isBroken, let theme, let planned else {
      // What was shown before everything was looked at.
      if isSettled { shown = sound }
      guard let former else { return .nothing }
      guard let shown else { return .reload }
      let isSame =
        former.model === shown.model && former.theme.chain.differs(from: shown.theme.chain) == .nothing
      return isSame ? .nothing : .reload
    }
    shown = ShownSite(planned.model, theme, folder, planNumber: planNumber, former: former)
    if isSettled { sound = shown }
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
  /// What becomes of the site and its archive when `sources` take the places of what these write-ups said.
  fileprivate func replacing(_ sources: [WriteUpSource], in archive: Archive) -> (Archive, PlannedSite) {
    var archive = archive
    var bodies = model.bodies
    let paths = Set(sources.map(\.path))
    // What is held back is in no archive.
    let ids = archive.writeUps.indices.filter { paths.contains(archive.writeUps[$0].source.path) }
    let changed = ids.map { ID<WriteUp>($0) }
    for id in changed {
      guard let source = sources.first(where: { $0.path == archive.writeUps[id].source.path }) else {
        continue
      }
      archive = archive.replacing(id, by: source)
      bodies.replace(id, with: ResolvedWriteUp(archive.writeUps[id], with: index, archive.site.links))
    }
    let model = SiteModel(model, archive: archive, changed: changed, bodies: bodies, search: nil)
    return (archive, PlannedSite(model: model, index: index, diagnostics: diagnostics))
  }
}

extension SitePlan {
  /// Whether anything stands where the files of the search may, so that what they are called matters.
  fileprivate var reachesIntoSearch: Bool {
    func isInside(_ file: String) -> Bool { file.hasPrefix("search/") && file != "search/index.html" }
    return pages.contains { isInside($0.file) } || media.contains { isInside($0.file) }
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
  /// The theme with the templates and assets that its files in `themes` have now, of which nothing is compiled yet; `nil` when
  /// more than those changed, or they have mistakes.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  fileprivate func renewed(from themes: Directory?) throws(SystemError) -> Theme? {
    var problems: [Diagnostic] = []
    guard let name = chain.layers.first?.source.name,
      let new = try ThemeChain.read(name, at: nil, from: themes, diagnostics: &problems),
      new.differs(from: chain) != .words
    else { return nil }
    var input = input
    input.files = new.templates(diagnostics: &problems)
    let published = ThemeAsset.publish(new.files(in: "assets/"), diagnostics: &problems)
    input.assets = published.mapValues { percentEncoded($0.file) }
    guard problems.isEmpty else { return nil }
    return Theme(
      templates: templates, assets: published.sorted { $0.key < $1.key }.map(\.value), input: input,
      chain: new)
  }

  /// The theme with the templates that pages of `kinds` need; `nil` when there is anything to say of those.
  fileprivate func compiled(for kinds: Set<PageKindID>) -> Theme? {
    var problems: [Diagnostic] = []
    let templates = TemplateSet.compile(
      input, schema: templateContract.schema, for: kinds, diagnostics: &problems)
    guard problems.isEmpty, let templates else { return nil }
    return Theme(templates: templates, assets: assets, input: input, chain: chain)
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
