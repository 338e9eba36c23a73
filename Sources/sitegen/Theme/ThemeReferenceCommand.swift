import ArgumentParser
import SitePipeline

/// `sitegen theme reference`.
struct ThemeReferenceCommand: ParsableCommand {
  /// How the reference is printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case markdown, json
  }

  static let configuration = CommandConfiguration(
    commandName: "reference", abstract: "Prints everything that templates can see, with a sentence each.",
    discussion: """
      It comes from the same declaration as the checks and the values. '--format json' is for editors and \
      other tools.

      Examples:
        sitegen theme reference | less
        sitegen theme reference --format json
      """)

  @Option(help: "markdown or json.")
  var format = Format.markdown

  func run() throws {
    SitePipeline.print(
      format == .markdown ? themeReference.markdown : themeReference.json, toErrors: false)
  }
}
