import SourceText
import YAML

/// Collects everyone with a credit or a biography while write-ups are assembled.
///
/// A name stands for one person; `also_known_as` in `people/` makes several names one. Until
/// ``finish()``, ids are numbers in order of first appearance.
struct PersonDirectory {
  private var people: [Person] = []
  private var personOfName: [String: ID<Person>] = [:]
  private var ownerOfAddress: [String: Int] = [:]
  /// Those whose names make one address, in order of first appearance, by what that ends in.
  private var rivals: [String: [Int]] = [:]
  /// The number that the next one whose name makes the same address may have behind it.
  private var nextNumber: [String: Int] = [:]
  /// The addresses that files of `people/` ask for by a slug of their own.
  private var claims: [String: PersonSource] = [:]
  private var bylines: [(name: String, writeUp: ID<WriteUp>)] = []

  init(_ sources: [PersonSource], diagnostics: inout [Diagnostic]) {
    var ownerOfName: [String: PersonSource] = [:]
    let sources = sources.sorted { $0.path < $1.path }
    for source in sources {
      guard let slug = source.slug else { continue }
      if let other = claims["people/" + slug] {
        diagnostics.append(.claimedSlug(slug, by: source, and: other))
      } else {
        claims["people/" + slug] = source
      }
    }
    for source in sources {
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
    let base = source?.slug ?? Self.addressName(for: name)
    var address = "people/" + base
    // Whoever asks for an address has it, whatever else others' names would make of theirs.
    while claims[address].map({ $0.path != source?.path }) ?? false || ownerOfAddress[address] != nil {
      if rivals[base] == nil {
        rivals[base] =
          ownerOfAddress[address].map { Self.addressName(for: people[$0].name) == base ? [$0] : [] } ?? []
      }
      let number = nextNumber[base, default: 2]
      address = "people/\(base)-\(number)"
      nextNumber[base] = number + 1
    }
    ownerOfAddress[address] = people.count
    rivals[base]?.append(people.count)
    people.append(
      Person(
        name: name, source: source, address: address, sortKey: Person.sortKey(ofName: name), credits: [],
        written: []))
    personOfName[name] = id
    return id
  }

  /// What the address of somebody called `name` ends in, unless somebody else's does.
  private static func addressName(for name: String) -> String {
    let slug = slug(for: name)
    return slug.isEmpty ? "person" : slug
  }

  /// Files the credits of `source` and groups them by role, roles in order of first mention.
  mutating func addCredits(_ source: WriteUpSource, on writeUp: ID<WriteUp>) -> [CreditGroup] {
    var groups: [CreditGroup] = []
    for entry in source.project.credits {
      let id = person(named: entry.name.value)
      for role in entry.roles {
        let credit = Credit(name: entry.name.value, person: id)
        if let index = groups.firstIndex(where: { $0.role == role }) {
          // Two spellings of one name are one person all the same.
          guard !groups[index].credits.contains(where: { $0.person == id }) else { continue }
          groups[index].credits.append(credit)
        } else {
          groups.append(CreditGroup(role: role, credits: [credit]))
        }
        people[id].credits.append(PersonCredit(role: role, writeUp: writeUp))
      }
    }
    return groups
  }

  /// Files a byline; its names mean people only if somebody with a credit or a biography is called that.
  mutating func addBylines(_ names: [String], on writeUp: ID<WriteUp>) {
    for name in names { bylines.append((name, writeUp)) }
  }

  /// Gives the addresses of those whose names make the same one to whoever has more credits first, so that somebody new
  /// takes none from somebody known. Those with a file keep theirs.
  private mutating func settleRivalries() {
    for rivals in rivals.values {
      let rivals = rivals.filter { people[$0].source == nil }
      let addresses = rivals.map { people[$0].address }
      let order = rivals.sorted { (-people[$0].credits.count, $0) < (-people[$1].credits.count, $1) }
      for (person, address) in zip(order, addresses) { people[person].address = address }
    }
  }

  /// The warnings about names in the credits of `pieces`, which are all filed, that are those of several people.
  func jointNames(in pieces: [Piece]) -> [Diagnostic] {
    // Each is looked at where it stands, as most are one.
    people.indices.compactMap { index -> Diagnostic? in
      guard let names = separateNames(people[index].name, isKnown: { personOfName[$0] != nil }) else {
        return nil
      }
      let person = people[index]
      guard person.source == nil, let first = person.credits.first, !person.hasCreditsOfCompany else {
        return nil
      }
      func entry(on writeUp: ID<WriteUp>) -> CreditEntry? {
        pieces[writeUp.index].source.project.credits.first { $0.name.value == person.name }
      }
      guard let credit = entry(on: first.writeUp),
        !person.credits.contains(where: { entry(on: $0.writeUp)?.isQuoted ?? false })
      else { return nil }
      let source = pieces[first.writeUp.index].source
      return .jointName(credit, names, at: source.location(credit.name.range))
    }
  }

  /// Everyone by name, the new id of each old one, and who each name means.
  consuming func finish() -> (people: [Person], newIDs: [ID<Person>], personOfName: [String: ID<Person>]) {
    for byline in bylines {
      guard let id = personOfName[byline.name], people[id].written.last != byline.writeUp else { continue }
      people[id].written.append(byline.writeUp)
    }
    settleRivalries()
    for index in people.indices { people[index].isCompany = people[index].hasCreditsOfCompany }
    let order = people.indices.sorted {
      (people[$0].sortKey, people[$0].address) < (people[$1].sortKey, people[$1].address)
    }
    var newIDs = [ID<Person>](repeating: ID(0), count: people.count)
    for (new, old) in order.enumerated() { newIDs[old] = ID(new) }
    return (order.map { people[$0] }, newIDs, personOfName.mapValues { newIDs[$0.index] })
  }
}

extension CreditGroup {
  /// Gives the people their final ids.
  mutating func renumber(_ newIDs: [ID<Person>]) {
    for index in credits.indices { credits[index].person = newIDs[credits[index].person.index] }
  }
}

extension Diagnostic {
  fileprivate static func claimedSlug(
    _ slug: String, by source: PersonSource, and other: PersonSource
  ) -> Diagnostic {
    .error(
      "person/claimed-slug", "\(source.name.value) and \(other.name.value) both have the slug '\(slug)'",
      at: Location(path: source.path.sourcePath, range: source.name.range),
      fix: "give one of them another slug",
      notes: [
        Note("the other file", at: Location(path: other.path.sourcePath, range: other.name.range))
      ])
  }

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
