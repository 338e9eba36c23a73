import CivilTime
import Columns
import Feeds
import SourceText
import Templates

extension SiteModel {
  /// A step of a project on its way.
  func feedEntry(of change: StatusChange, base: String) -> FeedEntry {
    let writeUp = archive.writeUps[change.writeUp]
    let step = writeUp.statusHistory[change.step]
    var content = ByteBuffer(capacity: 256)
    func text(_ text: String) { content.append(text, escaping: .xml) }
    func paragraph(_ words: String, linkedTo url: String?) {
      content.append("<p>")
      if let url {
        content.append("<a href=\"")
        text(url)
        content.append("\">")
      }
      text(words)
      content.append(url == nil ? "</p>\n" : "</a></p>\n")
    }
    let note = step.note ?? (step.url == nil ? nil : change.status.label)
    if let note { paragraph(note, linkedTo: step.url) }
    if let logline = writeUp.source.project.logline { paragraph(logline, linkedTo: nil) }
    let page = base + canonicalPath(links.writeUps[change.writeUp.index])
    return FeedEntry(
      id: "\(entryID(of: change.writeUp, base: base) ?? page)#\(change.anchor)",
      url: "\(page)#\(change.anchor)",
      title: words(.statusOf, ["title": writeUp.source.title, "status": change.status.label]),
      published: archive.zone.timestamp(of: change.date), summary: step.note ?? change.status.label,
      content: content.bytes)
  }

  /// A vote that is decided: its winners, and how many votes everybody had.
  func feedEntry(of id: ID<Ballot>, base: String) -> FeedEntry {
    let ballot = archive.ballots[id]
    let winners = archive.outWinners(of: id)
    let titles = winners.map { archive.writeUps[$0].source.title }.joined(separator: ", ")
    let period = words.period(ballot.period)
    let page = DigestLink(period, base + canonicalPath(links[ballot.page]))
    let vote = digestVote(ballot, base: base)
    let digest = WeeklyDigest(
      language: archive.site.language, site: page, column: page, week: page, dates: period,
      preheader: vote.state, films: winners.map { digestFilm($0, base: base) }, vote: vote,
      browserLink: page, more: "")
    var content = ByteBuffer(capacity: 1 << 11)
    writeDigestEntry(digest, into: &content)
    // The week itself has the page's address for its name.
    return FeedEntry(
      id: (entryID(at: archive.address(of: ballot.page), base: base) ?? page.url) + "#vote", url: page.url,
      title: words(.winner, ["titles": titles, "period": period]),
      published: archive.decision(of: id), summary: vote.state, content: content.bytes)
  }
}
