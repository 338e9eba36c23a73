/// What a text that is no number of minutes was likely meant to be, as `1h 30` and `1:34`: for fixes only.
struct LengthReading {
  let minutes: Int
  /// Whether nothing else can be meant.
  let isCertain: Bool

  /// `nil` if `text` has no hours in it, and no sign for minutes behind it.
  init?(_ text: String) {
    var lower = text.lowercased()
    // 90', with a straight mark, a curly one or a prime; two of them are seconds.
    if let mark = lower.last, "'\u{2019}\u{2032}".contains(mark),
      let digit = lower.dropLast().last, digit.isASCII, digit.isNumber
    {
      lower.removeLast()
      if lower.utf8.count <= 5, let minutes = Int(lower) {
        self.init(minutes: minutes, isCertain: true)
        return
      }
    }
    if let clock = LengthReading.clock(lower) {
      self = clock
      return
    }
    // The numbers, each with the letters behind it.
    var parts: [(number: Int, unit: String)] = []
    var isApart = false
    for character in lower.hasPrefix("pt") ? lower.dropFirst(2) : lower[...] {
      if character.isASCII, let digit = character.wholeNumberValue {
        if let last = parts.last, last.unit.isEmpty, !isApart, last.number < 10_000 {
          parts[parts.count - 1].number = last.number * 10 + digit
        } else {
          parts.append((digit, ""))
        }
      } else if character.isLetter, !parts.isEmpty {
        parts[parts.count - 1].unit.append(character)
      } else if !(character.isWhitespace || character == "." && parts.last?.unit.isEmpty == false) {
        return nil
      }
      isApart = character.isWhitespace
    }
    guard let hours = parts.first, (1...2).contains(parts.count), hours.number < 100,
      ["h", "hr", "hrs", "hour", "hours"].contains(hours.unit)
    else { return nil }
    var minutes = hours.number * 60
    if parts.count == 2 {
      guard parts[1].number < 60, ["", "m", "min", "mins", "minute", "minutes"].contains(parts[1].unit) else {
        return nil
      }
      minutes += parts[1].number
    }
    self.init(minutes: minutes, isCertain: true)
  }

  private init(minutes: Int, isCertain: Bool) {
    self.minutes = minutes
    self.isCertain = isCertain
  }

  /// `1:34:00`, or `1:34`, which may be a minute and some seconds.
  private static func clock(_ text: String) -> LengthReading? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.utf8.allSatisfy { (0x30...0x39).contains($0) } && part.utf8.count <= 2 ? Int(part) : nil
    }
    guard (2...3).contains(parts.count), numbers.count == parts.count, parts[1].utf8.count == 2,
      numbers[0] < 10,
      numbers[1...].allSatisfy({ $0 < 60 })
    else { return nil }
    let minutes = numbers[0] * 60 + numbers[1]
    return LengthReading(minutes: minutes, isCertain: numbers.count == 3 && numbers[2] == 0)
  }
}
