/// An instant together with the offset from UTC at which it is shown.
///
/// Two timestamps are equal and ordered by instant first; what is printed is the local day and time.
public struct Timestamp: Sendable, Hashable {
  /// Seconds since 1970-01-01 00:00 UTC.
  public let seconds: Int64
  /// What to add to UTC for the local time, in seconds; east is positive.
  public let offset: Int32

  /// The instant `seconds` after 1970-01-01 00:00 UTC, shown `offset` seconds east of it.
  public init(seconds: Int64, offset: Int32 = 0) {
    self.seconds = seconds
    self.offset = offset
  }

  /// The local `date` and time of day, `offset` seconds east of UTC.
  public init(_ date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, offset: Int32 = 0) {
    let local = Int64(date.dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(seconds: local - Int64(offset), offset: offset)
  }

  /// The instant that an RFC 3339 `text` names, such as `2026-11-20T09:00:00-05:00` or `…Z`; a `t`, `z` or
  /// space for the `T`, seconds left out and fractions of a second (dropped) are understood.
  /// `nil` when there is no offset, or no such day or time. A leap second counts as the second after it.
  public init?(rfc3339 text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.skip(any: [0x54, 0x74, 0x20]),
      let time = scanner.timeOfDay(), let offset = scanner.offset(), scanner.isAtEnd
    else { return nil }
    self.init(date, hour: time.hour, minute: time.minute, second: time.second, offset: Int32(offset))
  }

  /// The local day.
  public var date: CivilDate { CivilDate(dayNumber: floorDivide(Int(localSeconds), 86_400)) }
  /// The local hour, from 0 to 23.
  public var hour: Int { secondOfDay / 3600 }
  /// The minute, from 0 to 59.
  public var minute: Int { secondOfDay / 60 % 60 }
  /// The second, from 0 to 59.
  public var second: Int { secondOfDay % 60 }

  /// The timestamp as RFC 3339 says, with `Z` for UTC: `2026-11-20T09:00:00-05:00`.
  public var rfc3339: String {
    "\(date)T\(timeText)\(offset == 0 ? "Z" : offsetText(separator: ":"))"
  }

  /// The timestamp as RFC 5322 and RSS say: `Fri, 20 Nov 2026 09:00:00 -0500`.
  public var rfc5322: String {
    let day = date
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return "\(day.weekday.name.prefix(3)), \(padded(day.day, 2)) \(months[day.month - 1]) "
      + "\(padded(day.year, 4)) \(timeText) \(offsetText(separator: ""))"
  }

  /// The offset as `-05:00`, with `separator` between hours and minutes.
  public func offsetText(separator: String) -> String {
    let minutes = abs(Int(offset)) / 60
    return "\(offset < 0 ? "-" : "+")\(padded(minutes / 60, 2))\(separator)\(padded(minutes % 60, 2))"
  }

  private var timeText: String { "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))" }
  private var localSeconds: Int64 { seconds + Int64(offset) }
  private var secondOfDay: Int { Int(localSeconds) - floorDivide(Int(localSeconds), 86_400) * 86_400 }
}

extension Timestamp: Comparable {
  /// Earlier instants come first; one instant at two offsets is ordered by offset.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.offset) < (right.seconds, right.offset)
  }
}

func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
  let quotient = dividend / divisor
  return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient
}
