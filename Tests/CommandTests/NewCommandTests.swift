import Foundation
import TestSupport
import Testing

@testable import SitePipeline

/// A column of Mondays to Fridays with Wednesday and Friday of one week taken, and one of essays.
private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  timezone: America/New_York
  >>> daily/_column.md
  ---
  name: Project of the Day
  logline_limit: 99
  ---
  >>> daily/2026-w47/_week.md
  ---
  week: 2026-W47
  ---
  >>> daily/2026-w47/ash.md
  ---
  title: Ash
  date: 2026-11-18
  draft: true
  ---
  >>> daily/2026-w47/elm/index.md
  ---
  title: Elm
  date: 2026-11-20
  draft: true
  ---
  >>> essays/_column.md
  ---
  name: Essays
  kind: articles
  cadence: [saturday]
  ---
  """

@Suite struct NewCommandTests {
  private func new(_ workshop: Workshop, _ arguments: String..., asOf: String = "2026-11-17") throws -> Output
  {
    try run(["new"] + arguments + ["--as-of", asOf], in: workshop.path)
  }

  @Test(arguments: [
    (["Salt Road"], "2026-11-17", "daily/2026-w47/salt-road.md", "Tuesday 2026-11-17"),
    (["Salt Road"], "2026-11-18", "daily/2026-w47/salt-road.md", "Thursday 2026-11-19"),
    // Friday has something, and the weekend no slots.
    (["Salt Road"], "2026-11-20", "daily/2026-w48/salt-road.md", "Monday 2026-11-23"),
    (["Salt Road", "--week", "2026-W50"], "2026-11-17", "daily/2026-w50/salt-road.md", "Monday 2026-12-07"),
    (
      ["Salt Road", "--date", "2026-11-21"], "2026-11-17", "daily/2026-w47/salt-road.md",
      "Saturday 2026-11-21"
    ),
    (["Ø: The \"Film\"", "--slug", "oe"], "2026-11-17", "daily/2026-w47/oe.md", "Tuesday 2026-11-17"),
  ])
  func aWriteUpIsBegunOnAFreeDay(arguments: [String], asOf: String, path: String, day: String) throws {
    let workshop = try Workshop(site)
    let result = try run(
      ["new"] + arguments + ["--column", "daily", "--as-of", asOf], in: workshop.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output == "content/\(path)\n")
    #expect(result.errors == "For \(day) in Project of the Day:\n")
    let text = try #require(workshop.read("content/\(path)"))
    #expect(text.contains("date: \(day.suffix(10))\n") && text.contains("at most 99 characters"))
    // It doesn't keep the rest from being published, and shows as a draft.
    let built = try run("build", "--as-of", asOf, in: workshop.path)
    #expect(built.code == 0 && built.errors.contains("held back: content/\(path) (draft)"), "\(built.errors)")
    #expect(!built.errors.contains("error"))
    // Where drafts are shown, so is it, with what is still to be filled in.
    let shown = try run("build", "--drafts", "--future", "--as-of", asOf, in: workshop.path)
    #expect(shown.code == 0 && shown.errors.contains("still to be written"))
    for field in ["format", "logline", "status"] {
      #expect(
        shown.errors.contains("content/\(path)") && shown.errors.contains("'\(field)'"), "\(shown.errors)")
    }
  }

  @Test func anArticleHasItsDayInItsName() throws {
    let workshop = try Workshop(site)
    let result = try new(workshop, "On rooms", "--column", "Essays")
    #expect(result.output == "content/essays/2026-11-21-on-rooms.md\n")
    let text = try #require(workshop.read("content/essays/2026-11-21-on-rooms.md"))
    #expect(text.hasPrefix("---\ntitle: On rooms\ndraft: true") && !text.contains("credits"))
    // The next one takes the next Saturday.
    #expect(
      try new(workshop, "On doors", "--column", "essays").output == "content/essays/2026-11-28-on-doors.md\n")
  }

  @Test(arguments: [
    (
      ["A"], "the site has several columns [new/which-column]\n  name one: --column daily, or --column essays"
    ),
    (["A", "--column", "dayly"], "there is no column 'dayly' [column/not-found]\n  did you mean 'daily'?"),
    (["…", "--column", "daily"], "the title '…' gives no address [new/no-address]"),
    (["Index", "--column", "daily"], "no file of a write-up can be called index.md [new/no-address]"),
    (["Con", "--column", "daily"], "no file of a write-up can be called con.md [new/no-address]"),
    (
      ["Ash", "--column", "daily", "--date", "2026-11-19"],
      "there is a file content/daily/2026-w47/ash.md already"
    ),
    (["A", "--column", "essays", "--week", "2026-W46"], ""),
  ])
  func whatCannotBeIsSaid(arguments: [String], message: String) throws {
    let workshop = try Workshop(site)
    try workshop.write("essays/2026-11-14-b.md", "---\ntitle: B\n---\n")
    let before = workshop.tree("content")
    let result = try run(["new"] + arguments + ["--as-of", "2026-11-17"], in: workshop.path)
    #expect(result.code == 1 && result.output == "")
    #expect(
      result.errors.contains(message.isEmpty ? "Essays has something on every day of 2026-W46" : message),
      "\(result.errors)")
    #expect(workshop.tree("content") == before)
  }

  /// Two days of a year have one address where that names the year alone.
  @Test func anAddressIsGivenOnce() throws {
    let workshop = try Workshop(site)
    #expect(try new(workshop, "Notes", "--column", "essays", "--date", "2026-12-05").code == 0)
    let result = try new(workshop, "Notes", "--column", "essays", "--date", "2026-12-12")
    #expect(result.code == 1 && result.output == "")
    #expect(
      result.errors.contains(
        "/essays/2026/notes/ is the address of content/essays/2026-12-05-notes.md already [new/already-there]"
      ),
      "\(result.errors)")
    #expect(
      try new(workshop, "Notes", "--column", "essays", "--date", "2026-12-12", "--slug", "notes-2").code == 0)
  }

  @Test(arguments: ["cadence: weekly", "cadence: [weekly]", "cadence: [monday"])
  func aCadenceThatCannotBeReadIsTold(line: String) throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\n>>> notes/_column.md\n---\nname: Notes\n\(line)\n---\n")
    for command in [["new", "A"], ["calendar"]] {
      let result = try run(command, in: workshop.path)
      #expect(result.code == 1 && result.errors.contains("content/notes/_column.md:"), "\(result.errors)")
    }
    #expect(workshop.tree("content").count == 2)
  }

  @Test func aColumnWithoutDaysNeedsOne() throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\n>>> notes/_column.md\n---\nname: Notes\nkind: articles\ncadence: []\n---\n")
    let result = try new(workshop, "A")
    #expect(result.code == 1 && result.errors.contains("[new/no-free-day]"), "\(result.errors)")
    #expect(try new(workshop, "A", "--date", "2026-11-20").code == 0)
  }

  @Test func whatCannotBeReadMayBeOnThatDay() throws {
    let workshop = try Workshop(site)
    try workshop.write("daily/2026-w47/b.md", "---\ntitle: [\n---\n")
    let result = try new(workshop, "A", "--column", "daily")
    #expect(result.code == 0 && result.errors.contains("content/daily/2026-w47/b.md:1"), "\(result.errors)")
    #expect(result.errors.contains("[new/unknown-day]"))
  }

  @Test func nothingIsBegunWhileAnotherWrites() throws {
    let workshop = try Workshop(site)
    let before = workshop.tree("content")
    let folder = try Directory.create(workshop.path + "/content")
    #expect(try folder.lock())
    let result = try new(workshop, "A", "--column", "daily")
    #expect(result.code == 1 && result.errors.contains("[new/busy]"), "\(result.errors)")
    #expect(workshop.tree("content") == before)
  }

  @Test func aTakenDayIsWarnedOf() throws {
    let workshop = try Workshop(site)
    let result = try new(workshop, "Yew", "--column", "daily", "--date", "2026-11-18")
    #expect(result.code == 0 && result.output == "content/daily/2026-w47/yew.md\n")
    #expect(
      result.errors.contains(
        "warning: Project of the Day has something on 2026-11-18 already [new/taken-day]"))
  }

  /// Whoever keeps a column's files in one folder, or calls the folders of weeks otherwise, finds the new one there.
  @Test(arguments: [
    (">>> daily/2026-11-16-a.md\n---\ntitle: A\nformat: short\n---\n", "daily/2026-11-17-b.md"),
    (">>> daily/2026/week-47/a.md\n---\ntitle: A\ndate: 2026-11-16\n---\n", "daily/2026/week-47/b.md"),
  ])
  func theColumnsOwnFoldersAreUsed(file: String, path: String) throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: Test\n>>> daily/_column.md\n---\nname: Daily\n---\n" + file)
    #expect(try new(workshop, "B").output == "content/\(path)\n")
  }

  @Test(arguments: [
    ["new"], ["new", ""], ["new", "a\nb"], ["new", "A", "--date", "tomorrow"], ["new", "A", "--slug", "Ä b"],
    ["new", "A", "--date", "2026-11-17", "--week", "2026-W47"],
  ])
  func wrongUsageExitsWith64(arguments: [String]) throws {
    let workshop = try Workshop(site)
    #expect(try run(arguments, in: workshop.path).code == 64)
  }
}
