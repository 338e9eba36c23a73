import CivilTime
import Columns
import Feeds
import Markdown
import Media
import SourceText
import Templates
import YAML

extension SiteModel {
  /// The two mails of a week, by their paths below `output/`; none without a site URL, which their addresses need.
  func renderDigest(_ id: ID<Week>) -> [(file: String, bytes: [UInt8])] {
    guard let base = archive.site.url else { return [] }
    let digest = digest(of: id, base: base)
    var html = ByteBuffer(capacity: 1 << 15)
    writeDigestHTML(digest, into: &html)
    var text = ByteBuffer(capacity: 1 << 12)
    writeDigestText(digest, into: &text)
    return zip(archive.weeks[id].digestFiles, [html.bytes, text.bytes]).map { ($0, $1) }
  }

  /// What is told of a week to those who don't come to its page.
  func digest(of id: ID<Week>, base: String) -> WeeklyDigest {
    let week = archive.weeks[id]
    let column = archive.columns[week.column]
    let films = archive.digested(id)
    let number = words(.week, ["number": String(week.isoWeek.number), "year": String(week.isoWeek.year)])
    let first = week.slots.first?.date ?? week.isoWeek.monday
    let last = week.slots.last?.date ?? week.isoWeek.sunday
    let days = words(
      .days,
      [
        "from": words.day(first) + (first.year == last.year ? "" : " \(first.year)"),
        "to": words.day(last), "year": String(last.year),
      ])
    let file = base + percentEncoded(week.digestFiles[0])
    return WeeklyDigest(
      language: archive.site.language, isRightToLeft: archive.site.isRightToLeft,
      site: DigestLink(archive.site.title, base),
      column: DigestLink(column.source.name, base + canonicalPath(links.columns[week.column.index])),
      week: DigestLink(week.source?.title ?? number, base + canonicalPath(links.weeks[id.index])),
      dates: week.source?.title == nil ? days : "\(number), \(days)",
      preheader: films.map { archive.writeUps[$0].source.title }.joined(separator: ", "),
      note: week.source.flatMap { $0.body.excerpt.isEmpty ? nil : $0.body.excerpt },
      films: films.map { digestFilm($0, base: base) },
      vote: week.ballot.map { digestVote(archive.ballots[$0], base: base) },
      browserLink: DigestLink(words(.inBrowser), file), more: words(.more), copyright: archive.site.copyright)
  }

  func digestLink(_ id: ID<WriteUp>, base: String) -> DigestLink {
    DigestLink(archive.writeUps[id].source.title, base + canonicalPath(links.writeUps[id.index]))
  }

  func digestFilm(_ id: ID<WriteUp>, base: String) -> DigestFilm {
    let writeUp = archive.writeUps[id]
    let terms = [writeUp.terms.format, writeUp.terms.status].compactMap { $0.map { archive.terms[$0].name } }
    var film = DigestFilm(
      digestLink(id, base: base), day: words.day(writeUp.date.date),
      summary: writeUp.source.project.logline ?? writeUp.source.body.excerpt,
      facts: terms.joined(separator: ", "))
    if let still = bodies.images[id.index].first(where: { $0.entry.kind == .still }) {
      let url = LinkStyle.absolute(base: base).text(still.link)
      if let type = MediaType(path: url)?.name, ["image/jpeg", "image/png", "image/gif"].contains(type) {
        film.imageURL = url
        film.imageText = still.entry.alternativeText
      }
    }
    return film
  }

  func digestVote(_ ballot: Ballot, base: String) -> DigestVote {
    func moment(_ timestamp: Timestamp, hasTime: Bool) -> String {
      hasTime ? words.moment(timestamp) : words.day(timestamp.date)
    }
    func isPublic(_ id: ID<WriteUp>) -> Bool { archive.writeUps[id].isPublic }
    func title(_ id: ID<WriteUp>) -> String { archive.writeUps[id].source.title }
    let winners = ballot.winners.filter(isPublic)
    let state =
      switch ballot.state {
      case .upcoming:
        ballot.opens.map { words(.voteOpens, ["date": moment($0, hasTime: ballot.opensHasTime)]) } ?? ""
      case .open:
        ballot.closes.map { words(.voteCloses, ["date": moment($0, hasTime: ballot.closesHasTime)]) }
          ?? words(.voteIsOpen)
      case .closed where ballot.isBeingCounted: words(.voteIsCounted)
      case .closed where ballot.isWithoutWinner: words(.nobodyWon)
      case .closed where winners.isEmpty: words(ballot.hasAbsentWinner ? .winnerIsAbsent : .voteIsOver)
      case .closed:
        words(
          winners.count == 1 ? .voteWon : .voteTied,
          ["titles": winners.map(title).joined(separator: ", ")])
      case .void: words(.voteIsVoid)
      }
    var vote = DigestVote(
      heading: words(.vote), state: state,
      prize: ballot.source.prize.map { words(.prize, ["prize": $0]) })
    vote.sponsor = ballot.source.sponsor.map { (words(.givenBy, ["name": $0.name]), $0.url) }
    vote.remark = ballot.source.note
    if ballot.state == .open, let url = ballot.source.url { vote.poll = DigestLink(words(.voteNow), url) }
    vote.lines = ballot.results.filter { isPublic($0.writeUp) }.map { line in
      let count = line.votes == 1 ? words(.votesOne) : words(.votes, ["count": words.number(line.votes)])
      return DigestVote.Line(
        digestLink(line.writeUp, base: base),
        votes: line.isDisqualified
          ? words(.disqualified, ["votes": count])
          : words(.share, ["votes": count, "percent": String(line.percent)]),
        percent: line.percent, isWinner: line.isWinner)
    }
    if vote.lines.count > 1 { vote.total = words(.votesTotal, ["count": words.number(ballot.total)]) }
    vote.notes = ballot.disqualified.filter { isPublic($0.writeUp) }.map { exclusion in
      words(.disqualifiedFilm, ["title": title(exclusion.writeUp)])
        + (exclusion.reason.map { ": \($0)" } ?? "")
    }
    return vote
  }

  /// A week as an entry of a feed, once nothing more is to come of it.
  func feedEntry(of id: ID<Week>, base: String) -> FeedEntry {
    let week = archive.weeks[id]
    let digest = digest(of: id, base: base)
    var content = ByteBuffer(capacity: 1 << 12)
    writeDigestEntry(digest, into: &content)
    let published = week.completion(in: archive)
    var updated = published
    if let ballot = week.ballot.map({ archive.ballots[$0] }), ballot.state == .closed,
      let end = ballot.source.closes?.value.end(in: archive.zone),
      end.seconds <= archive.asOf.seconds
    {
      updated = max(published, end)
    }
    return FeedEntry(
      id: entryID(at: week.address, base: base), url: digest.week.url,
      title: "\(digest.column.text): \(digest.week.text)", published: published,
      updated: updated, summary: digest.preheader, content: content.bytes)
  }
}

extension Week {
  /// The mails in HTML and in plain text, below `output/`.
  var digestFiles: [String] { ["\(address)/digest.html", "\(address)/digest.txt"] }
}

extension SiteModel {
  /// The file of a week's mail, in HTML (0) or plain text (1), if it has one.
  func digestFile(ofWeek id: UInt64, _ form: Int) -> String? {
    let week = ID<Week>(Int(id))
    guard archive.site.url != nil, archive.site.hasDigests, !archive.digested(week).isEmpty else {
      return nil
    }
    return archive.weeks[week].digestFiles[form]
  }
}
