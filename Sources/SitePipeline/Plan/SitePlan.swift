import CivilTime
import Columns
import SourceText
import Templates
import YAML

/// What a page is about.
enum Subject: Sendable, Hashable {
  case home
  case column(ID<Column>, page: Int)
  case writeUp(ID<WriteUp>)
  case week(ID<Week>)
  case weeks(ID<Column>)
  case year(ID<Year>)
  case month(ID<Month>)
  case aToZ(ID<Column>)
  case winners(ID<Column>)
  case campaigns(page: Int)
  case people
  case person(ID<Person>)
  case taxonomy(Term.Kind)
  case term(ID<Term>, page: Int)
  case freePage(ID<FreePage>)
  case search
  case notFound
  case redirect(Int)
}

/// One HTML page of the output.
struct PlannedPage: Sendable {
  let subject: Subject
  /// The file below `output/`.
  let file: String
  /// The address as links have it.
  let link: String
  /// The number of folders that the file is below the root.
  let depth: Int
}

/// A part of a long list of write-ups.
struct Pagination: Sendable {
  let writeUps: [ID<WriteUp>]
  /// From 1.
  let number: Int
  /// The addresses of all parts, in order.
  let links: [String]

  /// The parts, from 0, that a reader can jump to from this one: all of up to twelve, else the first two,
  /// the last two, and those up to two away.
  var linkedParts: [Int] {
    guard links.count > 12 else { return Array(links.indices) }
    let near = max(0, number - 3)...min(links.count - 1, number + 1)
    return Set([0, 1, links.count - 2, links.count - 1]).union(near).sorted()
  }
}

/// Everything that will be in the output, before any of it is rendered.
struct SitePlan: Sendable {
  var pages: [PlannedPage] = []
  /// The part of a long list that a page shows, by the page's position.
  var paginations: [Int: Pagination] = [:]
  var redirects: [Redirect] = []
  /// Where columns were before.
  var formerFolders = FormerFolders.none
  var feeds = FeedPlan()
  /// The JSON files for other programs.
  var machineFiles: [MachineFile] = []
  /// The media files and where they are published.
  var media: [PlannedMedia] = []
  /// The campaigns by where they stand.
  var campaigns = CampaignIndex()
}

/// A link of the main menu.
struct MenuLink: Sendable {
  let label: String
  let link: Link
}

/// A file that is copied as it is.
struct PlannedMedia: Sendable {
  let source: MediaFile
  /// The path below `output/`.
  let file: String
}

extension SitePlan {
  /// Plans every page of `archive`.
  init(_ archive: Archive, media: [MediaFile]) {
    let form = archive.site.links
    add(.home, at: "", form)
    for index in archive.columns.indices { addColumn(ID(index), of: archive) }
    for (index, writeUp) in archive.writeUps.enumerated() {
      add(.writeUp(ID(index)), at: writeUp.address, form)
    }
    for (index, week) in archive.weeks.enumerated() { add(.week(ID(index)), at: week.address, form) }
    for (index, year) in archive.years.enumerated() { add(.year(ID(index)), at: year.address, form) }
    for (index, month) in archive.months.enumerated() { add(.month(ID(index)), at: month.address, form) }
    if !archive.people.isEmpty { add(.people, at: "people", form) }
    for (index, person) in archive.people.enumerated() { add(.person(ID(index)), at: person.address, form) }
    campaigns = archive.campaignIndex()
    if !campaigns.isEmpty {
      addParts(of: campaigns.over, size: 60, at: "campaigns", form) { .campaigns(page: $0) }
    }
    for kind in Term.Kind.allCases where archive.terms.contains(where: { $0.kind == kind }) {
      add(.taxonomy(kind), at: kind.address, form)
    }
    for (index, term) in archive.terms.enumerated() {
      addParts(of: Array(term.writeUps.reversed()), size: 60, at: term.address, form) {
        .term(ID(index), page: $0)
      }
    }
    for (index, page) in archive.freePages.enumerated() { add(.freePage(ID(index)), at: page.address, form) }
    if archive.site.hasSearch { add(.search, at: "search", form) }
    pages.append(PlannedPage(subject: .notFound, file: "404.html", link: "404.html", depth: 0))
    planRedirects(archive)
    planMedia(media, archive)
    machineFiles = MachineFile.all(of: archive)
    if archive.site.url != nil { feeds = FeedPlan(archive) }
    planFormerFolders(archive)
  }

  private mutating func add(_ subject: Subject, at folder: String, _ form: LinkForm) {
    let address = Address(folder)
    pages.append(
      PlannedPage(subject: subject, file: address.file, link: address.link(form), depth: address.depth))
  }

  private mutating func addColumn(_ id: ID<Column>, of archive: Archive) {
    let column = archive.columns[id]
    let form = archive.site.links
    addParts(
      of: Array(column.writeUps.reversed()), size: column.source.pageSize, at: column.address, form
    ) { .column(id, page: $0) }
    if column.source.hasWeeks { add(.weeks(id), at: column.address + "/weeks", form) }
    add(.aToZ(id), at: column.address + "/a-z", form)
    if archive.hasWinners(id) { add(.winners(id), at: column.address + "/winners", form) }
  }

  /// A page for every `size` of `writeUps`, and one when there are none.
  private mutating func addParts(
    of writeUps: [ID<WriteUp>], size: Int, at folder: String, _ form: LinkForm,
    subject: (Int) -> Subject
  ) {
    let count = max(1, (writeUps.count + size - 1) / size)
    let folders = (1...count).map { $0 == 1 ? folder : "\(folder)/page/\($0)" }
    let links = folders.map { Address($0).link(form) }
    for number in 1...count {
      let part = writeUps[min(writeUps.count, (number - 1) * size)..<min(writeUps.count, number * size)]
      paginations[pages.count] = Pagination(writeUps: Array(part), number: number, links: links)
      add(subject(number), at: folders[number - 1], form)
    }
  }

  /// A file in a piece's own folder is published beside the piece, any other at its own path.
  private mutating func planMedia(_ files: [MediaFile], _ archive: Archive) {
    var folders: [String: String?] = [:]
    for writeUp in archive.writeUps where writeUp.source.path.isFolderIndex {
      folders[writeUp.source.path.folder] = writeUp.address
    }
    for page in archive.freePages where page.source.path.isFolderIndex {
      folders[page.source.path.folder] = page.address
    }
    for person in archive.people {
      if let path = person.source?.path, path.isFolderIndex { folders[path.folder] = person.address }
    }
    for held in archive.heldBack where held.path.isFolderIndex { folders[held.path.folder] = .some(nil) }
    for file in files {
      var folder = file.path.folder
      var published: String? = file.path.text
      while !folder.isEmpty {
        if let owner = folders[folder] {
          published = owner.map {
            $0 + String(decoding: file.path.text.utf8.dropFirst(folder.utf8.count), as: UTF8.self)
          }
          break
        }
        folder = Directory.folder(of: folder)
      }
      if let published { media.append(PlannedMedia(source: file, file: published)) }
    }
  }
}
