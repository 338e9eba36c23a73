import CivilTime

/// A stretch of the calendar that has a page in a column, and over which its readers may vote.
public enum Period: Sendable, Hashable {
  /// A week of ISO 8601.
  case week(ISOWeek)
  /// A month of the calendar.
  case month(CivilMonth)
  /// A year of the calendar.
  case year(Int)

  /// How long a period is: the rungs on which a winner climbs.
  public enum Kind: String, Sendable, CaseIterable, Comparable {
    case week, month, year

    /// Whether `left` is the lower rung.
    public static func < (left: Kind, right: Kind) -> Bool {
      (left, right) == (.week, .month) || (left != .year && right == .year)
    }
  }

  /// How long it is.
  public var kind: Kind {
    switch self {
    case .week: .week
    case .month: .month
    case .year: .year
    }
  }

  /// Its first day.
  public var firstDay: CivilDate {
    switch self {
    case .week(let week): week.monday
    case .month(let month): month.firstDay
    case .year(let year): CivilMonth(year: year, number: 1)?.firstDay ?? CivilDate(dayNumber: 0)
    }
  }

  /// Its last day.
  public var lastDay: CivilDate {
    switch self {
    case .week(let week): week.sunday
    // Day 31 of a month is in it or in the next.
    case .month(let month): CivilMonth(of: month.firstDay.adding(days: 31)).firstDay.adding(days: -1)
    case .year(let year): CivilMonth(year: year, number: 12).map { Period.month($0).lastDay } ?? firstDay
    }
  }

  /// The calendar year that it belongs to; of a week, the year of its Thursday.
  public var year: Int {
    switch self {
    case .week(let week): week.year
    case .month(let month): month.year
    case .year(let year): year
    }
  }
}

extension Period {
  /// Whether it is on a lower rung than `other` and counts for it, as a week does for the month of its Thursday.
  public func isWithin(_ other: Period) -> Bool {
    switch (self, other) {
    case (.week(let week), .month(let month)): CivilMonth(of: week.thursday) == month
    case (.week, .year(let year)), (.month, .year(let year)): self.year == year
    default: false
    }
  }
}

extension Period: Comparable, CustomStringConvertible {
  /// Weeks come before months and months before years; of one kind, what is earlier comes first.
  public static func < (left: Period, right: Period) -> Bool {
    switch (left, right) {
    case (.week(let left), .week(let right)): left < right
    case (.month(let left), .month(let right)): left < right
    case (.year(let left), .year(let right)): left < right
    case (.week, _), (.month, .year): true
    default: false
    }
  }

  /// The period as `2026-W47`, `2026-11` or `2026`.
  public var description: String {
    switch self {
    case .week(let week): week.description
    case .month(let month): month.description
    case .year(let year): String(year)
    }
  }
}
