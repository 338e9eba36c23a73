import CivilTime
import SourceText

extension ByteBuffer {
  /// Appends `timestamp` as Atom, JSON Feed and sitemaps say: `2026-11-20T09:00:00-05:00`, or `…Z` for UTC.
  mutating func appendRFC3339(_ timestamp: Timestamp) {
    let timestamp = timestamp.withWholeMinuteOffset
    append(timestamp.date, separator: "-")
    append("T" as StaticString)
    appendTime(of: timestamp, separator: ":")
    if timestamp.offset == 0 {
      append("Z" as StaticString)
    } else {
      appendOffset(of: timestamp, separator: ":")
    }
  }

  /// Appends `timestamp` as RSS says: `Fri, 20 Nov 2026 09:00:00 -0500`.
  mutating func appendRFC822(_ timestamp: Timestamp) {
    let timestamp = timestamp.withWholeMinuteOffset
    let date = timestamp.date
    append(date.weekday.shortName)
    append(", " as StaticString)
    appendDigits(date.day, width: 2)
    append(date.shortMonthName)
    appendDigits(date.year, width: 4)
    append(" " as StaticString)
    appendTime(of: timestamp, separator: ":")
    append(" " as StaticString)
    appendOffset(of: timestamp, separator: "")
  }

  /// Appends `timestamp` as iCalendar says, in UTC: `20261120T140000Z`.
  mutating func appendCalendarTime(_ timestamp: Timestamp) {
    let universal = Timestamp(seconds: timestamp.seconds)
    append(universal.date, separator: "")
    append("T" as StaticString)
    appendTime(of: universal, separator: "")
    append("Z" as StaticString)
  }

  /// Appends `date` as `2026-11-20`, with `separator` between its parts.
  mutating func append(_ date: CivilDate, separator: StaticString) {
    appendDigits(date.year, width: 4)
    append(separator)
    appendDigits(date.month, width: 2)
    append(separator)
    appendDigits(date.day, width: 2)
  }

  private mutating func appendTime(of timestamp: Timestamp, separator: StaticString) {
    appendDigits(timestamp.hour, width: 2)
    append(separator)
    appendDigits(timestamp.minute, width: 2)
    append(separator)
    appendDigits(timestamp.second, width: 2)
  }

  private mutating func appendOffset(of timestamp: Timestamp, separator: StaticString) {
    append(timestamp.offset < 0 ? "-" : "+" as StaticString)
    let minutes = Int(timestamp.offset.magnitude) / 60
    appendDigits(minutes / 60, width: 2)
    append(separator)
    appendDigits(minutes % 60, width: 2)
  }

  /// Appends the last `width` digits of `number`, with zeros in front.
  private mutating func appendDigits(_ number: Int, width: Int) {
    var divisor = 1
    for _ in 1..<width { divisor *= 10 }
    var rest = max(0, number)
    while divisor > 0 {
      append(byte: UInt8(ascii: "0") + UInt8(rest / divisor % 10))
      rest %= divisor
      divisor /= 10
    }
  }
}

extension Timestamp {
  /// The same instant shown at an offset that can be written in hours and minutes.
  fileprivate var withWholeMinuteOffset: Timestamp {
    offset % 60 == 0 ? self : Timestamp(seconds: seconds, offset: offset / 60 * 60)
  }
}

extension Weekday {
  fileprivate var shortName: StaticString {
    switch self {
    case .monday: "Mon"
    case .tuesday: "Tue"
    case .wednesday: "Wed"
    case .thursday: "Thu"
    case .friday: "Fri"
    case .saturday: "Sat"
    case .sunday: "Sun"
    }
  }
}

extension CivilDate {
  /// The month in three letters, between spaces.
  fileprivate var shortMonthName: StaticString {
    switch month {
    case 1: " Jan "
    case 2: " Feb "
    case 3: " Mar "
    case 4: " Apr "
    case 5: " May "
    case 6: " Jun "
    case 7: " Jul "
    case 8: " Aug "
    case 9: " Sep "
    case 10: " Oct "
    case 11: " Nov "
    default: " Dec "
    }
  }
}
