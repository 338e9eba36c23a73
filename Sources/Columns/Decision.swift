import CivilTime
import YAML

extension Archive {
  /// The winners of a vote that everybody may see.
  public func outWinners(of id: ID<Ballot>) -> [ID<WriteUp>] {
    ballots[id].winners.filter { writeUps[$0].isOut }
  }

  /// When a vote was decided: at its close, or where that isn't told or to come, with the end of its week, month or
  /// year; never after the build's moment.
  public func decision(of id: ID<Ballot>) -> Timestamp {
    let ballot = ballots[id]
    let now = zone.timestamp(at: asOf.seconds)
    if let close = ballot.source.closes?.value.end(in: zone), close.seconds <= asOf.seconds { return close }
    return min(zone.timestamp(of: ballot.period.dayAfter), now)
  }
}

extension Period {
  /// The day after its last.
  public var dayAfter: CivilDate {
    switch self {
    case .week(let week): week.sunday.adding(days: 1)
    case .month(let month): month.firstDay.adding(days: 31).firstOfMonth
    case .year(let year): Period.year(year + 1).firstDay
    }
  }
}

extension CivilDate {
  /// The first day of its month.
  fileprivate var firstOfMonth: CivilDate { adding(days: 1 - day) }
}
