import Columns

/// What a film is in the words of schema.org.
enum WorkType {
  case movie, series
  /// What is neither, or does not say.
  case other

  /// What a work of this form is; without one it may be anything.
  init(_ format: Format?) {
    switch format {
    case .feature, .short, .documentaryFeature, .documentaryShort: self = .movie
    case .series, .webSeries: self = .series
    case .interactive, nil: self = .other
    }
  }

  /// The type's name.
  var name: String {
    switch self {
    case .movie: "Movie"
    case .series: "TVSeries"
    case .other: "CreativeWork"
    }
  }

  /// Whether it runs for a time of its own; that of a series is each episode's.
  var hasDuration: Bool { self == .movie }
}

/// The property of a work by which schema.org says who fills a role.
struct WorkRole {
  /// The property's name.
  let property: String
  /// Whether the property says all; else the role's own words stand beside it.
  let isPlain: Bool

  /// The property for `role`, written in English as in the credits of most films; `contributor` for any other.
  init(_ role: String, in type: WorkType) {
    let known = WorkRole.properties[role.lowercased()] ?? ("contributor", false)
    let isOfFilm = ["director", "actor", "musicBy", "productionCompany"].contains(known.property)
    let isPossible =
      switch type {
      case .movie: true
      case .series: known.property != "productionCompany"
      case .other: !isOfFilm
      }
    property = isPossible ? known.property : "contributor"
    isPlain = isPossible && known.isPlain
  }

  private static let properties: [String: (property: String, isPlain: Bool)] = [
    "director": ("director", true), "co-director": ("director", false),
    "cast": ("actor", true), "actor": ("actor", true), "actress": ("actor", true),
    "starring": ("actor", true),
    "voice": ("actor", false), "himself": ("actor", false), "herself": ("actor", false),
    "themselves": ("actor", false), "narrator": ("actor", false),
    "writer": ("author", true), "screenwriter": ("author", true), "screenplay": ("author", true),
    "co-writer": ("author", false), "creator": ("creator", true),
    "producer": ("producer", true), "executive producer": ("producer", false),
    "associate producer": ("producer", false), "co-producer": ("producer", false),
    "line producer": ("producer", false), "composer": ("musicBy", true), "music": ("musicBy", true),
    "editor": ("editor", true), "production company": ("productionCompany", true),
    "studio": ("productionCompany", true),
  ]
}
