/// Where in a JavaScript or JSON text a place is: in code, where JSON can stand, or inside quotes, a comment or
/// a regular expression, where it cannot.
struct ScriptPosition: Hashable {
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

  private(set) var mode = Mode.code
  private var isEscaped = false
  /// The last byte of code that is not a space; 0 at the start. It tells a division from a regular expression.
  private var previous: UInt8 = 0
  /// A slash or star that the next byte may make into something longer.
  private var pending: UInt8 = 0

  var isCode: Bool { mode == .code }

  mutating func advanceOverValue() {
    previous = 0x61
    pending = 0
  }

  mutating func merge(with other: ScriptPosition) {
    if previous != other.previous { previous = 0x61 }
    pending = 0
    isEscaped = false
  }

  mutating func advance(over byte: UInt8) {
    if isEscaped {
      isEscaped = false
      return
    }
    switch mode {
    case .code: advanceCode(over: byte)
    case .singleQuoted: advanceQuoted(over: byte, quote: 0x27)
    case .doubleQuoted: advanceQuoted(over: byte, quote: 0x22)
    case .template:
      if byte == 0x5C { isEscaped = true }
      if byte == 0x60 { leave(byte) }
    case .lineComment:
      if byte == 0x0A || byte == 0x0D { mode = .code }
    case .blockComment:
      if byte == 0x2F, pending == 0x2A { mode = .code }
      pending = byte == 0x2A ? byte : 0
    case .regularExpression:
      switch byte {
      case 0x5C: isEscaped = true
      case 0x5B: mode = .regularExpressionClass
      case 0x2F, 0x0A: leave(byte)
      default: break
      }
    case .regularExpressionClass:
      switch byte {
      case 0x5C: isEscaped = true
      case 0x5D: mode = .regularExpression
      case 0x0A: leave(byte)
      default: break
      }
    }
  }

  private mutating func leave(_ byte: UInt8) {
    mode = .code
    previous = byte == 0x0A ? 0 : 0x61
    pending = 0
  }

  private mutating func advanceQuoted(over byte: UInt8, quote: UInt8) {
    switch byte {
    case 0x5C: isEscaped = true
    // A string cannot go on past the end of its line.
    case quote, 0x0A: leave(byte)
    default: break
    }
  }

  private mutating func advanceCode(over byte: UInt8) {
    if pending == 0x2F {
      pending = 0
      if byte == 0x2F {
        mode = .lineComment
        return
      }
      if byte == 0x2A {
        mode = .blockComment
        return
      }
      if startsExpression {
        mode = .regularExpression
        advance(over: byte)
        return
      }
      previous = 0x2F
    }
    switch byte {
    case 0x22: mode = .doubleQuoted
    case 0x27: mode = .singleQuoted
    case 0x60: mode = .template
    case 0x2F: pending = byte
    case _ where MarkupPosition.isSpace(byte): break
    default: previous = byte
    }
  }

  /// Whether a slash after ``previous`` begins a regular expression.
  private var startsExpression: Bool {
    switch previous {
    case 0, 0x28, 0x2C, 0x3D, 0x3A, 0x5B, 0x21, 0x26, 0x7C, 0x3F, 0x7B, 0x7D, 0x3B, 0x2B, 0x2D, 0x2A, 0x25,
      0x3C, 0x3E, 0x7E, 0x5E, 0x2F:
      true
    default: false
    }
  }
}
