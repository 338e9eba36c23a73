import CivilTime
import Columns
import Markdown
import SourceText
import Templates

/// Everything that templates' values come from: the archive, the plan, and what the two make together.
///
/// A class, because each of the contract's closures holds it.
final class SiteModel: Sendable {
  let archive: Archive
  let plan: SitePlan
  let bodies: Bodies
  /// The index that readers search; `nil` when the site has none.
  let search: SearchFiles?
  /// The addresses of all entities, by their ids.
  let links: Links
  let menu: [MenuLink]
  let titleIndexes: TitleIndexes
  let coWorkers: [[CoWorker]]
  let termsOfKind: [[ID<Term>]]
  let votes: Votes
  /// The titles of all write-ups, by their ids, for the many lists: side by side, so that a list doesn't touch
  /// everything else about them.
  let writeUpTitles: [String]
  /// Their loglines, in the same way.
  let writeUpLoglines: [String?]
  /// Every write-up, newest first.
  let newestFirst: [ID<WriteUp>]
  /// The last steps of all projects, latest first.
  let recentChanges: [StatusChange]
  let generator: String
  /// The words of feeds and mails.
  let words: FeedWords
  /// The files that are neither pages, feeds, assets nor media.
  let records: [SiteRecord]
  /// The page of each stage of ``Status/ladder`` that has write-ups.
  let stageLinks: [String?]
  /// Who publishes the site, where the archive knows a person of that name.
  let publisherPerson: ID<Person>?
  /// The position of each feed in the plan.
  let feedIndex: [FeedSubject: Int]

  struct Links: Sendable {
    let home: String
    let people: String
    let writeUps: [String]
    let weeks: [String]
    let years: [String]
    let months: [String]
    let columns: [String]
    let persons: [String]
    let terms: [String]
    let freePages: [String]

    /// The page on which a vote stands.
    subscript(page: Ballot.Page) -> String {
      switch page {
      case .week(let id): weeks[id.index]
      case .month(let id): months[id.index]
      case .year(let id): years[id.index]
      }
    }
  }

  init(
    _ archive: Archive, plan: SitePlan, menu: [MenuLink], bodies: Bodies, search: SearchFiles?,
    titleIndexes: TitleIndexes, coWorkers: [[CoWorker]], records: [SiteRecord], generator: String,
    words: FeedWords
  ) {
    self.archive = archive
    self.plan = plan
    self.menu = menu
    self.bodies = bodies
    self.titleIndexes = titleIndexes
    self.records = records
    self.search = search
    self.generator = generator
    self.words = words
    let form = archive.site.links
    links = Links(
      home: Address("").link(form), people: Address("people").link(form),
      writeUps: archive.writeUps.map { Address($0.address).link(form) },
      weeks: archive.weeks.map { Address($0.address).link(form) },
      years: archive.years.map { Address($0.address).link(form) },
      months: archive.months.map { Address($0.address).link(form) },
      columns: archive.columns.map { Address($0.address).link(form) },
      persons: archive.people.map { Address($0.address).link(form) },
      terms: archive.terms.map { Address($0.address).link(form) },
      freePages: archive.freePages.map { Address($0.address).link(form) })
    feedIndex = Dictionary(uniqueKeysWithValues: plan.feeds.subjects.enumerated().map { ($1, $0) })
    let termLinks = links.terms
    stageLinks = Status.ladder.map { status in
      archive.terms.firstIndex { $0.kind == .status && $0.slug == status.rawValue }.map { termLinks[$0] }
    }
    self.coWorkers = coWorkers
    publisherPerson = archive.site.author.flatMap { author in
      archive.people.firstIndex { $0.name == author }.map { ID($0) }
    }
    termsOfKind = Term.Kind.allCases.map { kind in
      archive.terms.indices.filter { archive.terms[$0].kind == kind }.map { ID($0) }
    }
    votes = Votes(archive)
    recentChanges = archive.statusChanges().suffix(60).reversed()
    writeUpTitles = archive.writeUps.map { SiteModel.copy($0.source.title) }
    writeUpLoglines = archive.writeUps.map { $0.source.project.logline.map(SiteModel.copy) }
    newestFirst = archive.writeUps.indices.reversed().map { ID($0) }
  }

  private static func copy(_ text: String) -> String { String(decoding: Array(text.utf8), as: UTF8.self) }

  /// `other` with the write-ups `changed` saying something else in the same places, and what is searched in them.
  init(
    _ other: SiteModel, archive: Archive, changed: [ID<WriteUp>] = [], bodies: Bodies, search: SearchFiles?
  ) {
    var (titles, loglines, indexes) = (other.writeUpTitles, other.writeUpLoglines, other.titleIndexes)
    for id in changed {
      let source = archive.writeUps[id].source
      titles[id.index] = SiteModel.copy(source.title)
      loglines[id.index] = source.project.logline.map(SiteModel.copy)
      indexes.cardLines[id.index] = TitleCard.lines(of: source.title)
    }
    writeUpTitles = titles
    writeUpLoglines = loglines
    titleIndexes = indexes
    self.archive = archive
    self.bodies = bodies
    self.search = search
    plan = other.plan
    links = other.links
    menu = other.menu
    coWorkers = other.coWorkers
    termsOfKind = other.termsOfKind
    votes = other.votes
    newestFirst = other.newestFirst
    recentChanges = other.recentChanges
    generator = other.generator
    words = other.words
    records = other.records
    stageLinks = other.stageLinks
    publisherPerson = other.publisherPerson
    feedIndex = other.feedIndex
  }
}

/// The votes by how they stand.
struct Votes: Sendable {
  /// The votes of one column that have a winner, each kind by time.
  struct Decided: Sendable {
    var weeks: [ID<Week>] = []
    var months: [ID<Month>] = []
    var years: [ID<Year>] = []

    var isEmpty: Bool { weeks.isEmpty && months.isEmpty && years.isEmpty }
  }

  /// By column.
  let decided: [Decided]
  /// The last twelve decided weeks of all columns, latest first.
  let latestWeeks: [ID<Week>]
  /// The votes that are open, those of weeks first, and of each kind the latest.
  let open: [ID<Ballot>]

  init(_ archive: Archive) {
    var decided = [Decided](repeating: Decided(), count: archive.columns.count)
    for ballot in archive.ballots where !ballot.winners.isEmpty {
      switch ballot.page {
      case .week(let id): decided[ballot.column.index].weeks.append(id)
      case .month(let id): decided[ballot.column.index].months.append(id)
      case .year(let id): decided[ballot.column.index].years.append(id)
      }
    }
    self.decided = decided
    latestWeeks = Array(
      decided.flatMap(\.weeks).sorted { archive.weeks[$0].isoWeek > archive.weeks[$1].isoWeek }.prefix(12))
    func rank(_ id: ID<Ballot>) -> (Int, Int) {
      let period = archive.ballots[id].period
      return (Period.Kind.allCases.firstIndex(of: period.kind) ?? 0, -period.firstDay.dayNumber)
    }
    open = archive.ballots.indices.filter { archive.ballots[$0].state == .open }.map { ID($0) }
      .sorted { rank($0) < rank($1) }
  }
}

/// What the titles of write-ups and the names of people come to.
struct TitleIndexes: Sendable {
  let peopleLetters: [Letter<Person>]
  /// By column.
  let titleLetters: [[Letter<WriteUp>]]
  /// The title card of each write-up, and the lines of its title.
  let cards: [TitleCard]
  fileprivate(set) var cardLines: [[String]]

  init(_ archive: Archive) {
    peopleLetters = archive.peopleIndex()
    titleLetters = archive.columns.indices.map { archive.titleIndex(of: ID($0)) }
    cards = archive.writeUps.map { TitleCard(slug: $0.source.slug) }
    cardLines = archive.writeUps.map { TitleCard.lines(of: $0.source.title) }
  }
}

/// Somebody with credits on the same write-ups.
struct CoWorker: Sendable {
  let person: ID<Person>
  /// The number of write-ups they share.
  let count: Int
}
