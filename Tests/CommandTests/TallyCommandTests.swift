import Foundation
import TestSupport
import Testing

private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  timezone: America/New_York
  >>> daily/_column.md
  ---
  name: Project of the Day
  kind: articles
  weeks: true
  ---
  >>> daily/2026-w46/_week.md
  ---
  week: 2026-W46
  vote:
    question: Which one?
    opens: 2026-11-13T17:00:00-05:00
    # the holiday
    closes: 2026-11-15T17:00:00-05:00
    note: Counted by hand.
  ---

  The *note*.
  >>> daily/2026-w46/2026-11-09-salt-road.md
  ---
  title: Salt Road
  ---
  >>> daily/2026-w46/2026-11-10-lost-in-dub.md
  ---
  title: Lost in Dub
  alternate_titles: [Perdido]
  ---
  """

private let answers = """
  Timestamp,Email Address,Which one?
  2026/11/14 9:00:00 AM EST,ann@secret.example,Salt Road
  2026/11/14 9:30:00 AM EST,bob@secret.example,perdido
  2026/11/15 4:59:59 PM EST,cy@secret.example,Salt Road
  2026/11/15 5:00:00 PM EST,dee@secret.example,Lost in Dub

  """

@Suite struct TallyCommandTests {
  private let all = [
    "tally", "answers.csv", "--week", "2026-W46", "--choice", "Which one?", "--voter", "Email Address",
    "--time",
    "Timestamp", "--as-of", "2026-11-20",
  ]

  /// A site with the answers beside it.
  private func workshop(_ answers: String = answers, _ text: String = site) throws -> Workshop {
    let workshop = try Workshop(text)
    try workshop.write("/answers.csv", answers)
    return workshop
  }

  private let note = "content/daily/2026-w46/_week.md"

  @Test func resultsAreWrittenAndNothingElseChanges() throws {
    let workshop = try workshop()
    let before = workshop.tree("content")
    let result = try run(all, in: workshop.path)
    #expect(result.code == 0)
    #expect(result.errors == "")
    #expect(
      result.output == """
        2026-W46, Project of the Day: Which one?

              2   67 %  Salt Road    salt-road, wins
              1   33 %  Lost in Dub  lost-in-dub

              3 of 4 ballots count
              1 left out: cast after the vote closed, on 2026-11-15 at 17:00

        content/daily/2026-w46/_week.md has these results now.

        """)
    let after = workshop.tree("content")
    #expect(differences(before, after) == ["daily/2026-w46/_week.md"])
    #expect(
      after["daily/2026-w46/_week.md"]
        == before["daily/2026-w46/_week.md"]?.replacing(
          "  note: Counted",
          with:
            "  results:\n    - {project: salt-road, votes: 2}\n    - {project: lost-in-dub, votes: 1}\n  note: Counted"
        ))
    let built = try run("build", "--as-of", "2026-11-20", in: workshop.path)
    #expect(built.code == 0 && built.errors == "")
    // Once more, there is nothing to do; a vote more is one number.
    let again = try run(all, in: workshop.path)
    #expect(again.code == 0 && again.output.hasSuffix("had these results already.\n"))
    try workshop.write("/answers.csv", answers + "2026/11/14 9:00:00 AM EST,eve@secret.example,Perdido\n")
    let more = try run(all, in: workshop.path)
    #expect(more.output.contains("lost-in-dub, tied, was 1\n"))
    #expect(more.output.contains("\nA tie: salt-road and lost-in-dub.\n"))
    #expect(workshop.read(note)?.contains("- {project: lost-in-dub, votes: 2}\n") == true)
  }

  /// A month has no ballot before its weeks are counted; of one that has, the weeks that lack counts are named.
  @Test func aMonthWaitsForItsWeeks() throws {
    let workshop = try workshop("Film\nSalt Road\n")
    try workshop.write("daily/_month.md", "---\nmonth: 2026-11\nvote: {closes: 2026-11-30}\n---\n")
    func tally() throws -> (code: Int32, errors: String) {
      let result = try run(
        [
          "tally", "answers.csv", "--month", "2026-11", "--choice", "1", "--as-of", "2026-12-02", "--dry-run",
        ],
        in: workshop.path)
      return (result.code, result.errors)
    }
    let none = try tally()
    #expect(none.code == 1)
    #expect(none.errors.contains("nobody is on the ballot of 2026-11 yet: undecided so far is 2026-W46"))
    try workshop.write(
      "daily/2026-w45/_week.md", "---\nweek: 2026-W45\nvote: {winners: [salt-road-1]}\n---\n")
    try workshop.write("daily/2026-w45/2026-11-02-salt-road-1.md", "---\ntitle: Salt Road\n---\n")
    let some = try tally()
    #expect(some.code == 0)
    #expect(
      some.errors.contains("warning: not all are on the ballot of 2026-11 yet: undecided so far is 2026-W46"))
  }

  /// The zone that a column's name tells decides who came in time; --zone is stronger.
  @Test(
    arguments: [
      ("Submit Date (UTC)", [], "read in UTC"), ("GMT time", [], "read in UTC"),
      ("Submit Date (UTC)", ["--zone", "America/New_York"], nil), ("Submitted", [], nil),
      ("Time (GMT-5)", [], "add --zone"),
    ] as [(String, [String], String?)])
  func theColumnsNameTellsTheZone(name: String, options: [String], note: String?) throws {
    // Two hours before the close in UTC, three after it in New York.
    let workshop = try workshop("\(name),Film\n2026-11-15 20:00:00,Salt Road\n")
    let result = try run(
      ["tally", "answers.csv", "--week", "2026-W46", "--choice", "2", "--time", "1", "--as-of", "2026-11-20"]
        + options, in: workshop.path)
    #expect(result.code == 0)
    #expect(result.output.contains("1 of 1 ballot counts") == (note == "read in UTC"))
    #expect(result.errors.contains("[tally/zone-of-column]") == (note != nil))
  }

  /// Every poll opens some day, so that ballots without times may be too early.
  @Test(arguments: [true, false])
  func withoutTimesThatIsSaid(hasTimes: Bool) throws {
    let text = site.replacing("  opens: 2026-11-13T17:00:00-05:00\n", with: "")
      .replacing("  closes: 2026-11-15T17:00:00-05:00\n", with: "")
    let workshop = try workshop(answers, text)
    let result = try run(hasTimes ? all : Array(all.dropLast(4)) + all.suffix(2), in: workshop.path)
    #expect(result.code == 0)
    #expect(result.errors.contains("[tally/no-times]") != hasTimes)
  }

  /// Who has several ballots is told where a column shows it and no option names it.
  @Test(
    arguments: [
      ("Email", "ann@x.example", "ANN@x.example", "add --voter 'Email'"),
      ("Whose?", "ann@x.example", "ann@x.example", "add --voter 'Whose?'"),
      ("IP address", "192.0.2.1", "192.0.2.1", "add --voter 'IP address'"),
      ("ann@x.example", "ann@x.example", "ann@x.example", "add --voter 1"),
      ("Film", "ann@x.example", "ann@x.example", "add --voter 1"),
      ("Email", "ann@x.example", "bo@x.example", nil), ("Email", "anonymous", "anonymous", nil),
      ("Age", "40", "40", nil), ("ID", "1", "1", nil),
    ] as [(String, String, String, String?)])
  func votersWithSeveralBallotsAreTold(name: String, one: String, other: String, fix: String?) throws {
    let workshop = try workshop("\(name),Film\n\(one),Salt Road\n\(other),Perdido\n")
    let command = ["tally", "answers.csv", "--week", "2026-W46", "--choice", "2", "--as-of", "2026-11-20"]
    let result = try run(command, in: workshop.path)
    #expect(result.code == 0 && result.output.contains("2 of 2 ballots count"))
    #expect(result.errors.contains("[tally/voters-not-told]") == (fix != nil))
    #expect(fix.map { result.errors.contains($0) } ?? true, "\(result.errors)")
    #expect(!result.errors.lowercased().contains("ann@"))
    let told = try run(command + ["--voter", "1"], in: workshop.path)
    #expect(!told.errors.contains("[tally/voters-not-told]"))
  }

  /// A vote without `opens` is open from the first day of its week, as the site's clocks have it.
  @Test(
    arguments: [
      ("2026/11/08 11:59:59 PM EST", true), ("2026/11/09 4:59:59 AM GMT", true),
      ("2026/11/09 12:00:00 AM EST", false), ("2026-11-09 00:00", false),
    ])
  func nothingFromBeforeTheWeekCounts(time: String, isEarly: Bool) throws {
    let workshop = try workshop(
      answers + "\(time),eve@secret.example,Perdido\n",
      site.replacing("  opens: 2026-11-13T17:00:00-05:00\n", with: ""))
    let result = try run(all, in: workshop.path)
    #expect(result.code == 0 && result.errors == "")
    #expect(result.output.contains(isEarly ? " 3 of 5 ballots count" : " 4 of 5 ballots count"))
    let early = "1 left out: cast before the vote opened, on 2026-11-09, the week's first day\n"
    #expect(result.output.contains(early) == isEarly, "\(result.output)")
  }

  /// What voters wrote about themselves is in no file and no message, whatever goes wrong.
  @Test func votersStayUnknown() throws {
    for (column, wrong) in [("Which one?", "Slat Road"), ("Email Address", ""), ("Timestamp", "")] {
      let workshop = try workshop(answers.replacing("perdido", with: wrong.isEmpty ? "perdido" : wrong))
      for arguments in [
        ["--time", "Timestamp"], ["--time", "Email Address"], ["--delimiter", "tab"], ["--dry-run"],
      ] {
        let result = try run(
          ["tally", "answers.csv", "--week", "2026-W46", "--choice", column, "--as-of", "2026-11-20"]
            + arguments,
          in: workshop.path)
        #expect(result.code == 1)
        #expect(!(result.output + result.errors).contains("secret"), "\(column) \(arguments)")
      }
      _ = try run(all + ["--ignore-unknown"], in: workshop.path)
      _ = try run("build", "--as-of", "2026-11-20", in: workshop.path)
      for folder in ["content", "output"] {
        for (file, text) in workshop.tree(folder) { #expect(!text.contains("secret"), "\(file)") }
      }
    }
  }

  @Test func jsonIsTheSameForPrograms() throws {
    let workshop = try workshop()
    let result = try run(all + ["--format", "json"], in: workshop.path)
    #expect(result.code == 0 && result.errors == "")
    #expect(
      result.output == """
        {"result":{"outcome":"written","period":"2026-W46","file":"\(note)","column":"Project of the Day",\
        "question":"Which one?","projects":[\
        {"project":"salt-road","title":"Salt Road","votes":2,"wins":true,"disqualified":false,"percent":67},\
        {"project":"lost-in-dub","title":"Lost in Dub","votes":1,"wins":false,"disqualified":false,"percent":33}],\
        "unit":"ballot","total":4,"counted":3,"anonymous":0,\
        "leftOut":{"early":0,"late":1,"undated":0,"blank":0,"replaced":0,"excluded":0,"unknown":0,"several":0}}}

        """)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(result.output.utf8)) }
    let again = try run(all + ["--format", "json"], in: workshop.path)
    #expect(
      again.output.contains(#""outcome":"unchanged""#) && again.output.contains(#""percent":67,"former":2}"#))
    try workshop.write("/answers.csv", answers.replacing("perdido", with: "Slat \"Road"))
    let refused = try run(all + ["--format", "json"], in: workshop.path)
    #expect(refused.code == 1 && refused.errors == "")
    let lines = refused.output.split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains(#""id":"tally/unknown-choice""#))
    #expect(lines[1].contains(#""outcome":"refused""#) && lines[1].contains(#""unknown":1"#))
    #expect(!refused.output.contains("secret"))
    let none = try run("tally", "answers.csv", "--week", "2026-W45", "--format", "json", in: workshop.path)
    #expect(none.output.hasSuffix(#"{"result":{"outcome":"refused","period":"2026-W45"}}"# + "\n"))
  }

  @Test func eachOptionMayHaveAColumn() throws {
    let workshop = try workshop(
      "When,Who,Which? [Salt Road],Which? [Lost in Dub],Which? [Other]\n"
        + "\"Nov 14, 2026 9:00 AM\",ann@secret.example,1,,\n\"Nov 14, 2026 9:30 AM\",bob@secret.example,,1,\n"
        + "\"Nov 15, 2026 5:00 PM\",cy@secret.example,,1,\n\"Nov 14, 2026 9:30 AM\",dee@secret.example,,,perdido\n"
    )
    let arguments = [
      "tally", "answers.csv", "--week", "2026-W46", "--time", "When", "--voter", "Who", "--as-of",
      "2026-11-20",
    ]
    let result = try run(arguments + ["--choice", "3-5"], in: workshop.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("      2   67 %  Lost in Dub  lost-in-dub, wins\n"))
    #expect(result.output.contains("3 of 4 ballots count\n      1 left out: cast after"))
    // A single one of them isn't what was chosen.
    let one = try run(arguments + ["--choice", "3"], in: workshop.path)
    #expect(one.code == 1)
    #expect(one.errors.contains("1 ballot is for '1', which is not on the ballot"))
    #expect(
      one.errors.contains("if each option has a column of its own, name all of them, as --choice 4-9"),
      "\(one.errors)")
  }

  @Test func tablesOfCountsAreCounted() throws {
    let workshop = try workshop("Answer,Votes,Percent\nSalt Road,12,75%\nperdido,4,25%\n")
    let arguments = [
      "tally", "answers.csv", "--week", "2026-W46", "--choice", "Answer", "--as-of", "2026-11-20",
    ]
    let ballots = try run(arguments, in: workshop.path)
    #expect(ballots.code == 1)
    #expect(
      ballots.errors.contains("this looks like a table of counts, and would be counted as one ballot a row")
        && ballots.errors.contains("say where the votes are: --votes 'Votes'"))
    let result = try run(arguments + ["--votes", "Votes"], in: workshop.path)
    #expect(result.code == 0 && result.errors == "", "\(result.errors)")
    #expect(
      result.output == """
        2026-W46, Project of the Day: Which one?

             12   75 %  Salt Road    salt-road, wins
              4   25 %  Lost in Dub  lost-in-dub

             16 of 16 votes count
        A table of counts doesn't tell late votes from others, nor who voted twice.

        content/daily/2026-w46/_week.md has these results now.

        """)
    let share = try run(arguments + ["--votes", "Percent"], in: workshop.path)
    #expect(share.code == 1)
    #expect(share.errors.contains("answers.csv:2:14: error: this is no number of votes [tally/not-a-count]"))
    for more in [["--voter", "Votes"], ["--time", "Votes"], ["--several"], ["--choice", "Votes"]] {
      let result = try run(arguments + ["--votes", "Votes"] + more, in: workshop.path)
      #expect(result.code == 64 && result.errors.contains("--votes is for a table of counts"), "\(more)")
    }
  }

  @Test func anExportInTheContentIsNotCounted() throws {
    let workshop = try workshop()
    try workshop.write("daily/answers.csv", answers)
    for path in [
      "content/daily/answers.csv", workshop.path + "/content/daily/answers.csv",
      "./content/../content/daily/answers.csv",
    ] {
      let result = try run(
        "tally", path, "--week", "2026-W46", "--choice", "3", "--as-of", "2026-11-20", in: workshop.path)
      #expect(result.code == 1)
      #expect(result.errors.contains("[tally/published-export]"))
    }
    #expect(workshop.read(note)?.contains("results") == false)
  }

  @Test func unknownChoicesStopTheCount() throws {
    let workshop = try workshop(answers.replacing("perdido", with: "Slat Road"))
    let before = workshop.tree("content")
    let result = try run(all, in: workshop.path)
    #expect(result.code == 1)
    #expect(
      result.errors == """
        answers.csv:3:46: error: 1 ballot is for 'Slat Road', which is not on the ballot [tally/unknown-choice]
          did you mean 'Salt Road'? Then add --map 'Slat Road=salt-road'

        'sitegen explain tally/unknown-choice' says more.
        Nothing written: 1 error.

        """)
    #expect(result.output.contains("2 of 4 ballots count\n"))
    #expect(differences(before, workshop.tree("content")) == [])
    let mapped = try run(all + ["--map", "slat road=salt-road"], in: workshop.path)
    #expect(mapped.code == 0 && mapped.output.contains("3  100 %  Salt Road"))
  }

  @Test func aDryRunWritesNothing() throws {
    let workshop = try workshop()
    let before = workshop.tree("content")
    let result = try run(all + ["--dry-run"], in: workshop.path)
    #expect(result.code == 0)
    #expect(
      result.output.contains("2   67 %  Salt Road")
        && result.output.hasSuffix("\nNothing written: --dry-run.\n"))
    #expect(differences(before, workshop.tree("content")) == [])
  }

  @Test func anOpenVoteIsNotCounted() throws {
    let workshop = try workshop()
    let arguments = ["tally", "answers.csv", "--week", "2026-W46", "--choice", "3", "--as-of", "2026-11-15"]
    let result = try run(arguments, in: workshop.path)
    #expect(result.code == 1)
    #expect(result.errors.contains("the vote of 2026-W46 closes on 2026-11-15 at 17:00 [tally/still-open]"))
    #expect(result.output == "" && !result.errors.contains("tally/missing-export"))
    let missing = try run(arguments.map { $0.replacing("answers", with: "nope") }, in: workshop.path)
    #expect(missing.code == 1 && missing.errors.contains("[tally/still-open]"))
    #expect(missing.errors.contains("there is no file nope.csv, either"))
    let dry = try run(arguments + ["--dry-run"], in: workshop.path)
    #expect(dry.code == 0 && dry.errors.contains("note: the vote of 2026-W46 closes"))
    try workshop.write(
      "daily/2026-w46/_week.md", "---\nweek: 2026-W46\nvote: {status: open}\n---\n")
    #expect(try run(arguments, in: workshop.path).errors.contains("the vote of 2026-W46 is open"))
    try workshop.write(
      "daily/2026-w46/_week.md", "---\nweek: 2026-W46\nvote: {closes: 2026-12-24, status: closed}\n---\n")
    #expect(try run(arguments, in: workshop.path).code == 0)
  }

  @Test func aVoidVoteHasNoWinnerAndNamedWinnersAreKept() throws {
    let workshop = try workshop()
    try workshop.write("daily/2026-w46/_week.md", "---\nweek: 2026-W46\nvote: {status: void}\n---\n")
    let void = try run(all, in: workshop.path)
    #expect(void.code == 0)
    #expect(void.output.contains("The vote is void: nobody wins.") && !void.output.contains("wins\n"))
    try workshop.write(
      "daily/2026-w46/_week.md", "---\nweek: 2026-W46\nvote: {status: closed, winners: [lost-in-dub]}\n---\n")
    let named = try run(all, in: workshop.path)
    #expect(named.output.contains("The file names lost-in-dub under 'winners', which decides."))
    // Who wins is what the page will say.
    #expect(named.output.contains("Lost in Dub  lost-in-dub, wins\n") && named.output.contains("salt-road\n"))
    #expect(workshop.read(note)?.contains("winners: [lost-in-dub], results: [{") == true)
  }

  @Test func whenTwoColumnsVoteOneIsNamed() throws {
    let workshop = try workshop()
    try workshop.write(
      """
      >>> weekly/_column.md
      ---
      name: Weekly
      kind: articles
      weeks: true
      ---
      >>> weekly/_week.md
      ---
      week: 2026-W46
      vote: {status: closed}
      ---
      >>> weekly/2026-11-09-essay.md
      ---
      title: Essay
      ---
      """)
    let both = try run(all, in: workshop.path)
    #expect(both.code == 1)
    #expect(both.errors.contains("2 files are about 2026-W46 [tally/several-columns]"))
    #expect(both.errors.contains("name the column with --column daily or --column weekly"))
    for name in ["daily", "Project of the Day", "content/daily/"] {
      #expect(try run(all + ["--column", name], in: workshop.path).code == 0)
    }
    let other = try run(all + ["--column", "weekly"], in: workshop.path)
    #expect(other.code == 1 && other.errors.contains("'Salt Road', which is not on the ballot"))
    let none = try run(all + ["--column", "weekley"], in: workshop.path)
    #expect(none.errors.contains("there is no column 'weekley' [column/not-found]\n  did you mean 'weekly'?"))
  }

  @Test(
    arguments: [
      (
        ["--week", "2026-W45"], 1,
        "no _week.md is about 2026-W45 [tally/no-note]\n  the latest weeks with a vote are 2026-W46"
      ),
      (["--week", "2026-47"], 64, "write a week such as 2026-W47"),
      ([], 64, "say which vote it is: --week 2026-W47, --month 2026-11 or --year 2026."),
      (["--week", "2026-W46", "--zone", "America/New_Yrok"], 1, "did you mean 'America/New_York'?"),
      (["--week", "2026-W46", "--map", "x"], 64, "write what was chosen, =, and the slug"),
      (["--week", "2026-W46", "--dates", "american"], 64, "day-first"),
      (["--week", "2026-W46"], 1, "name it, or its number, with --choice"),
      (["--week", "2026-W46", "--choice", "Email"], 1, "did you mean 'Email Address'?"),
    ] as [([String], Int32, String)])
  func mistakesOnTheCommandLine(arguments: [String], code: Int32, message: String) throws {
    let workshop = try workshop()
    let result = try run(["tally", "answers.csv", "--as-of", "2026-11-20"] + arguments, in: workshop.path)
    #expect(result.code == code)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output == "")
  }

  @Test func theColumnsAreListedOnce() throws {
    let workshop = try workshop()
    let result = try run(
      "tally", "answers.csv", "--week", "2026-W46", "--choice", "Which", "--voter", "Mail", "--time", "When",
      "--as-of", "2026-11-20", in: workshop.path)
    #expect(result.code == 1)
    #expect(
      result.errors == """
        answers.csv:1:1: error: there is no column 'Which', which --choice names [tally/unknown-column]
          did you mean 'Which one?'?

        answers.csv:1:1: error: there is no column 'Mail', which --voter names [tally/unknown-column]
          did you mean 'Email Address'?

        answers.csv:1:1: error: there is no column 'When', which --time names [tally/unknown-column]
          write its name or its number
        note: the columns are 1 'Timestamp', 2 'Email Address', 3 'Which one?'

        'sitegen explain tally/unknown-column' says more.
        Nothing written: 3 errors.

        """)
  }

  @Test func whatTheSystemRefusesExitsWith74() throws {
    let workshop = try workshop()
    let missing = try run("tally", "answer.csv", "--week", "2026-W46", in: workshop.path)
    #expect(
      missing.code == 74 && missing.errors == "sitegen: cannot read answer.csv: No such file or directory\n")
    #expect(
      try run("tally", "content", "--week", "2026-W46", "--as-of", "2026-11-20", in: workshop.path).code == 74
    )
    // The new file can't be written: the old one stays.
    let before = workshop.read(note)
    try workshop.write("daily/2026-w46/._week.md.sitegen/in-the-way", "")
    let blocked = try run(all, in: workshop.path)
    #expect(blocked.code == 74 && blocked.errors.contains("._week.md.sitegen"))
    #expect(workshop.read(note) == before)
  }

  @Test func brokenNotesAreShown() throws {
    let workshop = try workshop()
    try workshop.write("daily/2026-w46/_week.md", "---\nweek: 2026-W46\nvote:\n  clsoes: 2026-11-15\n---\n")
    let result = try run(all, in: workshop.path)
    #expect(result.code == 1)
    #expect(
      result.errors.contains("content/daily/2026-w46/_week.md:4:3: error: ")
        && result.errors.contains("'closes'"))
    try workshop.write("daily/2026-w46/_week.md", "---\nweek: 2026-W46\n---\n")
    #expect(try run(all, in: workshop.path).errors.contains("2026-W46 has no vote [tally/no-vote]"))
  }

  /// A week's mistake would put somebody else on the ballot of its month, or of its year.
  @Test(
    arguments: [
      // The wrong one would have won.
      (
        "2026-W46", "results: [{project: salt-raod, votes: 9}, {project: lost-in-dub, votes: 2}]",
        "[ballot/unknown-project]"
      ),
      ("2026-W46", "winners: [salt-road], statsu: closed", "[field/unknown]"),
      ("2026-W46", "winners: [salt-road", "[yaml/"),
      // Of which week this is can't be told.
      ("2026-W4G", "winners: [salt-road]", "[field/"),
    ])
  func mistakesBelowStopTheCount(week: String, vote: String, id: String) throws {
    let workshop = try workshop()
    try workshop.write(
      """
      >>> daily/2026-w46/_week.md
      ---
      week: \(week)
      vote: {\(vote)}
      ---
      >>> daily/_month.md
      ---
      month: 2026-11
      vote: {status: closed}
      ---
      >>> daily/_year.md
      ---
      year: 2026
      vote: {status: closed}
      ---
      """)
    func count(_ option: String, _ period: String) throws -> Output {
      try run(
        "tally", "answers.csv", option, period, "--choice", "3", "--as-of", "2026-12-24", "--ignore-unknown",
        in: workshop.path)
    }
    let before = workshop.tree("content")
    for (option, period) in [("--month", "2026-11"), ("--year", "2026")] {
      let result = try count(option, period)
      #expect(result.code == 1)
      #expect(result.errors.contains("content/daily/2026-w46/_week.md:") && result.errors.contains(id))
    }
    #expect(differences(before, workshop.tree("content")) == [])
    // Candidates that are named come from no other file, and those of another year not from this one, as far as is known.
    try workshop.write(
      "daily/_month.md",
      "---\nmonth: 2026-11\nvote: {status: closed, candidates: [salt-road, lost-in-dub]}\n---\n")
    #expect(try count("--month", "2026-11").code == 0)
    try workshop.write("daily/_year.md", "---\nyear: 2025\nvote: {status: closed}\n---\n")
    let other = try count("--year", "2025")
    #expect(other.code == 1 && other.errors.contains(id) == (week == "2026-W4G"))
  }

  /// Another film of that name, of another month, needs no day in front of either, and the file keeps the names it has.
  @Test func aFilmIsCalledAsABuildCallsIt() throws {
    let workshop = try workshop()
    func vote(_ results: String) -> String {
      "---\nmonth: 2026-11\nvote:\n  status: closed\n  candidates: [salt-road, lost-in-dub]\n  winners: [salt-road]\n"
        + "  disqualified: [{project: 2026-11-10/lost-in-dub}]\n  results:\n\(results)---\n"
    }
    try workshop.write(
      """
      >>> daily/2025-10-06-salt-road.md
      ---
      title: Salt Road
      ---
      >>> daily/_month.md
      \(vote("    - {project: 2026-W46/salt-road, votes: 1} # by hand\n    - {project: lost-in-dub, votes: 1}\n"))
      """)
    let result = try run(
      "tally", "answers.csv", "--month", "2026-11", "--choice", "3", "--as-of", "2026-12-24", "--map",
      "perdido=salt-road", in: workshop.path)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("Salt Road    salt-road, wins, was 1\n"), "\(result.output)")
    #expect(result.output.contains("Lost in Dub  lost-in-dub, disqualified\n"), "\(result.output)")
    #expect(result.output.contains("The file names salt-road under 'winners', which decides."))
    #expect(
      workshop.read("content/daily/_month.md")
        == vote(
          "    - {project: 2026-W46/salt-road, votes: 3} # by hand\n    - {project: lost-in-dub, votes: 1}\n")
        + "\n"
    )
    let built = try run("build", "--as-of", "2026-12-24", in: workshop.path)
    #expect(built.code == 0 && built.errors == "", "\(built.errors)")
    #expect(workshop.tree("output").contains { $0.value.contains("disqualified") })
  }

  @Test func monthsYearsAndTheDisqualified() throws {
    let workshop = try workshop()
    try workshop.write(
      """
      >>> daily/_month.md
      ---
      month: 2026-11
      vote: {status: closed, disqualified: [{project: salt-road}]}
      ---
      >>> daily/_year.md
      ---
      year: 2026
      vote: {status: closed, candidates: [salt-road, lost-in-dub]}
      ---
      """)
    func count(_ option: String, _ period: String) throws -> Output {
      try run(
        "tally", "answers.csv", option, period, "--choice", "3", "--as-of", "2026-12-24", in: workshop.path)
    }
    // A month's candidates are the winners of its weeks.
    #expect(try run(all, in: workshop.path).code == 0)
    let few = try count("--month", "2026-11")
    #expect(few.code == 1 && few.errors.contains("1 ballot is for 'perdido', a film of 2026-W46"))
    try workshop.write(
      "daily/_month.md",
      "---\nmonth: 2026-11\nvote:\n  status: closed\n  candidates: [salt-road, lost-in-dub]\n"
        + "  disqualified: [{project: salt-road}]\n---\n")
    // Those that can't win are listed, and their votes are in nobody's share.
    let month = try count("--month", "2026-11")
    #expect(month.code == 0, "\(month.errors)")
    #expect(month.output.contains("      2         Salt Road    salt-road, disqualified\n"))
    #expect(month.output.contains("      2  100 %  Lost in Dub  lost-in-dub, wins\n"))
    #expect(workshop.read("content/daily/_month.md")?.contains("  results:\n    - {project: ") == true)
    let year = try count("--year", "2026")
    #expect(year.output.contains("lost-in-dub, tied\n"))
    #expect(workshop.read("content/daily/_year.md")?.contains("results: [{project: ") == true)
    let built = try run("build", "--as-of", "2026-12-24", in: workshop.path)
    #expect(built.code == 0 && built.errors == "")
    #expect(try count("--month", "2026-10").errors.contains("no _month.md is about 2026-10 [tally/no-note]"))
    #expect(try count("--month", "October").code == 64)
  }

  /// The worked example of Documentation/voting.md, on the demo.
  @Test func theExampleInTheDocumentationCounts() throws {
    let text = try #require(
      FileManager.default.contents(atPath: packageFolder + "/Documentation/voting.md").map {
        String(decoding: $0, as: UTF8.self)
      })
    let blocks = text.split(separator: "```").map(String.init)
    let index = try #require(blocks.firstIndex { $0.hasPrefix("\nsitegen tally Documentation/") })
    let command = "\"$0\"" + blocks[index].dropFirst("\nsitegen".count) + " --as-of 2026-11-28 --dry-run"
    let result = try run(
      shell: command.replacing("\n --as-of", with: " --as-of"), in: packageFolder)
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.hasPrefix(blocks[index + 2].dropFirst()), "\(result.output)")
  }
}
