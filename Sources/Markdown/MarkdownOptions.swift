/// How a text is parsed and rendered; start from one of the presets.
public struct MarkdownOptions: Sendable, Hashable {
  /// What becomes of HTML in the text.
  public enum RawHTML: Sendable, Hashable {
    /// It is written as it is.
    case passThrough
    /// It is shown to the reader as the characters that were typed.
    case escape
  }

  /// Whether straight quotes, `--`, `---` and `...` become their typographic forms.
  public var smartPunctuation: Bool
  /// What is understood beyond CommonMark.
  public var extensions: MarkdownExtensions
  /// What becomes of HTML in the text.
  public var rawHTML: RawHTML
  /// The `rel` attribute of every link, such as `ugc nofollow`; `nil` for none.
  public var linkRelation: String?
  /// Whether an image becomes a link to it, so that no reader fetches what a stranger chose.
  public var imagesAsLinks: Bool
  /// Whether a link whose scheme can run a script or read files (`javascript:`, `vbscript:`, `file:`, and
  /// `data:` but for images) loses its destination.
  public var dropsUnsafeLinks: Bool
  /// Whether a stranger wrote the text: its mistakes are then mended in silence, and only a text that
  /// was refused as a whole is reported; headings are paragraphs in bold type, which leave the outline of
  /// the page alone, and notes are shown as they were typed.
  public var isUntrusted: Bool
  /// The longest text accepted, in bytes.
  public var byteLimit: Int
  /// The deepest nesting of block quotes, lists or brackets accepted.
  public var nestingLimit: Int
  /// The words that the HTML says on its own account.
  public var words: MarkdownWords

  /// Options from their parts; what is left out is as in ``commonMark``.
  public init(
    smartPunctuation: Bool = false, extensions: MarkdownExtensions = [], rawHTML: RawHTML = .passThrough,
    linkRelation: String? = nil, imagesAsLinks: Bool = false, dropsUnsafeLinks: Bool = false,
    isUntrusted: Bool = false,
    byteLimit: Int = 16 << 20, nestingLimit: Int = 256, words: MarkdownWords = MarkdownWords()
  ) {
    self.smartPunctuation = smartPunctuation
    self.extensions = extensions
    self.rawHTML = rawHTML
    self.linkRelation = linkRelation
    self.imagesAsLinks = imagesAsLinks
    self.dropsUnsafeLinks = dropsUnsafeLinks
    self.isUntrusted = isUntrusted
    self.byteLimit = byteLimit
    self.nestingLimit = nestingLimit
    self.words = words
  }

  /// CommonMark 0.30 and nothing else, byte for byte as the specification shows it.
  public static let commonMark = MarkdownOptions()

  /// CommonMark with what the GitHub Flavored Markdown specification adds, byte for byte.
  public static let gitHub = MarkdownOptions(
    extensions: [.tables, .strikethrough, .taskLists, .autolinks, .tagFilter])

  /// What authors write: everything, with typographic punctuation, and HTML as it is.
  public static let writeUp = MarkdownOptions(
    smartPunctuation: true,
    extensions: [
      .tables, .strikethrough, .taskLists, .autolinks, .footnotes, .figures, .embeds, .headingAnchors,
      .localLinks,
    ],
    dropsUnsafeLinks: true, byteLimit: 4 << 20, nestingLimit: 100)

  /// What readers write: no HTML, no images, no ids, links marked as theirs, within narrow bounds.
  public static let comment = MarkdownOptions(
    smartPunctuation: true,
    extensions: [.strikethrough, .autolinks, .localLinks],
    rawHTML: .escape, linkRelation: "ugc nofollow", imagesAsLinks: true, dropsUnsafeLinks: true,
    isUntrusted: true,
    byteLimit: 64 << 10, nestingLimit: 24)
}

/// What is understood beyond CommonMark.
public struct MarkdownExtensions: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt16

  /// The extensions whose bits are set in `rawValue`.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Tables of cells between `|`, under a row of dashes.
  public static let tables = MarkdownExtensions(rawValue: 1 << 0)
  /// `~~struck out~~`.
  public static let strikethrough = MarkdownExtensions(rawValue: 1 << 1)
  /// List items that begin with `[ ]` or `[x]`.
  public static let taskLists = MarkdownExtensions(rawValue: 1 << 2)
  /// URLs and e-mail addresses that are links without being marked as such.
  public static let autolinks = MarkdownExtensions(rawValue: 1 << 3)
  /// The HTML tags that GitHub disarms, such as `<script>` and `<iframe>`, shown as text.
  public static let tagFilter = MarkdownExtensions(rawValue: 1 << 4)
  /// `[^1]` and, at the margin, `[^1]: the note`.
  public static let footnotes = MarkdownExtensions(rawValue: 1 << 5)
  /// An image alone in its paragraph as a `<figure>`, with its title as the caption.
  public static let figures = MarkdownExtensions(rawValue: 1 << 6)
  /// A YouTube or Vimeo link alone in its paragraph as a click-to-load video.
  public static let embeds = MarkdownExtensions(rawValue: 1 << 7)
  /// Headings with an id and a link to themselves.
  public static let headingAnchors = MarkdownExtensions(rawValue: 1 << 8)
  /// Destinations within the site left out of the HTML, for the caller to fill in; see ``Slot``.
  public static let localLinks = MarkdownExtensions(rawValue: 1 << 9)
}

/// The words that the HTML says on its own account, in the language of the site.
public struct MarkdownWords: Sendable, Hashable {
  /// What a heading's link to itself is called.
  public var headingAnchor = "Link to this section"
  /// What the list of notes is called.
  public var footnotes = "Notes"
  /// What the link from a note back to the text is called.
  public var backReference = "Back to the text"
  /// What a task that is done is called.
  public var taskDone = "Done"
  /// What a task that is still to do is called.
  public var taskToDo = "To do"

  /// English.
  public init() {}
}
