import CivilTime

/// What the names of one ballot's projects can mean.
///
/// A project is named by its slug. Where two of a year have one slug, its week or day in front tells them apart:
/// `2026-w02/tilt` or `2026-01-07/tilt`.
struct BallotProjects {
  /// Whom readers choose among where the ballot doesn't say.
  let candidates: [ID<WriteUp>]
  /// The published write-ups of that time, by date.
  let published: [ID<WriteUp>]
  /// The weeks of that time.
  let weeks: [ISOWeek]
  let column: ID<Column>
  let pieces: [Piece]
  let unpublished: Unpublished

  /// What one name means.
  enum Meaning: Equatable {
    case published(ID<WriteUp>)
    case unpublished
    case ambiguous([ID<WriteUp>])
    case unknown
  }

  func meaning(of name: String) -> Meaning {
    let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
    let slug = parts.last ?? name
    var among = published.filter { pieces[$0.index].source.slug == slug }
    if parts.count > 1 {
      let (week, day) = (ISOWeek(parts[0]), CivilDate(parts[0]))
      among.removeAll { pieces[$0.index].week != week && pieces[$0.index].date.date != day }
    } else if among.count > 1 {
      // Mostly only one of them has come this far.
      let favourites = among.filter(candidates.contains)
      if favourites.count == 1 { among = favourites }
    }
    if among.count > 1 { return .ambiguous(among) }
    return among.first.map(Meaning.published)
      ?? (unpublished.contains(slug, in: column, weeks: weeks) ? .unpublished : .unknown)
  }

  /// The name that means `writeUp` and no other.
  func name(of writeUp: ID<WriteUp>) -> String {
    let slug = pieces[writeUp.index].source.slug
    return meaning(of: slug) == .published(writeUp) ? slug : "\(pieces[writeUp.index].date.date)/\(slug)"
  }
}
