/// A URL or e-mail address in running text, found by the rules of GitHub Flavored Markdown.
struct BareLink {
  /// What is shown, as indices into the text.
  var range: Range<Int>
  /// What has to stand before it to make it a URL.
  var prefix: StaticString

  /// The URL whose `://` begins at `colon`; its scheme does not reach before `start`.
  ///
  /// - Complexity: O(*n*) in the length of the URL.
  static func url(in text: Span<UInt8>, around colon: Int, from start: Int) -> BareLink? {
    guard text.has("//", at: colon + 1) else { return nil }
    var first = colon
    while first > start, colon - first < 6, text[first - 1].isLetter { first -= 1 }
    guard first == start || !text[first - 1].isLetter && !text[first - 1].isDigit else { return nil }
    guard
      text.has(lowered: "https:", at: first) && colon == first + 5
        || text.has(lowered: "http:", at: first) && colon == first + 4
        || text.has(lowered: "ftp:", at: first) && colon == first + 3
    else { return nil }
    let domain = colon + 3
    guard
      let domainEnd = text.endOfNumericHost(at: domain)
        ?? endOfDomain(in: text, from: domain, needsDot: false)
    else { return nil }
    let end = end(of: first, in: text, from: domainEnd)
    return end > domain ? BareLink(range: first..<end, prefix: "") : nil
  }

  /// The host and path whose `www.` ends at `dot`; it does not reach before `start`.
  static func www(in text: Span<UInt8>, at dot: Int, from start: Int) -> BareLink? {
    let first = dot - 3
    guard first >= start, text.has(lowered: "www", at: first) else { return nil }
    if first > start {
      let before = text[first - 1]
      guard before.isSpace || before >= 0x80 || ByteSet("*_~(").contains(before) else { return nil }
    }
    guard let domainEnd = endOfDomain(in: text, from: first, needsDot: true) else { return nil }
    let end = end(of: first, in: text, from: domainEnd)
    return end > dot + 1 ? BareLink(range: first..<end, prefix: "http://") : nil
  }

  /// The e-mail address around the `@` at `at`; it does not reach before `start`.
  static func address(in text: Span<UInt8>, around at: Int, from start: Int) -> BareLink? {
    var first = at
    while first > start,
      text[first - 1].isLetter || text[first - 1].isDigit
        || ByteSet(".+-_").contains(text[first - 1])
    { first -= 1 }
    guard first < at else { return nil }
    var end = at + 1
    var hasDot = false
    while end < text.count {
      let byte = text[end]
      if byte == 0x2E, end + 1 < text.count, text[end + 1].isLetter || text[end + 1].isDigit {
        hasDot = true
      } else if !byte.isLetter, !byte.isDigit, byte != 0x2D, byte != 0x5F {
        break
      }
      end += 1
    }
    if end < text.count, text[end] == 0x40 { return nil }
    guard hasDot, text[end - 1].isLetter else { return nil }
    return BareLink(range: first..<end, prefix: "mailto:")
  }

  /// The end of the host name that begins at `start`: labels of letters, digits and `-`, with `_` only
  /// before the last two.
  private static func endOfDomain(in text: Span<UInt8>, from start: Int, needsDot: Bool) -> Int? {
    var index = start
    var dots = 0
    var underscores = (last: 0, before: 0)
    while index < text.count {
      let byte = text[index]
      if byte == 0x5F {
        underscores.last += 1
      } else if byte == 0x2E {
        guard index + 1 < text.count else { break }
        underscores = (0, underscores.last)
        dots += 1
      } else if !byte.isLetter && !byte.isDigit && byte != 0x2D && !isLetterByte(text, at: index) {
        break
      }
      index += 1
    }
    guard index > start, text[start] != 0x2E, underscores.last == 0, underscores.before == 0 else {
      return nil
    }
    return needsDot && dots == 0 ? nil : index
  }

  /// Whether the byte at `index` belongs to a character beyond ASCII that is no space and no quotation mark.
  private static func isLetterByte(_ text: Span<UInt8>, at index: Int) -> Bool {
    text[index] >= 0x80 && !isSpaceOrQuote(text, at: index)
  }

  /// Whether a no-break space, general punctuation (U+2000…203F: dashes, curly quotation marks, …) or an
  /// ideographic space or stop begins at `index`.
  private static func isSpaceOrQuote(_ text: Span<UInt8>, at index: Int) -> Bool {
    guard index + 1 < text.count else { return false }
    switch (text[index], text[index + 1]) {
    case (0xC2, 0xA0), (0xC2, 0xAB), (0xC2, 0xBB), (0xE2, 0x80), (0xE3, 0x80): return true
    default: return false
    }
  }

  /// The end of a link that begins at `start`, without the punctuation that belongs to the sentence.
  private static func end(of start: Int, in text: Span<UInt8>, from: Int) -> Int {
    var end = from
    while end < text.count, text[end] > 0x20, text[end] != 0x3C, !isSpaceOrQuote(text, at: end) { end += 1 }
    var open = 0
    var closed = 0
    for index in start..<end {
      if text[index] == 0x28 { open += 1 }
      if text[index] == 0x29 { closed += 1 }
    }
    trim: while end > start {
      switch text[end - 1] {
      case 0x3F, 0x21, 0x2E, 0x2C, 0x3A, 0x2A, 0x5F, 0x7E, 0x27, 0x22: end -= 1
      case 0x29:
        guard closed > open else { break trim }
        closed -= 1
        end -= 1
      case 0x3B:
        // Something that looks like an entity goes whole.
        var ampersand = end - 2
        while ampersand > start, text[ampersand].isLetter { ampersand -= 1 }
        end = ampersand < end - 2 && text[ampersand] == 0x26 ? ampersand : end - 1
      default: break trim
      }
    }
    return end
  }
}
