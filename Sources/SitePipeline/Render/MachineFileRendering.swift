import CivilTime
import Columns
import Markdown
import Media
import SourceText
import Templates
import YAML

/// Named values; those of which nothing is known are left out, lists are there though empty.
private func record(_ properties: KeyValuePairs<String, Value?>) -> Value {
  var entries: [(key: String, value: Value)] = []
  for case (let name, let value?) in properties {
    if case .none = value { continue }
    entries.append((name, value))
  }
  return .dictionary(ValueDictionary(entries))
}

extension SiteModel {
  /// The bytes of the file for other programs at `index` of the plan; `Documentation/api.md` has its shape.
  func renderMachineFile(_ index: Int) -> [UInt8] {
    let value =
      switch plan.machineFiles[index] {
      case .index: contents
      case .year(let id): writeUps(of: archive.years[id])
      case .weeks(let id): weeks(of: id)
      case .ballots(let id): ballots(of: id)
      case .people(let part): people(part)
      case .terms: terms
      case .oEmbed(let id): oEmbed(id)
      }
    var buffer = ByteBuffer(capacity: 1 << 12)
    buffer.appendJSON(value, link: text(of:))
    buffer.append("\n")
    return buffer.bytes
  }

  /// An address of the site: absolute where the site has a URL, else from its root.
  private func text(of link: Link) -> String {
    switch link {
    case .external(let url): url
    case .local(let path): (archive.site.url ?? "") + path
    }
  }

  private func address(_ link: String) -> Value {
    local(archive.site.url == nil ? link : canonicalPath(link))
  }

  private func file(_ file: MachineFile) -> Value { local(percentEncoded(file.file(in: archive))) }

  // MARK: - What there is

  private var contents: Value {
    let columns = archive.columns.indices.map { index in
      let column = archive.columns[index]
      return record([
        "name": .string(column.source.name), "slug": .string(column.address),
        "url": address(links.columns[index]), "kind": .string(column.source.kind.rawValue),
        "description": optional(column.source.description),
        "years": list(
          column.years.map { year in
            record(["year": .integer(archive.years[year].number), "writeups": file(.year(year))])
          }), "weeks": column.source.hasWeeks ? file(.weeks(ID(index))) : nil,
        "ballots": file(.ballots(ID(index))),
      ])
    }
    return record([
      "version": .integer(1), "title": .string(archive.site.title), "url": address(links.home),
      "description": optional(archive.site.description), "language": .string(archive.site.language),
      "columns": list(columns),
      "people": list((0..<MachineFile.peopleParts(of: archive)).map { file(.people(part: $0 + 1)) }),
      "terms": file(.terms),
    ])
  }

  private var terms: Value {
    let kinds = Term.Kind.allCases.indices.map { index in
      let terms = termsOfKind[index].map { id in
        record([
          "name": .string(archive.terms[id].name), "slug": .string(archive.terms[id].slug),
          "url": address(links.terms[id.index]), "count": .integer(archive.terms[id].writeUps.count),
        ])
      }
      return (key: Term.Kind.allCases[index].address, value: list(terms))
    }
    return .dictionary(ValueDictionary(kinds))
  }

  // MARK: - Write-ups

  private func writeUps(of year: Year) -> Value {
    record([
      "column": .string(archive.columns[year.column].address), "year": .integer(year.number),
      "writeups": list(year.writeUps.filter { archive.writeUps[$0].isPublic }.map(writeUp)),
    ])
  }

  private func writeUp(_ id: ID<WriteUp>) -> Value {
    let writeUp = archive.writeUps[id]
    let project = writeUp.source.project
    func names(_ terms: [ID<Term>]) -> Value { strings(terms.map { archive.terms[$0].name }) }
    let credits = writeUp.credits.flatMap { group in
      group.credits.map { credit in
        record([
          "role": .string(group.role), "name": .string(credit.name),
          "person": address(links.persons[credit.person.index]),
        ])
      }
    }
    return record([
      "url": address(links.writeUps[id.index]), "title": .string(writeUp.source.title),
      "headline": .string(writeUp.headline), "date": .date(writeUp.date),
      "updated": writeUp.updated.map(Value.date), "week": .string(writeUp.isoWeek.description),
      "authors": list(
        writeUp.authors.map { byline in
          record([
            "name": .string(byline.name), "person": byline.person.map { address(links.persons[$0.index]) },
          ])
        }),
      "format": optional(project.format?.rawValue), "logline": optional(project.logline),
      "excerpt": .string(writeUp.source.body.excerpt), "status": optional(writeUp.status?.rawValue),
      "status_history": list(writeUp.statusHistory.map(step)), "credits": list(credits),
      "campaign": project.campaign.map { campaign($0, writeUp.campaign) },
      "video": optional(project.video?.url), "images": list(bodies.images[id.index].map(image)),
      "links": list(project.links.map { record(["rel": .string($0.relation), "url": .string($0.url)]) }),
      "same_as": strings(project.sameAs), "alternate_titles": strings(project.alternateTitles),
      "genres": names(writeUp.terms.genres), "tags": names(writeUp.terms.tags),
      "countries": names(writeUp.terms.countries), "languages": strings(project.languages),
      "runtime": optional(project.runtime), "year": optional(project.year),
      "word_count": .integer(writeUp.source.body.wordCount),
      "comment_count": .integer(writeUp.showsComments ? writeUp.comments.comments.count : 0),
    ])
  }

  private func step(_ entry: StatusEntry) -> Value {
    record([
      "date": .string(entry.date.description), "status": .string(entry.status.rawValue),
      "note": optional(entry.note), "url": optional(entry.url),
    ])
  }

  private func campaign(_ campaign: Campaign, _ standing: CampaignStanding?) -> Value {
    record([
      "url": .string(campaign.url), "platform": optional(campaign.platform),
      "state": optional(standing?.state.rawValue), "goal": optional(campaign.goal),
      "currency": optional(campaign.currency), "pledged": optional(campaign.pledged),
      "backers": optional(campaign.backers), "launched": optional(campaign.launched?.description),
      "deadline": standing.flatMap { moment($0.deadline, hasTime: $0.deadlineHasTime) },
      "as_of": optional(campaign.asOf?.description),
    ])
  }

  private func image(_ image: ResolvedImage) -> Value {
    record([
      "url": .link(image.link), "alt": .string(image.entry.alternativeText),
      "credit": optional(image.entry.credit), "kind": .string(image.entry.kind.rawValue),
      "width": optional(image.width), "height": optional(image.height),
    ])
  }

  // MARK: - Weeks and people

  private func weeks(of id: ID<Column>) -> Value {
    record([
      "column": .string(archive.columns[id].address),
      "weeks": list(
        archive.columns[id].weeks.map { id in
          let week = archive.weeks[id]
          let pieces = week.writeUps.filter { archive.writeUps[$0].isPublic }
          return record([
            "week": .string(week.isoWeek.description), "url": address(links.weeks[id.index]),
            "title": optional(week.source?.title), "first_day": .string(week.isoWeek.monday.description),
            "last_day": .string(week.isoWeek.sunday.description),
            "writeups": list(pieces.map { address(links.writeUps[$0.index]) }),
          ])
        }),
    ])
  }

  private func ballots(of id: ID<Column>) -> Value {
    record([
      "column": .string(archive.columns[id].address),
      "ballots": list(archive.ballots.filter { $0.column == id }.map(ballot)),
    ])
  }

  private func ballot(_ ballot: Ballot) -> Value {
    func isPublic(_ id: ID<WriteUp>) -> Bool { archive.writeUps[id].isPublic }
    func addresses(_ ids: [ID<WriteUp>]) -> Value {
      list(ids.filter(isPublic).map { address(links.writeUps[$0.index]) })
    }
    return record([
      "period": .string(ballot.period.description), "kind": .string(ballot.period.kind.rawValue),
      "page": address(links[ballot.page]), "state": .string(ballot.state.rawValue),
      "opens": moment(ballot.opens, hasTime: ballot.opensHasTime),
      "closes": moment(ballot.closes, hasTime: ballot.closesHasTime), "poll": optional(ballot.source.url),
      "candidates": addresses(ballot.candidates),
      "results": list(
        ballot.results.filter { isPublic($0.writeUp) }.map { line in
          record([
            "writeup": address(links.writeUps[line.writeUp.index]), "votes": .integer(line.votes),
            "percent": .integer(line.percent),
          ])
        }),
      "disqualified": list(
        ballot.disqualified.filter { isPublic($0.writeUp) }.map { exclusion in
          record([
            "writeup": address(links.writeUps[exclusion.writeUp.index]), "reason": optional(exclusion.reason),
          ])
        }), "winners": addresses(ballot.winners), "total": .integer(ballot.total),
    ])
  }

  /// A moment, or the day that a bare date names.
  private func moment(_ timestamp: Timestamp?, hasTime: Bool) -> Value? {
    timestamp.map { hasTime ? .date($0) : .string($0.date.description) }
  }

  private func people(_ part: Int) -> Value {
    let first = (part - 1) * MachineFile.peopleInPart
    let range = first..<min(archive.people.count, first + MachineFile.peopleInPart)
    return record([
      "people": list(
        range.map { index in
          let person = archive.people[index]
          return record([
            "url": address(links.persons[index]), "name": .string(person.name),
            "also_known_as": strings(person.source?.alsoKnownAs.map(\.value) ?? []),
            "same_as": strings(person.source?.sameAs ?? []),
            "credits": list(
              person.credits.filter { archive.writeUps[$0.writeUp].isPublic }.map { credit in
                record([
                  "role": .string(credit.role), "writeup": address(links.writeUps[credit.writeUp.index]),
                ])
              }),
            "written": list(
              person.written.filter { archive.writeUps[$0].isPublic }.map {
                address(links.writeUps[$0.index])
              }),
          ])
        })
    ])
  }

  // MARK: - oEmbed

  /// A write-up as oEmbed's type `link`: who shows it draws its own card.
  private func oEmbed(_ id: ID<WriteUp>) -> Value {
    let writeUp = archive.writeUps[id]
    // A thumbnail without its size is not allowed.
    let picture = bodies.images[id.index].first { $0.width != nil && $0.height != nil }
    let author = writeUp.authors.first
    return record([
      "version": .string("1.0"), "type": .string("link"), "title": .string(writeUp.headline),
      "author_name": optional(author?.name),
      "author_url": author?.person.map { address(links.persons[$0.index]) },
      "provider_name": .string(archive.site.title), "provider_url": address(links.home),
      "thumbnail_url": picture.map { .link($0.link) }, "thumbnail_width": optional(picture?.width),
      "thumbnail_height": optional(picture?.height),
    ])
  }
}
