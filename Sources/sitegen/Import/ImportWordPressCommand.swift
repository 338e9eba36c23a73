import ArgumentParser
import Imports
import SitePipeline

/// `sitegen import wordpress`.
struct ImportWordPressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wordpress",
    abstract: "Brings an export of WordPress over: posts, pages, comments and media.",
    discussion: """
      In WordPress, choose Tools, Export, All content; that gives a file export.xml. Look first at what would become \
      of it:
        sitegen import wordpress export.xml --column "Project of the Day" --dry-run --report report.txt

      Without --dry-run, posts become write-ups of the column (in a site without one it is begun; beside others with --new-column), \
      one file each in the \
      folder of its week; pages become pages, comments the files beside write-ups. Old addresses become aliases, \
      labels such as "Tweetable Logline:" fields, private posts and those with a password drafts. Nothing that tells \
      who a reader is (an e-mail address, one of the network) is read at all.

      Pictures are not downloaded. Get a list, fetch them, and import again: they go where they stood, and texts then \
      show these:
        sitegen import wordpress export.xml --column daily --media-list media.txt
        wget -x -nH -i media.txt -P media
        sitegen import wordpress export.xml --column daily --media media

      An import can be run again, also with a newer export: what is the same stays, what nobody edited is written \
      anew, and what was edited since is left and listed.

      A label of your own gets a meaning with --label: logline, credits, status, links, or section, which is a \
      heading in the text:
        --label "In a nutshell=logline" --label "Who we are=credits"
      """)

  @Argument(
    help: ArgumentHelp("The export.", valueName: "export.xml"), completion: .file(extensions: ["xml"]))
  var file: String

  @OptionGroup var target: ImportTarget

  @Option(
    help: ArgumentHelp("A folder with files of the old site that were downloaded.", valueName: "folder"),
    completion: .directory)
  var media: String?

  @Option(
    help: ArgumentHelp(
      "Write the addresses of media that are still to be fetched, one a line.", valueName: "file"))
  var mediaList: String?

  @Option(
    help: ArgumentHelp(
      "What a label in the texts means: logline, credits, status, links or section. May be repeated.",
      valueName: "label=meaning"), transform: parseLabel)
  var label: [LabelMeaning] = []

  /// What a label means.
  struct LabelMeaning: Sendable {
    let label: String
    let meaning: Labels.Meaning
  }

  func validate() throws {
    guard mediaList == nil || mediaList != target.report else {
      throw ValidationError("--report and --media-list name the same file")
    }
  }

  func run() async throws {
    try await target.run(counting: "items", mediaList: mediaList) { destination in
      var options = WordPressImport.Options(export: file, to: destination)
      options.media = media
      options.labels = label.map { ($0.label, $0.meaning) }
      return try await WordPressImport(options).run()
    }
  }
}

private func parseLabel(_ text: String) throws -> ImportWordPressCommand.LabelMeaning {
  guard let sign = text.lastIndex(of: "="), sign > text.startIndex,
    let meaning = Labels.Meaning(rawValue: String(text[text.index(after: sign)...]))
  else {
    throw ValidationError(
      "write a label, =, and one of \(Labels.Meaning.allCases.map(\.rawValue).joined(separator: ", ")), such as "
        + "\"In a nutshell=logline\"")
  }
  return ImportWordPressCommand.LabelMeaning(label: String(text[..<sign]), meaning: meaning)
}
