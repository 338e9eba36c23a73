import CivilTime

/// In which order day and month of a date such as 3/4/2026 stand.
public enum DateOrder: String, Sendable, CaseIterable {
  /// 3 April.
  case dayFirst = "day-first"
  /// 4 March.
  case monthFirst = "month-first"
}

/// A day and a time of day as forms and polls write them into their exports: `2026-11-20T17:03:22-05:00`,
/// `2026/11/20 5:03:22 PM GMT-5`, `11/20/2026 17:03`, `20.11.2026 17:03:22`, `Nov 20, 2026 5:03 PM`, `20 November 2026 17:03`.
struct PollTime: Sendable, Hashable {
  /// The numbers of the date; of `isOrdered` ones the first is the month and the second the day.
  private let year: Int, first: Int, second: Int, isOrdered: Bool
  /// The second of the day, from 0.
  private let secondOfDay: Int
  /// What to add to UTC, in seconds, where that is written.
  private let offset: Int32?

  /// The time that `text` writes; `nil` when it is of another form, or a day without a time.
  init?(_ text: String) {
    var scanner = TimeScanner(text)
    guard let date = scanner.date(), let time = scanner.timeOfDay(), let zone = scanner.zone(),
      scanner.isAtEnd
    else { return nil }
    (year, first, second, isOrdered) = date
    secondOfDay = time
    offset = zone.offset
    guard isOrdered ? day(.monthFirst) != nil : day(.monthFirst) != nil || day(.dayFirst) != nil else {
      return nil
    }
  }

  /// Whether the date is another day in another order.
  var isAmbiguous: Bool {
    let days = DateOrder.allCases.compactMap(day)
    return days.count == 2 && days[0] != days[1]
  }

  /// Whether there is such a day in that order.
  func isDay(_ order: DateOrder) -> Bool { day(order) != nil }

  /// The instant meant, in `zone` where no offset is written; `nil` when there is no such day in that order.
  ///
  /// A time that a zone's clocks show twice is the earlier one.
  func timestamp(_ order: DateOrder, in zone: TimeZoneRules) -> Timestamp? {
    guard let day = day(order) else { return nil }
    let (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
    if let offset { return Timestamp(day, hour: hour, minute: minute, second: second, offset: offset) }
    return zone.timestamp(of: day, hour: hour, minute: minute, second: second)
  }

  private func day(_ order: DateOrder) -> CivilDate? {
    isOrdered || order == .monthFirst
      ? CivilDate(year: year, month: first, day: second) : CivilDate(year: year, month: second, day: first)
  }
}

/// Reads the parts of a time, one after the other.
private struct TimeScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) {
    // Browsers put no-break spaces before AM and PM.
    bytes = text.unicodeScalars.prefix(64).flatMap { scalar -> [UInt8] in
      switch scalar.value {
      case 0xA0, 0x202F, 0x2009: [0x20]
      default: Array(String(scalar).utf8)
      }
    }
  }

  var isAtEnd: Bool { index == bytes.count }

  mutating func date() -> (year: Int, first: Int, second: Int, isOrdered: Bool)? {
    let start = index
    if let date = dateInWords() { return date }
    index = start
    guard let first = number(upTo: 4), let separator = bytes[index...].first,
      [0x2D, 0x2E, 0x2F].contains(separator), skip(separator), let second = number(upTo: 2), skip(separator),
      let third = number(upTo: 4)
    else { return nil }
    if first.digits == 4 {
      guard third.digits <= 2 else { return nil }
      return (first.value, second.value, third.value, true)
    }
    guard first.digits <= 2, third.digits == 4 || third.digits == 2 else { return nil }
    let year = third.digits == 4 ? third.value : 2000 + third.value
    // Where points stand between the numbers, the day comes first all over the world.
    return separator == 0x2E
      ? (year, second.value, first.value, true) : (year, first.value, second.value, false)
  }

  /// A date with the month's name, in English: `Fri, Nov 20th, 2026`, `20 November 2026`, `20-Nov-26`.
  private mutating func dateInWords() -> (year: Int, first: Int, second: Int, isOrdered: Bool)? {
    var name = word()
    if Self.index(of: name, in: weekdayNames) != nil {
      _ = skip(0x2C)
      skipBlanks()
      name = word()
    }
    let day: Int
    if name.isEmpty {
      guard let number = number(upTo: 2) else { return nil }
      day = number.value
      skipOrdinal()
      let separator = bytes[index...].first
      guard skip(0x2D) || skip(0x20) || skip(0x2E) else { return nil }
      skipBlanks()
      name = word()
      if separator == 0x2D { guard skip(0x2D) else { return nil } } else { skipCommaAndBlanks() }
    } else {
      skipCommaAndBlanks()
      guard let number = number(upTo: 2) else { return nil }
      day = number.value
      skipOrdinal()
      guard bytes[index...].first == 0x2C || bytes[index...].first == 0x20 else { return nil }
      skipCommaAndBlanks()
    }
    guard let month = Self.index(of: name, in: monthNames), let year = number(upTo: 4), year.digits % 2 == 0
    else { return nil }
    return (year.digits == 2 ? 2000 + year.value : year.value, month + 1, day, true)
  }

  /// Which of `names` is meant by `word`: by all of its letters, its first three, or as many as it has, with a point or
  /// without.
  private static func index(of word: [UInt8], in names: [String]) -> Int? {
    let letters = word.last == 0x2E ? word.dropLast() : word[...]
    guard letters.count >= 3 else { return nil }
    return names.firstIndex { $0.utf8.starts(with: letters) }
  }

  private mutating func skipOrdinal() {
    let before = index
    if !["ST", "ND", "RD", "TH"].map({ Array($0.utf8) }).contains(word()) { index = before }
  }

  private mutating func skipCommaAndBlanks() {
    _ = skip(0x2C)
    skipBlanks()
  }

  /// The second of the day.
  mutating func timeOfDay() -> Int? {
    let isParted = skip(0x54) || skip(0x74) || skip(0x2C) || bytes[index...].first == 0x20
    skipBlanks()
    let beforeWord = index
    if word() == Array("AT".utf8) { skipBlanks() } else { index = beforeWord }
    guard isParted, let hour = number(upTo: 2), skip(0x3A), let minute = number(upTo: 2), minute.digits == 2,
      minute.value < 60
    else { return nil }
    var second = 0
    if skip(0x3A) {
      guard let written = number(upTo: 2), written.digits == 2, written.value <= 60 else { return nil }
      second = written.value
      if skip(0x2E) || skip(0x2C) {
        guard number(upTo: 1) != nil else { return nil }
        while number(upTo: 1) != nil {}
      }
    }
    let before = index
    skipBlanks()
    switch word().filter({ $0 != 0x2E }) {
    case Array("AM".utf8):
      guard (1...12).contains(hour.value) else { return nil }
      return hour.value % 12 * 3600 + minute.value * 60 + second
    case Array("PM".utf8):
      guard (1...12).contains(hour.value) else { return nil }
      return (hour.value % 12 + 12) * 3600 + minute.value * 60 + second
    default:
      index = before
      guard hour.value < 24 else { return nil }
      return hour.value * 3600 + minute.value * 60 + second
    }
  }

  /// The offset from UTC, if one is written; `nil` for a zone that nobody knows.
  mutating func zone() -> (offset: Int32?, Void)? {
    skipBlanks()
    if isAtEnd { return (nil, ()) }
    let name = String(decoding: word(), as: UTF8.self)
    if !name.isEmpty, name != "UTC", name != "GMT", name != "Z" {
      guard let hours = knownZones[name] else { return nil }
      return (hours * 3600, ())
    }
    if isAtEnd { return (0, ()) }
    guard name != "Z", let sign = bytes[index...].first, skip(0x2B) || skip(0x2D), let hours = number(upTo: 4)
    else { return nil }
    var minutes = hours.digits > 2 ? hours.value : hours.value * 100
    if hours.digits <= 2, skip(0x3A) {
      guard let rest = number(upTo: 2), rest.digits == 2 else { return nil }
      minutes += rest.value
    }
    guard hours.digits != 3, minutes / 100 < 24, minutes % 100 < 60 else { return nil }
    let seconds = Int32(minutes / 100 * 3600 + minutes % 100 * 60)
    return (sign == 0x2D ? -seconds : seconds, ())
  }

  private mutating func number(upTo count: Int) -> (value: Int, digits: Int)? {
    let digits = bytes[index...].prefix(count).prefix { (0x30...0x39).contains($0) }
    guard !digits.isEmpty else { return nil }
    index += digits.count
    return (digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }, digits.count)
  }

  /// Letters and points, in upper case.
  private mutating func word() -> [UInt8] {
    let letters = bytes[index...].prefix {
      (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2E
    }
    index += letters.count
    return letters.map { $0 > 0x60 ? $0 - 0x20 : $0 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard bytes[index...].first == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipBlanks() {
    while bytes[index...].first == 0x20 { index += 1 }
  }
}

/// The zones whose short names mean one offset: those of RFC 5322, and those of Europe.
private let knownZones: [String: Int32] = [
  "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "WET": 0, "WEST": 1,
  "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
]

/// The names of weekdays and months, as ``TimeScanner`` reads words.
private let weekdayNames = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
private let monthNames = [
  "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER",
  "NOVEMBER",
  "DECEMBER",
]
