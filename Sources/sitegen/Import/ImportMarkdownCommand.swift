import ArgumentParser
import CivilTime
import SitePipeline
import YAML

/// `sitegen import markdown`.
struct ImportMarkdownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Brings posts and pages of Jekyll, Hugo and the like over.",
    discussion: """
      The folder is that of the other site: with _posts/ for Jekyll, content/ for Hugo, or any with Markdown files. \
      Posts become write-ups of the column (in a site without one it is begun; beside others with --new-column), pages \
      become pages; old addresses become aliases, unknown fields go under extra, pictures that texts show are copied. Liquid tags and \
      shortcodes become what they stand for where that is known; the rest stays in the text, and the report lists it. \
      A post with links that lead nowhere here is a draft.

      An import can be run again: what is the same stays, what nobody edited is written anew, and what was edited since \
      is left and listed. Documentation/importing.md says what becomes of what.

      Exit codes: 0 when it was brought over, 1 when the folder or the site has mistakes, 64 when the command line is \
      wrong, 74 when the system can't read or write.

      Examples:
        sitegen import markdown ../old-blog --column blog --dry-run        look first
        sitegen import markdown ../old-blog --column blog --report report.txt
      """)

  @Argument(help: ArgumentHelp("The folder of the other site.", valueName: "folder"), completion: .directory)
  var folder: String

  @OptionGroup var target: ImportTarget

  @OptionGroup var time: TimeOptions

  func run() async throws {
    try await target.run(counting: "files") { destination in
      let today = time.now.day
      return try await MarkdownImport(of: folder, to: destination, today: today).run()
    }
  }
}
