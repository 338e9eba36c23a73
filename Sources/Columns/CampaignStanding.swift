import CivilTime

/// Where a campaign stands at the build's moment, as far as its figures can tell.
public struct CampaignStanding: Sendable, Hashable {
  /// Whether money can be pledged, and how it ended.
  public enum State: String, Sendable, CaseIterable {
    case upcoming, live, ended, funded
  }

  /// The state. One that is over is `funded` once figures of any day reached the goal, and else `ended`.
  public let state: State
  /// Whether it is over and the figures tell how: they reached the goal, or are of the last day or a later one.
  public let outcomeIsKnown: Bool
  /// The end, in the zone of the site; of a bare date, the start of that day.
  public let deadline: Timestamp?
  /// Whether ``deadline`` names a time of day, not a bare date.
  public let deadlineHasTime: Bool
  /// The days left while it is live; 0 on the last day.
  public let daysLeft: Int?
  /// What is pledged, in hundredths of the goal, rounded down.
  public let percent: Int?

  /// Whether it is live with at most ``CampaignIndex/lastDays`` days left.
  public var endsSoon: Bool { daysLeft.map { $0 <= CampaignIndex.lastDays } ?? false }

  /// The standing of `campaign`, whose figures are of `writtenOn` where it has no `as_of`.
  init(_ campaign: Campaign, writtenOn: Timestamp, asOf: Timestamp, zone: TimeZoneRules) {
    let end = campaign.deadline?.end(in: zone)
    let isFunded = (campaign.goal ?? .max) <= campaign.pledged ?? 0
    if let launched = campaign.launched, zone.timestamp(of: launched).seconds > asOf.seconds {
      state = .upcoming
    } else if let end, end.seconds <= asOf.seconds {
      state = isFunded ? .funded : .ended
    } else {
      state = .live
    }
    deadline = campaign.deadline?.start(in: zone)
    deadlineHasTime = campaign.deadline?.hasTime ?? false
    let lastDay = campaign.lastDay(in: zone)
    daysLeft =
      state == .live ? lastDay.map { $0.dayNumber - zone.timestamp(at: asOf.seconds).date.dayNumber } : nil
    let hasFigures = campaign.goal != nil && campaign.pledged != nil
    let figuresDay = campaign.asOf ?? zone.timestamp(at: writtenOn.seconds).date
    outcomeIsKnown =
      state == .funded || (state == .ended && hasFigures && lastDay.map { figuresDay >= $0 } ?? false)
    // Both are at most a million millions, so that nothing overflows.
    percent = campaign.goal.flatMap { goal in goal > 0 ? campaign.pledged.map { $0 * 100 / goal } : nil }
  }
}

extension Campaign {
  /// The last day on which money can be pledged; `nil` without a deadline.
  ///
  /// A deadline at midnight leaves nothing of the day that then begins.
  func lastDay(in zone: TimeZoneRules) -> CivilDate? {
    deadline.map { zone.timestamp(at: $0.end(in: zone).seconds - 1).date }
  }

  /// When it begins, when its end comes near, and when it ends.
  func turningPoints(in zone: TimeZoneRules) -> [Timestamp] {
    var moments = launched.map { [zone.timestamp(of: $0)] } ?? []
    if let deadline, let lastDay = lastDay(in: zone) {
      moments.append(zone.timestamp(of: lastDay.adding(days: -CampaignIndex.lastDays)))
      moments.append(deadline.end(in: zone))
    }
    return moments
  }
}
