import CivilTime
import Columns
import SourceText
import YAML

/// A look at what is planned in a site's columns, and what is missing.
public struct SiteCalendar: Sendable {
  /// What a look may be told.
  public struct Options: Sendable {
    /// The site's folder.
    public var root = "."
    /// The number of weeks from this one on; at least 1.
    public var weeks = 4
    /// The number of weeks before this one.
    public var past = 1
    /// The columns, by name or folder; all of them when none is named.
    public var columns: [String] = []
    /// The moment that counts as now.
    public var asOf: Moment
    /// The number of tasks that work at once; at least 1.
    public var jobs: Int

    /// Options for a look at the moment `asOf` with `jobs` tasks.
    public init(asOf: Moment, jobs: Int) {
      self.asOf = asOf
      self.jobs = jobs
    }
  }

  /// What came of it.
  public struct Report: Sendable {
    /// Why there is no calendar, and which files are missing in it because they can't be read.
    public var diagnostics: [Diagnostic] = []
    /// The calendar; `nil` when the site can't be read at all.
    public var calendar: EditorialCalendar?
    /// The site's name.
    public var title = ""
  }

  private let options: Options

  /// A look that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Reads columns, write-ups and votes.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public func run() async throws -> Report {
    var report = Report()
    guard let folder = try Content.folder(of: options.root, &report.diagnostics) else { return report }
    var problems: [Diagnostic] = []
    let content = try await Content.read(
      folder, jobs: options.jobs,
      wanted: { path in
        switch path.kind {
        case .column, .period, .writeUp: true
        default: false
        }
      }, diagnostics: &problems)
    guard let content else {
      report.diagnostics = problems.sorted()
      return report
    }
    // What else is wrong is for check to say; of a cadence that can't be read there are other days than its column's.
    let missing = Set(content.sources.unreadable.map(\.sourcePath))
    report.diagnostics = problems.filter { problem in
      problem.severity == .error
        && (problem.isOfColumn || problem.location.map { missing.contains($0.path) } ?? true)
    }
    for name in options.columns where !content.sources.columns.contains(where: { $0.isCalled(name) }) {
      report.diagnostics.append(.noColumn(name, content.sources.columns))
    }
    report.diagnostics.sort()
    if report.diagnostics.contains(where: { $0.id == "column/not-found" }) { return report }
    let now = options.asOf.start(in: content.zone)
    report.title = content.sources.site.title
    report.calendar = EditorialCalendar(
      of: content.sources, from: ISOWeek(of: now.date.adding(days: -7 * options.past)),
      count: options.past + options.weeks, asOf: now, zone: content.zone,
      wanted: { column in options.columns.isEmpty || options.columns.contains { column.isCalled($0) } })
    return report
  }
}

// MARK: - The page for the wall

extension SiteCalendar {
  /// What the first lines of each page for the wall hold, and of no other file.
  public static let pageMark = "<meta name=\"generator\" content=\"sitegen calendar\">"

  /// Writes `page`, which holds ``pageMark``, as the file `path`, in the place of an earlier one; returns what keeps it from
  /// that, which then is as it was.
  ///
  /// A page tells of drafts: it is refused where a build would publish it, or a host find it.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public func write(_ page: [UInt8], to path: String) throws -> Diagnostic? {
    let name = String(path.split(separator: "/").last ?? "")
    let folder = Directory.folder(of: path)
    let place = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    guard let directory = try Directory.open(place) else { throw SystemError.missing("open", place) }
    if let site = try Directory.open(options.root), let inside = directory.resolved(""),
      let name = OwnFile.publishedFolder(around: inside, of: site)
    {
      return .publishedPage(path, in: name)
    }
    var former: [UInt8]?
    switch try directory.entry(name) {
    case nil: break
    case .file:
      former = try directory.read(name)
      let mark = Array(SiteCalendar.pageMark.utf8)
      guard let former, former.prefix(1024).firstRange(of: mark) != nil else { return .foreignPage(path) }
    default: return .foreignPage(path)
    }
    return try directory.replace(name, former, with: page) ? nil : .changedPage(path)
  }
}

extension Diagnostic {
  fileprivate static func publishedPage(_ path: String, in folder: String) -> Diagnostic {
    .error(
      "calendar/published-page", "\(path) lies in \(folder)/, where others would see what is not out yet",
      at: nil,
      fix: "write it beside content/, or anywhere else")
  }

  fileprivate static func foreignPage(_ path: String) -> Diagnostic {
    .error(
      "calendar/foreign-file", "\(path) is there already, and no calendar that sitegen wrote", at: nil,
      fix: "move it away, or write to another file")
  }

  fileprivate static func changedPage(_ path: String) -> Diagnostic {
    .error(
      "calendar/changed-meanwhile", "\(path) was changed meanwhile, and is left as it is", at: nil,
      fix: "write it again")
  }
}
