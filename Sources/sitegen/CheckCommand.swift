import ArgumentParser
import CivilTime
import SitePipeline
import SourceText
import YAML

/// `sitegen check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds what is wrong or left undone; writes only what it is told to.",
    discussion: """
      Everything that a build finds, of every page; and what an editor wants to know: projects of which nothing was \
      heard for months, votes without results, campaigns whose end is not known or that read as if they went on, steps \
      that are dated after today, headings that skip a level, files that nothing refers to, links to places of pages \
      that aren't there.

      Some findings say exactly what has to be written instead. --fix writes that into the files of content/, where \
      nothing else can be meant; --fix --dry-run shows it as a diff.

      With --external, links to other hosts are asked for: each host for one at a time, with a pause. What they answer \
      stands in external-links.txt, and what was alive within a week isn't asked for again. curl has to be there.

      With --ledger it compares the site with a list of every address that was once published, and fails when one no \
      longer answers or leads on. --add writes addresses that are new into it.

      Exit codes: 0 when there are no errors (with --strict no warnings either), 1 when there are, 64 when the command \
      line is wrong, 74 when the system can't read or write.

      Examples:
        sitegen check
        sitegen check --stale-months 6
        sitegen check --as-of 2026-12-24                as it will be on that day
        sitegen check --fix --dry-run | less            what could be mended
        sitegen check --fix                             and mend it
        sitegen check --external                        are the others still there?
        sitegen check --ledger published.txt            before a change is published
        sitegen check --ledger published.txt --add      after it is
      """)

  @OptionGroup var site: BuildOptions

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

  @Flag(help: "Mend what can only be meant in one way, in the files of content/.")
  var fix = false

  @Flag(help: "With --fix: show the changes as a diff, and write nothing.")
  var dryRun = false

  @Flag(help: "Ask other hosts for what the site links to.")
  var external = false

  @Flag(help: "With --external: ask for what was alive lately, too.")
  var again = false

  @Option(
    help: ArgumentHelp(
      "With --external: where in the site's folder their answers are kept.", valueName: "file"))
  var externalLedger = "external-links.txt"

  @Option(
    help: ArgumentHelp("With --external: the pause between two questions to one host.", valueName: "seconds"))
  var pause = 1.0

  @Option(help: ArgumentHelp("With --external: how long one question may take.", valueName: "seconds"))
  var timeout = 20.0

  @Flag(help: "With --external: ask this machine and private networks, too.")
  var allowPrivate = false

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
    if dryRun, !fix { throw ValidationError("--dry-run is for --fix.") }
    if again || allowPrivate, !external {
      throw ValidationError("--again and --allow-private are for --external.")
    }
    if !(0...600).contains(pause) { throw ValidationError("--pause takes a number of seconds up to 600.") }
    if !(0.1...600).contains(timeout) {
      throw ValidationError("--timeout takes a number of seconds from 0.1 to 600.")
    }
    for (option, file) in [("--ledger", ledger), ("--external-ledger", externalLedger)] as [(String, String?)]
    {
      if let file, !isFileBelow(file) {
        throw ValidationError("\(option) takes the path of a file in the site's folder.")
      }
    }
  }

  private func isFileBelow(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.hasSuffix("/")
      && !path.split(separator: "/").contains { $0 == ".." || $0 == "." }
  }

  func run() async throws {
    var build = site.build(jobs: jobs)
    build.isStrict = false
    build.generator = "sitegen \(Sitegen.version)"
    var options = SiteCheck.Options(build: build)
    options.staleMonths = staleMonths
    options.ledger = ledger
    options.addsToLedger = add
    options.fixing = fix ? (dryRun ? .shown : .written) : .none
    let showsProgress = errorsGoToTerminal() && format == .text
    if showsProgress { options.build.progress = showPages }
    if external {
      var external = SiteCheck.External()
      external.ledger = externalLedger
      external.asksAgain = again
      external.allowsPrivate = allowPrivate
      external.pause = pause
      external.seconds = timeout
      if showsProgress {
        external.progress = { done, total in showProgress(done, total, "links") }
      }
      options.external = external
    }
    let report: SiteCheck.Report
    do {
      report = try await SiteCheck(options).run()
    } catch let error as SystemError {
      throw ExitCode(saying: error, clearingLine: showsProgress)
    }
    if showsProgress { SitePipeline.print("\r\u{1B}[K", toErrors: true) }
    printDiagnostics(report.diagnostics, root: site.root, format: format)
    let fixes = FixPrinting(fixed: report.fixed)
    switch format {
    case .text: SitePipeline.print(dryRun ? fixes.diff : Array(fixes.text.utf8), toErrors: false)
    case .json: SitePipeline.print(fixes.json, toErrors: false)
    }
    let worst: Diagnostic.Severity = strict ? .warning : .error
    let isBad = report.diagnostics.contains { $0.severity >= worst }
    switch format {
    // A diff goes to other programs.
    case .text: SitePipeline.print(summary(of: report) + "\n", toErrors: isBad || dryRun)
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
    if let external = report.external {
      parts.append(
        "\(counted(external.count, "external link")), \(external.askedCount) of them asked for"
          + (external.postponedCount > 0 ? ", \(external.postponedCount) put off" : ""))
    }
    let mended = report.fixed.filter { !$0.isRefused }.reduce(0) { $0 + $1.mended.count }
    if fix {
      parts.append(
        mended == 0 ? "nothing that can be mended unasked" : "\(mended) \(dryRun ? "to be " : "")mended")
    }
    let (errors, warnings) = (count(.error, in: report), count(.warning, in: report))
    if errors > 0 { parts.append(counted(errors, "error")) }
    if warnings > 0 { parts.append(counted(warnings, "warning")) }
    if errors + warnings == 0 { parts.append("nothing to mend") }
    let mendable =
      fix
      ? 0 : report.diagnostics.count { $0.edit != nil && $0.location?.path.hasPrefix("content/") ?? false }
    if mendable > 0 { parts.append("\(mendable) of which --fix can mend") }
    return parts.joined(separator: ", ")
  }

  private func result(of report: SiteCheck.Report, isSound: Bool) -> String {
    let ledger = report.ledgerCount.map { ",\"ledger\":\($0),\"added\":\(report.addedCount)" } ?? ""
    let external =
      report.external.map {
        ",\"externalLinks\":\($0.count),\"asked\":\($0.askedCount),\"putOff\":\($0.postponedCount)"
      } ?? ""
    let mended =
      fix
      ? ",\"mended\":\(report.fixed.filter { $0.outcome == .written }.reduce(0) { $0 + $1.mended.count })"
      : ""
    return
      "{\"result\":{\"sound\":\(isSound),\"pages\":\(report.pageCount),\"errors\":\(count(.error, in: report)),"
      + "\"warnings\":\(count(.warning, in: report))\(ledger)\(external)\(mended)}}\n"
  }
}
