import Columns
import SourceText
import YAML

extension Check {
  /// Votes of months and years that are open while votes below them are undecided: `ballot/uncounted-below`.
  static let uncountedRungs = Check { site in
    let archive = site.archive
    return archive.ballots.compactMap { ballot in
      guard ballot.state == .open, !ballot.awaited.isEmpty, let file = archive.source(of: ballot.page) else {
        return nil
      }
      return .uncountedBelow(file, archive.periods(of: ballot.awaited))
    }
  }
}

extension Archive {
  /// The weeks, months and years of `votes`, in words: `2026-W47, 2026-W48`.
  func periods(of votes: [ID<Ballot>]) -> String {
    votes.map { ballots[$0].period.description }.joined(separator: ", ")
  }
}

extension Diagnostic {
  fileprivate static func uncountedBelow(_ file: PeriodSource, _ periods: String) -> Diagnostic {
    .warning(
      "ballot/uncounted-below",
      "the vote of \(file.period.value) is open, and not all are on its ballot: undecided so far is \(periods)",
      at: file.place, fix: "count these with sitegen tally, let it open later, or write 'candidates'")
  }
}
