import SourceText

/// Choices that mean no candidate, each with how often it was made.
struct Strangers {
  private struct Choice {
    let text: String
    let place: Location
    let meaning: CandidateList.Meaning
    var count = 0
  }

  /// Whether votes are counted, and not ballots.
  let countsVotes: Bool

  private var choices: [String: Choice] = [:]
  /// Those that look like addresses of people, which are not to be shown.
  private var addresses: (count: Int, place: Location)?
  /// How many are listed one by one.
  private static let listedCount = 20

  init(countsVotes: Bool) { self.countsVotes = countsVotes }

  /// Notes that `count` ballots or votes are for `text`.
  mutating func add(_ text: String, _ count: Int, at place: Location, _ meaning: CandidateList.Meaning) {
    if meaning == .unknown, text.utf8.contains(0x40) {
      addresses = ((addresses?.count ?? 0) + count, addresses?.place ?? place)
    } else {
      choices[CandidateList.folded(text), default: Choice(text: text, place: place, meaning: meaning)]
        .count += count
    }
  }

  func diagnostics(
    among list: CandidateList, elsewhere: [(candidate: Candidate, period: String)], isIgnored: Bool
  ) -> [Diagnostic] {
    // Whoever asks last week's question gets last week's films.
    let hasUnknown = choices.values.contains { $0.meaning == .unknown }
    let films = CandidateList(hasUnknown ? elsewhere.map(\.candidate) : [])
    func period(of choice: String) -> String? {
      if case .one(let index) = films.meaning(of: choice) { elsewhere[index].period } else { nil }
    }
    let severity: Diagnostic.Severity = isIgnored ? .warning : .error
    func said(_ count: Int) -> String {
      let noun = countsVotes ? "vote" : "ballot"
      return count == 1 ? "1 \(noun) is" : "\(count) \(noun)s are"
    }
    let sorted = choices.values.sorted {
      ($1.count, $0.place.range.lowerBound) < ($0.count, $1.place.range.lowerBound)
    }
    var result = sorted.prefix(Self.listedCount).map { choice -> Diagnostic in
      switch choice.meaning {
      case .several: .severalChoices(severity, choice.text, said(choice.count), at: choice.place)
      case .ambiguous: .ambiguousChoice(severity, choice.text, said(choice.count), list, at: choice.place)
      case .one, .unknown:
        .unknownChoice(
          severity, choice.text, said(choice.count), list, of: period(of: choice.text), at: choice.place)
      }
    }
    let others = sorted.dropFirst(Self.listedCount)
    if let first = others.first {
      result.append(
        .moreUnknown(severity, others.count, said(others.reduce(0) { $0 + $1.count }), at: first.place))
    }
    if let addresses {
      result.append(.choicesAreAddresses(severity, said(addresses.count), at: addresses.place))
    }
    return result
  }
}

extension Diagnostic {
  fileprivate static func unknownChoice(
    _ severity: Severity, _ choice: String, _ ballots: String, _ list: CandidateList, of period: String?,
    at place: Location
  ) -> Diagnostic {
    if let period {
      return Diagnostic(
        severity, "tally/unknown-choice", "\(ballots) for '\(shortened(choice))', a film of \(period)",
        at: place,
        fix: "is it the right export? If it is, \(mapOption(choice, "")) leaves it out")
    }
    if BallotFile.marks.contains(choice.lowercased()) {
      return Diagnostic(
        severity, "tally/unknown-choice", "\(ballots) for '\(choice)', which is not on the ballot", at: place,
        fix: "if each option has a column of its own, name all of them, as --choice 4-9")
    }
    let suggestion = list.suggestion(for: choice)
    let option = mapOption(choice, suggestion?.slug ?? "SLUG")
    return Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots) for '\(shortened(choice))', which is not on the ballot",
      at: place,
      fix: suggestion.map { "did you mean '\($0.title)'? Then add \(option)" }
        ?? "add \(option), or \(mapOption(choice, "")) to leave it out")
  }

  fileprivate static func ambiguousChoice(
    _ severity: Severity, _ choice: String, _ ballots: String, _ list: CandidateList, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots) for '\(shortened(choice))', which is the name of two candidates", at: place,
      fix: "add \(mapOption(choice, "SLUG"))")
  }

  fileprivate static func severalChoices(
    _ severity: Severity, _ choice: String, _ ballots: String, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/several-choices",
      "\(ballots) for several candidates at once: '\(shortened(choice))'", at: place,
      fix: "if voters may choose several, add --several, and each gets a vote")
  }

  fileprivate static func moreUnknown(
    _ severity: Severity, _ choices: Int, _ ballots: String, at place: Location
  ) -> Diagnostic {
    Diagnostic(
      severity, "tally/unknown-choice",
      "\(ballots) for \(choices) more choices that are not on the ballot",
      at: place, fix: "does --choice name the right column? If it does, --ignore-unknown leaves them all out")
  }

  fileprivate static func choicesAreAddresses(_ severity: Severity, _ ballots: String, at place: Location)
    -> Diagnostic
  {
    Diagnostic(
      severity, "tally/unknown-choice", "\(ballots) for what looks like an e-mail address", at: place,
      fix: "does --choice name the right column?")
  }

  private static func shortened(_ choice: String) -> String {
    choice.count > 80 ? choice.prefix(80) + "…" : choice
  }

  /// The option that says what a choice means, as a shell reads it.
  private static func mapOption(_ choice: String, _ slug: String) -> String {
    "--map \(shellQuoted("\(choice.count > 80 ? "TEXT" : choice)=\(slug)"))"
  }
}
