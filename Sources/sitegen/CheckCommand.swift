import ArgumentParser
import CivilTime
import SitePipeline
import SourceText
import YAML

/// `sitegen check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds what is wrong or left undone, and writes nothing.",
    discussion: """
      Everything that a build finds, of every page; and what an editor wants to know: projects of which nothing was \
      heard for months, votes without results, campaigns whose end is not known, steps that are dated after today.

      With --ledger it compares the site with a list of every address that was once published, and fails when one no \
      longer answers or leads on. --add writes addresses that are new into it; nothing else is ever written.

      Exit codes: 0 when there are no errors (with --strict no warnings either), 1 when there are, 64 when the command \
      line is wrong, 74 when the system can't read or write.

      Examples:
        sitegen check
        sitegen check --stale-months 6
        sitegen check --as-of 2026-12-24                as it will be on that day
        sitegen check --ledger published.txt            before a change is published
        sitegen check --ledger published.txt --add      after it is
      """)

  @Option(
    help: ArgumentHelp("The site's folder, which holds content/.", valueName: "folder"),
    completion: .directory)
  var root = "."

  @Option(
    help: ArgumentHelp("The theme, instead of the one site.yaml names.", valueName: "name"),
    completion: .themes)
  var theme: String?

  @Option(
    help: ArgumentHelp("The day or moment that counts as now, as for build.", valueName: "time"),
    transform: parseMoment)
  var asOf: Moment?

  @Option(
    help: ArgumentHelp(
      "After how many months a status that has not moved is asked about.", valueName: "count"))
  var staleMonths = 12

  @Option(
    help: ArgumentHelp("The ledger of published addresses, in the site's folder.", valueName: "file"),
    completion: .file())
  var ledger: String?

  @Flag(help: "Add the addresses that the ledger lacks.")
  var add = false

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Option(
    help: ArgumentHelp("How many tasks work at once; one for each processor by default.", valueName: "count"))
  var jobs: Int?

  @Option(help: "How messages are printed: text, or json with one object a line on standard output.")
  var format = DiagnosticFormat.text

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 256.") }
    if !(1...1200).contains(staleMonths) {
      throw ValidationError("--stale-months takes a number from 1 to 1200.")
    }
    if add, ledger == nil { throw ValidationError("--add needs the --ledger to add to.") }
    if let ledger,
      ledger.isEmpty || ledger.hasPrefix("/") || ledger.hasSuffix("/")
        || ledger.split(separator: "/").contains(where: { $0 == ".." || $0 == "." })
    {
      throw ValidationError("--ledger takes the path of a file in the site's folder.")
    }
  }

  func run() async throws {
    var build = Build.Options(asOf: asOf ?? .timestamp(currentTimestamp()), jobs: jobs ?? processorCount())
    build.root = root
    build.theme = theme
    build.isStrict = false
    build.generator = "sitegen \(Sitegen.version)"
    var options = SiteCheck.Options(build: build)
    options.staleMonths = staleMonths
    options.ledger = ledger
    options.addsToLedger = add
    let report: SiteCheck.Report
    do {
      report = try await SiteCheck(options).run()
    } catch let error as SystemError {
      SitePipeline.print("sitegen: \(error)\n", toErrors: true)
      throw ExitCode(74)
    }
    printDiagnostics(report.diagnostics, root: root, format: format)
    let worst: Diagnostic.Severity = strict ? .warning : .error
    let isBad = report.diagnostics.contains { $0.severity >= worst }
    switch format {
    case .text: SitePipeline.print(summary(of: report) + "\n", toErrors: isBad)
    case .json: SitePipeline.print(result(of: report, isSound: !isBad), toErrors: false)
    }
    if isBad { throw ExitCode(1) }
  }

  private func count(_ severity: Diagnostic.Severity, in report: SiteCheck.Report) -> Int {
    report.diagnostics.count { $0.severity == severity }
  }

  private func summary(of report: SiteCheck.Report) -> String {
    var parts = [report.pageCount > 0 ? counted(report.pageCount, "page") : "no page looked at"]
    if let addresses = report.ledgerCount {
      parts.append(
        "\(addresses) published address\(addresses == 1 ? "" : "es") in \(ledger ?? "")"
          + (report.addedCount > 0 ? ", \(report.addedCount) of them new" : ""))
    }
    if let ledger, report.ledgerCount == nil {
      parts.append("\(ledger) not looked at")
    } else if add, report.addedCount == 0, count(.error, in: report) > 0 {
      parts.append("none added")
    }
    let (errors, warnings) = (count(.error, in: report), count(.warning, in: report))
    if errors > 0 { parts.append(counted(errors, "error")) }
    if warnings > 0 { parts.append(counted(warnings, "warning")) }
    if errors + warnings == 0 { parts.append("nothing to mend") }
    return parts.joined(separator: ", ")
  }

  private func result(of report: SiteCheck.Report, isSound: Bool) -> String {
    let ledger = report.ledgerCount.map { ",\"ledger\":\($0),\"added\":\(report.addedCount)" } ?? ""
    return
      "{\"result\":{\"sound\":\(isSound),\"pages\":\(report.pageCount),\"errors\":\(count(.error, in: report)),"
      + "\"warnings\":\(count(.warning, in: report))\(ledger)}}\n"
  }
}
