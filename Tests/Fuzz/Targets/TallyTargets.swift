import CSV
import CivilTime
import Columns
import Markdown
import SourceText
import YAML

extension Target {
  /// The file with a ballot, a line `#---#`, and the export of a poll.
  static let tally = Target("tally", enlarge: enlargeExport) { bytes in
    let (note, export) = parts(bytes)
    let file = Source(path: "poll.csv", bytes: export)
    let (table, problems) = demandSameTwice(of: file) { Table.parse($0, diagnostics: &$1) }
    guard let table else {
      demand(problems.contains { $0.severity == .error }, "there is no table, and nothing is said")
      return demandEdit(of: note, with: [0, 1, 2])
    }
    for row in 0..<min(table.rowCount, 50) {
      for column in table.columns.indices {
        demandPlace(table.range(row: row, column: column), in: export, "cell")
        demand(isUTF8(table.text(row: row, column: column).utf8), "a cell is no UTF-8")
      }
    }
    var diagnostics: [Diagnostic] = []
    let count = table.columns.count
    let columns: PollColumns?
    switch bytes.count % 5 {
    // A table of counts.
    case 0:
      columns = PollColumns(
        choices: ["1"], votes: count > 1 ? "2" : nil, in: table, diagnostics: &diagnostics)
    // A column for each option.
    case 1:
      columns = PollColumns(
        choices: ["1-\(count)"], voter: count > 1 ? "2" : nil, in: table, diagnostics: &diagnostics)
    default:
      columns = PollColumns(
        choices: [count > 2 ? "3" : "1"], voter: count > 1 ? "2" : nil, time: count > 2 ? "1" : nil,
        in: table,
        diagnostics: &diagnostics)
    }
    guard let columns else {
      demand(diagnostics.contains { $0.severity == .error }, "no columns are found, and nothing is said")
      return demandPlaces(of: diagnostics, in: [file])
    }
    var rules = Tally.Rules(zone: .utc)
    rules.opens = Timestamp(rfc3339: "2026-11-20T17:00:00-05:00")
    rules.closes = Timestamp(rfc3339: "2026-11-27T17:00:00-05:00")
    rules.allowsSeveral = bytes.count.isMultiple(of: 2)
    rules.ignoresUnknown = bytes.count.isMultiple(of: 3)
    let tally = timed(export.count) {
      Tally(table, columns: columns, candidates: candidates, rules: rules, diagnostics: &diagnostics)
    }
    demandPlaces(of: diagnostics, in: [file])
    let leftOut = tally.leftOut.values.reduce(0, +)
    demand(
      tally.countedCount + leftOut == tally.ballotCount
        && (tally.countsVotes || tally.ballotCount == table.rowCount),
      "\(tally.countedCount) count and \(leftOut) don't, of \(tally.ballotCount)")
    let votes = tally.votes.reduce(0, +)
    demand(
      rules.allowsSeveral ? votes >= tally.countedCount : votes == tally.countedCount,
      "\(votes) votes are too many")
    demandEdit(of: note, with: tally.votes)
  }

  /// The ballot of a week with three write-ups, assembled.
  static let ballot = Target("ballot") { bytes in
    let path = ContentPath("daily/_week.md")
    let file = Source(path: path.sourcePath, bytes: bytes)
    let (archive, _) = demandSameTwice(of: file) { file, diagnostics -> Archive? in
      guard var sources = weekOfThree() else { return nil }
      let note = PeriodSource.parse(
        file, at: path, as: .week, smartPunctuation: true, diagnostics: &diagnostics)
      guard let note else { return nil }
      sources.periods = [note]
      var found: [Diagnostic] = []
      let archive = Archive.assemble(
        sources, options: AssemblyOptions(asOf: Timestamp(seconds: 1_795_000_000), zone: .utc),
        diagnostics: &found)
      diagnostics += found.filter { $0.location?.path == file.path }
      return archive
    }
    for ballot in archive?.ballots ?? [] {
      let votes = ballot.results.map(\.votes)
      demand(votes.allSatisfy { $0 >= 0 } && ballot.total >= 0, "votes are negative")
      demand(ballot.results.allSatisfy { (0...100).contains($0.percent) }, "more than all of the votes")
      demand(Set(ballot.results.map(\.writeUp)).count == votes.count, "a project has two results")
      demand(Set(ballot.winners).count == ballot.winners.count, "a project wins twice")
      demand(
        ballot.state == .closed || ballot.winners.isEmpty, "somebody wins a vote that is \(ballot.state)")
    }
  }

  private static let candidates = [
    Candidate(slug: "salt-road", title: "Salt Road"),
    Candidate(slug: "return-to-sender", title: "Return to Sender, Tristan", alternateTitles: ["Élan"]),
    Candidate(slug: "1984", title: "Nine Kinds of Rope"),
  ]

  private static let divider = Array("\n#---#\n".utf8)

  private static func parts(_ bytes: [UInt8]) -> (note: [UInt8], export: [UInt8]) {
    guard let range = bytes.firstRange(of: divider) else { return ([], bytes) }
    return (Array(bytes[..<range.lowerBound]), Array(bytes[range.upperBound...]))
  }

  @Sendable private static func enlargeExport(_ bytes: [UInt8]) -> [UInt8] {
    let (note, export) = parts(bytes)
    return note + divider + repeated(export)
  }

  /// Demands that an edit changes the results and nothing else, by other means than the edit's own.
  private static func demandEdit(of note: [UInt8], with votes: [Int]) {
    let file = Source(path: "content/daily/_week.md", bytes: note)
    let lines = zip(candidates, votes).map { ResultsEdit.Line(slug: $0.slug, votes: $1) }
    var diagnostics: [Diagnostic] = []
    let bytes = timed(note.count) { ResultsEdit.bytes(of: file, with: lines, diagnostics: &diagnostics) }
    demandPlaces(of: diagnostics, in: [file])
    guard let bytes else {
      return demand(diagnostics.contains { $0.severity == .error }, "nothing is written, and nothing is said")
    }
    demand(isUTF8(bytes) || !isUTF8(note), "the edit is no UTF-8")
    // Every line of the old file is there but those of its results, in their order.
    func marks(_ bytes: [UInt8]) -> [Substring] {
      String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).filter { $0.contains("#") }
    }
    demand(
      marks(bytes).count == marks(note).count, "a remark is lost:\n\(String(decoding: bytes, as: UTF8.self))")
    var others: [Diagnostic] = []
    let again = ResultsEdit.bytes(
      of: Source(path: file.path, bytes: bytes), with: lines, diagnostics: &others)
    demand(again == bytes, "the second edit is another one:\n\(String(decoding: bytes, as: UTF8.self))")
    let path = ContentPath("daily/_week.md")
    let before = PeriodSource.parse(file, at: path, as: .week, smartPunctuation: false, diagnostics: &others)
    let after = PeriodSource.parse(
      Source(path: file.path, bytes: bytes), at: path, as: .week, smartPunctuation: false,
      diagnostics: &others)
    demand(before?.body.html == after?.body.html, "the note is another one")
    demand(
      before?.period.value == after?.period.value && before?.title == after?.title, "the week is another one")
    guard let old = before?.vote, let new = after?.vote else { return }
    demand(
      old.question == new.question && old.url == new.url && old.prize == new.prize && old.note == new.note
        && old.opens?.value == new.opens?.value && old.closes?.value == new.closes?.value
        && old.state == new.state
        && old.winners?.map(\.value) == new.winners?.map(\.value)
        && old.candidates?.map(\.value) == new.candidates?.map(\.value), "the ballot is another one")
    demand(
      Set(new.results.map { "\($0.project.value) \($0.votes)" })
        == Set(lines.map { "\($0.slug) \($0.votes)" })
        || lines.contains { $0.votes > 1_000_000_000 }, "the results are others")
  }

  private static func weekOfThree() -> ContentSources? {
    var diagnostics: [Diagnostic] = []
    let configuration = Source(path: "content/site.yaml", text: "title: T\n")
    var reader = FieldReader(
      YAML.parse(configuration, diagnostics: &diagnostics), in: configuration.path, at: ByteRange(at: 0),
      fields: SiteConfiguration.fields)
    guard let site = SiteConfiguration(&reader) else { return nil }
    var sources = ContentSources(site: site)
    let column = ContentPath("daily/_column.md")
    ColumnSource.parse(
      Source(path: column.sourcePath, text: "---\nname: Daily\nkind: articles\nweeks: true\n---\n"),
      at: column,
      smartPunctuation: false, diagnostics: &diagnostics
    ).map { sources.columns.append($0) }
    for candidate in candidates {
      let path = ContentPath("daily/\(candidate.slug).md")
      let text = "---\ntitle: \"\(candidate.title)\"\ndate: 2026-11-17\nweek: 2026-W47\n---\n"
      WriteUpSource.parse(
        Source(path: path.sourcePath, text: text), at: path, smartPunctuation: false,
        diagnostics: &diagnostics
      ).map { sources.writeUps.append($0) }
    }
    return sources
  }
}
