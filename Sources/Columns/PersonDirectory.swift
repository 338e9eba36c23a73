import SourceText
import YAML

/// Collects everyone with a credit or a biography while write-ups are assembled.
///
/// A name stands for one person; `also_known_as` in `people/` makes several names one. Until
/// ``finish()``, ids are numbers in order of first appearance.
struct PersonDirectory {
  private var people: [Person] = []
  private var personOfName: [String: ID<Person>] = [:]
  private var addresses: Set<String> = []
  private var bylines: [(name: String, writeUp: ID<WriteUp>)] = []

  init(_ sources: [PersonSource], diagnostics: inout [Diagnostic]) {
    var ownerOfName: [String: PersonSource] = [:]
    for source in sources.sorted(by: { $0.path < $1.path }) {
      let id = add(name: source.name.value, source: source)
      for name in [source.name] + source.alsoKnownAs {
        if let other = ownerOfName[name.value], other.path != source.path {
          diagnostics.append(.claimedName(name, by: source, and: other))
          continue
        }
        ownerOfName[name.value] = source
        personOfName[name.value] = id
      }
    }
  }

  /// The person called `name`, who is new if nobody is called that yet.
  private mutating func person(named name: String) -> ID<Person> {
    personOfName[name] ?? add(name: name, source: nil)
  }

  private mutating func add(name: String, source: PersonSource?) -> ID<Person> {
    let id = ID<Person>(people.count)
    var base = source?.slug ?? slug(for: name)
    if base.isEmpty { base = "person" }
    var address = "people/" + base
    var number = 2
    while !addresses.insert(address).inserted {
      address = "people/\(base)-\(number)"
      number += 1
    }
    people.append(
      Person(
        name: name, source: source, address: address, sortKey: Person.sortKey(ofName: name), credits: [],
        written: []))
    personOfName[name] = id
    return id
  }

  /// Files the credits of `source` and groups them by role, roles in order of first mention.
  mutating func addCredits(_ source: WriteUpSource, on writeUp: ID<WriteUp>) -> [CreditGroup] {
    var groups: [CreditGroup] = []
    for entry in source.project.credits {
      let id = person(named: entry.name.value)
      for role in entry.roles {
        let credit = Credit(name: entry.name.value, person: id)
        if let index = groups.firstIndex(where: { $0.role == role }) {
          guard !groups[index].credits.contains(credit) else { continue }
          groups[index].credits.append(credit)
        } else {
          groups.append(CreditGroup(role: role, credits: [credit]))
        }
        people[id].credits.append(PersonCredit(role: role, writeUp: writeUp))
      }
    }
    return groups
  }

  /// The byline `name`; it names a person only if somebody with a credit or a biography is called that.
  mutating func addByline(_ name: String, on writeUp: ID<WriteUp>) -> Byline {
    bylines.append((name, writeUp))
    return Byline(name: name, person: nil)
  }

  /// Everyone by name, and the new id of each old one, together with who each byline names.
  consuming func finish() -> (people: [Person], ids: PersonIDs) {
    for byline in bylines {
      if let id = personOfName[byline.name] { people[id].written.append(byline.writeUp) }
    }
    let order = people.indices.sorted {
      (people[$0].sortKey, people[$0].address) < (people[$1].sortKey, people[$1].address)
    }
    var newIDs = [ID<Person>](repeating: ID(0), count: people.count)
    for (new, old) in order.enumerated() { newIDs[old] = ID(new) }
    return (
      order.map { people[$0] },
      PersonIDs(newIDs: newIDs, personOfName: personOfName.mapValues { newIDs[$0.index] })
    )
  }
}

/// How the numbers that people had while they were collected turn into their ids.
struct PersonIDs {
  let newIDs: [ID<Person>]
  let personOfName: [String: ID<Person>]
}

extension WriteUp {
  /// The write-up with the final ids of its people and terms.
  func renumbered(people: PersonIDs, terms termIDs: [ID<Term>]) -> WriteUp {
    func term(_ id: ID<Term>) -> ID<Term> { termIDs[id.index] }
    return WriteUp(
      source: source, column: column, date: date, updated: updated, headline: headline, isoWeek: isoWeek,
      address: address,
      authors: authors.map { Byline(name: $0.name, person: people.personOfName[$0.name]) },
      credits: credits.map { group in
        CreditGroup(
          role: group.role,
          credits: group.credits.map { Credit(name: $0.name, person: people.newIDs[$0.person.index]) })
      },
      terms: TermIDs(
        format: terms.format.map(term), status: terms.status.map(term), genres: terms.genres.map(term),
        tags: terms.tags.map(term), countries: terms.countries.map(term)),
      campaign: campaign, comments: comments, isFuture: isFuture, week: week, previous: previous,
      next: next, weeksWon: weeksWon)
  }
}

extension Diagnostic {
  fileprivate static func claimedName(
    _ name: Located<String>, by source: PersonSource, and other: PersonSource
  ) -> Diagnostic {
    .error(
      "person/claimed-name", "'\(name.value)' is also a name in another person's file",
      at: Location(path: source.path.sourcePath, range: name.range), fix: "keep the name in one of them",
      notes: [
        Note("the other file", at: Location(path: other.path.sourcePath, range: other.name.range))
      ])
  }
}
