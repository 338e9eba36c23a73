import CivilTime

/// A recurring series of write-ups.
///
/// A class, because it has many parts and every page asks for one of them.
public final class Column: Sendable {
  /// What its `_column.md` says.
  public let source: ColumnSource
  /// The folder in `content/` and the address of its front, without slashes at the ends.
  public let address: String
  /// Its published write-ups, by date.
  public let writeUps: [ID<WriteUp>]
  /// Its weeks, by time; empty when it has no week pages.
  public let weeks: [ID<Week>]
  /// Its years, by time.
  public let years: [ID<Year>]

  init(
    source: ColumnSource, address: String, writeUps: [ID<WriteUp>], weeks: [ID<Week>], years: [ID<Year>]
  ) {
    self.source = source
    self.address = address
    self.writeUps = writeUps
    self.weeks = weeks
    self.years = years
  }
}

/// A year of one column.
public struct Year: Sendable {
  /// The column.
  public let column: ID<Column>
  /// The year of the calendar.
  public let number: Int
  /// What its `_year.md` says; `nil` when it has none.
  public let source: PeriodSource?
  /// The address, without slashes at the ends.
  public let address: String
  /// The months with write-ups or a `_month.md`.
  public let months: [ID<Month>]
  /// The column's weeks that belong to the year, as ISO 8601 has it: those whose Thursday falls into it.
  public let weeks: [ID<Week>]
  /// The write-ups, by date.
  public let writeUps: [ID<WriteUp>]
  /// The vote; `nil` when the year has none.
  public internal(set) var ballot: ID<Ballot>?
}

/// A month of one column.
public struct Month: Sendable {
  /// The column.
  public let column: ID<Column>
  /// The year.
  public let year: ID<Year>
  /// The month of the calendar.
  public let month: CivilMonth
  /// What its `_month.md` says; `nil` when it has none.
  public let source: PeriodSource?
  /// The address, without slashes at the ends.
  public let address: String
  /// The column's weeks whose Thursday falls into the month.
  public let weeks: [ID<Week>]
  /// The write-ups, by date.
  public let writeUps: [ID<WriteUp>]
  /// The vote; `nil` when the month has none.
  public internal(set) var ballot: ID<Ballot>?
}

/// A page that belongs to no column.
public struct FreePage: Sendable {
  /// What its file says.
  public let source: FreePageSource
  /// The address, without slashes at the ends.
  public let address: String
  /// When it last changed, where it says so.
  public let updated: Timestamp?
}
