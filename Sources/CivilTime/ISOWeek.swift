/// A week of ISO 8601: Monday to Sunday, belonging to the year that holds its Thursday.
public struct ISOWeek: Sendable, Hashable {
  /// The week's year, which around New Year is not always the year of its days.
  public let year: Int
  /// The number of the week, from 1 to 52 or 53.
  public let number: Int

  /// Week `number` of `year`, or `nil` when that year has no such week.
  public init?(year: Int, number: Int) {
    guard (1...9998).contains(year), number >= 1, number <= ISOWeek.count(inYear: year) else { return nil }
    self.year = year
    self.number = number
  }

  /// The week that holds `date`.
  public init(of date: CivilDate) {
    let thursday = date.adding(days: 4 - date.weekday.rawValue)
    let firstDay = CivilDate(year: thursday.year, month: 1, day: 1)
    year = thursday.year
    number = (thursday.dayNumber - (firstDay?.dayNumber ?? 0)) / 7 + 1
  }

  /// The week that `text` names, as `2026-W47` or `2026-w47`; `nil` when it names none.
  public init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let year = scanner.number(digits: 4), scanner.skip(any: [0x2D]), scanner.skip(any: [0x57, 0x77]),
      let number = scanner.number(digits: 2), scanner.isAtEnd
    else { return nil }
    self.init(year: year, number: number)
  }

  /// The number of weeks of `year`: 52 or 53.
  public static func count(inYear year: Int) -> Int {
    guard let lastThursday = CivilDate(year: year, month: 12, day: 28) else { return 52 }
    return ISOWeek(of: lastThursday).number
  }

  /// The week's first day.
  public var monday: CivilDate {
    // 4 January is always in week 1.
    let fourth = CivilDate(year: year, month: 1, day: 4)?.dayNumber ?? 0
    let offset = CivilDate(dayNumber: fourth).weekday.rawValue - 1
    return CivilDate(dayNumber: fourth - offset + (number - 1) * 7)
  }

  /// The day that decides to which year and month the week belongs.
  public var thursday: CivilDate { monday.adding(days: 3) }

  /// The week's last day.
  public var sunday: CivilDate { monday.adding(days: 6) }

  /// The week before.
  public var previous: ISOWeek { ISOWeek(of: monday.adding(days: -7)) }

  /// The week after.
  public var next: ISOWeek { ISOWeek(of: monday.adding(days: 7)) }

  /// The week's day on `weekday`.
  public func day(on weekday: Weekday) -> CivilDate { monday.adding(days: weekday.rawValue - 1) }
}

extension ISOWeek: Comparable, CustomStringConvertible {
  /// Earlier weeks come first.
  public static func < (left: ISOWeek, right: ISOWeek) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }

  /// The week as `2026-W47`.
  public var description: String { "\(padded(year, 4))-W\(padded(number, 2))" }
}
