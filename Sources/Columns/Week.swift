import CivilTime

/// A column's week, with its slots and its vote.
public struct Week: Sendable {
  /// The column.
  public let column: ID<Column>
  /// The ISO week.
  public let isoWeek: ISOWeek
  /// What its `_week.md` says; `nil` when it has none.
  public let source: PeriodSource?
  /// The address, without slashes at the ends.
  public let address: String
  /// Every day on which the column appears, and what appeared on it.
  public let slots: [Slot]
  /// The published write-ups, by date.
  public let writeUps: [ID<WriteUp>]
  /// The vote; `nil` when the week has none.
  public internal(set) var ballot: ID<Ballot>?
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
