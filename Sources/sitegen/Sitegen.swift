import ArgumentParser

/// The command line: one file for each subcommand.
@main
struct Sitegen: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "sitegen",
    abstract: "Builds the archive of a film column from Markdown files.",
    discussion: """
      A site is a folder with content/ (write-ups in Markdown, site.yaml) and, if it has a theme of its \
      own, themes/. 'sitegen build', or 'sitegen' alone, leaves a static site in output/, ready to be hosted anywhere or \
      to be opened from disk.

      Results go to standard output, messages to standard error: in colours on a terminal, unless NO_COLOR is set. \
      'sitegen help COMMAND' says more of each command.

      Exit codes: 0 when all is well, 1 when content or theme have mistakes (the old output is kept), \
      64 when the command line is wrong, 74 when the system can't read or write.

      Examples:
        sitegen init second-reel && cd second-reel
        sitegen serve --open                   see it while you write
        sitegen                                build it
        sitegen check                          what is wrong or left undone
        sitegen explain write-up/long-logline  what a message means
      """,
    version: "sitegen \(version)",
    subcommands: [
      InitCommand.self, BuildCommand.self, ServeCommand.self, NewCommand.self, CalendarCommand.self,
      CheckCommand.self,
      ExplainCommand.self, TallyCommand.self, ImportCommand.self, ThemeCommand.self, SchemaCommand.self,
    ],
    defaultSubcommand: BuildCommand.self)
}
