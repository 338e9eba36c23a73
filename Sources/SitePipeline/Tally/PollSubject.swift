public import CivilTime
import Columns
import SourceText
public import YAML

/// The ballot that a poll was about: the file that has it, and what it says.
struct PollSubject: Sendable {
  /// The file.
  let path: ContentPath
  /// Its bytes as they were read.
  let source: Source
  /// The name of its column.
  let column: String
  /// The ballot.
  let vote: BallotSource
  /// What voters chose among, and which write-ups these are.
  let candidates: [Candidate], writeUps: [ID<WriteUp>]
  /// The ballot as a build has it, and all that it can name.
  let ballot: Ballot, archive: Archive
  /// The zone of times without one.
  let zone: TimeZoneRules
  /// When the poll opens, as the file has it, or else the first day of the period.
  let opening: Moment
  /// The moments at which the poll opens and closes.
  let opens: Timestamp, closes: Timestamp?
}

extension PollSubject {
  /// Finds the ballot that `options` name; `nil`, with what is wrong, when there is none, or it isn't closed yet.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func find(
    _ options: PollCount.Options, in content: Directory, _ diagnostics: inout [Diagnostic]
  ) async throws -> PollSubject? {
    var problems: [Diagnostic] = []
    let read = try await Content.read(
      content, jobs: options.jobs,
      wanted: { path in
        switch path.kind {
        case .column, .period, .writeUp: true
        case .site, .comments, .person, .freePage, .media: false
        }
      },
      diagnostics: &problems)
    guard let read else {
      diagnostics += problems
      return nil
    }
    var zone = read.zone
    if let name = options.zone {
      guard let named = TimeZoneRules.named(name) else {
        diagnostics.append(.unknownZone(name))
        return nil
      }
      zone = named
    }
    guard let (note, column) = note(options, read.sources, problems, &diagnostics) else { return nil }
    // What can't be read may be a candidate.
    let lost = Set(
      read.sources.unreadable.lazy.filter { $0.kind == .writeUp && isInside($0.folder, column.path.folder) }
        .map(\.sourcePath))
    let below = filesBelow(note, of: column, in: read.sources)
    let found = problems.filter { problem in
      guard problem.severity == .error, let path = problem.location?.path else { return false }
      return path == note.path.sourcePath || lost.contains(path) || below.contains(path)
    }
    diagnostics += found.sorted()
    guard found.isEmpty else { return nil }
    guard let vote = note.vote else {
      diagnostics.append(.noVote(note))
      return nil
    }
    let now = options.asOf.start(in: read.zone)
    let closes = vote.closes?.value.end(in: read.zone)
    if let problem = Diagnostic.stillOpen(note, vote, closes, now: now, isDryRun: options.isDryRun) {
      diagnostics.append(problem)
      guard options.isDryRun else { return nil }
    }
    let field = field(
      of: note, vote, of: column, in: read, asOf: closes ?? now, below: below, &diagnostics)
    guard let (archive, ballot, writeUps) = field,
      let bytes = try content.read(note.path.text, limit: textByteLimit + 1)
    else { return nil }
    let candidates = zip(writeUps, archive.names(of: writeUps, on: ballot)).map { id, name in
      let writeUp = archive.writeUps[id].source
      // Where the ballot offers one of those with this slug, the slug will do for voters.
      let others = name == writeUp.slug ? [] : [writeUp.slug]
      return Candidate(
        slug: name, title: writeUp.title, alternateTitles: writeUp.project.alternateTitles + others)
    }
    let opening = vote.opens?.value ?? .date(note.period.value.firstDay)
    return PollSubject(
      path: note.path, source: Source(path: note.path.sourcePath, bytes: bytes), column: column.name,
      vote: vote, candidates: candidates, writeUps: writeUps, ballot: ballot, archive: archive, zone: zone,
      opening: opening, opens: opening.start(in: read.zone), closes: closes)
  }

  /// The file about the period that is asked for, and its column.
  private static func note(
    _ options: PollCount.Options, _ sources: ContentSources, _ problems: [Diagnostic],
    _ diagnostics: inout [Diagnostic]
  ) -> (note: PeriodSource, column: ColumnSource)? {
    var found = sources.periods.filter { $0.period.value == options.period }.sorted { $0.path < $1.path }
      .compactMap { note in column(of: note.path, in: sources).map { (note: note, column: $0) } }
    if let name = options.column {
      guard sources.columns.contains(where: { $0.isCalled(name) }) else {
        diagnostics.append(.noColumn(name, sources.columns))
        return nil
      }
      found = found.filter { $0.column.isCalled(name) }
    }
    if found.isEmpty {
      // One that can't be read may be the one.
      let lost = sources.unreadable.filter { $0.kind == .period(options.period.kind) }.map(\.sourcePath)
      diagnostics += problems.filter { $0.severity == .error && lost.contains($0.location?.path ?? "") }
        .sorted()
      diagnostics.append(.noNote(options.period, sources.periods))
      return nil
    }
    guard found.count == 1 else {
      diagnostics.append(.severalNotes(options.period, found))
      return nil
    }
    return found[0]
  }

  /// The files whose winners are the candidates of `note`: of the weeks and months within its month or year. Of one that
  /// can't be read nobody knows what it is about.
  private static func filesBelow(
    _ note: PeriodSource, of column: ColumnSource, in sources: ContentSources
  ) -> Set<String> {
    guard note.vote?.candidates == nil else { return [] }
    func isOfColumn(_ path: ContentPath) -> Bool { self.column(of: path, in: sources)?.path == column.path }
    let period = note.period.value
    let read = sources.periods.filter { $0.period.value.isWithin(period) }.map(\.path)
    let unreadable = sources.unreadable.filter { path in
      guard case .period(let kind) = path.kind else { return false }
      return kind < period.kind
    }
    return Set((read + unreadable).filter(isOfColumn).map(\.sourcePath))
  }

  private static func column(of path: ContentPath, in sources: ContentSources) -> ColumnSource? {
    ColumnFolders(sources.columns)[path.folder].map { sources.columns[$0] }
  }

  private static func isInside(_ folder: String, _ column: String) -> Bool {
    (folder + "/").hasPrefix(column + "/")
  }

  /// The films of the column's other weeks, newest first.
  var elsewhere: [(candidate: Candidate, period: String)] {
    let here = Set(writeUps)
    var titles: Set<String> = []
    return archive.writeUps.indices.reversed().compactMap { index in
      let writeUp = archive.writeUps[index]
      guard writeUp.column == ballot.column, !here.contains(ID(index)),
        titles.insert(writeUp.source.title).inserted
      else { return nil }
      return (
        Candidate(
          slug: writeUp.source.slug, title: writeUp.source.title,
          alternateTitles: writeUp.source.project.alternateTitles), "\(Period.week(writeUp.isoWeek))"
      )
    }
  }

  /// What the votes of `tally` come to, as a build shows it.
  func lines(of tally: Tally) -> [PollCount.Line] {
    let former = Dictionary(
      zip(slugs(for: vote.results.map(\.project.value)), vote.results.map(\.votes)),
      uniquingKeysWith: { first, _ in first })
    let known = Dictionary(zip(writeUps, candidates), uniquingKeysWith: { first, _ in first })
    let votes = zip(candidates, tally.votes).map { (name: $0.slug, votes: $1) }
    return archive.closed(ballot, with: votes).results.compactMap { line in
      known[line.writeUp].map { candidate in
        PollCount.Line(
          candidate: candidate, votes: line.votes, percent: line.isDisqualified ? nil : line.percent,
          wins: line.isWinner, former: former[candidate.slug])
      }
    }
  }

  /// The candidates' slugs, for `names` that the file has for them; a name that means none of them stays.
  func slugs(for names: [String]) -> [String] {
    let slugs = Dictionary(zip(writeUps, candidates.map(\.slug)), uniquingKeysWith: { first, _ in first })
    return zip(names, archive.meanings(of: names, on: ballot)).map { name, writeUp in
      writeUp.flatMap { slugs[$0] } ?? name
    }
  }

  /// The ballot of `note`, and what it offered when it closed, drafts and what has expired since among them.
  private static func field(
    of note: PeriodSource, _ vote: BallotSource, of column: ColumnSource, in content: Content,
    asOf: Timestamp, below: Set<String>, _ diagnostics: inout [Diagnostic]
  ) -> (Archive, Ballot, [ID<WriteUp>])? {
    var problems: [Diagnostic] = []
    let archive = Archive.assemble(
      content.sources,
      options: AssemblyOptions(asOf: asOf, zone: content.zone, includesDrafts: true, includesFuture: true),
      diagnostics: &problems)
    // Wrong results are about to be replaced; wrong candidates, and results that make candidates, are not.
    let places = Set((vote.candidates ?? []).map(\.range) + vote.disqualified.map(\.project.range))
    let wrong = problems.filter { problem in
      guard problem.severity == .error, let place = problem.location else { return false }
      return place.path == note.path.sourcePath && places.contains(place.range) || below.contains(place.path)
    }
    diagnostics += wrong.sorted()
    let ballot = archive.ballots.first {
      $0.period == note.period.value && archive.columns[$0.column].source.path == column.path
    }
    guard wrong.isEmpty, let ballot else {
      if wrong.isEmpty { diagnostics.append(.noCandidates(note)) }
      return nil
    }
    let excluded = ballot.disqualified.map(\.writeUp)
    let named = ballot.candidates.filter { vote.candidates != nil || !archive.writeUps[$0].source.isDraft }
    let all = named + excluded.filter { !named.contains($0) }
    if vote.candidates == nil, !ballot.awaited.isEmpty {
      diagnostics.append(.uncounted(archive.periods(of: ballot.awaited), for: note, isEmpty: all.isEmpty))
    } else if all.isEmpty {
      diagnostics.append(.noCandidates(note))
    }
    return all.isEmpty ? nil : (archive, ballot, all)
  }
}

extension Diagnostic {
  private static func place(_ note: PeriodSource) -> Location {
    Location(path: note.path.sourcePath, range: note.period.range)
  }

  fileprivate static func noNote(_ period: Period, _ notes: [PeriodSource]) -> Diagnostic {
    let kind = period.kind.rawValue
    let others = Set(notes.filter { $0.vote != nil }.map(\.period.value).filter { $0.kind == period.kind })
      .sorted().suffix(5)
    return .error(
      "tally/no-note", "no _\(kind).md is about \(period)", at: nil,
      fix: others.isEmpty
        ? "make one with '\(kind): \(period)' and 'vote:' in a column's folder"
        : "the latest \(kind)s with a vote are \(others.map(\.description).joined(separator: ", "))"
    )
  }

  fileprivate static func severalNotes(
    _ period: Period, _ found: [(note: PeriodSource, column: ColumnSource)]
  ) -> Diagnostic {
    let folders = Set(found.map(\.column.path.folder)).sorted()
    return .error(
      "tally/several-columns", "\(found.count) files are about \(period)", at: place(found[0].note),
      fix: folders.count > 1
        ? "name the column with --column \(folders.joined(separator: " or --column "))"
        : "merge them into one",
      notes: found.dropFirst().map { Note("another one", at: place($0.note)) })
  }

  fileprivate static func noVote(_ note: PeriodSource) -> Diagnostic {
    .error(
      "tally/no-vote", "\(note.period.value) has no vote", at: place(note),
      fix: "add 'vote:' to this file, with 'closes:' below it")
  }

  fileprivate static func noCandidates(_ note: PeriodSource) -> Diagnostic {
    .error(
      "tally/no-candidates", "\(note.period.value) has no write-ups to vote for", at: place(note),
      fix: "are they in another week, or another column?")
  }

  fileprivate static func uncounted(_ periods: String, for note: PeriodSource, isEmpty: Bool) -> Diagnostic {
    Diagnostic(
      isEmpty ? .error : .warning, "tally/uncounted-below",
      isEmpty
        ? "nobody is on the ballot of \(note.period.value) yet: undecided so far is \(periods)"
        : "not all are on the ballot of \(note.period.value) yet: undecided so far is \(periods)",
      at: place(note), fix: "count these first, or write 'candidates' below 'vote'")
  }

  /// What is said of a vote that hasn't ended; `nil` of one that has.
  fileprivate static func stillOpen(
    _ note: PeriodSource, _ vote: BallotSource, _ closes: Timestamp?, now: Timestamp, isDryRun: Bool
  ) -> Diagnostic? {
    if vote.state == .closed || vote.state == .void { return nil }
    let when: String
    if let closes, let written = vote.closes?.value {
      guard closes.seconds > now.seconds else { return nil }
      when = "closes \(written.closing)"
    } else {
      guard vote.state == .open else { return nil }
      when = "is open"
    }
    return Diagnostic(
      isDryRun ? .note : .error, "tally/still-open", "the vote of \(note.period.value) \(when)",
      at: vote.closes.map { Location(path: note.path.sourcePath, range: $0.range) } ?? place(note),
      fix: isDryRun ? nil : "count it after that, or see how it stands with --dry-run")
  }

  fileprivate static func unknownZone(_ name: String) -> Diagnostic {
    .error(
      "tally/unknown-timezone", "no time zone is called '\(name)'", at: nil,
      fix: didYouMean(name, among: TimeZoneRules.knownNames)
        ?? "write one such as America/New_York, Europe/Paris or UTC")
  }
}

extension Moment {
  /// When a vote opens that opens then: `on 2026-11-20 at 17:00`, or `on 2026-11-20`.
  public var opening: String {
    switch self {
    case .date(let day): "on \(day)"
    case .timestamp(let time): "on \(time.date) at \(time.timeOfDay)"
    }
  }

  /// When a vote closes that closes then: `on 2026-11-20 at 17:00`, or `at the end of 2026-11-20`.
  public var closing: String {
    if case .date(let day) = self { "at the end of \(day)" } else { opening }
  }
}

extension Timestamp {
  /// The hour and minute, as `17:00`.
  public var timeOfDay: String { "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)" }
}
