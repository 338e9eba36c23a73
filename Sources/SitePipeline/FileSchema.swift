import Columns
import YAML

/// What one kind of file that people write for a site may hold, as a JSON Schema for their editors.
///
/// It is made of the very definitions by which the files are read, so that the two cannot differ.
public struct FileSchema: Sendable {
  /// What it is called on the command line, and its file without `.schema.json`.
  public let name: String
  /// The files that it is for: globs from the site's folder.
  public let files: [String]
  /// What it is for, in one sentence.
  public let summary: String
  private let schema: Schema

  private init(_ name: String, _ files: [String], _ summary: String, _ schema: Schema) {
    self.name = name
    self.files = files
    self.summary = summary
    self.schema = schema
  }

  /// The name of its file.
  public var fileName: String { "\(name).schema.json" }

  /// The schema; the text ends with a line end.
  public var json: String { jsonSchema(title: "sitegen: \(name)", description: summary, schema) }

  /// All there are, those of most files first.
  public static let all: [FileSchema] = [
    FileSchema(
      "front-matter", ["content/!(people|pages)/**/!(_*).md"], "The front matter of a write-up.",
      .object(WriteUpSource.fields)),
    FileSchema(
      "comments", ["content/**/*.comments.yaml", "content/**/comments.yaml"],
      "Readers' comments under a write-up.", CommentsSource.schema),
    FileSchema(
      "week", ["content/**/_week.md"], "The front matter of a week: its motto and its vote.",
      .object(PeriodSource.fields(of: .week))),
    FileSchema(
      "month", ["content/**/_month.md"], "The front matter of a month: its motto and its vote.",
      .object(PeriodSource.fields(of: .month))),
    FileSchema(
      "year", ["content/**/_year.md"], "The front matter of a year: its motto and its vote.",
      .object(PeriodSource.fields(of: .year))),
    FileSchema(
      "ballot", [], "A ballot: what stands below 'vote' in the front matter of a week, month or year.",
      .object(BallotSource.fields)),
    FileSchema(
      "person", ["content/people/**/*.md"], "The front matter of a person's page.",
      .object(PersonSource.fields)),
    FileSchema(
      "page", ["content/pages/**/*.md"], "The front matter of a page that belongs to no column.",
      .object(FreePageSource.fields)),
    FileSchema(
      "column", ["content/**/_column.md"], "The front matter of a column: its name and rules.",
      .object(ColumnSource.fields)),
    FileSchema(
      "site", ["content/site.yaml"], "What the site is: its name, address and theme.",
      .object(SiteConfiguration.fields)),
    FileSchema(
      "theme", ["themes/*/theme.yaml"], "What a theme is, and what a site can set of it.",
      .object(ThemeManifest.fields)),
  ]
}

extension FileSchema {
  /// Writes all of them into `folder`, which is made if it isn't there; files of their names are replaced.
  ///
  /// - Throws: ``SystemError`` when the system refuses that.
  public static func writeAll(to folder: String) throws(SystemError) {
    let directory = try Directory.create(folder)
    for schema in all {
      let former = try directory.read(schema.fileName)
      guard try directory.replace(schema.fileName, former, with: Array(schema.json.utf8)) else {
        throw SystemError.last("replace", directory.full(schema.fileName))
      }
    }
  }
}
