/// Where in a JavaScript or JSON text a place is: in code, where JSON can stand, or inside quotes, a comment or
/// a regular expression, where it cannot.
///
/// Without a parser, a slash after `)`, `}` or a word may divide or begin a regular expression. Both readings are
/// followed until one of them proves impossible; a value may stand where all of them are in code.
struct ScriptPosition: Hashable {
  private var readings: Set<ScriptReading> = [.start]

  /// More readings than a script for people has.
  private static let readingLimit = 64

  /// Text that no reading allows is no script, and takes no value any more.
  var isCode: Bool {
    !readings.isEmpty && readings.count < ScriptPosition.readingLimit && readings.allSatisfy(\.acceptsValue)
  }

  /// Moves past `byte`, which `rest` follows.
  mutating func advance(over byte: UInt8, followedBy rest: ArraySlice<UInt8>) {
    guard readings.count < ScriptPosition.readingLimit else { return }
    // U+2028 and U+2029, E2 80 A8 and E2 80 A9, end a line.
    let endsLine =
      byte == 0x0A || byte == 0x0D
      || byte == 0xE2 && rest.first == 0x80 && (rest.dropFirst().first ?? 0) & 0xFE == 0xA8
    var next: Set<ScriptReading> = []
    for reading in readings { reading.advance(over: byte, endsLine: endsLine, into: &next) }
    readings = next
  }

  mutating func advanceOverValue() { readings = Set(readings.map { $0.afterValue }) }

  /// The position after two branches; `nil` if one ends in code and the other doesn't.
  func merged(with other: ScriptPosition) -> ScriptPosition? {
    guard Set(readings.map(\.mode)) == Set(other.readings.map(\.mode)) else { return nil }
    var result = self
    result.readings.formUnion(other.readings)
    return result
  }

  /// The position at the start of a loop's body, before which its end may have come.
  var atLoopStart: ScriptPosition {
    var result = self
    result.readings.formUnion(readings.map(\.atLoopStart))
    return result
  }
}

/// One way to read a script up to a place.
struct ScriptReading: Hashable {
  enum Mode: Hashable {
    case code
    case singleQuoted
    case doubleQuoted
    case template
    case lineComment
    case blockComment
    case regularExpression
    case regularExpressionClass
  }

  /// What a slash would be.
  private enum Slash: Hashable {
    case division
    case regularExpression
    case either
  }

  private(set) var mode = Mode.code
  private var isEscaped = false
  private var slash = Slash.regularExpression
  /// The word that may be going on.
  private var word: [UInt8] = []
  /// A byte that the next one may make into something longer.
  private var pending: UInt8 = 0
  /// For each template literal around the place, how many braces are open in its `${…}`.
  private var braces: [Int] = []
  /// Whether `-->` would begin a comment: nothing but spaces and comments stands before it on its line.
  private var isLineBlank = true
  /// How many dashes stand just before, at the beginning of a line.
  private var dashes = 0
  /// Whether nothing stands before, so that `#!` would begin a comment.
  private var isAtStart = false

  static var start: ScriptReading {
    var result = ScriptReading()
    result.isAtStart = true
    return result
  }

  var acceptsValue: Bool { mode == .code && (pending != 0x2F || slash == .division) }

  var afterValue: ScriptReading {
    var result = self
    result.setBefore(.division)
    result.pending = 0
    result.isLineBlank = false
    result.dashes = 0
    result.isAtStart = false
    return result
  }

  var atLoopStart: ScriptReading {
    var result = self
    result.isAtStart = false
    if mode == .code {
      result.slash = .either
      result.isLineBlank = true
    }
    return result
  }

  private static let keywords: Set<[UInt8]> = Set(
    [
      "await", "break", "case", "continue", "debugger", "default", "delete", "do", "else", "extends", "in",
      "instanceof", "new", "of", "return", "throw", "typeof", "void", "yield",
    ].map { Array($0.utf8) })

  private mutating func setBefore(_ slash: Slash) {
    self.slash = slash
    word = []
  }

  /// Adds what the reading becomes behind `byte`: nothing, if it was impossible.
  func advance(over byte: UInt8, endsLine: Bool, into next: inout Set<ScriptReading>) {
    var reading = self
    if reading.isEscaped {
      reading.isEscaped = false
      next.insert(reading)
      return
    }
    switch mode {
    case .code:
      reading.advanceCode(over: byte, endsLine: endsLine, into: &next)
      return
    case .singleQuoted, .doubleQuoted:
      if byte == 0x0A || byte == 0x0D { return }
      if byte == 0x5C { reading.isEscaped = true }
      if byte == (mode == .singleQuoted ? 0x27 : 0x22) { reading.leave() }
    case .template:
      if byte == 0x5C { reading.isEscaped = true }
      if byte == 0x60 {
        reading.leave()
      } else if byte == 0x7B, pending == 0x24 {
        reading.braces.append(0)
        reading.mode = .code
        reading.setBefore(.regularExpression)
        reading.pending = 0
        next.insert(reading)
        return
      }
      reading.pending = byte == 0x24 ? byte : 0
    case .lineComment:
      if endsLine {
        reading.mode = .code
        reading.isLineBlank = true
      }
    case .blockComment:
      if endsLine { reading.isLineBlank = true }
      if byte == 0x2F, pending == 0x2A {
        reading.mode = .code
        reading.pending = 0
      } else {
        reading.pending = byte == 0x2A ? byte : 0
      }
    case .regularExpression, .regularExpressionClass:
      if endsLine { return }
      switch byte {
      case 0x5C: reading.isEscaped = true
      case 0x5B: reading.mode = .regularExpressionClass
      case 0x5D: reading.mode = .regularExpression
      case 0x2F where mode == .regularExpression: reading.leave()
      default: break
      }
    }
    next.insert(reading)
  }

  private mutating func leave() {
    mode = .code
    setBefore(.division)
    pending = 0
  }

  private mutating func advanceCode(over byte: UInt8, endsLine: Bool, into next: inout Set<ScriptReading>) {
    if pending == 0x2F {
      pending = 0
      if byte == 0x2F || byte == 0x2A {
        mode = byte == 0x2F ? .lineComment : .blockComment
        next.insert(self)
        return
      }
      if slash != .division {
        var other = self
        other.mode = .regularExpression
        other.word = []
        other.isLineBlank = false
        other.advance(over: byte, endsLine: endsLine, into: &next)
      }
      if slash == .regularExpression { return }
      setBefore(.regularExpression)
      isLineBlank = false
    }
    if pending == 0x23 {
      pending = 0
      if byte == 0x21 {
        mode = .lineComment
        next.insert(self)
        return
      }
    }
    if isAtStart, byte == 0x23 { pending = byte }
    isAtStart = false
    if byte == 0x3E, dashes >= 2 {
      var other = self
      other.mode = .lineComment
      other.dashes = 0
      next.insert(other)
    }
    dashes = byte == 0x2D && (isLineBlank || dashes > 0) ? min(dashes + 1, 2) : 0
    if endsLine { isLineBlank = true }
    if MarkupPosition.isSpace(byte) || byte == 0x0B {
      endWord()
    } else {
      if byte != 0x2F { isLineBlank = false }
      advanceToken(byte)
    }
    next.insert(self)
  }

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    setBefore(ScriptReading.keywords.contains(word) ? .either : .division)
  }

  private mutating func advanceToken(_ byte: UInt8) {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x24:
      word.append(byte)
      if word.count > 16 { word.removeLast() }
      slash = ScriptReading.keywords.contains(word) ? .either : .division
    // Other letters and spaces, and escaped letters, may make a word of any kind.
    case 0x80..., 0x5C: setBefore(.either)
    case 0x22: mode = .doubleQuoted
    case 0x27: mode = .singleQuoted
    case 0x60: mode = .template
    case 0x2F:
      endWord()
      pending = byte
    case 0x7B:
      if let open = braces.indices.last { braces[open] += 1 }
      setBefore(.regularExpression)
    case 0x7D:
      setBefore(.either)
      guard let open = braces.indices.last else { return }
      if braces[open] == 0 {
        braces.removeLast()
        mode = .template
      } else {
        braces[open] -= 1
      }
    case 0x5D: setBefore(.division)
    // `(…)/2` or `if (…) /x/`; `a++ / 2` or `+ +/x/`; `1. / 2`.
    case 0x29, 0x2B, 0x2D, 0x2E: setBefore(.either)
    default: setBefore(.regularExpression)
    }
  }
}
