import SourceText

/// Cuts a template into tokens, with Jinja2's whitespace control.
struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var index = 0
  var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// The end of the source, without the one line end that a file ends with.
  let end: Int

  init(_ source: Source) {
    self.source = source
    bytes = source.bytes
    // A byte order mark belongs to the file, not to its text.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    var end = bytes.count
    if end > 0, bytes[end - 1] == 0x0A {
      end -= 1
      if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
    } else if end > 0, bytes[end - 1] == 0x0D {
      end -= 1
    }
    self.end = end
  }

  /// The tokens of the whole source; the last is ``Token/Kind/end``.
  mutating func run() {
    var isTrimming = false
    while index < end {
      let start = isTrimming ? Whitespace.skipping(in: bytes, from: index, to: end) : index
      isTrimming = false
      index = start
      guard let opening = nextOpening() else {
        appendText(start, end)
        index = end
        break
      }
      let hasMinus = byte(opening + 2) == 0x2D
      let hasPlus = byte(opening + 2) == 0x2B
      appendText(start, hasMinus ? Whitespace.trimming(in: bytes, from: start, to: opening) : opening)
      index = opening + (hasMinus || hasPlus ? 3 : 2)
      switch bytes[opening + 1] {
      case 0x23: isTrimming = skipComment(from: opening)
      case 0x7B: isTrimming = lexTag(from: opening, opening: .outputStart, closing: .outputEnd, mark: 0x7D)
      default:
        if let closed = lexRaw(from: opening) {
          isTrimming = closed
        } else {
          isTrimming = lexTag(from: opening, opening: .tagStart, closing: .tagEnd, mark: 0x25)
        }
      }
    }
    tokens.append(Token(kind: .end, range: ByteRange(at: end)))
  }

  private func byte(_ index: Int) -> UInt8? { index < end ? bytes[index] : nil }

  private mutating func appendText(_ lower: Int, _ upper: Int) {
    if lower < upper { tokens.append(Token(kind: .text, range: ByteRange(lower, upper))) }
  }

  /// The next `{{`, `{%` or `{#`.
  private func nextOpening() -> Int? {
    var position = index
    while position + 1 < end {
      if bytes[position] == 0x7B {
        let next = bytes[position + 1]
        if next == 0x7B || next == 0x25 || next == 0x23 { return position }
      }
      position += 1
    }
    return nil
  }

  /// Skips a comment; whether whitespace after it is stripped.
  private mutating func skipComment(from opening: Int) -> Bool {
    while index + 1 < end {
      if bytes[index] == 0x23, bytes[index + 1] == 0x7D {
        let isTrimming = index > opening + 2 && bytes[index - 1] == 0x2D
        index += 2
        return isTrimming
      }
      index += 1
    }
    diagnostics.append(.unclosedComment(location(opening, opening + 2)))
    index = end
    return false
  }

  /// Takes `{% raw %}…{% endraw %}` as text when it stands here; whether whitespace after it is stripped.
  private mutating func lexRaw(from opening: Int) -> Bool? {
    guard let body = rawTag("raw", from: index) else { return nil }
    let start = body.isTrimming ? Whitespace.skipping(in: bytes, from: body.end, to: end) : body.end
    var position = start
    while position + 1 < end {
      if bytes[position] == 0x7B, bytes[position + 1] == 0x25 {
        let hasMark = byte(position + 2) == 0x2D || byte(position + 2) == 0x2B
        if let closing = rawTag("endraw", from: position + (hasMark ? 3 : 2)) {
          let isTrimming = byte(position + 2) == 0x2D
          appendText(
            start, isTrimming ? Whitespace.trimming(in: bytes, from: start, to: position) : position)
          index = closing.end
          return closing.isTrimming
        }
      }
      position += 1
    }
    diagnostics.append(.unclosedTag("raw", location(opening, body.end)))
    index = end
    return false
  }

  /// Where a tag of only `word` ends that continues at `start`, and whether it strips what follows.
  private func rawTag(_ word: String, from start: Int) -> (end: Int, isTrimming: Bool)? {
    var position = Whitespace.skipping(in: bytes, from: start, to: end)
    for expected in word.utf8 {
      guard byte(position) == expected else { return nil }
      position += 1
    }
    position = Whitespace.skipping(in: bytes, from: position, to: end)
    let isTrimming = byte(position) == 0x2D
    // Jinja2 knows a plus at the end of `endraw`, not of `raw`.
    if isTrimming || (byte(position) == 0x2B && word == "endraw") { position += 1 }
    guard byte(position) == 0x25, byte(position + 1) == 0x7D else { return nil }
    return (position + 2, isTrimming)
  }

  func location(_ lower: Int, _ upper: Int) -> Location {
    Location(path: source.path, range: ByteRange(lower, upper))
  }
}

// MARK: - Inside tags

extension Lexer {
  /// Takes the tokens of one tag; whether whitespace after it is stripped.
  private mutating func lexTag(
    from opening: Int, opening kind: Token.Kind, closing: Token.Kind, mark: UInt8
  ) -> Bool {
    tokens.append(Token(kind: kind, range: ByteRange(opening, index)))
    var depth = 0
    while true {
      index = Whitespace.skipping(in: bytes, from: index, to: end)
      guard index < end else { break }
      let start = index
      if depth == 0 {
        let hasSign = bytes[index] == 0x2D || (bytes[index] == 0x2B && mark == 0x25)
        let position = hasSign ? index + 1 : index
        if byte(position) == mark, byte(position + 1) == 0x7D {
          let isTrimming = bytes[index] == 0x2D
          index = position + 2
          tokens.append(Token(kind: closing, range: ByteRange(start, index)))
          return isTrimming
        }
      }
      // A new tag inside a tag: the writer forgot to close this one.
      if bytes[index] == 0x7B, let next = byte(index + 1), next == 0x25 || next == 0x23 { break }
      lexToken(depth: &depth)
    }
    diagnostics.append(.unclosed(mark == 0x7D ? "{{" : "{%", location(opening, opening + 2)))
    tokens.append(Token(kind: closing, range: ByteRange(at: index)))
    return false
  }

  private mutating func lexToken(depth: inout Int) {
    let start = index
    let first = bytes[index]
    switch first {
    case 0x22, 0x27: lexString(quote: first)
    case 0x30...0x39: lexNumber()
    case 0x41...0x5A, 0x61...0x7A, 0x5F:
      while index < end, isNameByte(bytes[index]) { index += 1 }
      append(.name(String(decoding: bytes[start..<index], as: UTF8.self)), from: start)
    default:
      for symbol in Token.Symbol.allCases {
        let spelling = symbol.rawValue.utf8
        guard start + spelling.count <= end, bytes[start..<start + spelling.count].elementsEqual(spelling)
        else { continue }
        index += spelling.count
        switch symbol {
        case .leftBrace, .leftBracket, .leftParenthesis: depth += 1
        case .rightBrace, .rightBracket, .rightParenthesis: depth = max(0, depth - 1)
        default: break
        }
        append(.symbol(symbol), from: start)
        return
      }
      index = endOfCharacter(at: start)
      let character = bytes[start..<index]
      // The same one again is part of the same mistake.
      while index < end, bytes[index..<endOfCharacter(at: index)].elementsEqual(character) {
        index += character.count
      }
      let shown = bytes[start..<min(index, start + 8 * character.count)]
      diagnostics.append(
        .unexpectedCharacter(String(decoding: shown, as: UTF8.self), location(start, index)))
    }
  }

  private func endOfCharacter(at start: Int) -> Int {
    bytes[(start + 1)..<end].firstIndex { $0 & 0xC0 != 0x80 } ?? end
  }

  private mutating func append(_ kind: Token.Kind, from start: Int) {
    tokens.append(Token(kind: kind, range: ByteRange(start, index)))
  }

  private func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
    default: false
    }
  }

  private mutating func lexNumber() {
    let start = index
    func isDigit(_ byte: UInt8?) -> Bool { byte.map { (0x30...0x39).contains($0) } ?? false }
    while isDigit(byte(index)) || (byte(index) == 0x5F && isDigit(byte(index + 1))) { index += 1 }
    var isNumber = false
    if byte(index) == 0x2E, isDigit(byte(index + 1)) {
      isNumber = true
      index += 1
      while isDigit(byte(index)) || (byte(index) == 0x5F && isDigit(byte(index + 1))) { index += 1 }
    }
    if byte(index) == 0x65 || byte(index) == 0x45 {
      let sign = byte(index + 1) == 0x2D || byte(index + 1) == 0x2B ? 1 : 0
      if isDigit(byte(index + 1 + sign)) {
        isNumber = true
        index += 1 + sign
        while isDigit(byte(index)) { index += 1 }
      }
    }
    while index < end, isNameByte(bytes[index]) {
      index += 1
      isNumber = false
    }
    let text = String(decoding: bytes[start..<index].filter { $0 != 0x5F }, as: UTF8.self)
    if isNumber, let value = Double(text) {
      append(.number(value), from: start)
    } else if let value = Int(text), text == "0" || !text.hasPrefix("0") {
      append(.integer(value), from: start)
    } else {
      diagnostics.append(.badNumber(text, location(start, index)))
      append(.integer(0), from: start)
    }
  }

  private mutating func lexString(quote: UInt8) {
    let start = index
    index += 1
    var content: [UInt8] = []
    while index < end, bytes[index] != quote {
      switch bytes[index] {
      case 0x5C where index + 1 < end: lexEscape(into: &content)
      case 0x0D:
        content.append(0x0A)
        index += byte(index + 1) == 0x0A ? 2 : 1
      default:
        content.append(bytes[index])
        index += 1
      }
    }
    if index < end {
      index += 1
    } else {
      // Most likely the quote is missing on this line: go on after it, so that one slip costs one message.
      index = start + 1
      while index < end, bytes[index] != 0x0A, bytes[index] != 0x7D, bytes[index] != 0x25 { index += 1 }
      diagnostics.append(.unclosedString(location(start, index)))
      content = []
    }
    append(.string(String(decoding: content, as: UTF8.self)), from: start)
  }

  /// Takes a backslash and what it stands for, as in a Python string.
  private mutating func lexEscape(into content: inout [UInt8]) {
    let letter = bytes[index + 1]
    index += 2
    switch letter {
    case 0x6E: content.append(0x0A)
    case 0x74: content.append(0x09)
    case 0x72: content.append(0x0D)
    case 0x61: content.append(0x07)
    case 0x62: content.append(0x08)
    case 0x66: content.append(0x0C)
    case 0x76: content.append(0x0B)
    case 0x22, 0x27, 0x5C: content.append(letter)
    case 0x0A: break
    case 0x78: lexHexadecimal(digits: 2, letter, into: &content)
    case 0x75: lexHexadecimal(digits: 4, letter, into: &content)
    case 0x55: lexHexadecimal(digits: 8, letter, into: &content)
    case 0x30...0x37:
      var value = UInt32(letter - 0x30)
      var count = 1
      while count < 3, let next = byte(index), (0x30...0x37).contains(next) {
        value = value * 8 + UInt32(next - 0x30)
        index += 1
        count += 1
      }
      appendScalar(value, into: &content)
    default: content += [0x5C, letter]
    }
  }

  private mutating func lexHexadecimal(digits: Int, _ letter: UInt8, into content: inout [UInt8]) {
    let text = String(decoding: bytes[index..<min(end, index + digits)], as: UTF8.self)
    guard text.utf8.count == digits, let value = UInt32(text, radix: 16), text.utf8.first != 0x2B else {
      diagnostics.append(.badEscape(location(index - 2, index)))
      content += [0x5C, letter]
      return
    }
    index += digits
    appendScalar(value, into: &content)
  }

  private func appendScalar(_ value: UInt32, into content: inout [UInt8]) {
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    content.append(contentsOf: String(Character(scalar)).utf8)
  }
}

// MARK: - Messages

extension Diagnostic {
  fileprivate static func unclosedComment(_ location: Location) -> Diagnostic {
    .error("template/unclosed", "this comment has no end", at: location, fix: "write '#}' after it")
  }

  fileprivate static func unclosedTag(_ name: String, _ location: Location) -> Diagnostic {
    .error(
      "template/unclosed", "'\(name)' has no end", at: location, fix: "write '{% end\(name) %}' after it")
  }

  fileprivate static func unclosed(_ opening: String, _ location: Location) -> Diagnostic {
    .error(
      "template/unclosed", "'\(opening)' has no end", at: location,
      fix: "write '\(opening == "{{" ? "}}" : "%}")' after it")
  }

  fileprivate static func unclosedString(_ location: Location) -> Diagnostic {
    .error("template/unclosed", "this text has no closing quote", at: location)
  }

  fileprivate static func unexpectedCharacter(_ text: String, _ location: Location) -> Diagnostic {
    let fix: String? =
      switch text.first {
      case "&": "write 'and' between two conditions"
      case "!": "write 'not' in front of a condition"
      case "“", "”", "„", "«", "»": "write straight quotes: \""
      case "‘", "’", "‚": "write straight quotes: '"
      default: nil
      }
    return .error("template/syntax", "'\(text)' has no meaning here", at: location, fix: fix)
  }

  fileprivate static func badNumber(_ text: String, _ location: Location) -> Diagnostic {
    .error("template/syntax", "'\(text)' is not a number", at: location)
  }

  fileprivate static func badEscape(_ location: Location) -> Diagnostic {
    .error("template/syntax", "this escape lacks hexadecimal digits", at: location)
  }
}
