public import CivilTime
public import Columns
public import SourceText
public import YAML

/// Puts the form of a write-up that is still to be written into `content/`.
public struct NewWriteUp: Sendable {
  /// What it may be told.
  public struct Options: Sendable {
    /// The site's folder.
    public var root = "."
    /// The title.
    public var title: String
    /// The column, by name or folder, where there are several.
    public var column: String?
    /// The last part of its address, instead of the title's.
    public var slug: String?
    /// The day on which it appears, instead of the column's next free one.
    public var date: CivilDate?
    /// The week in which the free day is looked for.
    public var week: ISOWeek?
    /// The moment that counts as now.
    public var asOf: Moment
    /// The number of tasks that work at once; at least 1.
    public var jobs: Int

    /// Options for a write-up called `title`, at the moment `asOf` with `jobs` tasks.
    public init(title: String, asOf: Moment, jobs: Int) {
      self.title = title
      self.asOf = asOf
      self.jobs = jobs
    }
  }

  /// What came of it.
  public struct Report: Sendable {
    /// Everything the writer should know.
    public var diagnostics: [Diagnostic] = []
    /// The new file; `nil` when none was written.
    public var form: WriteUpForm?
    /// The name of its column.
    public var column: String?
  }

  private let options: Options
  private var report = Report()

  /// A write-up that is nowhere yet.
  public init(_ options: Options) { self.options = options }

  /// Writes the file, unless one is there already.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public consuming func run() async throws -> Report {
    guard let content = try Content.folder(of: options.root, &report.diagnostics) else { return report }
    guard try content.lock() else {
      report.diagnostics.append(.busyContent)
      return report
    }
    var problems: [Diagnostic] = []
    let read = try await Content.read(
      content, jobs: options.jobs,
      wanted: { path in
        switch path.kind {
        case .column, .period, .writeUp: true
        case .site, .comments, .person, .freePage, .media: false
        }
      }, diagnostics: &problems)
    guard let read else {
      report.diagnostics = problems
      return report
    }
    guard let column = column(among: read.sources.columns) else {
      // A column that can't be read may be the one.
      report.diagnostics += problems.filter { $0.severity == .error && $0.isOfColumn }
      return report
    }
    let folders = ColumnFolders(read.sources.columns)
    report.diagnostics += read.sources.unreadable.filter {
      $0.kind == .writeUp && folders[$0.folder].map { read.sources.columns[$0].path } == column.path
    }.sorted().map(Diagnostic.unknownDay)
    // Its cadence and its addresses depend on that.
    report.diagnostics += problems.filter {
      $0.severity == .error && $0.location?.path == column.path.sourcePath
    }
    if report.diagnostics.contains(where: { $0.severity == .error }) { return report }
    let shelf = Shelf(column, in: read.sources, zone: read.zone)
    guard let date = date(on: shelf, of: column, today: options.asOf.start(in: read.zone).date) else {
      return report
    }
    guard
      let form = WriteUpForm(title: options.title, on: date, in: column, among: shelf, slug: options.slug)
    else {
      report.diagnostics.append(.noSlug(options.slug ?? slug(for: options.title), options.title))
      return report
    }
    if let other = shelf.holder(ofAddressOf: form), other != form.path {
      report.diagnostics.append(.takenAddress(form, by: other))
      return report
    }
    guard try content.add(form.path.text, Array(form.text.utf8)) else {
      report.diagnostics.append(.alreadyThere(form.path))
      return report
    }
    report.form = form
    report.column = column.name
    return report
  }

  private mutating func column(among columns: [ColumnSource]) -> ColumnSource? {
    if let name = options.column {
      let found = columns.first { $0.isCalled(name) }
      if found == nil { report.diagnostics.append(.noColumn(name, columns)) }
      return found
    }
    if columns.count != 1 { report.diagnostics.append(.whichColumn(columns)) }
    return columns.count == 1 ? columns[0] : nil
  }

  private mutating func date(on shelf: Shelf, of column: ColumnSource, today: CivilDate) -> CivilDate? {
    if let date = options.date {
      if shelf.isTaken(date) { report.diagnostics.append(.takenDay(date, column)) }
      return date
    }
    let date =
      options.week.map { shelf.freeSlot(from: $0.monday, through: $0.sunday) } ?? shelf.freeSlot(from: today)
    if date == nil { report.diagnostics.append(.noFreeDay(options.week, column)) }
    return date
  }
}

extension Diagnostic {
  /// Whether it is about a file that says what a column is.
  var isOfColumn: Bool { location?.path.hasSuffix("/_column.md") == true }

  fileprivate static func whichColumn(_ columns: [ColumnSource]) -> Diagnostic {
    let folders = columns.map(\.path.folder).sorted()
    return .error(
      "new/which-column", columns.isEmpty ? "the site has no column yet" : "the site has several columns",
      at: nil,
      fix: columns.isEmpty
        ? "make a folder for it, such as content/daily, with a file _column.md that has a 'name:'"
        : "name one: --column \(folders.joined(separator: ", or --column "))")
  }

  fileprivate static func noFreeDay(_ week: ISOWeek?, _ column: ColumnSource) -> Diagnostic {
    if column.cadence.isEmpty {
      return .error(
        "new/no-free-day", "\(column.name) has no days on which it appears", at: nil,
        fix: "name the day with --date, or give the column a 'cadence'")
    }
    return .error(
      "new/no-free-day",
      "\(column.name) has something on every day of \(week.map(\.description) ?? "the next ten years")",
      at: nil,
      fix: "name another week, or the day with --date")
  }

  fileprivate static func unknownDay(_ path: ContentPath) -> Diagnostic {
    .warning(
      "new/unknown-day", "this file has mistakes, so that its day counts as free",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "'sitegen check' tells what they are"
    )
  }

  fileprivate static var busyContent: Diagnostic {
    .error("new/busy", "something else is writing into content/", at: nil, fix: "try again when it is done")
  }

  fileprivate static func takenDay(_ date: CivilDate, _ column: ColumnSource) -> Diagnostic {
    .warning(
      "new/taken-day", "\(column.name) has something on \(date) already", at: nil,
      fix: "change 'date' in one of the two, if that is a mistake")
  }

  fileprivate static func noSlug(_ slug: String, _ title: String) -> Diagnostic {
    .error(
      "new/no-address",
      slug.isEmpty
        ? "the title '\(title)' gives no address" : "no file of a write-up can be called \(slug).md", at: nil,
      fix: "name the last part of its address with --slug")
  }

  fileprivate static func takenAddress(_ form: WriteUpForm, by other: ContentPath) -> Diagnostic {
    .error(
      "new/already-there", "/\(form.address)/ is the address of \(other.sourcePath) already", at: nil,
      fix: "name the last part of its address with --slug, as in --slug \(form.path.pieceName)-2")
  }

  fileprivate static func alreadyThere(_ path: ContentPath) -> Diagnostic {
    .error(
      "new/already-there", "there is a file \(path.sourcePath) already", at: nil,
      fix: "open that one, or name another address with --slug")
  }
}
