import CivilTime

/// A vote of a column's readers over the projects of a week, a month or a year, as it stands at the build's moment.
public struct Ballot: Sendable {
  /// How a vote stands.
  public enum State: String, Sendable, CaseIterable {
    case upcoming, open, closed, void
  }

  /// The week, month or year of the archive whose vote it is.
  public enum Page: Sendable, Hashable {
    case week(ID<Week>)
    case month(ID<Month>)
    case year(ID<Year>)
  }

  /// The votes of one project.
  public struct Line: Sendable, Hashable {
    /// The project.
    public let writeUp: ID<WriteUp>
    /// Its votes.
    public let votes: Int
    /// Its share of ``Ballot/total`` in hundredths, rounded to the nearest; 0 for one that can't win.
    public let percent: Int
    /// Whether it won.
    public let isWinner: Bool
    /// Whether it can't win, whatever its votes.
    public let isDisqualified: Bool
  }

  /// A project that can't win.
  public struct Exclusion: Sendable, Hashable {
    /// The project.
    public let writeUp: ID<WriteUp>
    /// Why, for readers.
    public let reason: String?
  }

  /// The column whose readers vote.
  public let column: ID<Column>
  /// The time whose projects they choose among.
  public let period: Period
  /// The page on which it stands.
  public let page: Page
  /// What its file says.
  public let source: BallotSource
  /// When the poll opens: of a bare date, the start of that day.
  public let opens: Timestamp?
  /// Whether ``opens`` names a time of day, not a bare date.
  public let opensHasTime: Bool
  /// When the poll closes: of a bare date, the start of that day, which it includes; `nil` for one that was closed or
  /// called off and would have gone on.
  public let closes: Timestamp?
  /// Whether ``closes`` names a time of day, not a bare date.
  public let closesHasTime: Bool
  /// How it stands.
  public let state: State
  /// The projects to choose among.
  public let candidates: [ID<WriteUp>]
  /// The counted votes, most first and those that can't win last; none before the close.
  public let results: [Line]
  /// Those that can't win.
  public let disqualified: [Exclusion]
  /// The winners; more than one is a tie.
  public let winners: [ID<WriteUp>]
  /// The votes of the rung below that aren't decided yet, and may still add candidates.
  public let awaited: [ID<Ballot>]
  /// Whether no candidates can be added any more: they are written, or the month or year is over and nothing is
  /// ``awaited``. A week's always are final.
  public let candidatesAreFinal: Bool
  /// Whether everybody is known who can be voted for: nothing is ``awaited``, and no file of the rung below has mistakes.
  let candidatesAreKnown: Bool
  /// Whether it is known who won, or that nobody did.
  let isDecided: Bool
  /// All votes but those for projects that can't win; those for projects that are held back are among them.
  public let total: Int

  /// How many of ``total`` are for projects that are not published (any more), and how many votes besides these are for
  /// disqualified ones.
  public let absentVotes: Int, disqualifiedVotes: Int
  /// Whether a project won that is not published (any more).
  public let hasAbsentWinner: Bool

  /// Whether it is closed and counted, and nobody won.
  public var isWithoutWinner: Bool {
    state == .closed && winners.isEmpty && !hasAbsentWinner
      && (source.winners != nil || !source.results.isEmpty)
  }

  /// Whether it is closed, its votes are not yet there, and its file doesn't say who won or that nobody did.
  public var isBeingCounted: Bool { state == .closed && results.isEmpty && source.winners == nil }
}

extension Archive {
  /// The address of the page on which a vote stands.
  public func address(of page: Ballot.Page) -> String {
    switch page {
    case .week(let id): weeks[id].address
    case .month(let id): months[id].address
    case .year(let id): years[id].address
    }
  }

  /// The file with what is said of that week, month or year.
  public func source(of page: Ballot.Page) -> PeriodSource? {
    switch page {
    case .week(let id): weeks[id].source
    case .month(let id): months[id].source
    case .year(let id): years[id].source
    }
  }
}
