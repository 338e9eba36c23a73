import Foundation
import TestSupport
import Testing

private let site = """
  >>> site.yaml
  title: Test <b>
  timezone: America/New_York
  >>> daily/_column.md
  ---
  name: Daily
  kind: articles
  weeks: true
  cadence: [monday, wednesday]
  ---
  """

/// `sitegen calendar`, as an editor runs it on Monday, 23 November 2026 at noon in New York.
@Suite struct CalendarCommandTests {
  /// The lines below the column's name for `files`, of one week by default; blanks in a row count as one.
  private func check(
    _ files: String, _ arguments: String..., prints expected: [String], code: Int32 = 0,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let result = try calendar(try Workshop(site + "\n" + files), ["--weeks", "1", "--past", "0"] + arguments)
    #expect(
      result.code == code && (code != 0 || result.errors == ""), "\(result.errors)", sourceLocation: place)
    let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: " ").joined(separator: " ")
    }
    let start = lines.firstIndex(of: "Daily") ?? -1
    let end = lines[(start + 1)...].firstIndex(of: "") ?? lines.endIndex
    #expect(Array(lines[(start + 1)..<end]) == expected, "\(result.output)", sourceLocation: place)
    // Nothing is wider than a terminal, and nothing colours a file.
    #expect(
      !result.output.contains("\u{1B}") && result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  private func calendar(_ workshop: Workshop, _ arguments: [String]) throws -> Output {
    try run(["calendar", "--as-of", "2026-11-23T12:00:00-05:00"] + arguments, in: workshop.path)
  }

  private func piece(_ name: String, _ fields: String = "") -> String {
    ">>> daily/\(name).md\n---\ntitle: \(name.prefix { $0 != "." }.suffix(1).uppercased())\n\(fields)\n---\n"
  }

  @Test func slots() throws {
    try check("", prints: ["> Mon 23 Nov empty", "Wed 25 Nov empty"])
    try check(piece("2026-11-23-a"), prints: ["> Mon 23 Nov published A", "Wed 25 Nov empty"])
    try check(
      piece("a", "date: 2026-11-23T12:00:01-05:00") + piece("2026-11-25-b"),
      prints: ["> Mon 23 Nov held back A 12:00", "Wed 25 Nov held back B"])
    try check(
      piece("2026-11-23-a", "draft: true") + piece("2026-11-25-b", "draft: true"),
      prints: ["> Mon 23 Nov draft A", "Wed 25 Nov draft B"])
    try check(
      piece("2026-11-25-a") + piece("2026-11-25-b", "draft: true"),
      prints: ["> Mon 23 Nov empty", "Wed 25 Nov held back A double-booked", "draft B"])
    // One that has expired takes nobody's place.
    try check(
      piece("2026-11-23-a", "expires: 2026-11-23") + piece("2026-11-23-b"),
      prints: ["> Mon 23 Nov expired A", "published B", "Wed 25 Nov empty"])
    try check(
      piece("2026-11-24-a"),
      prints: ["> Mon 23 Nov empty", "Tue 24 Nov held back A not one of its days", "Wed 25 Nov empty"])
    // The zone decides on the day, and `week` on the week.
    try check(
      piece("a", "date: 2026-11-26T04:59:00Z") + piece("2026-11-20-b", "week: 2026-W48"),
      prints: [
        "Fri 20 Nov published B not one of its days", "> Mon 23 Nov empty", "Wed 25 Nov held back A 23:59",
      ])
  }

  @Test func votesAndCampaigns() throws {
    func week(_ vote: String) -> String { ">>> daily/_week.md\n---\nweek: 2026-W47\nvote: {\(vote)}\n---\n" }
    let empty = ["> Mon 23 Nov empty", "Wed 25 Nov empty"]
    try check(week("opens: 2026-11-20, closes: 2026-11-30"), prints: empty)
    try check(
      week("opens: 2026-11-23T09:00:00-05:00, closes: 2026-11-29"),
      prints: empty + [
        "Votes and campaigns", "> Mon 23 Nov 09:00 the vote of 2026-W47 opens",
        "Sun 29 Nov the vote of 2026-W47 closes",
      ])
    try check(
      week("closes: 2026-11-23T09:00:00-05:00, winners: [x]"),
      prints: empty + ["Votes and campaigns", "> Mon 23 Nov 09:00 the vote of 2026-W47 closes counted"])
    // Votes that are counted before the close show when it comes.
    try check(
      week("closes: 2026-11-29, results: [{project: x, votes: 1}]"),
      prints: empty + ["Votes and campaigns", "Sun 29 Nov the vote of 2026-W47 closes"])
    for vote in ["closes: 2026-11-24, status: void", "closes: 2026-11-24, status: closed"] {
      try check(week(vote), prints: empty)
    }
    try check(
      piece("2026-11-02-a", "campaign: {url: \"https://x.example/\", platform: Fund, deadline: 2026-11-25}"),
      prints: empty + ["Votes and campaigns", "Wed 25 Nov campaign ends: A Fund"])
  }

  @Test func thePageCanGoOn() throws {
    let workshop = try Workshop(site)
    let page = try calendar(workshop, ["--html", "-"])
    #expect(page.code == 0 && page.output.contains("<meta name=\"generator\" content=\"sitegen calendar\">"))
    #expect(page.output.hasSuffix("</html>\n") && workshop.tree(".")["-"] == nil)
  }

  @Test func weeksAndColumns() throws {
    let workshop = try Workshop(
      site + "\n>>> essays/_column.md\n---\nname: Essays\nkind: articles\ncadence: [saturday]\n---\n")
    func shown(_ arguments: String...) throws -> [String] {
      let result = try calendar(workshop, arguments)
      #expect(result.code == 0)
      return result.output.split(separator: "\n").map(String.init)
        .filter { !$0.contains("empty") && !$0.contains("slot") }
    }
    #expect(
      try shown("--weeks", "1", "--past", "1", "--column", "essays") == [
        "Test <b>  2026-W47 to 2026-W48, 2 weeks", "2026-W47  16–22 Nov 2026", "  Essays",
        "2026-W48  23–29 Nov 2026  this week", "  Essays",
      ])
    #expect(
      try shown("--weeks", "6", "--past", "0", "--column", "Daily").contains(
        "2026-W53  28 Dec 2026 – 3 Jan 2027"))
    #expect(
      try shown("--weeks", "1", "--past", "0").filter { $0 == "  Essays" || $0 == "  Daily" }.count == 2)
    let result = try calendar(workshop, ["--column", "esays"])
    #expect(result.code == 1 && result.output == "" && result.errors.contains("did you mean 'essays'?"))
    let summary = try calendar(workshop, ["--weeks", "2", "--past", "0"]).output
    #expect(
      summary.hasSuffix("\n6 slots: 6 empty.\nThe next empty one is Mon 23 Nov, Daily.\n"), "\(summary)")
  }

  /// Wide letters take two cells, and content can't drive the terminal.
  @Test func titles() throws {
    let workshop = try Workshop(
      site + "\n>>> daily/2026-11-23-a.md\n---\ntitle: \(String(repeating: "映画", count: 40))\n---\n"
        + ">>> daily/2026-11-23-b.md\n---\ntitle: \"b\\u202Ec\"\n---\n")
    let lines = try calendar(workshop, []).output.split(separator: "\n")
    let wide = try #require(lines.first { $0.contains("映画") })
    #expect(
      wide.contains("…  ") && wide.hasSuffix(" double-booked") && wide.count { $0 == "映" || $0 == "画" } == 17,
      "\(wide)")
    #expect(lines.contains { $0.hasSuffix("b<U+202E>c") })
  }

  @Test func json() throws {
    let workshop = try Workshop(site + "\n" + piece("2026-11-25-a", "draft: true"))
    let result = try calendar(workshop, ["--format", "json", "--weeks", "1", "--past", "0"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["title"] as? String == "Test <b>" && object["today"] as? String == "2026-11-23")
    #expect(
      object["empty"] as? Int == 1 && object["draft"] as? Int == 1 && object["doubleBooked"] as? Int == 0)
    let week = try #require((object["weeks"] as? [[String: Any]])?.first)
    let column = try #require((week["columns"] as? [[String: Any]])?.first)
    let slot = try #require((column["slots"] as? [[String: Any]])?.last)
    let writeUp = try #require((slot["writeUps"] as? [[String: Any]])?.first)
    #expect(week["week"] as? String == "2026-W48" && column["folder"] as? String == "daily")
    #expect(slot["state"] as? String == "draft" && slot["regular"] as? Bool == true)
    #expect(
      writeUp["path"] as? String == "content/daily/2026-11-25-a.md"
        && writeUp["standing"] as? String == "draft")
  }

  @Test func thePageForTheWall() throws {
    let workshop = try Workshop(site + "\n>>> daily/2026-11-25-a.md\n---\ntitle: '<script>\"&'\n---\n")
    func page(_ path: String = "wall.html") throws -> Output { try calendar(workshop, ["--html", path]) }
    let before = workshop.tree("content")
    let result = try page()
    #expect(
      result.code == 0 && result.output == "wall.html: 2026-W47 to 2026-W51, 5 weeks.\n", "\(result.errors)")
    let text = try #require(workshop.read("wall.html"))
    #expect(
      text.contains("<title>Test &lt;b&gt;, 2026")
        && text.contains("&lt;script&gt;&#34;&amp; <em>held back</em>"))
    #expect(!text.contains("<script") && !text.contains("http") && !text.contains("src="))
    // It replaces an earlier one, and nothing else.
    #expect(try page().code == 0 && workshop.read("wall.html") == text)
    try workshop.write("/mine.html", "<p>Mine</p>\n")
    let foreign = try page("mine.html")
    #expect(foreign.code == 1 && foreign.output == "" && foreign.errors.contains("[calendar/foreign-file]"))
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/link.html", withDestinationPath: "wall.html")
    #expect(try page("link.html").errors.contains("[calendar/foreign-file]"))
    #expect(try page("content/wall.html").errors.contains("[calendar/published-page]"))
    #expect(try page("none/wall.html").code == 74)
    #expect(
      workshop.read("mine.html") == "<p>Mine</p>\n" && differences(before, workshop.tree("content")) == [])
  }

  @Test func whatCannotBeReadIsSaid() throws {
    try check(
      ">>> daily/2026-11-23-a.md\n---\nno colon\n---\n", prints: ["> Mon 23 Nov empty", "Wed 25 Nov empty"],
      code: 1)
    // What else is wrong with a file doesn't keep it out.
    try check(
      piece("2026-11-23-a", "tpyo: 1"), prints: ["> Mon 23 Nov published A", "Wed 25 Nov empty"])
    let workshop = try Workshop("")
    #expect(try calendar(workshop, []).errors.contains("[site/missing-configuration]"))
  }

  @Test(
    arguments: [
      (["--weeks", "0"], "--weeks takes a number"), (["--past", "-1"], "--past"),
      (["--html", "x/"], "--html takes"),
      (["--html", "x", "--format", "json"], "two ways to print"),
      (["--as-of", "soon"], "write a day such as"),
    ] as [([String], String)])
  func wrongUsageExitsWith64(arguments: [String], message: String) throws {
    let workshop = try Workshop(site)
    let result = try run(["calendar"] + arguments, in: workshop.path)
    #expect(result.code == 64 && result.errors.contains(message), "\(result.errors)")
  }
}
