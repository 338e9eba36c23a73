import CivilTime
import SourceText
import YAML

/// Everything that is published, assembled: who, what and when, with every reference resolved.
///
/// Made by ``assemble(_:options:diagnostics:)``; the same sources and options give the same archive in the
/// same order, whatever order they came in.
public struct Archive: Sendable {
  /// What `site.yaml` says.
  public let site: SiteConfiguration
  /// The zone of bare dates.
  public let zone: TimeZoneRules
  /// The moment that counts as now.
  public let asOf: Timestamp
  /// The columns, in the order they are shown.
  public let columns: [Column]
  /// The published write-ups of all columns, by date and then by path.
  public internal(set) var writeUps: [WriteUp]
  /// The weeks of all columns: by column, and in a column by time.
  public let weeks: [Week]
  /// The years of all columns: by column, and in a column by time.
  public let years: [Year]
  /// The months of all columns: by column, and in a column by time.
  public let months: [Month]
  /// The votes of all columns: first those of weeks, then of months, then of years, each by column and time.
  public let ballots: [Ballot]
  /// Everyone with a credit or a biography, by name.
  public let people: [Person]
  /// Whom each name means that is in a credit or a file about a person.
  package let personOfName: [String: ID<Person>]
  /// Everything that write-ups are filed under: by kind, and in a kind by name.
  public let terms: [Term]
  /// The pages that belong to no column, by path.
  public let freePages: [FreePage]
  /// What is ready but not published, by path.
  public let heldBack: [HeldBack]
  /// The files about weeks, months and years that have not begun, by path.
  public let comingPeriods: [HeldBack]
  /// The next moment at which something is published, held back, opened or closed; `nil` when there is none.
  ///
  /// What merely counts days, such as those left of a campaign, changes more often than that.
  public let nextChange: Timestamp?
}

extension Archive {
  /// Whether any vote of `column` has a winner.
  public func hasWinners(_ column: ID<Column>) -> Bool {
    ballots.contains { $0.column == column && !$0.winners.isEmpty }
  }
}

/// What an archive is assembled from: the parsed sources of one site.
public struct ContentSources: Sendable {
  /// What `site.yaml` says.
  public var site: SiteConfiguration
  /// Every `_column.md`.
  public var columns: [ColumnSource]
  /// Every `_week.md`, `_month.md` and `_year.md`.
  public var periods: [PeriodSource]
  /// Every write-up.
  public var writeUps: [WriteUpSource]
  /// Every comments file.
  public var comments: [CommentsSource]
  /// Every file of `people/`.
  public var people: [PersonSource]
  /// Every file of `pages/`.
  public var freePages: [FreePageSource]
  /// The files that could not be read as what they are; links to them are not reported again.
  public var unreadable: Set<ContentPath>

  /// The sources of a site that has only its configuration.
  public init(site: SiteConfiguration) {
    self.site = site
    columns = []
    periods = []
    writeUps = []
    comments = []
    people = []
    freePages = []
    unreadable = []
  }
}

/// What a build may be told beyond its sources.
public struct AssemblyOptions: Sendable, Hashable {
  /// The moment that counts as now.
  public var asOf: Timestamp
  /// The zone of bare dates.
  public var zone: TimeZoneRules
  /// Whether drafts are published.
  public var includesDrafts: Bool
  /// Whether write-ups of the future are published.
  public var includesFuture: Bool
  /// Whether what drafts lack is reported although they are held back.
  public var looksAtDrafts = false

  /// Options with drafts and the future held back.
  public init(
    asOf: Timestamp, zone: TimeZoneRules = .utc, includesDrafts: Bool = false, includesFuture: Bool = false
  ) {
    self.asOf = asOf
    self.zone = zone
    self.includesDrafts = includesDrafts
    self.includesFuture = includesFuture
  }
}

/// A source that is ready but not published, and why.
public struct HeldBack: Sendable, Hashable {
  /// Why a source is not published.
  public enum Reason: Sendable, Hashable {
    /// It says `draft: true`.
    case draft
    /// Its date is still to come.
    case future(Timestamp)
    /// Its `expires` has passed.
    case expired(Timestamp)
  }

  /// The file.
  public let path: ContentPath
  /// Its title.
  public let title: String
  /// Why it is not published.
  public let reason: Reason
}

extension Moment {
  /// Whether it names a time of day, not a bare date.
  var hasTime: Bool {
    switch self {
    case .date: false
    case .timestamp: true
    }
  }

  /// The instant meant, shown in `zone`; a bare date is the start of that day there.
  public func start(in zone: TimeZoneRules) -> Timestamp {
    switch self {
    case .date(let date): zone.timestamp(of: date)
    case .timestamp(let timestamp): zone.timestamp(at: timestamp.seconds)
    }
  }

  /// The instant up to which something lasts, shown in `zone`; a bare date includes that day.
  public func end(in zone: TimeZoneRules) -> Timestamp {
    switch self {
    case .date(let date): zone.timestamp(of: date.adding(days: 1))
    case .timestamp(let timestamp): zone.timestamp(at: timestamp.seconds)
    }
  }
}
