import CivilTime
import Foundation

extension TimeZoneRules {
  /// The rules of the zone that the system's data call `name`, such as `America/New_York`, from 1970 to
  /// 2100; `nil` when there is no such zone.
  static func named(_ name: String) -> TimeZoneRules? {
    if name == "UTC" || name == "Etc/UTC" { return .utc }
    // Foundation also takes GMT+3 and the like, which are offsets and no zones.
    let isOffset = name.hasPrefix("GMT") || name.hasPrefix("UTC")
    guard !isOffset, let zone = TimeZone(identifier: name) else { return nil }
    var transitions: [Transition] = []
    var moment = Date(timeIntervalSince1970: 0)
    let end = Date(timeIntervalSince1970: 4_102_444_800)
    while let next = zone.nextDaylightSavingTimeTransition(after: moment), next < end, next > moment {
      transitions.append(
        Transition(
          seconds: Int64(next.timeIntervalSince1970), offset: Int32(zone.secondsFromGMT(for: next))))
      moment = next
    }
    return TimeZoneRules(
      name: name, initialOffset: Int32(zone.secondsFromGMT(for: Date(timeIntervalSince1970: 0))),
      transitions: transitions)
  }

  /// The names of all zones that the system knows, for suggestions.
  static var knownNames: [String] { TimeZone.knownTimeZoneIdentifiers.sorted() }
}
