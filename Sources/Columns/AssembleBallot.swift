import CivilTime
import SourceText
import YAML

extension Ballot {
  /// The vote that `file` describes, with the names of projects resolved.
  ///
  /// Those that are not published drop out, but their votes count: nobody else wins because of that.
  static func assemble(
    _ source: BallotSource, in file: PeriodSource, on page: Page, among projects: BallotProjects,
    below: VotesBelow, options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> Ballot {
    let state = State(of: source, options: options)
    var reading = BallotReading(file: file, projects: projects)
    let candidates = source.candidates.map { reading.read($0, of: "candidates") { $0 }.compactMap(\.writeUp) }
    let offered = candidates ?? projects.candidates
    // Who may win a vote below that isn't decided may be named here, and so may whoever wins before this vote closes.
    let candidatesAreKnown = candidates != nil || below.areKnown
    if candidates != nil || candidatesAreKnown && (state == .closed || state == .void) {
      reading.candidates = Set(offered)
    }
    let counted = reading.read(source.results, of: "results") { $0.project }
    let excluded = reading.read(source.disqualified, of: "disqualified") { $0.project }
    let named = source.winners.map { reading.read($0, of: "winners") { $0 } }
    let exclusions = excluded.compactMap { entry, writeUp in
      writeUp.map { Exclusion(writeUp: $0, reason: entry.reason) }
    }
    // One that is not published has its name alone.
    let barred = Set(exclusions.map(\.writeUp))
    let barredNames = Set(excluded.map(\.entry.project.value))
    func isBarred(_ name: Located<String>, _ writeUp: ID<WriteUp>?) -> Bool {
      writeUp.map(barred.contains) ?? barredNames.contains(name.value)
    }
    for winner in named ?? [] where isBarred(winner.entry, winner.writeUp) {
      reading.diagnostics.append(.disqualifiedWinner(winner.entry, in: file))
    }
    if source.state == .void, let winner = source.winners?.first {
      reading.diagnostics.append(.voidWinner(winner, in: file))
    }
    // Editors who decide against the count say why in a note, or disqualify.
    let favourite = counted.filter { !isBarred($0.entry.project, $0.writeUp) }
      .max { $0.entry.votes < $1.entry.votes }?.entry
    if state == .closed, source.note == nil, let favourite, let named, let winner = named.first?.entry,
      !named.contains(where: { $0.entry.value == favourite.project.value })
    {
      func votes(of winner: (entry: Located<String>, writeUp: ID<WriteUp>?)) -> Int {
        counted.first {
          $0.entry.project.value == winner.entry.value || $0.writeUp != nil && $0.writeUp == winner.writeUp
        }?.entry.votes ?? 0
      }
      let most = named.map { votes(of: $0) }.max() ?? 0
      if most < favourite.votes {
        reading.diagnostics.append(.winnerAgainstCount(winner, most, favourite, in: file))
      }
    }
    if let opens = source.opens?.value.start(in: options.zone), let closes = source.closes,
      closes.value.end(in: options.zone).seconds <= opens.seconds
    {
      reading.diagnostics.append(.closesBeforeOpening(closes, in: file))
    } else if let closes = source.closes, closes.value.day >= file.period.value.firstDay,
      let first = offered.map({ projects.key($0).day }).min(), closes.value.day < first
    {
      reading.diagnostics.append(.closesBeforeFilms(closes, first, in: file))
    } else if let closes = source.closes, let last = reading.lastCandidate, last.day > closes.value.day {
      reading.diagnostics.append(
        .closesBeforeLast(closes, last.name, last.day, isNamed: candidates != nil, in: file))
    }
    diagnostics += reading.diagnostics

    let standing = counted.filter { !isBarred($0.entry.project, $0.writeUp) }
    let total = standing.reduce(0) { $0 + $1.entry.votes }
    let most = standing.map(\.entry.votes).max() ?? 0
    var winners: [ID<WriteUp>] = []
    var winnerCount = 0
    // Winners that are written before the vote closes wait until it does.
    if state == .closed, let named {
      let won = named.filter { !isBarred($0.entry, $0.writeUp) }
      (winners, winnerCount) = (won.compactMap(\.writeUp), won.count)
    } else if state == .closed, most > 0 {
      let won = standing.filter { $0.entry.votes == most }
      (winners, winnerCount) = (won.compactMap(\.writeUp).sorted(), won.count)
    }
    // So do votes.
    let isShown = state == .closed || state == .void
    let lines = (isShown ? counted : []).compactMap { entry, writeUp -> Line? in
      guard let writeUp else { return nil }
      let isBarred = barred.contains(writeUp)
      return Line(
        writeUp: writeUp, votes: entry.votes,
        percent: total > 0 && !isBarred ? (entry.votes * 200 + total) / (total * 2) : 0,
        isWinner: winners.contains(writeUp), isDisqualified: isBarred)
    }
    func rank(_ line: Line) -> (Int, Int, ID<WriteUp>) {
      (line.isDisqualified ? 1 : 0, -line.votes, line.writeUp)
    }
    let closes = source.closes?.value
    let period = file.period.value
    let today = options.zone.timestamp(at: options.asOf.seconds).date
    let isOverEarly =
      isShown && (closes.map { $0.end(in: options.zone).seconds > options.asOf.seconds } ?? false)
    let hasMistakes = file.hasMistakes || reading.diagnostics.contains { $0.severity == .error }
    let isSettled = state == .void || state == .closed && (!counted.isEmpty || named != nil)
    return Ballot(
      column: projects.column, period: file.period.value, page: page, source: source,
      opens: source.opens?.value.start(in: options.zone), opensHasTime: source.opens?.value.hasTime ?? false,
      closes: isOverEarly ? nil : closes?.start(in: options.zone), closesHasTime: closes?.hasTime ?? false,
      state: state,
      candidates: offered,
      results: lines.sorted { rank($0) < rank($1) }, disqualified: exclusions, winners: winners,
      awaited: candidates == nil ? below.awaited : [],
      candidatesAreFinal: candidates != nil || period.kind == .week
        || below.awaited.isEmpty && period.lastDay < today,
      candidatesAreKnown: candidatesAreKnown,
      isDecided: isSettled && candidatesAreKnown && !hasMistakes,
      total: isShown ? total : 0,
      absentVotes: isShown ? standing.reduce(0) { $0 + ($1.writeUp == nil ? $1.entry.votes : 0) } : 0,
      disqualifiedVotes: isShown ? counted.reduce(-total) { $0 + $1.entry.votes } : 0,
      hasAbsentWinner: winnerCount > winners.count)
  }
}

/// A ballot while the names of its lists are looked up.
private struct BallotReading {
  let file: PeriodSource
  var projects: BallotProjects
  /// Whom readers choose among, once that is known.
  var candidates: Set<ID<WriteUp>>?
  var diagnostics: [Diagnostic] = []
  private var unknownCount = 0
  /// Of how many unknown names a likely meaning is looked for.
  private static let suggestedCount = 20

  init(file: PeriodSource, projects: BallotProjects) {
    self.file = file
    self.projects = projects
  }

  /// The candidate that appears last: of those that the file names, or else of those to come.
  var lastCandidate: (name: String, day: CivilDate)? {
    mutating get {
      guard file.vote?.candidates != nil else {
        return projects.lastToCome(of: file.period.value).map { ($0.slug, $0.day) }
      }
      var last: (name: String, day: CivilDate)?
      for name in file.vote?.candidates ?? [] {
        if let day = projects.day(of: name.value), last.map({ $0.day < day }) ?? true {
          last = (name.value, day)
        }
      }
      return last
    }
  }

  /// The first mention of each project that `entries` name; the write-up is `nil` where it is not published.
  mutating func read<Entry>(
    _ entries: [Entry], of list: String, _ name: (Entry) -> Located<String>
  ) -> [(entry: Entry, writeUp: ID<WriteUp>?)] {
    var names: Set<String> = []
    var writeUps: Set<ID<WriteUp>> = []
    return entries.compactMap { entry in
      let name = name(entry)
      guard names.insert(name.value).inserted else {
        diagnostics.append(.repeatedProject(name, in: file, list: list))
        return nil
      }
      switch projects.meaning(of: name.value) {
      case .published(let writeUp):
        guard writeUps.insert(writeUp).inserted else {
          diagnostics.append(.repeatedProject(name, in: file, list: list))
          return nil
        }
        if let candidates, !candidates.contains(writeUp) {
          diagnostics.append(.notACandidate(name, in: file, isWritten: file.vote?.candidates != nil))
          return nil
        }
        return (entry, writeUp)
      case .unpublished: return (entry, nil)
      case .ambiguous(let among):
        let names = among.map { projects.name(of: $0) }
        diagnostics.append(.ambiguousProject(name, in: file, among: names))
        return nil
      case .unknown:
        unknownCount += 1
        let isCompared = unknownCount <= Self.suggestedCount
        if isCompared, let slug = slugInPath(name.value) {
          diagnostics.append(.projectAsPath(name, slug, in: file))
        } else if isCompared, let other = projects.elsewhere(name.value, file.period.value) {
          diagnostics.append(.projectElsewhere(name, in: file, other))
        } else {
          diagnostics.append(.unknownProject(name, in: file, among: projects.names, isCompared: isCompared))
        }
        return nil
      }
    }
  }
}

extension BallotReading {
  /// The name of the write-up that `text` leads to as a path or an address, of its file or its page; `nil` where that is
  /// nobody's.
  private mutating func slugInPath(_ text: String) -> String? {
    var parts = text.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
    guard var name = parts.popLast() else { return nil }
    let isFile = name.hasSuffix(".md")
    if isFile { name = name.dropLast(3) }
    // The week or day in front is how a ballot tells two of one slug apart.
    if !isFile, parts.count == 1, ISOWeek(String(parts[0])) != nil || CivilDate(String(parts[0])) != nil {
      return nil
    }
    if name == "index", let folder = parts.popLast() { name = folder }
    let isDated = name.utf8.count > 11 && CivilDate(String(name.prefix(10))) != nil
    for name in [String(name), isDated ? String(name.dropFirst(11)) : nil].compactMap(\.self)
    where name != text {
      switch projects.meaning(of: name) {
      case .published(let writeUp): return projects.name(of: writeUp)
      case .unpublished: return name
      case .ambiguous, .unknown: continue
      }
    }
    return nil
  }
}

extension Ballot.State {
  /// How the vote of `source` stands at the build's moment.
  fileprivate init(of source: BallotSource, options: AssemblyOptions) {
    let now = options.asOf.seconds
    if source.state == .void || source.state == .closed {
      self = source.state == .void ? .void : .closed
    } else if let closes = source.closes?.value.end(in: options.zone), closes.seconds <= now {
      // A poll that was left `open` closes all the same.
      self = .closed
    } else if let opens = source.opens?.value.start(in: options.zone), opens.seconds > now {
      self = .upcoming
    } else {
      let isCounted = !source.results.isEmpty || source.winners != nil
      self = !isCounted || source.closes != nil || source.state == .open ? .open : .closed
    }
  }
}

extension Diagnostic {
  private static func ballot(
    _ id: String, _ message: String, at range: ByteRange, in file: PeriodSource, fix: String?
  ) -> Diagnostic {
    .error(
      "ballot/\(id)", message, at: Location(path: file.path.sourcePath, range: range), fix: fix)
  }

  fileprivate static func unknownProject(
    _ name: Located<String>, in file: PeriodSource, among names: [String], isCompared: Bool
  ) -> Diagnostic {
    let period = file.period.value
    let list = names.prefix(12).joined(separator: ", ") + (names.count > 12 ? " …" : "")
    return ballot(
      "unknown-project", "\(period) has no write-up '\(name.value)'", at: name.range, in: file,
      fix: (isCompared ? didYouMean(name.value, among: names) : nil)
        ?? (names.isEmpty ? "the \(period.kind.rawValue) is empty" : "its write-ups are \(list)"))
  }

  fileprivate static func projectAsPath(
    _ name: Located<String>, _ slug: String, in file: PeriodSource
  ) -> Diagnostic {
    ballot(
      "unknown-project", "'\(name.value)' is a path, and a ballot names write-ups by their slugs",
      at: name.range,
      in: file, fix: "write \(slug)")
  }

  fileprivate static func projectElsewhere(
    _ name: Located<String>, in file: PeriodSource, _ other: BallotProjects.Elsewhere
  ) -> Diagnostic {
    let period = file.period.value
    let isOfOtherWeek = period.kind == .week && period != .week(other.week)
    return ballot(
      "unknown-project",
      "\(period) has no write-up '\(name.value)'; \(other.path.sourcePath) is of \(isOfOtherWeek ? "\(other.week)" : "\(other.day)")",
      at: name.range, in: file,
      fix: "correct \(isOfOtherWeek ? "'date' or 'week'" : "'date'") there, or the name here")
  }

  fileprivate static func ambiguousProject(
    _ name: Located<String>, in file: PeriodSource, among names: [String]
  ) -> Diagnostic {
    ballot(
      "ambiguous-project", "\(file.period.value) has \(names.count) write-ups '\(name.value)'",
      at: name.range, in: file, fix: "write \(names.joined(separator: " or "))")
  }

  fileprivate static func repeatedProject(
    _ name: Located<String>, in file: PeriodSource, list: String
  ) -> Diagnostic {
    ballot(
      "repeated-project", "'\(name.value)' stands in \(list) twice; the first counts", at: name.range,
      in: file, fix: "remove one of the two")
  }

  fileprivate static func notACandidate(
    _ name: Located<String>, in file: PeriodSource, isWritten: Bool
  ) -> Diagnostic {
    ballot(
      "not-a-candidate", "'\(name.value)' is not on this ballot", at: name.range, in: file,
      fix: isWritten
        ? "add it to candidates, or remove it here"
        : "the winners of the rung below are; write 'candidates:' with everybody who is, or remove it here")
  }

  fileprivate static func disqualifiedWinner(_ name: Located<String>, in file: PeriodSource) -> Diagnostic {
    ballot(
      "disqualified-winner", "'\(name.value)' is disqualified and can't win", at: name.range, in: file,
      fix: "remove it from winners or from disqualified")
  }

  fileprivate static func voidWinner(_ name: Located<String>, in file: PeriodSource) -> Diagnostic {
    .warning(
      "ballot/void-winner", "'\(name.value)' can't win, as the vote is void",
      at: Location(path: file.path.sourcePath, range: name.range),
      fix: "remove 'winners', or write 'status: closed' if the vote counts")
  }

  fileprivate static func winnerAgainstCount(
    _ name: Located<String>, _ votes: Int, _ favourite: ResultEntry, in file: PeriodSource
  ) -> Diagnostic {
    .warning(
      "ballot/winner-against-count",
      "'\(name.value)' wins, and '\(favourite.project.value)' has more votes: \(favourite.votes) to \(votes)",
      at: Location(path: file.path.sourcePath, range: name.range),
      fix: "correct 'winners'; if it is right, say why in 'note', or disqualify '\(favourite.project.value)'")
  }

  fileprivate static func closesBeforeOpening(_ closes: Located<Moment>, in file: PeriodSource) -> Diagnostic
  {
    ballot(
      "closes-before-opening", "this vote closes before it opens", at: closes.range, in: file,
      fix: "correct 'opens' or 'closes'")
  }
}
