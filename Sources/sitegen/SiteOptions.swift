import ArgumentParser
import CivilTime
import SitePipeline
import SourceText
import YAML

/// Where the site is, for commands that look at it.
struct SiteOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The site's folder, which holds content/ and themes/.", valueName: "folder"),
    completion: .directory)
  var root = "."

  /// Runs `body` with the themes of the site, after a word on what is wrong with its configuration; ends the
  /// program with 74 when the system refuses something.
  func withCatalog(_ body: (ThemeCatalog, _ root: String) throws -> Void) throws {
    do {
      let catalog = try ThemeCatalog(root: root)
      let errors = catalog.siteDiagnostics.filter { $0.severity == .error }
      printDiagnostics(errors, root: root)
      guard errors.isEmpty else { throw ExitCode(1) }
      try body(catalog, root)
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
  }
}

/// What counts as now, for commands that ask what is due.
struct TimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day or moment that counts as now: 2026-11-20 or 2026-11-20T09:00:00-05:00.", valueName: "time"),
    transform: parseMoment)
  var asOf: Moment?

  /// That moment.
  var now: Moment { asOf ?? .timestamp(currentTimestamp()) }
}

/// What is made of the site, for commands that build it, check it or show it.
struct BuildOptions: ParsableArguments {
  @OptionGroup var site: SiteOptions

  @Option(
    help: ArgumentHelp("The theme, instead of the one site.yaml names.", valueName: "name"),
    completion: .themes)
  var theme: String?

  @OptionGroup var time: TimeOptions

  /// The site's folder.
  var root: String { site.root }

  /// A build of the site by `jobs` tasks, or one for each processor.
  func build(jobs: Int? = nil) -> Build.Options {
    var options = Build.Options(asOf: time.now, jobs: jobs ?? processorCount())
    options.root = root
    options.theme = theme
    return options
  }
}

extension ExitCode {
  /// The code of a command to which the system refused something, 74, once that is said in a line; where progress is
  /// shown, in the place of that.
  init(saying error: SystemError, clearingLine: Bool = false) {
    SitePipeline.print((clearingLine ? "\r\u{1B}[K" : "") + "sitegen: \(error)\n", toErrors: true)
    self.init(74)
  }
}
