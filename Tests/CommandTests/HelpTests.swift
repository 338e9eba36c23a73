import Foundation
import TestSupport
import Testing

/// What `--experimental-dump-help` says of a command, as the man pages are made of it.
private struct Dump: Decodable {
  struct Command: Decodable {
    var commandName: String
    var abstract: String?
    var discussion: String?
    var arguments: [Argument]?
    var subcommands: [Command]?
  }
  struct Argument: Decodable {
    struct Name: Decodable { var name: String }
    var abstract: String?
    var shouldDisplay: Bool
    var valueName: String?
  }
  var command: Command
}

@Suite struct HelpTests {
  /// Every command with its path, such as `theme new`.
  private func commands() throws -> [(path: [String], command: Dump.Command)] {
    let workshop = try Workshop()
    let text = try run("--experimental-dump-help", in: workshop.path).output
    let root = try JSONDecoder().decode(Dump.self, from: Data(text.utf8)).command
    func all(_ command: Dump.Command, _ path: [String]) -> [(path: [String], command: Dump.Command)] {
      [(path, command)]
        + (command.subcommands ?? []).filter { $0.commandName != "help" }.flatMap {
          all($0, path + [$0.commandName])
        }
    }
    return all(root, [])
  }

  /// A newcomer learns from it what the command is for, how it is called, and how it ends.
  @Test func everyCommandTeaches() throws {
    let commands = try commands()
    #expect(commands.count > 10)
    for (path, command) in commands {
      let name = path.joined(separator: " ")
      let discussion = command.discussion ?? ""
      #expect(command.abstract?.hasSuffix(".") == true, "\(name)")
      let examples = discussion.split(separator: "\n").filter { $0.hasPrefix("  sitegen ") }
      #expect(examples.count >= 2, "\(name) has \(examples.count) examples")
      #expect(path.count > 1 || discussion.contains("Exit codes: 0"), "\(name) doesn't say how it ends")
      for argument in command.arguments ?? [] where argument.shouldDisplay {
        #expect(argument.abstract?.isEmpty == false, "\(name) \(argument.valueName ?? "")")
      }
    }
  }

  /// What is shown as an example is a call of that command, with options that its help has.
  @Test func examplesAreCommands() throws {
    let workshop = try Workshop()
    var count = 0
    let commands = try commands()
    for (path, command) in commands {
      for line in (command.discussion ?? "").split(separator: "\n") where line.hasPrefix("  sitegen") {
        // What stands behind a gap is a remark.
        let call = line.dropFirst(2).split(separator: "  ", maxSplits: 1)[0]
        let words = call.split(separator: " ").map(String.init).dropFirst()
        #expect(words.starts(with: path), "'\(call)' is no example of '\(path.joined(separator: " "))'")
        // A command's example may be one of its own commands.
        let called = commands.map(\.path).filter { words.starts(with: $0) }.max { $0.count < $1.count } ?? []
        let help = try run(called + ["--help"], in: workshop.path).output
        for word in words where word.hasPrefix("--") && called != [] {
          #expect(help.contains("  \(word)"), "\(call)")
        }
        if words.first == "explain", words.count == 2 {
          #expect(try run(Array(words), in: workshop.path).code == 0, "\(call)")
        }
        count += 1
      }
    }
    #expect(count > 20)
  }

  @Test func helpIsAResult() throws {
    let workshop = try Workshop()
    for arguments in [["--help"], ["build", "--help"], ["help", "tally"], ["--version"]] {
      let result = try run(arguments, in: workshop.path)
      #expect(result.code == 0 && !result.output.isEmpty && result.errors == "", "\(arguments)")
    }
  }

  // MARK: - Completions

  /// What the program answers to a shell that completes the word behind `words`, which are of `path`.
  private func completions(_ path: String, _ argument: String, _ words: String, in folder: String) throws
    -> [String]
  {
    let result = try run(
      shell:
        "SAP_SHELL=bash \"$0\" ---completion \(path) -- \(argument) \(words.split(separator: " ").count - 1) 0 \(words)",
      in: folder)
    #expect(result.code == 0, "\(result)")
    return result.output.split(separator: "\n").map(String.init)
  }

  @Test func wordsOfTheSiteAreCompleted() throws {
    let workshop = try Workshop(
      """
      >>> site.yaml
      title: Test
      >>> daily/_column.md
      ---
      name: Daily
      ---
      >>> essays/_column.md
      ---
      name: Essays
      ---
      >>> /themes/ours/theme.yaml
      name: ours
      contract: 1
      """)
    #expect(
      try completions("build", "--theme", "sitegen build --theme ''", in: workshop.path) == [
        "marquee", "ours", "plain",
      ])
    #expect(
      try completions("theme check", "positional@0", "sitegen theme check ''", in: workshop.path)
        == ["marquee", "ours", "plain"])
    #expect(
      try completions("tally", "--column", "sitegen tally --column ''", in: workshop.path) == [
        "daily", "essays",
      ])
    let elsewhere = try Workshop()
    #expect(
      try completions(
        "tally", "--column", "sitegen tally --root \(workshop.path) --column ''", in: elsewhere.path) == [
          "daily", "essays",
        ])
    #expect(try completions("tally", "--column", "sitegen tally --column ''", in: elsewhere.path) == [])
    let ids = try completions("explain", "positional@0", "sitegen explain ''", in: elsewhere.path)
    #expect(ids.contains("ballot") && ids.contains("ballot/not-a-candidate"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func eachShellHasAScript(shell: String) throws {
    let workshop = try Workshop()
    let result = try run("--generate-completion-script", shell, in: workshop.path)
    #expect(result.code == 0)
    for word in ["explain", "schema", "front-matter", "---completion"] {
      #expect(result.output.contains(word), "\(word)")
    }
  }
}
