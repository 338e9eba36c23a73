import CSV
import CivilTime
public import Columns
public import SourceText
public import YAML

/// One count of a poll: from the export of its answers to the results of a ballot in `content/`.
public struct PollCount: Sendable {
  /// What a count may be told.
  public struct Options: Sendable {
    /// The site's folder.
    public var root = "."
    /// The export.
    public var export: String
    /// The week, month or year whose vote it was.
    public var period: Period
    /// The column, by name or folder, where several had a vote over that time.
    public var column: String?
    /// The names or numbers of the export's columns: with what was chosen, one or one for each option; with the votes of
    /// each choice, in a table of counts; with voters and times.
    public var choices: [String] = [], votes: String?, voter: String?, time: String?
    /// What stands between its cells, if that is told.
    public var delimiter: Delimiter?
    /// The zone of times without one, by the system's name; the site's by default.
    public var zone: String?
    /// The order of day and month in its dates, if that is told.
    public var dateOrder: DateOrder?
    /// The slugs that choices mean; an empty one leaves the choice out.
    public var meanings: [(choice: String, slug: String)] = []
    /// Whether a ballot may name several candidates.
    public var allowsSeveral = false
    /// Whether choices that mean nobody are left out with a warning.
    public var ignoresUnknown = false
    /// Whether nothing is written.
    public var isDryRun = false
    /// The moment that counts as now.
    public var asOf: Moment
    /// The number of tasks that work at once; at least 1.
    public var jobs: Int

    /// Options for a count of `export` for `period`, at the moment `asOf` with `jobs` tasks.
    public init(export: String, period: Period, asOf: Moment, jobs: Int) {
      self.export = export
      self.period = period
      self.asOf = asOf
      self.jobs = jobs
    }
  }

  /// What came of a count.
  public struct Report: Sendable {
    /// Everything an editor should know.
    public var diagnostics: [Diagnostic] = []
    /// The export, whose lines nobody else should see.
    public var export: Source?
    /// The count; `nil` when it could not be made.
    public var result: Result?
    /// What became of the file.
    public var outcome = Outcome.refused
  }

  /// What became of the file with the ballot.
  public enum Outcome: String, Sendable {
    /// It has the new results.
    case written
    /// It had them already.
    case unchanged
    /// It is as it was, as was asked for.
    case dryRun = "dry-run"
    /// It is as it was, because of errors.
    case refused
  }

  /// A count, and what is to know about its ballot.
  public struct Result: Sendable {
    /// The votes.
    public let tally: Tally
    /// What they come to: most votes first, and those that can't win last.
    public let lines: [Line]
    /// The file that has the ballot, from the site's folder.
    public let file: String
    /// The column's name.
    public let column: String
    /// What the voters were asked.
    public let question: String?
    /// When the poll opened: where its file doesn't say, on the first day of the week, month or year.
    public let opens: Moment
    /// When the poll closed, as far as that matters.
    public let closes: Moment?
    /// Whether the vote is void, and nobody wins.
    public let isVoid: Bool
    /// The winners that the file names.
    public let namedWinners: [String]?
  }

  /// One candidate's votes, and what they come to.
  public struct Line: Sendable {
    /// The candidate.
    public let candidate: Candidate
    /// Its votes.
    public let votes: Int
    /// Its share in hundredths; `nil` of one that can't win.
    public let percent: Int?
    /// Whether it wins.
    public let wins: Bool
    /// The votes that the file had for it, if any.
    public let former: Int?
  }

  private let options: Options
  private var report = Report()

  /// A count that has not begun.
  public init(_ options: Options) { self.options = options }

  /// Counts, and writes the results unless there are errors or that isn't wanted.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; the file is then as it was.
  public consuming func run() async throws -> Report {
    guard let content = try Content.folder(of: options.root, &report.diagnostics) else { return report }
    guard let subject = try await PollSubject.find(options, in: content, &report.diagnostics) else {
      // Both are said at once, rather than one on the day on which the other is mended.
      if try exportBytes() == nil { report.diagnostics.append(.missingExport(options.export)) }
      return report
    }
    guard let export = try readExport(outside: content) else { return report }
    report.export = export
    count(export, for: subject)
    try write(subject, in: content)
    return report
  }

  private var hasErrors: Bool { report.diagnostics.contains { $0.severity == .error } }

  /// The bytes of the export, and the folder that it lies in; `nil` when it isn't there.
  private func exportBytes() throws -> (directory: Directory, bytes: [UInt8])? {
    let path = options.export
    let folder = Directory.folder(of: path)
    let place = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
    guard let directory = try Directory.open(place),
      let bytes = try directory.read(
        String(path.split(separator: "/").last ?? ""), limit: Table.Limits().byteCount + 1)
    else { return nil }
    return (directory, bytes)
  }

  /// The export; `nil`, and reported, when it lies where it would be published.
  private mutating func readExport(outside content: Directory) throws -> Source? {
    let path = options.export
    guard let (directory, bytes) = try exportBytes() else { throw SystemError.missing("read", path) }
    if let inside = directory.resolved(""), let published = content.resolved(""),
      (inside + "/").hasPrefix(published + "/")
    {
      report.diagnostics.append(.publishedExport(path))
      return nil
    }
    return Source(path: path, bytes: bytes)
  }

  private mutating func count(_ export: Source, for subject: PollSubject) {
    guard
      let table = Table.parse(export, delimiter: options.delimiter, diagnostics: &report.diagnostics),
      let columns = PollColumns(
        choices: options.choices, votes: options.votes, voter: options.voter, time: options.time, in: table,
        diagnostics: &report.diagnostics)
    else { return }
    var rules = Tally.Rules(zone: subject.zone)
    rules.opens = subject.opens
    rules.closes = subject.closes
    if options.zone == nil, let time = columns.time, let zone = ColumnZone(table.columns[time]) {
      report.diagnostics.append(.zoneOfColumn(table, time, zone, site: subject.zone))
      if zone == .utc { rules.zone = .utc }
    }
    rules.dateOrder = options.dateOrder
    rules.meanings = options.meanings
    rules.allowsSeveral = options.allowsSeveral
    rules.ignoresUnknown = options.ignoresUnknown
    rules.elsewhere = subject.elsewhere
    let tally = Tally(
      table, columns: columns, candidates: subject.candidates, rules: rules, diagnostics: &report.diagnostics)
    let vote = subject.vote
    // Every poll opens some day, be it that of its period.
    if columns.time == nil, columns.votes == nil { report.diagnostics.append(.noTimes) }
    if let voters = VoterColumn(columns, in: table) {
      report.diagnostics.append(.votersNotTold(voters, in: table))
    }
    report.result = Result(
      tally: tally, lines: subject.lines(of: tally), file: subject.source.path, column: subject.column,
      question: vote.question, opens: subject.opening, closes: vote.closes?.value,
      isVoid: vote.state == .void,
      namedWinners: vote.winners.map { subject.slugs(for: $0.map(\.value)) })
  }

  /// Writes the results into the ballot's file, if it still is what was read.
  private mutating func write(_ subject: PollSubject, in content: Directory) throws {
    guard let result = report.result, !hasErrors else { return }
    // Those that the file names otherwise keep their names there.
    let written = subject.vote.results.map(\.project.value)
    let names = Dictionary(zip(subject.slugs(for: written), written), uniquingKeysWith: { first, _ in first })
    let lines = result.tally.lines.map { candidate, votes in
      ResultsEdit.Line(slug: names[candidate.slug] ?? candidate.slug, votes: votes)
    }
    guard
      let bytes = ResultsEdit.bytes(of: subject.source, with: lines, diagnostics: &report.diagnostics)
    else { return }
    if options.isDryRun {
      report.outcome = .dryRun
    } else if bytes == subject.source.bytes {
      report.outcome = .unchanged
    } else if try content.entry(subject.path.text) == .link {
      report.diagnostics.append(.linkedFile(subject.source))
    } else if try content.lock() == false {
      report.diagnostics.append(.busyContent)
    } else if try content.replace(subject.path.text, subject.source.bytes, with: bytes) {
      report.outcome = .written
    } else {
      report.diagnostics.append(.changedMeanwhile(subject.source))
    }
  }
}

/// The zone that the name of a column with times tells, as in `Submit Date (UTC)`.
private enum ColumnZone {
  /// UTC, or GMT.
  case utc
  /// An offset from it, as in `Time (GMT-5)`, which no zone of the system's has for sure.
  case offset

  init?(_ name: String) {
    let words = name.uppercased().split { !($0.isLetter || $0.isNumber || "+-".contains($0)) }
    if words.contains(where: { ["UTC", "GMT"].contains($0) }) {
      self = .utc
    } else if words.contains(where: {
      $0.utf8.count > 4 && ["UTC+", "UTC-", "GMT+", "GMT-"].contains(String($0.prefix(4)))
    }) {
      self = .offset
    } else {
      return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func zoneOfColumn(
    _ table: Table, _ column: Int, _ zone: ColumnZone, site: TimeZoneRules
  ) -> Diagnostic {
    let name = table.columns[column].prefix(80)
    let place = Location(path: table.source.path, range: ByteRange(at: 0))
    return zone == .utc
      ? Diagnostic(
        .note, "tally/zone-of-column",
        "times without an offset are read in UTC, as the column '\(name)' says",
        at: place, fix: site.name == "UTC" ? nil : "if they are the site's, add --zone \(site.name)")
      : .warning(
        "tally/zone-of-column",
        "the column '\(name)' names an offset, and times without one are read in \(site.name)",
        at: place, fix: "say with --zone where the export's clock is, as --zone America/New_York")
  }

  fileprivate static func publishedExport(_ path: String) -> Diagnostic {
    .error(
      "tally/published-export", "\(path) lies in content/, and the next build would publish it", at: nil,
      fix: "move it out of content/: what voters wrote is theirs")
  }

  fileprivate static func missingExport(_ path: String) -> Diagnostic {
    .error("tally/missing-export", "there is no file \(path), either", at: nil, fix: "name the export's path")
  }

  fileprivate static var noTimes: Diagnostic {
    Diagnostic(
      .note, "tally/no-times", "ballots that came too late, or too early, can't be told from others", at: nil,
      fix: "if the export has a column with their times, name it with --time")
  }

  /// Names the column, unless its name is a voter's own address, as in an export without a first row of names, or that
  /// of another column, too.
  fileprivate static func votersNotTold(_ voters: VoterColumn, in table: Table) -> Diagnostic {
    let name = table.columns[voters.index]
    let isName = !name.isEmpty && !name.utf8.contains(0x40) && table.columns.count { $0 == name } == 1
    let column = isName ? "the column '\(name.prefix(80))'" : "column \(voters.index + 1)"
    return Diagnostic(
      .note, "tally/voters-not-told",
      "\(column) seems to tell voters apart, and \(groupedDigits(voters.repeatedCount)) ballots are of somebody who has "
        + "more than one; all of them count",
      at: Location(path: table.source.path, range: ByteRange(at: 0)),
      fix: "to count only the last one of each voter, add --voter "
        + (isName ? shellQuoted(name) : String(voters.index + 1)))
  }

  fileprivate static func linkedFile(_ source: Source) -> Diagnostic {
    .error(
      "tally/linked-file", "this file is a link, and what it leads to is not changed",
      at: Location(path: source.path, range: ByteRange(at: 0)), fix: "put the file itself here")
  }

  fileprivate static var busyContent: Diagnostic {
    .error("tally/busy", "another count is writing into content/", at: nil, fix: "wait until it is done")
  }

  fileprivate static func changedMeanwhile(_ source: Source) -> Diagnostic {
    .error(
      "tally/changed-meanwhile", "somebody changed this file while the votes were counted",
      at: Location(path: source.path, range: ByteRange(at: 0)), fix: "count again")
  }
}
