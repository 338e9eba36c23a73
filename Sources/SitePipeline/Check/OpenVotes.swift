import Columns
import SourceText
import YAML

extension Check {
  /// Votes that are open, and of which readers aren't told where they vote, or until when: `ballot/no-poll`,
  /// `ballot/no-end`.
  static let openVotes = Check { site in
    let archive = site.archive
    return archive.ballots.flatMap { ballot -> [Diagnostic] in
      guard ballot.state == .open, let file = archive.source(of: ballot.page) else { return [] }
      var found: [Diagnostic] = []
      if ballot.source.url == nil { found.append(.noPoll(file)) }
      // Whoever writes that it is open has thought of it.
      if ballot.source.closes == nil, ballot.source.state == nil { found.append(.noEnd(file)) }
      return found
    }
  }
}

extension Diagnostic {
  fileprivate static func noPoll(_ file: PeriodSource) -> Diagnostic {
    .warning(
      "ballot/no-poll", "the vote of \(file.period.value) is open, and readers aren't told where",
      at: file.place,
      fix: "add the poll's address below 'vote', as url: https://polls.example/film")
  }

  fileprivate static func noEnd(_ file: PeriodSource) -> Diagnostic {
    .warning(
      "ballot/no-end", "the vote of \(file.period.value) is open for ever", at: file.place,
      fix: "add 'closes' below 'vote', or 'status: open' if that is meant")
  }
}
