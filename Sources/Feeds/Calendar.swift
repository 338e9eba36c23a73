import CivilTime

/// A calendar that people subscribe to, such as the deadlines of campaigns and votes.
public struct Calendar: Sendable {
  /// The name that calendar programs show.
  public var name: String
  /// A line about the calendar.
  public var summary: String?
  /// The page that the calendar follows.
  public var url: String?
  /// The events; a calendar without any is not valid and is better not published.
  public var events: [CalendarEvent]

  /// A calendar called `name`.
  public init(name: String, summary: String? = nil, url: String? = nil, events: [CalendarEvent]) {
    self.name = name
    self.summary = summary
    self.url = url
    self.events = events
  }
}

/// Something that happens at a time.
public struct CalendarEvent: Sendable, Hashable {
  /// How long something lasts.
  public enum Time: Sendable, Hashable {
    /// The whole of a day.
    case day(CivilDate)
    /// Whole days, from the first through the last.
    case days(CivilDate, through: CivilDate)
    /// An instant, as a deadline is.
    case moment(Timestamp)
    /// From one instant to another.
    case period(Timestamp, until: Timestamp)
  }

  /// The permanent name of the event, which no other event has: its page's URL with a fragment is one.
  public var id: String
  /// When the content that the event is taken from changed; never the clock.
  public var updated: Timestamp
  /// When the event is.
  public var time: Time
  /// What the event is called.
  public var title: String
  /// More about the event, as plain text.
  public var details: String?
  /// The event's page.
  public var url: String?
  /// What it is filed under.
  public var categories: [String]

  /// An event.
  public init(
    id: String, updated: Timestamp, time: Time, title: String, details: String? = nil, url: String? = nil,
    categories: [String] = []
  ) {
    self.id = id
    self.updated = updated
    self.time = time
    self.title = title
    self.details = details
    self.url = url
    self.categories = categories
  }
}
