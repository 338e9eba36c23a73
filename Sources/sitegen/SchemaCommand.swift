import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen schema`.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints JSON Schemas by which editors complete and check what is written.",
    discussion: """
      There is one for each kind of file that people write: the front matter of a write-up, a week, a person …, \
      comments, site.yaml and theme.yaml. They are made of the definitions by which sitegen reads those files. Without \
      a name, they are listed with the files that each is for. Documentation/editors.md says how editors are told of \
      them.

      A schema knows one file alone: that a person is credited who is called otherwise elsewhere, or that a link leads \
      nowhere, is for 'sitegen check' to say.

      Exit codes: 0 when all is well, 64 when the command line is wrong, 74 when the system can't write.

      Examples:
        sitegen schema
        sitegen schema front-matter
        sitegen schema --output schemas        all of them, a file each
      """)

  @Argument(
    help: ArgumentHelp(
      "What the schema is for; \(FileSchema.all.map(\.name).joined(separator: ", ")).", valueName: "name"),
    completion: .list(FileSchema.all.map(\.name)))
  var name: String?

  @Option(
    help: ArgumentHelp(
      "A folder for all of them, NAME.schema.json each; those that are there are replaced.",
      valueName: "folder"),
    completion: .directory)
  var output: String?

  func validate() throws {
    if name != nil, output != nil { throw ValidationError("--output takes all schemas: leave out the name.") }
  }

  func run() throws {
    if let output { return try write(to: output) }
    guard let name else { return SitePipeline.print(list(), toErrors: false) }
    guard let schema = FileSchema.all.first(where: { $0.name == name }) else {
      let names = FileSchema.all.map(\.name)
      throw ValidationError(
        "there is no schema '\(name)'; \(didYouMean(name, among: names) ?? "there are \(names.joined(separator: ", "))")"
      )
    }
    SitePipeline.print(schema.json, toErrors: false)
  }

  private func write(to folder: String) throws {
    do {
      try FileSchema.writeAll(to: folder)
    } catch {
      SitePipeline.print("sitegen: \(error)\n", toErrors: true)
      throw ExitCode(74)
    }
    SitePipeline.print("\(FileSchema.all.count) schemas in \(folder)\n", toErrors: false)
  }

  /// A line for each: its name, what it is for, and which files.
  private func list() -> String {
    let width = FileSchema.all.map(\.name.count).max() ?? 0
    let indentation = String(repeating: " ", count: width + 2)
    return FileSchema.all.reduce(into: "") { text, schema in
      text +=
        schema.name + String(repeating: " ", count: width + 2 - schema.name.count) + schema.summary + "\n"
      if !schema.files.isEmpty { text += indentation + schema.files.joined(separator: ", ") + "\n" }
    }
  }
}
