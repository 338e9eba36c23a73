import ArgumentParser

/// `sitegen import`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings the posts of another system over.",
    discussion: """
      An import writes Markdown files into content/, never over one that a person wrote or edited, and tells what it \
      kept, changed and lost. Documentation/importing.md says what becomes of what.

      Exit codes: 0 when it was brought over, 1 when the export or the site has mistakes, 64 when the command line is \
      wrong, 74 when the system can't read or write.

      Examples:
        sitegen import wordpress export.xml --column daily --dry-run        look first
        sitegen import wordpress export.xml --column daily
        sitegen import markdown ../old-blog --column blog
      """,
    subcommands: [ImportWordPressCommand.self, ImportMarkdownCommand.self])
}
