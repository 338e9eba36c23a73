import CivilTime
import Columns
import Templates

/// A thing in the words of schema.org, as a value that `| json` writes as JSON-LD.
///
/// Properties of which nothing is known are left out: a missing one says nothing, an empty one something false.
func thing(_ type: String, _ properties: KeyValuePairs<String, Value?>) -> Value {
  var entries: [(key: String, value: Value)] = [("@type", .string(type))]
  for (name, value) in properties {
    switch value {
    case nil, .some(.none): continue
    case .list(let list)?:
      guard !list.isEmpty else { continue }
      entries.append((name, list.count == 1 ? list[0] : .list(list)))
    case let value?: entries.append((name, value))
    }
  }
  return .dictionary(ValueDictionary(entries))
}

/// A list of things or words.
func list(_ values: some Sequence<Value>) -> Value { .list(.values(Array(values))) }

extension SiteModel {
  /// What page `index` says to search engines: JSON-LD in the words of schema.org, and nothing for pages that are none
  /// to be found.
  ///
  /// - Complexity: O(*n*) in what the page shows; nothing is kept, so that a page which doesn't ask pays nothing.
  func structuredData(ofPage index: Int) -> Value {
    let nodes = nodes(ofPage: index)
    guard !nodes.isEmpty else { return .none }
    return .dictionary(
      ValueDictionary([
        ("@context", .string("https://schema.org")),
        ("@graph", list(nodes + [trail(ofPage: index)].compactMap(\.self))),
      ]))
  }

  private func nodes(ofPage index: Int) -> [Value] {
    switch plan.pages[index].subject {
    case .notFound, .redirect, .search: return []
    case .home: return [site, collection(index, list: newestFirst.prefix(12).map(listed))]
    case .writeUp(let id): return [article(id)]
    case .column(let id, let number):
      let items = (pagination(UInt64(index))?.writeUps ?? []).map(listed)
      return [collection(index, about: series(id, isWhole: number == 1), list: items)]
    case .week(let id):
      let week = archive.weeks[id]
      let span = "\(week.isoWeek.monday)/\(week.isoWeek.sunday)"
      return [collection(index, in: week.column, span: span, list: week.writeUps.map(listed))]
    case .month(let id):
      let month = archive.months[id]
      let span = month.month.description
      return [collection(index, in: month.column, span: span, list: month.writeUps.map(listed))]
    case .year(let id):
      let year = archive.years[id]
      let months = year.months.map {
        (archive.months[$0].month.description, links.months[$0.index])
      }
      return [
        collection(
          index, in: year.column, span: String(year.number), list: months)
      ]
    case .weeks(let id):
      return [collection(index, in: id, list: archive.columns[id].weeks.reversed().map(listed))]
    case .winners(let id):
      let decided = votes.decided[id.index]
      let years = decided.years.reversed().map { (String(archive.years[$0].number), links.years[$0.index]) }
      let months = decided.months.reversed().map { id in
        (archive.months[id].month.description, links.months[id.index])
      }
      return [collection(index, in: id, list: years + months + decided.weeks.reversed().map(listed))]
    case .aToZ(let id): return [collection(index, in: id)]
    case .term(let id, _):
      let about = thing("DefinedTerm", ["name": .string(archive.terms[id].name)])
      return [collection(index, about: about, list: (pagination(UInt64(index))?.writeUps ?? []).map(listed))]
    case .taxonomy(let kind):
      let terms = termsOfKind[Term.Kind.allCases.firstIndex(of: kind) ?? 0]
      return [collection(index, list: terms.map { (archive.terms[$0].name, links.terms[$0.index]) })]
    case .campaigns:
      let open = plan.campaigns.endingSoon + plan.campaigns.live + plan.campaigns.upcoming
      let part = pagination(UInt64(index))
      return [collection(index, list: ((part?.number == 1 ? open : []) + (part?.writeUps ?? [])).map(listed))]
    case .people: return [collection(index)]
    case .person(let id): return profile(id, onPage: index)
    case .freePage(let id):
      return [
        thing(
          "WebPage",
          [
            "@id": address(links.freePages[id.index]), "url": address(links.freePages[id.index]),
            "name": .string(archive.freePages[id].source.title),
            "description": optional(description(ofPage: index)),
            "inLanguage": .string(archive.site.language),
            "dateModified": archive.freePages[id].updated.map(Value.date), "isPartOf": siteReference,
          ])
      ]
    }
  }

  // MARK: - The site and its lists

  /// The address of a page, or with a fragment of a thing on it: absolute where the site has a URL.
  func address(_ link: String, _ fragment: String = "") -> Value {
    archive.site.url.map { .string($0 + canonicalPath(link) + fragment) } ?? local(link + fragment)
  }

  var siteReference: Value {
    thing(
      "WebSite",
      ["@id": address(links.home, "#site"), "name": .string(archive.site.title), "url": address(links.home)])
  }

  private var site: Value {
    thing(
      "WebSite",
      [
        "@id": address(links.home, "#site"), "name": .string(archive.site.title), "url": address(links.home),
        "description": optional(archive.site.description), "inLanguage": .string(archive.site.language),
        "publisher": publisher,
        "hasPart": list(archive.columns.indices.map { series(ID($0), isWhole: false) }),
      ])
  }

  /// Who publishes the site: a person where the archive knows one of that name, and else an organization.
  var publisher: Value {
    if let publisherPerson { return person(publisherPerson) }
    return thing(
      "Organization",
      ["name": .string(archive.site.author ?? archive.site.title), "url": address(links.home)])
  }

  /// A column, in whole on its front, elsewhere by its name.
  func series(_ id: ID<Column>, isWhole: Bool) -> Value {
    let column = archive.columns[id]
    let link = links.columns[id.index]
    return thing(
      "CreativeWorkSeries",
      [
        "@id": address(link, "#series"), "name": .string(column.source.name), "url": address(link),
        "description": isWhole ? optional(column.source.description) : nil,
        "inLanguage": isWhole ? .string(archive.site.language) : nil,
        "startDate": isWhole
          ? column.writeUps.first.map { .string(archive.writeUps[$0].date.date.description) } : nil,
        "publisher": isWhole ? publisher : nil, "isPartOf": isWhole ? siteReference : nil,
      ])
  }

  private func collection(
    _ index: Int, about: Value? = nil, in column: ID<Column>? = nil, span: String? = nil,
    list items: [(name: String, link: String)] = []
  ) -> Value {
    let link = plan.pages[index].link
    let elements = items.enumerated().map { number, item in
      thing(
        "ListItem",
        ["position": .integer(number + 1), "name": .string(item.name), "url": address(item.link)])
    }
    let list =
      elements.isEmpty
      ? nil
      : thing(
        "ItemList", ["numberOfItems": .integer(elements.count), "itemListElement": list(elements)])
    return thing(
      "CollectionPage",
      [
        "@id": address(link), "url": address(link), "name": .string(title(ofPage: index)),
        "description": optional(description(ofPage: index)), "inLanguage": .string(archive.site.language),
        "temporalCoverage": span.map(Value.string), "about": about,
        "isPartOf": column.map { series($0, isWhole: false) } ?? siteReference, "mainEntity": list,
      ])
  }

  private func listed(_ id: ID<WriteUp>) -> (name: String, link: String) {
    (writeUpTitles[id.index], links.writeUps[id.index])
  }

  func listed(_ id: ID<Week>) -> (name: String, link: String) {
    (archive.weeks[id].source?.title ?? archive.weeks[id].isoWeek.description, links.weeks[id.index])
  }

  /// The way down from the front page to page `index`.
  private func trail(ofPage index: Int) -> Value? {
    let above = crumbs(ofPage: index)
    guard !above.isEmpty else { return nil }
    let steps = above + [Crumb(label: title(ofPage: index), link: plan.pages[index].link)]
    let elements = steps.enumerated().map { number, step in
      thing(
        "ListItem",
        ["position": .integer(number + 1), "name": .string(step.label), "item": address(step.link)])
    }
    return thing("BreadcrumbList", ["itemListElement": list(elements)])
  }
}
