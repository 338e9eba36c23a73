/// What appeared in a week and how its vote stands, to be sent to readers who like letters.
///
/// ``writeDigestHTML(_:into:)`` and ``writeDigestText(_:into:)`` make a mail of it, ``writeDigestEntry(_:into:)`` the
/// content of a feed's entry. Every address is absolute, every text plain, and all words are those of the site's language.
public struct WeeklyDigest: Sendable {
  /// The language, as a BCP 47 tag.
  public var language: String
  /// Whether the language is written from right to left.
  public var isRightToLeft: Bool
  /// The site's name, and its front page.
  public var site: DigestLink
  /// The column's name, and its front page.
  public var column: DigestLink
  /// What the week is called, and its page.
  public var week: DigestLink
  /// The week's days in words.
  public var dates: String
  /// What a list of mails shows behind the subject.
  public var preheader: String
  /// The beginning of the editors' note.
  public var note: String?
  /// What appeared, by date.
  public var films: [DigestFilm]
  /// The vote over it.
  public var vote: DigestVote?
  /// The page that shows the mail, and the words of the link to it.
  public var browserLink: DigestLink
  /// Says that there is more than a mail can hold, where the week's page has it.
  public var more: String
  /// Who holds the rights.
  public var copyright: String?

  /// A digest of nothing yet.
  public init(
    language: String, isRightToLeft: Bool = false, site: DigestLink, column: DigestLink, week: DigestLink,
    dates: String, preheader: String, note: String? = nil, films: [DigestFilm] = [], vote: DigestVote? = nil,
    browserLink: DigestLink, more: String, copyright: String? = nil
  ) {
    self.language = language
    self.isRightToLeft = isRightToLeft
    self.site = site
    self.column = column
    self.week = week
    self.dates = dates
    self.preheader = preheader
    self.note = note
    self.films = films
    self.vote = vote
    self.browserLink = browserLink
    self.more = more
    self.copyright = copyright
  }

  /// As many films as a mail shows: with the longest texts they stay within what Gmail shows of one, 102 KB.
  static let filmLimit = 15
  /// As many lines of results as a mail shows.
  static let lineLimit = 12
  /// As many notes on them as a mail shows.
  static let noteLimit = 4
}

/// Words that lead somewhere.
public struct DigestLink: Sendable, Hashable {
  /// The words, as plain text.
  public var text: String
  /// The absolute address.
  public var url: String

  /// The link `text` to `url`.
  public init(_ text: String, _ url: String) {
    self.text = text
    self.url = url
  }
}

/// A film of a digest.
public struct DigestFilm: Sendable {
  /// Its title and page.
  public var link: DigestLink
  /// The day on which it appeared.
  public var day: String
  /// What it is about.
  public var summary: String
  /// Its form and how far it has come.
  public var facts: String
  /// A picture, in a format that mail programs show: JPEG, PNG or GIF.
  public var imageURL: String?
  /// What the picture shows.
  public var imageText: String

  /// A film without a picture.
  public init(_ link: DigestLink, day: String, summary: String, facts: String) {
    self.link = link
    self.day = day
    self.summary = summary
    self.facts = facts
    imageText = ""
  }
}

/// The vote of a digest.
public struct DigestVote: Sendable {
  /// One film's votes.
  public struct Line: Sendable {
    /// The film.
    public var link: DigestLink
    /// Its votes in words.
    public var votes: String
    /// Its share in hundredths, 0 to 100.
    public var percent: Int
    /// Whether it won.
    public var isWinner: Bool

    /// The votes of the film that `link` leads to.
    public init(_ link: DigestLink, votes: String, percent: Int, isWinner: Bool) {
      self.link = link
      self.votes = votes
      self.percent = percent
      self.isWinner = isWinner
    }
  }

  /// What it is called.
  public var heading: String
  /// How it stands, in a sentence.
  public var state: String
  /// What the winner gets.
  public var prize: String?
  /// Who gives it, and their page.
  public var sponsor: (name: String, url: String?)?
  /// A word by the editors.
  public var remark: String?
  /// The poll, while it is open.
  public var poll: DigestLink?
  /// The counted votes, most first.
  public var lines: [Line]
  /// How many votes that is.
  public var total: String?
  /// What has to be said of them, such as who was disqualified and why.
  public var notes: [String]

  /// A vote that stands as `state` says.
  public init(
    heading: String, state: String, prize: String? = nil, poll: DigestLink? = nil, lines: [Line] = [],
    notes: [String] = []
  ) {
    self.heading = heading
    self.state = state
    self.prize = prize
    self.poll = poll
    self.lines = lines
    self.notes = notes
  }
}

/// `text`, or its beginning with an ellipsis when it has more than `limit` characters or four bytes for each.
func shortened(_ text: String, to limit: Int) -> String {
  guard text.utf8.count > limit else { return text }
  var result = ""
  var byteCount = 0
  for (count, character) in text.enumerated() {
    byteCount += character.utf8.count
    guard count < limit, byteCount <= limit * 4 else { return result + "…" }
    result.append(character)
  }
  return result
}
