import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen theme list`.
struct ThemeListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the themes that the site can use.",
    discussion: """
      Those of its own in themes/, and those that ship inside the program; a star is before the one that site.yaml names.

      Examples:
        sitegen theme list
        sitegen theme list --root ~/sites/column
      """)

  /// What stands behind `sitegen theme` and is no subcommand.
  @Argument(help: .hidden)
  var words: [String] = []

  @OptionGroup var site: SiteOptions

  func validate() throws {
    guard let word = words.first else { return }
    let names = ThemeCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
    throw ValidationError(
      "there is no 'sitegen theme \(word)'; "
        + (didYouMean(word, among: names).map { "\($0) There are" } ?? "there are")
        + " \(names.joined(separator: ", ")).")
  }

  func run() throws {
    try site.withCatalog { catalog, root in
      let entries = try catalog.entries()
      let width = entries.map(\.name.count).max() ?? 0
      for entry in entries {
        var problems: [Diagnostic] = []
        let overview = try catalog.overview(of: entry.name, diagnostics: &problems)
        var remarks = [entry.isBuiltIn ? "inside the program" : "themes/\(entry.name)"]
        if let parent = overview?.extends.first { remarks.append("extends \(parent)") }
        if overview == nil { remarks.append("cannot be read; see sitegen theme check \(entry.name)") }
        let mark = entry.isInUse ? "* " : "  "
        let name = entry.name + String(repeating: " ", count: width - entry.name.count)
        SitePipeline.print("\(mark)\(name)  \(remarks.joined(separator: ", "))\n", toErrors: false)
        if let summary = overview?.summary {
          SitePipeline.print("  \(String(repeating: " ", count: width))  \(summary)\n", toErrors: false)
        }
      }
    }
  }
}
