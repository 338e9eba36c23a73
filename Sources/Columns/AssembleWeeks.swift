import CivilTime

extension Archive {
  /// The weeks of every column that has week pages: those with a published write-up, and those with a
  /// `_week.md` that have begun; notes for each write-up its week.
  static func gatherWeeks(
    _ files: PeriodFiles, columns: [ColumnSource], pieces: [Piece], neighbours: inout [Neighbours],
    options: AssemblyOptions
  ) -> [Week] {
    var members: [PeriodKey: [ID<WriteUp>]] = [:]
    for (index, piece) in pieces.enumerated() where columns[piece.column.index].hasWeeks {
      members[PeriodKey(column: piece.column, period: .week(piece.week)), default: []].append(ID(index))
    }
    let today = ISOWeek(of: options.zone.timestamp(at: options.asOf.seconds).date)
    var weeks: [Week] = []
    for key in Set(members.keys).union(files.files.keys).sorted() {
      guard case .week(let isoWeek) = key.period else { continue }
      let column = columns[key.column.index]
      let members = members[key] ?? []
      weeks.append(
        Week(
          column: key.column, isoWeek: isoWeek, source: files.files[key],
          address: column.address(of: isoWeek),
          slots: slots(of: isoWeek, cadence: column.cadence, members: members, of: pieces),
          writeUps: members, isCurrent: isoWeek == today))
    }
    link(&weeks, to: &neighbours)
    return weeks
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
    }
  }
}
