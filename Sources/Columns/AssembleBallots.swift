import CivilTime
import SourceText

/// Everything over which a column's readers may vote, and the votes there are.
struct Electorate {
  var weeks: [Week]
  var months: [Month]
  var years: [Year]
  var ballots: [Ballot] = []
  /// The columns, each with the kinds of those files about weeks, months and years that can't be read.
  var unreadable: [ID<Column>: Set<Period.Kind>] = [:]
}

/// What is known of the votes one rung below a ballot.
struct VotesBelow {
  /// Those that aren't decided.
  var awaited: [ID<Ballot>] = []
  /// Whether all are there, and decided.
  var areKnown = true
}

extension Archive {
  /// The votes of all weeks, then of all months, then of all years: each rung's winners are the next one's candidates.
  ///
  /// Each week, month and year gets its ballot, and each write-up those that it won.
  static func gatherBallots(
    on electorate: inout Electorate, pieces: [Piece], unpublished: Unpublished,
    neighbours: inout [Neighbours], options: AssemblyOptions, diagnostics: inout [Diagnostic]
  ) {
    // Few ballots name what they can't, and some of these many.
    lazy var namesakes = Namesakes(pieces, unpublished)
    /// Adds the vote of `file` where it has one.
    func add(_ file: PeriodSource?, on page: Ballot.Page) -> ID<Ballot>? {
      guard let file, let vote = file.vote else { return nil }
      let projects = BallotProjects(
        of: page, in: electorate, unpublished: unpublished,
        key: { id in
          let piece = pieces[id.index]
          return (piece.source.slug, piece.week, piece.date.date)
        },
        elsewhere: { [column = electorate.column(of: page)] name, period in
          let slug = name.split(separator: "/").last.map(String.init) ?? name
          return namesakes(slug, in: column).min {
            ($0.day.distance(to: period), $0.path) < ($1.day.distance(to: period), $1.path)
          }
        })
      let ballot = Ballot.assemble(
        vote, in: file, on: page, among: projects, below: electorate.votesBelow(page), options: options,
        diagnostics: &diagnostics)
      let id = ID<Ballot>(electorate.ballots.count)
      electorate.ballots.append(ballot)
      for winner in ballot.winners { neighbours[winner.index].wins.append(id) }
      return id
    }
    for index in electorate.weeks.indices {
      electorate.weeks[index].ballot = add(electorate.weeks[index].source, on: .week(ID(index)))
    }
    for index in electorate.months.indices {
      electorate.months[index].ballot = add(electorate.months[index].source, on: .month(ID(index)))
    }
    for index in electorate.years.indices {
      electorate.years[index].ballot = add(electorate.years[index].source, on: .year(ID(index)))
    }
  }
}

/// Everything that there is, published or not, by its column and slug.
private struct Namesakes {
  private struct Key: Hashable {
    let column: ID<Column>
    let slug: String
  }

  private var files: [Key: [BallotProjects.Elsewhere]] = [:]

  init(_ pieces: [Piece], _ unpublished: Unpublished) {
    for piece in pieces {
      files[Key(column: piece.column, slug: piece.source.slug), default: []].append(
        (piece.source.path, piece.week, piece.date.date))
    }
    for (column, slug, file) in unpublished.files {
      files[Key(column: column, slug: slug), default: []].append(file)
    }
  }

  /// Those in `column` that are called `slug`, in no order.
  func callAsFunction(_ slug: String, in column: ID<Column>) -> [BallotProjects.Elsewhere] {
    files[Key(column: column, slug: slug)] ?? []
  }
}

extension CivilDate {
  /// The number of days to the nearest of `period`.
  fileprivate func distance(to period: Period) -> Int {
    max(period.firstDay.dayNumber - dayNumber, dayNumber - period.lastDay.dayNumber, 0)
  }
}

// MARK: - What a vote is about

extension Electorate {
  func column(of page: Ballot.Page) -> ID<Column> {
    switch page {
    case .week(let week): weeks[week].column
    case .month(let month): months[month].column
    case .year(let year): years[year].column
    }
  }

  /// Whom the readers choose among where the ballot doesn't say: the winners of the rungs below, or everybody where
  /// nobody votes on these.
  func candidates(of page: Ballot.Page) -> [ID<WriteUp>] {
    switch page {
    case .week(let week): weeks[week].writeUps
    case .month(let month):
      winners(of: votes(of: months[month].weeks), otherwise: months[month].writeUps)
    case .year(let year):
      winners(of: votes(of: years[year]), otherwise: years[year].writeUps)
    }
  }

  /// The votes whose winners are the candidates of `page` where its ballot doesn't say, as far as they are known.
  func votesBelow(_ page: Ballot.Page) -> VotesBelow {
    let votes: [ID<Ballot>]
    let lost = unreadable[column(of: page)] ?? []
    let isLost: Bool
    switch page {
    case .week: (votes, isLost) = ([], false)
    case .month(let month): (votes, isLost) = (self.votes(of: months[month].weeks), lost.contains(.week))
    case .year(let year):
      (votes, isLost) = (self.votes(of: years[year]), lost.contains(.week) || lost.contains(.month))
    }
    let undecided = votes.filter { !ballots[$0].isDecided }
    return VotesBelow(awaited: undecided, areKnown: !isLost && undecided.isEmpty)
  }

  private func votes(of weeks: [ID<Week>]) -> [ID<Ballot>] { weeks.compactMap { self.weeks[$0].ballot } }

  /// The votes that decide who stands for the year: of each month its own, or, where it has none, those of its weeks. The
  /// first year in which a column's readers vote over months may begin in the middle.
  private func votes(of year: Year) -> [ID<Ballot>] {
    let votes = year.months.compactMap { month in months[month].ballot.map { (months[month].month, $0) } }
    let ofMonths = Dictionary(votes, uniquingKeysWith: { first, _ in first })
    let weeksOfMonth = Dictionary(grouping: year.weeks) { CivilMonth(of: weeks[$0].isoWeek.thursday) }
    return Set(ofMonths.keys).union(weeksOfMonth.keys).sorted().flatMap { month in
      ofMonths[month].map { [$0] } ?? self.votes(of: weeksOfMonth[month] ?? [])
    }
  }

  private func winners(of votes: [ID<Ballot>], otherwise all: [ID<WriteUp>]) -> [ID<WriteUp>] {
    guard !votes.isEmpty else { return all }
    var seen: Set<ID<WriteUp>> = []
    return votes.flatMap { ballots[$0].winners }.filter { seen.insert($0).inserted }
  }

  /// The write-ups of that time, by date; of a month or year those by its days, and those of its weeks.
  func writeUps(of page: Ballot.Page) -> [ID<WriteUp>] {
    func pool(_ writeUps: [ID<WriteUp>], _ weeks: [ID<Week>]) -> [ID<WriteUp>] {
      Set(writeUps + weeks.flatMap { self.weeks[$0].writeUps }).sorted()
    }
    switch page {
    case .week(let week): return weeks[week].writeUps
    case .month(let month): return pool(months[month].writeUps, months[month].weeks)
    case .year(let year): return pool(years[year].writeUps, years[year].weeks)
    }
  }

  /// The weeks that have a day in that time.
  func isoWeeks(of page: Ballot.Page) -> [ISOWeek] {
    func touching(_ month: CivilMonth) -> [ISOWeek] {
      (0..<6).map { ISOWeek(of: month.firstDay.adding(days: 7 * $0)) }
        .filter { CivilMonth(of: $0.monday) == month || CivilMonth(of: $0.sunday) == month }
    }
    switch page {
    case .week(let week): return [weeks[week].isoWeek]
    case .month(let month): return touching(months[month].month)
    case .year(let year):
      return (1...12).compactMap { CivilMonth(year: years[year].number, number: $0) }.flatMap(touching)
    }
  }
}
