/// A month of the proleptic Gregorian calendar.
public struct CivilMonth: Sendable, Hashable {
  /// The year, from 1 to 9999.
  public let year: Int
  /// The number of the month, from 1 to 12.
  public let number: Int

  /// Month `number` of `year`, or `nil` when there is no such month.
  public init?(year: Int, number: Int) {
    guard (1...9999).contains(year), (1...12).contains(number) else { return nil }
    self.year = year
    self.number = number
  }

  /// The month that holds `date`.
  public init(of date: CivilDate) {
    year = date.year
    number = date.month
  }

  /// The month that `text` names, as `2026-11`; `nil` when it names none.
  public init?(_ text: String) {
    guard text.utf8.count == 7, let date = CivilDate(text + "-01") else { return nil }
    self.init(of: date)
  }

  /// The month's first day.
  public var firstDay: CivilDate { CivilDate(firstOf: number, year: year) }
}

extension CivilMonth: Comparable, CustomStringConvertible {
  /// Earlier months come first.
  public static func < (left: CivilMonth, right: CivilMonth) -> Bool {
    (left.year, left.number) < (right.year, right.number)
  }

  /// The month as `2026-11`.
  public var description: String { "\(padded(year, 4))-\(padded(number, 2))" }
}
