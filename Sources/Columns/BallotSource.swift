import CivilTime
import SourceText
import YAML

/// A ballot as its file has it: write-ups are named by their slugs.
public struct BallotSource: Record {
  /// How a ballot stands where its dates don't tell.
  public enum State: String, Vocabulary {
    case open, closed, void
  }

  /// What readers are asked.
  public let question: String?
  /// The slugs to choose among; by default the week's write-ups, or the winners of the rung below.
  public let candidates: [Located<String>]?
  /// When the poll opens.
  public let opens: Located<Moment>?
  /// When the poll closes; a bare date includes that day.
  public let closes: Located<Moment>?
  /// The poll's address, where it is written.
  public let address: Located<String>?
  /// What the winner gets.
  public let prize: String?
  /// Who gives the prize.
  public let sponsor: Sponsor?
  /// The counted votes.
  public internal(set) var results: [ResultEntry]
  /// Those that can't win, whatever their votes.
  public let disqualified: [Disqualification]
  /// The slugs of the winners, where counting alone doesn't tell.
  public let winners: [Located<String>]?
  /// Whether it is closed or void whatever the dates say.
  public internal(set) var state: State?
  /// A word by the editors on the count.
  public let note: String?

  /// The poll's address.
  public var url: String? { address?.value }

  enum Key {
    static let question = Field("question", .line, "What readers are asked.")
    static let candidates = Field(
      "candidates", .list(of: .located(.line)),
      "The slugs to choose among; by default the week's, or the winners of a month's weeks.")
    static let opens = Field("opens", .located(.moment), "When the poll opens.")
    static let closes = Field("closes", .located(.moment), "When the poll closes.")
    static let url = Field("url", .located(.url), "The poll's address.")
    static let prize = Field("prize", .line, "What the winner gets.")
    static let sponsor = Field("sponsor", .sponsor, "Who gives the prize.")
    static let results = Field("results", .list(of: .record(ResultEntry.self)), "The counted votes.")
    static let disqualified = Field(
      "disqualified", .list(of: .record(Disqualification.self)), "Those that can't win, and why.")
    static let winners = Field("winners", .list(of: .located(.line)), "The slugs of the winners.")
    static let status = Field(
      "status", .oneOf(State.self), "closed or void, whatever the dates say; or open.")
    static let note = Field("note", .text, "A word by the editors on the count.")
  }

  /// The keys of a ballot.
  public static let fields: [AnyField] = [
    Key.question.erased, Key.candidates.erased, Key.opens.erased, Key.closes.erased, Key.url.erased,
    Key.prize.erased, Key.sponsor.erased, Key.results.erased, Key.disqualified.erased, Key.winners.erased,
    Key.status.erased, Key.note.erased,
  ]

  /// As writers spell it.
  public static let example = "{question: Which one?, closes: 2026-11-27}"

  /// Reads a ballot.
  public init?(_ reader: inout FieldReader) {
    question = reader.optional(Key.question)
    candidates = reader.optional(Key.candidates)
    opens = reader.optional(Key.opens)
    closes = reader.optional(Key.closes)
    address = reader.optional(Key.url)
    prize = reader.optional(Key.prize)
    sponsor = reader.optional(Key.sponsor)
    results = reader.optional(Key.results) ?? []
    disqualified = reader.optional(Key.disqualified) ?? []
    winners = reader.optional(Key.winners)
    state = reader.optional(Key.status)
    note = reader.optional(Key.note).map(oneLine)
  }
}

/// The votes of one project.
public struct ResultEntry: Record {
  /// The project's slug.
  public let project: Located<String>
  /// The number of votes.
  public let votes: Int

  enum Key {
    static let project = Field("project", .located(.line), "The project's slug.").required
    static let votes = Field("votes", .integer(in: 0...1_000_000_000), "The number of votes.").required
  }

  /// The keys of a result.
  public static let fields: [AnyField] = [Key.project.erased, Key.votes.erased]

  /// `votes` for the project that is called `name`, as no file has it.
  init(_ name: String, votes: Int) {
    project = Located(name, at: ByteRange(at: 0))
    self.votes = votes
  }

  /// As writers spell it.
  public static let example = "{project: salt-road, votes: 12}"

  /// Reads a result; `nil` when either key is missing.
  public init?(_ reader: inout FieldReader) {
    // `- salt-road: 5`, as counts are written everywhere else.
    if let entry = reader.soleStranger(), let votes = Int(entry.value), votes >= 0 {
      reader.refuse(.projectAsField(entry.key, votes, at: entry.place))
      return nil
    }
    let project = reader.required(Key.project)
    let votes = reader.required(Key.votes)
    guard let project, let votes else { return nil }
    self.project = project
    self.votes = votes
  }
}

/// A project that was on the ballot and can't win.
public struct Disqualification: Record {
  /// The project's slug.
  public let project: Located<String>
  /// Why, for readers.
  public let reason: String?

  enum Key {
    static let project = Field("project", .located(.line), "The project's slug.").required
    static let reason = Field("reason", .text, "Why, for readers.")
  }

  /// The keys of a disqualification.
  public static let fields: [AnyField] = [Key.project.erased, Key.reason.erased]

  /// As writers spell it.
  public static let example = "{project: salt-road, reason: It is finished}"

  /// Reads a disqualification; `nil` when it names no project.
  public init?(_ reader: inout FieldReader) {
    let project = reader.required(Key.project)
    reason = reader.optional(Key.reason).map(oneLine)
    guard let project else { return nil }
    self.project = project
  }
}

extension Diagnostic {
  fileprivate static func projectAsField(_ project: String, _ votes: Int, at location: Location) -> Diagnostic
  {
    let result = "{project: \(yamlScalar(project)), votes: \(votes)}"
    return .error(
      "ballot/project-as-field", "a result has a 'project' and its 'votes'", at: location,
      fix: "write \(result)",
      edit: Edit(location.range, result))
  }
}
