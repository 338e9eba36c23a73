import ArgumentParser
import CivilTime
import Columns
import SitePipeline
import SourceText
import YAML

/// `sitegen calendar`.
struct CalendarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Shows the coming and past weeks: what is planned, what is missing.",
    discussion: """
      For each column, every day on which it appears and what stands there: published, held back until its date, a \
      draft, or nothing; days with two write-ups are marked. Below them, when votes open and close and campaigns end. \
      A column's days are the 'cadence' of its _column.md.

      Examples:
        sitegen calendar                               last week, this one and three more
        sitegen calendar --weeks 12 --past 0           a quarter ahead
        sitegen calendar --column project-of-the-day
        sitegen calendar --html wall.html              a page to print and pin up
        sitegen calendar --format json | jq .

      Exit codes: 0, whatever is missing; 1 when a file can't be read and is not in the calendar, 64 when the command \
      line is wrong, 74 when the system can't read or write.
      """)

  @Option(help: ArgumentHelp("How many weeks are shown, this one the first.", valueName: "count"))
  var weeks = 4

  @Option(help: ArgumentHelp("How many weeks before this one are shown.", valueName: "count"))
  var past = 1

  @Option(
    help: ArgumentHelp("A column, by its name or folder; all by default. May be repeated.", valueName: "name")
  )
  var column: [String] = []

  @OptionGroup var time: TimeOptions

  @Option(help: "How the calendar is printed: text, or json, one object.")
  var format = DiagnosticFormat.text

  @Option(
    help: ArgumentHelp(
      "Write it as a page instead, to print on A4 or to look at; it replaces an earlier one. '-' prints the page.",
      valueName: "file"))
  var html: String?

  @OptionGroup var site: SiteOptions

  @Option(
    help: ArgumentHelp("How many tasks work at once; one for each processor by default.", valueName: "count"))
  var jobs: Int?

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256.") }
    if !(1...520).contains(weeks) { throw ValidationError("--weeks takes a number from 1 to 520.") }
    if !(0...520).contains(past) { throw ValidationError("--past takes a number from 0 to 520.") }
    if let html, html.isEmpty || html.hasSuffix("/") {
      throw ValidationError("--html takes the name of a file, such as wall.html.")
    }
    if html != nil, format == .json {
      throw ValidationError("--html and --format json are two ways to print.")
    }
  }

  func run() async throws {
    var options = SiteCalendar.Options(
      asOf: time.now, jobs: jobs ?? processorCount())
    options.root = site.root
    options.weeks = weeks
    options.past = past
    options.columns = column
    let calendar = SiteCalendar(options)
    var report: SiteCalendar.Report
    var isWritten = false
    do {
      report = try await calendar.run()
      if let html, let plan = report.calendar {
        let page = CalendarPage(calendar: plan, title: report.title).bytes
        if html == "-" {
          SitePipeline.print(String(decoding: page, as: UTF8.self), toErrors: false)
        } else {
          let problem = try calendar.write(page, to: html)
          if let problem { report.diagnostics.append(problem) }
          isWritten = problem == nil
        }
      }
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
    printDiagnostics(report.diagnostics, root: site.root, format: .text)
    if let plan = report.calendar {
      let isColored = outputGoesToTerminal() && (environmentVariable("NO_COLOR") ?? "").isEmpty
      let printing = CalendarPrinting(calendar: plan, title: report.title, isColored: isColored)
      switch (html, format) {
      case (let path?, _):
        if isWritten, path != "-" { SitePipeline.print("\(path): \(printing.span).\n", toErrors: false) }
      case (nil, .text): SitePipeline.print(printing.text, toErrors: false)
      case (nil, .json): SitePipeline.print(printing.json, toErrors: false)
      }
    }
    if !report.diagnostics.isEmpty { throw ExitCode(1) }
  }
}
