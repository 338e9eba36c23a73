import TestSupport
import Testing

@testable import SitePipeline

/// What readers are told of campaigns, in both themes.
@Suite struct CampaignPageTests {
  private let site = """
    >>> site.yaml
    title: Campaigns
    url: https://example.org/
    timezone: America/New_York
    >>> daily/_column.md
    ---
    name: Daily
    kind: articles
    ---
    >>> daily/2026-11-20-salt.md
    ---
    title: Salt
    campaign:
      url: https://fund.example/salt
      goal: 100
      pledged: 91
      launched: 2026-11-20
      deadline: 2026-12-04
      as_of: 2026-11-22
    ---
    """

  /// The text of a page, its markup and runs of spaces left out.
  private func page(
    _ page: String, theme: String, asOf: String, _ change: (from: String, to: String) = ("", "")
  ) async throws -> String {
    let workshop = try Workshop(change.from.isEmpty ? site : site.replacing(change.from, with: change.to))
    let report = try await build(workshop, asOf: asOf) {
      $0.theme = theme
      $0.includesFuture = true
    }
    #expect(report.diagnostics.isEmpty)
    return try #require(workshop.read("output/" + page)).replacing(/<[^>]*>/, with: " ")
      .split { $0.isWhitespace }.joined(separator: " ")
  }

  @Test(arguments: [
    ("2026-11-19T12:00:00Z", "Not open yet 91 %", "See the campaign"),
    ("2026-11-23T12:00:00Z", "Raising money now 91 %", "11 days left Support this film"),
    ("2026-12-02T12:00:00Z", "Ending soon 91 %", "2 days left Support this film"),
    (
      "2026-12-05T12:00:00Z", "Ended 4 December last known 91 %",
      "See how it ended Figures of 22 November 2026; how it ended isn’t known here"
    ),
  ])
  func marquee(asOf: String, state: String, action: String) async throws {
    let text = try await page("daily/2026/salt/index.html", theme: "marquee", asOf: asOf)
    #expect(text.contains("The campaign " + state))
    #expect(text.contains(action))
  }

  @Test(arguments: [
    ("as_of: 2026-12-04", "Ended short of its goal 91 %"), ("pledged: 120", "Funded 120 %"),
  ])
  func marqueeOnceItIsKnown(change: String, state: String) async throws {
    let key = change.prefix { $0 != ":" }
    let line = site.split(separator: "\n").first { $0.contains("  \(key):") } ?? ""
    let text = try await page(
      "daily/2026/salt/index.html", theme: "marquee", asOf: "2026-12-05T12:00:00Z",
      (String(line), "  " + change))
    #expect(text.contains("The campaign " + state))
    #expect(text.contains("See the campaign"))
    #expect(!text.contains("last known"))
  }

  @Test(arguments: [
    ("marquee", "2026-12-02T12:00:00Z", "Last call Campaigns with a week or less to go Salt"),
    ("plain", "2026-12-02T12:00:00Z", "Campaigns ending soon Salt"),
  ])
  func theFrontPage(theme: String, asOf: String, words: String) async throws {
    #expect(try await page("index.html", theme: theme, asOf: asOf).contains(words))
    #expect(try await !page("index.html", theme: theme, asOf: "2026-12-06T12:00:00Z").contains(words))
  }

  @Test(arguments: [
    ("2026-12-02T12:00:00Z", "Campaign : live, days left: 2"),
    ("2026-12-05T12:00:00Z", "Campaign : ended, outcome not known"),
  ])
  func plain(asOf: String, words: String) async throws {
    #expect(try await page("daily/2026/salt/index.html", theme: "plain", asOf: asOf).contains(words))
  }
}
