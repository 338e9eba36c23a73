import CivilTime
import Columns

/// What a feed follows.
enum FeedSubject: Sendable, Hashable {
  case site
  case column(ID<Column>)
  case term(ID<Term>)
  /// What readers say: in one column, or everywhere.
  case comments(ID<Column>?)
  /// A column's weeks, one entry each.
  case weeks(ID<Column>)
  /// The steps of all projects on their way.
  case statusChanges
  /// A column's votes that are decided.
  case winners(ID<Column>)

  /// What its entries are, as templates see it.
  var kind: String {
    switch self {
    case .site, .column, .term: "writeups"
    case .comments: "comments"
    case .weeks: "weeks"
    case .statusChanges: "status"
    case .winners: "winners"
    }
  }
}

/// What an entry of a feed is about.
enum FeedItem: Sendable, Hashable {
  case writeUp(ID<WriteUp>)
  case comment(CommentPlace)
  case week(ID<Week>)
  case statusChange(StatusChange)
  case decision(ID<Ballot>)
}

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

/// The feeds of a site, and what those hold that follow more than the order of the archive.
struct FeedPlan: Sendable {
  private(set) var subjects: [FeedSubject] = []
  /// The folder of each feed.
  private var folders: [String] = []
  /// The files of each feed: those in its folder, and those in which readers of it still look because its column had another.
  private(set) var files: [[(format: FeedFormat, file: String)]] = []
  /// The entries of those that follow something rarer than write-ups, newest first.
  private var items: [FeedSubject: [FeedItem]] = [:]
  /// The weeks that are written as mails, too.
  private(set) var digests: [ID<Week>] = []

  /// Plans no feed.
  init() {}

  /// Plans every feed of `archive`. Those that follow something rarer than write-ups are there once it is.
  init(_ archive: Archive) {
    subjects = [.site] + archive.columns.indices.map { .column(ID($0)) }
    subjects += archive.terms.indices.filter { archive.terms[$0].kind == .tag }.map { .term(ID($0)) }
    addComments(of: archive)
    if archive.site.hasDigests { addWeeks(of: archive) }
    addStatusChanges(of: archive)
    addWinners(of: archive)
    folders = subjects.map { $0.folder(in: archive) }
    files = folders.map(Self.files)
  }

  private static func files(in folder: String) -> [(format: FeedFormat, file: String)] {
    FeedFormat.allCases.map { ($0, $0.file(in: folder)) }
  }

  /// Adds the files of feeds in the former folders of their columns, but for those that are `taken` or beside which what
  /// is taken could not be.
  mutating func add(_ formerFolders: inout FormerFolders, _ taken: inout TakenFiles) {
    for (_, file) in files.joined() { taken.insert(file) }
    let known = Set(folders)
    var later: [(index: Int, folder: String)] = []
    for index in folders.indices {
      for former in formerFolders(folders[index]) {
        if known.contains(former.folder), former.folder != folders[index] {
          formerFolders.markReused(former.folder)
        }
        guard former.isFirst else {
          later.append((index, former.folder))
          continue
        }
        files[index] += Self.files(in: former.folder).filter { taken.insert($0.file) }
      }
    }
    for (index, folder) in later {
      files[index] += Self.files(in: folder).filter { taken.insert($0.file) }
    }
  }

  private mutating func addWeeks(of archive: Archive) {
    digests = archive.weeks.indices.map { ID<Week>($0) }.filter { !archive.digested($0).isEmpty }
    for column in archive.columns.indices.map({ ID<Column>($0) }) {
      let weeks = digests.filter { week in
        archive.weeks[week].column == column
          && archive.weeks[week].completion(in: archive).seconds <= archive.asOf.seconds
      }
      guard !weeks.isEmpty else { continue }
      subjects.append(.weeks(column))
      items[.weeks(column)] = weeks.suffix(10).reversed().map(FeedItem.week)
    }
  }

  private mutating func addStatusChanges(of archive: Archive) {
    let changes = archive.statusChanges().lazy.reversed().filter { archive.writeUps[$0.writeUp].isPublic }
      .prefix(30)
    guard !changes.isEmpty else { return }
    subjects.append(.statusChanges)
    items[.statusChanges] = changes.map(FeedItem.statusChange)
  }

  private mutating func addWinners(of archive: Archive) {
    let decided = archive.ballots.indices.map { ID<Ballot>($0) }.filter {
      !archive.outWinners(of: $0).isEmpty
    }
    for (column, ballots) in Dictionary(grouping: decided, by: { archive.ballots[$0].column })
      .sorted(by: { $0.key < $1.key })
    {
      let latestFirst = ballots.map { (archive.decision(of: $0).seconds, $0) }.sorted { $0 > $1 }
      subjects.append(.winners(column))
      items[.winners(column)] = latestFirst.prefix(20).map { FeedItem.decision($0.1) }
    }
  }

  private mutating func addComments(of archive: Archive) {
    let all = archive.datedComments()
    guard !all.isEmpty else { return }
    add(.comments(nil), all)
    // With one column, its comments are the site's.
    guard archive.columns.count > 1 else { return }
    let ofColumn = Dictionary(grouping: all) { archive.writeUps[$0.writeUp].column }
    for column in ofColumn.keys.sorted() { add(.comments(column), ofColumn[column] ?? []) }
  }

  private mutating func add(_ subject: FeedSubject, _ places: [CommentPlace]) {
    subjects.append(subject)
    items[subject] = places.prefix(30).map(FeedItem.comment)
  }

  /// The entries of the feed `subject`, newest first.
  func entries(of subject: FeedSubject, in archive: Archive) -> [FeedItem] {
    let (all, limit): ([ID<WriteUp>], Int) =
      switch subject {
      case .site: (archive.writeUps.indices.map { ID($0) }, 20)
      case .column(let id): (archive.columns[id].writeUps, 20)
      case .term(let id): (archive.terms[id].writeUps, 10)
      case .comments, .weeks, .statusChanges, .winners: ([], 0)
      }
    // Drafts and the future are for the editors' eyes.
    let writeUps = all.reversed().lazy.filter { archive.writeUps[$0].isPublic }
    return items[subject] ?? writeUps.prefix(limit).map(FeedItem.writeUp)
  }
}

extension FeedSubject {
  /// The folder of the feed.
  func folder(in archive: Archive) -> String {
    switch self {
    case .site: ""
    case .column(let id): archive.columns[id].address
    case .term(let id): archive.terms[id].address
    case .comments(nil): "comments"
    case .comments(let id?): archive.columns[id].address + "/comments"
    case .weeks(let id): archive.columns[id].address + "/weeks"
    case .statusChanges: Term.Kind.status.address
    case .winners(let id): archive.columns[id].address + "/winners"
    }
  }

  /// The folder of the page that the feed follows.
  func home(in archive: Archive) -> String {
    switch self {
    case .site, .comments(nil): ""
    case .comments(let id?): archive.columns[id].address
    case .column, .term, .weeks, .statusChanges, .winners: folder(in: archive)
    }
  }

  func title(in archive: Archive, _ words: FeedWords) -> String {
    let site = archive.site.title
    return switch self {
    case .site: site
    case .column(let id): "\(archive.columns[id].source.name) – \(site)"
    case .term(let id): "\(archive.terms[id].name) – \(site)"
    case .comments(let id):
      words(.comments, ["title": (id.map(FeedSubject.column) ?? .site).title(in: archive, words)])
    case .statusChanges: words(.status, ["title": site])
    case .winners(let id): words(.winners, ["title": FeedSubject.column(id).title(in: archive, words)])
    case .weeks(let id): words(.weeks, ["title": FeedSubject.column(id).title(in: archive, words)])
    }
  }
}
