import CivilTime
import SourceText

/// Everything over which a column's readers may vote.
struct Electorate {
  var weeks: [Week]
  var months: [Month]
  var years: [Year]
}

extension Archive {
  /// The votes of all weeks, then of all months, then of all years: each rung's winners are the next one's candidates.
  ///
  /// Each week, month and year gets its ballot, and each write-up those that it won.
  static func gatherBallots(
    on electorate: inout Electorate, pieces: [Piece], unpublished: Unpublished,
    neighbours: inout [Neighbours], options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) -> [Ballot] {
    var ballots: [Ballot] = []
    /// Adds the vote of `file` where it has one.
    func add(
      _ file: PeriodSource?, on page: Ballot.Page, column: ID<Column>, weeks: [ISOWeek],
      published: [ID<WriteUp>], candidates: @autoclosure () -> [ID<WriteUp>]
    ) -> ID<Ballot>? {
      guard let file, let vote = file.vote else { return nil }
      let projects = BallotProjects(
        candidates: candidates(), published: published, weeks: weeks, column: column, pieces: pieces,
        unpublished: unpublished)
      let id = ID<Ballot>(ballots.count)
      ballots.append(
        .assemble(vote, in: file, on: page, among: projects, options: options, diagnostics: &diagnostics))
      for winner in ballots[id].winners { neighbours[winner.index].wins.append(id) }
      return id
    }
    /// The winners of the first of `rungs` on which anybody votes; `all` where nobody does.
    func winners(of rungs: [[ID<Ballot>?]], otherwise all: [ID<WriteUp>]) -> [ID<WriteUp>] {
      let rung = rungs.lazy.map { $0.compactMap(\.self) }.first { !$0.isEmpty }
      guard let rung else { return all }
      var seen: Set<ID<WriteUp>> = []
      return rung.flatMap { ballots[$0].winners }.filter { seen.insert($0).inserted }
    }
    /// The write-ups of a month or year by its days, and those of its weeks, by date.
    func pool(_ writeUps: [ID<WriteUp>], _ weeks: [ID<Week>]) -> [ID<WriteUp>] {
      Set(writeUps + weeks.flatMap { electorate.weeks[$0].writeUps }).sorted()
    }
    for index in electorate.weeks.indices {
      let week = electorate.weeks[index]
      electorate.weeks[index].ballot = add(
        week.source, on: .week(ID(index)), column: week.column, weeks: [week.isoWeek],
        published: week.writeUps, candidates: week.writeUps)
    }
    for index in electorate.months.indices {
      let month = electorate.months[index]
      electorate.months[index].ballot = add(
        month.source, on: .month(ID(index)), column: month.column, weeks: weeks(touching: month.month),
        published: pool(month.writeUps, month.weeks),
        candidates: winners(of: [month.weeks.map { electorate.weeks[$0].ballot }], otherwise: month.writeUps))
    }
    for index in electorate.years.indices {
      let year = electorate.years[index]
      electorate.years[index].ballot = add(
        year.source, on: .year(ID(index)), column: year.column,
        weeks: (1...12).compactMap { CivilMonth(year: year.number, number: $0) }.flatMap(weeks(touching:)),
        published: pool(year.writeUps, year.weeks),
        candidates: winners(
          of: [
            year.months.map { electorate.months[$0].ballot }, year.weeks.map { electorate.weeks[$0].ballot },
          ], otherwise: year.writeUps))
    }
    return ballots
  }

  /// The weeks that have a day in `month`.
  private static func weeks(touching month: CivilMonth) -> [ISOWeek] {
    (0..<6).map { ISOWeek(of: month.firstDay.adding(days: 7 * $0)) }
      .filter { CivilMonth(of: $0.monday) == month || CivilMonth(of: $0.sunday) == month }
  }
}
