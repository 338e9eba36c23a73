import CivilTime
import YAML

extension Archive {
  /// The winners of a vote that everybody may see.
  public func outWinners(of id: ID<Ballot>) -> [ID<WriteUp>] {
    ballots[id].winners.filter { writeUps[$0].isPublic }
  }

  /// When a vote was decided, as near as its file tells: at its close, or where that isn't told or to come, when the
  /// poll opened and the last of its projects had appeared. The build's moment is no part of it.
  public func decision(of id: ID<Ballot>) -> Timestamp {
    let ballot = ballots[id]
    if let close = ballot.source.closes?.value.end(in: zone), close.seconds <= asOf.seconds { return close }
    let appeared = (ballot.candidates + ballot.winners).map { writeUps[$0] }.filter(\.isPublic).map(\.date)
    let opens = ballot.opens.flatMap { $0.seconds <= asOf.seconds ? $0 : nil }
    return (appeared + [opens].compactMap(\.self)).max() ?? zone.timestamp(of: ballot.period.firstDay)
  }
}
