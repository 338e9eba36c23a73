import CivilTime
import SourceText
import Testing

@testable import Columns

/// Votes of months and years, whose candidates are the winners of the rung below.
@Suite struct RungTests {
  /// Three weeks with the winners ash (W44, whose Thursday is in October), birch and cedar in a tie (W45), and nobody
  /// (W46, void), with the files of `notes`.
  private func rungs(_ notes: String, asOf: String = "2027-02-01T12:00:00Z") throws -> Assembled {
    let weeks = [
      ("2026-W44", "2026-11-01", ["ash"], "winners: [ash]"),
      ("2026-W45", "2026-11-02", ["birch", "cedar"], "winners: [birch, cedar]"),
      ("2026-W46", "2026-11-09", ["dogwood"], "status: void"),
    ]
    let text = weeks.flatMap { week, date, slugs, vote in
      [">>> daily/\(week)/_week.md\n---\nweek: \(week)\nvote: {\(vote)}\n---\n"]
        + slugs.map { ">>> daily/\(week)/\(date)-\($0).md\n---\ntitle: \($0)\n---\n" }
    }
    return try Assembled(text.joined() + notes, asOf: asOf)
  }

  private func month(_ month: String, _ vote: String) -> String {
    ">>> daily/\(month)/_month.md\n---\nmonth: \(month)\nvote: {\(vote)}\n---\n"
  }

  private func year(_ vote: String) -> String {
    ">>> daily/_year.md\n---\nyear: 2026\nvote: {\(vote)}\n---\n"
  }

  @Test func aWeekCountsForTheMonthOfItsThursday() throws {
    let result = try rungs(month("2026-10", "status: closed") + month("2026-11", "status: closed"))
    // Its only write-up is of 1 November, so that October has a page for its vote alone.
    #expect(try #require(result.ballot("2026-10")).candidates.count == 1)
    #expect(result.slugs(result.ballot("2026-10")?.candidates ?? []) == ["ash"])
    #expect(result.slugs(result.ballot("2026-11")?.candidates ?? []) == ["birch", "cedar"])
    #expect(result.archive.months.map { $0.month.description } == ["2026-10", "2026-11"])
    #expect(result.archive.months.map(\.writeUps.count) == [0, 4])
    #expect(result.lines == [])
  }

  @Test func winnersClimbToTheYear() throws {
    let result = try rungs(
      month("2026-10", "winners: [ash]") + month("2026-11", "winners: [cedar]")
        + year("results: [{project: ash, votes: 3}, {project: cedar, votes: 5}]"))
    let ballot = try #require(result.ballot("2026"))
    #expect(result.slugs(ballot.candidates) == ["ash", "cedar"])
    #expect(result.slugs(ballot.winners) == ["cedar"])
    let cedar = try #require(result.archive.writeUps.first { $0.source.slug == "cedar" })
    #expect(
      cedar.wins.map { result.archive.ballots[$0].period.description } == ["2026-W45", "2026-11", "2026"])
    #expect(result.lines == [])
  }

  @Test func aRungThatNobodyVotesOnIsPassedOver() throws {
    let result = try rungs(year("status: closed"))
    #expect(result.slugs(result.ballot("2026")?.candidates ?? []) == ["ash", "birch", "cedar"])
    let alone = try Assembled(
      month("2026-11", "status: closed") + ">>> daily/2026-11-03-elm.md\n---\ntitle: Elm\n---\n")
    #expect(alone.slugs(alone.ballot("2026-11")?.candidates ?? []) == ["elm"])
  }

  /// Whoever won a week of October, which has no vote of its own, stands for the year beside November's winner.
  @Test func aMonthWithoutAVoteSendsTheWinnersOfItsWeeks() throws {
    let result = try rungs(
      month("2026-11", "winners: [cedar]")
        + year("results: [{project: ash, votes: 3}, {project: cedar, votes: 2}]"))
    let ballot = try #require(result.ballot("2026"))
    #expect(result.slugs(ballot.candidates) == ["ash", "cedar"])
    #expect(result.slugs(ballot.winners) == ["ash"])
    #expect(result.lines == [])
    // A month whose vote is void, or that has no winner yet, has voted: nobody comes past it.
    let void = try rungs(
      month("2026-10", "status: void") + month("2026-11", "closes: 2027-03-01") + year("status: closed"))
    #expect(try #require(void.ballot("2026")).candidates == [])
  }

  @Test func whoDidNotWinBelowIsNoCandidate() throws {
    let result = try rungs(month("2026-11", "winners: [dogwood]"))
    #expect(result.lines == ["daily/2026-11/_month.md:3:18 ballot/not-a-candidate"])
    #expect(result.ballot("2026-11")?.winners == [])
    let wild = try rungs(month("2026-11", "candidates: [cedar, dogwood], winners: [dogwood]"))
    #expect(wild.slugs(wild.ballot("2026-11")?.winners ?? []) == ["dogwood"])
    #expect(wild.lines == [])
  }

  /// What isn't known yet isn't a mistake: a week that has one, or is still open or being counted, may have any winner.
  @Test(arguments: [
    ("week 2026-W47", 1), ("week: 2026-W47\nvote: {winers: [elm], results: []}", 1),
    ("week: 2026-W47\nvote: {results: [{elm: 2}], closes: 2026-11-20}", 1),
    ("week: 2026-W47\nvote: {closes: 2027-03-01}", 0), ("week: 2026-W47\nvote: {closes: 2026-11-30}", 0),
    ("week: 2026-W47\nvote: {winners: [elm]}", 0),
  ])
  func whoMayStillWinBelowIsNoMistake(file: String, mistakes: Int) throws {
    let result = try rungs(
      month("2026-11", "results: [{project: elm, votes: 1}, {project: cedar, votes: 3}]")
        + year("winners: [elm]") + ">>> daily/2026-W47/_week.md\n---\n\(file)\n---\n"
        + ">>> daily/2026-W47/2026-11-16-elm.md\n---\ntitle: elm\n---\n")
    // Cedar won the month, so that elm can't have won the year once all weeks are decided.
    let isDecided = file.contains("winners: [elm]")
    #expect(
      result.lines.filter { !$0.contains("W47") }.map { $0.suffix(15) }
        == (isDecided ? ["not-a-candidate"] : []))
    #expect(result.lines.count == mistakes + (isDecided ? 1 : 0))
  }

  /// What is written of a vote that is yet to close, as of an earlier day, names who won below since.
  @Test func resultsOfLaterAreNotLookedAtYet() throws {
    let votes = month("2026-11", "closes: 2026-12-05, winners: [dogwood]")
    #expect(try rungs(votes, asOf: "2026-11-28T12:00:00Z").lines == [])
    #expect(try rungs(votes).lines == ["daily/2026-11/_month.md:3:38 ballot/not-a-candidate"])
  }

  @Test func monthsOutsideAreUnknown() throws {
    let result = try rungs(month("2026-11", "candidates: [ash, cedar, sedar]"))
    // ash is of October by its week, and of November by its day.
    #expect(result.lines == ["daily/2026-11/_month.md:3:33 ballot/unknown-project"])
    #expect(result.diagnostics[0].fix == "did you mean 'cedar'?")
  }

  /// Two write-ups of one year with one slug.
  private func twins(_ vote: String) throws -> Assembled {
    try Assembled(
      """
      >>> daily/a/2026-01-07-tilt.md
      ---
      title: Tilt
      ---
      >>> daily/b/2026-03-04-tilt.md
      ---
      title: Tilt again
      ---
      \(year(vote))
      """)
  }

  @Test(arguments: [
    ("2026-w02/tilt", 0), ("2026-W10/tilt", 1), ("2026-01-07/tilt", 0), ("2026-03-04/tilt", 1),
  ])
  func oneSlugOfTwoNeedsItsWeekOrDay(name: String, winner: Int) throws {
    let result = try twins("winners: [\(name)]")
    #expect(result.ballot("2026")?.winners.map(\.index) == [winner])
    #expect(result.lines == [])
  }

  @Test func oneSlugOfTwoAloneIsAmbiguous() throws {
    let result = try twins("winners: [tilt]")
    #expect(result.lines == ["daily/_year.md:3:18 ballot/ambiguous-project"])
    #expect(result.diagnostics[0].fix == "write 2026-01-07/tilt or 2026-03-04/tilt")
  }

  @Test func theOneThatWonBelowIsMeant() throws {
    let result = try Assembled(
      """
      >>> daily/a/2026-01-07-tilt.md
      ---
      title: Tilt
      ---
      >>> daily/b/2026-03-04-tilt.md
      ---
      title: Tilt again
      ---
      >>> daily/b/_week.md
      ---
      week: 2026-W10
      vote: {winners: [tilt]}
      ---
      \(year("results: [{project: tilt, votes: 2}, {project: 2026-w10/tilt, votes: 2}]"))
      """)
    #expect(result.ballot("2026")?.winners.map(\.index) == [1])
    #expect(result.lines == ["daily/_year.md:3:55 ballot/repeated-project"])
  }

  /// Each write-up is looked at a few times, however many names are unknown, or shared.
  @Test(arguments: [30, 1_000]) func theWorkDoesNotGrow(count: Int) throws {
    let films = (0..<count).map { number in
      let (month, day) = (number / 28 % 12 + 1, number % 28 + 1)
      let date = "2026-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
      let slug = number.isMultiple(of: 10) ? "tilt" : "film-\(number)"
      return ">>> daily/\(number).md\n---\ntitle: F\ndate: \(date)\nslug: \(slug)\n---\n"
    }
    let archive = try Assembled(films.joined(), asOf: "2027-02-01T12:00:00Z").archive
    #expect(archive.writeUps.count == count && archive.years.count == 1)
    let electorate = Electorate(weeks: archive.weeks, months: archive.months, years: archive.years)
    var looks = 0
    var projects = BallotProjects(of: .year(ID(0)), in: electorate, unpublished: Unpublished()) { id in
      looks += 1
      let writeUp = archive.writeUps[id]
      return (writeUp.source.slug, writeUp.isoWeek, writeUp.date.date)
    }
    for number in 0..<count { #expect(projects.meaning(of: "flim-\(number)") == .unknown) }
    for _ in 0..<10 { #expect(projects.names.count == count) }
    #expect(looks <= 2 * count)
    #expect(projects.names.filter { $0.hasSuffix("/tilt") }.count == (count + 9) / 10)
  }

  @Test func ofManyUnknownNamesTheFirstAreCompared() throws {
    let names = (0..<25).map { "cedra-\($0)" }.joined(separator: ", ").replacing("cedra-0,", with: "cedra,")
    let result = try rungs(month("2026-11", "winners: [\(names), sedar]"))
    #expect(result.lines.count == 26)
    #expect(result.diagnostics.first?.fix == "did you mean 'cedar'?")
    #expect(result.diagnostics.last?.fix == "its write-ups are ash, birch, cedar, dogwood")
  }

  @Test func aMonthToComeWaits() throws {
    let result = try rungs(month("2027-03", "closes: 2027-04-02"))
    #expect(result.ballot("2027-03") == nil)
    #expect(result.archive.nextChange?.rfc3339 == "2027-03-01T00:00:00Z")
  }

  @Test func filesAreMisplacedOrDoubled() throws {
    let result = try rungs(
      month("2026-11", "status: void") + ">>> daily/_month.md\n---\nmonth: 2026-11\n---\n"
        + ">>> _year.md\n---\nyear: 2026\n---\n")
    #expect(
      result.lines == [
        "_year.md:2:7 period/outside-columns", "daily/_month.md:2:8 period/duplicate",
      ])
  }

  @Test(arguments: ["month: 2026-W11", "year: 2026", "week: 2026-W11"])
  func aMonthNamesAMonth(line: String) throws {
    let result = try Assembled(">>> daily/_month.md\n---\n\(line)\n---\n")
    #expect(result.lines.count >= 1)
    #expect(result.archive.months.isEmpty)
  }

  @Test func aYearWithOnlyAWeekHasAPage() throws {
    // The week of 31 December 2026 is the last of 2026; that of 1 January 2027 is the same one.
    let result = try Assembled(
      ">>> daily/2027-01-01-fir.md\n---\ntitle: Fir\n---\n", asOf: "2027-02-01T12:00:00Z")
    #expect(result.archive.years.map(\.number) == [2026, 2027])
    #expect(result.archive.years.map(\.weeks.count) == [1, 0])
    #expect(result.archive.years.map(\.writeUps.count) == [0, 1])
  }
}

@Suite struct DisqualificationTests {
  private func ballot(_ vote: String) throws -> (Ballot, Assembled) {
    let result = try Assembled(
      """
      >>> daily/_week.md
      ---
      week: 2026-W47
      vote: {\(vote)}
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-17-birch.md
      ---
      title: Birch
      ---
      """)
    return (try #require(result.ballot("2026-W47")), result)
  }

  private let votes = "results: [{project: ash, votes: 9}, {project: birch, votes: 1}]"

  @Test func theDisqualifiedCannotWinAndHaveNoShare() throws {
    let (ballot, result) = try ballot("\(votes), disqualified: [{project: ash, reason: It is finished}]")
    #expect(result.slugs(ballot.winners) == ["birch"])
    #expect(ballot.total == 1)
    #expect(ballot.results.map(\.votes) == [1, 9])
    #expect(ballot.results.map(\.percent) == [100, 0])
    #expect(ballot.results.map(\.isDisqualified) == [false, true])
    #expect(ballot.disqualified.map(\.reason) == ["It is finished"])
    #expect(result.lines == [])
  }

  @Test func aWinnerWhoIsDisqualifiedIsReported() throws {
    let (ballot, result) = try ballot("winners: [ash], disqualified: [{project: ash}]")
    #expect(ballot.winners == [])
    #expect(result.lines == ["daily/_week.md:3:18 ballot/disqualified-winner"])
  }

  @Test(
    arguments: [
      ("winners: [birch]", "3:83 ballot/winner-against-count"),
      ("winners: [birch], note: Ash was shown in May.", nil), ("winners: [ash]", nil), ("winners: []", nil),
      ("winners: [birch, ash]", nil), ("disqualified: [{project: ash}], winners: [birch]", nil),
      ("closes: 2026-12-01, winners: [birch]", nil),
      ("status: void, winners: [ash]", "3:97 ballot/void-winner"),
    ] as [(String, String?)])
  func winnersAgainstTheCountAreAskedAbout(fields: String, wanted: String?) throws {
    let (_, result) = try ballot("\(votes), \(fields)")
    #expect(result.lines == [wanted.map { "daily/_week.md:" + $0 }].compactMap(\.self))
    #expect(result.diagnostics.allSatisfy { $0.severity == .warning })
    if wanted?.hasSuffix("count") ?? false {
      #expect(result.diagnostics[0].message == "'birch' wins, and 'ash' has more votes: 9 to 1")
    }
  }

  @Test func votesShowAtTheClose() throws {
    let (open, _) = try ballot("\(votes), closes: 2026-12-01")
    #expect(open.state == .open && open.results.isEmpty && open.total == 0)
    let (void, _) = try ballot("\(votes), status: void")
    #expect(void.results.count == 2 && void.winners.isEmpty)
  }

  @Test func aPollThatClosesBeforeItOpensIsReported() throws {
    let (_, result) = try ballot("opens: 2026-11-20, closes: 2026-11-19")
    #expect(result.lines == ["daily/_week.md:3:35 ballot/closes-before-opening"])
    #expect(try ballot("opens: 2026-11-20, closes: 2026-11-20").1.lines == [])
  }

  /// The films are of 16 and 17 November, 2026-W47.
  @Test(
    arguments: [
      ("opens: 2025-11-20", "opens on 2025-11-20, before 2026-W47", "correct 'opens', as to 2026-11-20"),
      (
        "closes: 2027-11-27", "closes on 2027-11-27, long after 2026-W47",
        "correct 'closes', as to 2026-11-27"
      ),
      (
        "closes: 2025-11-27T17:00:00Z", "closes on 2025-11-27, before 2026-W47",
        "correct 'closes', as to 2026-11-27"
      ),
      ("opens: 2026-11-15", "opens on 2026-11-15, before 2026-W47", "correct 'opens'"),
      ("opens: 2026-11-16, closes: 2026-11-16", nil, nil), ("closes: 2027-02-01", nil, nil),
    ] as [(String, String?, String?)])
  func daysThatCanHardlyBeMeant(fields: String, message: String?, fix: String?) throws {
    let (_, result) = try ballot(fields)
    #expect(result.diagnostics.map(\.message) == [message.map { "this vote " + $0 }].compactMap(\.self))
    #expect(result.diagnostics.first?.fix == fix)
    #expect(
      result.lines.allSatisfy { $0.hasPrefix("daily/_week.md:3:") && $0.hasSuffix(" ballot/stray-date") })
  }

  @Test(arguments: [("2026-11-18", true), ("2026-11-19", false)])
  func aVoteThatClosesBeforeItsFirstFilm(closes: String, isTold: Bool) throws {
    let result = try Assembled(
      """
      >>> daily/_week.md
      ---
      week: 2026-W47
      vote: {closes: \(closes)}
      ---
      >>> daily/2026-11-19-ash.md
      ---
      title: Ash
      ---
      """)
    #expect(result.lines == (isTold ? ["daily/_week.md:3:16 ballot/stray-date"] : []))
  }

  /// So does one that closes before the last of those that are on its ballot, published or not.
  @Test(
    arguments: [
      ("closes: 2026-11-25, candidates: [ash, later]", "take 'later' out of 'candidates'"),
      ("closes: 2026-11-26, candidates: [ash, later]", nil), ("closes: 2026-11-25, candidates: [ash]", nil),
      (
        "closes: 2026-11-25, candidates: [ash, \"2026-w48/later\"]",
        "take '2026-w48/later' out of 'candidates'"
      ),
      ("closes: 2026-11-25", "name the others as its 'candidates'"), ("closes: 2026-11-26", nil),
      ("candidates: [ash, later]", nil),
    ] as [(String, String?)])
  func aVoteThatClosesBeforeItsLastFilm(vote: String, fix: String?) throws {
    let result = try Assembled(
      """
      >>> daily/_week.md
      ---
      week: 2026-W48
      vote: {\(vote)}
      ---
      >>> daily/2026-11-23-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-26-later.md
      ---
      title: Later
      ---
      """)
    #expect(result.lines == (fix == nil ? [] : ["daily/_week.md:3:16 ballot/stray-date"]))
    #expect(result.diagnostics.first?.fix == fix.map { "let it close later, or \($0)" })
  }

  /// The nearest of that name, published or not, is what is most likely meant.
  @Test(arguments: [
    ("date: 2026-11-25", "week: 2026-W47", "ash", "2026-W47 has no write-up 'ash'", "2026-W48"),
    (
      "date: 2026-11-20\ndraft: true\nweek: 2026-W46", "week: 2026-W47", "ash",
      "2026-W47 has no write-up 'ash'", "2026-W46"
    ),
    (
      "date: 2026-11-18", "week: 2026-W47", "2026-11-19/ash", "2026-W47 has no write-up '2026-11-19/ash'",
      "2026-11-18"
    ),
    ("date: 2026-11-10", "month: 2026-10", "ash", "2026-10 has no write-up 'ash'", "2026-11-10"),
  ])
  func aFilmOfAnotherTime(fields: String, period: String, name: String, message: String, time: String) throws
  {
    let result = try Assembled(
      """
      >>> daily/_\(period.prefix { $0 != ":" }).md
      ---
      \(period)
      vote: {winners: [\(name)]}
      ---
      >>> daily/ash.md
      ---
      title: Ash
      \(fields)
      ---
      >>> daily/2025-11-19-ash.md
      ---
      title: Ash
      ---
      """)
    #expect(result.diagnostics.map(\.message) == ["\(message); content/daily/ash.md is of \(time)"])
  }

  @Test func aClosedPollWithoutVotesIsBeingCounted() throws {
    #expect(try ballot("closes: 2026-11-20").0.isBeingCounted)
    #expect(try !ballot("winners: [ash]").0.isBeingCounted)
    #expect(try !ballot("winners: [], closes: 2026-11-20").0.isBeingCounted)
    #expect(try !ballot("status: void").0.isBeingCounted)
  }
}
