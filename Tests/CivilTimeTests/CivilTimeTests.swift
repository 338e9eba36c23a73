import Testing

@testable import CivilTime

@Suite struct CivilDateTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("2000-02-29", 11016), ("2026-11-23", 20780), ("1969-12-31", -1),
    ("0001-01-01", -719_162),
  ])
  func dayNumbers(text: String, number: Int) throws {
    #expect(try #require(CivilDate(text)).dayNumber == number)
    #expect(CivilDate(dayNumber: number).description == text)
  }

  @Test(arguments: [
    "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-01T", "", "2026/01/01",
    "0000-01-01",
  ])
  func noSuchDay(text: String) { #expect(CivilDate(text) == nil) }

  @Test func everyDayOfFourCenturiesComesBack() {
    for number in stride(from: -146_097, to: 146_097, by: 13) {
      let date = CivilDate(dayNumber: number)
      #expect(date.dayNumber == number)
      #expect(CivilDate(date.description) == date)
    }
  }

  @Test(arguments: [("2026-11-23", Weekday.monday), ("2025-12-28", .sunday), ("1969-12-29", .monday)])
  func weekdays(text: String, day: Weekday) { #expect(CivilDate(text)?.weekday == day) }
}

@Suite struct ISOWeekTests {
  @Test(arguments: [
    ("2025-12-28", "2025-W52"), ("2025-12-29", "2026-W01"), ("2026-01-04", "2026-W01"),
    ("2027-01-03", "2026-W53"),
    ("2021-01-01", "2020-W53"), ("2024-12-30", "2025-W01"),
  ])
  func weeksOfDates(date: String, week: String) throws {
    #expect(ISOWeek(of: try #require(CivilDate(date))).description == week)
  }

  @Test(arguments: ["2025-W53", "2026-W00", "2026-47", "2026-W7", "W47", "2026-W54", "+026-W01"])
  func noSuchWeek(text: String) { #expect(ISOWeek(text) == nil) }

  @Test func neighboursCrossTheYear() throws {
    let last = try #require(ISOWeek("2026-w53"))
    #expect(last.next.description == "2027-W01")
    #expect(last.next.previous == last)
    #expect(last.monday.description == "2026-12-28")
    #expect(last.sunday.description == "2027-01-03")
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-11-20T09:00:00-05:00", "2026-11-20T09:00:00-05:00", "Fri, 20 Nov 2026 09:00:00 -0500"),
    ("2026-11-20t09:00z", "2026-11-20T09:00:00Z", "Fri, 20 Nov 2026 09:00:00 +0000"),
    ("1969-12-31 23:59:59.75Z", "1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 +0000"),
    ("2026-01-01T00:30:00+05:45", "2026-01-01T00:30:00+05:45", "Thu, 01 Jan 2026 00:30:00 +0545"),
  ])
  func forms(text: String, rfc3339: String, rfc5322: String) throws {
    let timestamp = try #require(Timestamp(rfc3339: text))
    #expect(timestamp.rfc3339 == rfc3339)
    #expect(timestamp.rfc5322 == rfc5322)
  }

  @Test(arguments: [
    "2026-11-20", "2026-11-20T24:00:00Z", "2026-11-20T09:00:00", "2026-11-20T09:00:00+5",
    "2026-02-30T00:00:00Z",
  ])
  func noTimestamp(text: String) { #expect(Timestamp(rfc3339: text) == nil) }
}

@Suite struct TimeZoneRulesTests {
  // New York in 2026: summer time from 8 March 07:00 UTC to 1 November 06:00 UTC.
  private let newYork = TimeZoneRules(
    name: "America/New_York", initialOffset: -18000,
    transitions: [
      .init(seconds: 1_772_953_200, offset: -14400), .init(seconds: 1_793_512_800, offset: -18000),
    ])

  @Test(arguments: [
    ("2026-01-15", 9, "2026-01-15T09:00:00-05:00"), ("2026-07-15", 9, "2026-07-15T09:00:00-04:00"),
    ("2026-03-08", 2, "2026-03-08T03:00:00-04:00"), ("2026-11-01", 1, "2026-11-01T01:00:00-04:00"),
    ("2026-11-01", 2, "2026-11-01T02:00:00-05:00"), ("2026-03-08", 0, "2026-03-08T00:00:00-05:00"),
  ])
  func localTimes(date: String, hour: Int, expected: String) throws {
    #expect(newYork.timestamp(of: try #require(CivilDate(date)), hour: hour).rfc3339 == expected)
  }
}
