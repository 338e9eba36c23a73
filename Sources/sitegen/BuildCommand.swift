import ArgumentParser
import CivilTime
import Columns
import SitePipeline
import SourceText
import YAML

/// `sitegen build`.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the site into output/.",
    discussion: """
      Reads content/ and themes/, checks everything, and changes output/ only when there is no mistake. \
      Files that are the same already are left alone; files that an earlier build wrote and this one does \
      not are removed; nothing else in output/ is touched.

      Write-ups dated in the future appear with the first build after their date: let a timer build daily.

      Exit codes: 0 when the site is built, 1 when there are mistakes and the old output was kept, 64 when the command \
      line is wrong, 74 when the system can't read or write.

      Examples:
        sitegen build
        sitegen build --root ~/sites/column --output /srv/www
        sitegen build --drafts --future        what is still to come, too
        sitegen build --as-of 2026-12-24       as it will be on that day
        sitegen build --links file             for reading from disk, without a server
      """)

  @OptionGroup var site: BuildOptions

  @Option(
    help: ArgumentHelp(
      "Where the site is built; output/ in the site's folder by default.", valueName: "folder"),
    completion: .directory)
  var output: String?

  @Option(help: "The form of links: directory for web servers, file for reading from disk.")
  var links: LinkForm?

  @Option(
    help: ArgumentHelp("The site's address, instead of the one site.yaml names.", valueName: "address"),
    transform: parseURL)
  var url: String?

  @Flag(help: "Publish drafts, too.")
  var drafts = false

  @Flag(help: "Publish write-ups whose date is still to come, too.")
  var future = false

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Option(
    help: ArgumentHelp("How many tasks work at once; one for each processor by default.", valueName: "count"))
  var jobs: Int?

  @Option(help: "How messages are printed: text, or json with one object a line on standard output.")
  var format = DiagnosticFormat.text

  @Flag(help: "Print how long each phase took.")
  var timings = false

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs takes a number from 1 to 256.")
    }
  }

  func run() async throws {
    let start = monotonicSeconds()
    var options = site.build(jobs: jobs)
    options.output = output
    options.links = links
    options.url = url
    options.includesDrafts = drafts
    options.includesFuture = future
    options.isStrict = strict
    options.generator = "sitegen \(Sitegen.version)"
    let showsProgress = errorsGoToTerminal() && format == .text
    if showsProgress { options.progress = showPages }
    let report: Build.Report
    do {
      report = try await Build(options).run()
    } catch let error as SystemError {
      throw ExitCode(saying: error, clearingLine: showsProgress)
    }
    if showsProgress { SitePipeline.print("\r\u{1B}[K", toErrors: true) }
    let printing = ReportPrinting(report: report, root: site.root, seconds: monotonicSeconds() - start)
    switch format {
    case .text: printing.printText(timings: timings)
    case .json: printing.printJSON()
    }
    // The site's memory goes with the process.
    withExtendedLifetime(report) { Sitegen.end(with: report.isPublished ? nil : ExitCode(1)) }
  }
}

/// Shows on a terminal how many pages are done, in a line that the next one takes the place of.
@Sendable func showPages(done: Int, total: Int) { showProgress(done, total, "pages") }

/// Shows on a terminal how many things are done, in a line that the next one takes the place of.
func showProgress(_ done: Int, _ total: Int, _ things: String) {
  SitePipeline.print("\r\(done) of \(total) \(things)\u{1B}[K", toErrors: true)
}

extension LinkForm: ExpressibleByArgument {}

/// The day or moment that `text` names on the command line.
func parseMoment(_ text: String) throws -> Moment {
  if let date = CivilDate(text) { return .date(date) }
  if let timestamp = Timestamp(rfc3339: text) { return .timestamp(timestamp) }
  throw ValidationError("write a day such as 2026-11-20, or a moment such as 2026-11-20T09:00:00-05:00")
}

/// The address of a site that `text` is.
func parseURL(_ text: String) throws -> String {
  guard SiteConfiguration.isSiteURL(text) else {
    throw ValidationError("write the full address of a folder, such as https://example.org/")
  }
  return text
}
