import CivilTime
import Columns
import SourceText
import YAML

extension Check {
  /// For how many days after its close a vote may be counted.
  private static let daysToCount: Int64 = 7

  /// Votes that closed more than a week ago and have no results: `ballot/no-results`.
  static let missingResults = Check { site in
    let archive = site.archive
    return archive.ballots.compactMap { ballot in
      guard ballot.isBeingCounted, let closed = ballot.source.closes?.value.end(in: archive.zone),
        closed.seconds + daysToCount * 86_400 <= archive.asOf.seconds
      else { return nil }
      return .noResults(ballot, closed: closed, at: archive.source(of: ballot.page)?.place)
    }
  }
}

extension Diagnostic {
  fileprivate static func noResults(_ ballot: Ballot, closed: Timestamp, at place: Location?) -> Diagnostic {
    .warning(
      "ballot/no-results", "the vote of \(ballot.period) closed on \(closed.date) and has no results",
      at: place,
      fix: "write 'results' or 'winners' below 'vote', or 'status: void'")
  }
}
