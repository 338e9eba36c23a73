public import SourceText

/// A parsed text: its HTML and everything that was learnt on the way.
public struct MarkdownDocument: Sendable, Equatable {
  /// The HTML, with nothing at the places in ``slots``.
  public var html: [UInt8] = []
  /// What is still to be put into ``html``, ascending by offset.
  public var slots: [Slot] = []
  /// The headings in their order.
  public var outline: [Heading] = []
  /// Every link in its order, generated ones too.
  public var links: [LinkReference] = []
  /// Every image in its order.
  public var images: [ImageReference] = []
  /// The text without any markup, one line for each block, as UTF-8.
  public var plainTextBytes: [UInt8] = []
  /// The number of words in the text without markup; in Chinese and Japanese, of characters.
  public var wordCount = 0
  /// The first paragraphs as plain text: up to 300 bytes, cut at the end of a word and followed by `…`.
  public var excerpt = ""
  /// The number of notes that the text refers to.
  public var footnoteCount = 0
  /// The videos that stand in the text.
  public var embeds: [Embed] = []
  /// The ids that exist in ``html``: those of headings and notes, and those of raw HTML.
  public var anchors: [String] = []

  /// A document without content.
  public init() {}

  /// The text without any markup, one line for each block; made anew each time from ``plainTextBytes``.
  public var plainText: String { String(decoding: plainTextBytes, as: UTF8.self) }
}

/// A place in the HTML that depends on the page it is shown on.
///
/// The HTML of a write-up is shown on several pages and in feeds, so destinations within the site are not
/// written into it: there is an `href=""` or `src=""`, and a slot between the quotes.
public struct Slot: Sendable, Hashable {
  /// What is to be put there.
  public enum Fill: Sendable, Hashable {
    /// The destination of the link with this index in ``MarkdownDocument/links``.
    case link(Int)
    /// The address of the image with this index in ``MarkdownDocument/images``.
    case image(Int)
    /// ` width="…" height="…"`, with the leading space, of the image with this index, or nothing.
    case imageSize(Int)
  }

  /// The offset in ``MarkdownDocument/html``.
  public var offset: Int
  /// What is to be put there.
  public var fill: Fill

  /// A slot at `offset` for `fill`.
  public init(offset: Int, fill: Fill) {
    self.offset = offset
    self.fill = fill
  }
}

/// A heading.
public struct Heading: Sendable, Hashable {
  /// 1 to 6.
  public var level: Int
  /// Its id in the HTML, unique in the document; empty without ``MarkdownExtensions/headingAnchors``.
  public var id: String
  /// Its text without markup.
  public var text: String
  /// Its lines in the source.
  public var range: ByteRange
  /// All of `<h2 …>…</h2>` in the HTML, so that sections can be cut out.
  public var htmlRange: Range<Int>
}

/// A link to somewhere.
public struct LinkReference: Sendable, Hashable {
  /// The destination, with escapes and entities of Markdown resolved, not yet escaped for HTML.
  public var destination: String
  /// The destination in the source, or the lines of the link where it cannot be found.
  public var range: ByteRange
  /// Whether the destination has a scheme or begins with `//`, and is written in the HTML.
  public var isExternal: Bool
  /// Whether nobody wrote it: a heading's link to itself, or one to or from a note.
  public var isGenerated: Bool
}

/// An image in the text.
public struct ImageReference: Sendable, Hashable {
  /// The address, with escapes and entities of Markdown resolved, not yet escaped for HTML.
  public var destination: String
  /// What it shows, in words.
  public var alt: String
  /// Its title, which is the caption when it is alone; empty if it has none.
  public var title: String
  /// The address in the source, or the lines of the image where it cannot be found.
  public var range: ByteRange
  /// Whether it is alone in its paragraph.
  public var isAlone: Bool
  /// Whether the address has a scheme or begins with `//`, and is written in the HTML.
  public var isExternal: Bool
}
