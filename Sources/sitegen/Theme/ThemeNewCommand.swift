import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen theme new`.
struct ThemeNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begins a theme of the site's own.",
    discussion: """
      With --extends, the new theme has the look of another from the start, and holds only what it changes. \
      Without, it is a copy of 'plain', under 200 lines, to be rewritten.

      Examples:
        sitegen theme new ours --extends marquee
        sitegen theme new bare

      Exit codes: 0 when the theme is there, 1 when there can be none of that name, 64 when the command line is wrong, \
      74 when the system can't write.
      """)

  @Argument(help: "The theme's name, which is that of its folder in themes/.")
  var name: String

  @Option(help: ArgumentHelp("The theme to build on.", valueName: "theme"), completion: .themes)
  var extends: String?

  @OptionGroup var site: SiteOptions

  func run() throws {
    try site.withCatalog { catalog, root in
      var problems: [Diagnostic] = []
      let paths = try catalog.create(name, extending: extends, diagnostics: &problems)
      printDiagnostics(problems, root: root)
      guard let paths else { throw ExitCode(1) }
      let place = root == "." ? "" : " --root \(shellQuoted(root))"
      SitePipeline.print(
        """
        \(paths.map { "  \($0)\n" }.joined())
        Try it:   sitegen build\(place) --theme \(name)
        Use it:   theme: \(name)    in content/site.yaml
        Check it: sitegen theme check\(place) \(name)

        """, toErrors: false)
    }
  }
}
