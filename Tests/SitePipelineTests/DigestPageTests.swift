import CivilTime
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

@Suite struct DigestFeedTests {
  /// Monday to Friday, of which two days are filled: it is told once Friday is over.
  @Test(arguments: [("2026-11-21T04:00:00Z", false), ("2026-11-21T06:00:00Z", true)])
  func aWeekIsAnEntryOnceItIsOver(asOf: String, isThere: Bool) async throws {
    let workshop = try Workshop(smallSite)
    let report = try await build(workshop, asOf: asOf)
    #expect(report.isPublished)
    let feed = try ReadFeed(workshop, "daily/weeks/feed.json")
    #expect((feed != nil) == isThere)
    if !isThere {
      #expect(report.nextChange?.seconds == 1_795_237_200)
    }
    guard let item = feed?.items.first else { return }
    #expect(item.title == "Project of the Day: Week 47, 2026")
    #expect(item.url == "https://example.org/sub/daily/2026-w47/")
    #expect(item.date_published == "2026-11-21T00:00:00-05:00")
    #expect(item.content_html.contains("<a href=\"https://example.org/sub/daily/2026-w47/tide/\">Tide</a>"))
    #expect(item.content_html.contains("Voting is open until Sunday 22 November, 17:00 (UTC-05:00)."))
  }

  @Test func theVoteIsToldWhenItIsDecided() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let html = try #require(workshop.read("output/daily/2026-w47/digest.html"))
    let text = try #require(workshop.read("output/daily/2026-w47/digest.txt"))
    for mail in [html, text] {
      for part in [
        "Week 47, 2026", "Monday 16 November to Friday 20 November 2026", "The last caravan.", "A dry week.",
        "Readers chose Salt Road.", "3 votes, 100 %", "https://example.org/sub/daily/2026-w47/digest.html",
      ] { #expect(mail.contains(part), "\(part)") }
    }
    #expect(workshop.read("output/sitemap.xml")?.contains("digest") == false)
    let page = try #require(workshop.read("output/daily/2026-w47/index.html"))
    #expect(page.contains("href=\"../../daily/2026-w47/digest.html\""))
    #expect(page.contains("weeks/feed.json"))
  }

  /// What the mails and the feed of winners say of a vote.
  @Test(arguments: [
    (
      "closes: 2026-11-22, results: [{project: tide, votes: 9}, {project: salt-road, votes: 1}], disqualified: [{project: tide, reason: Bought votes}]",
      [
        "Readers chose Salt Road.", "1 vote, 100 %", "9 votes, disqualified",
        "Disqualified: Tide: Bought votes",
      ]
    ),
    (
      "closes: 2026-11-22, results: [{project: tide, votes: 2}, {project: salt-road, votes: 2}]",
      ["A tie: Tide, Salt Road.", "2 votes, 50 %"]
    ),
    ("closes: 2026-11-22", ["The votes are being counted."]),
    (
      "closes: 2026-11-22, winners: [], results: [{project: tide, votes: 0}]",
      ["Nobody won.", "0 votes, 0 %"]
    ),
    (
      "closes: 2026-11-22, results: [{project: tide, votes: 4}], disqualified: [{project: tide}]",
      ["Nobody won.", "4 votes, disqualified"]
    ),
    (
      "closes: 2026-11-22, prize: A lens, sponsor: {name: Grip & Co, url: https://grip.example/}, note: Counted twice., results: [{project: tide, votes: 1234}, {project: salt-road, votes: 1}]",
      [
        "Readers chose Tide.", "The prize: A lens", "Given by Grip", "https://grip.example/",
        "Counted twice.",
        "1,234 votes, 100 %", "1,235 votes in all",
      ]
    ),
    ("status: void, results: [{project: tide, votes: 3}]", ["The vote was void.", "3 votes"]),
  ])
  func whatIsSaidOfAVote(vote: String, parts: [String]) async throws {
    let workshop = try Workshop(
      smallSite.replacing(
        "vote: {closes: 2026-11-22T17:00:00-05:00, results: [{project: salt-road, votes: 3}]}",
        with: "vote: {\(vote)}"))
    #expect(try await build(workshop).diagnostics.isEmpty)
    let text = try #require(workshop.read("output/daily/2026-w47/digest.txt"))
    let html = try #require(workshop.read("output/daily/2026-w47/digest.html"))
    for part in parts {
      #expect(text.contains(part), "\(part): \(text)")
      #expect(html.contains(part), "\(part)")
    }
    let feed = try ReadFeed(workshop, "daily/winners/feed.json")
    if parts[0].hasPrefix("Readers") || parts[0].hasPrefix("A tie") {
      for part in parts { #expect(feed?.items.first?.content_html.contains(part) == true, "\(part)") }
    } else {
      #expect(feed == nil)
    }
  }

  @Test func theWeekAtTheTurnOfTheYearNamesBothYears() async throws {
    let film = """
      >>> daily/w53/_week.md
      ---
      week: 2026-W53
      ---
      >>> daily/w53/frost.md
      ---
      title: Frost
      date: 2027-01-01
      format: short
      logline: Cold.
      status: released
      credits: [{role: Director, name: A B}]
      ---
      """
    let workshop = try Workshop(smallSite + "\n" + film)
    #expect(try await build(workshop, asOf: "2027-02-01T12:00:00Z").isPublished)
    let text = try #require(workshop.read("output/daily/2026-w53/digest.txt"))
    #expect(text.contains("Monday 28 December 2026 to Friday 1 January 2027"), "\(text)")
  }

  @Test(arguments: ["digests: false", "url: null"])
  func isNotWrittenWhenNotAskedFor(line: String) async throws {
    let site =
      line.hasPrefix("url")
      ? smallSite.replacing("url: https://example.org/sub/\n", with: "")
      : smallSite.replacing("theme: plain", with: "theme: plain\n\(line)")
    let workshop = try Workshop(site)
    #expect(try await build(workshop).isPublished)
    #expect(!workshop.tree().keys.contains { $0.contains("digest") || $0.contains("weeks/feed") })
    #expect(workshop.read("output/daily/2026-w47/index.html")?.contains("digest") == false)
  }
}
