/// A block of a text between HTML and Markdown.
indirect enum Block: Hashable {
  case paragraph([Inline])
  /// A heading of level 1 to 6.
  case heading(Int, [Inline])
  case quote([Block])
  case list(List)
  case code(String, language: String)
  case table(Table)
  case rule
  /// The page of a video that can be embedded.
  case embed(String)
  /// HTML without blank lines that begins with a tag.
  case html(String)

  struct List: Hashable {
    /// The number of the first item; `nil` for bullets.
    var start: Int?
    var isTight: Bool
    var items: [[Block]]
  }

  struct Table: Hashable {
    enum Alignment: Hashable {
      case none, left, center, right
    }

    var alignments: [Alignment]
    /// The head, and the rows below it, each with as many cells.
    var rows: [[[Inline]]]
  }
}

/// A part of a line of text.
indirect enum Inline: Hashable {
  case text(String)
  case code(String)
  case lineBreak
  case image(Image)
  /// One whole element, as HTML.
  case html(String)
  case styled(Style.Kind, [Inline])

  struct Image: Hashable {
    var address: String
    var words: String
    /// The caption; empty without one.
    var title = ""
  }
}

/// What an element says about the text in it.
struct Style: Hashable {
  enum Kind: Hashable {
    case emphasis, strong, strike
    case link(String)
    /// An element that Markdown has no word for, with its tags.
    case kept(open: String, close: String)
  }

  /// Tells elements apart: two links side by side are two, even to one address.
  var id: Int
  var kind: Kind
}

extension [Inline] {
  /// The text without its markup; a line break is a line end.
  var plainText: String {
    var result = ""
    for inline in self {
      switch inline {
      case .text(let text), .code(let text): result += text
      case .lineBreak: result += "\n"
      case .styled(_, let parts): result += parts.plainText
      case .image, .html: break
      }
    }
    return result
  }
}

extension [Inline] {
  /// Whether there is more than text with emphasis, which a field of text would lose.
  var hasMore: Bool {
    contains { inline in
      switch inline {
      case .text, .lineBreak, .code: false
      case .image, .html: true
      case .styled(let kind, let inside):
        switch kind {
        case .emphasis, .strong: inside.hasMore
        case .strike, .link, .kept: true
        }
      }
    }
  }
}
