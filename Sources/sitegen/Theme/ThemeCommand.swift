import ArgumentParser

/// `sitegen theme`.
struct ThemeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme",
    abstract: "Checks, describes and begins themes.",
    discussion: """
      A theme is a folder of themes/ with theme.yaml, templates/, assets/ and strings/. Two ship inside the \
      program. A site names the one it uses in content/site.yaml.

      To change a theme, extend it:
        sitegen theme new ours --extends marquee
        sitegen theme show marquee             its templates and their blocks
        sitegen theme reference                what templates can see
        sitegen theme check                    every mistake, before any page is built

      Documentation/themes.md goes through it step by step.

      Exit codes: 0 when all is well, 1 when a theme has mistakes or isn't there, 64 when the command line is wrong, 74 \
      when the system can't read or write.
      """,
    subcommands: [
      ThemeListCommand.self, ThemeCheckCommand.self, ThemeOptionsCommand.self, ThemeShowCommand.self,
      ThemeReferenceCommand.self, ThemeNewCommand.self,
    ],
    defaultSubcommand: ThemeListCommand.self)
}
