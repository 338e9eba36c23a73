import CivilTime
import SourceText
import Testing
import YAML
import Markdown

@testable import Columns

@Suite struct HeldBackTests {
  private let site = """
    >>> daily/2026-11-20-out.md
    ---
    title: Out
    ---
    >>> daily/2026-11-21-draft.md
    ---
    title: Draft
    draft: true
    ---
    >>> daily/2026-12-01-later.md
    ---
    title: Later
    ---
    >>> daily/2026-10-01-gone.md
    ---
    title: Gone
    expires: 2026-11-01
    ---
    """

  @Test func draftsFutureAndExpiredAreHeldBackAndListed() throws {
    let result = try Assembled(site)
    #expect(result.archive.writeUps.map(\.source.title) == ["Out"])
    #expect(result.archive.heldBack.map(\.title) == ["Gone", "Draft", "Later"])
    #expect(result.archive.nextChange?.rfc3339 == "2026-12-01T00:00:00Z")
  }

  @Test func theyArePublishedWhenAskedFor() throws {
    let result = try Assembled(site, drafts: true, future: true)
    #expect(result.archive.writeUps.map(\.source.title) == ["Out", "Draft", "Later"])
    #expect(result.archive.writeUps.map(\.isFuture) == [false, false, true])
  }

  @Test func theDayItselfIsPublished() throws {
    #expect(try Assembled(site, asOf: "2026-12-01T00:00:00Z").archive.writeUps.count == 2)
    #expect(try Assembled(site, asOf: "2026-11-30T23:59:59Z").archive.writeUps.count == 1)
    // An hour before midnight in UTC is already the next day an hour to the east.
    let east = TimeZoneRules(name: "East", initialOffset: 3600)
    #expect(try Assembled(site, asOf: "2026-11-30T23:00:00Z", zone: east).archive.writeUps.count == 2)
  }
}

@Suite struct WeekTests {
  @Test func aWeekCanLieInTwoYears() throws {
    let result = try Assembled(
      """
      >>> daily/2025-12-30-a.md
      ---
      title: A
      ---
      >>> daily/2026-01-02-b.md
      ---
      title: B
      ---
      """)
    let week = try #require(result.archive.weeks.first)
    #expect(result.archive.weeks.count == 1)
    #expect(week.isoWeek.description == "2026-W01")
    #expect(week.address == "daily/2026-w01")
    #expect(result.archive.years.map(\.number) == [2025, 2026])
    #expect(result.archive.years.map(\.weeks.count) == [0, 1])
  }

  @Test func everyDayOfTheCadenceHasASlot() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      kind: articles
      weeks: true
      cadence: [monday, wednesday]
      ---
      >>> daily/2026-11-18-wednesday.md
      ---
      title: Wednesday
      ---
      >>> daily/2026-11-21-saturday.md
      ---
      title: Saturday
      ---
      """)
    let slots = try #require(result.archive.weeks.first).slots
    #expect(slots.map(\.date.description) == ["2026-11-16", "2026-11-18", "2026-11-21"])
    #expect(slots.map { $0.writeUp == nil } == [true, false, false])
  }

  @Test func twoFilesForOneWeekNameEachOther() throws {
    let result = try Assembled(
      """
      >>> daily/a/_week.md
      ---
      week: 2026-W47
      ---
      >>> daily/b/_week.md
      ---
      week: 2026-W47
      ---
      """)
    #expect(result.lines == ["daily/b/_week.md:2:7 period/duplicate"])
    #expect(result.diagnostics[0].notes[0].location?.path == "content/daily/a/_week.md")
  }
}

@Suite struct BallotTests {
  private func ballot(_ vote: String, asOf: String = "2026-11-23T12:00:00Z") throws -> (Ballot?, [String]) {
    let result = try Assembled(
      """
      >>> daily/_week.md
      ---
      week: 2026-W47
      vote:
      \(vote.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n"))
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-17-birch.md
      ---
      title: Birch
      ---
      """, asOf: asOf)
    return (result.archive.ballots.first, result.lines)
  }

  @Test(arguments: [
    ("2026-11-20T13:59:59Z", Ballot.State.upcoming), ("2026-11-20T14:00:00Z", .open),
    ("2026-11-23T14:59:59Z", .open), ("2026-11-23T15:00:00Z", .closed),
  ])
  func datesTellTheState(asOf: String, state: Ballot.State) throws {
    let (ballot, _) = try ballot(
      "opens: 2026-11-20T09:00:00-05:00\ncloses: 2026-11-23T10:00:00-05:00", asOf: asOf)
    #expect(ballot?.state == state)
  }

  @Test func anOpenPollClosesByItself() throws {
    let vote = "status: open\ncloses: 2026-11-22"
    #expect(try ballot(vote, asOf: "2026-11-22T12:00:00Z").0?.state == .open)
    #expect(try ballot(vote, asOf: "2026-11-23T12:00:00Z").0?.state == .closed)
  }

  @Test func theMostVotesWinAndEqualVotesTie() throws {
    let tie = try ballot("status: closed\nresults: [{project: ash, votes: 5}, {project: birch, votes: 5}]").0
    #expect(tie?.winners.count == 2)
    #expect(tie?.results.map(\.percent) == [50, 50])
    let clear = try ballot("status: closed\nresults: [{project: ash, votes: 1}, {project: birch, votes: 2}]")
      .0
    #expect(clear?.winners.map(\.index) == [1])
    #expect(clear?.results.map(\.percent) == [67, 33])
  }

  @Test func winnersWaitForTheClose() throws {
    let vote = "closes: 2026-11-22\nwinners: [ash]"
    #expect(try ballot(vote, asOf: "2026-11-22T12:00:00Z").0?.winners.isEmpty == true)
    #expect(try ballot(vote, asOf: "2026-11-23T12:00:00Z").0?.winners.map(\.index) == [0])
    let alone = try ballot("winners: [ash]").0
    #expect(alone?.state == .closed && alone?.winners.map(\.index) == [0])
  }

  @Test func aVoidVoteHasNoWinner() throws {
    let void = try ballot("status: void\nresults: [{project: ash, votes: 9}]").0
    #expect(void?.winners.isEmpty == true)
  }

  @Test func anUnknownProjectIsNamedWithItsLikeness() throws {
    let (_, lines) = try ballot("status: closed\nresults: [{project: asch, votes: 1}]")
    #expect(lines == ["daily/_week.md:5:23 ballot/unknown-project"])
  }
}

@Suite struct PeopleTests {
  @Test func variantsOfANameAreOnePerson() throws {
    let result = try Assembled(
      """
      >>> people/ann.md
      ---
      name: Ann Shinn
      also_known_as: [A. Shinn]
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      credits: [{role: Director/Producer, name: A. Shinn}, {role: Editor, name: Jón Jónsson}]
      authors: [Ann Shinn, Nobody Known]
      ---
      """)
    #expect(result.archive.people.map(\.name) == ["Jón Jónsson", "Ann Shinn"])
    #expect(result.archive.people.map(\.address) == ["people/jon-jonsson", "people/ann-shinn"])
    let ann = result.archive.people[1]
    #expect(ann.credits.map(\.role) == ["Director", "Producer"])
    #expect(ann.written.count == 1)
    #expect(result.archive.writeUps[0].authors.map { $0.person?.index } == [1, nil])
    #expect(result.archive.writeUps[0].credits[0].credits[0].name == "A. Shinn")
  }

  @Test func oneNameInTwoFilesIsReported() throws {
    let result = try Assembled(
      """
      >>> people/a.md
      ---
      name: Ann Shinn
      ---
      >>> people/b.md
      ---
      name: Anna Shinn
      also_known_as: [Ann Shinn]
      ---
      """)
    #expect(result.lines == ["people/b.md:3:17 person/claimed-name"])
  }

  @Test func namesWithOneSlugGetAddressesOfTheirOwn() throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      credits: [{role: Editor, name: Jose Paz}, {role: Editor, name: José Paz}]
      ---
      """)
    #expect(result.archive.people.map(\.address) == ["people/jose-paz", "people/jose-paz-2"])
  }
}

@Suite struct RequirementTests {
  @Test func aProjectNeedsTheWholeForm() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      require: [year]
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      logline: It burns.
      ---
      """)
    #expect(result.diagnostics.map(\.id) == Array(repeating: "write-up/missing-field", count: 4))
    for field in ["format", "status", "credits", "year"] {
      #expect(result.diagnostics.contains { $0.message.contains("'\(field)'") })
    }
  }

  @Test(arguments: ["draft: true", "date: 2026-11-30"])
  func whatIsNotDueMayLackFields(_ line: String) throws {
    let text = """
      >>> daily/_column.md
      ---
      name: Daily
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      logline: It burns.
      \(line)
      ---
      """
    // A preview shows it; a build says that its day comes, and leaves drafts to their authors.
    let shown = try Assembled(text, drafts: true, future: true)
    #expect(shown.archive.writeUps.count == 1)
    #expect(
      shown.diagnostics.map(\.message) == [
        "'format', 'status' and 'credits' are still to be written, which Daily asks for"
      ])
    #expect(shown.diagnostics.allSatisfy { $0.id == "write-up/unfinished" && $0.severity == .warning })
    let published = try Assembled(text)
    #expect(published.archive.writeUps.isEmpty)
    #expect(published.diagnostics.count == (line.hasPrefix("draft") ? 0 : 1))
  }

  /// What a picture or a credit lacks is as much to be written as what the column asks for.
  @Test(arguments: ["draft: true", "date: 2026-12-24"])
  func whatFieldsOfTheUnpublishedLack(line: String) throws {
    let text = ">>> daily/2026-11-20-ash.md\n---\ntitle: Ash\nimages: [{src: x.jpg}]\n\(line)\n---\n"
    let end = line.hasPrefix("draft") ? "once this is no draft any more" : "from its day on"
    let shown = try Assembled(text, drafts: true, future: true)
    #expect(shown.lines == ["daily/2026-11-20-ash.md:3:10 write-up/unfinished"])
    #expect(shown.diagnostics.map(\.severity) == [.warning])
    #expect(shown.diagnostics.map(\.message) == ["the field 'alt' is missing; \(end), that stops the build"])
    #expect(try Assembled(text).lines == (line.hasPrefix("draft") ? [] : shown.lines))
    let due = try Assembled(text.replacing(line, with: "date: 2026-11-20"))
    #expect(due.lines == ["daily/2026-11-20-ash.md:3:10 field/missing"])
    #expect(due.diagnostics.map(\.severity) == [.error])
  }

  /// A draft may hold what is still to be found out; what is due may not.
  @Test func whatCannotBeReadInADraft() throws {
    let text =
      ">>> daily/2026-11-20-ash.md\n---\ntitle: Ash\nruntime: about 1h\nstatus: filming\ndraft: true\n---\n"
    #expect(try Assembled(text).lines == [])
    let shown = try Assembled(text, drafts: true)
    #expect(shown.archive.writeUps.count == 1)
    #expect(Set(shown.diagnostics.map(\.id)) == ["write-up/unfinished"])
    #expect(
      shown.diagnostics.allSatisfy { $0.severity == .warning && $0.message.hasSuffix("that stops the build") }
    )
    let due = try Assembled(text.replacing("draft: true\n", with: ""))
    #expect(Set(due.diagnostics.map(\.severity)) == [.error])
  }

  @Test(arguments: [("2026-w47", 0), ("2026-w46", 1), ("autumn", 0)])
  func aWeeksFileInTheFolderOfAnother(folder: String, count: Int) throws {
    let result = try Assembled(">>> daily/\(folder)/_week.md\n---\nweek: 2026-W47\n---\n")
    #expect(result.diagnostics.map(\.id) == Array(repeating: "period/other-week", count: count))
  }

  /// A folder's name means nothing, unless it says that the year is a slip.
  @Test(arguments: [
    ("date: 2025-12-01", true), ("date: 2026-12-01", false), ("date: 2026-11-28", false),
    ("date: 2026-12-07", false), ("date: 2026-11-20", true), ("date: 2027-12-01", true),
    ("date: 2025-12-01\nweek: 2026-W49", false), ("date: 2026-12-07\nweek: 2026-W49", false),
  ])
  func datesFarFromTheirFolder(fields: String, isTold: Bool) throws {
    let result = try Assembled(
      ">>> daily/2026-w49/ash.md\n---\ntitle: Ash\n\(fields)\n---\n", asOf: "2026-12-08T12:00:00Z")
    #expect(result.lines == (isTold ? ["daily/2026-w49/ash.md:3:7 write-up/other-week"] : []))
    #expect(
      result.diagnostics.first?.fix?.contains("as to 2026-12-01")
        == (isTold ? fields.hasSuffix("-12-01") : nil))
  }

  /// A week that is written is meant, even where it is the next one.
  @Test func aWeekBesideItsFolders() throws {
    let result = try Assembled(
      ">>> daily/2026-w47/ash.md\n---\ntitle: Ash\ndate: 2026-11-20\nweek: 2026-W48\n---\n")
    #expect(result.lines == ["daily/2026-w47/ash.md:4:7 write-up/other-week"])
    #expect(result.diagnostics.first?.fix == "write 'week: 2026-W47', or move the file")
  }

  @Test(arguments: [
    ("0026-11-18", "correct the year, as in 2026-11-18"),
    ("2206-11-18", "correct the year, as in 2026-11-18"),
    ("2099-11-18", "correct the year"), ("1879-11-18", "correct the year"), ("1895-12-28", nil),
    ("2031-11-18", nil),
  ])
  func yearsFarAway(date: String, fix: String?) throws {
    let result = try Assembled(">>> daily/ash.md\n---\ntitle: Ash\ndate: \(date)\n---\n")
    #expect(result.lines == (fix == nil ? [] : ["daily/ash.md:3:7 write-up/far-date"]))
    #expect(result.diagnostics.first?.fix == fix)
  }

  @Test(arguments: [
    ("16", "2026-11-24", true), ("16", "2026-11-23T12:00:01Z", true), ("16", "2026-11-23", false),
    ("16", "2026-11-01", false), ("25", "2026-11-25", false), ("25", "2026-11-26", true),
  ])
  func changesToCome(day: String, updated: String, isTold: Bool) throws {
    let result = try Assembled(">>> daily/2026-11-\(day)-ash.md\n---\ntitle: Ash\nupdated: \(updated)\n---\n")
    #expect(result.lines == (isTold ? ["daily/2026-11-\(day)-ash.md:3:10 write-up/updated-to-come"] : []))
    #expect(result.diagnostics.allSatisfy { $0.fix == "correct 'updated': today is 2026-11-23" })
    let page = try Assembled(">>> pages/about.md\n---\ntitle: About\nupdated: \(updated)\n---\n")
    #expect(page.lines == (isTold || day == "25" ? ["pages/about.md:3:10 write-up/updated-to-come"] : []))
  }

  @Test(arguments: [(40, false), (41, true)])
  func tagsThatNobodyReads(count: Int, isTold: Bool) throws {
    let tags = (0..<count).map { "t\($0)" }.joined(separator: ", ")
    let result = try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ntags: [\(tags)]\n---\n")
    #expect(result.lines == (isTold ? ["daily/2026-11-16-ash.md:3:7 write-up/many-tags"] : []))
    #expect(result.archive.terms.count == count)
  }

  @Test(arguments: [("2026-11-15", true), ("2026-11-16", true), ("2026-11-17", false)])
  func whatExpiresBeforeItsDay(expires: String, isTold: Bool) throws {
    let result = try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\nexpires: \(expires)\n---\n")
    #expect(result.diagnostics.map(\.id) == (isTold ? ["write-up/never-shown"] : []))
    #expect(result.diagnostics.allSatisfy { $0.message.contains(" before ") == (expires == "2026-11-15") })
    #expect(
      try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ndraft: true\nexpires: \(expires)\n---\n")
        .diagnostics == [])
  }

  @Test func aCopyIsToldAndATwinIsNot() throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-16-ash (1).md
      ---
      title: Ash
      ---
      >>> daily/2026-11-16-elm.md
      ---
      title: Elm
      ---
      >>> daily/2026-11-17-ash.md
      ---
      title: Ash
      slug: ash-again
      ---
      """)
    #expect(result.lines == ["daily/2026-11-16-ash (1).md:2:1 write-up/copy"])
    #expect(result.diagnostics.map(\.severity) == [.warning])
  }

  @Test func aFieldThatCannotBeReadIsNotMissing() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      logline: It burns.
      format: shrot
      statsu: festival
      credits: []
      ---
      """)
    #expect(
      result.lines == [
        "daily/2026-11-16-ash.md:2:1 write-up/missing-field", "daily/2026-11-16-ash.md:4:9 field/not-one-of",
        "daily/2026-11-16-ash.md:5:1 field/unknown",
      ])
  }

  @Test func aLongLoglineIsAWarning() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      kind: articles
      logline_limit: 20
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      logline: Twenty-one characters.
      ---
      >>> daily/2026-11-17-kurz.md
      ---
      title: Kurz
      logline: ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖ
      ---
      """)
    #expect(result.lines == ["daily/2026-11-16-ash.md:3:10 write-up/long-logline"])
  }
}

@Suite struct PlacementTests {
  @Test(arguments: [
    ("loose.md", "-"), ("elsewhere/loose.md", "-"),
  ])
  func aWriteUpOutsideColumnsIsReported(path: String, _: String) throws {
    let result = try Assembled(">>> \(path)\n---\ntitle: Loose\ndate: 2026-11-20\n---\n")
    #expect(result.lines == ["\(path):1:1 write-up/outside-columns"])
  }

  @Test func aFileInTheWrongFolderIsToldSo() throws {
    #expect(try Assembled(">>> readme.md\nHello.\n").lines.contains("readme.md:1:1 write-up/outside-columns"))
  }

  @Test(arguments: ["2026-11-19-my-film", "2026-11-19 My Film", "2026-11-19_my_film"])
  func theDateInAFileNameCounts(name: String) throws {
    let result = try Assembled(">>> daily/\(name).md\n---\ntitle: T\n---\n")
    #expect(result.lines.isEmpty)
    #expect(result.archive.writeUps.map(\.source.slug) == ["my-film"])
  }

  @Test func anInnerColumnTakesItsOwn() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      kind: articles
      ---
      >>> daily/extra/_column.md
      ---
      name: Extra
      kind: articles
      permalink: extras/{year}-{month}-{day}/{slug}
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/extra/deep/2026-11-16-birch.md
      ---
      title: Birch
      ---
      """)
    #expect(result.archive.writeUps.map(\.address) == ["daily/2026/ash", "extras/2026-11-16/birch"])
  }

  @Test func commentsBelongToTheFileBesideThem() throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-16-ash.comments.yaml
      - author: Du Li
        body: Can't wait <script>alert(1)</script>
      - body: Me neither.
        reply_to: 1
      - body: Lost.
        reply_to: 7
      >>> daily/2026-11-16-ashes.comments.yaml
      - body: Orphan
      """)
    #expect(
      result.lines == [
        "daily/2026-11-16-ash.comments.yaml:4:13 comments/numbered-reply",
        "daily/2026-11-16-ash.comments.yaml:6:13 comments/unknown-reply",
        "daily/2026-11-16-ashes.comments.yaml:1:1 comments/orphan",
      ])
    let threads = result.archive.writeUps[0].comments
    #expect(threads.roots == [0, 2])
    #expect(threads.comments[0].replies == [1])
    let html = String(decoding: threads.comments[0].source.body.html, as: UTF8.self)
    #expect(!html.contains("<script"))
  }

  @Test(
    arguments: [
      ("yes-chef-no", "2026-11-16-yes-chef-no.comments.yaml"),
      ("yes-chef-on", "2026-11-16-yes-chef-no.comments.yaml"),
      ("2026-11-17-yes-chef-no", "2026-11-16-yes-chef-no.comments.yaml"),
      ("salt-rod", "salt-road.comments.yaml"),
      ("quite-another", nil),
    ] as [(String, String?)])
  func commentsUnderAnotherNameAreToldTheirs(name: String, meant: String?) throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-yes-chef-no.md
      ---
      title: Yes, Chef, No
      ---
      >>> daily/salt-road.md
      ---
      title: Salt Road
      date: 2026-11-17
      ---
      >>> daily/\(name).comments.yaml
      - body: Orphan
      """)
    #expect(result.diagnostics.map(\.id) == ["comments/orphan"])
    #expect(
      result.diagnostics.first?.fix
        == (meant.map { "call the file \($0), as its write-up is called" }
          ?? "name the file after its write-up, with the day if that has one: 2026-11-20-salt-road.comments.yaml")
    )
  }

  /// A form sends `name` and `message`, which files call `author` and `body`.
  @Test func theFieldsOfAFormAreKnown() throws {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-16-ash.comments.yaml
      - name: Du Li
        message: Can't wait
      """)
    #expect(result.diagnostics.map(\.fix) == ["did you mean 'author'?", "did you mean 'body'?"])
  }
}
