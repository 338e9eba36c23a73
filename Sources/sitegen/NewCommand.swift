import ArgumentParser
import CivilTime
import Columns
import SitePipeline
import YAML

/// `sitegen new`.
struct NewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begins a write-up: a file in the right folder, with a form to fill in.",
    discussion: """
      The write-up is a draft for the next day on which its column appears and has nothing yet. The file's name is \
      printed, and nothing else, so that an editor can open it. A file that is there is never written over.

      Exit codes: 0 when the file is written, 1 when it can't be, 64 when the command line is wrong, 74 when the \
      system can't read or write.

      Examples:
        sitegen new "Salt Road"
        sitegen new "Salt Road" --week 2026-W49
        sitegen new "Notes on an empty room" --column cutting-room --date 2026-12-05
        $EDITOR "$(sitegen new 'Salt Road')"
      """)

  @Argument(help: "The title.")
  var title: String

  @Option(
    help: ArgumentHelp("The column, by its name or folder, if there are several.", valueName: "name"),
    completion: .columns)
  var column: String?

  @Option(
    help: ArgumentHelp("The day, as 2026-11-30, instead of the next free one.", valueName: "day"),
    transform: parseDay)
  var date: CivilDate?

  @Option(
    help: ArgumentHelp("The week, as 2026-W49, of which it takes the first free day.", valueName: "week"),
    transform: parseWeek)
  var week: ISOWeek?

  @Option(help: ArgumentHelp("The last part of its address, instead of the title's.", valueName: "slug"))
  var slug: String?

  @OptionGroup var site: SiteOptions

  @OptionGroup var time: TimeOptions

  func validate() throws {
    if date != nil, week != nil { throw ValidationError("--date and --week don't go together.") }
    if title.isEmpty || title.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw ValidationError("the title is a line of text.")
    }
    if let slug, slug != Columns.slug(for: slug) || slug.isEmpty {
      throw ValidationError("--slug takes lower-case letters, digits and hyphens, as in salt-road.")
    }
  }

  func run() async throws {
    var options = NewWriteUp.Options(
      title: title, asOf: time.now, jobs: processorCount())
    options.root = site.root
    options.column = column
    options.slug = slug
    options.date = date
    options.week = week
    let report: NewWriteUp.Report
    do {
      report = try await NewWriteUp(options).run()
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
    printDiagnostics(report.diagnostics, root: site.root)
    guard let form = report.form else { throw ExitCode(1) }
    SitePipeline.print(
      "For \(form.date.weekday.name) \(form.date)\(report.column.map { " in \($0)" } ?? ""):\n",
      toErrors: true)
    SitePipeline.print(
      (site.root == "." ? "" : site.root + "/") + form.path.sourcePath + "\n", toErrors: false)
  }
}

private func parseDay(_ text: String) throws -> CivilDate {
  guard let date = CivilDate(text) else { throw ValidationError("write a day such as 2026-11-30") }
  return date
}
