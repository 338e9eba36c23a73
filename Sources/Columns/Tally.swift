import CSV
import CivilTime
import SourceText

/// The votes of an exported poll, counted.
///
/// Each row is a ballot. Those cast before the poll opened or after it closed are left out, then those without a choice;
/// of a voter's others the last counts, and what it says is looked for among the candidates. In a table of counts each
/// row is a choice with its votes. Nothing of the export is kept but the counts.
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
    /// Whether a ballot may name several candidates; it then counts once for each, whatever else it names.
    public var allowsSeveral = false
    /// Films that are on other ballots, each with what it is on: `2026-W45`.
    public var elsewhere: [(candidate: Candidate, period: String)] = []
    /// Whether choices that mean no candidate are left out with a warning, instead of being errors.
    public var ignoresUnknown = false

    /// Rules by which every ballot counts that names a candidate.
    public init(zone: TimeZoneRules) { self.zone = zone }
  }

  /// The candidates, in their order.
  public let candidates: [Candidate]
  /// The votes of each.
  public private(set) var votes: [Int]
  /// Whether it was votes that were counted, in a table of them, and not ballots.
  public let countsVotes: Bool
  /// All ballots, or all votes.
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
    /// It was cast before the poll opened, or after it closed.
    case early, late
    /// Nothing says when it was cast, which matters, or whom it chooses.
    case undated, blank
    /// A later one of the same voter counts.
    case replaced
    /// It names what is to be left out, or nobody known.
    case excluded, unknown
    /// It names more than one, and may not.
    case several
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
    countsVotes = columns.votes != nil
    votes = Array(repeating: 0, count: candidates.count)
    if table.rowCount == 0 { diagnostics.append(.noBallots(table)) }
    let list = CandidateList(candidates, others: rules.meanings.map(\.choice))
    let meanings = meanings(rules, &diagnostics)
    let file = BallotFile(table, columns) { text in
      if meanings[CandidateList.folded(text)] != nil { return true }
      if case .one = list.meaning(of: text) { return true }
      return false
    }
    let times = file.times(rules, order: &dateOrder, diagnostics: &diagnostics)
    let weights = file.weights(&diagnostics)
    ballotCount = weights?.reduce(0, +) ?? table.rowCount
    let valid = (0..<table.rowCount).filter { row in
      let weight = weights?[row] ?? 1
      guard weight > 0 else { return false }
      guard let reason = Self.reason(against: row, at: times.map { $0[row] }, in: file, rules) else {
        return true
      }
      leftOut[reason, default: 0] += weight
      return false
    }
    var strangers = Strangers(countsVotes: countsVotes)
    let keys = VoterKeys(of: valid, in: file)
    diagnostics += keys.diagnostics
    for row in lastOfEachVoter(valid, in: file, times: times, keys) {
      let choices = file.choices(row)
      count(choices, list, meanings, rules, weight: weights?[row] ?? 1, in: file, &strangers)
    }
    diagnostics += strangers.diagnostics(
      among: list, elsewhere: rules.elsewhere, isIgnored: rules.ignoresUnknown)
  }

  private static func reason(
    against row: Int, at time: Timestamp??, in file: BallotFile, _ rules: Rules
  ) -> Reason? {
    if let time = time ?? nil {
      if let opens = rules.opens, time.seconds < opens.seconds { return .early }
      if let closes = rules.closes, time.seconds >= closes.seconds { return .late }
    } else if time != nil, rules.opens != nil || rules.closes != nil {
      return .undated
    }
    return file.choices(row).isEmpty ? .blank : nil
  }

  /// The ballots among `rows` that no later one of the same voter replaces; of two at the same time, the lower one in
  /// the file is the later. A voter's key is taken without regard to case.
  private mutating func lastOfEachVoter(
    _ rows: [Int], in file: BallotFile, times: [Timestamp?]?, _ keys: VoterKeys
  ) -> [Int] {
    guard file.hasVoters else { return rows }
    var ordered = rows
    if let times {
      ordered.sort { (times[$0]?.seconds ?? .min, $0) < (times[$1]?.seconds ?? .min, $1) }
    }
    var seen: Set<String> = []
    var last: [Int] = []
    for row in ordered.reversed() {
      let voter = file.voter(row)
      if keys.isNobody(voter) {
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

  /// Counts a ballot that chooses `choices`, or as many votes as are its `weight`.
  private mutating func count(
    _ choices: [BallotFile.Choice], _ list: CandidateList, _ meanings: [String: Int?], _ rules: Rules,
    weight: Int, in file: BallotFile, _ strangers: inout Strangers
  ) {
    var found: Set<Int> = []
    var seen: Set<String> = []
    var isKnown = true
    for choice in choices {
      // With boxes to tick, what is unknown, as under "Other", takes nothing from the rest.
      for name in rules.allowsSeveral ? list.choices(in: choice.text) : [choice.text] {
        let key = CandidateList.folded(name)
        guard seen.insert(key).inserted else { continue }
        if let meaning = meanings[key] {
          if let meaning { found.insert(meaning) }
          continue
        }
        let meaning = list.meaning(of: name)
        switch meaning {
        case .one(let index): found.insert(index)
        case .several(let indices): found.formUnion(indices)
        case .ambiguous, .unknown:
          isKnown = false
          strangers.add(name, weight, at: file.place(choice), meaning)
        }
      }
    }
    if isKnown, found.count > 1, !rules.allowsSeveral, let first = choices.first {
      isKnown = false
      let text = choices.map(\.text).joined(separator: ", ")
      strangers.add(text, weight, at: file.place(first), .several(found.sorted()))
    }
    if found.isEmpty || !(isKnown || rules.allowsSeveral) {
      let reason: Reason = isKnown ? .excluded : found.count > 1 ? .several : .unknown
      leftOut[reason, default: 0] += weight
    } else {
      countedCount += weight
      for index in found { votes[index] += weight }
    }
  }

  /// The candidates that choices mean, as the rules say; `nil` for what is to be left out.
  private func meanings(_ rules: Rules, _ diagnostics: inout [Diagnostic]) -> [String: Int?] {
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

extension Diagnostic {
  fileprivate static func noBallots(_ table: Table) -> Diagnostic {
    .error(
      "tally/no-ballots", "there are no answers below the first row, which names the columns",
      at: Location(path: table.source.path, range: ByteRange(at: 0)), fix: "export the answers again")
  }

  fileprivate static func unknownCandidate(_ slug: String, among candidates: [Candidate]) -> Diagnostic {
    .error(
      "tally/unknown-candidate", "--map names '\(slug)', which is not on the ballot", at: nil,
      fix: didYouMean(slug, among: candidates.map(\.slug))
        ?? "the candidates are \(candidates.map(\.slug).joined(separator: ", "))")
  }
}
