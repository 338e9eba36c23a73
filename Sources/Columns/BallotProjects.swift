import CivilTime

/// What the names of one ballot's projects can mean.
///
/// A project is named by its slug. Where two of a year have one slug, its week or day in front tells them apart:
/// `2026-w02/tilt` or `2026-01-07/tilt`.
struct BallotProjects {
  /// Whom readers choose among where the ballot doesn't say.
  let candidates: [ID<WriteUp>]
  let column: ID<Column>
  /// The published write-ups of that time, by date.
  private let published: [ID<WriteUp>]
  /// The weeks of that time.
  private let weeks: [ISOWeek]
  private let unpublished: Unpublished
  /// What a write-up can be named by.
  let key: (ID<WriteUp>) -> Key
  /// The write-up of the column that is called as a name says, and is nearest to a period without being in it.
  let elsewhere: (String, Period) -> Elsewhere?
  private lazy var candidateSet = Set(candidates)
  private lazy var ofSlug: [String: [ID<WriteUp>]] = Dictionary(grouping: published) { key($0).slug }
  /// The names of all that are published, by date.
  private(set) lazy var names: [String] = published.map { name(of: $0) }

  typealias Key = (slug: String, week: ISOWeek, day: CivilDate)
  /// A write-up of another time.
  typealias Elsewhere = (path: ContentPath, week: ISOWeek, day: CivilDate)

  /// What the vote of `page` can name.
  init(
    of page: Ballot.Page, in electorate: Electorate, unpublished: Unpublished,
    key: @escaping (ID<WriteUp>) -> Key, elsewhere: @escaping (String, Period) -> Elsewhere? = { _, _ in nil }
  ) {
    candidates = electorate.candidates(of: page)
    column = electorate.column(of: page)
    published = electorate.writeUps(of: page)
    weeks = electorate.isoWeeks(of: page)
    self.unpublished = unpublished
    self.key = key
    self.elsewhere = elsewhere
  }

  /// What one name means.
  enum Meaning: Equatable {
    case published(ID<WriteUp>)
    case unpublished
    case ambiguous([ID<WriteUp>])
    case unknown
  }

  mutating func meaning(of name: String) -> Meaning {
    let parts = name.utf8.contains(0x2F) ? name.split(separator: "/", maxSplits: 1).map(String.init) : [name]
    let slug = parts.last ?? name
    var among = ofSlug[slug] ?? []
    if parts.count > 1 {
      let (week, day) = (ISOWeek(parts[0]), CivilDate(parts[0]))
      among.removeAll { key($0).week != week && key($0).day != day }
    } else if among.count > 1 {
      // Mostly only one of them has come this far.
      let favourites = among.filter(candidateSet.contains)
      if favourites.count == 1 { among = favourites }
    }
    if among.count > 1 { return .ambiguous(among) }
    return among.first.map(Meaning.published)
      ?? (unpublished.contains(slug, in: column, weeks: weeks) ? .unpublished : .unknown)
  }

  /// The day on which the one that `name` means appears, published or held back; `nil` where that isn't known.
  mutating func day(of name: String) -> CivilDate? {
    if case .published(let writeUp) = meaning(of: name) { return key(writeUp).day }
    let slug = name.split(separator: "/").last.map(String.init) ?? name
    return unpublished.day(of: slug, in: column, weeks: weeks)
  }

  /// The one that appears last of those that are still to come and are offered where the ballot of a week names nobody.
  func lastToCome(of period: Period) -> (slug: String, day: CivilDate)? {
    guard case .week(let week) = period else { return nil }
    return unpublished.lastToCome(in: column, of: week)
  }

  /// The name that means `writeUp` and no other.
  mutating func name(of writeUp: ID<WriteUp>) -> String {
    let key = key(writeUp)
    return meaning(of: key.slug) == .published(writeUp) ? key.slug : "\(key.day)/\(key.slug)"
  }
}
