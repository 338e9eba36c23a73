import ArgumentParser
import SitePipeline

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

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      end(with: nil)
    } catch {
      end(with: error)
    }
  }

  /// Ends the program: with 74 where standard output didn't take all results, whatever else came of the command.
  static func end(with error: (any Error)?) -> Never {
    guard let problem = outputProblem() else { exit(withError: error) }
    if let error, exitCode(for: error) != .success {
      let message = fullMessage(for: error)
      if !message.isEmpty { print(message + "\n", toErrors: true) }
    }
    exit(withError: ExitCode(saying: problem))
  }
}
