import CivilTime

extension Archive {
  /// The columns with their write-ups, weeks, years and months; links each write-up to its neighbours.
  static func gatherCalendar(
    _ sources: [ColumnSource], writeUps: inout [WriteUp], weeks: [Week]
  ) -> (columns: [Column], years: [Year], months: [Month]) {
    var members = [[ID<WriteUp>]](repeating: [], count: sources.count)
    for (index, writeUp) in writeUps.enumerated() { members[writeUp.column.index].append(ID(index)) }
    var weeksOfColumn = [[ID<Week>]](repeating: [], count: sources.count)
    for (index, week) in weeks.enumerated() { weeksOfColumn[week.column.index].append(ID(index)) }

    var columns: [Column] = []
    var years: [Year] = []
    var months: [Month] = []
    for (index, source) in sources.enumerated() {
      let pieces = members[index]
      for (earlier, later) in zip(pieces, pieces.dropFirst()) {
        writeUps[earlier].next = later
        writeUps[later].previous = earlier
      }
      let address = source.path.folder
      let firstYear = years.count
      for yearPieces in runs(of: pieces, by: { writeUps[$0].date.date.year }) {
        let number = writeUps[yearPieces[0]].date.date.year
        let firstMonth = months.count
        for monthPieces in runs(of: yearPieces, by: { writeUps[$0].date.date.month }) {
          let date = writeUps[monthPieces[0]].date.date
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
          source: source, address: address, writeUps: pieces, weeks: weeksOfColumn[index],
          years: (firstYear..<years.count).map { ID($0) }))
    }
    return (columns, years, months)
  }

  /// `elements` cut wherever `key` changes.
  private static func runs<Element, Key: Equatable>(
    of elements: [Element], by key: (Element) -> Key
  ) -> [[Element]] {
    var result: [[Element]] = []
    var last: Key?
    for element in elements {
      let current = key(element)
      if current == last { result[result.count - 1].append(element) } else { result.append([element]) }
      last = current
    }
    return result
  }
}
