import CivilTime
import Columns
import SourceText
import Templates

/// The words that sitegen writes where no template does, in feeds, mails and the calendar: in the language of the site.
///
/// A theme can say them under `feed` in its `strings/`; what it doesn't say is in English.
struct FeedWords: Sendable {
  /// One of them; `{braces}` in its text are filled in.
  enum Key: String, CaseIterable, Sendable {
    case comments = "feed.comments"
    case commentOn = "feed.comment_on"
    case aReader = "feed.a_reader"
    case weeks = "feed.weeks"
    case week = "feed.week"
    case day = "feed.day"
    case days = "feed.days"
    case moment = "feed.moment"
    case more = "feed.more"
    case inBrowser = "feed.in_browser"
    case vote = "feed.vote"
    case voteOpens = "feed.vote_opens"
    case voteIsOpen = "feed.vote_is_open"
    case voteCloses = "feed.vote_closes"
    case voteIsCounted = "feed.vote_is_counted"
    case voteIsVoid = "feed.vote_is_void"
    case voteWon = "feed.vote_won"
    case voteTied = "feed.vote_tied"
    case voteNow = "feed.vote_now"
    case voteIsOver = "feed.vote_is_over"
    case nobodyWon = "feed.vote_nobody_won"
    case winnerIsAbsent = "feed.vote_winner_absent"
    case votes = "feed.votes"
    case votesOne = "feed.votes_one"
    case share = "feed.share"
    case disqualified = "feed.disqualified"
    case disqualifiedFilm = "feed.disqualified_film"
    case votesTotal = "feed.votes_total"
    case prize = "feed.prize"
    case givenBy = "feed.given_by"
    case status = "feed.status"
    case statusOf = "feed.status_of"
    case winners = "feed.winners"
    case winner = "feed.winner"
    case month = "feed.month"
    case deadlines = "feed.deadlines"
    case deadlinesNote = "feed.deadlines_note"
    case opens = "feed.opens"
    case closes = "feed.closes"
    case campaignEnds = "feed.campaign_ends"
    case campaigns = "feed.campaigns"

    /// The text of themes that have none.
    var english: String {
      switch self {
      case .comments: "Comments: {title}"
      case .commentOn: "{name} on {title}"
      case .aReader: "A reader"
      case .weeks: "Week by week: {title}"
      case .week: "Week {number}, {year}"
      case .day: "{weekday} {day} {month}"
      case .days: "{from} to {to} {year}"
      case .moment: "{day}, {time} (UTC{offset})"
      case .more: "Everything of this week"
      case .inBrowser: "Read this in a browser"
      case .vote: "The vote"
      case .voteOpens: "Voting opens on {date}."
      case .voteIsOpen: "Voting is open."
      case .voteCloses: "Voting is open until {date}."
      case .voteIsCounted: "The votes are being counted."
      case .voteIsVoid: "The vote was void."
      case .voteWon: "Readers chose {titles}."
      case .voteTied: "A tie: {titles}."
      case .voteNow: "Vote now"
      case .voteIsOver: "Voting is over."
      case .nobodyWon: "Nobody won."
      case .winnerIsAbsent: "A film won that is no longer here."
      case .votes: "{count} votes"
      case .votesOne: "1 vote"
      case .share: "{votes}, {percent} %"
      case .disqualified: "{votes}, disqualified"
      case .disqualifiedFilm: "Disqualified: {title}"
      case .votesTotal: "{count} votes in all"
      case .prize: "The prize: {prize}"
      case .givenBy: "Given by {name}"
      case .status: "On their way: {title}"
      case .statusOf: "{title}: {status}"
      case .winners: "Winners: {title}"
      case .winner: "{titles} ({period})"
      case .month: "{month} {year}"
      case .deadlines: "{title}: deadlines"
      case .deadlinesNote: "When votes open and close, and campaigns end"
      case .opens: "Voting opens: {title}"
      case .closes: "Voting closes: {title}"
      case .campaignEnds: "{title}: campaign ends"
      case .campaigns: "Campaigns"
      }
    }
  }

  private let texts: [Key: String]
  private let months: [String]
  private let weekdays: [String]
  private let thousandsSeparator: String

  /// The words among `strings`, those of a theme in its language.
  init(_ strings: [String: TemplateSetInput.Word]) {
    texts = Key.allCases.reduce(into: [:]) { texts, key in
      texts[key] = strings[key.rawValue]?.text
    }
    func names(_ key: String, _ english: [String]) -> [String] {
      let names = strings[key].map { CalendarNames.names(in: $0.text) } ?? []
      return names.count == english.count ? names : english
    }
    months = names(
      "months",
      [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
      ])
    weekdays = names("weekdays", Weekday.allCases.map(\.name))
    thousandsSeparator = strings["thousands_separator"]?.text ?? ","
  }

  /// A number as templates write it by `number`.
  func number(_ number: Int) -> String { groupedDigits(number, separator: thousandsSeparator) }

  /// A day in words, without its year.
  func day(_ date: CivilDate) -> String {
    let weekday = ((date.dayNumber + 3) % 7 + 7) % 7
    return self(
      .day, ["weekday": weekdays[weekday], "day": String(date.day), "month": months[date.month - 1]])
  }

  /// A week, a month or a year in words.
  func period(_ period: Period) -> String {
    switch period {
    case .week(let week): self(.week, ["number": String(week.number), "year": String(week.year)])
    case .month(let month):
      self(.month, ["month": months[month.firstDay.month - 1], "year": String(month.year)])
    case .year(let year): String(year)
    }
  }

  /// A moment in words, in the zone that it is shown in: readers of a mail may live in another.
  func moment(_ timestamp: Timestamp) -> String {
    func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    let minutes = Int((timestamp.seconds + Int64(timestamp.offset)) / 60 % 1440 + 1440) % 1440
    let offset = abs(Int(timestamp.offset)) / 60
    let sign = timestamp.offset < 0 ? "-" : "+"
    return self(
      .moment,
      [
        "day": day(timestamp.date), "time": "\(twoDigits(minutes / 60)):\(twoDigits(minutes % 60))",
        "offset": "\(sign)\(twoDigits(offset / 60)):\(twoDigits(offset % 60))",
      ])
  }

  /// The text of `key`, each `{name}` in it replaced by the value of that name.
  func callAsFunction(_ key: Key, _ values: KeyValuePairs<String, String> = [:]) -> String {
    let text = texts[key] ?? key.english
    var result = ""
    var rest = text[...]
    while let open = rest.utf8.firstIndex(of: 0x7B), let close = rest.utf8[open...].firstIndex(of: 0x7D) {
      let end = rest.utf8.index(after: close)
      let name = rest[rest.utf8.index(after: open)..<close]
      result += rest[..<open]
      result += values.first { $0.key == name }?.value ?? String(rest[open..<end])
      rest = rest[end...]
    }
    return result + rest
  }
}
