import CivilTime
import Columns
import Markdown
import SourceText
import YAML

/// A look at a site that writes nothing but what it is told to: everything a build would find, and what an editor wants to
/// know besides.
public struct SiteCheck: Sendable {
  /// What a check may be told.
  public struct Options: Sendable {
    /// What a build of the site would be told.
    public var build: Build.Options
    /// The number of months after which a status that has not moved is asked about.
    public var staleMonths = 12
    /// The ledger of published addresses, below the site's folder.
    public var ledger: String?
    /// Whether addresses that the ledger lacks are added to it.
    public var addsToLedger = false
    /// What becomes of findings that can be mended unasked.
    public var fixing = Fixing.none
    /// How links to other hosts are checked; `nil` when they aren't.
    public var external: External?

    /// Options for a check of the site that `build` names.
    public init(build: Build.Options) { self.build = build }
  }

  /// What becomes of findings that a program can mend.
  public enum Fixing: Sendable, Hashable {
    /// They are reported as all others.
    case none
    /// They are reported, and the report has the files as they would be.
    case shown
    /// They are mended in the files, and the report is of the site as it is then.
    case written
  }

  /// What came of a check.
  public struct Report: Sendable {
    /// Everything an author should know, in order of place.
    public var diagnostics: [Diagnostic] = []
    /// The number of pages that were rendered, and thrown away.
    public var pageCount = 0
    /// The number of addresses in the ledger; `nil` when none is asked for, or it was not looked at.
    public var ledgerCount: Int?
    /// The number of addresses that were added to it.
    public var addedCount = 0
    /// The files with findings that can be mended, by path.
    public var fixed: [FixedFile] = []
    /// What came of checking links to other hosts; `nil` when they weren't.
    public var external: ExternalReport?
    /// What was planned, as far as that goes in spite of mistakes, and those that its addresses may come from.
    var planned: (model: SiteModel, mistakes: Ledger.SourceMistakes)?
  }

  let options: Options

  /// A check that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Looks at everything.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something, as a ledger that isn't there.
  public func run() async throws -> Report {
    var asked: ExternalReport?
    // What is saved from now on may not be what the findings are about.
    let digests = options.fixing == .none ? [:] : try textDigests()
    let first = try await look(asked: &asked)
    var report = first.report
    if options.fixing != .none {
      let fixed = try fix(
        report.diagnostics, smartPunctuation: first.content?.sources.site.smartPunctuation ?? true,
        of: digests, writing: options.fixing == .written)
      // What was mended may have hidden something else, and other hosts have been asked.
      if fixed.contains(where: { $0.outcome == .written }) {
        report = try await look(asked: &asked).report
      }
      report.fixed = fixed
      for file in fixed {
        if case .refused(let problem) = file.outcome { report.diagnostics.append(problem) }
      }
    }
    if let path = options.ledger, let planned = report.planned {
      // What has mistakes isn't published.
      let isSound = !report.diagnostics.contains { $0.severity == .error }
      let ledger = try Ledger.check(
        path, of: options.build.root, against: planned.model, planned.mistakes, isSound: isSound,
        adding: options.addsToLedger)
      report.diagnostics += ledger.diagnostics
      report.ledgerCount = ledger.count
      report.addedCount = ledger.added
    }
    report.diagnostics.sort()
    return report
  }

  /// Looks at everything but the ledger; other hosts are asked but once.
  private func look(asked: inout ExternalReport?) async throws -> (report: Report, content: Content?) {
    var build = options.build
    build.looksAtDrafts = true
    let (site, model, content, found) = try await Build(build).prepareWithContent()
    var report = Report(diagnostics: found.diagnostics)
    if let model, let content {
      let unreadableCount = content.sources.unreadable.count
      report.planned = (
        model, unreadableCount > 0 ? .unreadable(unreadableCount) : found.hasSourceErrors ? .errors : .none
      )
    }
    if let content, let external = options.external {
      let links = ExternalLinks(content.sources, own: content.sources.site.url)
      if asked == nil {
        let now = options.build.asOf.start(in: content.zone)
        asked = try await ask(links, by: external, now: now, diagnostics: &report.diagnostics)
      }
      if let asked {
        report.diagnostics += links.findings(asked, reading: sourceReader(root: options.build.root))
      }
      report.external = asked
    }
    guard let site, let content else { return (report, content) }
    let checked = CheckedSite(
      site: site, content: content, staleMonths: options.staleMonths,
      read: sourceReader(root: options.build.root))
    report.diagnostics += try await site.renderingProblems(jobs: options.build.jobs, options.build.progress)
    report.pageCount = site.files.count
    for check in Check.all { report.diagnostics += check.run(checked) }
    return (report, content)
  }
}

extension PreparedSite {
  /// What stops pages from being rendered to the end, and the links to places on them that aren't there.
  fileprivate func renderingProblems(
    jobs: Int, _ told: (@Sendable (Int, Int) -> Void)?
  ) async throws -> [Diagnostic] {
    let rendering = PageRendering(model, theme: theme)
    let links = Dictionary(grouping: anchorLinks(), by: \.file)
    let pages = model.plan.pages
    let progress = Progress(total: pages.count, report: told)
    return try await parallelMap(count: pages.count, jobs: jobs, state: { rendering.state() }) {
      index, state -> [Diagnostic] in
      defer { progress.step() }
      if let problem = rendering.render(index, &state) { return [problem.explainingBuiltInFile] }
      guard let wanted = links[pages[index].file] else { return [] }
      let ids = ids(in: state.buffer.bytes)
      return wanted.filter { !ids.contains($0.anchor) }.map {
        .missingAnchor(
          $0.anchor, among: anchors(of: pages[index].subject), orNear: ids.sorted(), at: $0.place)
      }
    }
    .flatMap { $0 }
  }
}

/// What checks look at.
struct CheckedSite: Sendable {
  let site: PreparedSite
  /// Everything that was read, with what is not published.
  let content: Content
  /// The number of months after which a status that has not moved is asked about.
  let staleMonths: Int
  /// The bytes of the source that messages call by a path; `nil` when there is none.
  let read: @Sendable (String) -> [UInt8]?

  var archive: Archive { site.model.archive }

  /// The day of the check, in the site's zone.
  var today: CivilDate { archive.zone.timestamp(at: archive.asOf.seconds).date }

  /// Every Markdown body, of what isn't published, too.
  var bodies: [(path: ContentPath, body: MarkdownDocument)] {
    let sources = content.sources
    return sources.writeUps.map { ($0.path, $0.body) } + sources.periods.map { ($0.path, $0.body) }
      + sources.columns.map { ($0.path, $0.body) } + sources.people.map { ($0.path, $0.body) }
      + sources.freePages.map { ($0.path, $0.body) }
  }

  /// Every picture that front matter names.
  var pictures: [(path: ContentPath, source: String)] {
    content.sources.writeUps.flatMap { writeUp in
      let project = writeUp.project
      return (project.images.map(\.source.value) + [project.video?.poster?.value].compactMap(\.self))
        .map { (writeUp.path, $0) }
    }
      + content.sources.people.compactMap { person in person.portrait.map { (person.path, $0.source.value) } }
  }

  /// The files that are published as they are.
  var media: [PlannedMedia] { site.model.plan.media }

  /// The files of the theme, and of those that it extends.
  var themeFiles: [Source] { site.theme.chain.layers.flatMap { layer in layer.source.files.map(\.value) } }
}

/// One thing that is looked for, besides what a build finds: a file each, under its diagnostic's id.
struct Check: Sendable {
  /// Finds it.
  let run: @Sendable (CheckedSite) -> [Diagnostic]

  /// All checks.
  static let all: [Check] = [
    .staleStatuses, .comingStatuses, .unknownOutcomes, .missingResults, .liveWording, .skippedHeadings,
    .unusedMedia, .openVotes, .absentWinners, .uncountedRungs, .comingFigures, .comingComments,
    .idleBiographies,
  ]
}
