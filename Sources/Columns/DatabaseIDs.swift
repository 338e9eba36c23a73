import SourceText
import YAML

/// A film's or person's ids in public databases, checked by shape.
public struct DatabaseIDs: Record, Hashable {
  /// The addresses of the pages that the ids name, in a fixed order.
  public let urls: [String]

  enum Key {
    static let imdb = Field(
      "imdb", .line.described(by: .string(pattern: "^(tt|nm)[0-9]{1,12}$")),
      "The id at IMDb: tt1234567, or nm1234567 for a person.")
    static let tmdb = Field(
      "tmdb",
      .line.described(by: .string(pattern: "^((movie|tv|person)/)?[0-9]{1,12}$", acceptsPlainValues: true)),
      "The id at TMDB: movie/123, tv/123 or person/123; 123 is a film.")
    static let letterboxd = Field(
      "letterboxd", .line.described(by: .string(pattern: "^[a-z0-9-]+$", acceptsPlainValues: true)),
      "The film's name in Letterboxd's addresses.")
    static let wikidata = Field(
      "wikidata", .line.described(by: .string(pattern: "^Q[0-9]{1,12}$")),
      "The id at Wikidata: Q123.")
  }

  /// The keys of `ids`.
  public static let fields: [AnyField] = [
    Key.imdb.erased, Key.tmdb.erased, Key.letterboxd.erased, Key.wikidata.erased,
  ]

  /// Reads the ids; one of the wrong shape is reported and left out.
  public init?(_ reader: inout FieldReader) {
    var urls: [String] = []
    func isNumber(_ text: Substring) -> Bool {
      (1...12).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    if let id = reader.optional(Key.imdb) {
      if id.hasPrefix("tt"), isNumber(id.dropFirst(2)) {
        urls.append("https://www.imdb.com/title/\(id)/")
      } else if id.hasPrefix("nm"), isNumber(id.dropFirst(2)) {
        urls.append("https://www.imdb.com/name/\(id)/")
      } else {
        reader.report(.malformedID("imdb", "tt1234567", at: reader.location(of: "imdb")))
      }
    }
    if let id = reader.optional(Key.tmdb) {
      let parts = id.split(separator: "/")
      if parts.count == 1, isNumber(parts[0]) {
        urls.append("https://www.themoviedb.org/movie/\(id)")
      } else if parts.count == 2, ["movie", "tv", "person"].contains(parts[0]), isNumber(parts[1]) {
        urls.append("https://www.themoviedb.org/\(id)")
      } else {
        reader.report(.malformedID("tmdb", "movie/123", at: reader.location(of: "tmdb")))
      }
    }
    if let id = reader.optional(Key.letterboxd) {
      if id.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }) {
        urls.append("https://letterboxd.com/film/\(id)/")
      } else {
        reader.report(.malformedID("letterboxd", "salt-road", at: reader.location(of: "letterboxd")))
      }
    }
    if let id = reader.optional(Key.wikidata) {
      if id.hasPrefix("Q"), isNumber(id.dropFirst()) {
        urls.append("https://www.wikidata.org/wiki/\(id)")
      } else {
        reader.report(.malformedID("wikidata", "Q123", at: reader.location(of: "wikidata")))
      }
    }
    self.urls = urls
  }
}

extension LinkEntry {
  /// A link to a page that an id names, called as its database is.
  public init(toDatabase url: String) {
    let databases = [
      "https://www.imdb.com/": "IMDb", "https://www.themoviedb.org/": "TMDB",
      "https://letterboxd.com/": "Letterboxd", "https://www.wikidata.org/": "Wikidata",
    ]
    self.init(relation: databases.first { url.hasPrefix($0.key) }?.value ?? url, url: url)
  }
}

extension Diagnostic {
  fileprivate static func malformedID(_ name: String, _ example: String, at location: Location) -> Diagnostic
  {
    .error(
      "write-up/database-id", "this is not an id of \(name)", at: location, fix: "write one like \(example)")
  }
}
