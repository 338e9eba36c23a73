import CivilTime

/// The write-ups of all columns that exist and are not published: a ballot may name them all the same.
struct Unpublished {
  private var heldBack: [Key: (path: ContentPath, day: CivilDate)] = [:]
  private var unreadable: [(column: ID<Column>, slug: String, week: ISOWeek?)] = []

  private struct Key: Hashable {
    let column: ID<Column>
    let week: ISOWeek
    let slug: String
  }

  /// The last one to come of each week, under a key without a slug.
  private var last: [Key: (slug: String, day: CivilDate)] = [:]

  /// Notes a write-up that is a draft, not yet due or expired.
  mutating func addHeldBack(
    _ source: WriteUpSource, in column: ID<Column>, week: ISOWeek, day: CivilDate, isToCome: Bool
  ) {
    heldBack[Key(column: column, week: week, slug: source.slug)] = (source.path, day)
    let key = Key(column: column, week: week, slug: "")
    if isToCome, last[key].map({ $0.day < day }) ?? true { last[key] = (source.slug, day) }
  }

  /// The last of those of `week` that have a day to come.
  func lastToCome(in column: ID<Column>, of week: ISOWeek) -> (slug: String, day: CivilDate)? {
    last[Key(column: column, week: week, slug: "")]
  }

  /// The day of the one that is called `slug`, if it is held back.
  func day(of slug: String, in column: ID<Column>, weeks: some Sequence<ISOWeek>) -> CivilDate? {
    weeks.lazy.compactMap { heldBack[Key(column: column, week: $0, slug: slug)]?.day }.first
  }

  /// Those that are known to be there, in no order.
  var files: [(column: ID<Column>, slug: String, file: BallotProjects.Elsewhere)] {
    heldBack.map { key, file in (key.column, key.slug, (file.path, key.week, file.day)) }
  }

  /// Notes a write-up of which only the file's name is known.
  mutating func addUnreadable(_ path: ContentPath, in column: ID<Column>) {
    let name = PieceName(path)
    unreadable.append((column, slug(for: name.words), name.date.map { ISOWeek(of: $0) }))
  }

  /// Whether `slug` is, or could be, that of an unpublished write-up of one of those weeks.
  func contains(_ slug: String, in column: ID<Column>, weeks: some Collection<ISOWeek>) -> Bool {
    weeks.contains { heldBack[Key(column: column, week: $0, slug: slug)] != nil }
      || unreadable.contains { file in
        // What can't be read may give itself any slug, and any week if its name has no date.
        file.column == column && (file.slug == slug || file.week.map(weeks.contains) ?? true)
      }
  }
}
