import CivilTime
import Columns
import Markdown
import Templates
import YAML

// What structured data says of write-ups, films and people.

extension SiteModel {
  /// How many works a page lists for machines at most; the rest is on the pages that it leads to.
  private static let workLimit = 60

  func article(_ id: ID<WriteUp>) -> Value {
    let writeUp = archive.writeUps[id]
    let source = writeUp.source
    let link = links.writeUps[id.index]
    let week = writeUp.week.map { week in
      thing(
        "CollectionPage",
        [
          "@id": address(links.weeks[week.index]), "url": address(links.weeks[week.index]),
          "name": .string(listed(week).name),
        ])
    }
    return thing(
      "Article",
      [
        "@id": address(link, "#article"), "url": address(link), "mainEntityOfPage": address(link),
        "headline": .string(writeUp.headline),
        "description": .string(source.project.logline ?? source.body.excerpt),
        "datePublished": .date(writeUp.date), "dateModified": writeUp.updated.map(Value.date),
        "author": writeUp.authors.isEmpty ? publisher : list(writeUp.authors.map(author)),
        "publisher": publisher, "inLanguage": .string(archive.site.language),
        "articleSection": .string(archive.columns[writeUp.column].source.name),
        "isPartOf": list([series(writeUp.column, isWhole: false), week].compactMap(\.self)),
        "image": list(bodies.images[id.index].map(picture)),
        "keywords": strings(writeUp.terms.tags.map { archive.terms[$0].name }),
        "wordCount": .integer(source.body.wordCount),
        "commentCount": source.comments == .none ? nil : .integer(writeUp.comments.comments.count),
        "sponsor": source.project.sponsor.map { sponsor in
          thing("Organization", ["name": .string(sponsor.name), "url": optional(sponsor.url)])
        },
        "about": isOnFilm(writeUp) ? film(id) : nil, "video": clip(id),
      ])
  }

  private func author(_ byline: Byline) -> Value {
    byline.person.map(person) ?? thing("Person", ["name": .string(byline.name)])
  }

  private func picture(_ image: ResolvedImage) -> Value {
    thing(
      "ImageObject",
      [
        "contentUrl": .link(image.link), "caption": .string(image.entry.alternativeText),
        "creditText": optional(image.entry.credit),
      ])
  }

  /// The clip; `nil` unless all is known that a search engine asks of one: a picture and the day it was put up.
  private func clip(_ id: ID<WriteUp>) -> Value? {
    let writeUp = archive.writeUps[id]
    guard let video = writeUp.source.project.video, let uploaded = video.uploaded,
      let poster = bodies.videoPosters[id.index]
    else { return nil }
    return thing(
      "VideoObject",
      [
        "name": .string(video.title ?? writeUp.source.title),
        "description": .string(writeUp.source.project.logline ?? writeUp.source.body.excerpt),
        "thumbnailUrl": .link(poster.link), "uploadDate": .string(uploaded.description),
        "duration": video.seconds.map { .string("PT\($0 / 60)M\($0 % 60)S") },
        "embedUrl": .string(video.embedURL), "url": .string(video.url),
      ])
  }

  /// Whether a write-up is on a film: all of a column on projects are, and articles that say of what form it is.
  private func isOnFilm(_ writeUp: WriteUp) -> Bool {
    archive.columns[writeUp.column].source.kind == .projects || writeUp.source.project.format != nil
  }

  private func film(_ id: ID<WriteUp>) -> Value {
    let writeUp = archive.writeUps[id]
    let project = writeUp.source.project
    let type = WorkType(project.format)
    func names(_ type: String, _ names: [String]) -> Value {
      list(names.map { thing(type, ["name": .string($0)]) })
    }
    let sites = project.links.filter {
      ["website", "homepage", "official site"].contains($0.relation.lowercased())
    }
    let isOut = writeUp.status == .released || writeUp.status == .festival
    let poster = bodies.images[id.index].first { $0.entry.kind == .poster }
    let facts = thing(
      type.name,
      [
        "@id": address(links.writeUps[id.index], "#film"), "name": .string(writeUp.source.title),
        "alternateName": strings(project.alternateTitles), "description": optional(project.logline),
        "genre": strings(writeUp.terms.genres.map { archive.terms[$0].name }),
        "countryOfOrigin": names("Country", writeUp.terms.countries.map { archive.terms[$0].name }),
        "inLanguage": names("Language", project.languages),
        "duration": type.hasDuration ? project.runtime.map { .string("PT\($0)M") } : nil,
        "datePublished": isOut ? project.year.map { .string(String($0)) } : nil,
        "creativeWorkStatus": optional(writeUp.status?.label), "image": poster.map(picture),
        "sameAs": strings(project.sameAs + sites.map(\.url)),
      ])
    guard case .dictionary(let known) = facts else { return facts }
    return .dictionary(
      ValueDictionary(
        known.entries + credits(of: writeUp, in: type) { credit in person(credit.person, in: credit) }))
  }

  /// The credits of a project as properties of the work, those of each property together.
  private func credits(
    of writeUp: WriteUp, in type: WorkType, only: ID<Person>? = nil, person: (Credit) -> Value
  ) -> [(key: String, value: Value)] {
    var properties: [(key: String, values: [Value])] = []
    for group in writeUp.credits {
      let role = WorkRole(group.role, in: type)
      for credit in group.credits where only == nil || credit.person == only {
        let value = person(credit)
        let stated =
          role.isPlain
          ? value : thing("Role", ["roleName": .string(group.role), role.property: value])
        if let index = properties.firstIndex(where: { $0.key == role.property }) {
          properties[index].values.append(stated)
        } else {
          properties.append((role.property, [stated]))
        }
      }
    }
    return properties.map { ($0.key, $0.values.count == 1 ? $0.values[0] : list($0.values)) }
  }

  // MARK: - People

  private func reference(_ link: String, _ fragment: String) -> Value {
    .dictionary(ValueDictionary([("@id", address(link, fragment))]))
  }

  func person(_ id: ID<Person>) -> Value {
    thing(
      personType(id),
      [
        "@id": address(links.persons[id.index], "#person"), "name": .string(archive.people[id].name),
        "url": address(links.persons[id.index]),
      ])
  }

  private func person(_ id: ID<Person>, in credit: Credit) -> Value {
    archive.people[id].isCompany
      ? person(id)
      : thing(
        "Person",
        [
          "@id": address(links.persons[id.index], "#person"), "name": .string(credit.name),
          "url": address(links.persons[id.index]),
        ])
  }

  private func personType(_ id: ID<Person>) -> String {
    archive.people[id].isCompany ? "Organization" : "Person"
  }

  /// Somebody's page: who they are, and their part in each film.
  func profile(_ id: ID<Person>, onPage index: Int) -> [Value] {
    let person = archive.people[id]
    let link = links.persons[id.index]
    let isCompany = person.isCompany
    var seen: Set<String> = []
    let roles = person.credits.map(\.role).filter { seen.insert($0).inserted }
    let page = thing(
      isCompany ? "WebPage" : "ProfilePage",
      [
        "@id": address(link), "url": address(link), "name": .string(person.name),
        "inLanguage": .string(archive.site.language), "isPartOf": siteReference,
        "mainEntity": thing(
          isCompany ? "Organization" : "Person",
          [
            "@id": address(link, "#person"), "name": .string(person.name), "url": address(link),
            "alternateName": strings(person.source?.alsoKnownAs.map(\.value) ?? []),
            "description": optional(description(ofPage: index)),
            "image": bodies.portraits[id.index].map(picture),
            "hasOccupation": isCompany
              ? nil : list(roles.map { thing("Occupation", ["name": .string($0)]) }),
            "sameAs": strings((person.source?.sameAs ?? []) + (person.source?.links.map(\.url) ?? [])),
          ]),
      ])
    var films: Set<ID<WriteUp>> = []
    let credited = person.credits.reversed().map(\.writeUp).filter { films.insert($0).inserted }
    let works = credited.prefix(SiteModel.workLimit).map { work(of: id, in: $0) }
    let written = person.written.reversed().prefix(SiteModel.workLimit).map { piece in
      let writeUp = archive.writeUps[piece]
      return thing(
        "Article",
        [
          "@id": address(links.writeUps[piece.index], "#article"), "headline": .string(writeUp.headline),
          "url": address(links.writeUps[piece.index]), "datePublished": .date(writeUp.date),
          "author": reference(link, "#person"), "publisher": publisher,
          "isPartOf": series(writeUp.column, isWhole: false),
        ])
    }
    return [page] + works + written
  }

  private func work(of person: ID<Person>, in film: ID<WriteUp>) -> Value {
    let writeUp = archive.writeUps[film]
    let type = WorkType(writeUp.source.project.format)
    let link = links.writeUps[film.index]
    let facts = thing(
      type.name,
      [
        "@id": address(link, "#film"), "name": .string(writeUp.source.title),
        "mainEntityOfPage": address(link),
      ])
    guard case .dictionary(let known) = facts else { return facts }
    let parts = credits(of: writeUp, in: type, only: person) { _ in
      reference(links.persons[person.index], "#person")
    }
    return .dictionary(ValueDictionary(known.entries + parts))
  }
}
