/// Reads the fixed-width decimal fields that dates are made of.
struct DigitScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { index == bytes.count }

  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  mutating func skip(any expected: [UInt8]) -> Bool {
    guard let next, expected.contains(next) else { return false }
    index += 1
    return true
  }

  mutating func number(digits count: Int) -> Int? {
    guard index + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[index..<index + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    index += count
    return value
  }

  mutating func date() -> CivilDate? {
    guard let year = number(digits: 4), skip(any: [0x2D]), let month = number(digits: 2),
      skip(any: [0x2D]), let day = number(digits: 2)
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fraction`.
  mutating func timeOfDay() -> (hour: Int, minute: Int, second: Int)? {
    guard let hour = number(digits: 2), hour < 24, skip(any: [0x3A]),
      let minute = number(digits: 2), minute < 60
    else { return nil }
    var second = 0
    if skip(any: [0x3A]) {
      guard let value = number(digits: 2), value <= 60 else { return nil }
      second = value
      if skip(any: [0x2E]) {
        guard number(digits: 1) != nil else { return nil }
        while number(digits: 1) != nil {}
      }
    }
    return (hour, minute, second)
  }

  /// `Z` or `±HH:MM`, in seconds.
  mutating func offset() -> Int? {
    if skip(any: [0x5A, 0x7A]) { return 0 }
    let isWest = next == 0x2D
    guard skip(any: [0x2B, 0x2D]), let hours = number(digits: 2), hours < 24, skip(any: [0x3A]),
      let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

extension CivilDate {
  /// The day that `text` names as `2026-11-20`; `nil` when it is not of that form or there is no such day.
  public init?(_ text: String) {
    var scanner = DigitScanner(text)
    guard let date = scanner.date(), scanner.isAtEnd else { return nil }
    self = date
  }
}
