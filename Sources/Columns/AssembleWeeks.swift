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
  /// Notes for each write-up its week and the votes it won. `coming` are the weeks of those `_week.md` that
  /// have not begun and so are not shown.
  static func gatherWeeks(
    _ sources: [WeekSource], columns: [ColumnSource], pieces: [Piece], unpublished: Unpublished,
    neighbours: inout [Neighbours], options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> (weeks: [Week], coming: [ISOWeek]) {
    var members: [WeekKey: [ID<WriteUp>]] = [:]
    for (index, piece) in pieces.enumerated() where columns[piece.column.index].hasWeeks {
      members[WeekKey(column: piece.column, week: piece.week), default: []].append(ID(index))
    }
    let files = assignFiles(sources, columns: columns, diagnostics: &diagnostics)
    let today = options.zone.timestamp(at: options.asOf.seconds).date
    let begun = files.keys.filter { $0.week.monday <= today || options.includesFuture }
    let keys = Set(members.keys).union(begun)
    var weeks: [Week] = []
    weeks.reserveCapacity(keys.count)
    for key in keys.sorted() {
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
                $0, in: file,
                among: BallotProjects(
                  published: members, pieces: pieces, unpublished: unpublished, column: key.column,
                  week: key.week),
                options: options, diagnostics: &diagnostics)
            }
          },
          isCurrent: ISOWeek(of: today) == key.week))
    }
    link(&weeks, to: &neighbours)
    return (weeks, files.keys.filter { !keys.contains($0) }.map(\.week))
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
}
