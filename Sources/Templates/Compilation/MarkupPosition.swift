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

  var place = Place.text
  /// The tag's or raw element's name, in small letters.
  var element = ""
  var isEndTag = false
  var attribute = ""
  var quote: UInt8 = 0
  var scheme = SchemeState.open
  /// The letters of the URL so far, while its scheme is not settled.
  var schemeLetters = ""
  var script = ScriptPosition()

  static let start = MarkupPosition()

  var attributeKind: AttributeKind { AttributeKind(name: attribute) }
}

/// How a value inside an attribute must be treated.
enum AttributeKind: Hashable {
  case plain
  case url
  /// Several URLs with commas between them.
  case urlList
  case style
  case eventHandler
  /// `srcdoc`: a whole document.
  case document

  init(name: String) {
    switch name {
    case "href", "src", "action", "formaction", "poster", "cite", "data", "background", "longdesc",
      "manifest", "ping", "xlink:href", "codebase", "classid", "profile", "usemap", "icon", "dynsrc",
      "lowsrc":
      self = .url
    case "srcset", "imagesrcset": self = .urlList
    case "style": self = .style
    case "srcdoc": self = .document
    default: self = name.hasPrefix("on") ? .eventHandler : .plain
    }
  }
}

// MARK: - Advancing

extension MarkupPosition {
  /// A place where the author has to change something, found while reading text.
  enum Mistake: Hashable {
    /// The text gives a URL, begun by a value, its scheme.
    case schemeAfterValue
  }

  /// Moves past `bytes`; what is wrong in them, with the index of the byte.
  mutating func advance(over bytes: ArraySlice<UInt8>) -> (Mistake, Int)? {
    var index = bytes.startIndex
    var mistake: (Mistake, Int)?
    while index < bytes.endIndex {
      let byte = bytes[index]
      switch place {
      case .text:
        // Almost all text is here: look for the next '<' only.
        guard let next = bytes[index...].firstIndex(of: 0x3C) else { return mistake }
        index = next
        openTag(bytes, &index)
      case .plainText, .script, .style, .rawText:
        if place == .script { script.advance(over: byte) }
        if byte == 0x3C, endsRawElement(bytes[index...]) {
          place = .tagName
          isEndTag = true
          index += element.utf8.count + 2
          script = ScriptPosition()
        } else {
          index += 1
        }
      case .tagOpening: openTagName(byte, &index)
      case .tagName:
        switch byte {
        case 0x3E: closeTag()
        case 0x2F: place = .tag
        case _ where MarkupPosition.isSpace(byte): place = .tag
        default: element.unicodeScalars.append(MarkupPosition.lowercase(byte))
        }
        index += 1
      case .tag:
        if byte == 0x3E {
          closeTag()
        } else if byte != 0x2F, !MarkupPosition.isSpace(byte) {
          place = .attributeName
          attribute = String(Character(MarkupPosition.lowercase(byte)))
        }
        index += 1
      case .attributeName:
        switch byte {
        case 0x3D: place = .beforeValue
        case 0x3E: closeTag()
        case 0x2F: place = .tag
        case _ where MarkupPosition.isSpace(byte): place = .afterAttributeName
        default: attribute.unicodeScalars.append(MarkupPosition.lowercase(byte))
        }
        index += 1
      case .afterAttributeName:
        if byte == 0x3D {
          place = .beforeValue
        } else if byte == 0x3E {
          closeTag()
        } else if !MarkupPosition.isSpace(byte) {
          place = .tag
          continue
        }
        index += 1
      case .beforeValue:
        if byte == 0x22 || byte == 0x27 {
          beginValue(.quotedValue, quote: byte)
        } else if byte == 0x3E {
          closeTag()
        } else if !MarkupPosition.isSpace(byte) {
          beginValue(.unquotedValue, quote: 0)
          continue
        }
        index += 1
      case .quotedValue:
        if byte == quote {
          endValue()
        } else if let found = advanceURL(over: byte) {
          mistake = mistake ?? (found, index)
        }
        index += 1
      case .unquotedValue:
        if byte == 0x3E {
          closeTag()
        } else if MarkupPosition.isSpace(byte) {
          endValue()
        }
        index += 1
      case .comment:
        if byte == 0x2D, bytes[index...].starts(with: [0x2D, 0x2D, 0x3E]) {
          place = .text
          index += 3
        } else {
          index += 1
        }
      case .declaration:
        if byte == 0x3E { place = .text }
        index += 1
      }
    }
    return mistake
  }

  /// Moves past a value that was written here.
  mutating func advanceOverValue(settlesScheme: Bool) {
    if place == .quotedValue, scheme != .settled {
      scheme = settlesScheme ? .settled : .undecided
      schemeLetters = ""
    }
    if place == .script { script.advanceOverValue() }
  }

  private mutating func openTag(_ bytes: ArraySlice<UInt8>, _ index: inout Int) {
    if bytes[index...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
      place = .comment
      index += 4
      // `<!-->` and `<!--->` are whole comments.
      if bytes[index...].starts(with: [0x3E]) {
        place = .text
        index += 1
      } else if bytes[index...].starts(with: [0x2D, 0x3E]) {
        place = .text
        index += 2
      }
    } else {
      place = .tagOpening
      isEndTag = false
      element = ""
      index += 1
    }
  }

  private mutating func openTagName(_ byte: UInt8, _ index: inout Int) {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A:
      place = .tagName
      attribute = ""
    case 0x2F where !isEndTag:
      isEndTag = true
      index += 1
    case 0x21, 0x3F:
      place = .declaration
      index += 1
    default:
      // `< ` is text; `</ ` begins a comment that ends with '>'.
      place = isEndTag ? .declaration : .text
    }
  }

  private mutating func closeTag() {
    attribute = ""
    quote = 0
    scheme = .open
    schemeLetters = ""
    let opened = isEndTag ? "" : element
    isEndTag = false
    switch opened {
    case "script":
      place = .script
      script = ScriptPosition()
    case "style": place = .style
    case "title", "textarea": place = .plainText
    case "iframe", "xmp", "noembed", "noframes", "plaintext": place = .rawText
    default:
      place = .text
      element = ""
    }
  }

  private mutating func beginValue(_ kind: Place, quote byte: UInt8) {
    place = kind
    quote = byte
    scheme = .open
    schemeLetters = ""
  }

  private mutating func endValue() {
    place = .tag
    attribute = ""
    quote = 0
    scheme = .open
    schemeLetters = ""
  }

  private mutating func advanceURL(over byte: UInt8) -> Mistake? {
    let kind = attributeKind
    guard kind == .url || kind == .urlList else { return nil }
    if kind == .urlList, byte == 0x2C || MarkupPosition.isSpace(byte) {
      scheme = .open
      schemeLetters = ""
      return nil
    }
    guard scheme != .settled else { return nil }
    switch byte {
    case 0x2F, 0x3F, 0x23:
      scheme = .settled
    case 0x3A:
      let beganWithValue = scheme == .undecided && schemeLetters.isEmpty
      scheme = .settled
      if beganWithValue { return .schemeAfterValue }
    case 0x00...0x20: break
    default:
      if scheme == .open || !schemeLetters.isEmpty {
        schemeLetters.unicodeScalars.append(MarkupPosition.lowercase(byte))
      }
      scheme = .undecided
    }
    return nil
  }

  /// Whether `bytes` begin with the end tag of the raw element that the place is in.
  private func endsRawElement(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard element != "plaintext", bytes.dropFirst().first == 0x2F else { return false }
    let rest = bytes.dropFirst(2)
    let name = element.utf8
    guard rest.count >= name.count,
      rest.prefix(name.count).elementsEqual(name, by: { $0 | 0x20 == $1 })
    else { return false }
    guard let next = rest.dropFirst(name.count).first else { return true }
    return next == 0x3E || next == 0x2F || MarkupPosition.isSpace(next)
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func lowercase(_ byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
  }
}
