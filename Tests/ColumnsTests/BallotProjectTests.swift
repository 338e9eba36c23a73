import CivilTime
import SourceText
import Testing

@testable import Columns

@Suite struct BallotProjectTests {
  /// The ballot of a week with a published write-up `ash` and one each that is a draft, to come, expired and
  /// unreadable.
  private func ballot(_ vote: String) throws -> (ballot: Ballot, lines: [String]) {
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
      >>> daily/2026-11-17-draft.md
      ---
      title: Draft
      draft: true
      ---
      >>> daily/2026-11-24-later.md
      ---
      title: Later
      week: 2026-W47
      ---
      >>> daily/2026-11-18-gone.md
      ---
      title: Gone
      expires: 2026-11-20
      ---
      >>> daily/2026-11-09-broken.md
      ---
      headline: No title
      ---
      """)
    let ballot = try #require(result.ballot("2026-W47"))
    return (ballot, result.lines.filter { $0.hasPrefix("daily/_week") })
  }

  @Test func heldBackAndUnreadableProjectsDropOut() throws {
    let (ballot, lines) = try ballot("candidates: [ash, draft, later, gone, broken]")
    #expect(ballot.candidates.map(\.index) == [0])
    #expect(lines == [])
  }

  @Test func theirVotesCount() throws {
    let (ballot, lines) = try ballot(
      "status: closed, results: [{project: ash, votes: 1}, {project: gone, votes: 3}]")
    #expect(ballot.results.map(\.percent) == [25])
    #expect(ballot.winners.isEmpty)
    #expect(ballot.total == 4)
    #expect(lines == [])
  }

  @Test(arguments: [
    "candidates: [ash, ash]", "winners: [ash, ash]",
    "results: [{project: ash, votes: 1}, {project: ash, votes: 1}]",
  ])
  func whatIsNamedTwiceCountsOnce(vote: String) throws {
    let (ballot, lines) = try ballot("status: closed, \(vote)")
    #expect(lines.map { $0.suffix(23) } == ["ballot/repeated-project"])
    #expect(ballot.candidates.count == 1)
    #expect(ballot.results.count <= 1 && ballot.winners.count <= 1 && ballot.total <= 1)
  }

  @Test func unknownProjectsAreReportedInEachList() throws {
    let (_, lines) = try ballot("candidates: [ash, nobody], winners: [noone]")
    #expect(lines.map { $0.suffix(22) } == ["ballot/unknown-project", "ballot/unknown-project"])
  }

  @Test(
    arguments: [
      ("ash.md", "ash"), ("2026-w47/2026-11-16-ash.md", "ash"), ("./2026-11-16-ash.md", "ash"),
      ("2026-11-16-ash", "ash"),
      ("/daily/2026-w47/ash/", "ash"), ("\"https://t.example/daily/ash/index.html#top\"", nil),
      ("\"https://t.example/daily/ash/\"", "ash"), ("daily/2026-11-18-gone/index.md", "gone"),
      ("daily/nobody.md", nil),
      ("2026-11-16", nil), ("/", nil),
    ] as [(String, String?)])
  func aPathIsAnsweredWithItsSlug(path: String, slug: String?) throws {
    let result = try Assembled(
      """
      >>> daily/_week.md
      ---
      week: 2026-W47
      vote: {candidates: [\(path)]}
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-18-gone.md
      ---
      title: Gone
      expires: 2026-11-20
      ---
      """)
    #expect(result.diagnostics.map(\.id) == ["ballot/unknown-project"])
    #expect(result.diagnostics.map(\.fix) == [slug.map { "write \($0)" } ?? "its write-ups are ash"])
  }

  /// `salt-road: 5`, as counts are written everywhere else.
  @Test func aProjectAsAFieldIsAResult() throws {
    let result = try Assembled(
      ">>> daily/_week.md\n---\nweek: 2026-W47\nvote:\n  results:\n    - salt-road: 5\n    - {ash: many}\n---\n"
    )
    #expect(
      result.lines == [
        "daily/_week.md:5:7 ballot/project-as-field", "daily/_week.md:6:7 field/missing",
        "daily/_week.md:6:7 field/missing", "daily/_week.md:6:8 field/unknown",
      ])
    #expect(result.diagnostics.first?.edit?.replacement == "{project: salt-road, votes: 5}")
  }

  @Test(arguments: ["-1", "1000000001", "99999999999999999999"])
  func absurdVotesAreRefused(votes: String) throws {
    let (ballot, lines) = try ballot("results: [{project: ash, votes: \(votes)}]")
    #expect(lines.count == 1)
    #expect(ballot.total == 0)
  }

  @Test(arguments: [
    ("closes: 2026-11-25", false, "2026-11-25T00:00:00Z"),
    ("closes: 2026-11-25T10:00:00Z", true, "2026-11-25T10:00:00Z"),
  ])
  func aBareDateHasNoTime(vote: String, hasTime: Bool, closes: String) throws {
    let ballot = try ballot(vote).ballot
    #expect(ballot.closesHasTime == hasTime && !ballot.opensHasTime)
    #expect(ballot.closes?.rfc3339 == closes)
  }
}
