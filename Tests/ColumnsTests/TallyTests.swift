import CSV
import CivilTime
import SourceText
import Testing

@testable import Columns

private let candidates = [
  Candidate(slug: "salt-road", title: "Salt Road", alternateTitles: ["La route du sel"]),
  Candidate(slug: "lost-in-dub", title: "Lost in Dub"),
  Candidate(slug: "yes-chef-no", title: "Yes, Chef, No"),
  Candidate(slug: "strasse", title: "Straße, 1984", alternateTitles: ["The Street"]),
]

/// The votes of the candidates above, those left out, and the diagnostics as `line:column id`.
private func count(
  _ text: String, choice: String? = "film", choices: [String]? = nil, votes: String? = nil,
  voter: String? = nil,
  time: String? = nil, among candidates: [Candidate] = candidates,
  _ change: (inout Tally.Rules) -> Void = { _ in }
) throws -> (
  votes: [Int], leftOut: [Tally.Reason: Int], lines: [String], tally: Tally, diagnostics: [Diagnostic]
) {
  var diagnostics: [Diagnostic] = []
  let source = Source(path: "poll.csv", text: text)
  let table = try #require(Table.parse(source, diagnostics: &diagnostics))
  let columns = try #require(
    PollColumns(
      choices: choices ?? [choice].compactMap(\.self), votes: votes, voter: voter, time: time, in: table,
      diagnostics: &diagnostics))
  var rules = Tally.Rules(zone: newYork)
  change(&rules)
  let tally = Tally(table, columns: columns, candidates: candidates, rules: rules, diagnostics: &diagnostics)
  let places = LineTable(source.bytes)
  let lines = diagnostics.map { diagnostic in
    let position = diagnostic.location.map { places.position(of: $0.range.lowerBound) }
    return position.map { "\($0.line):\($0.column) \(diagnostic.id)" } ?? diagnostic.id
  }
  #expect(tally.countedCount + tally.leftOut.values.reduce(0, +) == tally.ballotCount)
  return (tally.votes, tally.leftOut, lines, tally, diagnostics)
}

@Suite struct TallyTests {
  @Test(arguments: [
    ("salt-road", 0), ("Salt Road", 0), ("  SALT  road! ", 0), ("la route du sel", 0), ("La Route du Sél", 0),
    ("Lost in Dub", 1), ("Yes Chef No", 2), ("\"Yes, Chef, No\"", 2), ("Strasse 1984", 3), ("strasse", 3),
    ("\"“The Street”\"", 3),
  ])
  func choicesAreFolded(choice: String, candidate: Int) throws {
    let result = try count("film\n\(choice)\n")
    #expect(result.votes == candidates.indices.map { $0 == candidate ? 1 : 0 })
    #expect(result.lines == [])
  }

  @Test func linesHaveMostVotesFirstAndTiesInOrder() throws {
    let result = try count("film\nlost-in-dub\nstrasse\nlost-in-dub\nsalt-road\n")
    #expect(
      result.tally.lines.map(\.candidate.slug) == ["lost-in-dub", "salt-road", "strasse", "yes-chef-no"])
    #expect(result.tally.lines.map(\.votes) == [2, 1, 1, 0])
  }

  @Test func unknownChoicesAreListedWithSuggestions() throws {
    let result = try count(
      "film,who\nSalt Raod,a\nsalt raod,b\nNone,c\nSalt Road (Ann Shinn),d\nsalt-road,e\n\"It's 'so' = good\",f\n"
    )
    #expect(result.votes == [1, 0, 0, 0])
    #expect(result.leftOut == [.unknown: 5])
    #expect(result.lines.map { $0.suffix(20) } == Array(repeating: "tally/unknown-choice", count: 4))
    #expect(result.lines.first == "2:1 tally/unknown-choice")
    #expect(result.diagnostics[0].message == "2 ballots are for 'Salt Raod', which is not on the ballot")
    #expect(result.diagnostics[0].fix == "did you mean 'Salt Road'? Then add --map 'Salt Raod=salt-road'")
    #expect(result.diagnostics[1].message == "1 ballot is for 'None', which is not on the ballot")
    #expect(result.diagnostics[1].fix == "add --map 'None=SLUG', or --map 'None=' to leave it out")
    #expect(
      result.diagnostics[2].fix
        == "did you mean 'Salt Road'? Then add --map 'Salt Road (Ann Shinn)=salt-road'")
    // As a shell reads it, the option is one word.
    #expect(
      result.diagnostics[3].fix?.hasPrefix("add --map 'It'\\''s '\\''so'\\'' = good=SLUG', or ") == true)
  }

  /// Last week's question brings last week's films, which nobody should give a meaning.
  @Test func filmsOfOtherBallotsAreNamedAsThese() throws {
    let result = try count("film\nTwo of a Kind\nsalt-road\n") {
      $0.elsewhere = [(Candidate(slug: "two", title: "Two of a Kind"), "2026-W45")]
    }
    #expect(result.diagnostics.map(\.message) == ["1 ballot is for 'Two of a Kind', a film of 2026-W45"])
    #expect(
      result.diagnostics[0].fix == "is it the right export? If it is, --map 'Two of a Kind=' leaves it out")
  }

  @Test func manyUnknownChoicesAreCounted() throws {
    let names = (0..<25).map { "Film \($0) of somebody" }
    let result = try count("film\n" + names.joined(separator: "\n") + "\n")
    #expect(result.diagnostics.count == 21)
    #expect(result.diagnostics[20].message == "5 ballots are for 5 more choices that are not on the ballot")
    #expect(result.lines[20] == "22:1 tally/unknown-choice")
  }

  /// Names and addresses of voters are in no message, also when a column is named by mistake.
  @Test func addressesAreNotQuoted() throws {
    let text = "film,who\nsalt-road,ann@example.org\nlost-in-dub,bob@example.org\n"
    let choices = try count(text, choice: "who")
    #expect(choices.leftOut == [.unknown: 2])
    #expect(choices.lines == ["2:11 tally/unknown-choice"])
    let times = try count("film,who\nsalt-road,Ann Shinn\nsalt-road,2 Ann @example.org\n", time: "who")
    #expect(times.lines == ["2:11 tally/not-a-time"])
    let some = try count(
      "film,who\nsalt-road,Ann Shinn\nsalt-road,2 Ann @example.org\nsalt-road,2026-11-20 9:00\n", time: "who")
    #expect(some.lines == ["2:11 tally/not-a-time", "3:11 tally/not-a-time"])
    for diagnostic in choices.diagnostics + times.diagnostics + some.diagnostics {
      let text = "\(diagnostic)".lowercased()
      #expect(!text.contains("@") && !text.contains("ann") && !text.contains("example"))
    }
  }

  @Test func unknownChoicesCanBeLeftOutOrGivenAMeaning() throws {
    let text = "film\nSalt Raod\nNone\nsalt-road\nWhatever\n"
    let result = try count(text) {
      $0.meanings = [("salt raod", "salt-road"), ("NONE", "")]
      $0.ignoresUnknown = true
    }
    #expect(result.votes == [2, 0, 0, 0])
    #expect(result.leftOut == [.excluded: 1, .unknown: 1])
    #expect(result.diagnostics.map(\.severity) == [.warning])
    let wrong = try count(text) { $0.meanings = [("None", "salt-raod")] }
    #expect(wrong.lines.first == "tally/unknown-candidate")
    #expect(wrong.diagnostics.first?.fix == "did you mean 'salt-road'?")
  }

  /// A meaning that is told wins over a name.
  @Test func twoCandidatesWithOneNameAreAmbiguous() throws {
    let ropes = [
      Candidate(slug: "rope", title: "The Rope"), Candidate(slug: "rope-2", title: "Rope"),
      Candidate(slug: "cord", title: "Cord", alternateTitles: ["The Rope", "Cable"]),
      Candidate(slug: "wire", title: "Wire", alternateTitles: ["Cable"]),
    ]
    let result = try count("film\nRope\nThe Rope\nCable\nrope-2\n", among: ropes)
    #expect(result.votes == [1, 1, 0, 0])
    #expect(result.lines == ["2:1 tally/unknown-choice", "4:1 tally/unknown-choice"])
    #expect(result.diagnostics[0].message == "1 ballot is for 'Rope', which is the name of two candidates")
    #expect(
      try count("film\nRope\n", among: ropes) { $0.meanings = [("Rope", "rope-2")] }.votes == [0, 1, 0, 0])
  }

  @Test func severalChoicesCountOnlyIfAllowed() throws {
    let text = "film\n\"Salt Road, Lost in Dub\"\nSalt Road\n\"Yes, Chef, No, Salt Road; Salt Road\"\n"
    let strict = try count(text)
    #expect(strict.votes == [1, 0, 0, 0])
    #expect(strict.lines == ["2:1 tally/several-choices", "4:1 tally/several-choices"])
    #expect(strict.leftOut == [.several: 2])
    let allowed = try count(text) { $0.allowsSeveral = true }
    #expect(allowed.votes == [3, 1, 1, 0])
    #expect(allowed.tally.countedCount == 3 && allowed.lines == [])
  }

  /// In a field for text, people write "and" between two; whoever is named besides nobody known isn't taken for the choice.
  @Test func namesWithAndBetweenAreSeveralChoices() throws {
    let text = "film\nSalt Road and Lost in Dub\n\"Salt Road, Lost in Dub & The Street\"\n"
    let strict = try count(text)
    #expect(strict.lines == ["2:1 tally/several-choices", "3:1 tally/several-choices"])
    let allowed = try count(text) { $0.allowsSeveral = true }
    #expect(allowed.votes == [2, 2, 0, 1] && allowed.lines == [])
    for other in ["Salt Road and Nobody", "Nobody & Salt Road"] {
      let unknown = try count("film\n\(other)\n")
      #expect(unknown.lines == ["2:1 tally/unknown-choice"])
      #expect(unknown.diagnostics[0].fix == "add --map '\(other)=SLUG', or --map '\(other)=' to leave it out")
    }
  }

  /// A form with boxes to tick has one for "Other", too: whoever ticks it loses no other vote.
  @Test func whatIsUnknownTakesNothingFromTheRestOfABallot() throws {
    let text = """
      film
      "Salt Road, Lost in Dub"
      "Salt Road, Other"
      "Salt Road; Lots in Dub, , Yes, Chef, No"
      Lost in Dub
      Other
      "Other, Other, None"
      """
    let mixed = try count(text) { $0.allowsSeveral = true }
    #expect(mixed.votes == [3, 2, 1, 0] && mixed.leftOut == [.unknown: 2])
    #expect(
      mixed.lines == [
        "3:1 tally/unknown-choice", "4:1 tally/unknown-choice", "7:1 tally/unknown-choice",
      ])
    #expect(
      mixed.diagnostics.map(\.message) == [
        "3 ballots are for 'Other', which is not on the ballot",
        "1 ballot is for 'Lots in Dub', which is not on the ballot",
        "1 ballot is for 'None', which is not on the ballot",
      ])
    #expect(mixed.diagnostics.allSatisfy { $0.severity == .error })
    #expect(
      mixed.diagnostics[1].fix == "did you mean 'Lost in Dub'? Then add --map 'Lots in Dub=lost-in-dub'")
    // The advice is about the part, and does what it says.
    let mapped = try count(text) {
      $0.allowsSeveral = true
      $0.meanings = [("Other", ""), ("Lots in Dub", "lost-in-dub"), ("none", "")]
    }
    #expect(mapped.votes == [3, 3, 1, 0] && mapped.leftOut == [.excluded: 2] && mapped.lines == [])
    let ignored = try count(text) {
      $0.allowsSeveral = true
      $0.ignoresUnknown = true
    }
    #expect(ignored.votes == mixed.votes && ignored.diagnostics.allSatisfy { $0.severity == .warning })
    // What is mapped may have commas, and a whole cell be mapped at once.
    let commas = try count("film\n\"Salt Road, Yes, Shef, No\"\n\"Straße, Salt Road\"\n") {
      $0.allowsSeveral = true
      $0.meanings = [("Yes, Shef, No", "yes-chef-no"), ("Straße, Salt Road", "strasse")]
    }
    #expect(commas.votes == [1, 0, 1, 1] && commas.lines == [])
  }

  /// What a stranger writes is compared in time in proportion to its length.
  @Test func longChoicesTakeLittleTime() throws {
    let part = "," + String(repeating: "x", count: 10_000)
    let start = ContinuousClock.now
    let result = try count("film\n\"" + String(repeating: part, count: 100) + "\"\n")
    #expect(result.leftOut == [.unknown: 1])
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func lateAndEarlyBallotsAreLeftOut() throws {
    let text = """
      when,film
      2026-11-13 16:59:59,salt-road
      2026-11-13 17:00:00,salt-road
      2026-11-15 16:59:59,lost-in-dub
      2026-11-15 17:00:00,lost-in-dub
      2026-11-15T21:59:59Z,lost-in-dub
      2026-11-15T22:00:00Z,strasse
      """
    let result = try count(text, time: "when") {
      $0.opens = Timestamp(rfc3339: "2026-11-13T17:00:00-05:00")
      $0.closes = Timestamp(rfc3339: "2026-11-15T17:00:00-05:00")
    }
    #expect(result.votes == [1, 2, 0, 0])
    #expect(result.leftOut == [.early: 1, .late: 2])
    // In another zone than the export's, they are others.
    let utc = try count(text, time: "when") {
      $0.zone = .utc
      $0.closes = Timestamp(rfc3339: "2026-11-15T17:00:00-05:00")
    }
    #expect(utc.leftOut == [.late: 1])
  }

  @Test func ofAVotersBallotsTheLastBeforeTheCloseCounts() throws {
    let text = """
      who,when,film
      ann@example.org,2026-11-15 12:00:00,lost-in-dub
      bob@example.org,2026-11-14 12:00:00,strasse
      Ann@Example.org ,2026-11-14 12:00:00,salt-road
      ann@example.org,2026-11-15 18:00:00,strasse
      bob@example.org,2026-11-14 12:00:00,salt-road
      ,2026-11-14 12:00:00,yes-chef-no
      ,2026-11-14 12:00:00,yes-chef-no
      """
    let close = Timestamp(rfc3339: "2026-11-15T17:00:00-05:00")
    let result = try count(text, voter: "who", time: "when") { $0.closes = close }
    #expect(result.votes == [1, 1, 2, 0])
    #expect(result.leftOut == [.late: 1, .replaced: 2])
    #expect(result.tally.anonymousCount == 2)
    // Without times, the last in the file is the last; without keys, every ballot counts.
    #expect(try count(text, voter: "who").votes == [1, 0, 2, 1])
    #expect(try count(text).votes == [2, 1, 2, 2])
  }

  /// A ballot without a time stops nothing; it counts where it can't be too late.
  @Test func oneWithoutATimeIsListed() throws {
    let text = "when,film\n2026-11-14 12:00,salt-road\n,strasse\n2026-11-14 13:00,salt-road\n"
    let result = try count(text, time: "when") { $0.closes = Timestamp(rfc3339: "2026-11-15T17:00:00Z") }
    #expect(result.votes == [2, 0, 0, 0] && result.leftOut == [.undated: 1])
    #expect(result.lines == ["3:1 tally/no-time"] && result.diagnostics[0].severity == .warning)
    let always = try count(text, time: "when")
    #expect(always.votes == [2, 0, 0, 1] && always.lines == ["3:1 tally/no-time"])
    #expect(always.diagnostics[0].severity == .warning)
  }

  /// A form that nobody signs in to says `anonymous` of everybody, and some write a word of their own.
  @Test(arguments: [
    ("anonymous", 5, 0), ("-", 5, 0), ("N/A", 5, 0), ("guest", 5, 0), ("form@example.org", 1, 4),
  ])
  func aKeyThatMostHaveIsNoVoter(key: String, counted: Int, replaced: Int) throws {
    let result = try count("who,film\n" + String(repeating: "\(key),salt-road\n", count: 5), voter: "who")
    #expect(result.votes == [counted, 0, 0, 0] && result.leftOut[.replaced] ?? 0 == replaced)
    #expect(result.lines == ["2:1 tally/no-voter"] && result.diagnostics[0].severity == .warning)
    #expect(result.tally.anonymousCount == (replaced == 0 ? 5 : 0))
    #expect(!"\(result.diagnostics)".contains("guest") && !"\(result.diagnostics)".contains("example"))
    // Among others it is a voter who votes often, unless it says that it is none.
    let others = (0..<6).map { "v\($0),lost-in-dub\n" }.joined()
    let among = try count(
      "who,film\n" + String(repeating: "guest,salt-road\n", count: 5) + others, voter: "who")
    #expect(among.votes == [1, 6, 0, 0] && among.lines == [])
  }

  /// Who votes blank did not vote; who votes for nobody known did.
  @Test func blankBallotsReplaceNothing() throws {
    let text = "who,film\na,salt-road\na,\nb,salt-road\nb,Nobody\n"
    let result = try count(text, voter: "who") { $0.ignoresUnknown = true }
    #expect(result.votes == [1, 0, 0, 0])
    #expect(result.leftOut == [.blank: 1, .replaced: 1, .unknown: 1])
  }

  @Test(arguments: [
    ("3/4/2026 9:00\n5/6/2026 9:00", ["2:1 tally/ambiguous-dates"]),
    ("4/4/2026 9:00\n2026-01-02 9:00", []),
    ("3/4/2026 9:00\n13/6/2026 9:00", []), ("3/4/2026 9:00\n6/13/2026 9:00", []),
    ("13/4/2026 9:00\n4/13/2026 9:00", ["3:1 tally/ambiguous-dates"]),
    ("2026-11-20\nxx", ["2:1 tally/not-a-time"]),
    ("2026-11-20\nxx\n2026-11-20 9:00", ["2:1 tally/not-a-time", "3:1 tally/not-a-time"]),
    ("\"\"\n", ["2:1 tally/not-a-time"]),
  ])
  func datesAreNotGuessed(dates: String, wanted: [String]) throws {
    let rows = dates.split(separator: "\n").map { $0 + ",salt-road" }
    #expect(try count("when,film\n" + rows.joined(separator: "\n"), time: "when").lines == wanted)
  }

  @Test func theOrderOfDatesIsToldOrFound() throws {
    let text = "when,film\n3/4/2026 9:00,salt-road\n"
    func isLate(_ text: String, _ order: DateOrder?) throws -> Bool {
      try count(text, time: "when") {
        $0.dateOrder = order
        $0.closes = Timestamp(rfc3339: "2026-03-20T00:00:00Z")
      }.leftOut == [.late: 1]
    }
    #expect(try isLate(text, .dayFirst))
    #expect(try !isLate(text, .monthFirst))
    let found = try count(text + "3/14/2026 9:00,salt-road\n", time: "when")
    #expect(found.tally.dateOrder == .monthFirst && found.lines == [])
    let wrong = try count(text + "3/14/2026 9:00,salt-road\n", time: "when") { $0.dateOrder = .dayFirst }
    #expect(wrong.lines == ["3:1 tally/ambiguous-dates"])
    #expect(try count("when,film\n2026-03-04 9:00,salt-road\n", time: "when").tally.dateOrder == nil)
  }

  @Test func noBallotsAreAMistake() throws {
    #expect(try count("film\n").lines == ["1:1 tally/no-ballots"])
  }

  @Test(arguments: [
    ("film", 0), ("Film", 0), ("Which one gets your ticket", 1), ("which one gets your ticket?", 1), ("3", 2),
    ("When", 2), (" Who ", 3),
  ])
  func columnsAreFoundByName(name: String, index: Int) throws {
    let (columns, lines) = try columns(name, in: "film,Which one gets your ticket?,When,who\n1,2,3,4\n")
    #expect(columns?.choices == [index])
    #expect(lines == [])
  }

  @Test(
    arguments: [
      ("fim", "tally/unknown-column", "did you mean 'film'?"),
      ("sco", "tally/unknown-column", "did you mean 'score'?"),
      ("9", "tally/unknown-column", "write its name or its number"),
      ("0", "tally/unknown-column", "write its name or its number"),
      ("3-9", "tally/unknown-column", "write its name or its number"),
      ("3-1", "tally/unknown-column", "write its name or its number"),
      ("-3", "tally/unknown-column", "write its name or its number"),
      ("1-2-3", "tally/unknown-column", "write its name or its number"),
      ("score", "tally/unknown-column", "write the number instead of the name"),
      ("SCORE", "tally/unknown-column", "write the number instead of the name"),
      (nil, "tally/no-choice-column", "name it, or its number, with --choice"),
    ] as [(String?, String, String)])
  func columnsThatAreNot(name: String?, id: String, fix: String) throws {
    let text = "film,score,Score!,score\n1,2,3,4\n"
    var diagnostics: [Diagnostic] = []
    let table = try #require(Table.parse(Source(path: "poll.csv", text: text), diagnostics: &diagnostics))
    let choices = [name].compactMap(\.self)
    #expect(PollColumns(choices: choices, in: table, diagnostics: &diagnostics) == nil)
    #expect(diagnostics.map(\.id) == [id])
    #expect(diagnostics.first?.fix == fix)
    let called = [
      "score": "columns 2 and 4 are both called 'score'",
      "SCORE": "columns 2, 3 and 4 are all called 'SCORE'",
    ]
    if let said = name.flatMap({ called[$0] }) {
      #expect(diagnostics.first?.message == said + ", which --choice names")
    }
  }

  @Test func aTableOfOneColumnNeedsNoName() throws {
    #expect(try count("Which?\nsalt-road\n", choice: nil).votes == [1, 0, 0, 0])
    let (_, lines) = try columns("film", voter: "nobody", in: "film,who\n1,2\n")
    #expect(lines == ["tally/unknown-column"])
  }

  // MARK: - A column for each option

  @Test(arguments: [
    // Marks, the option's own words, and nothing.
    ("Salt Road,Lost in Dub,Straße 1984", "1,0,0\n0,1,0\n0,1,0\n", [1, 2, 0, 0]),
    ("Salt Road,Lost in Dub,Straße 1984", "TRUE,FALSE,FALSE\nfalse,true,False\n", [1, 1, 0, 0]),
    ("Salt Road,Lost in Dub,Straße 1984", "x,,\n,,✓\n", [1, 0, 0, 1]),
    ("Salt Road,Lost in Dub,Straße 1984", "Salt Road,,\n,Lost in Dub,\n,,The Street\n", [1, 1, 0, 1]),
    // The question before the option.
    (
      "Which? [Salt Road],Which? [Lost in Dub],Which? [Other]", "Yes,No,\nNo,Yes,\nNo,No,strasse\n",
      [1, 1, 0, 1]
    ),
    ("Which one? - Salt Road,Which one? - Lost in Dub,Other", "1,,\n,1,\n", [1, 1, 0, 0]),
    ("Film: Salt Road,Film: \"Yes, Chef, No\",Film: the street", "1,,\n,1,\n,,1\n", [1, 0, 1, 1]),
    ("salt-road,La route du sel,lost-in-dub", "1,,\n,1,\n1,1,0\n", [3, 0, 0, 0]),
  ])
  func eachOptionHasAColumn(head: String, rows: String, votes: [Int]) throws {
    let head = head.replacing("Film: \"Yes, Chef, No\"", with: "\"Film: Yes, Chef, No\"")
    let result = try count(
      "who,\(head)\n" + rows.split(separator: "\n").map { "a,\($0)\n" }.joined(), choices: ["2-4"])
    #expect(result.votes == votes)
    #expect(result.lines == [])
  }

  /// SurveyMonkey's exports have the options in the second row, which would be a ballot for all of them.
  @Test func columnsWithoutANameAreNoOptions() throws {
    let text = "who,Which film?,,\n,Salt Road,Lost in Dub,Straße 1984\na,Salt Road,,\n"
    var diagnostics: [Diagnostic] = []
    let table = try #require(Table.parse(Source(path: "poll.csv", text: text), diagnostics: &diagnostics))
    #expect(PollColumns(choices: ["2-4"], in: table, diagnostics: &diagnostics) == nil)
    #expect(diagnostics.map(\.message) == ["column 3 has no name that says which option it is for"])
    let rest = String(text.dropFirst("who,Which film?,,\n".count))
    #expect(try count(rest, choices: ["2-4"]).votes == [1, 0, 0, 0])
  }

  @Test func optionsOfOneBallotAreOneChoiceUnlessSeveralAreAllowed() throws {
    let text =
      "who,Salt Road,Lost in Dub,None,Other\na,1,1,0,\nb,0,0,1,\nc,0,1,0,\nd,,,,\ne,0,0,0,Salt Raod\na,1,,,\n"
    let strict = try count(text, choices: ["Salt Road", "lost in dub", "4", "Other", "2"])
    #expect(strict.votes == [1, 1, 0, 0])
    #expect(strict.leftOut == [.blank: 1, .unknown: 2, .several: 1])
    #expect(
      strict.lines.sorted() == [
        "2:3 tally/several-choices", "3:7 tally/unknown-choice", "6:9 tally/unknown-choice",
      ])
    #expect(
      strict.diagnostics.map(\.message).contains(
        "1 ballot is for several candidates at once: 'Salt Road, Lost in Dub'"))
    let several = try count(text, choices: ["2-5"], voter: "who") {
      $0.allowsSeveral = true
      $0.meanings = [("none", ""), ("salt raod", "salt-road")]
    }
    #expect(several.votes == [2, 1, 0, 0] && several.lines == [])
    #expect(several.leftOut == [.blank: 1, .replaced: 1, .excluded: 1])
  }

  // MARK: - Tables of counts

  @Test func aTableOfCountsIsCounted() throws {
    let text = "Answer,Votes,Share\nSalt Road,\"1,234\",61%\nPerdido,0,0%\nStrasse 1984,12,1%\nTotal,1246,\n"
    let result = try count(text, choice: "Answer", votes: "votes") { $0.meanings = [("Total", "")] }
    #expect(result.votes == [1234, 0, 0, 12] && result.lines == [])
    #expect(result.tally.ballotCount == 2492 && result.leftOut == [.excluded: 1246])
    #expect(result.tally.countsVotes)
    let unknown = try count(text, choice: "Answer", votes: "votes")
    #expect(unknown.lines == ["5:1 tally/unknown-choice"])
    #expect(unknown.diagnostics.first?.message == "1246 votes are for 'Total', which is not on the ballot")
    // With one other column, that is what was chosen.
    #expect(try count("Votes,Film\n3,salt-road\n", choice: nil, votes: "Votes").votes == [3, 0, 0, 0])
  }

  @Test(
    arguments: [
      ("0", 0), ("12", 12), ("1,234", 1234), ("1.234.567", 1_234_567), ("12 345", 12_345), ("1'234", 1234),
      ("1\u{202F}234", 1234), ("1000000000", 1_000_000_000), ("1,000,000,000", 1_000_000_000),
      ("1000000001", nil), ("99999999999999999999", nil), ("", nil), ("12.5", nil), ("1,23", nil),
      ("1,2345", nil),
      ("1234,567", nil), ("1,234.567", nil), ("12%", nil), ("-3", nil), ("+3", nil), (",123", nil),
      ("twelve", nil),
      ("12 votes", nil), ("١٢", nil), ("1,", nil),
    ] as [(String, Int?)])
  func numbersOfVotes(text: String, wanted: Int?) throws {
    #expect(PollColumns.count(text) == wanted)
    let result = try count("film,n\nsalt-road,\"\(text)\"\n", votes: "n")
    #expect(result.lines == (wanted == nil ? ["2:11 tally/not-a-count"] : []))
    #expect(result.votes[0] == wanted ?? 0)
  }

  /// Each row as a ballot, every film of such a table would have one vote.
  @Test(arguments: [
    ("Answer,Votes\nSalt Road,12\nPerdido,3\n", true),
    ("Answer,%,Vote Count\nSalt Road,x,12\nPerdido,x,3\n", true),
    ("Answer,Votes\nSalt Road,12\nSalt Road,3\n", false),
    ("Answer,Votes\nSalt Road,12\nPerdido,many\n", false),
    ("Answer,#\nSalt Road,1\nPerdido,2\n", false), ("Answer,Votes\nSalt Road,12\n", false),
  ])
  func aTableOfCountsIsNotTakenForBallots(text: String, isSeen: Bool) throws {
    var diagnostics: [Diagnostic] = []
    let table = try #require(Table.parse(Source(path: "poll.csv", text: text), diagnostics: &diagnostics))
    let columns = PollColumns(choices: ["Answer"], in: table, diagnostics: &diagnostics)
    #expect((columns == nil) == isSeen)
    #expect(diagnostics.map(\.id) == (isSeen ? ["tally/table-of-counts"] : []))
    if isSeen { #expect(diagnostics.first?.fix?.hasPrefix("say where the votes are: --votes 'Vote") == true) }
  }

  private func columns(
    _ choice: String, voter: String? = nil, in text: String
  ) throws -> (columns: PollColumns?, ids: [String]) {
    var diagnostics: [Diagnostic] = []
    let table = try #require(Table.parse(Source(path: "poll.csv", text: text), diagnostics: &diagnostics))
    let columns = PollColumns(choices: [choice], voter: voter, in: table, diagnostics: &diagnostics)
    return (columns, diagnostics.map(\.id))
  }
}
