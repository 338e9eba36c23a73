import CivilTime

/// What a feed says, whichever format it is written in: ``writeRSS(_:into:)``, ``writeAtom(_:into:)`` and
/// ``writeJSONFeed(_:into:)`` all take this.
///
/// Every URL in it is absolute. Nothing in it, and nothing written from it, comes from the clock.
public struct Feed: Sendable {
  /// The permanent name of the feed, a URL; readers know the feed by it wherever it moves.
  public var id: String
  /// The title, as plain text.
  public var title: String
  /// A line under the title, as plain text.
  public var subtitle: String?
  /// The language of the feed, as a BCP 47 tag such as `en-GB`.
  public var language: String?
  /// The page that the feed follows.
  public var homeURL: String
  /// The address of the feed itself, in the format that it is written in.
  public var feedURL: String
  /// Who writes what the feed holds; stands in for entries that name nobody.
  public var author: FeedAuthor?
  /// A square image that stands for the feed.
  public var iconURL: String?
  /// Who holds the rights, as plain text.
  public var copyright: String?
  /// When the newest of what the feed holds changed.
  public var updated: Timestamp
  /// The entries, in the order in which they are written; newest first is usual.
  public var entries: [FeedEntry]

  /// A feed.
  ///
  /// - Parameters:
  ///   - id: by default `feedURL`, which then must not change.
  ///   - updated: by default the newest `updated` of the entries, and 1970-01-01 when there are none.
  public init(
    id: String? = nil, title: String, subtitle: String? = nil, language: String? = nil,
    homeURL: String, feedURL: String, author: FeedAuthor? = nil, iconURL: String? = nil,
    copyright: String? = nil, updated: Timestamp? = nil, entries: [FeedEntry]
  ) {
    self.id = id ?? feedURL
    self.title = title
    self.subtitle = subtitle
    self.language = language
    self.homeURL = homeURL
    self.feedURL = feedURL
    self.author = author
    self.iconURL = iconURL
    self.copyright = copyright
    self.updated = updated ?? entries.lazy.map(\.updated).max() ?? Timestamp(seconds: 0)
    self.entries = entries
  }
}

/// One piece in a feed.
public struct FeedEntry: Sendable {
  /// The permanent name of the entry, a URL that never changes and that no other entry has.
  public var id: String
  /// The page of the entry.
  public var url: String
  /// The title, as plain text.
  public var title: String
  /// When the entry was first published.
  public var published: Timestamp
  /// When the entry last changed.
  public var updated: Timestamp
  /// Who wrote it, in the order of the byline.
  public var authors: [FeedAuthor]
  /// What it is filed under, as plain text.
  public var categories: [String]
  /// What it says in a sentence or two, as plain text.
  public var summary: String?
  /// All of it, as UTF-8 HTML in which every address is absolute.
  public var content: [UInt8]
  /// Its main image.
  public var image: FeedImage?
  /// The page, or part of a page, that holds its readers' comments.
  public var commentsURL: String?

  /// An entry; `id` is by default `url`, which then must not change, and `updated` by default `published`.
  public init(
    id: String? = nil, url: String, title: String, published: Timestamp, updated: Timestamp? = nil,
    authors: [FeedAuthor] = [], categories: [String] = [], summary: String? = nil,
    content: [UInt8], image: FeedImage? = nil, commentsURL: String? = nil
  ) {
    self.id = id ?? url
    self.url = url
    self.title = title
    self.published = published
    self.updated = updated ?? published
    self.authors = authors
    self.categories = categories
    self.summary = summary
    self.content = content
    self.image = image
    self.commentsURL = commentsURL
  }
}

/// Somebody who writes in a feed.
public struct FeedAuthor: Sendable, Hashable {
  /// The name, as plain text.
  public var name: String
  /// A page about the author.
  public var url: String?

  /// An author called `name`.
  public init(name: String, url: String? = nil) {
    self.name = name
    self.url = url
  }
}

/// An image that goes with an entry.
public struct FeedImage: Sendable, Hashable {
  /// Where the image is.
  public var url: String
  /// Its media type, such as `image/jpeg`.
  public var mediaType: String
  /// The size of the file; RSS can only enclose files whose size is known.
  public var byteCount: Int?

  /// The image at `url`.
  public init(url: String, mediaType: String, byteCount: Int? = nil) {
    self.url = url
    self.mediaType = mediaType
    self.byteCount = byteCount
  }
}
