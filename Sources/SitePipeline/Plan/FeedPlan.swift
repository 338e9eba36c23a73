import Columns

/// The formats that every feed is written in.
enum FeedFormat: String, CaseIterable, Sendable {
  case rss, atom, json

  var mediaType: String {
    switch self {
    case .rss: "application/rss+xml"
    case .atom: "application/atom+xml"
    case .json: "application/feed+json"
    }
  }

  /// The file of a feed that stands in `folder`.
  func file(in folder: String) -> String {
    let name =
      switch self {
      case .rss: "feed.xml"
      case .atom: "atom.xml"
      case .json: "feed.json"
      }
    return folder.isEmpty ? name : "\(folder)/\(name)"
  }
}

extension FeedSubject {
  /// The folder of the page that the feed follows.
  func folder(in archive: Archive) -> String {
    switch self {
    case .site: ""
    case .column(let id): archive.columns[id].address
    case .term(let id): archive.terms[id].address
    }
  }

  func title(in archive: Archive) -> String {
    switch self {
    case .site: archive.site.title
    case .column(let id): "\(archive.columns[id].source.name) – \(archive.site.title)"
    case .term(let id): "\(archive.terms[id].name) – \(archive.site.title)"
    }
  }

  /// The latest write-ups that the feed holds, newest first.
  func writeUps(in archive: Archive) -> [ID<WriteUp>] {
    let (all, limit): ([ID<WriteUp>], Int) =
      switch self {
      case .site: (archive.writeUps.indices.map { ID($0) }, 20)
      case .column(let id): (archive.columns[id].writeUps, 20)
      case .term(let id): (archive.terms[id].writeUps, 10)
      }
    // Drafts and the future are for the editors' eyes.
    return Array(
      all.reversed().lazy.filter { !archive.writeUps[$0].isFuture && !archive.writeUps[$0].source.isDraft }
        .prefix(limit))
  }
}
