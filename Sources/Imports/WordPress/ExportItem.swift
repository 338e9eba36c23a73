/// A post, page, attachment or anything else of an export, as it stands there.
public struct ExportItem: Sendable, Hashable {
  /// A category or tag, or a term of some other taxonomy.
  public struct Term: Sendable, Hashable {
    /// The taxonomy: `category`, `post_tag`, `post_format` …
    public var domain = ""
    /// Its name in addresses.
    public var slug = ""
    /// Its name.
    public var name = ""
  }

  /// A reader's comment. What tells who the reader is, an e-mail address and one of the network, isn't read at all.
  public struct Comment: Sendable, Hashable {
    /// Its number; 0 where there is none.
    public var id = 0
    /// The name that the reader gave.
    public var author = ""
    /// The page that the reader gave.
    public var url = ""
    /// The time, as `2011-12-01 14:03:10`, by the site's clock.
    public var date = ""
    /// The time in UTC.
    public var dateGMT = ""
    /// The text.
    public var content = ""
    /// `1` where it was published; else `0`, `spam`, `trash`.
    public var approved = ""
    /// Empty or `comment`; else `pingback`, `trackback` and the like.
    public var type = ""
    /// The number of the comment that it answers; 0 for none.
    public var parent = 0
  }

  /// What readers see above it.
  public var title = ""
  /// Its address.
  public var link = ""
  /// The login of its author.
  public var creator = ""
  /// The text, as HTML of a kind.
  public var content = ""
  /// The summary that its author wrote.
  public var excerpt = ""
  /// Its number; 0 where there is none.
  public var id = 0
  /// The time of publication, as `2011-12-01 09:00:00`, by the site's clock; zeros for none.
  public var date = ""
  /// The time of publication in UTC; zeros for none.
  public var dateGMT = ""
  /// Its name in addresses, percent-encoded.
  public var slug = ""
  /// `publish`, `future`, `draft`, `pending`, `private`, `trash` …
  public var status = ""
  /// The number of what it belongs to; 0 for none.
  public var parent = 0
  /// `post`, `page`, `attachment` …
  public var type = ""
  /// Whether readers have to know a password.
  public var hasPassword = false
  /// Whether it stands above newer posts.
  public var isSticky = false
  /// `open` or `closed`.
  public var commentStatus = ""
  /// The file of an attachment.
  public var attachmentURL = ""
  /// What it is filed under.
  public var terms: [Term] = []
  /// Its custom fields, and what WordPress and its plugins remember about it.
  public var meta: [(key: String, value: String)] { zip(metaKeys, metaValues).map { ($0, $1) } }
  var metaKeys: [String] = []
  var metaValues: [String] = []
  /// The comments in the order of the export.
  public var comments: [Comment] = []
  /// Whether a part of it was longer than anything that is read.
  public var isTooLarge = false

  /// An item without anything.
  public init() {}

  /// The value of a custom field.
  func meta(_ key: String) -> String? { metaKeys.firstIndex(of: key).map { metaValues[$0] } }
}

/// What an export says about the site that it is from.
public struct ExportSite: Sendable, Hashable {
  /// The site's name.
  public var title = ""
  /// Where its pages are, without a slash at the end.
  public var address = ""
  /// The version of the format; empty in what is no export of WordPress's.
  public var version = ""
  /// The names of its authors, by login.
  public var authors: [String: String] = [:]
  /// When it was exported, as in `Mon, 05 Dec 2011 10:00:00 +0000`.
  public var date = ""
}
