import CivilTime
import Columns
import Markdown
import Search
import YAML

/// Something of the archive that a search can find.
enum SearchSubject: Sendable {
  case writeUp(ID<WriteUp>)
  case person(ID<Person>)
  case freePage(ID<FreePage>)

  /// Everything that search engines may show, too: no drafts and nothing of the future, though a build may
  /// publish them for their authors.
  static func all(in archive: Archive) -> [SearchSubject] {
    let writeUps = archive.writeUps.indices.filter { archive.writeUps[$0].isPublic }
    let people = archive.people.indices.filter { index in
      let person = archive.people[index]
      return person.source != nil
        || (person.credits.map(\.writeUp) + person.written)
          .contains { archive.writeUps[$0].isPublic }
    }
    return writeUps.reversed().map { .writeUp(ID($0)) } + people.map { .person(ID($0)) }
      + archive.freePages.indices.filter { !archive.freePages[$0].source.isDraft }.map { .freePage(ID($0)) }
  }

  /// About how many bytes of text are read for it; besides its own text there are names, links and facets.
  func textLength(in archive: Archive) -> Int {
    let text =
      switch self {
      case .writeUp(let id): archive.writeUps[id].source.body.plainTextBytes.count
      case .person(let id): archive.people[id].source?.body.plainTextBytes.count ?? 0
      case .freePage(let id): archive.freePages[id].source.body.plainTextBytes.count
      }
    return text + 500
  }

  /// What the index has of it.
  func document(in archive: Archive, _ facets: SearchFacets) -> SearchDocument {
    switch self {
    case .writeUp(let id): SearchSubject.document(archive.writeUps[id], in: archive, facets)
    case .person(let id): SearchSubject.document(archive.people[id], in: archive)
    case .freePage(let id): SearchSubject.document(archive.freePages[id], in: archive)
    }
  }

  private static func document(_ writeUp: WriteUp, in archive: Archive, _ facets: SearchFacets)
    -> SearchDocument
  {
    let source = writeUp.source
    var document = SearchDocument(
      title: source.title, link: Address(writeUp.address).link(archive.site.links),
      summary: source.project.logline ?? source.body.excerpt, kind: "writeup")
    document.titles += [source.headline].compactMap { $0 } + source.project.alternateTitles
    var people: Set<ID<Person>> = []
    for credit in writeUp.credits.lazy.flatMap(\.credits) {
      let name = archive.people[credit.person].name
      // As it is written here, too.
      if credit.name != name { document.names.append(credit.name) }
      if people.insert(credit.person).inserted { document.names.append(name) }
    }
    let authors = writeUp.authors.map(\.name)
    document.names += authors
    let makers = writeUp.credits.first?.credits.map(\.name) ?? authors
    document.byline = makers.prefix(3).joined(separator: ", ")
    let terms = writeUp.terms.genres + writeUp.terms.tags + writeUp.terms.countries
    document.topics = [source.project.logline].compactMap { $0 } + terms.map { archive.terms[$0].name }
    document.text = source.body.plainTextBytes
    document.date = writeUp.date.date.description
    document.note = writeUp.terms.status.map { archive.terms[$0].name } ?? ""
    document.palette = TitleCard(slug: source.slug).hue / 18
    document.facets = facets.values(of: writeUp)
    return document
  }

  private static func document(_ person: Person, in archive: Archive) -> SearchDocument {
    let biography = person.source?.body.excerpt ?? ""
    var document = SearchDocument(
      title: person.name, link: Address(person.address).link(archive.site.links),
      summary: biography.isEmpty ? films(of: person, in: archive) : biography, kind: "person")
    document.titles += person.source?.alsoKnownAs.map(\.value) ?? []
    document.text = person.source?.body.plainTextBytes ?? []
    document.palette = TitleCard(slug: person.address).hue / 18
    return document
  }

  private static func document(_ page: FreePage, in archive: Archive) -> SearchDocument {
    var document = SearchDocument(
      title: page.source.title, link: Address(page.address).link(archive.site.links),
      summary: page.source.description ?? page.source.body.excerpt, kind: "page")
    document.topics = [page.source.description].compactMap { $0 }
    document.text = page.source.body.plainTextBytes
    return document
  }

  /// The three newest credits of a person that read differently.
  private static func films(of person: Person, in archive: Archive) -> String {
    var films: [String] = []
    for credit in person.credits.reversed() where archive.writeUps[credit.writeUp].isPublic {
      let film = "\(credit.role), \(archive.writeUps[credit.writeUp].source.title)"
      if !films.contains(film) { films.append(film) }
      if films.count == 3 { break }
    }
    return films.joined(separator: "; ")
  }
}

/// The ways in which write-ups can be told apart in a search.
struct SearchFacets: Sendable {
  /// The facets, in the order of ``values(of:)``.
  let facets: [SearchFacet]
  /// The number of each term among the values of its facet.
  private let numbers: [Int]

  init(_ archive: Archive) {
    var numbers = [Int](repeating: 0, count: archive.terms.count)
    func facet(_ name: String, _ kind: Term.Kind, isList: Bool = false) -> SearchFacet {
      let terms = archive.terms.indices.filter { archive.terms[$0].kind == kind }
      for (number, term) in terms.enumerated() { numbers[term] = number }
      return SearchFacet(
        name: name,
        values: terms.map { SearchFacet.Value(slug: archive.terms[$0].slug, label: archive.terms[$0].name) },
        isList: isList)
    }
    let columns = archive.columns.map { SearchFacet.Value(slug: $0.address, label: $0.source.name) }
    facets = [
      SearchFacet(name: "column", values: columns), facet("status", .status), facet("format", .format),
      facet("genre", .genre, isList: true),
    ]
    self.numbers = numbers
  }

  /// The numbers of the values that a write-up has, facet by facet.
  func values(of writeUp: WriteUp) -> [[Int]] {
    func values(_ terms: [ID<Term>]) -> [Int] { terms.map { numbers[$0.index] } }
    return [
      [writeUp.column.index], values([writeUp.terms.status].compactMap { $0 }),
      values([writeUp.terms.format].compactMap { $0 }), values(writeUp.terms.genres),
    ]
  }
}
