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
    for database in Database.allCases {
      guard let id = reader.optional(database.key) else { continue }
      if let url = database.url(of: id) {
        urls.append(url)
      } else {
        reader.report(
          .malformedID(database, meant: database.id(in: id), at: reader.location(of: database.rawValue)))
      }
    }
    self.urls = urls
  }
}

/// A public database of films and people, and what its ids look like.
private enum Database: String, CaseIterable {
  case imdb, tmdb, letterboxd, wikidata

  var key: Field<String> {
    switch self {
    case .imdb: DatabaseIDs.Key.imdb
    case .tmdb: DatabaseIDs.Key.tmdb
    case .letterboxd: DatabaseIDs.Key.letterboxd
    case .wikidata: DatabaseIDs.Key.wikidata
    }
  }

  var example: String {
    switch self {
    case .imdb: "tt1234567"
    case .tmdb: "movie/123"
    case .letterboxd: "salt-road"
    case .wikidata: "Q123"
    }
  }

  /// The page that `id` names; `nil` if it isn't one.
  func url(of id: String) -> String? {
    func isNumber(_ text: Substring) -> Bool {
      (1...12).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    switch self {
    case .imdb:
      if id.hasPrefix("tt"), isNumber(id.dropFirst(2)) { return "https://www.imdb.com/title/\(id)/" }
      return id.hasPrefix("nm") && isNumber(id.dropFirst(2)) ? "https://www.imdb.com/name/\(id)/" : nil
    case .tmdb:
      let parts = id.split(separator: "/")
      if parts.count == 1, isNumber(parts[0]) { return "https://www.themoviedb.org/movie/\(id)" }
      return parts.count == 2 && ["movie", "tv", "person"].contains(parts[0]) && isNumber(parts[1])
        ? "https://www.themoviedb.org/\(id)" : nil
    case .letterboxd:
      let isName = id.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
      return isName ? "https://letterboxd.com/film/\(id)/" : nil
    case .wikidata:
      return id.hasPrefix("Q") && isNumber(id.dropFirst()) ? "https://www.wikidata.org/wiki/\(id)" : nil
    }
  }

  /// The id in `address`, that of a page; `nil` if it isn't one of this database's.
  func id(in address: String) -> String? {
    let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/").map(String.init)
    guard
      let host = parts.firstIndex(where: {
        $0.contains(rawValue == "tmdb" ? "themoviedb.org" : "\(rawValue).")
      })
    else { return nil }
    let path = parts[(host + 1)...]
    let words =
      switch self {
      case .imdb: path.filter { url(of: $0) != nil }
      case .tmdb: path.count > 1 ? [path[host + 1] + "/" + path[host + 2].prefix { $0 != "-" }] : []
      case .letterboxd: Array(path.drop { $0 != "film" }.dropFirst().prefix(1))
      case .wikidata: Array(path.suffix(1))
      }
    return words.first.flatMap { url(of: $0) == nil ? nil : $0 }
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
  fileprivate static func malformedID(_ database: Database, meant: String?, at location: Location)
    -> Diagnostic
  {
    .error(
      "write-up/database-id", "this is not an id of \(database.rawValue)", at: location,
      fix: meant.map { "write \($0)" } ?? "write one like \(database.example)",
      edit: meant.map { Edit(location.range, $0) })
  }
}
