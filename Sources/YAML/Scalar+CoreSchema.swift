/// What a scalar means by YAML 1.2's core schema.
public enum CoreValue: Sendable, Hashable {
  /// A plain `null`, `Null`, `NULL`, `~` or nothing.
  case null
  /// A plain `true` or `false`, also `True` and `TRUE`; `yes` and `on` are text.
  case boolean(Bool)
  /// A plain decimal, `0o17` or `0x1F` that fits 64 bits.
  case integer(Int)
  /// A plain decimal with a point or an exponent, `.inf` or `.nan`.
  case number(Double)
  /// Anything else; dates too.
  case text(String)
}

extension Scalar {
  /// The meaning by YAML 1.2's core schema; quoted scalars are always text.
  public var coreValue: CoreValue {
    guard isPlain else { return .text(text) }
    if isNull { return .null }
    if let boolean { return .boolean(boolean) }
    if let integer { return .integer(integer) }
    if let number { return .number(number) }
    return .text(text)
  }

  /// Whether it is a plain `null`, `~` or nothing.
  public var isNull: Bool {
    guard isPlain, text.utf8.count <= 4 else { return false }
    switch text {
    case "", "~", "null", "Null", "NULL": return true
    default: return false
    }
  }

  /// The truth value that a plain `true` or `false` is; `nil` for everything else.
  public var boolean: Bool? {
    guard isPlain else { return nil }
    switch text {
    case "true", "True", "TRUE": return true
    case "false", "False", "FALSE": return false
    default: return nil
    }
  }

  /// The whole number that a plain scalar is; `nil` for everything else, and past 64 bits.
  public var integer: Int? {
    guard isPlain, let first = text.utf8.first, first < 0x3A else { return nil }
    if text.hasPrefix("0o") { return unsigned(radix: 8) }
    if text.hasPrefix("0x") { return unsigned(radix: 16) }
    return Int(text)
  }

  /// The number that a plain scalar is, whole numbers included; `nil` for everything else.
  public var number: Double? {
    guard isPlain, let first = text.utf8.first, first < 0x3A else { return nil }
    if let integer { return Double(integer) }
    switch text {
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .infinity
    case "-.inf", "-.Inf", "-.INF": return -.infinity
    case ".nan", ".NaN", ".NAN": return .nan
    default: return isDecimal ? Double(text) : nil
    }
  }

  private func unsigned(radix: Int) -> Int? {
    let digits = text.dropFirst(2)
    guard let first = digits.utf8.first, first != 0x2B, first != 0x2D else { return nil }
    return Int(digits, radix: radix)
  }

  /// Whether the text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
  private var isDecimal: Bool {
    var bytes = text.utf8[...]
    func skipDigits() -> Int {
      let digits = bytes.prefix { (0x30...0x39).contains($0) }.count
      bytes.removeFirst(digits)
      return digits
    }
    func skip(_ wanted: UInt8...) -> Bool {
      guard let first = bytes.first, wanted.contains(first) else { return false }
      bytes.removeFirst()
      return true
    }
    _ = skip(0x2B, 0x2D)
    let whole = skipDigits()
    let fraction = skip(0x2E) ? skipDigits() : 0
    guard whole + fraction > 0 else { return false }
    if skip(0x65, 0x45) {
      _ = skip(0x2B, 0x2D)
      guard skipDigits() > 0 else { return false }
    }
    return bytes.isEmpty
  }
}
