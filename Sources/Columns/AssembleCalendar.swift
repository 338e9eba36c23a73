import CivilTime

extension Archive {
  /// The columns with their write-ups, weeks, years and months; notes the neighbours of each write-up.
  static func gatherCalendar(
    _ sources: [ColumnSource], pieces: [Piece], weeks: [Week], neighbours: inout [Neighbours]
  ) -> (columns: [Column], years: [Year], months: [Month]) {
    var members = [[ID<WriteUp>]](repeating: [], count: sources.count)
    for (index, piece) in pieces.enumerated() { members[piece.column.index].append(ID(index)) }
    var weeksOfColumn = [[ID<Week>]](repeating: [], count: sources.count)
    for (index, week) in weeks.enumerated() { weeksOfColumn[week.column.index].append(ID(index)) }

    var columns: [Column] = []
    var years: [Year] = []
    var months: [Month] = []
    for (index, source) in sources.enumerated() {
      let own = members[index]
      for (earlier, later) in zip(own, own.dropFirst()) {
        neighbours[earlier.index].next = later
        neighbours[later.index].previous = earlier
      }
      let address = source.path.folder
      let firstYear = years.count
      for yearPieces in groups(of: own, by: { pieces[$0.index].date.date.year }) {
        let number = pieces[yearPieces[0].index].date.date.year
        let firstMonth = months.count
        for monthPieces in groups(of: yearPieces, by: { pieces[$0.index].date.date.month }) {
          let date = pieces[monthPieces[0].index].date.date
          months.append(
            Month(
              column: ID(index), year: ID(years.count), firstDay: date.adding(days: 1 - date.day),
              address: "\(address)/\(number)/\(twoDigits(date.month))", writeUps: monthPieces))
        }
        years.append(
          Year(
            column: ID(index), number: number, address: "\(address)/\(number)",
            months: (firstMonth..<months.count).map { ID($0) },
            weeks: weeksOfColumn[index].filter {
              weeks[$0].isoWeek.monday.year == number || weeks[$0].isoWeek.sunday.year == number
            },
            writeUps: yearPieces))
      }
      columns.append(
        Column(
          source: source, address: address, writeUps: own, weeks: weeksOfColumn[index],
          years: (firstYear..<years.count).map { ID($0) }))
    }
    return (columns, years, months)
  }

  /// `elements` by their `key`, the keys in order of first appearance.
  ///
  /// Mostly each key is one run; but where a clock was set back over midnight, a day comes twice.
  private static func groups<Element, Key: Hashable>(
    of elements: [Element], by key: (Element) -> Key
  ) -> [[Element]] {
    var result: [[Element]] = []
    var indices: [Key: Int] = [:]
    var last: (key: Key, index: Int)?
    for element in elements {
      let current = key(element)
      let index: Int
      if let last, last.key == current {
        index = last.index
      } else if let known = indices[current] {
        index = known
      } else {
        index = result.count
        indices[current] = index
        result.append([])
      }
      result[index].append(element)
      last = (current, index)
    }
    return result
  }
}
