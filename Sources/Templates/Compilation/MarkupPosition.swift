/// Where in an HTML document a piece of template text ends, as a browser's tokenizer would see it.
///
/// It decides how a value at that place is escaped, and whether one may stand there at all.
struct MarkupPosition: Hashable {
  enum Place: Hashable {
    /// Between tags.
    case text
    /// Inside `<textarea>` or `<title>`: text without tags.
    case plainText
    /// After `<` or `</`.
    case tagOpening
    /// In, or just after, the name of a tag.
    case tagName
    /// In a tag, between attributes.
    case tag
    case attributeName
    case afterAttributeName
    case beforeValue
    case quotedValue
    case unquotedValue
    case comment
    /// After `<!`.
    case declarationOpening
    /// After `<!-`.
    case commentOpening
    /// `<!doctype …>`, `<?…>` and the like.
    case declaration
    case script
    case style
    /// `<iframe>` and other elements whose content is neither shown nor parsed.
    case rawText
  }

  /// What is known about the scheme of the URL in whose attribute the place is.
  enum SchemeState: Hashable {
    /// Nothing was written yet: a value may bring a scheme.
    case open
    /// Something was written that does not settle the scheme: a value must not contain a colon that would.
    case undecided
    /// The scheme, or that there is none, is settled.
    case settled
  }

  /// What may follow in a tag after branches of which only some end in a name.
  enum OpenName: Hashable, Comparable {
    case none
    /// After the space behind an attribute's name: `=` would give it a value.
    case afterName
    /// A letter would make the name longer.
    case name
  }

  var place = Place.text
  /// The tag's or raw element's name, in small letters.
  var element = ""
  var isEndTag = false
  /// Whether `/` was read last in a tag.
  var isSelfClosing = false
  /// Whether the tag has had an `http-equiv`, which makes orders to the browser of its `content`.
  var isPragma = false
  /// Whether a value was written into the tag's `content`.
  var hasContentValue = false
  var relation = LinkRelation()
  var openName = OpenName.none
  var attribute = ""
  var quote: UInt8 = 0
  var scheme = SchemeState.open
  /// The letters of the URL so far, while its scheme is not settled.
  var schemeLetters = ""
  /// Whether the URL's scheme runs what follows it, or is hidden by character references.
  var isUnfitForValues = false
  /// How many bytes of the end tag of a raw element, or how much of the end of a comment, stand just before.
  var partial = 0
  var script = ScriptPosition()
  /// The open elements, outermost first, inside of which a browser may read tags by other rules; in `<svg>` and
  /// `<math>`, every open element.
  var regions: [String] = []
  /// All open elements that have to be closed.
  var open = OpenElements()

  static let start = MarkupPosition()

  var attributeKind: AttributeKind {
    AttributeKind(element: element, attribute: attribute, isPragma: isPragma, relation: relation)
  }

  /// Whether text ends here as it began: between tags, outside of any region.
  var isBetweenElements: Bool { place == .text && regions.isEmpty }
}
