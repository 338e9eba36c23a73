import CivilTime
import TestSupport
import Testing

@testable import Columns

/// What is said of campaigns, before and after their end.
@Suite struct CampaignTests {
  /// The standing of a campaign in a write-up of 1 November, in New York.
  private func standing(_ fields: String, asOf: String, updated: String = "") throws -> CampaignStanding {
    let result = try Assembled(
      """
      >>> daily/2026-11-01-ash.md
      ---
      title: Ash
      \(updated)
      campaign: {url: "https://example.org/", \(fields)}
      ---
      """, asOf: asOf, zone: newYork)
    #expect(result.lines == [])
    return try #require(result.archive.writeUps.first?.campaign)
  }

  private let newYork = TimeZoneRules(name: "New York", initialOffset: -5 * 3600)

  @Test(arguments: [
    // Live, whatever its figures say.
    ("goal: 10, pledged: 9, as_of: 2026-11-20", "2026-12-04T16:59:59Z", "live"),
    ("goal: 10, pledged: 12, as_of: 2026-11-20", "2026-12-04T16:59:59Z", "live"),
    // Over: figures from before the last day tell nothing but a goal that was reached.
    ("goal: 10, pledged: 9, as_of: 2026-11-20", "2026-12-04T17:00:00Z", "ended, unknown"),
    ("goal: 10, pledged: 9, as_of: 2026-12-03", "2026-12-20T00:00:00Z", "ended, unknown"),
    ("goal: 10, pledged: 10, as_of: 2026-11-20", "2026-12-04T17:00:00Z", "funded"),
    // Figures of the last day or later do.
    ("goal: 10, pledged: 9, as_of: 2026-12-04", "2026-12-20T00:00:00Z", "ended"),
    ("goal: 10, pledged: 9, as_of: 2026-12-05", "2026-12-20T00:00:00Z", "ended"),
    // Without figures nothing is known, of whichever day they are.
    ("goal: 10, as_of: 2026-12-05", "2026-12-20T00:00:00Z", "ended, unknown"),
    ("pledged: 9, as_of: 2026-12-05", "2026-12-20T00:00:00Z", "ended, unknown"),
    // Figures without a day are of the write-up's.
    ("goal: 10, pledged: 9", "2026-12-20T00:00:00Z", "ended, unknown"),
  ])
  func outcomes(fields: String, asOf: String, outcome: String) throws {
    let campaign = try standing("deadline: \"2026-12-04T12:00:00-05:00\", \(fields)", asOf: asOf)
    let isUnknown = campaign.state == .ended && !campaign.outcomeIsKnown
    #expect(campaign.state.rawValue + (isUnknown ? ", unknown" : "") == outcome)
    #expect(campaign.outcomeIsKnown == ["ended", "funded"].contains(outcome))
  }

  @Test func figuresWithoutADayAreOfTheLastChange() throws {
    let fields = "deadline: 2026-12-04, goal: 10, pledged: 9"
    let asOf = "2026-12-20T00:00:00Z"
    #expect(try !standing(fields, asOf: asOf, updated: "updated: 2026-12-03").outcomeIsKnown)
    #expect(try standing(fields, asOf: asOf, updated: "updated: 2026-12-04").outcomeIsKnown)
  }

  @Test(arguments: [
    ("deadline: 2026-12-04", "2026-11-27T04:59:59Z", false),
    ("deadline: 2026-12-04", "2026-11-27T05:00:00Z", true),
    ("deadline: 2026-12-04", "2026-12-05T04:59:59Z", true),
    ("deadline: 2026-12-04", "2026-12-05T05:00:00Z", false),
    ("launched: 2026-12-02, deadline: 2026-12-04", "2026-11-30T00:00:00Z", false),
    ("goal: 10", "2026-12-01T00:00:00Z", false),
  ])
  func endingSoon(fields: String, asOf: String, soon: Bool) throws {
    #expect(try standing(fields, asOf: asOf).endsSoon == soon)
  }

  @Test(arguments: [
    ("2026-11-02T00:00:00Z", "2026-11-10T00:00:00-05:00"),
    ("2026-11-10T05:00:00Z", "2026-11-27T00:00:00-05:00"),
    ("2026-11-27T05:00:00Z", "2026-12-04T12:00:00-05:00"), ("2026-12-04T17:00:00Z", nil),
  ])
  func whatChangesNext(asOf: String, change: String?) throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-01-ash.md
      ---
      title: Ash
      campaign: {url: "https://example.org/", launched: 2026-11-10, deadline: "2026-12-04T12:00:00-05:00"}
      ---
      """, asOf: asOf, zone: newYork)
    #expect(result.archive.nextChange?.rfc3339 == change)
  }
}
