import ArgumentParser
import CSV
import CivilTime
import Columns
import SitePipeline
import SourceText
import YAML

/// `sitegen tally`.
struct TallyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tally",
    abstract: "Counts an exported poll and writes the results of a vote.",
    discussion: """
      Reads the answers that a form or poll exports as CSV, counts them for the candidates of a week's, month's \
      or year's ballot, and writes 'vote: results:' into its _week.md, _month.md or _year.md. Nothing else of that file changes, and nothing that voters \
      wrote is kept.

      The first row of the export names its columns; say which is which by name or number:
        sitegen tally answers.csv --week 2026-W47 --choice "Which film?"
        sitegen tally answers.csv --week 2026-W47 --choice 3 --voter 2 --time 1
        sitegen tally answers.csv --week 2026-W47 --choice 3 --dry-run
        sitegen tally answers.csv --week 2026-W47 --choice 4-9    a column an option
        sitegen tally summary.csv --week 2026-W47 --choice Answer --votes Votes

      With --voter, of each voter's ballots the last counts. With --time, those that were cast before the vote \
      opened or after it closed do not. A choice is a candidate's slug, title or alternate title; case, accents \
      and punctuation don't matter. A choice that is none of these is listed, and nothing is written until it is \
      given a meaning or left out:
        --map "Salt Raod=salt-road" --map "None of these="

      Keep exports out of content/, which is published. Documentation/voting.md goes through a vote from its \
      opening to the winner.

      Exit codes: 0 when the results are written (with --dry-run: could be), 1 when the export or the ballot have \
      mistakes and nothing was written, 64 when the command line is wrong, 74 when the system can't read or write.
      """)

  @Argument(
    help: ArgumentHelp("The export.", valueName: "file.csv"),
    completion: .file(extensions: ["csv", "tsv", "txt"]))
  var file: String

  @Option(
    help: ArgumentHelp("The week whose vote it is, as 2026-W47.", valueName: "week"), transform: parseWeek)
  var week: ISOWeek?

  @Option(
    help: ArgumentHelp("The month whose vote it is, as 2026-11.", valueName: "month"), transform: parseMonth)
  var month: CivilMonth?

  @Option(help: ArgumentHelp("The year whose vote it is, as 2026.", valueName: "year"))
  var year: Int?

  @Option(
    help: ArgumentHelp(
      "The column of write-ups, by its name or folder, if several had a vote then.", valueName: "name"),
    completion: .columns)
  var column: String?

  @Option(
    help: ArgumentHelp(
      "The export's column with what was chosen; where each option has a column of its own, these: 4-9, or one by one.",
      valueName: "column"))
  var choice: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column with the number of votes, in a table of counts, where a row is a choice and not a ballot.",
      valueName: "column"))
  var votes: String?

  @Option(
    help: ArgumentHelp(
      "The export's column that tells voters apart, such as an e-mail address.", valueName: "column"))
  var voter: String?

  @Option(help: ArgumentHelp("The export's column with the time of each ballot.", valueName: "column"))
  var time: String?

  @Option(
    help: ArgumentHelp(
      "The zone of times that are written without one; the site's by default.", valueName: "zone"))
  var zone: String?

  @Option(
    help: "Which comes first in dates such as 3/4/2026; asked for only where no date of the export tells.")
  var dates: DateOrder?

  @Option(help: "What stands between the export's cells; found out by default.")
  var delimiter: Delimiter?

  @Option(
    help: ArgumentHelp(
      "What a choice means that is no candidate's title; without a slug it is left out. May be repeated.",
      valueName: "choice=slug"), transform: parseMeaning)
  var map: [Meaning] = []

  @Flag(help: "Let a ballot name several candidates, and give each a vote.")
  var several = false

  @Flag(help: "Leave out all choices that mean no candidate, with a warning.")
  var ignoreUnknown = false

  @Flag(help: "Show the counts, and write nothing.")
  var dryRun = false

  @Option(help: "How messages are printed: text, or json with one object a line on standard output.")
  var format = DiagnosticFormat.text

  @OptionGroup var site: SiteOptions

  @OptionGroup var moment: TimeOptions

  /// What a choice means.
  struct Meaning: Sendable {
    let choice: String
    let slug: String
  }

  /// The time that was voted on.
  private var period: Period? {
    let periods = [week.map(Period.week), month.map(Period.month), year.map(Period.year)].compactMap(\.self)
    return periods.count == 1 ? periods[0] : nil
  }

  func validate() throws {
    if period == nil {
      throw ValidationError("say which vote it is: --week 2026-W47, --month 2026-11 or --year 2026.")
    }
    if votes != nil, voter != nil || time != nil || several || choice.count > 1 {
      throw ValidationError(
        "--votes is for a table of counts, a choice a row: leave out --voter, --time and --several, and name one --choice."
      )
    }
  }

  func run() async throws {
    guard let period else { return }
    var options = PollCount.Options(
      export: file, period: period, asOf: moment.now, jobs: processorCount())
    options.root = site.root
    options.column = column
    (options.choices, options.votes, options.voter, options.time) = (choice, votes, voter, time)
    options.delimiter = delimiter
    options.zone = zone
    options.dateOrder = dates
    options.meanings = map.map { ($0.choice, $0.slug) }
    options.allowsSeveral = several
    options.ignoresUnknown = ignoreUnknown
    options.isDryRun = dryRun
    let report: PollCount.Report
    do {
      report = try await PollCount(options).run()
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
    let printing = TallyPrinting(report: report, period: period)
    printDiagnostics(report.diagnostics, root: site.root, format: format, confidential: report.export)
    switch format {
    case .text:
      if let table = printing.table { SitePipeline.print(table, toErrors: false) }
      SitePipeline.print(printing.summary + "\n", toErrors: report.outcome == .refused)
    case .json: SitePipeline.print(printing.json, toErrors: false)
    }
    if report.outcome == .refused { throw ExitCode(1) }
  }
}

extension DateOrder: ExpressibleByArgument {}
extension Delimiter: ExpressibleByArgument {}

/// The week that `text` names on the command line.
func parseWeek(_ text: String) throws -> ISOWeek {
  guard let week = ISOWeek(text) else { throw ValidationError("write a week such as 2026-W47") }
  return week
}

private func parseMonth(_ text: String) throws -> CivilMonth {
  guard let month = CivilMonth(text) else { throw ValidationError("write a month such as 2026-11") }
  return month
}

private func parseMeaning(_ text: String) throws -> TallyCommand.Meaning {
  guard let sign = text.lastIndex(of: "="), sign > text.startIndex else {
    throw ValidationError(
      "write what was chosen, =, and the slug that it means, such as \"Salt Raod=salt-road\"")
  }
  return TallyCommand.Meaning(choice: String(text[..<sign]), slug: String(text[text.index(after: sign)...]))
}
