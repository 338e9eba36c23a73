import CivilTime
import Columns
import SourceText

/// A look at a site that writes nothing: everything a build would find, and what an editor wants to know besides.
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

    /// Options for a check of the site that `build` names.
    public init(build: Build.Options) { self.build = build }
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
  }

  private let options: Options

  /// A check that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Looks at everything.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something, as a ledger that isn't there.
  public func run() async throws -> Report {
    let prepared = try await Build(options.build).prepare()
    var report = Report(diagnostics: prepared.report.diagnostics)
    guard let site = prepared.site else { return report }
    report.diagnostics += try await site.renderingProblems(jobs: options.build.jobs)
    report.pageCount = site.files.count
    let checked = CheckedSite(archive: site.model.archive, staleMonths: options.staleMonths)
    for check in Check.all { report.diagnostics += check.run(checked) }
    if let path = options.ledger {
      // What has mistakes isn't published.
      let isSound = !report.diagnostics.contains { $0.severity == .error }
      let ledger = try Ledger.check(
        path, of: options.build.root, against: site.model, isSound: isSound, adding: options.addsToLedger)
      report.diagnostics += ledger.diagnostics
      report.ledgerCount = ledger.count
      report.addedCount = ledger.added
    }
    report.diagnostics.sort()
    return report
  }
}

extension PreparedSite {
  /// What stops pages from being rendered to the end.
  fileprivate func renderingProblems(jobs: Int) async throws -> [Diagnostic] {
    let rendering = PageRendering(model, theme: theme)
    return try await parallelMap(count: model.plan.pages.count, jobs: jobs, state: { PageRendering.State() })
    {
      index, state in rendering.render(index, &state)
    }
    .compactMap { $0?.explainingBuiltInFile }
  }
}

/// What checks look at.
struct CheckedSite: Sendable {
  let archive: Archive
  /// The number of months after which a status that has not moved is asked about.
  let staleMonths: Int

  /// The day of the check, in the site's zone.
  var today: CivilDate { archive.zone.timestamp(at: archive.asOf.seconds).date }
}

/// One thing that is looked for, besides what a build finds: a file each, under its diagnostic's id.
struct Check: Sendable {
  /// Finds it.
  let run: @Sendable (CheckedSite) -> [Diagnostic]

  /// All checks.
  static let all: [Check] = [.staleStatuses, .comingStatuses, .unknownOutcomes, .missingResults]
}
