import ArgumentParser
import SitePipeline
import SourceText

/// The options that all importers have, and what they do with a report.
struct ImportTarget: ParsableArguments {
  @Option(
    help: ArgumentHelp("The column that posts go into, by its name or folder.", valueName: "name"),
    completion: .columns)
  var column: String

  @Flag(help: "Begin the column if it isn't there, though the site has others.")
  var newColumn = false

  @Option(help: ArgumentHelp("Write the whole report, of every post and page.", valueName: "file"))
  var report: String?

  @Flag(help: "Show what would come of it, and write nothing into content/.")
  var dryRun = false

  @OptionGroup var site: SiteOptions

  /// Has `bringOver` make an import, of which a terminal shows how many `things` are done, and prints what came of it.
  ///
  /// `mediaList` is a further file to write.
  func run(
    counting things: String, mediaList: String? = nil,
    _ bringOver: (ImportDestination) async throws -> ImportReport
  ) async throws {
    var destination = ImportDestination(column: column, jobs: processorCount())
    destination.root = site.root
    destination.beginsColumn = newColumn
    destination.isDryRun = dryRun
    let showsProgress = errorsGoToTerminal()
    if showsProgress { destination.progress = { done, total in showProgress(done, total, things) } }
    let files = [(ImportReport.File.report, report), (.mediaList, mediaList)].compactMap { kind, path in
      path.map { (kind, $0) }
    }
    do {
      let obstacles = try files.compactMap { try ImportReport.obstacle(to: $0, at: $1, root: site.root) }
      guard obstacles.isEmpty else {
        printDiagnostics(obstacles, root: site.root)
        SitePipeline.print("Nothing written.\n", toErrors: true)
        throw ExitCode(1)
      }
      let result = try await bringOver(destination)
      if showsProgress { SitePipeline.print("\r\u{1B}[K", toErrors: true) }
      printDiagnostics(result.diagnostics, root: site.root)
      guard result.isComplete, result.diagnostics.allSatisfy({ $0.severity != .error }) else {
        SitePipeline.print(
          result.isInterrupted ? "Written in part.\n" : "Nothing written.\n", toErrors: true)
        throw ExitCode(1)
      }
      let problems = try files.compactMap { try result.write($0, to: $1, root: site.root) }
      SitePipeline.print(result.summary, toErrors: false)
      printDiagnostics(problems, root: site.root)
      if !problems.isEmpty { throw ExitCode(1) }
    } catch let error as SystemError {
      throw ExitCode(saying: error, clearingLine: showsProgress)
    }
  }
}
