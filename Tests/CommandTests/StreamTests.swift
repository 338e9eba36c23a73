import Foundation
import TestSupport
import Testing

/// Results go to standard output, everything else to standard error, and only terminals are sent colours.
@Suite struct StreamTests {
  /// A command's arguments; whether it has a result, and whether it has something to say besides.
  @Test(arguments: [
    (["build", "--as-of", "2026-11-23"], true, false), (["build", "--as-of", "2026-11-19"], true, true),
    (["check"], true, false), (["explain"], true, false), (["explain", "ballot"], true, false),
    (["explain", "nothing"], false, true), (["schema"], true, false), (["schema", "site"], true, false),
    (["schema", "nothing"], false, true), (["schema", "--output", "schemas"], true, false),
    (["init", "new"], true, false), (["init", "content"], false, true), (["theme"], true, false),
    (["theme", "check"], true, false), (["theme", "check", "nothing"], false, true),
    (["theme", "options"], true, false), (["theme", "show"], true, false),
    (["theme", "show", "nothing"], false, true),
    (["theme", "reference"], true, false), (["theme", "new", "ours"], true, false),
    (["theme", "new", "plain"], false, true), (["tally", "nothing.csv"], false, true),
    (["nothing"], false, true),
    (["--version"], true, false), (["--help"], true, false), (["build", "--root", "nowhere"], false, true),
  ])
  func resultsAndMessagesGoDifferentWays(arguments: [String], hasResult: Bool, hasMessage: Bool) throws {
    let workshop = try Workshop(smallSite)
    let result = try run(arguments, in: workshop.path)
    #expect(result.output.isEmpty != hasResult, "\(result)")
    #expect(result.errors.isEmpty != hasMessage, "\(result)")
    #expect((result.code == 0) == hasResult, "\(result)")
    #expect(!result.output.contains("\u{1B}") && !result.errors.contains("\u{1B}"))
  }

  @Test(arguments: [
    ["build"], ["check"], ["theme", "check", "ours"],
    ["tally", "answers.csv", "--week", "2026-W47", "--choice", "1"],
  ])
  func coloursAreForTerminalsWithoutNOCOLOR(arguments: [String]) throws {
    let workshop = try Workshop(
      smallSite + "\n>>> daily/2026-11-21-b.md\n---\ntitel: B\n---\n>>> /answers.csv\nFilm\nNothing\n"
        + ">>> /themes/ours/theme.yaml\nname: ours\ncontract: 1\nexends: plain\n")
    // What a command shows on a terminal, as 'script' from bsdutils plays one.
    func shown(_ setting: String) throws -> String {
      let command = arguments.joined(separator: " ")
      let text = try run(
        shell: "\(setting) script -qec \"$0 \(command)\" /dev/null </dev/null", in: workshop.path
      ).output
      #expect(text.contains("error"), "\(text)")
      // Clearing the line on which progress stood is no colour.
      return text.replacing("\u{1B}[K", with: "")
    }
    #expect(try shown("env -u NO_COLOR TERM=xterm").contains("\u{1B}["))
    #expect(try shown("env TERM=xterm NO_COLOR=").contains("\u{1B}["), "empty is as if it were not set")
    #expect(try !shown("env TERM=xterm NO_COLOR=1").contains("\u{1B}"))
  }
}
