import CivilTime
import Columns
import Feeds
import SourceText

extension SitePlan {
  /// The file of the calendar below `output/`.
  static let calendarFile = "deadlines.ics"

  /// For how many days what is over stays in the calendar, so that those who subscribe find it where it was.
  private static let daysKept = 92

  /// The calendar of votes and campaigns; `nil` without a URL, and when nothing is ahead or has just passed.
  ///
  /// What is not published for everyone, void votes and what ended more than three months ago are left out.
  ///
  /// - Complexity: O(*n*) in the number of write-ups and weeks.
  func calendarRecord(of archive: Archive, _ words: FeedWords) -> SiteRecord? {
    guard let base = archive.site.url else { return nil }
    let first = Self.start(in: archive)
    let events =
      (archive.ballotDates(formerFolders, base: base, words)
      + archive.campaignDates(formerFolders, base: base, words))
      .filter { $0.start.seconds >= first }
      .sorted { ($0.start.seconds, $0.event.id) < ($1.start.seconds, $1.event.id) }
    guard !events.isEmpty else { return nil }
    let calendar = Calendar(
      name: words(.deadlines, ["title": archive.site.title]), summary: words(.deadlinesNote), url: base,
      events: events.map(\.event))
    var buffer = ByteBuffer()
    writeCalendar(calendar, into: &buffer)
    return SiteRecord(file: Self.calendarFile, bytes: buffer.bytes)
  }

  /// Why ``calendarRecord(of:_:)`` is `nil`; `nil` where it isn't.
  static func whyNoCalendar(of archive: Archive) -> String? {
    guard archive.site.url != nil else { return "site.yaml has no 'url'" }
    let first = start(in: archive)
    let isThere =
      archive.ballots.contains { ballot in
        ballot.state != .void
          && [ballot.opens, ballot.closes].contains { $0.map { $0.seconds >= first } ?? false }
      }
      || archive.writeUps.indices.reversed().contains {
        archive.writeUps[$0].deadline.map { $0.seconds >= first } ?? false
      }
    return isThere
      ? nil : "no vote and no campaign has a date to come, or had one in the last \(daysKept) days"
  }

  /// Whatever ended before isn't in the calendar of `archive`.
  private static func start(in archive: Archive) -> Int64 {
    let now = archive.zone.timestamp(at: archive.asOf.seconds)
    return archive.zone.timestamp(of: now.date.adding(days: -daysKept)).seconds
  }
}

extension WriteUp {
  /// The deadline of its campaign, if that is for everyone to see.
  fileprivate var deadline: Timestamp? { isPublic ? campaign?.deadline : nil }
}

/// An event, and the moment by which it is in order.
private struct Deadline {
  let start: Timestamp
  let event: CalendarEvent

  /// An event on the page `page`, of which it has the part `name`, at a moment or on the whole of its day. It is known for
  /// ever by the address `lasting`, in which calendars that subscribed have it.
  init(
    _ name: String, of page: String, knownAs lasting: String?, at start: Timestamp, hasTime: Bool,
    updated: Timestamp, title: String,
    details: String?, category: String
  ) {
    self.start = start
    event = CalendarEvent(
      id: "\(lasting ?? page)#\(name)", updated: updated, time: hasTime ? .moment(start) : .day(start.date),
      title: title,
      details: details, url: page, categories: [category])
  }
}

extension Archive {
  /// When votes open and close.
  fileprivate func ballotDates(_ formers: FormerFolders, base: String, _ words: FeedWords) -> [Deadline] {
    ballots.flatMap { ballot -> [Deadline] in
      guard ballot.state != .void else { return [] }
      func page(at address: String) -> String { base + Address(address).link(.directory) }
      let address = address(of: ballot.page)
      let lasting = formers.lastingName(of: address).map(page)
      let title =
        ballot.source.question ?? "\(columns[ballot.column].source.name), \(words.period(ballot.period))"
      // What the files say of a vote has no date of its own; its week, month or year does, and never changes.
      let updated = zone.timestamp(of: ballot.period.firstDay)
      func deadline(_ name: String, _ key: FeedWords.Key, _ time: Timestamp?, _ hasTime: Bool) -> Deadline? {
        time.map {
          Deadline(
            name, of: page(at: address), knownAs: lasting, at: $0, hasTime: hasTime, updated: updated,
            title: words(key, ["title": title]),
            details: ballot.source.url, category: words(.vote))
        }
      }
      return [
        deadline("vote-opens", .opens, ballot.opens, ballot.opensHasTime),
        deadline("vote-closes", .closes, ballot.closes, ballot.closesHasTime),
      ].compactMap(\.self)
    }
  }

  /// When campaigns end.
  fileprivate func campaignDates(_ formers: FormerFolders, base: String, _ words: FeedWords) -> [Deadline] {
    writeUps.enumerated().compactMap { index, writeUp in
      guard let campaign = writeUp.source.project.campaign, let standing = writeUp.campaign,
        let deadline = writeUp.deadline
      else { return nil }
      return Deadline(
        "deadline", of: base + Address(writeUp.address).link(.directory),
        knownAs: formers.lastingName(of: ID(index), in: self).map { base + Address($0).link(.directory) },
        at: deadline,
        hasTime: standing.deadlineHasTime, updated: writeUp.updated ?? writeUp.date,
        title: words(.campaignEnds, ["title": writeUp.source.title]),
        details: (campaign.platform.map { $0 + "\n" } ?? "") + campaign.url, category: words(.campaigns))
    }
  }
}
