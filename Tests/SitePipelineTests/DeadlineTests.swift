import TestSupport
import Testing

@testable import SitePipeline

/// The calendar of votes and campaigns. Scripts/verify/calendarrules.py reads the demo's with icalendar.
@Suite struct DeadlineTests {
  private let site = """
    >>> site.yaml
    title: Short, Ends
    url: https://example.org/
    theme: plain
    timezone: America/New_York
    >>> daily/_column.md
    ---
    name: Daily
    kind: articles
    weeks: true
    ---
    >>> daily/_week.md
    ---
    week: 2026-W47
    vote: {question: "Which, then?", opens: 2026-11-20, closes: "2026-11-23T10:00:00-05:00", url: "https://polls.example/47"}
    ---
    >>> daily/2026-11-20-salt.md
    ---
    title: Salt
    updated: 2026-11-21
    campaign: {platform: Fund, url: "https://fund.example/salt", deadline: 2026-12-04}
    ---
    """

  /// The lines of the calendar, joined where they are folded; `nil` when there is none.
  private func calendar(
    _ files: String = "", asOf: String = "2026-11-23T12:00:00Z",
    _ adjust: (inout Build.Options) -> Void = { _ in }
  ) async throws -> [String]? {
    let workshop = try Workshop(site)
    try workshop.write(files)
    #expect(try await build(workshop, asOf: asOf, adjust).isPublished)
    return workshop.read("output/deadlines.ics")?.replacing("\r\n ", with: "").split(separator: "\r\n").map(
      String.init)
  }

  private func events(_ lines: [String]?) -> [String] {
    (lines ?? []).filter { $0.hasPrefix("UID:") }.map {
      String($0.dropFirst("UID:https://example.org/".count))
    }
  }

  /// Who subscribed knows an event by its id, which stays while the column moves.
  @Test func eventsKeepTheirIDs() async throws {
    let before = events(try await calendar())
    func moved(_ formerly: String) async throws -> [String] {
      let text = site.replacing("daily/", with: "films/").replacing(
        "name:", with: "formerly: \(formerly)\nname:")
      let workshop = try Workshop(text)
      #expect(try await build(workshop, asOf: "2026-11-23T12:00:00Z").isPublished)
      let lines = workshop.read("output/deadlines.ics")?.split(separator: "\r\n").map(String.init)
      #expect(lines?.contains { $0.hasPrefix("URL:https://example.org/films/2026-w47/") } == true)
      return events(lines)
    }
    #expect(before.count == 3)
    #expect(try await moved("[/daily/]") == before)
    #expect(try await moved("[/daily/, /cinema/]") == before)
    #expect(try await moved("[]") != before)
  }

  @Test func whatAnEventSays() async throws {
    let lines = try #require(try await calendar())
    #expect(
      Array(lines.drop { $0 != "BEGIN:VEVENT" }) == [
        "BEGIN:VEVENT", "UID:https://example.org/daily/2026-w47/#vote-opens", "DTSTAMP:20261116T050000Z",
        "DTSTART;VALUE=DATE:20261120", "SUMMARY:Voting opens: Which\\, then?",
        "DESCRIPTION:https://polls.example/47",
        "URL:https://example.org/daily/2026-w47/", "CATEGORIES:The vote", "TRANSP:TRANSPARENT", "END:VEVENT",
        "BEGIN:VEVENT", "UID:https://example.org/daily/2026-w47/#vote-closes", "DTSTAMP:20261116T050000Z",
        "DTSTART:20261123T150000Z", "SUMMARY:Voting closes: Which\\, then?",
        "DESCRIPTION:https://polls.example/47",
        "URL:https://example.org/daily/2026-w47/", "CATEGORIES:The vote", "TRANSP:TRANSPARENT", "END:VEVENT",
        "BEGIN:VEVENT", "UID:https://example.org/daily/2026-w47/salt/#deadline", "DTSTAMP:20261121T050000Z",
        "DTSTART;VALUE=DATE:20261204", "SUMMARY:Salt: campaign ends",
        "DESCRIPTION:Fund\\nhttps://fund.example/salt",
        "URL:https://example.org/daily/2026-w47/salt/", "CATEGORIES:Campaigns", "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
      ])
  }

  @Test func itSpeaksTheLanguageOfTheSite() async throws {
    let workshop = try Workshop(
      site.replacing("theme: plain", with: "theme: nah\nlanguage: de").replacing(
        "question: \"Which, then?\", ", with: "") + """

          >>> /themes/nah/theme.yaml
          {name: nah, contract: 1, extends: plain}
          >>> /themes/nah/strings/de.yaml
          feed: {deadlines: "Fristen: {title}", opens: "Ab jetzt: {title}", week: "KW {number}/{year}", campaigns: Kampagnen}
          """)
    #expect(try await build(workshop, asOf: "2026-11-23T12:00:00Z").isPublished)
    let calendar = try #require(workshop.read("output/deadlines.ics"))
    for line in [
      "NAME:Fristen: Short\\, Ends", "SUMMARY:Ab jetzt: Daily\\, KW 47/2026", "CATEGORIES:Kampagnen",
    ] {
      #expect(calendar.contains("\r\n\(line)\r\n"), "\(line)")
    }
  }

  @Test func aVoteThatWasClosedEarlyHasNoCloseToCome() async throws {
    let workshop = try Workshop(
      site.replacing("url: \"https://polls.example/47\"", with: "status: closed, winners: [salt]").replacing(
        "2026-11-23T10:00:00-05:00", with: "2026-12-20T10:00:00-05:00"))
    #expect(try await build(workshop, asOf: "2026-11-23T12:00:00Z").isPublished)
    #expect(workshop.read("output/deadlines.ics")?.contains("vote-closes") == false)
    #expect(workshop.read("output/daily/2026-w47/index.html")?.contains("2026-12-20") == false)
  }

  @Test func whatIsOverStaysForThreeMonths() async throws {
    #expect(try await events(calendar(asOf: "2027-02-20T12:00:00Z")).count == 3)
    #expect(
      try await events(calendar(asOf: "2027-02-21T12:00:00Z")) == [
        "daily/2026-w47/#vote-closes", "daily/2026-w47/salt/#deadline",
      ])
    #expect(try await events(calendar(asOf: "2027-03-06T12:00:00Z")) == ["daily/2026-w47/salt/#deadline"])
    // A calendar without events is none.
    #expect(try await calendar(asOf: "2027-03-07T12:00:00Z") == nil)
  }

  @Test func theDayOfTheBuildDoesNotShow() async throws {
    #expect(try await calendar() == calendar(asOf: "2026-12-30T12:00:00Z"))
  }

  @Test func votesOfMonthsAndYearsAreInIt() async throws {
    let lines = try await calendar(
      """
      >>> daily/_month.md
      ---
      month: 2026-11
      vote: {closes: 2026-12-03}
      ---
      >>> daily/_year.md
      ---
      year: 2026
      vote: {opens: 2026-12-20, closes: 2027-01-05}
      ---
      """)
    #expect(
      events(lines).filter { !$0.contains("w47") } == [
        "daily/2026/11/#vote-closes", "daily/2026/#vote-opens", "daily/2026/#vote-closes",
      ])
    #expect(lines?.contains("SUMMARY:Voting closes: Daily\\, November 2026") == true)
  }

  @Test func whatIsNotOutIsNotInIt() async throws {
    let files = """
      >>> daily/2026-11-20-draft.md
      ---
      title: Draft
      draft: true
      campaign: {url: "https://fund.example/d", deadline: 2026-12-05}
      ---
      >>> daily/2026-11-30-later.md
      ---
      title: Later
      campaign: {url: "https://fund.example/l", deadline: 2026-12-05}
      ---
      >>> daily/_week.md
      ---
      week: 2026-W47
      vote: {closes: 2026-11-23, status: void}
      ---
      """
    for all in [false, true] {
      let calendar = try await calendar(files) {
        $0.includesDrafts = all
        $0.includesFuture = all
      }
      #expect(events(calendar) == ["daily/2026-w47/salt/#deadline"])
    }
  }

  @Test func themesLinkToIt() async throws {
    for theme in ["plain", "marquee"] {
      let workshop = try Workshop(site)
      _ = try await build(workshop) { $0.theme = theme }
      #expect(workshop.read("output/campaigns/index.html")?.contains("href=\"../deadlines.ics\"") == true)
      try workshop.write("site.yaml", "title: T\ntheme: \(theme)\n")
      _ = try await build(workshop)
      #expect(workshop.read("output/campaigns/index.html")?.contains("deadlines.ics") == false)
      #expect(workshop.read("output/deadlines.ics") == nil)
    }
  }
}
