import CivilTime
import Columns
import SourceText
import YAML

extension Check {
  /// Votes that are open, and of which readers aren't told where they vote, or until when: `ballot/no-poll`,
  /// `ballot/no-end`; and those that are open while films on their ballots are still to come: `ballot/no-opening`.
  static let openVotes = Check { site in
    let archive = site.archive
    let coming = site.comingWriteUps
    return archive.ballots.flatMap { ballot -> [Diagnostic] in
      guard ballot.state == .open, let file = archive.source(of: ballot.page) else { return [] }
      var found: [Diagnostic] = []
      if ballot.source.url == nil { found.append(.noPoll(file)) }
      // Whoever writes that it is open has thought of it.
      if ballot.source.closes == nil, ballot.source.state == nil { found.append(.noEnd(file)) }
      if ballot.source.opens == nil, ballot.source.state == nil,
        let last = site.lastToCome(on: ballot, of: coming)
      {
        found.append(.noOpening(file, last))
      }
      return found
    }
  }
}

extension CheckedSite {
  /// The write-ups that have a day to come, by the week that they are for.
  fileprivate var comingWriteUps: [ISOWeek: [(source: WriteUpSource, day: CivilDate)]] {
    let sources = Dictionary(
      content.sources.writeUps.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let coming = archive.heldBack.compactMap { held -> (source: WriteUpSource, day: CivilDate)? in
      guard case .future(let date) = held.reason, let source = sources[held.path] else { return nil }
      return (source, date.date)
    }
    return Dictionary(grouping: coming) { $0.source.isoWeek(on: $0.day) }
  }

  /// The day on which the last film of a week's ballot appears, if that is still to come: one that has its day, or, where
  /// the ballot names nobody, the column's last day of the week.
  fileprivate func lastToCome(
    on ballot: Ballot, of coming: [ISOWeek: [(source: WriteUpSource, day: CivilDate)]]
  ) -> CivilDate? {
    guard case .week(let week) = ballot.period else { return nil }
    let column = archive.columns[ballot.column]
    var days: [CivilDate] = []
    if ballot.source.candidates == nil {
      // Days on which something has appeared are done.
      let filled = Set(ballot.candidates.map { archive.writeUps[$0].date.date })
      days = column.source.cadence.map { week.day(on: $0) }.filter { $0 > today && !filled.contains($0) }
    }
    let names = ballot.source.candidates.map { Set($0.map(\.value)) }
    days += (coming[week] ?? []).lazy.filter { source, _ in
      source.path.text.hasPrefix(column.address + "/") && names?.contains(source.slug) ?? true
    }.map(\.day)
    // What comes after the close is on no ballot of anybody's.
    let closes = ballot.source.closes?.value.start(in: archive.zone).date
    return days.filter { day in closes.map { day < $0 } ?? true }.max()
  }
}

extension Diagnostic {
  fileprivate static func noPoll(_ file: PeriodSource) -> Diagnostic {
    .warning(
      "ballot/no-poll", "the vote of \(file.period.value) is open, and readers aren't told where",
      at: file.place,
      fix: "add the poll's address below 'vote', as url: https://polls.example/film")
  }

  fileprivate static func noOpening(_ file: PeriodSource, _ last: CivilDate) -> Diagnostic {
    .warning(
      "ballot/no-opening",
      "the vote of \(file.period.value) is open, and what appears up to \(last) isn't on its ballot yet",
      at: file.place,
      fix: "add 'opens: \(last)' below 'vote', or 'status: open' if it is meant to be open from the first day"
    )
  }

  fileprivate static func noEnd(_ file: PeriodSource) -> Diagnostic {
    .warning(
      "ballot/no-end", "the vote of \(file.period.value) is open for ever", at: file.place,
      fix: "add 'closes' below 'vote', or 'status: open' if that is meant")
  }
}
