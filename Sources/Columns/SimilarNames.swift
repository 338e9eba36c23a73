import SourceText
import YAML

/// Looks for names that differ so little that they are likely one person's, who would have two pages.
///
/// Names that are equal when folded are found anywhere in the archive; those that are merely like each other only
/// where they share a film: on one write-up, or on several with a title or a page in a database in common.
struct SimilarNames {
  /// A name where it is first written.
  private struct Spelling {
    let name: String
    let comparable: ComparableName
    let person: ID<Person>
    let place: Location
  }

  /// A credit: the number of the name, and where it stands.
  private struct Mention {
    let name: Int
    let writeUp: Int
    let credit: Int
  }

  private struct Pair: Hashable {
    let first: Int
    let second: Int

    init(_ one: Int, _ other: Int) {
      first = min(one, other)
      second = max(one, other)
    }
  }

  private let archive: Archive
  private var spellings: [Spelling] = []
  private var numberOfName: [String: Int] = [:]
  private var firstWithLetters: [String: Int] = [:]
  /// The pairs of people that are spoken of already, or are said to be distinct.
  private var settled: Set<Pair> = []
  /// The pairs of people who are named in one role of one film.
  private var colleagues: Set<Pair> = []
  private var diagnostics: [Diagnostic] = []

  /// The warnings about the names of the people of `archive`.
  ///
  /// - Complexity: O(*n* log *n*) in the number of credits.
  static func diagnostics(_ archive: Archive) -> [Diagnostic] {
    var search = SimilarNames(archive: archive)
    for index in archive.people.indices {
      guard let source = archive.people[index].source else { continue }
      for name in source.distinctFrom {
        guard let other = archive.personOfName[name.value] else { continue }
        search.settled.insert(Pair(index, other.index))
      }
      for name in [source.name] + source.alsoKnownAs where archive.personOfName[name.value]?.index == index {
        search.add(
          name.value, of: ID(index), at: Location(path: source.path.sourcePath, range: name.range))
      }
    }
    var mentions: [[Mention]] = []
    mentions.reserveCapacity(archive.writeUps.count)
    for index in archive.writeUps.indices {
      let ofWriteUp = search.mentions(in: archive.writeUps[index].source, index)
      search.compare(ofWriteUp)
      mentions.append(ofWriteUp)
    }
    search.compareFilms(mentions)
    return search.diagnostics
  }

  private init(archive: Archive) { self.archive = archive }

  private mutating func mentions(in source: WriteUpSource, _ writeUp: Int) -> [Mention] {
    var result: [Mention] = []
    for (index, credit) in source.project.credits.enumerated() {
      var number = numberOfName[credit.name.value]
      if number == nil, let person = archive.personOfName[credit.name.value] {
        number = add(credit.name.value, of: person, at: source.location(credit.name.range))
      }
      if let number { result.append(Mention(name: number, writeUp: writeUp, credit: index)) }
    }
    return result
  }

  /// Takes a name in; reports it if an earlier one is equal when folded.
  @discardableResult
  private mutating func add(_ name: String, of person: ID<Person>, at place: Location) -> Int {
    let number = spellings.count
    let spelling = Spelling(name: name, comparable: ComparableName(name), person: person, place: place)
    spellings.append(spelling)
    numberOfName[name] = number
    guard !spelling.comparable.letters.isEmpty else { return number }
    if let first = firstWithLetters[spelling.comparable.letters] {
      report(number, at: place, and: first, at: spellings[first].place)
    } else {
      firstWithLetters[spelling.comparable.letters] = number
    }
    return number
  }

  // MARK: Names that share a film

  /// Up to so many names are compared each with each; of more, those that are near in order of letters.
  private static let comparedEach = 40

  private mutating func compare(_ mentions: [Mention]) {
    if mentions.count <= SimilarNames.comparedEach {
      for (index, mention) in mentions.enumerated() {
        for other in mentions[..<index] { compare(mention, other) }
      }
      return
    }
    // A difference leaves what is before it and what is behind it alike, so that two names are near in one of two
    // orders, however many there are.
    let letters = mentions.map { spellings[$0.name].comparable.letters }
    for keys in [letters, letters.map { String($0.reversed()) }] {
      let order = mentions.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      for (place, index) in order.enumerated() {
        for other in order[max(0, place - SimilarNames.comparedEach / 4)..<place] {
          compare(mentions[max(index, other)], mentions[min(index, other)])
        }
      }
    }
  }

  private mutating func compare(_ mention: Mention, _ other: Mention) {
    let (person, otherPerson) = (spellings[mention.name].person, spellings[other.name].person)
    guard person != otherPerson,
      spellings[mention.name].comparable.isLike(spellings[other.name].comparable)
    else { return }
    // Two who work together are met again with each film: what is known of them is looked up first.
    let pair = Pair(person.index, otherPerson.index)
    guard !settled.contains(pair), !colleagues.contains(pair) else { return }
    // Nobody is named twice in one role: who names both there knows them to be two.
    if shareRole(person, otherPerson) {
      colleagues.insert(pair)
      return
    }
    report(mention.name, at: location(of: mention), and: other.name, at: location(of: other))
  }

  /// Whether two people are named in one role of one film.
  ///
  /// - Complexity: O(*f* log *m*), where one has *f* credits and the other *m*, which are more.
  private func shareRole(_ one: ID<Person>, _ other: ID<Person>) -> Bool {
    var (few, many) = (archive.people[one].credits, archive.people[other].credits)
    if few.count > many.count { swap(&few, &many) }
    return few.contains { credit in
      // Credits are filed in the order of write-ups.
      let first = many.partitioningIndex { $0.writeUp >= credit.writeUp }
      return many[first...].prefix { $0.writeUp == credit.writeUp }.contains(credit)
    }
  }

  private func location(of mention: Mention) -> Location {
    let source = archive.writeUps[mention.writeUp].source
    return source.location(source.project.credits[mention.credit].name.range)
  }

  /// Compares the names of write-ups on one film: those with a title or a page in a database in common.
  private mutating func compareFilms(_ mentions: [[Mention]]) {
    var first: [String: Int] = [:]
    var films: [[Int]] = []
    var filmOfKey: [String: Int] = [:]
    for index in archive.writeUps.indices where !mentions[index].isEmpty {
      let source = archive.writeUps[index].source
      let project = source.project
      let titles = [source.title] + project.alternateTitles
      for key in titles.map({ sortKey(for: $0) }) + project.sameAs where !key.isEmpty {
        guard let earlier = first[key] else {
          first[key] = index
          continue
        }
        guard earlier != index else { continue }
        if let film = filmOfKey[key] {
          if films[film].last != index { films[film].append(index) }
        } else {
          filmOfKey[key] = films.count
          films.append([earlier, index])
        }
      }
    }
    for film in films {
      var seen: Set<Int> = []
      compare(film.flatMap { mentions[$0] }.filter { seen.insert($0.name).inserted })
    }
  }

  private mutating func report(_ one: Int, at place: Location, and other: Int, at otherPlace: Location) {
    var (left, right) = (spellings[one], spellings[other])
    var (place, otherPlace) = (place, otherPlace)
    guard left.person != right.person, settled.insert(Pair(left.person.index, right.person.index)).inserted
    else { return }
    // What stands there more often is likely right; all credits are filed.
    let (leftPerson, rightPerson) = (archive.people[left.person], archive.people[right.person])
    if leftPerson.source == nil, rightPerson.source == nil,
      leftPerson.credits.count > rightPerson.credits.count
    {
      swap(&left, &right)
      swap(&place, &otherPlace)
    }
    diagnostics.append(
      .similarNames(
        (left.name, archive.people[left.person].source, place),
        (right.name, archive.people[right.person].source, otherPlace)
      ))
  }
}

extension Archive {
  /// The warnings about names in credits that are nearly the same.
  public var similarNames: [Diagnostic] { SimilarNames.diagnostics(self) }
}

extension Diagnostic {
  fileprivate typealias WrittenName = (name: String, source: PersonSource?, place: Location)

  fileprivate static func similarNames(_ one: WrittenName, _ other: WrittenName) -> Diagnostic {
    let fix: String
    if let source = other.source ?? one.source {
      let added = other.source == nil ? other.name : one.name
      fix =
        "correct one, or add '\(added)' to also_known_as in \(source.path.sourcePath); if they are two people, to distinct_from there"
    } else {
      let slug = slug(for: other.name)
      fix =
        "correct one, or write content/people/\(slug.isEmpty ? "name" : slug).md with 'name: \(other.name)' and 'also_known_as: [\(one.name)]'; if they are two people, with 'distinct_from: [\(one.name)]'"
    }
    return .warning(
      "person/similar-names",
      "'\(one.name)' and '\(other.name)' are nearly the same name, and are taken for two people",
      at: one.place, fix: fix, notes: [Note("the other name", at: other.place)])
  }
}
