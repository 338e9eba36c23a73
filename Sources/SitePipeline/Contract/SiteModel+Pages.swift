import CivilTime
import Columns
import Markdown
import Templates

/// The template that renders a page: the position of its kind in the contract.
enum PageTemplate: Int, CaseIterable {
  case home, column, writeUp, week, weeks, year, month, aToZ, people, person, taxonomy, term, freePage
  case winners, campaigns, search, notFound, redirect

  /// The name that templates see.
  var name: String {
    switch self {
    case .writeUp: "write-up"
    case .aToZ: "a-z"
    case .freePage: "page"
    case .notFound: "not-found"
    default: "\(self)"
    }
  }
}

extension Subject {
  var template: PageTemplate {
    switch self {
    case .home: .home
    case .column: .column
    case .writeUp: .writeUp
    case .week: .week
    case .weeks: .weeks
    case .year: .year
    case .month: .month
    case .aToZ: .aToZ
    case .winners: .winners
    case .campaigns: .campaigns
    case .people: .people
    case .person: .person
    case .taxonomy: .taxonomy
    case .term: .term
    case .freePage: .freePage
    case .search: .search
    case .notFound: .notFound
    case .redirect: .redirect
    }
  }
}

/// A page above another.
struct Crumb: Sendable {
  let label: String
  let link: String
}

extension SiteModel {
  /// The values that the template of page `index` sees besides the globals, in the contract's order.
  func values(ofPage index: Int) -> [Value] {
    typealias T = ContractType
    switch plan.pages[index].subject {
    case .home, .notFound: return []
    case .column(let id, _): return [object(T.column, id), object(T.pagination, index)]
    case .writeUp(let id): return [object(T.writeUp, id)]
    case .week(let id): return [object(T.week, id)]
    case .weeks(let id), .winners(let id): return [object(T.column, id)]
    case .year(let id): return [object(T.year, id)]
    case .month(let id): return [object(T.month, id)]
    case .aToZ(let id):
      return [object(T.column, id), parts(T.letter, of: id.index, titleIndexes.titleLetters[id.index].count)]
    case .campaigns:
      return [
        objects(T.writeUp, plan.campaigns.endingSoon), objects(T.writeUp, plan.campaigns.live),
        objects(T.writeUp, plan.campaigns.upcoming), object(T.pagination, index),
      ]
    case .people: return [parts(T.letter, of: ObjectFlag.other, titleIndexes.peopleLetters.count)]
    case .person(let id): return [object(T.person, id)]
    case .taxonomy(let kind): return [object(T.taxonomy, Term.Kind.allCases.firstIndex(of: kind) ?? 0)]
    case .term(let id, _): return [object(T.term, id), object(T.pagination, index)]
    case .freePage(let id): return [object(T.freePage, id)]
    case .search: return [local(search?.script ?? "")]
    case .redirect(let number): return [local(plan.redirects[number].target)]
    }
  }

  func title(ofPage index: Int) -> String {
    switch plan.pages[index].subject {
    case .home: archive.site.title
    case .column(let id, let number):
      number == 1 ? archive.columns[id].source.name : "\(archive.columns[id].source.name), \(number)"
    case .writeUp(let id): archive.writeUps[id].headline
    case .week(let id):
      "\(archive.columns[archive.weeks[id].column].source.name), \(archive.weeks[id].isoWeek)"
    case .weeks(let id), .aToZ(let id), .winners(let id): archive.columns[id].source.name
    case .campaigns(let number): number == 1 ? "Campaigns" : "Campaigns, \(number)"
    case .year(let id):
      "\(archive.columns[archive.years[id].column].source.name), \(archive.years[id].number)"
    case .month(let id):
      "\(archive.columns[archive.months[id].column].source.name), \(archive.months[id].month)"
    case .people: "People"
    case .person(let id): archive.people[id].name
    case .taxonomy(let kind): kind.address.prefix(1).uppercased() + kind.address.dropFirst()
    case .term(let id, let number):
      number == 1 ? archive.terms[id].name : "\(archive.terms[id].name), \(number)"
    case .freePage(let id): archive.freePages[id].source.title
    case .search: "Search"
    case .notFound: "404"
    case .redirect: archive.site.title
    }
  }

  func description(ofPage index: Int) -> String? {
    switch plan.pages[index].subject {
    case .home: archive.site.description
    case .column(let id, _), .weeks(let id), .aToZ(let id), .winners(let id):
      archive.columns[id].source.description
    case .writeUp(let id):
      archive.writeUps[id].source.project.logline ?? shortened(archive.writeUps[id].source.body.excerpt)
    case .week(let id): description(of: archive.weeks[id].source)
    case .month(let id): description(of: archive.months[id].source)
    case .year(let id): description(of: archive.years[id].source)
    case .person(let id): shortened(archive.people[id].source?.body.excerpt)
    case .freePage(let id):
      archive.freePages[id].source.description ?? shortened(archive.freePages[id].source.body.excerpt)
    case .people, .campaigns, .taxonomy, .term, .search, .notFound, .redirect: nil
    }
  }

  private func description(of source: PeriodSource?) -> String? {
    source?.title ?? shortened(source?.body.excerpt)
  }

  /// `text`, or none when it is empty.
  private func shortened(_ text: String?) -> String? {
    guard let text, !text.isEmpty else { return nil }
    return text
  }

  /// The absolute address of a page, without the file form of links; `nil` without a site URL, and for
  /// pages that are no destination of their own.
  func canonical(ofPage index: Int) -> String? {
    guard let base = archive.site.url else { return nil }
    let page = plan.pages[index]
    switch page.subject {
    case .notFound: return nil
    case .redirect(let number): return base + plan.redirects[number].canonicalTarget
    default: return base + canonicalPath(page.link)
    }
  }

  /// The feeds to announce on a page, of those that the site may have: the narrowest with its write-ups, and
  /// those with what else the page shows.
  func feeds(ofPage index: Int) -> [FeedSubject] {
    switch plan.pages[index].subject {
    case .home: [.site, .comments(nil)]
    case .column(let id, _): [.column(id), commentFeed(of: id)]
    case .weeks(let id): [.column(id), .weeks(id)]
    case .aToZ(let id): [.column(id)]
    case .winners(let id): [.column(id), .winners(id)]
    case .writeUp(let id):
      archive.writeUps[id].hasShownComments
        ? [.column(archive.writeUps[id].column), commentFeed(of: archive.writeUps[id].column)]
        : [.column(archive.writeUps[id].column)]
    case .week(let id): [.column(archive.weeks[id].column), .weeks(archive.weeks[id].column)]
    case .year(let id): [.column(archive.years[id].column)]
    case .month(let id): [.column(archive.months[id].column)]
    case .taxonomy(.status): [.site, .statusChanges]
    case .term(let id, _) where archive.terms[id].kind == .status: [.site, .statusChanges]
    case .term(let id, _): [archive.terms[id].kind == .tag ? .term(id) : .site]
    case .people, .person, .campaigns, .taxonomy, .freePage, .search: [.site]
    case .notFound, .redirect: []
    }
  }

  /// The feed of a column's comments: the whole site's where it is the only column.
  func commentFeed(of column: ID<Column>) -> FeedSubject {
    .comments(archive.columns.count > 1 ? column : nil)
  }

  func crumbs(ofPage index: Int) -> [Crumb] {
    let form = archive.site.links
    let home = Crumb(label: archive.site.title, link: links.home)
    func column(_ id: ID<Column>) -> Crumb {
      Crumb(label: archive.columns[id].source.name, link: links.columns[id.index])
    }
    func year(_ id: ID<Year>) -> Crumb {
      Crumb(label: String(archive.years[id].number), link: links.years[id.index])
    }
    switch plan.pages[index].subject {
    case .home, .notFound, .redirect: return []
    case .column, .people, .campaigns, .taxonomy, .freePage, .search: return [home]
    case .writeUp(let id):
      let writeUp = archive.writeUps[id]
      let week = writeUp.week.map {
        Crumb(label: archive.weeks[$0].isoWeek.description, link: links.weeks[$0.index])
      }
      return [home, column(writeUp.column)] + [week].compactMap { $0 }
    case .week(let id): return [home, column(archive.weeks[id].column)]
    case .weeks(let id), .aToZ(let id), .winners(let id): return [home, column(id)]
    case .year(let id): return [home, column(archive.years[id].column)]
    case .month(let id): return [home, column(archive.months[id].column), year(archive.months[id].year)]
    case .person: return [home, Crumb(label: "People", link: links.people)]
    case .term(let id, _):
      let kind = archive.terms[id].kind
      let name = kind.address.prefix(1).uppercased() + kind.address.dropFirst()
      return [home, Crumb(label: name, link: Address(kind.address).link(form))]
    }
  }

  /// The page after or before one of those that are in an order.
  func neighbour(ofPage index: Int, after: Bool) -> String? {
    switch plan.pages[index].subject {
    case .writeUp(let id):
      return (after ? archive.writeUps[id].next : archive.writeUps[id].previous).map {
        links.writeUps[$0.index]
      }
    case .week(let id):
      return (after ? archive.weeks[id].next : archive.weeks[id].previous).map { links.weeks[$0.index] }
    case .year(let id):
      return sibling(of: id.index, in: archive.years, by: after ? 1 : -1, \.column).map { links.years[$0] }
    case .month(let id):
      return sibling(of: id.index, in: archive.months, by: after ? 1 : -1, \.column).map { links.months[$0] }
    case .column, .term, .campaigns:
      guard let part = pagination(UInt64(index)) else { return nil }
      let other = part.number - 1 + (after ? 1 : -1)
      return part.links.indices.contains(other) ? part.links[other] : nil
    default: return nil
    }
  }
}
