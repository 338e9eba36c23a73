/// Writes a paragraph, heading or cell as Markdown.
struct LineWriter {
  /// Where the line stands.
  enum Place {
    case paragraph, heading, cell
  }

  private enum Token {
    case text(String)
    case code(String)
    case lineBreak
    case image(Inline.Image)
    case html(String)
    /// A style begins, which the token at the other index ends; and the other way round.
    case open(Style.Kind, end: Int), close
  }

  private enum Flank {
    case space, punctuation, other

    /// Whether symbols that are not ASCII are punctuation depends on the version of CommonMark.
    init(_ scalar: Unicode.Scalar?, symbolsCount: Bool) {
      guard let scalar else {
        self = .space
        return
      }
      if scalar.isASCII {
        let byte = UInt8(scalar.value)
        self =
          byte <= 0x20
          ? .space
          : (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) ? .other : .punctuation
        return
      }
      switch scalar.properties.generalCategory {
      case .spaceSeparator: self = .space
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
        .finalPunctuation, .otherPunctuation:
        self = .punctuation
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
        self = symbolsCount ? .punctuation : .other
      default: self = .other
      }
    }
  }

  private let place: Place
  private let allowsHTML: Bool
  private var tokens: [Token] = []
  private var result = ""
  private var isAtLineStart = true
  private var hasManyBrackets = false
  /// What ends the styles that are open, and the delimiter that each uses.
  private var ends: [(end: String, mark: Unicode.Scalar?)] = []

  private init(_ place: Place, allowsHTML: Bool) {
    self.place = place
    self.allowsHTML = allowsHTML
  }

  /// `lines` as Markdown; what it can only say by HTML is said so, or not at all.
  static func markdown(_ lines: [Inline], as place: Place, allowsHTML: Bool) -> String {
    var writer = LineWriter(place, allowsHTML: allowsHTML)
    writer.hasManyBrackets = lines.plainText.utf8.reduce(into: 0) { if $1 == 0x5B { $0 += 1 } } > 300
    writer.tokenize(lines, isInLink: false)
    writer.write()
    return place == .heading ? closedHeading(writer.result) : writer.result
  }

  /// A heading's text, in which `#` at the end would count as the end of the markup.
  private static func closedHeading(_ text: String) -> String {
    guard text.utf8.last == 0x23 else { return text }
    let start = text.dropLast(text.reversed().prefix { $0 == "#" }.count)
    return start.isEmpty || start.last == " " ? start + "\\" + text[start.endIndex...] : text
  }

  private mutating func tokenize(_ lines: [Inline], isInLink: Bool) {
    for inline in lines {
      switch inline {
      case .text(let text):
        let escaped = EscapedText(
          isInLink: isInLink, isInCell: place == .cell, hasManyBrackets: hasManyBrackets
        ).escaped(text)
        if !escaped.isEmpty { tokens.append(.text(escaped)) }
      case .code(let code): tokens.append(.code(code))
      case .lineBreak: tokens.append(.lineBreak)
      case .image(let image): tokens.append(.image(image))
      case .html(let html): if allowsHTML { tokens.append(.html(html)) }
      case .styled(let kind, let inside):
        let start = tokens.count
        tokens.append(.open(kind, end: 0))
        let isLink = if case .link = kind { true } else { false }
        tokenize(inside, isInLink: isInLink || isLink)
        tokens[start] = .open(kind, end: tokens.count)
        tokens.append(.close)
      }
    }
  }

  private mutating func write() {
    for index in tokens.indices {
      switch tokens[index] {
      case .text(let text):
        append(
          isAtLineStart && place == .paragraph
            ? EscapedText.atLineStart(text, allowsHTML: allowsHTML) : text)
      case .code(let code): append(codeSpan(code))
      case .lineBreak:
        switch place {
        case .paragraph:
          result += "\\\n"
          isAtLineStart = true
        case .heading: append(" ")
        case .cell: append("<br>")
        }
      case .image(let image): append(markdown(image))
      case .html(let html): append(inCell(html))
      case .open(let kind, let end): open(kind, at: index, end: end)
      case .close: if let end = ends.popLast()?.end { append(end) }
      }
    }
  }

  private mutating func append(_ text: String) {
    guard let first = text.first else { return }
    if first == "[", result.utf8.last == 0x21 {
      result.removeLast()
      result += "\\!"
    }
    result += text
    isAtLineStart = false
  }

  /// HTML, without the `|` that would end a cell.
  private func inCell(_ html: String) -> String {
    place == .cell ? html.replacing("|", with: "&#124;") : html
  }

  // MARK: - Styles

  private mutating func open(_ kind: Style.Kind, at index: Int, end: Int) {
    switch kind {
    case .link(let address):
      append("[")
      ends.append(("](\(destination(address)))", nil))
    case .kept(let open, let close):
      if allowsHTML { append(inCell(open)) }
      ends.append((allowsHTML ? close : "", nil))
    case .emphasis: open("em", count: 1, ["*", "_"], at: index, end: end)
    case .strong: open("strong", count: 2, ["*", "_"], at: index, end: end)
    case .strike: open("del", count: 2, ["~"], at: index, end: end)
    }
  }

  /// Begins a style with the first of `marks` that Markdown would understand here, or else with HTML's `name`.
  private mutating func open(_ name: String, count: Int, _ marks: [Unicode.Scalar], at index: Int, end: Int) {
    for mark in marks where suits(mark, at: index, end: end) {
      let text = String(repeating: String(Character(mark)), count: count)
      append(text)
      ends.append((text, mark))
      return
    }
    if allowsHTML { append("<\(name)>") }
    ends.append((allowsHTML ? "</\(name)>" : "", nil))
  }

  private func suits(_ mark: Unicode.Scalar, at index: Int, end: Int) -> Bool {
    guard !ends.contains(where: { $0.mark == mark }) else { return false }
    guard !isInAddress else { return false }
    let before = isAtLineStart ? nil : result.unicodeScalars.last
    let first = firstScalar(of: index + 1)
    let last = lastScalar(of: end - 1)
    let after = firstScalar(of: end + 1)
    guard before != mark, first != mark, last != mark, after != mark else { return false }
    return [true, false].allSatisfy { symbolsCount in
      func flank(_ scalar: Unicode.Scalar?) -> Flank { Flank(scalar, symbolsCount: symbolsCount) }
      return Self.suits(mark, (flank(before), flank(first)), (flank(last), flank(after)))
    }
  }

  /// Whether `mark` begins something between the `opening` characters, and ends it between the `closing` ones.
  private static func suits(
    _ mark: Unicode.Scalar, _ opening: (Flank, Flank), _ closing: (Flank, Flank)
  ) -> Bool {
    func isLeft(_ flanks: (Flank, Flank)) -> Bool {
      flanks.1 != .space && (flanks.1 != .punctuation || flanks.0 != .other)
    }
    func isRight(_ flanks: (Flank, Flank)) -> Bool {
      flanks.0 != .space && (flanks.0 != .punctuation || flanks.1 != .other)
    }
    guard isLeft(opening), isRight(closing) else { return false }
    guard mark == "_" else { return true }
    return (!isRight(opening) || opening.0 == .punctuation) && (!isLeft(closing) || closing.1 == .punctuation)
  }

  /// Whether the word at the end of the line may be an address, to which marks right behind it would belong.
  private var isInAddress: Bool {
    guard !isAtLineStart else { return false }
    let word = result.utf8.suffix(2000).reversed().prefix { $0 > 0x20 }
    guard word.contains(0x3A) || word.contains(0x2E) else { return false }
    let text = String(decoding: word.reversed(), as: UTF8.self)
    return text.contains(":/") || text.lowercased().contains("www")
  }

  /// The first character that the token at `index` will write, as far as that is known; `nil` where there is a space, or
  /// nothing.
  private func firstScalar(of index: Int) -> Unicode.Scalar? {
    guard index < tokens.count else { return nil }
    switch tokens[index] {
    case .text(let text): return text.unicodeScalars.first
    case .code: return "`"
    case .lineBreak: return place == .cell ? "<" : nil
    case .image: return "!"
    case .html: return "<"
    case .open(.link, _): return "["
    case .open(.kept, let end):
      return allowsHTML ? "<" : index + 1 < end ? firstScalar(of: index + 1) : firstScalar(of: end + 1)
    // Any other punctuation than those that it must not be.
    case .open: return "<"
    case .close: return index == tokens.count - 1 && ends.isEmpty ? nil : ")"
    }
  }

  private func lastScalar(of index: Int) -> Unicode.Scalar? {
    guard index >= 0 else { return nil }
    switch tokens[index] {
    case .text(let text): return text.unicodeScalars.last
    case .code: return "`"
    case .lineBreak: return nil
    case .image, .close: return ")"
    case .html, .open: return ">"
    }
  }

  // MARK: - Parts

  private func codeSpan(_ code: String) -> String {
    var longest = 0
    var length = 0
    var lengths: Set<Int> = []
    for byte in code.utf8 {
      length = byte == 0x60 ? length + 1 : 0
      longest = max(longest, length)
      if length > 0 { lengths.insert(length) }
    }
    let fence = String(repeating: "`", count: longest + 1)
    let padding = code.utf8.first == 0x60 || code.utf8.last == 0x60 ? " " : ""
    let text = place == .cell ? code.replacing("|", with: "\\|") : code
    return fence + padding + text + padding + fence
  }

  private func markdown(_ image: Inline.Image) -> String {
    let words = EscapedText(isInLink: true, isInCell: place == .cell).escaped(image.words)
    var text = "![\(words)](\(destination(image.address))"
    if !image.title.isEmpty {
      var title = ""
      for character in image.title {
        if character == "\"" || character == "\\" || character == "&" || character == "|" && place == .cell {
          title += "\\"
        }
        title.append(character)
      }
      text += " \"\(title)\""
    }
    return text + ")"
  }

  /// An address as it can stand between parentheses.
  private func destination(_ address: String) -> String {
    var text = ""
    var needsBrackets = address.isEmpty
    for byte in address.utf8 {
      switch byte {
      case 0...0x20, 0x7F, 0x22, 0x3C, 0x3E, 0x5B, 0x5C, 0x5D, 0x60, 0x7C:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      case 0x28, 0x29:
        needsBrackets = true
        text.unicodeScalars.append(Unicode.Scalar(byte))
      case 0x26: text += "&"
      case let byte where byte < 0x80: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + digits
      }
    }
    if text.contains("&"), text.contains(";") { text = text.replacing("&", with: "&amp;") }
    return needsBrackets ? "<\(text)>" : text
  }
}
