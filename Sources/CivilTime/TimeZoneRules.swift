/// The offsets from UTC that one time zone has had and will have, as a plain value.
///
/// It is made at the edge of the program from the system's zone data; everything that depends on it
/// is then a function of its arguments.
public struct TimeZoneRules: Sendable, Hashable {
  /// From an instant on, the zone's offset from UTC.
  public struct Transition: Sendable, Hashable {
    /// Seconds since 1970-01-01 00:00 UTC from which `offset` holds.
    public let seconds: Int64
    /// What to add to UTC for the local time, in seconds.
    public let offset: Int32

    /// A change to `offset` at `seconds`.
    public init(seconds: Int64, offset: Int32) {
      self.seconds = seconds
      self.offset = offset
    }
  }

  /// The name, such as `America/New_York`.
  public let name: String
  /// The offset from UTC until the first of ``transitions``, in seconds.
  public let initialOffset: Int32
  /// The changes of the offset, in order of time.
  public let transitions: [Transition]

  /// A zone that has `initialOffset` until the first of `transitions`, which are in order of time.
  public init(name: String, initialOffset: Int32, transitions: [Transition] = []) {
    self.name = name
    self.initialOffset = initialOffset
    self.transitions = transitions
  }

  /// Coordinated Universal Time.
  public static let utc = TimeZoneRules(name: "UTC", initialOffset: 0)

  /// The offset in force at an instant, in seconds.
  public func offset(at seconds: Int64) -> Int32 {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].seconds <= seconds { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? initialOffset : transitions[low - 1].offset
  }

  /// The instant at which clocks of the zone show `date` and the time of day.
  ///
  /// A time that happens twice is the earlier of the two; a time that is skipped is moved past the gap.
  public func timestamp(of date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0) -> Timestamp {
    let local = Timestamp(date, hour: hour, minute: minute, second: second).seconds
    let before = offset(at: local - 86_400)
    let after = offset(at: local + 86_400)
    for candidate in [before, after] where offset(at: local - Int64(candidate)) == candidate {
      return Timestamp(seconds: local - Int64(candidate), offset: candidate)
    }
    return self.timestamp(at: local - Int64(before))
  }

  /// The instant `seconds` with the offset that is in force then.
  public func timestamp(at seconds: Int64) -> Timestamp {
    Timestamp(seconds: seconds, offset: offset(at: seconds))
  }
}
