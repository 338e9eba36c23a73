import CivilTime
import Testing

@testable import Columns

/// New York's rules around 2026.
let newYork = TimeZoneRules(
  name: "America/New_York", initialOffset: -18_000,
  transitions: [
    .init(seconds: 1_772_953_200, offset: -14_400), .init(seconds: 1_793_512_800, offset: -18_000),
  ])

@Suite struct PollTimeTests {
  @Test(arguments: [
    // RFC 3339 and what is nearly that.
    ("2026-11-20T17:03:22-05:00", "2026-11-20T17:03:22-05:00"),
    ("2026-11-20T22:03:22Z", "2026-11-20T22:03:22Z"),
    ("2026-11-20T22:03:22.123Z", "2026-11-20T22:03:22Z"), ("2026-11-20 22:03:22 UTC", "2026-11-20T22:03:22Z"),
    ("2026-11-20 17:03:22", "2026-11-20T17:03:22-05:00"), ("2026-11-20 17:03", "2026-11-20T17:03:00-05:00"),
    ("2026-11-20 17:03:22 +0100", "2026-11-20T17:03:22+01:00"),
    ("2026-7-1 9:05", "2026-07-01T09:05:00-04:00"),
    // Google Forms, straight and by way of a sheet; Microsoft's; SurveyMonkey's.
    ("2026/11/20 5:03:22 PM GMT-5", "2026-11-20T17:03:22-05:00"),
    ("2026/11/20 5:03:22 PM EST", "2026-11-20T17:03:22-05:00"),
    ("2026/11/20 5:03:22 PM GMT+5:30", "2026-11-20T17:03:22+05:30"),
    ("2026/11/20 12:03:22 AM GMT", "2026-11-20T00:03:22Z"),
    ("2026/11/20 12:03:22 pm CET", "2026-11-20T12:03:22+01:00"),
    ("11/20/2026 17:03:22", "2026-11-20T17:03:22-05:00"), ("11/20/26 17:03:22", "2026-11-20T17:03:22-05:00"),
    ("11/20/2026 05:03:22 PM", "2026-11-20T17:03:22-05:00"),
    ("11/20/2026, 5:03 p.m.", "2026-11-20T17:03:00-05:00"),
    ("11/20/2026, 5:03:22\u{202F}PM", "2026-11-20T17:03:22-05:00"),
    // Points: the day comes first.
    ("20.11.2026 17:03:22", "2026-11-20T17:03:22-05:00"), ("3.4.2026 17:03", "2026-04-03T17:03:00-04:00"),
    // Months by name: Jotform's, Airtable's, mails', spreadsheets'.
    ("Nov 20, 2026 5:03 PM", "2026-11-20T17:03:00-05:00"),
    ("November 20, 2026 5:03pm", "2026-11-20T17:03:00-05:00"),
    ("November 20th, 2026, 5:03:22 PM", "2026-11-20T17:03:22-05:00"),
    ("Friday, November 20, 2026 at 5:03 PM", "2026-11-20T17:03:00-05:00"),
    ("Fri Nov 20 2026 17:03:22 GMT-0500", "2026-11-20T17:03:22-05:00"),
    ("Fri, 20 Nov 2026 22:03:22 +0000", "2026-11-20T22:03:22Z"),
    ("20 Nov 2026 17:03", "2026-11-20T17:03:00-05:00"),
    ("20 november 2026, 17:03", "2026-11-20T17:03:00-05:00"),
    ("20. November 2026 17:03", "2026-11-20T17:03:00-05:00"),
    ("20-Nov-2026 17:03:22", "2026-11-20T17:03:22-05:00"), ("20-NOV-26 17:03", "2026-11-20T17:03:00-05:00"),
    ("Sept. 3, 2026 9:05", "2026-09-03T09:05:00-04:00"), ("1st May 2026 9:05", "2026-05-01T09:05:00-04:00"),
    ("2026-11-20 at 17:03", "2026-11-20T17:03:00-05:00"),
    // The hour that there is twice is the first, the one that there isn't is an hour later.
    ("2026-11-01 01:30:00", "2026-11-01T01:30:00-04:00"),
    ("2026-11-01 01:30:00 EST", "2026-11-01T01:30:00-05:00"),
    ("2026-03-08 02:30:00", "2026-03-08T03:30:00-04:00"),
  ])
  func times(text: String, wanted: String) throws {
    let time = try #require(PollTime(text), "\(text)")
    #expect(time.timestamp(.monthFirst, in: newYork)?.rfc3339 == wanted)
  }

  @Test(arguments: [
    "", "yesterday", "2026-11-20", "17:03", "2026-11-20 17", "2026-11-20 25:00", "2026-11-20 13:00 PM",
    "2026-11-20 0:30 AM", "2026-11-20 17:60", "2026-13-20 17:00", "2026-02-30 17:00", "30.2.2026 17:00",
    "11-20/2026 17:00", "20/20/2026 17:00", "2026-11-20 17:00 XYZ", "2026-11-20 17:00 GMT-",
    "2026-11-20 17:00 Z-5",
    "2026-11-20 17:00 +25:00", "2026-11-20 17:00 +123", "2026-11-20 17:00:", "2026-11-2017:00", "1/2/3 17:00",
    "2026-11-20 17:00 PM x", "ann@example.org", "Nov 20, 2026", "No 20, 2026 5:03 PM",
    "Novembre 20, 2026 5:03 PM",
    "Nov 31, 2026 5:03 PM", "Nov 20 5:03 PM", "Nov 2026 5:03 PM", "Nov 20, 202 5:03 PM", "Nov20,2026 at",
    "20 Nov 2026 at", "20 2026 Nov 17:03", "Friday", "Fri Fri 20 Nov 2026 17:03", "May May",
    "20-Nov 2026 17:03",
    "20Nov2026 17:03", "Noon, 2026 5:03 PM",
  ])
  func whatIsNoTime(text: String) {
    #expect(PollTime(text) == nil)
  }

  @Test(arguments: [
    ("3/4/2026 9:00", true, true, true), ("4/4/2026 9:00", false, true, true),
    ("13/4/2026 9:00", false, true, false), ("4/13/2026 9:00", false, false, true),
    ("2026/3/4 9:00", false, true, true), ("3.4.2026 9:00", false, true, true),
    ("3-4-2026 9:00", true, true, true), ("Mar 4, 2026 9:00", false, true, true),
    ("29/2/28 9:00", false, true, false),
  ])
  func orders(text: String, isAmbiguous: Bool, dayFirst: Bool, monthFirst: Bool) throws {
    let time = try #require(PollTime(text))
    #expect(time.isAmbiguous == isAmbiguous)
    #expect(time.isDay(.dayFirst) == dayFirst && time.isDay(.monthFirst) == monthFirst)
  }

  @Test func theOrderDecides() throws {
    let time = try #require(PollTime("3/4/2026 9:00"))
    #expect(time.timestamp(.dayFirst, in: .utc)?.rfc3339 == "2026-04-03T09:00:00Z")
    #expect(time.timestamp(.monthFirst, in: .utc)?.rfc3339 == "2026-03-04T09:00:00Z")
  }
}
