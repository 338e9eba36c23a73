import CivilTime
import SourceText
import YAML

/// A column's week, as a key.
private struct WeekKey: Hashable, Comparable {
  let column: ID<Column>
  let week: ISOWeek

  static func < (left: WeekKey, right: WeekKey) -> Bool {
    (left.column, left.week) < (right.column, right.week)
  }
}

extension Archive {
  /// The weeks of every column that has week pages: those with a published write-up, and those with a
  /// `_week.md` that have begun.
  ///
  /// Notes for each write-up its week and the votes it won.
  static func gatherWeeks(
    _ sources: [WeekSource], columns: [ColumnSource], pieces: [Piece], neighbours: inout [Neighbours],
    options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> [Week] {
    var members: [WeekKey: [ID<WriteUp>]] = [:]
    for (index, piece) in pieces.enumerated() where columns[piece.column.index].hasWeeks {
      members[WeekKey(column: piece.column, week: piece.week), default: []].append(ID(index))
    }
    let files = assignFiles(sources, columns: columns, diagnostics: &diagnostics)
    let today = options.zone.timestamp(at: options.asOf.seconds).date
    let begun = files.keys.filter { $0.week.monday <= today || options.includesFuture }
    let keys = Set(members.keys).union(begun).sorted()
    var weeks: [Week] = []
    weeks.reserveCapacity(keys.count)
    for key in keys {
      let column = columns[key.column.index]
      let members = members[key] ?? []
      let file = files[key]
      weeks.append(
        Week(
          column: key.column, isoWeek: key.week, source: file,
          address: "\(column.path.folder)/\(key.week.segment)",
          slots: slots(of: key.week, cadence: column.cadence, members: members, of: pieces),
          writeUps: members,
          ballot: file.flatMap { file in
            file.vote.map {
              Ballot.assemble(
                $0, in: file, members: members, of: pieces, options: options, diagnostics: &diagnostics)
            }
          },
          isCurrent: ISOWeek(of: today) == key.week))
    }
    link(&weeks, to: &neighbours)
    return weeks
  }

  /// The `_week.md` of each week; a second one for the same week is reported.
  private static func assignFiles(
    _ sources: [WeekSource], columns: [ColumnSource], diagnostics: inout [Diagnostic]
  ) -> [WeekKey: WeekSource] {
    var files: [WeekKey: WeekSource] = [:]
    for source in sources.sorted(by: { $0.path < $1.path }) {
      let folder = source.path.folder + "/"
      let owner = columns.enumerated().filter { folder.hasPrefix($1.path.folder + "/") }
        .max { $0.element.path.folder.utf8.count < $1.element.path.folder.utf8.count }
      guard let owner else {
        diagnostics.append(.weekOutsideColumns(source))
        continue
      }
      guard owner.element.hasWeeks else {
        diagnostics.append(.weekWithoutPage(source, owner.element))
        continue
      }
      let key = WeekKey(column: ID(owner.offset), week: source.week.value)
      if let other = files[key] {
        diagnostics.append(.secondWeekFile(source, other))
      } else {
        files[key] = source
      }
    }
    return files
  }

  /// A slot for each day of the cadence and for each write-up, by date.
  private static func slots(
    of week: ISOWeek, cadence: [Weekday], members: [ID<WriteUp>], of pieces: [Piece]
  ) -> [Slot] {
    let filled = members.map { Slot(date: pieces[$0.index].date.date, writeUp: $0) }
    let days = Set(filled.map(\.date))
    let empty = cadence.map { week.day(on: $0) }.filter { !days.contains($0) }
    return (filled + empty.map { Slot(date: $0, writeUp: nil) })
      .sorted { ($0.date, $0.writeUp?.index ?? -1) < ($1.date, $1.writeUp?.index ?? -1) }
  }

  private static func link(_ weeks: inout [Week], to neighbours: inout [Neighbours]) {
    for index in weeks.indices {
      if index > 0, weeks[index - 1].column == weeks[index].column {
        weeks[index].previous = ID(index - 1)
        weeks[index - 1].next = ID(index)
      }
      for piece in weeks[index].writeUps { neighbours[piece.index].week = ID(index) }
      for winner in weeks[index].ballot?.winners ?? [] { neighbours[winner.index].weeksWon.append(ID(index)) }
    }
  }
}

extension Ballot {
  /// The vote that `file` describes, with its slugs resolved among the week's `members`.
  fileprivate static func assemble(
    _ source: BallotSource, in file: WeekSource, members: [ID<WriteUp>], of pieces: [Piece],
    options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> Ballot {
    func find(_ slug: Located<String>) -> ID<WriteUp>? {
      if let piece = members.first(where: { pieces[$0.index].source.slug == slug.value }) { return piece }
      diagnostics.append(.unknownProject(slug, in: file, among: members.map { pieces[$0.index].source.slug }))
      return nil
    }
    let opens = source.opens?.start(in: options.zone)
    let state: State
    if source.state == .void || source.state == .closed {
      state = source.state == .void ? .void : .closed
    } else if let closes = source.closes?.end(in: options.zone), closes.seconds <= options.asOf.seconds {
      // A poll that was left `open` closes all the same.
      state = .closed
    } else if let opens, opens.seconds > options.asOf.seconds {
      state = .upcoming
    } else {
      state = source.results.isEmpty || source.closes != nil || source.state == .open ? .open : .closed
    }
    let counted = source.results.compactMap { entry in find(entry.project).map { ($0, entry.votes) } }
    let total = counted.reduce(0) { $0 + $1.1 }
    let most = counted.map(\.1).max() ?? 0
    var winners = (source.winners ?? []).compactMap(find)
    if source.winners == nil, state == .closed, most > 0 {
      winners = counted.filter { $0.1 == most }.map(\.0).sorted()
    }
    if state == .void { winners = [] }
    let lines = counted.map { piece, votes in
      Line(
        writeUp: piece, votes: votes, percent: total > 0 ? (votes * 200 + total) / (total * 2) : 0,
        isWinner: winners.contains(piece))
    }
    return Ballot(
      source: source, opens: opens, closes: source.closes?.start(in: options.zone), state: state,
      candidates: source.candidates.map { $0.compactMap(find) } ?? members,
      results: lines.sorted { ($1.votes, $0.writeUp) < ($0.votes, $1.writeUp) }, winners: winners,
      total: total)
  }
}

extension Diagnostic {
  private static func place(_ source: WeekSource) -> Location {
    Location(path: source.path.sourcePath, range: source.week.range)
  }

  fileprivate static func weekOutsideColumns(_ source: WeekSource) -> Diagnostic {
    .error(
      "week/outside-columns", "this _week.md is in no column", at: place(source),
      fix: "move it into a column's folder")
  }

  fileprivate static func weekWithoutPage(_ source: WeekSource, _ column: ColumnSource) -> Diagnostic {
    .error(
      "week/no-page", "\(column.name) has no week pages", at: place(source),
      fix: "write 'weeks: true' in \(column.path.sourcePath), or remove this file")
  }

  fileprivate static func secondWeekFile(_ source: WeekSource, _ other: WeekSource) -> Diagnostic {
    .error(
      "week/duplicate", "\(source.week.value) already has a _week.md", at: place(source),
      fix: "correct the week, or merge the two files", notes: [Note("the other file", at: place(other))])
  }

  fileprivate static func unknownProject(
    _ slug: Located<String>, in file: WeekSource, among slugs: [String]
  ) -> Diagnostic {
    .error(
      "week/unknown-project", "\(file.week.value) has no write-up '\(slug.value)'",
      at: Location(path: file.path.sourcePath, range: slug.range),
      fix: didYouMean(slug.value, among: slugs)
        ?? (slugs.isEmpty ? "the week is empty" : "its write-ups are \(slugs.joined(separator: ", "))"))
  }
}
