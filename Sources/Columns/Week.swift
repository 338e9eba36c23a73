import CivilTime

/// A column's week, with its slots and its vote.
public struct Week: Sendable {
  /// The column.
  public let column: ID<Column>
  /// The ISO week.
  public let isoWeek: ISOWeek
  /// What its `_week.md` says; `nil` when it has none.
  public let source: WeekSource?
  /// The address, without slashes at the ends.
  public let address: String
  /// Every day on which the column appears, and what appeared on it.
  public let slots: [Slot]
  /// The published write-ups, by date.
  public let writeUps: [ID<WriteUp>]
  /// The vote; `nil` when the week has none.
  public let ballot: Ballot?
  /// Whether the build's moment falls into the week.
  public let isCurrent: Bool
  /// The column's week before it, of those it has.
  public internal(set) var previous: ID<Week>?
  /// The column's week after it, of those it has.
  public internal(set) var next: ID<Week>?
}

/// A day on which a column appears.
public struct Slot: Sendable, Hashable {
  /// The day.
  public let date: CivilDate
  /// What appeared; `nil` for a day left empty.
  public let writeUp: ID<WriteUp>?
}

/// The vote over a week's projects, as it stands at the build's moment.
public struct Ballot: Sendable {
  /// How a vote stands.
  public enum State: String, Sendable, CaseIterable {
    case upcoming, open, closed, void
  }

  /// The votes of one project.
  public struct Line: Sendable, Hashable {
    /// The project.
    public let writeUp: ID<WriteUp>
    /// Its votes.
    public let votes: Int
    /// Its share in hundredths, rounded to the nearest.
    public let percent: Int
    /// Whether it won.
    public let isWinner: Bool
  }

  /// What `_week.md` says.
  public let source: BallotSource
  /// When the poll opens: of a bare date, the start of that day.
  public let opens: Timestamp?
  /// Whether ``opens`` names a time of day, not a bare date.
  public let opensHasTime: Bool
  /// When the poll closes: of a bare date, the start of that day, which it includes.
  public let closes: Timestamp?
  /// Whether ``closes`` names a time of day, not a bare date.
  public let closesHasTime: Bool
  /// How it stands.
  public let state: State
  /// The projects to choose among.
  public let candidates: [ID<WriteUp>]
  /// The counted votes, most first.
  public let results: [Line]
  /// The winners; more than one is a tie.
  public let winners: [ID<WriteUp>]
  /// All votes, those for projects that are held back among them.
  public let total: Int
}
