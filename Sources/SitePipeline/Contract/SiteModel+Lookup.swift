import Columns
import Markdown
import Templates

/// Marks in an object's number that tell apart objects of one type with different owners.
enum ObjectFlag {
  /// In a parent's number: the owner is the other kind of entity, a person or a free page rather than a
  /// write-up.
  static let other = 1 << 31
  /// In a parent's number: the page of a database, rather than a link that somebody wrote.
  static let database = 1 << 30
  /// In a position: the poster of a write-up's video.
  static let videoPoster = 0xFFFF
  /// In a position: the portrait of a person.
  static let portrait = 0xFFFE
}

extension SiteModel {
  func column(_ id: UInt64) -> Column { archive.columns[Int(id)] }
  func writeUp(_ id: UInt64) -> WriteUp { archive.writeUps[Int(id)] }
  func source(_ id: UInt64) -> WriteUpSource { archive.writeUps[Int(id)].source }
  func week(_ id: UInt64) -> Week { archive.weeks[Int(id)] }
  func person(_ id: UInt64) -> Person { archive.people[Int(id)] }
  func term(_ id: UInt64) -> Term { archive.terms[Int(id)] }
  func campaign(_ id: UInt64) -> Campaign? { source(id).project.campaign }
  func video(_ id: UInt64) -> Video? { source(id).project.video }
  func ballot(_ id: UInt64) -> Ballot { archive.ballots[Int(id)] }
  func month(_ id: UInt64) -> Month { archive.months[Int(id)] }
  func year(_ id: UInt64) -> Year { archive.years[Int(id)] }
  func card(_ id: UInt64) -> TitleCard { titleIndexes.cards[Int(id)] }

  func byline(_ id: UInt64) -> Byline {
    let position = Position(id)
    return archive.writeUps[position.parent].authors[position.child]
  }

  func statusEntry(_ id: UInt64) -> StatusEntry {
    let position = Position(id)
    return archive.writeUps[position.parent].statusHistory[position.child]
  }

  func creditGroup(_ position: Position) -> CreditGroup {
    archive.writeUps[position.parent].credits[position.child]
  }

  func credit(_ id: UInt64) -> Credit {
    let position = Position(id)
    return archive.writeUps[position.parent].credits[position.child >> 16].credits[position.child & 0xFFFF]
  }

  func comment(_ id: UInt64) -> Comment {
    let position = Position(id)
    return archive.writeUps[position.parent].comments.comments[position.child]
  }

  func personCredit(_ id: UInt64) -> PersonCredit {
    let position = Position(id)
    return archive.people[position.parent].credits[position.child]
  }

  func win(_ id: UInt64) -> Ballot {
    let position = Position(id)
    return archive.ballots[archive.writeUps[position.parent].wins[position.child]]
  }

  func hasWinner(_ ballot: ID<Ballot>?) -> Bool {
    ballot.map { !archive.ballots[$0].winners.isEmpty } ?? false
  }

  /// The page on which `ballot` stands.
  func link(of ballot: Ballot) -> Value { local(links[ballot.page]) }

  func slot(_ id: UInt64) -> Columns.Slot {
    let position = Position(id)
    return archive.weeks[position.parent].slots[position.child]
  }

  func ballotLine(_ id: UInt64) -> Ballot.Line {
    let position = Position(id)
    return archive.ballots[position.parent].results[position.child]
  }

  func exclusion(_ id: UInt64) -> Ballot.Exclusion {
    let position = Position(id)
    return archive.ballots[position.parent].disqualified[position.child]
  }

  func sponsor(_ id: UInt64) -> Sponsor? {
    let position = Position(id)
    return position.parent == 0
      ? archive.writeUps[position.child].source.project.sponsor
      : archive.ballots[position.child].source.sponsor
  }

  func image(_ id: UInt64) -> ResolvedImage? {
    let position = Position(id)
    switch position.child {
    case ObjectFlag.videoPoster: return bodies.videoPosters[position.parent]
    case ObjectFlag.portrait: return bodies.portraits[position.parent]
    default: return bodies.images[position.parent][position.child]
    }
  }

  func linkEntry(_ id: UInt64) -> LinkEntry? {
    let position = Position(id)
    let owner = position.parent & ~(ObjectFlag.other | ObjectFlag.database)
    let isOfPerson = position.parent & ObjectFlag.other != 0
    if position.parent & ObjectFlag.database != 0 {
      let pages =
        isOfPerson ? archive.people[owner].source?.sameAs : archive.writeUps[owner].source.project.sameAs
      return pages.map { LinkEntry(toDatabase: $0[position.child]) }
    }
    return isOfPerson
      ? archive.people[owner].source?.links[position.child]
      : archive.writeUps[owner].source.project.links[position.child]
  }

  func titles(_ id: UInt64) -> Letter<WriteUp>? {
    let position = Position(id)
    guard position.parent & ObjectFlag.other == 0 else { return nil }
    return titleIndexes.titleLetters[position.parent][position.child]
  }

  func names(_ id: UInt64) -> Letter<Person>? {
    let position = Position(id)
    return position.parent & ObjectFlag.other == 0 ? nil : titleIndexes.peopleLetters[position.child]
  }

  /// done, current or ahead: how a stage of the ladder relates to the project's status.
  func stageState(_ stage: Position) -> String {
    let writeUp = archive.writeUps[stage.parent]
    // On hold and cancelled keep the last stage that was reached.
    let reached = ([writeUp.status] + writeUp.statusHistory.reversed().map(\.status))
      .lazy.compactMap { $0 }.compactMap { Status.ladder.firstIndex(of: $0) }.first
    guard let reached else { return "ahead" }
    return stage.child < reached ? "done" : stage.child == reached ? "current" : "ahead"
  }

  func heading(_ id: UInt64) -> Heading? {
    let position = Position(id)
    let isOfPage = position.parent & ObjectFlag.other != 0
    return isOfPage
      ? archive.freePages[position.parent & ~ObjectFlag.other].source.body.outline[position.child]
      : archive.writeUps[position.parent].source.body.outline[position.child]
  }

  func sectionHeading(_ id: UInt64) -> Heading? {
    let position = Position(id)
    let outline = archive.writeUps[position.parent].source.body.outline
    return Array(outline.lazy.filter { $0.level == 2 }.dropFirst(position.child).prefix(1)).first
  }

  /// What stands between a heading of level two and the next of level two or one.
  func sectionBody(_ id: UInt64) -> Markup {
    let body = bodies.writeUps[Position(id).parent]
    guard let heading = sectionHeading(id) else { return body.slice(0..<0) }
    let outline = archive.writeUps[Position(id).parent].source.body.outline
    let start = heading.htmlRange.upperBound
    let end = outline.first { $0.htmlRange.lowerBound >= start && $0.level <= 2 }?.htmlRange.lowerBound
    return body.slice(start..<(end ?? body.byteCount))
  }

  func pagination(_ page: UInt64) -> Pagination? { plan.paginations[Int(page)] }

  /// The entity `distance` places after `index` if it belongs to the same column.
  func sibling<Entity>(
    of index: Int, in entities: [Entity], by distance: Int, _ column: KeyPath<Entity, ID<Column>>
  ) -> Int? {
    let other = index + distance
    guard entities.indices.contains(other),
      entities[other][keyPath: column] == entities[index][keyPath: column]
    else { return nil }
    return other
  }
}
