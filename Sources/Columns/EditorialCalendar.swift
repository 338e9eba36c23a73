import CivilTime
import YAML

/// What is planned over some weeks and what is missing: the slots of each column with all that stands in them, and the
/// days on which votes open and close and campaigns end.
///
/// Unlike an ``Archive``, it knows what is not published yet: drafts, what is held back, what has expired.
public struct EditorialCalendar: Sendable {
  /// The columns that are looked at, in the order they are shown.
  public let columns: [ColumnSource]
  /// The weeks, in order.
  public let weeks: [Week]
  /// The day of the moment that counts as now.
  public let today: CivilDate

  /// A week of all columns.
  public struct Week: Sendable {
    /// The week.
    public let isoWeek: ISOWeek
    /// The slots of each column, in the order of ``EditorialCalendar/columns`` and then of time.
    public let slots: [[Slot]]
    /// What begins and ends in the week, by time.
    public let events: [Event]
  }

  /// A day of a column: one of its cadence, or one on which a write-up stands all the same.
  public struct Slot: Sendable {
    /// The day; of a write-up that belongs to the week by its `week` alone, perhaps one outside of it.
    public let date: CivilDate
    /// Whether the column appears on that day of the week.
    public let isRegular: Bool
    /// The write-ups of the day, by time and then by path.
    public let entries: [Entry]

    /// How the slot stands.
    public var state: State {
      let standing = entries.filter { $0.standing != .expired }
      if standing.count > 1 { return .doubleBooked }
      return standing.first?.standing == .draft ? .draft : entries.isEmpty ? .empty : .filled
    }
  }

  /// How a slot stands.
  public enum State: String, Sendable, CaseIterable {
    /// A write-up is there, or will be without anybody's doing.
    case filled
    /// There is but a draft.
    case draft
    /// Nothing is there.
    case empty
    /// There are several write-ups; those that have expired don't count.
    case doubleBooked = "double-booked"
  }

  /// A write-up in a slot.
  public struct Entry: Sendable {
    /// The file.
    public let path: ContentPath
    /// Its title.
    public let title: String
    /// When it appears.
    public let date: Timestamp
    /// Whether ``date`` names a time of day, not a bare date.
    public let hasTime: Bool
    /// Whether readers can see it.
    public let standing: Standing
  }

  /// Whether readers can see a write-up, and if not, why.
  public enum Standing: String, Sendable, CaseIterable {
    case published
    /// Its date is still to come.
    case heldBack = "held-back"
    case draft, expired
  }

  /// Something that happens at a moment.
  public struct Event: Sendable {
    /// What happens.
    public enum Kind: Sendable, Hashable {
      case voteOpens(Period)
      /// The poll closes; `isCounted` once its file says how it ended.
      case voteCloses(Period, isCounted: Bool)
      /// The last day of the campaign of the write-up with that title.
      case campaignEnds(String, platform: String?)
    }

    /// What happens.
    public let kind: Kind
    /// When it does; of a bare date, the start of that day.
    public let date: Timestamp
    /// Whether ``date`` names a time of day, not a bare date.
    public let hasTime: Bool
    /// The column, by its position in ``EditorialCalendar/columns``.
    public let column: Int
    /// The file that says so.
    public let path: ContentPath
  }
}

extension EditorialCalendar {
  /// The calendar of `count` weeks from `first` on, at the moment `asOf`, for those columns of `sources` that are wanted.
  ///
  /// - Complexity: O(*n* log *n*) in the number of write-ups, and O(*w*) in that of weeks.
  public init(
    of sources: ContentSources, from first: ISOWeek, count: Int, asOf: Timestamp, zone: TimeZoneRules,
    wanted: (ColumnSource) -> Bool = { _ in true }
  ) {
    let all = sources.columns.filter { !$0.path.folder.isEmpty }
      .sorted { ($0.order, $0.path.text) < ($1.order, $1.path.text) }
    let folders = ColumnFolders(all)
    let shown = all.indices.filter { wanted(all[$0]) }
    let positions = Dictionary(uniqueKeysWithValues: zip(shown, shown.indices))
    func column(of path: ContentPath) -> Int? { folders[path.folder].flatMap { positions[$0] } }

    let span = first.monday..<first.monday.adding(days: 7 * count)
    var members: [ISOWeek: [(column: Int, entry: Entry)]] = [:]
    var events: [ISOWeek: [Event]] = [:]
    func note(_ kind: Event.Kind, _ moment: Moment?, in column: Int, _ path: ContentPath) {
      guard let moment else { return }
      let date = moment.start(in: zone)
      guard span.contains(date.date) else { return }
      events[ISOWeek(of: date.date), default: []].append(
        Event(kind: kind, date: date, hasTime: moment.hasTime, column: column, path: path))
    }
    for writeUp in sources.writeUps.sorted(by: { $0.path < $1.path }) {
      guard let column = column(of: writeUp.path) else { continue }
      let entry = Entry(writeUp, asOf: asOf, zone: zone)
      let week = writeUp.isoWeek(on: entry.date.date)
      if span.contains(week.monday) { members[week, default: []].append((column, entry)) }
      if let campaign = writeUp.project.campaign {
        note(
          .campaignEnds(writeUp.title, platform: campaign.platform), campaign.deadline, in: column,
          writeUp.path)
      }
    }
    for period in sources.periods.sorted(by: { $0.path < $1.path }) {
      guard let column = column(of: period.path), let vote = period.vote, vote.state != .void else {
        continue
      }
      note(.voteOpens(period.period.value), vote.opens?.value, in: column, period.path)
      // A vote that was closed early doesn't close again.
      if vote.state == .closed, let closes = vote.closes?.value, closes.end(in: zone).seconds > asOf.seconds {
        continue
      }
      // Votes that are counted meanwhile show when it closes.
      let isOver = vote.closes.map { $0.value.end(in: zone).seconds <= asOf.seconds } ?? false
      let isCounted = isOver && (!vote.results.isEmpty || vote.winners != nil)
      note(
        .voteCloses(period.period.value, isCounted: isCounted), vote.closes?.value, in: column, period.path)
    }

    columns = shown.map { all[$0] }
    today = zone.timestamp(at: asOf.seconds).date
    weeks = (0..<count).map { number in
      let week = ISOWeek(of: first.monday.adding(days: 7 * number))
      let entries = Dictionary(grouping: members[week] ?? [], by: \.column)
      return Week(
        isoWeek: week,
        slots: shown.indices.map {
          Slot.all(of: week, all[shown[$0]].cadence, entries[$0]?.map(\.entry) ?? [])
        },
        events: (events[week] ?? []).sorted {
          ($0.date.seconds, $0.order, $0.path) < ($1.date.seconds, $1.order, $1.path)
        })
    }
  }

  /// The first slot from today on that nothing stands in, with its column.
  public var nextEmptySlot: (date: CivilDate, column: ColumnSource)? {
    let empty = weeks.flatMap { week in
      zip(columns, week.slots).flatMap { column, slots in
        slots.filter { $0.state == .empty && $0.date >= today }.map { (date: $0.date, column: column) }
      }
    }
    return empty.min { $0.date < $1.date }
  }

  /// How many slots stand so, of all columns and weeks.
  public func count(_ state: State) -> Int {
    weeks.reduce(0) { $0 + $1.slots.reduce(0) { $0 + $1.count { $0.state == state } } }
  }
}

extension EditorialCalendar.Entry {
  fileprivate init(_ source: WriteUpSource, asOf: Timestamp, zone: TimeZoneRules) {
    path = source.path
    title = source.title
    date = source.date.start(in: zone)
    hasTime = source.date.hasTime
    if source.isDraft {
      standing = .draft
    } else if date.seconds > asOf.seconds {
      standing = .heldBack
    } else if let expires = source.expires, expires.start(in: zone).seconds <= asOf.seconds {
      standing = .expired
    } else {
      standing = .published
    }
  }
}

extension EditorialCalendar.Slot {
  /// A slot for each day of the cadence and each further day that has a write-up, by date.
  fileprivate static func all(
    of week: ISOWeek, _ cadence: [Weekday], _ entries: [EditorialCalendar.Entry]
  ) -> [EditorialCalendar.Slot] {
    let regular = Set(cadence.map { week.day(on: $0) })
    let entries = Dictionary(grouping: entries, by: \.date.date)
    return regular.union(entries.keys).sorted().map { date in
      EditorialCalendar.Slot(
        date: date, isRegular: regular.contains(date),
        entries: (entries[date] ?? []).sorted { ($0.date.seconds, $0.path) < ($1.date.seconds, $1.path) })
    }
  }
}

extension EditorialCalendar.Event {
  /// Of what happens at one moment, what ends comes first.
  fileprivate var order: Int {
    switch kind {
    case .campaignEnds: 0
    case .voteCloses: 1
    case .voteOpens: 2
    }
  }
}
