import CivilTime

/// One published piece: one project, one day.
///
/// A class, because it has many parts and is passed around whole.
public final class WriteUp: Sendable {
  /// What its file says.
  public let source: WriteUpSource
  /// The column.
  public let column: ID<Column>
  /// The moment of publication.
  public let date: Timestamp
  /// When it last changed, where it says so.
  public let updated: Timestamp?
  /// The title of the piece.
  public let headline: String
  /// The ISO week it belongs to.
  public let isoWeek: ISOWeek
  /// The address, without slashes at the ends.
  public let address: String
  /// The byline.
  public let authors: [Byline]
  /// The credits, one group for each role, in the order of the file.
  public let credits: [CreditGroup]
  /// What it is filed under.
  public let terms: TermIDs
  /// How far the project has come by now; `nil` also while all of its history is still to come.
  public let status: Status?
  /// The steps of its way that have been taken, earliest first; what is dated later is left out.
  public let statusHistory: [StatusEntry]
  /// Where its crowdfunding stands.
  public let campaign: CampaignStanding?
  /// The readers' comments, as threads.
  public let comments: CommentThreads
  /// Whether its date is still to come; only when such write-ups are asked for.
  public let isFuture: Bool
  /// Whether it is for everyone: drafts and the future are for the editors' eyes.
  public var isPublic: Bool { !isFuture && !source.isDraft }
  /// The week's entity; `nil` in a column without week pages.
  public let week: ID<Week>?
  /// The write-up before it in its column.
  public let previous: ID<WriteUp>?
  /// The write-up after it in its column.
  public let next: ID<WriteUp>?
  /// The votes that it won: of weeks, then of months, then of years.
  public let wins: [ID<Ballot>]

  init(
    _ piece: Piece, in column: ColumnSource, neighbours: Neighbours, authors: [Byline],
    credits: [CreditGroup], terms: TermIDs, comments: CommentThreads, options: AssemblyOptions
  ) {
    source = piece.source
    self.column = piece.column
    date = piece.date
    updated = piece.source.updated?.start(in: options.zone)
    headline =
      piece.source.headline
      ?? (column.kind == .projects ? "\(column.itemLabel): \(piece.source.title)" : piece.source.title)
    isoWeek = piece.week
    address = column.permalink.address(
      column: column.path.folder, date: piece.date.date, week: piece.week, slug: piece.source.slug)
    self.authors = authors
    self.credits = credits
    self.terms = terms
    status = piece.status
    statusHistory = piece.statusHistory
    campaign = piece.source.project.campaign.map {
      CampaignStanding(
        $0, writtenOn: piece.source.updated?.start(in: options.zone) ?? piece.date, asOf: options.asOf,
        zone: options.zone)
    }
    self.comments = comments
    isFuture = piece.isFuture
    week = neighbours.week
    previous = neighbours.previous
    next = neighbours.next
    wins = neighbours.wins
  }

  /// `other` with the text of `source`, whose front matter is the same.
  fileprivate init(_ other: WriteUp, withTextOf source: WriteUpSource) {
    self.source = source
    column = other.column
    date = other.date
    updated = other.updated
    headline = other.headline
    isoWeek = other.isoWeek
    address = other.address
    authors = other.authors
    credits = other.credits
    terms = other.terms
    status = other.status
    statusHistory = other.statusHistory
    campaign = other.campaign
    comments = other.comments
    isFuture = other.isFuture
    week = other.week
    previous = other.previous
    next = other.next
    wins = other.wins
  }
}

extension Archive {
  /// The archive that the same sources come to when only the text of the write-up `id` is another: that of `source`,
  /// whose front matter is the one it had.
  ///
  /// - Complexity: O(*n*) in the number of write-ups, of which nothing but a reference is copied.
  public func replacingText(of id: ID<WriteUp>, by source: WriteUpSource) -> Archive {
    var result = self
    result.writeUps[id] = WriteUp(writeUps[id], withTextOf: source)
    return result
  }
}

/// A write-up that is due, with what its column adds to it; its number among those due is its id.
struct Piece {
  let source: WriteUpSource
  let column: ID<Column>
  let date: Timestamp
  let week: ISOWeek
  let isFuture: Bool
  /// The number of steps of its project's history that have been taken.
  let stepsTaken: Int

  /// The steps that have been taken.
  var statusHistory: [StatusEntry] {
    let history = source.project.statusHistory
    return stepsTaken == history.count ? history : Array(history.prefix(stepsTaken))
  }

  /// The project's status by now.
  var status: Status? {
    let project = source.project
    return stepsTaken == project.statusHistory.count ? project.status : statusHistory.last?.status
  }
}

/// Where a write-up stands among the others.
struct Neighbours {
  var week: ID<Week>?
  var previous: ID<WriteUp>?
  var next: ID<WriteUp>?
  var wins: [ID<Ballot>] = []
}

/// A name of a byline.
public struct Byline: Sendable, Hashable {
  /// The name.
  public let name: String
  /// The person of that name, if the archive knows one.
  public let person: ID<Person>?
}

/// Everyone who fills one role of a project.
public struct CreditGroup: Sendable, Hashable {
  /// The role.
  public let role: String
  /// The people, with their names as this credit spells them.
  public var credits: [Credit]
}

/// A person's name in a role.
public struct Credit: Sendable, Hashable {
  /// The name as the credit spells it.
  public let name: String
  /// The person.
  public internal(set) var person: ID<Person>
}

/// The terms that a write-up is filed under.
public struct TermIDs: Sendable, Hashable {
  /// The form of the film.
  public var format: ID<Term>?
  /// How far it has come.
  public var status: ID<Term>?
  /// The genres.
  public var genres: [ID<Term>] = []
  /// The tags.
  public var tags: [ID<Term>] = []
  /// The countries.
  public var countries: [ID<Term>] = []
}

/// The comments under one write-up.
public struct CommentThreads: Sendable {
  /// Their file; `nil` where there is none.
  public let path: ContentPath?
  /// The comments in the order of their file.
  public let comments: [Comment]
  /// The indices of those that answer no other.
  public let roots: [Int]

  /// How deep answers nest at most, where the roots are at 0.
  static let maximalDepth = 5

  /// No comments.
  public static let none = CommentThreads(path: nil, comments: [], roots: [])
}

/// One comment in its thread.
public struct Comment: Sendable {
  /// What its file says.
  public let source: CommentSource
  /// When it was written.
  public let date: Timestamp?
  /// The indices of its answers, and at the greatest depth of the answers to those.
  public let replies: [Int]
}
