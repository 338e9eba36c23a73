import SourceText
import YAML

extension Archive {
  /// `ballot` as a build shows it once it has closed with `votes`, each by the name of its project, and with no others.
  public func closed(_ ballot: Ballot, with votes: [(name: String, votes: Int)]) -> Ballot {
    guard let file = source(of: ballot.page) else { return ballot }
    var problems: [Diagnostic] = []
    return .assemble(
      ballot.source.closed(with: votes.map { ResultEntry($0.name, votes: $0.votes) }), in: file,
      on: ballot.page, among: projects(of: ballot),
      below: VotesBelow(awaited: ballot.awaited, areKnown: ballot.candidatesAreKnown),
      options: AssemblyOptions(asOf: asOf, zone: zone),
      diagnostics: &problems)
  }
}

extension BallotSource {
  /// The same with other results and closed, if it isn't void.
  fileprivate func closed(with results: [ResultEntry]) -> BallotSource {
    var copy = self
    copy.results = results
    if state != .void { copy.state = .closed }
    return copy
  }
}
