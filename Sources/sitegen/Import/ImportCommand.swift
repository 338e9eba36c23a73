import ArgumentParser

/// `sitegen import`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Brings the posts of another system over.",
    discussion: """
      An import writes Markdown files into content/, never over one that a person wrote or edited, and tells what it \
      kept, changed and lost. Documentation/importing.md says what becomes of what.
      """,
    subcommands: [ImportWordPressCommand.self])
}
