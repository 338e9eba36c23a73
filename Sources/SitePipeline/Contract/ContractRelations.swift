import CivilTime
import Columns
import Templates

extension ContractType {
  static let film = TypeID(40), roleCredits = TypeID(41), related = TypeID(42)
}

private typealias T = ContractType
private typealias Get = Templates.Field<SiteModel>
private typealias Object = ObjectType<SiteModel>

/// What holds people and write-ups together: somebody's films, by role and year, and what is related to what.
let relationTypes: [ObjectType<SiteModel>] = [
  Object(
    id: T.film, name: "Film", summary: "A project with all that somebody did in it.",
    fields: [
      Get("writeup", .object(T.writeUp), "The write-up on the project.") { m, id in
        object(T.writeUp, m.film(id).writeUp)
      },
      Get("roles", .list(.string), "The roles, in the order of the credits.") { m, id in
        strings(m.film(id).roles)
      },
      Get("year", .integer, "The year of the film; where it isn't told, that of the write-up.") { m, id in
        .integer(m.year(ofFilm: id))
      },
    ]),
  Object(
    id: T.roleCredits, name: "RoleCredits", summary: "The films in which somebody had one role.",
    fields: [
      Get("role", .string, "The role.") { m, id in .string(m.personCredit(id).role) },
      Get("films", .list(.object(T.film)), "The films, by year, latest first.") { m, id in
        .list(.objects(T.film, m.films(inRoleOf: Position(id))))
      },
      Get("count", .integer, "The number of films.") { m, id in
        .integer(m.films(inRoleOf: Position(id)).count)
      },
    ]),
  Object(
    id: T.related, name: "Related",
    summary: "Another write-up, and what it has in common with the one at hand.",
    fields: [
      Get("writeup", .object(T.writeUp), "The other write-up.") { m, id in
        object(T.writeUp, Position(id).child)
      },
      Get("reason", .string, "What they share: people, status, genre, country or week.") { m, id in
        switch m.related(id).reason {
        case .people: .string("people")
        case .term(let term): .string(m.archive.terms[term].kind.rawValue)
        case .week: .string("week")
        }
      },
      Get("people", .list(.object(T.person)), "Who is credited on both; none for another reason.") { m, id in
        guard case .people(let people) = m.related(id).reason else { return .list(.objects(T.person, [])) }
        return objects(T.person, people)
      },
      Get(
        "term", .optional(.object(T.term)),
        "The status, genre or country they share, where that is the reason."
      ) { m, id in
        guard case .term(let term) = m.related(id).reason else { return .none }
        return object(T.term, term)
      },
    ]),
]

extension SiteModel {
  /// The related write-ups of the one numbered `id`, as objects of the contract.
  func relatedWriteUps(of id: UInt64) -> Value {
    let related = archive.related(to: ID(Int(id)), limit: 6)
    return .list(.objects(T.related, related.map { Position(Int(id), $0.writeUp.index).id }))
  }

  /// The object numbered by both write-ups.
  fileprivate func related(_ id: UInt64) -> Related {
    let position = Position(id)
    return archive.relation(of: ID(position.parent), with: ID(position.child))
  }

  /// A film is numbered by its person and the first of their credits in it; credits in one write-up are side by side.
  fileprivate func film(_ id: UInt64) -> (writeUp: ID<WriteUp>, roles: [String]) {
    let position = Position(id)
    let credits = archive.people[position.parent].credits[position.child...]
    let writeUp = credits.first?.writeUp ?? ID(0)
    return (writeUp, credits.prefix { $0.writeUp == writeUp }.map(\.role))
  }

  /// Somebody's films, newest first.
  func filmography(of person: UInt64) -> Value {
    let credits = archive.people[Int(person)].credits
    let starts = credits.indices.filter { $0 == 0 || credits[$0 - 1].writeUp != credits[$0].writeUp }
    return .list(.objects(T.film, starts.reversed().map { Position(Int(person), $0).id }))
  }

  /// Somebody's roles, those with most films first, and among equals by first mention. A role is numbered by its person
  /// and the first credit in it.
  func roles(of person: UInt64) -> Value {
    var firstOfRole: [String: Int] = [:]
    var counts: [Int: Int] = [:]
    for (index, credit) in archive.people[Int(person)].credits.enumerated() {
      let first = firstOfRole[credit.role] ?? index
      firstOfRole[credit.role] = first
      counts[first, default: 0] += 1
    }
    let order = counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }
    return .list(.objects(T.roleCredits, order.map { Position(Int(person), $0.key).id }))
  }

  fileprivate func films(inRoleOf position: Position) -> [UInt64] {
    let credits = archive.people[position.parent].credits
    let role = credits[position.child].role
    var start = 0
    var films: [UInt64] = []
    for (index, credit) in credits.enumerated() {
      if credits[start].writeUp != credit.writeUp { start = index }
      if credit.role == role { films.append(Position(position.parent, start).id) }
    }
    let years = films.map(year(ofFilm:))
    return films.indices.sorted { (years[$0], $0) > (years[$1], $1) }.map { films[$0] }
  }

  /// The year of release; where it isn't told, that of the write-up.
  fileprivate func year(ofFilm id: UInt64) -> Int {
    let writeUp = archive.writeUps[film(id).writeUp]
    return writeUp.source.project.year ?? writeUp.date.date.year
  }

  /// The columns with pieces by somebody, in the order of the site.
  func columnsWritten(by person: UInt64) -> Value {
    let columns = Set(archive.people[Int(person)].written.map { archive.writeUps[$0].column })
    return objects(T.column, columns.sorted())
  }

  /// The number of a step in ``recentChanges``.
  static func number(_ change: StatusChange) -> UInt64 { Position(change.writeUp.index, change.step).id }
}
