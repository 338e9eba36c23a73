/// One thing that can be found, told without regard to what kind of thing it is.
public struct SearchDocument: Sendable {
  /// The title, under which it is shown, and other titles that it is known by.
  public var titles: [String]
  /// The address, from the site's root.
  public var link: String
  /// What is shown below the title; searched only where it is among the topics or in the text, too.
  public var summary: String
  /// Names of people; searched.
  public var names: [String] = []
  /// The names that are shown.
  public var byline = ""
  /// Sentences about it and words that it is filed under; searched.
  public var topics: [String] = []
  /// The plain text, as UTF-8; searched.
  public var text: [UInt8] = []
  /// The day of publication as `2026-11-20`; empty for what has none.
  public var date = ""
  /// What it is, for the theme: `write-up`, `person`, `page`.
  public var kind: String
  /// A word that is shown beside the date.
  public var note = ""
  /// A number for the theme's colours.
  public var palette = 0
  /// For each of the index's facets, the numbers of its values that hold; empty for what has no facets.
  public var facets: [[Int]] = []

  /// A document with a title, an address, a summary and a kind, and nothing else.
  public init(title: String, link: String, summary: String, kind: String) {
    titles = [title]
    self.link = link
    self.summary = summary
    self.kind = kind
  }
}

/// One way to narrow a search down.
public struct SearchFacet: Sendable {
  /// A value of a facet.
  public struct Value: Sendable {
    /// The word in addresses.
    public var slug: String
    /// The words that readers see.
    public var label: String

    /// The value `slug`, shown as `label`.
    public init(slug: String, label: String) {
      self.slug = slug
      self.label = label
    }
  }

  /// The name in addresses, such as `status`.
  public var name: String
  /// The values, in the order in which they are shown.
  public var values: [Value]
  /// Whether a document can have several values.
  public var isList: Bool

  /// The facet `name` with its values.
  public init(name: String, values: [Value], isList: Bool = false) {
    self.name = name
    self.values = values
    self.isList = isList
  }
}
