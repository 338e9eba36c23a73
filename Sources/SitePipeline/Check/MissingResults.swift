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
      guard ballot.isBeingCounted, let closes = ballot.source.closes,
        let file = archive.source(of: ballot.page),
        closes.value.end(in: archive.zone).seconds + daysToCount * 86_400 <= archive.asOf.seconds
      else { return nil }
      return .noResults(ballot, closes, in: file)
    }
  }
}

extension Diagnostic {
  fileprivate static func noResults(
    _ ballot: Ballot, _ closes: Located<Moment>, in file: PeriodSource
  ) -> Diagnostic {
    let period = file.period.value
    return .warning(
      "ballot/no-results", "the vote of \(period) closed \(closes.value.closing) and has no results",
      at: Location(path: file.path.sourcePath, range: closes.range),
      fix: "count its answers: sitegen tally FILE --\(period.kind.rawValue) \(period) --choice COLUMN; "
        + "or write 'winners', or 'status: void'")
  }
}
