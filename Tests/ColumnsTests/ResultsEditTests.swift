import SourceText
import Testing

@testable import Columns

/// `text` with results for two candidates; `nil` when that can't be done.
private func edited(
  _ text: String, _ results: [(String, Int)] = [("salt-road", 12), ("lost-in-dub", 3)]
) -> (text: String?, ids: [String]) {
  var diagnostics: [Diagnostic] = []
  let bytes = ResultsEdit.bytes(
    of: Source(path: "content/daily/_week.md", text: text),
    with: results.map { ResultsEdit.Line(slug: $0.0, votes: $0.1) }, diagnostics: &diagnostics)
  return (bytes.map { String(decoding: $0, as: UTF8.self) }, diagnostics.map(\.id))
}

@Suite struct ResultsEditTests {
  /// In each pair, what stands between the lines `---` before and after.
  @Test(arguments: [
    // None yet: below the last field, above the outcome's fields, with the remarks where they were.
    (
      "week: 2026-W47\nvote:\n  question: Which?\n  # until Friday\n  closes: 2026-11-27 # evening\n",
      """
      week: 2026-W47\nvote:\n  question: Which?\n  # until Friday\n  closes: 2026-11-27 # evening
        results:
          - {project: salt-road, votes: 12}
          - {project: lost-in-dub, votes: 3}\n
      """
    ),
    (
      "vote:\n    closes: 2026-11-27\n\n    # the jury's\n    winners: [salt-road]\n    status: closed\nweek: 2026-W47\n",
      """
      vote:
          closes: 2026-11-27

          results:
            - {project: salt-road, votes: 12}
            - {project: lost-in-dub, votes: 3}
          # the jury's
          winners: [salt-road]
          status: closed
      week: 2026-W47\n
      """
    ),
    (
      "week: 2026-W47\nvote:\n status: closed\n",
      """
      week: 2026-W47
      vote:
       results:
         - {project: salt-road, votes: 12}
         - {project: lost-in-dub, votes: 3}
       status: closed\n
      """
    ),
    (
      "week: 2026-W47\nvote:\n  prize: |\n    # a lens\n    # and a case\nextra: 1\n",
      """
      week: 2026-W47
      vote:
        prize: |
          # a lens
          # and a case
        results:
          - {project: salt-road, votes: 12}
          - {project: lost-in-dub, votes: 3}
      extra: 1\n
      """
    ),
    // A text that keeps its empty lines is not parted from them.
    (
      "week: 2026-W47\nvote:\n  closes: 2026-11-27\n  prize: |+\n    a lens\n\n\nextra: 1\n",
      """
      week: 2026-W47
      vote:
        closes: 2026-11-27
        results:
          - {project: salt-road, votes: 12}
          - {project: lost-in-dub, votes: 3}
        prize: |+
          a lens


      extra: 1\n
      """
    ),
    (
      "vote:\n  prize:\n",
      "vote:\n  prize:\n  results:\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3}\n"
    ),
    // Windows' line ends.
    (
      "week: 2026-W47\r\nvote:\r\n  closes: 2026-11-27\r\n",
      "week: 2026-W47\r\nvote:\r\n  closes: 2026-11-27\r\n  results:\r\n    - {project: salt-road, votes: 12}\r\n"
        + "    - {project: lost-in-dub, votes: 3}\r\n"
    ),
    (
      "vote:\r\n  results: # by hand\r\n  note: x\r\n",
      "vote:\r\n  results: # by hand\r\n    - {project: salt-road, votes: 12}\r\n"
        + "    - {project: lost-in-dub, votes: 3}\r\n  note: x\r\n"
    ),
    // In braces.
    (
      "vote: {closes: 2026-11-27}\n",
      "vote: {closes: 2026-11-27, results: [{project: salt-road, votes: 12}, {project: lost-in-dub, votes: 3}]}\n"
    ),
    ("vote: {}\n", "vote: {results: [{project: salt-road, votes: 12}, {project: lost-in-dub, votes: 3}]}\n"),
    (
      "vote: {\n  closes: 2026-11-27, # a Friday\n  status: closed, # }\n}\n",
      "vote: {\n  closes: 2026-11-27, # a Friday\n  status: closed, results: [{project: salt-road, votes: 12}, "
        + "{project: lost-in-dub, votes: 3}], # }\n}\n"
    ),
    (
      "vote: {results: [], note: x}\n",
      "vote: {results: [{project: salt-road, votes: 12}, {project: lost-in-dub, votes: 3}], note: x}\n"
    ),
    // Empty ones become a list.
    (
      "vote:\n  results: []  # none yet\n",
      "vote:\n  results:  # none yet\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3}\n"
    ),
    (
      "vote:\n  results: null\n",
      "vote:\n  results:\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3}\n"
    ),
    (
      "vote:\n  results:\n  note: x\n",
      "vote:\n  results:\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3}\n  note: x\n"
    ),
    // Where there are results, only numbers change, in whatever form they are.
    (
      "vote:\n  results:\n  - {project: lost-in-dub, votes:   9} # recount\n  - project: \"salt-road\"\n    votes:\t0xA\n  note: x\n",
      "vote:\n  results:\n  - {project: lost-in-dub, votes:   3} # recount\n  - project: \"salt-road\"\n    votes:\t12\n  note: x\n"
    ),
    (
      "vote: {results: [{votes: 3, project: lost-in-dub}, {project: salt-road, votes: 1}]}\n",
      "vote: {results: [{votes: 3, project: lost-in-dub}, {project: salt-road, votes: 12}]}\n"
    ),
    // A candidate more.
    (
      "vote:\n  results:\n    - {project: salt-road, votes: 1} # one\n    # the end\n  note: x\n",
      "vote:\n  results:\n    - {project: salt-road, votes: 12} # one\n    - {project: lost-in-dub, votes: 3}\n    # the end\n  note: x\n"
    ),
    (
      "vote:\n  results: [{project: lost-in-dub, votes: 1}] # one\n",
      "vote:\n  results: [{project: lost-in-dub, votes: 3}, {project: salt-road, votes: 12}] # one\n"
    ),
    // Others than these.
    (
      "vote:\n  results:\n    - {project: gone, votes: 1}\n    - {project: salt-road, votes: 1} # one\n  note: x\n",
      "vote:\n  results:\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3} # one\n  note: x\n"
    ),
    (
      "vote:\n  results: [{project: gone, votes: 1}]\n",
      "vote:\n  results: [{project: salt-road, votes: 12}, {project: lost-in-dub, votes: 3}]\n"
    ),
    // Keys in quotes, and letters of several bytes before.
    (
      "title: Señales — ✂\nvote:\n  \"question\": “Cuál?”\n",
      "title: Señales — ✂\nvote:\n  \"question\": “Cuál?”\n  results:\n    - {project: salt-road, votes: 12}\n    - {project: lost-in-dub, votes: 3}\n"
    ),
  ])
  func edits(before: String, after: String) {
    let (text, ids) = edited("---\n\(before)---\nThe note's text.\n---\nvote: {}")
    #expect(text == "---\n\(after)---\nThe note's text.\n---\nvote: {}")
    #expect(ids == [])
  }

  /// With a byte order mark, blanks behind the lines, without a body and a last line end.
  @Test func frontMatterMayEndTheFile() {
    #expect(
      edited("\u{FEFF}--- \nvote:\n  prize: x\n---", [("a", 1)]).text
        == "\u{FEFF}--- \nvote:\n  prize: x\n  results:\n    - {project: a, votes: 1}\n---")
  }

  @Test func slugsThatAreOtherValuesStandInQuotes() {
    let (text, _) = edited(
      "---\nvote: {}\n---\n", [("1984", 1), ("null", 2), ("été", 3), ("2026-11-20", 4), ("on", 5)])
    #expect(
      text == "---\nvote: {results: [{project: \"1984\", votes: 1}, {project: \"null\", votes: 2}, "
        + "{project: \"été\", votes: 3}, {project: \"2026-11-20\", votes: 4}, {project: \"on\", votes: 5}]}\n---\n"
    )
  }

  @Test func whatIsRightAlreadyStays() {
    let text =
      "---\nvote:\n  results:\n    - {project: lost-in-dub, votes: 3} # b\n    - {project: salt-road, votes: 12}\n---\n"
    #expect(edited(text).text == text)
    #expect(edited(edited("---\nvote: {}\n---\n").text ?? "").text == edited("---\nvote: {}\n---\n").text)
  }

  @Test(arguments: [
    // Others read these values by their names.
    "a: &v {question: Which?}\nvote: *v\n", "vote: &v\n  question: Which?\n",
    "vote: !!map {question: Which?}\n",
    "vote:\n  results: &r [{project: salt-road, votes: 1}]\n", "a: &r []\nvote: {results: *r}\n",
    "vote:\n  results: [{project: salt-road, votes: &n 1}]\nextra: *n\n",
    "vote:\n  results:\n    - &r {project: gone, votes: 1}\nextra: *r\n",
    "a: &n 1\nvote:\n  results:\n    - {project: salt-road, votes: *n}\n    # remark\n    - {project: gone, votes: 2}\n",
    // Remarks between results that become others.
    "vote:\n  results:\n    - {project: gone, votes: 1} # remark\n    - {project: salt-road, votes: 1}\n",
    "vote:\n  results: [ {project: gone, votes: 9}, # ahead all week\n    {project: salt-road, votes: 1} ]\n",
    "vote: {results: [\n  # of Friday\n]}\n",
    // Not a list.
    "vote:\n  results: many\n", "vote:\n  results: {salt-road: 1}\n",
    "vote: |\n  question: Which?\n", "vote: [a]\n",
  ])
  func whatIsLeftToPeople(before: String) {
    let (text, ids) = edited("---\n\(before)---\n")
    #expect(text == nil)
    #expect(ids == ["tally/cannot-write"])
  }

  @Test(arguments: [
    ("---\nweek: 2026-W47\n---\n", "tally/no-vote"), ("---\nvote:\n---\n", "tally/no-vote"),
    ("---\n---\nvote:\n", "tally/no-vote"),
    ("---\nvote: {a: 1\n---\n", "yaml/unclosed-bracket"), ("no front matter\n", "front-matter/missing"),
    ("", "front-matter/empty-file"),
  ])
  func filesWithoutABallot(text: String, id: String) {
    let result = edited(text)
    #expect(result.text == nil)
    #expect(result.ids == [id])
  }

  @Test func theMessageSaysWhatToWrite() {
    var diagnostics: [Diagnostic] = []
    _ = ResultsEdit.bytes(
      of: Source(path: "content/daily/_week.md", text: "---\nvote: &v {}\n---\n"),
      with: [.init(slug: "a", votes: 1)], diagnostics: &diagnostics)
    #expect(diagnostics.first?.fix == "write them by hand: results: [{project: a, votes: 1}]")
  }
}
