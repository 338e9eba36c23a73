import CivilTime
import Testing

@testable import Columns

@Suite struct ZoneTests {
  private let berlin = TimeZoneRules(name: "Berlin", initialOffset: 3600)

  @Test func aMomentBelongsToTheWeekOfTheSitesZone() throws {
    let result = try Assembled(
      """
      >>> daily/late.md
      ---
      title: Late
      date: 2026-11-22T23:30:00-08:00
      ---
      """, zone: berlin)
    let writeUp = try #require(result.archive.writeUps.first)
    #expect(writeUp.isoWeek.description == "2026-W48")
    #expect(writeUp.address == "daily/2026-w48/late")
    #expect(writeUp.date.rfc3339 == "2026-11-23T08:30:00+01:00")
  }

  @Test func oneMonthIsGatheredOnce() throws {
    let result = try Assembled(
      """
      >>> daily/late.md
      ---
      title: Late
      date: 2026-10-31T23:30:00-05:00
      ---
      >>> daily/2026-11-01-first.md
      ---
      title: First
      ---
      >>> daily/2026-10-02-older.md
      ---
      title: Older
      ---
      """)
    #expect(result.archive.months.map(\.address) == ["daily/2026/10", "daily/2026/11"])
    #expect(result.archive.months.map(\.writeUps.count) == [1, 2])
    #expect(result.lines == [])
  }

  private func campaign(_ fields: String, asOf: String = "2026-11-23T12:00:00Z") throws -> CampaignStanding {
    let result = try Assembled(
      """
      >>> daily/2026-11-20-ash.md
      ---
      title: Ash
      campaign: {url: "https://example.org/", \(fields)}
      ---
      """, asOf: asOf, zone: berlin)
    return try #require(result.archive.writeUps.first?.campaign)
  }

  @Test(arguments: [
    ("goal: 100, pledged: 29", 29), ("goal: 3, pledged: 2", 66), ("goal: 100, pledged: 57", 57),
    ("goal: 1, pledged: 1000000000000", 100_000_000_000_000), ("goal: 0, pledged: 5", nil), ("goal: 5", nil),
  ])
  func percents(fields: String, percent: Int?) throws { #expect(try campaign(fields).percent == percent) }

  @Test(arguments: [
    ("deadline: 2026-11-23", 0), ("deadline: 2026-11-25", 2),
    ("deadline: \"2026-11-24T20:00:00-08:00\"", 2), ("deadline: \"2026-11-25T00:00:00+01:00\"", 1),
    ("deadline: 2026-11-22", nil),
  ])
  func daysLeft(fields: String, days: Int?) throws { #expect(try campaign(fields).daysLeft == days) }

  @Test func aCampaignIsLiveFromItsFirstMoment() throws {
    #expect(try campaign("launched: 2026-11-23", asOf: "2026-11-22T23:00:00Z").state == .live)
    #expect(try campaign("launched: 2026-11-23", asOf: "2026-11-22T22:59:59Z").state == .upcoming)
  }

  @Test func aWeekToComeIsTheNextChange() throws {
    let site = ">>> daily/_week.md\n---\nweek: 2026-W49\n---\n"
    #expect(try Assembled(site, zone: berlin).archive.nextChange?.rfc3339 == "2026-11-30T00:00:00+01:00")
    #expect(try Assembled(site, future: true).archive.nextChange == nil)
  }
}
