import CSV
import CivilTime
import SourceText

/// The votes of an exported poll, counted.
///
/// Each row is a ballot. Those cast before the poll opened or after it closed are left out, then those without a choice;
/// of a voter's others the last counts, and what it says is looked for among the candidates. Nothing of the export is
/// kept but the counts.
public struct Tally: Sendable {
  /// What decides which ballots count, and for whom.
  public struct Rules: Sendable {
    /// When the poll opens, if that matters.
    public var opens: Timestamp?
    /// When it closes; who votes at that very moment is late.
    public var closes: Timestamp?
    /// The zone of times that are written without one.
    public var zone: TimeZoneRules
    /// The order of day and month, if it is told.
    public var dateOrder: DateOrder?
    /// The slugs that choices mean which are no candidate's name; an empty one leaves the choice out.
    public var meanings: [(choice: String, slug: String)] = []
    /// Whether a ballot may name several candidates; it then counts once for each.
    public var allowsSeveral = false
    /// Whether choices that mean no candidate are left out with a warning, instead of being errors.
    public var ignoresUnknown = false

    /// Rules by which every ballot counts that names a candidate.
    public init(zone: TimeZoneRules) { self.zone = zone }
  }

  /// The candidates, in their order.
  public let candidates: [Candidate]
  /// The votes of each.
  public private(set) var votes: [Int]
  /// All ballots.
  public private(set) var ballotCount = 0
  /// Those that count.
  public private(set) var countedCount = 0
  /// Why ballots don't count, and how many.
  public private(set) var leftOut: [Reason: Int] = [:]
  /// The order of day and month that the dates were read in; `nil` where it makes no difference.
  public private(set) var dateOrder: DateOrder?
  /// Those that count although nobody can tell whose they are.
  public private(set) var anonymousCount = 0

  /// Why a ballot doesn't count.
  public enum Reason: Int, Sendable, CaseIterable {
    /// It was cast before the poll opened, after it closed, or names nobody.
    case early, late, blank
    /// A later one of the same voter counts.
    case replaced
    /// It names what is to be left out, nobody known, or more than one.
    case excluded, unknown
  }

  /// Counts the ballots of `table`; whatever is wrong with them is reported, and with an error among the reports the
  /// counts are not to be used.
  ///
  /// - Complexity: O(*n* log *n*) in the number of ballots.
  public init(
    _ table: Table, columns: PollColumns, candidates: [Candidate], rules: Rules,
    diagnostics: inout [Diagnostic]
  ) {
    self.candidates = candidates
    votes = Array(repeating: 0, count: candidates.count)
    ballotCount = table.rowCount
    let file = BallotFile(table: table, columns: columns)
    if table.rowCount == 0 { diagnostics.append(.noBallots(file)) }
    let times = file.times(rules, order: &dateOrder, diagnostics: &diagnostics)
    let valid = (0..<table.rowCount).filter { row in
      guard let reason = Self.reason(against: row, at: times?[row], in: file, rules) else { return true }
      leftOut[reason, default: 0] += 1
      return false
    }
    let last = lastOfEachVoter(valid, in: file, times: times)
    count(last, in: file, rules, &diagnostics)
  }

  private static func reason(
    against row: Int, at time: Timestamp?, in file: BallotFile, _ rules: Rules
  ) -> Reason? {
    if let time {
      if let opens = rules.opens, time.seconds < opens.seconds { return .early }
      if let closes = rules.closes, time.seconds >= closes.seconds { return .late }
    }
    return file.choice(row).isEmpty ? .blank : nil
  }

  /// The ballots among `rows` that no later one of the same voter replaces; of two at the same time, the lower one in
  /// the file is the later. A voter's key is taken without regard to case.
  private mutating func lastOfEachVoter(_ rows: [Int], in file: BallotFile, times: [Timestamp?]?) -> [Int] {
    guard file.columns.voter != nil else { return rows }
    var ordered = rows
    if let times {
      ordered.sort { (times[$0]?.seconds ?? .min, $0) < (times[$1]?.seconds ?? .min, $1) }
    }
    var seen: Set<String> = []
    var last: [Int] = []
    for row in ordered.reversed() {
      let voter = file.voter(row)
      if voter.isEmpty {
        anonymousCount += 1
        last.append(row)
      } else if seen.insert(voter).inserted {
        last.append(row)
      } else {
        leftOut[.replaced, default: 0] += 1
      }
    }
    return last.sorted()
  }

  private mutating func count(
    _ rows: [Int], in file: BallotFile, _ rules: Rules, _ diagnostics: inout [Diagnostic]
  ) {
    let list = CandidateList(candidates)
    let meanings = meanings(rules, list, file, &diagnostics)
    var strangers = Strangers()
    for row in rows {
      let choice = file.choice(row)
      if let meaning = meanings[CandidateList.folded(choice)] {
        if let index = meaning {
          add([index])
        } else {
          leftOut[.excluded, default: 0] += 1
        }
        continue
      }
      switch list.meaning(of: choice) {
      case .one(let index): add([index])
      case .several(let indices) where rules.allowsSeveral: add(indices)
      case .several, .ambiguous, .unknown:
        leftOut[.unknown, default: 0] += 1
        strangers.add(choice, at: file.place(row), list.meaning(of: choice))
      }
    }
    diagnostics += strangers.diagnostics(among: list, isIgnored: rules.ignoresUnknown)
  }

  private mutating func add(_ indices: [Int]) {
    countedCount += 1
    for index in indices { votes[index] += 1 }
  }

  private func meanings(
    _ rules: Rules, _ list: CandidateList, _ file: BallotFile, _ diagnostics: inout [Diagnostic]
  ) -> [String: Int?] {
    var meanings: [String: Int?] = [:]
    for (choice, slug) in rules.meanings {
      let index = candidates.firstIndex { $0.slug == slug }
      if index == nil, !slug.isEmpty {
        diagnostics.append(.unknownCandidate(slug, among: candidates))
      } else {
        meanings.updateValue(index, forKey: CandidateList.folded(choice))
      }
    }
    return meanings
  }
}

// MARK: - What came of it

extension Tally {
  /// The candidates with their votes, most first; those with as many in the candidates' order.
  public var lines: [(candidate: Candidate, votes: Int)] {
    candidates.indices.sorted { (votes[$1], $0) < (votes[$0], $1) }.map { (candidates[$0], votes[$0]) }
  }
}

// MARK: - Ballots

/// The rows of a poll's export as ballots.
private struct BallotFile {
  let table: Table
  let columns: PollColumns

  func choice(_ row: Int) -> String { table.text(row: row, column: columns.choice) }

  func voter(_ row: Int) -> String {
    columns.voter.map { singleSpaced(table.text(row: row, column: $0)).lowercased() } ?? ""
  }

  func place(_ row: Int) -> Location { place(row, columns.choice) }

  func place(_ row: Int, _ column: Int) -> Location {
    Location(path: table.source.path, range: table.range(row: row, column: column))
  }

  /// When each ballot was cast; `nil` without a column that says so.
  ///
  /// The order of day and month is the one told, or the only one in which all dates are days. It is never guessed.
  func times(
    _ rules: Tally.Rules, order: inout DateOrder?, diagnostics: inout [Diagnostic]
  ) -> [Timestamp?]? {
    guard let column = columns.time else { return nil }
    let written = (0..<table.rowCount).map { row -> PollTime? in
      let text = table.text(row: row, column: column)
      let time = PollTime(text)
      if time == nil { diagnostics.append(.notATime(text, at: place(row, column))) }
      return time
    }
    func first(where isWanted: (PollTime) -> Bool) -> Location? {
      written.firstIndex { $0.map(isWanted) ?? false }.map { place($0, column) }
    }
    let strange = DateOrder.allCases.map { order in (order, first { !$0.isDay(order) }) }
    let possible = strange.filter { $0.1 == nil }.map(\.0)
    if let told = rules.dateOrder {
      order = told
      if let place = strange.first(where: { $0.0 == told })?.1 {
        diagnostics.append(.notInOrder(told, at: place))
      }
    } else if possible.count == 1 {
      order = possible[0]
    } else if possible.isEmpty {
      diagnostics.append(.mixedOrders(strange.map(\.1)))
    } else if let place = first(where: \.isAmbiguous) {
      diagnostics.append(.ambiguousDates(at: place))
    }
    let usedOrder = order ?? .monthFirst
    return written.map { $0?.timestamp(usedOrder, in: rules.zone) }
  }
}

/// Choices that mean no candidate, each with how often it was made.
private struct Strangers {
  private struct Choice {
    let text: String
    let place: Location
    let meaning: CandidateList.Meaning
    var count = 0
  }

  private var choices: [String: Choice] = [:]
  /// Those that look like addresses of people, which are not to be shown.
  private var addresses: (count: Int, place: Location)?
  /// How many are listed one by one.
  private static let listedCount = 20

  mutating func add(_ text: String, at place: Location, _ meaning: CandidateList.Meaning) {
    if meaning == .unknown, text.utf8.contains(0x40) {
      addresses = ((addresses?.count ?? 0) + 1, addresses?.place ?? place)
    } else {
      choices[CandidateList.folded(text), default: Choice(text: text, place: place, meaning: meaning)]
        .count += 1
    }
  }

  func diagnostics(among list: CandidateList, isIgnored: Bool) -> [Diagnostic] {
    let severity: Diagnostic.Severity = isIgnored ? .warning : .error
    let sorted = choices.values.sorted {
      ($1.count, $0.place.range.lowerBound) < ($0.count, $1.place.range.lowerBound)
    }
    var result = sorted.prefix(Self.listedCount).map { choice -> Diagnostic in
      switch choice.meaning {
      case .several: .severalChoices(severity, choice.text, choice.count, at: choice.place)
      case .ambiguous: .ambiguousChoice(severity, choice.text, choice.count, list, at: choice.place)
      case .one, .unknown: .unknownChoice(severity, choice.text, choice.count, list, at: choice.place)
      }
    }
    let others = sorted.dropFirst(Self.listedCount)
    if let first = others.first {
      result.append(
        .moreUnknown(severity, others.count, others.reduce(0) { $0 + $1.count }, at: first.place))
    }
    if let addresses { result.append(.choicesAreAddresses(severity, addresses.count, at: addresses.place)) }
    return result
  }
}

extension Diagnostic {
  fileprivate static func noBallots(_ file: BallotFile) -> Diagnostic {
    .error(
      "tally/no-ballots", "there are no answers below the first row, which names the columns",
      at: Location(path: file.table.source.path, range: ByteRange(at: 0)), fix: "export the answers again")
  }

  /// Quotes what is most likely a time and nothing else: nobody's name is printed.
  fileprivate static func notATime(_ text: String, at place: Location) -> Diagnostic {
    let isNumber = text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    let shown = isNumber && text.utf8.count <= 40 && !text.utf8.contains(0x40) ? "'\(text)'" : "this"
    return .error(
      "tally/not-a-time", text.isEmpty ? "this ballot has no time" : "\(shown) is no day with a time",
      at: place,
      fix:
        "times are written like 2026-11-20 17:03:22, 11/20/2026 5:03 PM or 20.11.2026 17:03, with or without "
        + "an offset such as -05:00")
  }

  fileprivate static func notInOrder(_ order: DateOrder, at place: Location) -> Diagnostic {
    .error(
      "tally/ambiguous-dates", "this is no day if dates are \(order.rawValue)", at: place,
      fix:
        "is --dates \(order == .dayFirst ? DateOrder.monthFirst.rawValue : DateOrder.dayFirst.rawValue) right?"
    )
  }

  fileprivate static func ambiguousDates(at place: Location) -> Diagnostic {
    .error(
      "tally/ambiguous-dates",
      "is the first number of this date the day or the month? No date of the file tells",
      at: place, fix: "say --dates day-first or --dates month-first")
  }

  fileprivate static func mixedOrders(_ places: [Location?]) -> Diagnostic {
    .error(
      "tally/ambiguous-dates", "this date can't be day first, and another one can't be month first",
      at: places.first ?? nil, fix: "export the answers with dates of one form, such as 2026-11-20",
      notes: [Note("this is the other one", at: places.last ?? nil)])
  }

  fileprivate static func unknownCandidate(_ slug: String, among candidates: [Candidate]) -> Diagnostic {
    .error(
      "tally/unknown-candidate", "--map names '\(slug)', which is not on the ballot", at: nil,
      fix: didYouMean(slug, among: candidates.map(\.slug))
        ?? "the candidates are \(candidates.map(\.slug).joined(separator: ", "))")
  }

  fileprivate static func unknownChoice(
    _ severity: Severity, _ choice: String, _ count: Int, _ list: CandidateList, at place: Location
  ) -> Diagnostic {
    let suggestion = list.suggestion(for: choice)
    let option = mapOption(choice, suggestion?.slug ?? "SLUG")
    return Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots(count)) for '\(shortened(choice))', which is not on the ballot",
      at: place,
      fix: suggestion.map { "did you mean '\($0.title)'? Then add \(option)" }
        ?? "add \(option), or \(mapOption(choice, "")) to leave it out")
  }

  fileprivate static func ambiguousChoice(
    _ severity: Severity, _ choice: String, _ count: Int, _ list: CandidateList, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots(count)) for '\(shortened(choice))', which is the name of two candidates", at: place,
      fix: "add \(mapOption(choice, "SLUG"))")
  }

  fileprivate static func severalChoices(
    _ severity: Severity, _ choice: String, _ count: Int, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/several-choices",
      "\(ballots(count)) for several candidates at once: '\(shortened(choice))'", at: place,
      fix: "if voters may choose several, add --several, and each gets a vote")
  }

  fileprivate static func moreUnknown(
    _ severity: Severity, _ choices: Int, _ count: Int, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots(count)) for \(choices) more choices that are not on the ballot",
      at: place, fix: "does --choice name the right column? If it does, --ignore-unknown leaves them all out")
  }

  fileprivate static func choicesAreAddresses(_ severity: Severity, _ count: Int, at place: Location)
    -> Diagnostic
  {
    Diagnostic(
      severity, "tally/unknown-choice", "\(ballots(count)) for what looks like an e-mail address", at: place,
      fix: "does --choice name the right column?")
  }

  private static func ballots(_ count: Int) -> String { count == 1 ? "1 ballot is" : "\(count) ballots are" }

  private static func shortened(_ choice: String) -> String {
    choice.count > 80 ? choice.prefix(80) + "…" : choice
  }

  /// The option that says what a choice means, as a shell reads it.
  private static func mapOption(_ choice: String, _ slug: String) -> String {
    "--map '\(choice.count > 80 ? "TEXT" : choice.replacing("'", with: "'\\''"))=\(slug)'"
  }
}
