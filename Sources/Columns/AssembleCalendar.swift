import CivilTime

extension Archive {
  /// The columns with their write-ups, weeks, years and months; notes the neighbours of each write-up.
  ///
  /// There is a month where there are write-ups or a `_month.md`, and a year where there are months, weeks or a
  /// `_year.md`.
  static func gatherCalendar(
    _ sources: [ColumnSource], files: PeriodFiles, pieces: [Piece], weeks: [Week],
    neighbours: inout [Neighbours]
  ) -> (columns: [Column], years: [Year], months: [Month]) {
    var members = [[ID<WriteUp>]](repeating: [], count: sources.count)
    for (index, piece) in pieces.enumerated() { members[piece.column.index].append(ID(index)) }
    var weeksOfColumn = [[ID<Week>]](repeating: [], count: sources.count)
    for (index, week) in weeks.enumerated() { weeksOfColumn[week.column.index].append(ID(index)) }

    var columns: [Column] = []
    var years: [Year] = []
    var months: [Month] = []
    for (index, source) in sources.enumerated() {
      let column = ID<Column>(index)
      let own = members[index]
      for (earlier, later) in zip(own, own.dropFirst()) {
        neighbours[earlier.index].next = later
        neighbours[later.index].previous = earlier
      }
      let writeUps = Dictionary(grouping: own) { CivilMonth(of: pieces[$0.index].date.date) }
      let ownWeeks = weeksOfColumn[index]
      let weeksOfMonth = Dictionary(grouping: ownWeeks) { CivilMonth(of: weeks[$0].isoWeek.thursday) }
      let weeksOfYear = Dictionary(grouping: ownWeeks) { weeks[$0].isoWeek.year }
      var monthsOfYear: [Int: Set<CivilMonth>] = [:]
      for month in writeUps.keys { monthsOfYear[month.year, default: []].insert(month) }
      for year in weeksOfYear.keys { monthsOfYear[year, default: []].formUnion([]) }
      for key in files.files.keys where key.column == column {
        if case .month(let month) = key.period { monthsOfYear[month.year, default: []].insert(month) }
        if case .year(let year) = key.period { monthsOfYear[year, default: []].formUnion([]) }
      }
      let firstYear = years.count
      for (number, monthNumbers) in monthsOfYear.sorted(by: { $0.key < $1.key }) {
        let firstMonth = months.count
        for month in monthNumbers.sorted() {
          months.append(
            Month(
              column: column, year: ID(years.count), month: month, source: files[column, .month(month)],
              address: source.address(of: month),
              weeks: weeksOfMonth[month] ?? [], writeUps: writeUps[month] ?? []))
        }
        years.append(
          Year(
            column: column, number: number, source: files[column, .year(number)],
            address: source.address(ofYear: number), months: (firstMonth..<months.count).map { ID($0) },
            weeks: weeksOfYear[number] ?? [],
            writeUps: months[firstMonth...].flatMap(\.writeUps)))
      }
      columns.append(
        Column(
          source: source, address: source.path.folder, writeUps: own, weeks: ownWeeks,
          years: (firstYear..<years.count).map { ID($0) }))
    }
    return (columns, years, months)
  }
}
