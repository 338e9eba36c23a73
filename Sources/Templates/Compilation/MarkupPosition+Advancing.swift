extension MarkupPosition {
  /// A place where the author has to change something, found while reading text.
  enum Mistake: Hashable {
    /// The text gives a URL, begun by a value, its scheme.
    case schemeAfterValue
    /// `<![`, which is a comment in HTML and text in SVG.
    case markedSection
    /// `<!` in a script, after which `</script>` may not end it.
    case commentInScript
    /// A name that is longer, or an attribute that has a value, in some branches only.
    case joinedName
    /// An end tag inside `<svg>` or `<math>` that is not the innermost open element's.
    case unorderedEndTag
    /// A `<`, or in a script `&`, that means something else to a browser that reads the region by its own rules.
    case ambiguousInRegion(String)
    /// An `http-equiv` after a `content` with a value in it.
    case latePragma
    /// A `<` or a quotation mark in the tag of an element, where neither means anything.
    case strayInTag(UInt8, element: String)
  }

  /// Something that makes no value unsafe, but most likely a page that isn't as it should be.
  enum Doubt {
    /// An address that is written out as a path.
    case path
    case element(OpenElements.Mistake)
  }

  /// Moves past `bytes`; the first thing wrong in them, with the index of the byte, and all that is doubtful.
  ///
  /// What the text of a template has between its tags may be cut anywhere, so every byte is judged by itself and
  /// by what the position remembers.
  mutating func advance(
    over bytes: ArraySlice<UInt8>
  ) -> (mistake: (Mistake, Int)?, doubts: [(Doubt, Range<Int>)]) {
    var index = bytes.startIndex
    var mistake: (Mistake, Int)?
    var doubts: [(Doubt, Range<Int>)] = []
    while index < bytes.endIndex {
      if place == .text {
        // Almost all text is here: look for the next '<' only.
        guard let next = bytes[index...].firstIndex(of: 0x3C) else { break }
        place = .tagOpening
        element = ""
        open.beginTag(at: next)
        index = next + 1
        continue
      }
      let isBeforeValue = place == .beforeValue
      if let found = advance(over: bytes[index], followedBy: bytes[(index + 1)...]), mistake == nil {
        mistake = (found, index)
      }
      if isBeforeValue, place == .quotedValue || place == .unquotedValue {
        let path = path(in: bytes[(place == .quotedValue ? index + 1 : index)...])
        if !path.isEmpty { doubts.append((.path, path)) }
      }
      for mistake in open.takeMistakes() {
        doubts.append((.element(mistake), open.tagOffset(before: index)..<(index + 1)))
      }
      index += 1
    }
    return (mistake, doubts)
  }

  /// Moves past a value that was written here.
  mutating func advanceOverValue() {
    if place == .quotedValue {
      if element == "meta", attribute == "content" { hasContentValue = true }
      if isInRelation { relation.appendValue() }
      if scheme != .settled, attributeKind != .pragma || !isBeforePragmaURL {
        scheme = .undecided
        schemeLetters = ""
      }
    }
    if place == .script {
      script.advanceOverValue()
      partial = 0
    }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
  }

  static func lowercase(_ byte: UInt8) -> Unicode.Scalar {
    Unicode.Scalar((0x41...0x5A).contains(byte) ? byte + 0x20 : byte)
  }
}

// MARK: - By place

extension MarkupPosition {
  private mutating func advance(over byte: UInt8, followedBy rest: ArraySlice<UInt8>) -> Mistake? {
    switch place {
    case .text:
      if byte == 0x3C {
        place = .tagOpening
        element = ""
      }
      return nil
    case .tagOpening: return openTag(byte, rest)
    case .declarationOpening:
      place = byte == 0x2D ? .commentOpening : .declaration
      if byte == 0x3E { place = .text }
      return byte == 0x5B ? .markedSection : nil
    case .commentOpening:
      switch byte {
      case 0x2D:
        place = .comment
        partial = CommentEnd.start
      case 0x3E: place = .text
      default: place = .declaration
      }
      return nil
    case .declaration:
      if byte == 0x3E { place = .text }
      return regionMistake(byte)
    case .comment:
      advanceComment(byte)
      return regionMistake(byte)
    case .plainText, .script, .style, .rawText: return advanceRaw(byte, rest)
    case .quotedValue:
      if byte == quote {
        endValue()
        return nil
      }
      if isInRelation { relation.append(byte) }
      return advanceURL(over: byte, followedBy: rest) ?? regionMistake(byte)
    case .unquotedValue:
      if byte == 0x3E { return closeTag() }
      if isInRelation { relation.append(byte) }
      if MarkupPosition.isSpace(byte) { endValue() }
      return regionMistake(byte) ?? strayMistake(byte)
    case .tagName, .tag, .attributeName, .afterAttributeName, .beforeValue:
      let isStray = place != .beforeValue
      return advanceTag(byte) ?? regionMistake(byte) ?? (isStray ? strayMistake(byte) : nil)
    }
  }

  private func regionMistake(_ byte: UInt8) -> Mistake? {
    guard byte == 0x3C, let region = regions.last else { return nil }
    return .ambiguousInRegion(region)
  }

  private func strayMistake(_ byte: UInt8) -> Mistake? {
    [0x22, 0x27, 0x3C].contains(byte) ? .strayInTag(byte, element: element) : nil
  }

  private mutating func openTag(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> Mistake? {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A:
      place = .tagName
      attribute = ""
      element = String(Character(MarkupPosition.lowercase(byte)))
    case 0x2F where !isEndTag: isEndTag = true
    case 0x21 where !isEndTag: place = .declarationOpening
    case 0x21, 0x3F:
      place = .declaration
      isEndTag = false
    case 0x3E where isEndTag:
      place = .text
      isEndTag = false
    default:
      // `< ` is text; `</ ` begins a comment that ends with '>'.
      place = isEndTag ? .declaration : .text
      isEndTag = false
      if place == .text { return advance(over: byte, followedBy: rest) }
    }
    return nil
  }

  private mutating func advanceTag(_ byte: UInt8) -> Mistake? {
    let isSpace = MarkupPosition.isSpace(byte)
    switch (place, byte) {
    case (.beforeValue, 0x22), (.beforeValue, 0x27): beginValue(.quotedValue, quote: byte)
    case (.beforeValue, _) where isSpace: break
    case (_, 0x3E): return closeTag()
    case (.beforeValue, _):
      beginValue(.unquotedValue, quote: 0)
      if isInRelation { relation.append(byte) }
    case (_, 0x2F):
      let mistake = endName()
      place = .tag
      openName = .none
      isSelfClosing = true
      return mistake
    case (.tagName, _) where isSpace: place = .tag
    case (.tagName, _): element.unicodeScalars.append(MarkupPosition.lowercase(byte))
    case (.attributeName, 0x3D), (.afterAttributeName, 0x3D):
      let mistake = endName()
      place = .beforeValue
      return mistake
    case (.attributeName, _) where isSpace:
      let mistake = endName()
      place = .afterAttributeName
      return mistake
    case (.attributeName, _): attribute.unicodeScalars.append(MarkupPosition.lowercase(byte))
    case (_, _) where isSpace:
      if openName == .name { openName = .afterName }
      isSelfClosing = false
    default:
      let isJoined = openName == .name || openName == .afterName && byte == 0x3D
      openName = .none
      isSelfClosing = false
      place = .attributeName
      attribute = String(Character(MarkupPosition.lowercase(byte)))
      if isJoined { return .joinedName }
    }
    return nil
  }

  /// Takes note of an attribute whose name is complete.
  private mutating func endName() -> Mistake? {
    guard element == "meta", attribute == "http-equiv" else { return nil }
    isPragma = true
    return hasContentValue ? .latePragma : nil
  }

  private var isInRelation: Bool { element == "link" && attribute == "rel" }

  private mutating func beginValue(_ kind: Place, quote byte: UInt8) {
    place = kind
    quote = byte
    scheme = .open
    schemeLetters = ""
    isUnfitForValues = false
    if isInRelation { relation.append(0x20) }
  }

  private mutating func endValue() {
    place = .tag
    attribute = ""
    quote = 0
    scheme = .open
    schemeLetters = ""
    isUnfitForValues = false
  }

  // MARK: - Elements

  /// Elements inside of which a browser reads some tags by other rules: as names without meaning, as text, or
  /// not at all.
  private static let regionNames: Set<String> = ["svg", "math", "select", "noscript", "frameset"]
  /// Elements of SVG and MathML whose content is HTML again.
  private static let integrationPoints: Set<String> = [
    "foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext",
  ]
  private static let voidElements: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ]

  private mutating func closeTag() -> Mistake? {
    let isSelfClosing = self.isSelfClosing
    let isEndTag = self.isEndTag
    var mistake = endName()
    endValue()
    openName = .none
    self.isSelfClosing = false
    self.isEndTag = false
    isPragma = false
    hasContentValue = false
    relation = LinkRelation()
    partial = 0
    if isEndTag {
      mistake = leaveElement() ?? mistake
    } else {
      enterElement(isSelfClosing: isSelfClosing)
    }
    place = .text
    guard !isEndTag else {
      element = ""
      return mistake
    }
    switch element {
    case "script":
      place = .script
      script = ScriptPosition()
    case "style": place = .style
    case "title", "textarea": place = .plainText
    case "iframe", "xmp", "noembed", "noframes", "plaintext": place = .rawText
    default: element = ""
    }
    return mistake
  }

  /// Whether every element has to be closed in order here.
  private var isInForeignElement: Bool { regions.contains("svg") || regions.contains("math") }

  private mutating func enterElement(isSelfClosing: Bool) {
    guard isInForeignElement else {
      open.open(element)
      let isForeign = element == "svg" || element == "math"
      if MarkupPosition.regionNames.contains(element), !(isForeign && isSelfClosing) {
        regions.append(element)
      }
      return
    }
    if MarkupPosition.voidElements.contains(element) { return }
    let nearest = regions.last {
      $0 == "svg" || $0 == "math" || MarkupPosition.integrationPoints.contains($0)
    }
    let isForeign = nearest == "svg" || nearest == "math" || element == "svg" || element == "math"
    if !(isSelfClosing && isForeign) { regions.append(element) }
  }

  private mutating func leaveElement() -> Mistake? {
    if !isInForeignElement { open.close(element) }
    if regions.last == element {
      if element != "frameset" { regions.removeLast() }
    } else if isInForeignElement {
      return .unorderedEndTag
    }
    return nil
  }

  // MARK: - Comments and raw text

  /// What of a comment's end stands just before, as ``partial``.
  private enum CommentEnd {
    static let dash = 1
    static let dashes = 2
    static let bang = 3
    /// Just after `<!--`, where `>` and `->` end the comment, too.
    static let start = 4
    static let startDash = 5
  }

  private mutating func advanceComment(_ byte: UInt8) {
    switch (partial, byte) {
    case (CommentEnd.dashes..., 0x3E):
      place = .text
      partial = 0
    case (CommentEnd.start, 0x2D): partial = CommentEnd.startDash
    case (CommentEnd.dash..., 0x2D):
      partial = partial == CommentEnd.bang ? CommentEnd.dash : CommentEnd.dashes
    case (0, 0x2D): partial = CommentEnd.dash
    case (CommentEnd.dashes, 0x21): partial = CommentEnd.bang
    default: partial = 0
    }
  }

  private mutating func advanceRaw(_ byte: UInt8, _ rest: ArraySlice<UInt8>) -> Mistake? {
    let name = element.utf8
    let matched = partial
    if place == .script { script.advance(over: byte, followedBy: rest) }
    switch matched {
    case name.count + 2 where byte == 0x3E || byte == 0x2F || MarkupPosition.isSpace(byte):
      place = .tagName
      isEndTag = true
      partial = 0
      script = ScriptPosition()
      return advanceTag(byte)
    case 1 where byte == 0x2F && element != "plaintext": partial = 2
    case 2..<(name.count + 2)
    where byte | 0x20 == name[name.index(name.startIndex, offsetBy: matched - 2)]:
      partial += 1
    default: partial = byte == 0x3C ? 1 : 0
    }
    if place == .script, matched == 1, byte == 0x21 { return .commentInScript }
    if let region = regions.last {
      if matched > 0, partial <= 1 { return .ambiguousInRegion(region) }
      if place == .script, byte == 0x26 { return .ambiguousInRegion(region) }
    }
    return nil
  }

  // MARK: - URLs

  /// Attributes whose address the browser fetches or goes to.
  private static let addresses: Set<String> = [
    "href", "src", "srcset", "action", "formaction", "poster", "data", "background", "xlink:href",
    "imagesrcset",
  ]

  /// Where an address at the beginning of `bytes`, which are the rest of the text and begin with the value of the attribute, is
  /// a path: neither a part of the page, nor with a scheme or host, nor a value's. Empty where it isn't.
  private func path(in bytes: ArraySlice<UInt8>) -> Range<Int> {
    let none = bytes.startIndex..<bytes.startIndex
    guard MarkupPosition.addresses.contains(attribute), element != "base" else { return none }
    let end = bytes.firstIndex { byte in
      place == .quotedValue ? byte == quote : byte == 0x3E || MarkupPosition.isSpace(byte)
    }
    let value = bytes[..<(end ?? bytes.endIndex)]
    switch value.first {
    case nil, 0x23, 0x3F: return none
    case 0x2F: return value.dropFirst().first == 0x2F ? none : value.indices
    default:
      // A scheme has a colon before all that could come after it, or a reference to a character that may be one.
      switch value.first(where: { [0x3A, 0x26, 0x2F, 0x3F, 0x23].contains($0) }) {
      case 0x3A, 0x26: return none
      case nil: return end == nil ? none : value.indices
      default: return value.indices
      }
    }
  }

  private mutating func advanceURL(over byte: UInt8, followedBy rest: ArraySlice<UInt8>) -> Mistake? {
    switch attributeKind {
    case .url, .codeURL: break
    case .urlList where byte == 0x2C || MarkupPosition.isSpace(byte):
      scheme = .open
      schemeLetters = ""
      return nil
    case .urlList: break
    case .pragma:
      if isBeforePragmaURL {
        schemeLetters.unicodeScalars.append(MarkupPosition.lowercase(byte))
        return nil
      }
      if schemeLetters.hasSuffix("url=") {
        if MarkupPosition.isSpace(byte) || byte == 0x22 || byte == 0x27 { return nil }
        schemeLetters = ""
      }
    default: return nil
    }
    guard scheme != .settled else { return nil }
    let beganWithValue = scheme == .undecided && schemeLetters.isEmpty
    switch byte {
    case 0x2F, 0x3F, 0x23: scheme = .settled
    case 0x3A:
      scheme = .settled
      if beganWithValue { return .schemeAfterValue }
      if MarkupPosition.schemesOfCode.contains(schemeLetters) { isUnfitForValues = true }
    case 0x26:
      // '&' itself is no part of a scheme, but a reference may stand for any character.
      if rest.starts(with: "amp;".utf8) {
        scheme = .settled
      } else {
        isUnfitForValues = true
        scheme = .undecided
        if beganWithValue { return .schemeAfterValue }
      }
    case 0x00...0x20: break
    default:
      if !beganWithValue { schemeLetters.unicodeScalars.append(MarkupPosition.lowercase(byte)) }
      scheme = .undecided
    }
    return nil
  }

  private static let schemesOfCode: Set<String> = ["javascript", "vbscript", "livescript", "data"]

  /// Whether no `url=` has come yet in the `content` of a `<meta>` with `http-equiv`.
  var isBeforePragmaURL: Bool { scheme == .open && !schemeLetters.hasSuffix("url=") }
}
