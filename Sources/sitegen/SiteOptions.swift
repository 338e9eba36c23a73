import ArgumentParser
import SitePipeline
import SourceText

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

extension ExitCode {
  /// The code of a command to which the system refused something, 74, once that is said in a line; where progress is
  /// shown, in the place of that.
  init(saying error: SystemError, clearingLine: Bool = false) {
    SitePipeline.print((clearingLine ? "\r\u{1B}[K" : "") + "sitegen: \(error)\n", toErrors: true)
    self.init(74)
  }
}
