import CivilTime
import Markdown
import SourceText
import YAML

/// What a `_week.md` says: the editor's note and the week's ballot.
public struct WeekSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The week.
  public let week: Located<ISOWeek>
  /// The week's motto.
  public let title: String?
  /// The vote.
  public let vote: BallotSource?
  /// The editor's note.
  public let body: MarkdownDocument

  enum Key {
    static let week = Field("week", .located(.week), "The ISO week, as 2026-W47.")
    static let title = Field("title", .line, "The week's motto.")
    static let vote = Field("vote", .record(BallotSource.self), "The week's ballot.")
  }

  /// The keys of a `_week.md`.
  public static let fields: [AnyField] = [Key.week.erased, Key.title.erased, Key.vote.erased]

  /// Reads a `_week.md`; `nil` when it names no week.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> WeekSource? {
    var file = MarkdownFile(
      source, fields: fields, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !file.isBroken else { return nil }
    defer { diagnostics += file.reader.finish() }
    let week = file.reader.required(Key.week)
    let title = file.reader.optional(Key.title)
    let vote = file.reader.optional(Key.vote)
    guard let week else { return nil }
    return WeekSource(path: path, week: week, title: title, vote: vote, body: file.document)
  }
}

/// A ballot as `_week.md` has it: write-ups are named by their slugs.
public struct BallotSource: Record {
  /// How a ballot stands where its dates don't tell.
  public enum State: String, Vocabulary {
    case open, closed, void
  }

  /// What readers are asked.
  public let question: String?
  /// The slugs to choose among; the week's write-ups by default.
  public let candidates: [Located<String>]?
  /// When the poll opens.
  public let opens: Moment?
  /// When the poll closes; a bare date includes that day.
  public let closes: Moment?
  /// The poll's address.
  public let url: String?
  /// What the winner gets.
  public let prize: String?
  /// Who gives the prize.
  public let sponsor: Sponsor?
  /// The counted votes.
  public let results: [ResultEntry]
  /// The slugs of the winners, where counting alone doesn't tell.
  public let winners: [Located<String>]?
  /// Whether it is closed or void whatever the dates say.
  public let state: State?
  /// A word by the editors on the count.
  public let note: String?

  enum Key {
    static let question = Field("question", .line, "What readers are asked.")
    static let candidates = Field(
      "candidates", .list(of: .located(.line)), "The slugs to choose among; the week's by default.")
    static let opens = Field("opens", .moment, "When the poll opens.")
    static let closes = Field("closes", .moment, "When the poll closes.")
    static let url = Field("url", .url, "The poll's address.")
    static let prize = Field("prize", .line, "What the winner gets.")
    static let sponsor = Field("sponsor", .sponsor, "Who gives the prize.")
    static let results = Field("results", .list(of: .record(ResultEntry.self)), "The counted votes.")
    static let winners = Field("winners", .list(of: .located(.line)), "The slugs of the winners.")
    static let status = Field(
      "status", .oneOf(State.self), "closed or void, whatever the dates say; or open.")
    static let note = Field("note", .text, "A word by the editors on the count.")
  }

  /// The keys of a ballot.
  public static let fields: [AnyField] = [
    Key.question.erased, Key.candidates.erased, Key.opens.erased, Key.closes.erased, Key.url.erased,
    Key.prize.erased, Key.sponsor.erased, Key.results.erased, Key.winners.erased, Key.status.erased,
    Key.note.erased,
  ]

  /// Reads a ballot.
  public init?(_ reader: inout FieldReader) {
    question = reader.optional(Key.question)
    candidates = reader.optional(Key.candidates)
    opens = reader.optional(Key.opens)
    closes = reader.optional(Key.closes)
    url = reader.optional(Key.url)
    prize = reader.optional(Key.prize)
    sponsor = reader.optional(Key.sponsor)
    results = reader.optional(Key.results) ?? []
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
    static let project = Field("project", .located(.line), "The project's slug.")
    static let votes = Field("votes", .integer(in: 0...1_000_000_000), "The number of votes.")
  }

  /// The keys of a result.
  public static let fields: [AnyField] = [Key.project.erased, Key.votes.erased]

  /// Reads a result; `nil` when either key is missing.
  public init?(_ reader: inout FieldReader) {
    let project = reader.required(Key.project)
    let votes = reader.required(Key.votes)
    guard let project, let votes else { return nil }
    self.project = project
    self.votes = votes
  }
}
