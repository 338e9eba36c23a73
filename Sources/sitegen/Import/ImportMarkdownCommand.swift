import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen import markdown`.
struct ImportMarkdownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "markdown",
    abstract: "Brings the posts of Jekyll, Hugo and the like over.",
    discussion: """
      The folder is that of the other site: with _posts/ for Jekyll, content/ for Hugo, or any with Markdown files. \
      Posts become write-ups of the column (in a site without one it is begun; beside others with --new-column); old \
      addresses become aliases, unknown fields go under extra, pictures that texts show are copied. Liquid tags and \
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

  @Option(help: ArgumentHelp("Write the whole report, of every post.", valueName: "file"))
  var report: String?

  @Flag(help: "Show what would come of it, and write nothing into content/.")
  var dryRun = false

  func run() async throws {
    var options = MarkdownImport.Options(folder: folder, column: target.column, jobs: processorCount())
    options.root = target.root
    options.beginsColumn = target.newColumn
    options.isDryRun = dryRun
    do {
      let result = try await MarkdownImport(options).run()
      printDiagnostics(result.diagnostics, root: target.root)
      guard result.isComplete else {
        SitePipeline.print("Nothing written.\n", toErrors: true)
        throw ExitCode(1)
      }
      if let report { try writeFile(report, result.bytes) }
      SitePipeline.print(result.summary, toErrors: false)
    } catch let error as SystemError {
      throw ExitCode(saying: error)
    }
  }
}
