import SourceText

/// What one pass over the bytes of a text tells before it is parsed: its lines, what it may hold, and
/// whether it is within bounds. What it does not hold costs nothing later.
struct TextSurvey {
  /// Things that a text may hold.
  struct Features: OptionSet {
    let rawValue: UInt16

    /// `~~`.
    static let strikes = Features(rawValue: 1 << 0)
    /// `[^`.
    static let notes = Features(rawValue: 1 << 1)
    /// `[ ]`, `[x]`.
    static let tasks = Features(rawValue: 1 << 2)
    /// `://`, `www.`.
    static let urls = Features(rawValue: 1 << 3)
    /// `@`.
    static let addresses = Features(rawValue: 1 << 4)
    /// `]:`.
    static let definitions = Features(rawValue: 1 << 5)
    /// A line that may be the row of dashes in a table.
    static let tables = Features(rawValue: 1 << 6)
    /// `\~`.
    static let escapedTildes = Features(rawValue: 1 << 7)
    /// `\[^`.
    static let escapedNotes = Features(rawValue: 1 << 8)
    /// Control characters but tabs and line ends, as they are or as `&#1;`.
    static let controls = Features(rawValue: 1 << 9)
  }

  /// Which of the bounds a text exceeds.
  enum Excess {
    case length
    /// Block quotes, lists or brackets on the line with this index.
    case nesting(line: Int)
  }

  /// The lines with their ends, as places in the source.
  private(set) var lines: [ByteRange] = []
  private(set) var features: Features = []
  private(set) var hasInvalidUTF8 = false
  /// URLs that are not marked as links, and hold characters that mean something else in Markdown.
  private(set) var troubledURLs: [Range<Int>] = []
  /// Hashes at the start of a line that would begin a heading if there were a space behind them.
  private(set) var unspacedHashes: [ByteRange] = []
  /// The `[` of each `)[http`.
  private(set) var reversedLinks: [Int] = []
  /// What stands for the mark of a list at the start of a line, with the space behind it.
  private(set) var bullets: [ByteRange] = []
  private(set) var excess: Excess?
  /// The first control character of those in ``Features/controls``.
  private(set) var firstControl: ByteRange?
  /// Whether a control character stands there as it is; `&#1;` means nothing in code.
  private(set) var hasBareControl = false

  init(_ bytes: Span<UInt8>, in range: Range<Int>, options: MarkdownOptions) {
    guard range.count <= options.byteLimit else {
      excess = .length
      return
    }
    lines.reserveCapacity(range.count / 40 + 2)
    // Brackets may be left open in code, where they mean nothing.
    let bracketLimit = 10 * options.nestingLimit
    let text = bytes.extracting(first: range.upperBound)
    let interesting = ByteSet("[]~:.@&\u{7F}")
    var start = range.lowerBound
    var index = range.lowerBound
    var urlEnd = 0
    var openBrackets = 0
    while index < text.count {
      index = text.endOfCommonRun(from: index)
      guard index < text.count else { break }
      let byte = text[index]
      if byte >= 0x80 {
        let length = text.lengthOfCharacter(at: index)
        if length == 0 { hasInvalidUTF8 = true }
        index += max(1, length)
        continue
      }
      guard byte < 0x20 || interesting.contains(byte) else {
        index += 1
        continue
      }
      switch byte {
      case 0x0A, 0x0D:
        let end = index
        if byte == 0x0D, index + 1 < text.count, text[index + 1] == 0x0A { index += 1 }
        addLine(start..<end, endingAt: index + 1, of: text, limit: options.nestingLimit)
        // A blank line ends a paragraph, and with it whatever brackets are open.
        if end - start <= 1 { openBrackets = 0 }
        start = index + 1
      case 0x5B:  // [
        openBrackets += 1
        if index > range.lowerBound, text[index - 1] == 0x29, text.has(lowered: "http", at: index + 1) {
          reversedLinks.append(index)
        }
        if openBrackets > bracketLimit, excess == nil { excess = .nesting(line: lines.count) }
        if index + 1 < text.count, text[index + 1] == 0x5E {
          let isEscaped = index > range.lowerBound && text[index - 1] == 0x5C
          features.insert(isEscaped ? .escapedNotes : .notes)
        }
      case 0x5D:  // ]
        if openBrackets > 0 { openBrackets -= 1 }
        if index + 1 < text.count, text[index + 1] == 0x3A { features.insert(.definitions) }
        if index >= range.lowerBound + 2, text[index - 2] == 0x5B { features.insert(.tasks) }
      case 0x7E:  // ~
        if index > range.lowerBound {
          if text[index - 1] == 0x7E { features.insert(.strikes) }
          if text[index - 1] == 0x5C { features.insert(.escapedTildes) }
        }
      case 0x3A:  // :
        if text.has("//", at: index + 1) {
          features.insert(.urls)
          if index >= urlEnd { urlEnd = surveyURL(at: index, of: text, from: range.lowerBound) }
        }
      case 0x2E:  // .
        if index >= range.lowerBound + 3, text.has(lowered: "www", at: index - 3) {
          features.insert(.urls)
          if index >= urlEnd { urlEnd = surveyURL(at: index, of: text, from: range.lowerBound) }
        }
      case 0x40: features.insert(.addresses)
      case 0x09: break
      case 0x26:  // &
        guard let end = endOfControl(at: index, of: text) else { break }
        addControl(index..<end)
      default:
        addControl(index..<(index + 1))
        hasBareControl = true
      }
      index += 1
    }
    if start < text.count {
      addLine(start..<text.count, endingAt: text.count, of: text, limit: options.nestingLimit)
    }
  }

  // MARK: - Control characters

  private mutating func addControl(_ range: Range<Int>) {
    features.insert(.controls)
    if firstControl == nil { firstControl = ByteRange(range.lowerBound, range.upperBound) }
  }

  /// The end of the `&#1;` or `&#x1;` at `start`, if it stands for a control character; NUL becomes U+FFFD.
  private func endOfControl(at start: Int, of text: Span<UInt8>) -> Int? {
    guard text.has("#", at: start + 1) else { return nil }
    let isHexadecimal = text.has(lowered: "x", at: start + 2)
    var index = start + (isHexadecimal ? 3 : 2)
    let limit = min(text.count, index + 8)
    var value = 0
    while index < limit, text[index] != 0x3B {
      let byte = text[index].lowered
      if byte.isDigit {
        value = value * (isHexadecimal ? 16 : 10) + Int(byte - 0x30)
      } else if isHexadecimal, (0x61...0x66).contains(byte) {
        value = value * 16 + Int(byte - 0x57)
      } else {
        return nil
      }
      index += 1
    }
    guard index < limit, value > 0, value < 0x80, UInt8(value).isControl else { return nil }
    return index + 1
  }

  // MARK: - Lines

  /// Takes note of the line `content` and of what its first characters say: how deep it is nested, and
  /// whether it may be a row of dashes.
  private mutating func addLine(_ content: Range<Int>, endingAt end: Int, of text: Span<UInt8>, limit: Int) {
    defer { lines.append(ByteRange(content.lowerBound, end)) }
    var index = content.lowerBound
    var columns = 0
    var depth = 0
    var knownNoBreak: UInt8 = 0
    while index < content.upperBound {
      let byte = text[index]
      switch byte {
      case 0x20, 0x09:
        if depth == 0 { columns += byte == 0x20 ? 1 : 4 }
        index += 1
        continue
      case 0x3E:  // >
        depth += 1
        index += 1
      case 0x2A, 0x2B, 0x2D:  // * + -
        guard index + 1 >= content.upperBound || text[index + 1].isSpace else {
          if byte == 0x2D {
            if text[index + 1].isLetter || text[index + 1] >= 0x80 {
              bullets.append(ByteRange(index, index + 1))
            } else {
              surveyDashes(index..<content.upperBound, of: text)
            }
          }
          return
        }
        // `* * *` is a break, however long.
        if byte != knownNoBreak {
          if isBreak(index..<content.upperBound, of: text) { return }
          knownNoBreak = byte
        }
        depth += 1
        index += 1
      case 0x30...0x39:
        var digits = index
        while digits < content.upperBound, digits - index < 10, text[digits].isDigit { digits += 1 }
        guard digits < content.upperBound, text[digits] == 0x2E || text[digits] == 0x29,
          digits + 1 >= content.upperBound || text[digits + 1].isSpace
        else { return }
        depth += 1
        index = digits + 1
      case 0x23:  // #
        surveyHashes(index..<content.upperBound, of: text)
        return
      case 0xC2, 0xE2:
        surveyBullet(index..<content.upperBound, of: text)
        return
      default:
        if byte == 0x7C || byte == 0x3A { surveyDashes(index..<content.upperBound, of: text) }
        return
      }
      // A list needs two columns more than the one it stands in.
      if depth + columns / 2 > limit {
        if excess == nil { excess = .nesting(line: lines.count) }
        return
      }
    }
  }

  /// Takes note of `##Heading`, and of one to six hashes before a no-break space. One hash before a word is what
  /// networks find a post by.
  private mutating func surveyHashes(_ range: Range<Int>, of text: Span<UInt8>) {
    var end = range.lowerBound
    while end < range.upperBound, text[end] == 0x23 { end += 1 }
    let count = end - range.lowerBound
    guard count <= 6, end < range.upperBound, !text[end].isSpace else { return }
    let next = text[end]
    guard
      text.lengthOfNoBreakSpace(at: end) != nil
        || count > 1 && (next.isLetter || next.isDigit || next == 0x2A || next >= 0x80)
    else { return }
    unspacedHashes.append(ByteRange(range.lowerBound, end))
  }

  /// Takes note of a bullet or dash of a word processor, with a space or tab behind it.
  private mutating func surveyBullet(_ range: Range<Int>, of text: Span<UInt8>) {
    let start = range.lowerBound
    guard start + 3 < range.upperBound else { return }
    let length = text.lengthOfCharacter(at: start)
    switch (text[start], text[start + 1], text[start + 2]) {
    // · • – — ‣ ▪ ● ◦
    case (0xC2, 0xB7, _), (0xE2, 0x80, 0xA2), (0xE2, 0x80, 0x93), (0xE2, 0x80, 0x94), (0xE2, 0x80, 0xA3),
      (0xE2, 0x96, 0xAA), (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0xA6):
      break
    default: return
    }
    var end = start + length
    if let space = text.lengthOfNoBreakSpace(at: end) {
      end += space
    } else {
      while end < range.upperBound, text[end] == 0x20 || text[end] == 0x09 { end += 1 }
    }
    guard end > start + length, end < range.upperBound, !text[end].isSpace else { return }
    bullets.append(ByteRange(start, end))
  }

  private func isBreak(_ range: Range<Int>, of text: Span<UInt8>) -> Bool {
    let mark = text[range.lowerBound]
    for index in range where text[index] != mark && !text[index].isSpace { return false }
    return true
  }

  private mutating func surveyDashes(_ range: Range<Int>, of text: Span<UInt8>) {
    var hasDash = false
    var hasBorder = false
    for index in range {
      switch text[index] {
      case 0x2D: hasDash = true
      case 0x7C, 0x3A: hasBorder = true
      case 0x20, 0x09: break
      default: return
      }
    }
    if hasDash, hasBorder { features.insert(.tables) }
  }

  // MARK: - URLs

  /// Looks at the URL around `mark`, which is a `:` or `.`, and says where it ends.
  private mutating func surveyURL(at mark: Int, of text: Span<UInt8>, from lowerBound: Int) -> Int {
    var start = mark
    while start > lowerBound, text[start - 1].isLetter { start -= 1 }
    var end = mark + 1
    var isTroubled = false
    scan: while end < text.count {
      switch text[end] {
      case 0...0x20, 0x3C, 0x3E, 0x22, 0x5B, 0x5D, 0x60, 0x7C: break scan
      case 0x5F, 0x2A, 0x7E, 0x27: isTroubled = true
      case 0x2D: isTroubled = isTroubled || text[end - 1] == 0x2D
      case 0x2E: isTroubled = isTroubled || text[end - 1] == 0x2E
      default: break
      }
      end += 1
    }
    let result = end
    guard isTroubled else { return result }
    // What a closing parenthesis, `**` or quotation mark ends is no part of it.
    while end > mark, text[end - 1].isPunctuation, text[end - 1] != 0x2F { end -= 1 }
    if start > lowerBound {
      let before = text[start - 1]
      // Marked as a link, a definition, or in a tag.
      let isMarked =
        before == 0x3C || before == 0x3D || before == 0x22 || before == 0x27
        || before == 0x28 && start - 1 > lowerBound && text[start - 2] == 0x5D
        || before.isSpace && isDefinition(text, before: start - 1, from: lowerBound)
      if isMarked || before.isLetter || before.isDigit { return result }
    }
    if end > start { troubledURLs.append(start..<end) }
    return result
  }

  /// Whether `]:` or `](` stands before the spaces that end at `end`.
  private func isDefinition(_ text: Span<UInt8>, before end: Int, from lowerBound: Int) -> Bool {
    var index = end
    var steps = 0
    while index > lowerBound, text[index].isSpace, steps < 64 {
      index -= 1
      steps += 1
    }
    guard index > lowerBound, text[index] == 0x3A || text[index] == 0x28 else { return false }
    return text[index - 1] == 0x5D
  }
}
