import Markdown
import SourceText
import YAML

/// A page of `pages/` that belongs to no column, such as "About".
public struct FreePageSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The title.
  public let title: String
  /// One sentence on what the page holds.
  public let description: String?
  /// The day or moment of the last change of substance.
  public let updated: Located<Moment>?
  /// Whether it is held back until its author says otherwise.
  public let isDraft: Bool
  /// The last segment of its address, where it is not the file's name.
  public let slug: String?
  /// Former addresses.
  public let aliases: [Located<String>]
  /// The body.
  public let body: MarkdownDocument
  /// The front matter's bytes.
  public let frontMatter: ByteRange

  enum Key {
    static let title = Field("title", .line, "The page's title.").required
    static let description = Field("description", .text, "One sentence on what the page holds.")
    static let updated = Field("updated", .located(.moment), "The day of the last change of substance.")
    static let draft = Field("draft", .boolean, "true holds the page back.")
    static let slug = Field("slug", .slug, "The last part of the address; else the file's name.")
    static let aliases = Field(
      "aliases", .list(of: .located(.formerAddressOrURL)), "Former addresses, which redirect here.")
  }

  /// The keys of a free page's front matter.
  public static let fields: [AnyField] = [
    Key.title.erased, Key.description.erased, Key.updated.erased, Key.draft.erased, Key.slug.erased,
    Key.aliases.erased,
  ]

  /// Reads a free page; `nil` when it has no title.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> FreePageSource? {
    var file = MarkdownFile(
      source, fields: fields, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !file.isBroken else { return nil }
    defer { diagnostics += file.reader.finish() }
    let title = file.reader.required(Key.title)
    let description = file.reader.optional(Key.description).map(oneLine)
    let updated = file.reader.optional(Key.updated)
    let isDraft = file.reader.optional(Key.draft) ?? false
    let slug = file.reader.optional(Key.slug)
    let aliases = file.reader.optional(Key.aliases) ?? []
    guard let title else { return nil }
    return FreePageSource(
      path: path, title: title, description: description, updated: updated, isDraft: isDraft, slug: slug,
      aliases: aliases, body: file.document, frontMatter: file.frontMatter)
  }
}
