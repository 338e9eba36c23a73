/// A word from a fixed list that front matter may hold, with the label that readers see.
public protocol Vocabulary: RawRepresentable, CaseIterable, Sendable, Hashable where RawValue == String {
  /// The word as readers see it.
  var label: String { get }
}

extension Vocabulary {
  /// The raw word with its hyphens as spaces and a capital in front.
  public var label: String {
    let words = rawValue.split(separator: "-").joined(separator: " ")
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}

/// The form of a film or project.
public enum Format: String, Vocabulary {
  case feature, short
  case documentaryFeature = "documentary-feature"
  case documentaryShort = "documentary-short"
  case series
  case webSeries = "web-series"
  case interactive
}

/// How far a project has come.
public enum Status: String, Vocabulary {
  case announced, development
  case preProduction = "pre-production"
  case production
  case postProduction = "post-production"
  case completed, festival, released
  case onHold = "on-hold"
  case cancelled

  /// The stages that a project passes on its way, in order; on hold and cancelled are none of them.
  public static let ladder: [Status] = [
    .announced, .development, .preProduction, .production, .postProduction, .completed, .festival,
    .released,
  ]

  /// The word as readers see it; the hyphens of pre- and post-production are kept.
  public var label: String {
    switch self {
    case .preProduction: "Pre-production"
    case .postProduction: "Post-production"
    case .onHold: "On hold"
    default: rawValue.prefix(1).uppercased() + rawValue.dropFirst()
    }
  }
}

/// What a picture shows, and so where a theme puts it.
public enum ImageKind: String, Vocabulary {
  case still, poster, portrait
}

/// Whether readers may comment.
public enum CommentsPolicy: String, Vocabulary {
  case open, closed, none
}

/// What a column's pieces are.
public enum ColumnKind: String, Vocabulary {
  /// Write-ups of film projects, with the whole form.
  case projects
  /// Essays, interviews and news: title and date are enough.
  case articles
}

/// Which form local links take.
public enum LinkForm: String, Vocabulary {
  /// `../salt-road/`: for web servers.
  case directory
  /// `../salt-road/index.html`: also works for pages opened from disk.
  case file
}
