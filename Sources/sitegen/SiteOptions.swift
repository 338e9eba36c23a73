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
      SitePipeline.print("sitegen: \(error)\n", toErrors: true)
      throw ExitCode(74)
    }
  }
}
