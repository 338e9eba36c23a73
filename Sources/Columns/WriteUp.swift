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
    address = column.address(on: piece.date.date, week: piece.week, slug: piece.source.slug)
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
}

extension Archive {
  /// The archive with `source` in the place of what the write-up `id` said, which ``WriteUpSource/staysInPlace(of:)``.
  ///
  /// That is what the same sources come to when nothing but the text is another. Else it is what can be told of the
  /// write-up by itself: the people, the terms and the votes that it belongs to are those of before.
  ///
  /// - Complexity: O(*n*) in the number of write-ups, of which nothing but a reference is copied.
  public func replacing(_ id: ID<WriteUp>, by source: WriteUpSource) -> Archive {
    let old = writeUps[id]
    let piece = Piece(
      source, column: old.column, date: old.date, week: old.isoWeek, isFuture: old.isFuture,
      today: zone.timestamp(at: asOf.seconds).date)
    let people = Dictionary(old.authors.map { ($0.name, $0.person) }, uniquingKeysWith: { first, _ in first })
    var result = self
    result.writeUps[id] = WriteUp(
      piece, in: columns[old.column].source,
      neighbours: Neighbours(week: old.week, previous: old.previous, next: old.next, wins: old.wins),
      authors: source.authors.map { Byline(name: $0, person: people[$0] ?? nil) }, credits: old.credits,
      terms: old.terms, comments: old.comments, options: AssemblyOptions(asOf: asOf, zone: zone))
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

  init(
    _ source: WriteUpSource, column: ID<Column>, date: Timestamp, week: ISOWeek, isFuture: Bool,
    today: CivilDate
  ) {
    self.source = source
    self.column = column
    self.date = date
    self.week = week
    self.isFuture = isFuture
    stepsTaken = source.project.statusHistory.prefix { $0.date <= max(today, date.date) }.count
  }

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
