import CivilTime
import SourceText
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// A column of articles that has none yet.
let articlesSite = """
  >>> site.yaml
  title: T
  url: https://example.org/
  theme: plain
  >>> daily/_column.md
  ---
  name: Daily
  kind: articles
  weeks: true
  ---
  """

/// What `sitegen check` finds besides what a build does.
@Suite struct CheckTests {
  /// The ids and places of what is found in `files` at `asOf`, noon.
  private func check(
    _ files: String, asOf: String = "2026-11-23", months: Int = 12
  ) async throws -> [String] {
    let text = articlesSite + "\n" + files
    let workshop = try Workshop(text)
    var options = SiteCheck.Options(
      build: Build.Options(asOf: .timestamp(try #require(Timestamp(rfc3339: asOf + "T12:00:00Z"))), jobs: 2))
    options.build.root = workshop.path
    options.staleMonths = months
    let report = try await SiteCheck(options).run()
    #expect(workshop.tree("output").isEmpty)
    return SiteText(text).lines(report.diagnostics)
  }

  /// The messages of `files`, with their fixes.
  private func said(_ files: String, asOf: String = "2026-11-23") async throws -> [String] {
    let workshop = try Workshop(articlesSite + "\n" + files)
    var options = Build.Options(
      asOf: .timestamp(try #require(Timestamp(rfc3339: asOf + "T12:00:00Z"))), jobs: 2)
    options.root = workshop.path
    return try await SiteCheck(SiteCheck.Options(build: options)).run().diagnostics.map {
      "\($0.message); \($0.fix ?? "")"
    }
  }

  private func film(_ fields: String, date: String = "2025-11-23") -> String {
    ">>> daily/\(date)-salt.md\n---\ntitle: Salt\n\(fields)\n---\n"
  }

  @Test(arguments: [
    ("status: production", "2026-11-22", true, 12), ("status: production", "2026-11-23", false, 12),
    ("status: production", "2026-11-22", true, 13), ("status: on-hold", "2026-11-23", false, 12),
    ("status: released", "2030-01-01", true, 12), ("status: cancelled", "2030-01-01", true, 12),
    ("genres: [x]", "2030-01-01", true, 12),
    // The last step counts, not the write-up.
    ("status: festival\nstatus_history: [{date: 2026-03-31, status: festival}]", "2026-11-23", true, 8),
    ("status: festival\nstatus_history: [{date: 2026-03-31, status: festival}]", "2026-11-30", true, 8),
    ("status: festival\nstatus_history: [{date: 2026-03-31, status: festival}]", "2026-12-01", false, 8),
  ])
  func statusesThatDoNotMove(fields: String, asOf: String, isQuiet: Bool, months: Int) async throws {
    let found = try await check(film(fields), asOf: asOf, months: months)
    #expect(found == (isQuiet ? [] : ["daily/2025-11-23-salt.md:3:9 status/not-moved"]))
  }

  @Test func stepsToCome() async throws {
    let steps =
      "status: festival\nstatus_history: [{date: 2026-11-23, status: completed}, {date: 2026-11-24, status: festival}]"
    #expect(try await check(film(steps)) == ["daily/2025-11-23-salt.md:3:9 status/to-come"])
    #expect(try await check(film(steps), asOf: "2026-11-24") == [])
  }

  @Test(arguments: [
    ("goal: 100, pledged: 91, as_of: 2026-11-01, deadline: 2026-11-20", false),
    ("goal: 100, deadline: 2026-11-20", false),
    ("goal: 100, pledged: 91, as_of: 2026-11-20, deadline: 2026-11-20", true),
    ("goal: 100, pledged: 100, as_of: 2026-11-01, deadline: 2026-11-20", true),
    ("goal: 100, pledged: 91, as_of: 2026-11-01, deadline: 2026-11-23", true),
    ("pledged: 91, as_of: 2026-11-01, deadline: 2026-11-20", true),
  ])
  func outcomes(fields: String, isKnown: Bool) async throws {
    let found = try await check(film("campaign: {url: \"https://fund.example/\", \(fields)}"))
    #expect(found == (isKnown ? [] : ["daily/2025-11-23-salt.md:3:11 campaign/outcome-unknown"]))
  }

  @Test(arguments: [
    ("closes: 2026-11-15", false), ("closes: 2026-11-16", true),
    ("closes: 2026-11-15, status: void", true),
    ("closes: 2026-11-15, results: [{project: salt, votes: 3}]", true),
  ])
  func results(vote: String, isQuiet: Bool) async throws {
    let found = try await check(
      film("tags: [x]", date: "2026-11-13")
        + ">>> daily/_week.md\n---\nweek: 2026-W46\nvote: {\(vote)}\n---\n")
    #expect(found == (isQuiet ? [] : ["daily/_week.md:3:16 ballot/no-results"]))
  }

  /// A vote that closes on a day is open all day, and closed on that one.
  @Test(arguments: [
    ("2026-11-15", "at the end of 2026-11-15"), ("2026-11-15T17:00:00Z", "on 2026-11-15 at 17:00"),
  ])
  func theDayOnWhichAVoteClosed(closes: String, said: String) async throws {
    let files =
      film("tags: [x]", date: "2026-11-13")
      + ">>> daily/_week.md\n---\nweek: 2026-W46\nvote: {closes: \(closes), url: \"https://poll.example/\"}\n---\n"
    #expect(
      try await self.said(files) == [
        "the vote of 2026-W46 closed \(said) and has no results; "
          + "count its answers: sitegen tally FILE --week 2026-W46 --choice COLUMN; or write 'winners', or 'status: void'"
      ])
  }

  @Test(arguments: [
    ("opens: 2026-11-20", ["no-end", "no-poll"]), ("closes: 2026-12-01", ["no-poll"]),
    ("url: \"https://poll.example/\"", ["no-end"]), ("opens: 2026-11-25", []),
    ("status: open, url: \"https://poll.example/\"", []), ("winners: [salt]", []),
    ("closes: 2026-12-01, url: \"https://poll.example/\"", []),
  ])
  func openVotesCanBeVotedIn(vote: String, wanted: [String]) async throws {
    let found = try await check(
      film("tags: [x]", date: "2026-11-20")
        + ">>> daily/_week.md\n---\nweek: 2026-W47\nvote: {\(vote)}\n---\n")
    #expect(found.sorted() == wanted.map { "daily/_week.md:2:7 ballot/\($0)" })
  }

  /// On a Monday, a vote without an opening has but the Monday's film on it.
  @Test(arguments: [
    ("", "2026-11-27", true), ("closes: 2026-12-01", "2026-11-27", true),
    ("opens: 2026-11-23, closes: 2026-12-01", nil, false), ("status: open", nil, false),
    ("candidates: [salt], closes: 2026-12-01", nil, false),
    ("candidates: [salt, ash], closes: 2026-12-01", "2026-11-26", true),
    // What comes after the close is on no ballot.
    ("closes: 2026-11-26", "2026-11-25", true),
  ])
  func votesThatOpenBeforeTheirFilmsAreThere(vote: String, day: String?, isAsked: Bool) async throws {
    let files =
      film("tags: [x]", date: "2026-11-23") + ">>> daily/2026-11-26-ash.md\n---\ntitle: Ash\n---\n"
      + ">>> daily/_week.md\n---\nweek: 2026-W48\nvote: {url: \"https://poll.example/\", \(vote)}\n---\n"
    let said = try await said(files).filter { $0.contains("opens: ") }
    #expect(said.isEmpty == !isAsked)
    if let day { #expect(said.first?.contains("add 'opens: \(day)' below 'vote'") == true) }
    #expect(try await !check(files, asOf: "2026-11-27").contains { $0.hasSuffix("ballot/no-opening") })
  }

  @Test(arguments: [
    ("draft: true", "is a draft"), ("expires: 2026-11-21", "expired on 2026-11-21"), ("tags: [x]", nil),
  ])
  func winnersThatAreGone(field: String, standing: String?) async throws {
    let closed = "closes: 2026-11-22"
    for vote in [
      "winners: [salt], \(closed)",
      "results: [{project: salt, votes: 2}, {project: ash, votes: 1}], \(closed)",
    ] {
      let said = try await said(
        film(field, date: "2026-11-20") + ">>> daily/2026-11-19-ash.md\n---\ntitle: Ash\n---\n"
          + ">>> daily/_week.md\n---\nweek: 2026-W47\nvote: {\(vote)}\n---\n")
      let wanted = standing.map {
        "'salt' won 2026-W47, and isn't among the winners, as it \($0); publish content/daily/2026-11-20-salt.md again"
      }
      #expect(said == [wanted].compactMap(\.self))
    }
  }

  /// A month's vote that opens before its weeks are counted has not everybody on its ballot.
  @Test(arguments: [("closes: 2026-11-22", false), ("winners: [salt]", true), ("status: void", true)])
  func aMonthWaitsForItsWeeks(vote: String, isQuiet: Bool) async throws {
    let poll = "closes: 2026-12-01, url: \"https://poll.example/\""
    let found = try await check(
      film("tags: [x]", date: "2026-11-20")
        + ">>> daily/_week.md\n---\nweek: 2026-W47\nvote: {\(vote)}\n---\n"
        + ">>> daily/_month.md\n---\nmonth: 2026-11\nvote: {\(poll)}\n---\n")
    #expect(found == (isQuiet ? [] : ["daily/_month.md:2:8 ballot/uncounted-below"]))
  }

  @Test(arguments: [("2026-11-23", true), ("2026-11-24", true), ("2026-11-26", false), ("2099-01-01", false)])
  func commentsAreNotOfTheFuture(date: String, isQuiet: Bool) async throws {
    let found = try await check(
      film("tags: [x]")
        + ">>> daily/2025-11-23-salt.comments.yaml\n- body: One\n- {date: \(date), body: Two}\n")
    #expect(found == (isQuiet ? [] : ["daily/2025-11-23-salt.comments.yaml:2:3 comments/to-come"]))
  }

  @Test(
    arguments: [
      ("as_of: 2026-11-23", nil), ("as_of: 2026-11-24", "figures-to-come"),
      ("currency: usd", "not-a-currency"),
      ("currency: $", "not-a-currency"), ("currency: CHF", nil),
      ("launched: 2026-11-20, deadline: 2026-11-19", "ends-before-launch"),
      ("launched: 2026-11-20, deadline: 2026-12-20", nil),
    ] as [(String, String?)])
  func campaignsInDisorder(fields: String, wanted: String?) async throws {
    let found = try await check(film("campaign: {url: \"https://fund.example/\", \(fields)}"))
    #expect(found.map { $0.split(separator: "/").last.map(String.init) } == (wanted.map { [$0] } ?? []))
  }

  @Test(arguments: [
    ("usd", "write USD"), ("€", "write EUR"), ("US$", "write USD"),
    ("Dollars", "write one such as USD, EUR or CAD"),
    ("$", "write one such as USD, EUR or CAD"),
  ])
  func theCodeOfACurrencyIsOffered(text: String, fix: String) async throws {
    let found = try await said(film("campaign: {url: \"https://fund.example/\", currency: \(text)}"))
    #expect(found == ["a currency is the three capital letters of its ISO 4217 code; \(fix)"])
  }

  @Test(
    arguments: [
      (
        "Jo Ann Smth",
        "no write-up names 'Jo Ann Smth', in its credits or as its author; did you mean 'Jo Ann Smith'?"
      ),
      ("Jo Ann Smith", nil), ("Bea Lee", nil),
      (
        "Quite Another",
        "no write-up names 'Quite Another', in its credits or as its author; write the name as credits have it, or add their spelling to 'also_known_as'"
      ),
    ] as [(String, String?)])
  func biographiesBelongToSomebody(name: String, message: String?) async throws {
    let found = try await said(
      film("credits: [{role: Editor, name: Jo Ann Smith}]\nauthors: [Bea Lee]")
        + ">>> people/x.md\n---\nname: \(name)\n---\n")
    #expect(found == [message].compactMap(\.self))
  }

  @Test(arguments: [
    ("imdb: tt1234567", false), ("tmdb: movie/5", false), ("tmdb: 5", false), ("imdb: nm1234567", true),
    ("tmdb: person/5", true), ("wikidata: Q5", true),
  ])
  func aPersonHasIdsOfAPerson(id: String, isRight: Bool) async throws {
    let found = try await check(
      film("credits: [{role: Editor, name: Jo Smith}]")
        + ">>> people/x.md\n---\nname: Jo Smith\nids: {\(id)}\n---\n")
    #expect(found == (isRight ? [] : ["people/x.md:3:6 person/film-id"]))
  }

  @Test func whatABuildFindsIsFound() async throws {
    #expect(
      try await check(film("tilte: x") + ">>> pages/x.md\n---\ntitle: X\n---\n[a](nowhere.md)\n").map {
        $0.split(separator: " ").last ?? ""
      } == ["field/unknown", "link/missing-file"])
  }
}
