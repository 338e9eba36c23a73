import CivilTime
import Columns
import SourceText
import Templates
import YAML

/// One build of a site: from the files of `content/` and `themes/` to those of `output/`.
public struct Build: Sendable {
  /// What a build may be told.
  public struct Options: Sendable {
    /// The site's folder.
    public var root = "."
    /// The output folder; `output` in the site's folder by default.
    public var output: String?
    /// The theme, instead of the one that `site.yaml` names.
    public var theme: String?
    /// The moment that counts as now; a bare date is the start of that day in the site's zone.
    public var asOf: Moment
    /// The form of local links, instead of the one that `site.yaml` names.
    public var links: LinkForm?
    /// The site's absolute address, instead of the one that `site.yaml` names.
    public var url: String?
    /// Whether drafts are published.
    public var includesDrafts = false
    /// Whether write-ups of the future are published.
    public var includesFuture = false
    /// Whether warnings stop the build as errors do.
    public var isStrict = false
    /// The number of tasks that work at once; at least 1.
    public var jobs: Int
    /// The program's name and version, for the pages' `generator`.
    public var generator = "sitegen"
    /// Is told how far the build is: pages done, and pages in all.
    public var progress: (@Sendable (Int, Int) -> Void)?
    /// Whether drafts that aren't published are looked at all the same.
    var looksAtDrafts = false

    /// Options for a build at the moment `asOf` with `jobs` tasks.
    public init(asOf: Moment, jobs: Int) {
      self.asOf = asOf
      self.jobs = jobs
    }
  }

  /// What came of a build.
  public struct Report: Sendable {
    /// Everything an author should know, in order of place.
    public var diagnostics: [Diagnostic] = []
    /// Whether the output is that of this build; `false` when errors kept it as it was.
    public var isPublished = false
    /// The number of HTML pages.
    public var pageCount = 0
    /// The files that were written, new or with other bytes.
    public var writtenCount = 0
    /// The files that were there already, byte for byte.
    public var unchangedCount = 0
    /// The files of an earlier build that were removed.
    public var removedCount = 0
    /// What is ready but not published.
    public var heldBack: [HeldBack] = []
    /// When the next build would come out differently with the same sources.
    public var nextChange: Timestamp?
    /// The path of the output folder.
    public var output = ""
    /// The phases and how long each took, in seconds.
    public var timings: [(phase: String, seconds: Double)] = []
    /// The site that was published. To give back its memory piece by piece takes a while, which a program that
    /// ends now can save by ending while it has the report.
    package var site: PreparedSite?
    /// Whether there are errors in what `content/` says, so that pages may be missing or have other addresses than they will.
    var hasSourceErrors = false
  }

  let options: Options
  var report = Report()
  private var phaseStart = monotonicSeconds()
  /// What tells what was read so far; `nil` when that can't be told.
  private var inputs: InputDigest?
  /// All paths below `content/`, in their order.
  private var contentPaths: [ContentPath] = []

  /// A build that has not begun.
  public init(_ options: Options) {
    self.options = options
    report.output = options.output ?? (options.root == "." ? "output" : options.root + "/output")
  }

  /// Runs the build and publishes its result, unless errors in content or theme stand against it.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; the output is then as it was,
  ///   or, when it happens while files are put into place, a mixture of whole files that the next build mends.
  public consuming func run() async throws -> Report {
    guard let folders = try open() else { return finish() }
    if try await isUnchanged(folders) { return finish() }
    mark("look for changes")
    guard let site = try await preparedSite(folders) else { return finish() }
    return try await publish(site.model, site.theme, folders)
  }

  /// Does what a build does before it renders.
  ///
  /// The site is `nil` when errors in content or theme stand against it.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  package consuming func prepare() async throws -> (site: PreparedSite?, report: Report) {
    let (site, _, _, report) = try await prepareWithContent()
    return (site, report)
  }

  /// Does the same, and hands over what was read and planned; both are `nil` when there is no site to speak of.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  consuming func prepareWithContent() async throws -> (
    site: PreparedSite?, model: SiteModel?, content: Content?, report: Report
  ) {
    guard let folders = try open() else { return (nil, nil, nil, finish()) }
    let (planned, theme, content) = try await plannedSite(folders)
    report.diagnostics += planned?.model.archive.similarNames ?? []
    guard let planned, let theme, !hasErrors else { return (nil, planned?.model, content, finish()) }
    return (PreparedSite(model: planned.model, theme: theme), planned.model, content, finish())
  }

  /// Everything up to the plan, to be published; `nil` when errors stand against it. What was only read for it is given back.
  private mutating func preparedSite(_ folders: Folders) async throws -> PreparedSite? {
    let (planned, theme, content) = try await plannedSite(folders)
    guard let planned, let content else { return nil }
    guard let theme, !hasErrors else {
      report.diagnostics += planned.model.archive.similarNames
      return nil
    }
    let site = PreparedSite(model: planned.model, theme: theme)
    let checked = CheckedSite(
      site: site, content: content, staleMonths: 0, read: sourceReader(root: options.root))
    report.diagnostics += Check.unusedDocuments.run(checked)
    return site
  }

  /// Everything up to the plan, and what it was made from.
  private mutating func plannedSite(
    _ folders: Folders
  ) async throws -> (planned: PlannedSite?, theme: Theme?, content: Content?) {
    guard let configuration = try configuration(folders) else { return (nil, nil, nil) }
    // Beside the files being listed, which is one task's work.
    async let loading = Build.load(folders, configuration.site, options)
    let content = try await read(folders, configuration)
    let archive = await assemble(content)
    let (theme, problems) = try await loading
    report.diagnostics += problems
    if let theme { inputs?.add(theme.chain) }
    mark("assemble")
    let search = try await index(archive)
    return (try await plan(archive, content, search, theme: theme), theme, content)
  }
}

// MARK: - The phases

extension Build {
  struct Folders {
    let content: Directory
    let themes: Directory?

    /// The mistake of an output folder that is, holds, or lies in a folder that is read.
    func overlap(with output: String) -> Diagnostic? {
      guard let target = resolvedFolder(output) else { return nil }
      for source in [content, themes].compactMap(\.self) {
        guard let path = source.resolved("") else { continue }
        if (target + "/").hasPrefix(path + "/") || (path + "/").hasPrefix(target + "/") {
          return .overlappingOutput(output, source.path)
        }
      }
      return nil
    }
  }

  private mutating func open() throws -> Folders? {
    guard let root = try Directory.open(options.root) else {
      throw SystemError.missing("open", options.root)
    }
    guard let content = try Directory.open(root.full("content")) else {
      report.diagnostics.append(.missingContent(options.root))
      return nil
    }
    return Folders(content: content, themes: try Directory.open(root.full("themes")))
  }

  private mutating func configuration(_ folders: Folders) throws -> Configuration? {
    var configuration = try Content.configuration(in: folders.content, diagnostics: &report.diagnostics)
    configuration?.site.override(links: options.links, url: options.url)
    return configuration
  }

  private mutating func read(_ folders: Folders, _ configuration: Configuration) async throws -> Content {
    let content = try await Content.read(
      folders.content, configuration, jobs: options.jobs, diagnostics: &report.diagnostics)
    if content.sources.site.url == nil { report.diagnostics.append(.missingURL) }
    contentPaths = content.paths
    inputs = try InputDigest(options, zone: content.zone)
    inputs?.add(content.digest)
    mark("read and parse")
    return content
  }

  /// The theme of `site`, and what is wrong with it.
  private static func load(
    _ folders: Folders, _ site: SiteConfiguration, _ options: Options
  ) throws -> (Theme?, [Diagnostic]) {
    var problems: [Diagnostic] = []
    let theme = try Theme.load(
      options.theme ?? site.theme.value,
      at: options.theme == nil ? Location(path: "content/site.yaml", range: site.theme.range) : nil,
      for: site, schema: templateContract.schema, from: folders.themes, diagnostics: &problems)
    return (theme, problems)
  }

  private mutating func assemble(_ content: Content) async -> Archive {
    let archive = await content.archive(options, diagnostics: &report.diagnostics)
    report.hasSourceErrors = hasErrors
    report.heldBack = archive.heldBack
    report.nextChange = archive.nextChange
    return archive
  }

  private mutating func index(_ archive: Archive) async throws -> SearchFiles? {
    guard archive.site.hasSearch else { return nil }
    let search = try await SearchFiles.index(archive, jobs: options.jobs)
    mark("index for search")
    return search
  }

  private mutating func plan(
    _ archive: Archive, _ content: Content, _ search: SearchFiles?, theme: Theme?
  ) async throws -> PlannedSite {
    let planned = try await PlannedSite(archive, content, search, theme: theme, options)
    report.diagnostics += planned.diagnostics
    report.diagnostics += planned.model.bodies.problems.values.joined()
    report.pageCount = planned.model.plan.pages.count
    mark("plan and check links")
    return planned
  }

  private consuming func publish(
    _ model: SiteModel, _ theme: Theme, _ folders: Folders
  ) async throws -> Report {
    if let problem = folders.overlap(with: report.output) {
      report.diagnostics.append(problem)
      return finish()
    }
    guard let publication = try Publication.open(report.output) else {
      report.diagnostics.append(.busyOutput(report.output))
      return finish()
    }
    // Beside the pages, which most often are what is waited for.
    async let similarNames = model.archive.similarNames
    let staged: Staged
    do {
      staged = try await stage(model, theme, folders.content, publication)
      await addMedia(staged.media, of: folders.content, plan: model.plan)
    } catch {
      try? publication.abandon()
      throw error
    }
    mark("render and stage")
    report.diagnostics += await similarNames + staged.problems.map(\.explainingBuiltInFile)
    let placed = staged.files
    for placed in placed where placed.placement == .foreign {
      report.diagnostics.append(.foreignFile(placed.file, in: report.output))
    }
    guard !hasErrors else {
      try publication.abandon()
      return finish()
    }
    report.removedCount = try publication.commit(placed, stamp: stamp(for: model.archive))
    report.writtenCount = placed.count { $0.placement == .staged }
    report.unchangedCount = placed.count { $0.placement == .unchanged }
    report.isPublished = true
    report.site = PreparedSite(model: model, theme: theme)
    mark("commit")
    return finish()
  }

  /// What became of all files of the output.
  private struct Staged {
    var files: [Publication.Placed]
    /// Those that are copied as they are, in the order of the plan.
    var media: [Publication.Placed]
    /// What stopped templates from being rendered to the end.
    var problems: [Diagnostic]
  }

  /// What is made and staged at once: one file of the output, or some that belong together.
  private enum Work {
    case media(Int)
    case feed(Int)
    case searchFile(Int)
    case searchTexts(Int)
    case machineFile(Int)
    case digest(ID<Week>)
    case page(Int)
  }

  /// What became of it: mostly one file.
  private struct Made {
    var file: Publication.Placed?
    var files: [Publication.Placed] = []
    var problem: Diagnostic?
  }

  /// Renders everything and stages what differs from the output, in parallel.
  private func stage(
    _ model: SiteModel, _ theme: Theme, _ content: Directory, _ publication: Publication
  ) async throws -> Staged {
    let plan = model.plan
    let rendering = PageRendering(model, theme: theme)
    let progress = Progress(total: plan.pages.count, report: options.progress)
    // What may be large comes first, so that nobody waits for it at the end.
    let media = plan.media.indices.map(Work.media)
    var work = media + plan.feeds.subjects.indices.map(Work.feed)
    if let search = model.search {
      work += search.files.indices.map(Work.searchFile) + search.texts.indices.map(Work.searchTexts)
    }
    work += plan.machineFiles.indices.map(Work.machineFile) + plan.feeds.digests.map(Work.digest)
    work += plan.pages.indices.map(Work.page)
    let made = try await parallelMap(
      count: work.count, jobs: options.jobs, state: { rendering.state() }
    ) { [work] index, state -> Made in
      func place(_ files: [(file: String, bytes: [UInt8])]) throws -> Made {
        Made(files: try files.map { file, bytes in try publication.place(file, bytes) })
      }
      switch work[index] {
      case .page(let number):
        let problem = rendering.render(number, &state)
        progress.step()
        return Made(
          file: try publication.place(plan.pages[number].file, state.buffer.bytes), problem: problem)
      case .media(let number):
        let planned = plan.media[number]
        return Made(
          file: try publication.place(planned.file, copying: planned.source.path.text, of: content))
      case .feed(let number): return try place(model.renderFeed(number))
      case .digest(let week): return try place(model.renderDigest(week))
      case .machineFile(let number):
        let file = plan.machineFiles[number].file(in: model.archive)
        return Made(file: try publication.place(file, model.renderMachineFile(number)))
      case .searchFile(let number): return try place(model.search.map { [$0.files[number]] } ?? [])
      case .searchTexts(let number): return try place(model.search?.textFiles(number) ?? [])
      }
    }
    let assets = theme.assets.map { ($0.file, $0.bytes) }
    let others = try (assets + model.records.map { ($0.file, $0.bytes) }).map { file, bytes in
      try publication.place(file, bytes)
    }
    return Staged(
      files: made.compactMap(\.file) + made.lazy.flatMap(\.files) + others,
      media: made.prefix(media.count).compactMap(\.file), problems: made.compactMap(\.problem))
  }
}

// MARK: - Builds that have nothing to do

extension Build {
  /// Whether the output is what this build would come to, by the stamp that an earlier one left: then the report
  /// is that of a build which found every file as it is.
  private mutating func isUnchanged(_ folders: Folders) async throws -> Bool {
    guard folders.overlap(with: report.output) == nil, let output = try Directory.open(report.output),
      try output.entry(Stamp.file) == .file,
      let stamp = try output.read(Stamp.file, limit: 1 << 20).flatMap(Stamp.init)
    else { return false }
    var problems: [Diagnostic] = []
    guard let configuration = try Content.configuration(in: folders.content, diagnostics: &problems) else {
      return false
    }
    let (site, zone) = (configuration.site, configuration.zone)
    guard stamp.validity.contains(options.asOf.start(in: zone).seconds) else { return false }
    let paths = try ContentTree.list(folders.content, diagnostics: &problems).paths
    let theme = try ThemeChain.read(
      options.theme ?? site.theme.value, at: nil, from: folders.themes, diagnostics: &problems)
    guard problems.isEmpty, let theme, var inputs = try InputDigest(options, zone: zone) else { return false }
    inputs.add(theme)
    inputs.add(try await Content.digest(of: paths, in: folders.content, jobs: options.jobs))
    guard inputs.digest == stamp.inputs, stamp.heldBack.allSatisfy(paths.indices.contains),
      let heldBack = try await heldBack(stamp.heldBack.map { paths[$0] }, folders),
      let publication = try Publication.open(report.output)
    else { return false }
    do {
      let isIntact = try await publication.holds(stamp.manifest, jobs: options.jobs)
      try publication.abandon()
      guard isIntact else { return false }
    } catch {
      try? publication.abandon()
      throw error
    }
    report.isPublished = true
    report.pageCount = stamp.pageCount
    report.unchangedCount = publication.ownedCount
    report.heldBack = heldBack
    report.nextChange = stamp.nextChange
    mark("find nothing changed")
    return true
  }

  /// Why the files at `paths` are held back, as the build says it that reads all others, too.
  private func heldBack(_ paths: [ContentPath], _ folders: Folders) async throws -> [HeldBack]? {
    guard !paths.isEmpty else { return [] }
    let wanted = Set(paths)
    var problems: [Diagnostic] = []
    let content = try await Content.read(
      folders.content, jobs: options.jobs, wanted: { $0.kind == .column || wanted.contains($0) },
      diagnostics: &problems)
    guard let content else { return nil }
    return Archive.assemble(
      content.sources, options: options.assembly(in: content.zone), diagnostics: &problems
    )
    .heldBack
  }

  /// Adds the media: those that are published by what was read of them, the others by reading them.
  private mutating func addMedia(
    _ published: [Publication.Placed], of content: Directory, plan: SitePlan
  ) async {
    guard inputs != nil, report.diagnostics.isEmpty else { return }
    let placed = zip(plan.media, published)
    for (planned, placed) in placed { inputs?.add(planned.source, placed.digest) }
    let known = Set(plan.media.map(\.source.path))
    let others = contentPaths.filter { $0.kind == .media && !known.contains($0) }
    guard !others.isEmpty else { return }
    // Nothing but the next build asks for these: what can't be read of them is no reason not to publish.
    if let digest = try? await Content.digest(of: others, in: content, jobs: options.jobs) {
      inputs?.add(digest)
    } else {
      inputs = nil
    }
  }

  /// What makes the stamp of this build; `nil` when there are findings, which have to be found again.
  private func stamp(for archive: Archive) -> ((Digest) -> Stamp)? {
    guard let inputs = inputs?.digest, report.diagnostics.isEmpty else { return nil }
    let now = archive.asOf.seconds
    // Templates can show the day.
    let today = archive.zone.timestamp(at: now).date
    let tomorrow = archive.zone.timestamp(of: CivilDate(dayNumber: today.dayNumber + 1)).seconds
    let end = min(tomorrow, archive.nextChange?.seconds ?? .max)
    let held = Set(report.heldBack.map(\.path))
    let positions = contentPaths.indices.filter { held.contains(contentPaths[$0]) }
    let (pageCount, nextChange) = (report.pageCount, report.nextChange)
    guard now < end else { return nil }
    return { manifest in
      Stamp(
        inputs: inputs, manifest: manifest, validity: now..<end, pageCount: pageCount, nextChange: nextChange,
        heldBack: positions)
    }
  }
}

// MARK: - Bookkeeping

extension Build {
  private var hasErrors: Bool {
    let worst: Diagnostic.Severity = options.isStrict ? .warning : .error
    return report.diagnostics.contains { $0.severity >= worst }
  }

  mutating func mark(_ phase: String) {
    let now = monotonicSeconds()
    report.timings.append((phase, now - phaseStart))
    phaseStart = now
  }

  private consuming func finish() -> Report {
    report.diagnostics.sort()
    return report
  }
}

extension Diagnostic {
  static func missingContent(_ root: String) -> Diagnostic {
    .error(
      "site/missing-configuration", "there is no folder content/ in \(root == "." ? "this folder" : root)",
      at: nil,
      fix: "go to the site's folder, or name it with --root")
  }

  static var missingURL: Diagnostic {
    .warning(
      "site/missing-url",
      "the site has no url, so that it gets no feeds, no sitemap and no canonical links",
      at: Location(path: "content/site.yaml", range: ByteRange(at: 0)),
      fix: "add a line such as 'url: https://example.org/'")
  }

  fileprivate static func busyOutput(_ path: String) -> Diagnostic {
    .error(
      "publish/busy", "another build is writing to \(path)", at: nil,
      fix: "wait until it is done, or name another folder with --output")
  }

  fileprivate static func overlappingOutput(_ output: String, _ source: String) -> Diagnostic {
    .error(
      "publish/overlap", "the output folder \(output) and \(source), which is read, lie in each other",
      at: nil,
      fix: "name a folder beside it with --output")
  }

  fileprivate static func foreignFile(_ file: String, in output: String) -> Diagnostic {
    .error(
      "publish/foreign-file", "\(output)/\(file) is in the way: sitegen did not write it", at: nil,
      fix: "move it away, or name another folder with --output")
  }
}
