import ArgumentParser
import CivilTime
import Columns
import SitePipeline
import SourceText
import YAML

/// `sitegen init`.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Begins a site: a column, a week of films with a vote, and a theme.",
    discussion: """
      The new site builds at once. Its films, people and addresses are made up, to show the form: write over them. Every \
      line of content/site.yaml says what it is for, and a workflow for GitHub Pages is there, too; \
      Documentation/hosting.md has other hosts.

      Nothing is ever overwritten: the folder has to be new or empty, but for a .git.

      Exit codes: 0 when the site is there, 1 when it can't begin in this folder, 64 when the command line is wrong, 74 \
      when the system can't write.

      Examples:
        sitegen init second-reel
        sitegen init second-reel --title "Second Reel" --url https://second-reel.example/
        sitegen init . --theme plain
      """)

  @Argument(help: ArgumentHelp("The folder of the site.", valueName: "folder"), completion: .directory)
  var folder: String

  @Option(help: ArgumentHelp("The site's name; made from that of the folder by default.", valueName: "text"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "The address at which it will stand; it can wait. Without it, links are such that the site works from disk.",
      valueName: "address"),
    transform: parseURL)
  var url: String?

  @Option(
    help: ArgumentHelp("The language that it is written in, as a tag such as en or pt-BR.", valueName: "tag"))
  var language = "en"

  @Option(
    help: ArgumentHelp("The theme: \(NewSite.themes.joined(separator: " or ")).", valueName: "name"),
    completion: .list(NewSite.themes))
  var theme = SiteConfiguration.defaultTheme

  @Option(
    help: ArgumentHelp("The day that counts as today: its films are of the week before.", valueName: "day"),
    transform: parseMoment)
  var asOf: Moment?

  func validate() throws {
    if folder.isEmpty { throw ValidationError("name a folder, such as second-reel.") }
    if let title, title.allSatisfy(\.isWhitespace) || title.contains(where: \.isNewline) {
      throw ValidationError("--title takes a name on one line.")
    }
    if language.wholeMatch(of: /[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/) == nil {
      throw ValidationError("--language takes a tag such as en or pt-BR.")
    }
    if !NewSite.themes.contains(theme) {
      throw ValidationError(
        "no theme '\(theme)' ships inside the program; "
          + (didYouMean(theme, among: NewSite.themes)
            ?? "there are \(NewSite.themes.joined(separator: " and "))."))
    }
  }

  func run() throws {
    let site = NewSite(
      title: title ?? name, url: url, language: language, theme: theme,
      today: (asOf ?? .timestamp(currentTimestamp())).day)
    var problems: [Diagnostic] = []
    let paths: [String]?
    do {
      paths = try site.create(in: folder, diagnostics: &problems)
    } catch {
      SitePipeline.print("sitegen: \(error)\n", toErrors: true)
      throw ExitCode(74)
    }
    printDiagnostics(problems, root: folder)
    guard let paths else { throw ExitCode(1) }
    let go = folder == "." ? "" : "  cd \(shellWord(folder))\n"
    SitePipeline.print(
      """
      \(site.title) is in \(folder == "." ? "this folder" : folder):
      \(paths.map { "  \($0)\n" }.joined())
      See it:
      \(go)  sitegen serve --open           shows what you save at once; Ctrl-C ends it
        sitegen build                  makes output/, to be published

      Go on:
        sitegen new "Its Title"        a film on the next free day
        sitegen check                  what is wrong or left undone

      Write over what is made up.\(url == nil ? Self.missingURL : "")

      """, toErrors: false)
  }

  private static let missingURL =
    " Before you publish, put the site's address into content/site.yaml, as 'url', and take out 'links'."

  /// A name for the site, from that of its folder: `Second Reel` for `second-reel`.
  private var name: String {
    let last = folder.split(separator: "/").last.map(String.init) ?? ""
    let words = last.split { !$0.isLetter && !$0.isNumber }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    return words.isEmpty ? "Second Reel" : words.joined(separator: " ")
  }
}

/// `text` as one word of a shell's command line.
private func shellWord(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D...0x2F, 0x5F: true
    default: false
    }
  }
  return isPlain ? text : shellQuoted(text)
}
