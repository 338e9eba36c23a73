import Markdown
import SourceText
import YAML

/// What a file of `people/` says of somebody.
public struct PersonSource: Sendable {
  /// The file.
  public let path: ContentPath
  /// The name as it is shown everywhere.
  public let name: Located<String>
  /// Other spellings that credits use.
  public let alsoKnownAs: [Located<String>]
  /// The names of others who are not to be taken for this person.
  public let distinctFrom: [Located<String>]
  /// Links to other places.
  public let links: [LinkEntry]
  /// Pages in public databases.
  public let sameAs: [String]
  /// A portrait.
  public let portrait: ImageEntry?
  /// The last segment of the address, where it is not made from the name.
  public let slug: String?
  /// Former addresses of the page.
  public let aliases: [Located<String>]
  /// The biography.
  public let body: MarkdownDocument

  enum Key {
    static let name = Field("name", .located(.line), "The name as it is shown everywhere.").required
    static let alsoKnownAs = Field(
      "also_known_as", .list(of: .located(.line)), "Other spellings that credits use.")
    static let distinctFrom = Field(
      "distinct_from", .list(of: .located(.line)),
      "Others with nearly the same name, who are not this person.")
    static let links = Field("links", .list(of: .record(LinkEntry.self)), "Links to other places.")
    static let ids = Field("ids", .record(DatabaseIDs.self), "Ids in public databases.")
    static let portrait = Field("portrait", .record(ImageEntry.self), "A portrait.")
    static let slug = Field("slug", .slug, "The last part of the address; else made from the name.")
    static let aliases = Field(
      "aliases", .list(of: .located(.formerAddressOrURL)), "Former addresses, which redirect here.")
  }

  /// The keys of a person's front matter.
  public static let fields: [AnyField] = [
    Key.name.erased, Key.alsoKnownAs.erased, Key.distinctFrom.erased, Key.links.erased, Key.ids.erased,
    Key.portrait.erased,
    Key.slug.erased, Key.aliases.erased,
  ]

  /// Reads a person's file; `nil` when it has no name.
  public static func parse(
    _ source: Source, at path: ContentPath, smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) -> PersonSource? {
    var file = MarkdownFile(
      source, fields: fields, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    guard !file.isBroken else { return nil }
    defer { diagnostics += file.reader.finish() }
    let name = file.reader.required(Key.name)
    let alsoKnownAs = located(file.reader.optional(Key.alsoKnownAs) ?? [])
    let distinctFrom = located(file.reader.optional(Key.distinctFrom) ?? [])
    let links = file.reader.optional(Key.links) ?? []
    let ids = file.reader.optional(Key.ids)
    if let film = ids?.urls.first(where: { url in
      ["imdb.com/title/", "themoviedb.org/movie/", "themoviedb.org/tv/", "letterboxd.com/film/"].contains {
        url.contains($0)
      }
    }) {
      file.reader.report(.filmID(film, at: file.reader.location(of: "ids")))
    }
    let portrait = file.reader.optional(Key.portrait)
    let slug = file.reader.optional(Key.slug)
    let aliases = file.reader.optional(Key.aliases) ?? []
    guard let name = name.map({ Located(singleSpaced($0.value), at: $0.range) }) else { return nil }
    for other in distinctFrom where ([name] + alsoKnownAs).contains(where: { $0.value == other.value }) {
      file.reader.report(.distinctFromSelf(other, at: Location(path: source.path, range: other.range)))
    }
    return PersonSource(
      path: path, name: name, alsoKnownAs: alsoKnownAs, distinctFrom: distinctFrom, links: links,
      sameAs: ids?.urls ?? [], portrait: portrait, slug: slug, aliases: aliases,
      body: file.document)
  }
}

/// `names` with single spaces.
private func located(_ names: [Located<String>]) -> [Located<String>] {
  names.map { Located(singleSpaced($0.value), at: $0.range) }
}

extension Diagnostic {
  fileprivate static func filmID(_ url: String, at location: Location) -> Diagnostic {
    .error(
      "person/film-id", "\(url) is a film's page, and this is a person", at: location,
      fix: "write a person's ids: imdb: nm1234567, tmdb: person/123")
  }

  fileprivate static func distinctFromSelf(_ name: Located<String>, at location: Location) -> Diagnostic {
    .error(
      "person/distinct-from-self", "'\(name.value)' is one of this person's own names", at: location,
      fix: "keep it in one place: also_known_as if it is the same person, distinct_from if not")
  }
}
