import CivilTime

/// The values of TOML that stand without quotation marks.
enum TOMLScalar {
  /// Whether `text` is a truth value, a number, a date or a time.
  static func isOne(_ text: String) -> Bool {
    ["true", "false"].contains(text) || isNumber(text) || isMoment(text)
  }

  static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether `text` has digits, and between them single `_`.
  private static func areDigits(_ text: Substring, _ isDigit: (UInt8) -> Bool) -> Bool {
    !text.isEmpty
      && text.utf8.split(separator: 0x5F, omittingEmptySubsequences: false).allSatisfy { part in
        !part.isEmpty && part.allSatisfy(isDigit)
      }
  }

  private static func isNumber(_ text: String) -> Bool {
    for (lead, isDigit) in [
      ("0x", isHexadecimal), ("0o", { (0x30...0x37).contains($0) }), ("0b", { $0 == 0x30 || $0 == 0x31 }),
    ] as [(String, (UInt8) -> Bool)] where text.hasPrefix(lead) {
      return areDigits(text.dropFirst(2), isDigit)
    }
    let unsigned = withoutSign(text[...])
    if ["inf", "nan"].contains(unsigned) { return true }
    let parts = unsigned.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard let mantissa = parts.first, parts.count < 2 || areDigits(withoutSign(parts[1]), isDigit) else {
      return false
    }
    let halves = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = halves.first, areDigits(whole, isDigit), whole == "0" || !whole.hasPrefix("0") else {
      return false
    }
    return halves.count < 2 || areDigits(halves[1], isDigit)
  }

  private static func withoutSign(_ text: Substring) -> Substring {
    text.hasPrefix("+") || text.hasPrefix("-") ? text.dropFirst() : text
  }

  /// Whether `text` is a day, a time, or both with a zone or without.
  private static func isMoment(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count > 10 else { return isDay(bytes) || isTime(bytes) }
    guard isDay(Array(bytes[..<10])) else { return isTime(bytes) }
    guard [0x54, 0x74, 0x20].contains(bytes[10]) else { return false }
    var time = Array(bytes[11...])
    if time.last.map({ $0 | 0x20 == 0x7A }) ?? false {
      time.removeLast()
    } else if time.count > 6, [0x2B, 0x2D].contains(time[time.count - 6]) {
      guard let zone = numbers(Array(time.suffix(5)), "00:00"), zone[0] < 24, zone[1] < 60 else {
        return false
      }
      time.removeLast(6)
    }
    return isTime(time)
  }

  private static func isDay(_ bytes: [UInt8]) -> Bool {
    guard let parts = numbers(bytes, "0000-00-00") else { return false }
    return CivilDate(year: parts[0], month: parts[1], day: parts[2]) != nil
  }

  private static func isTime(_ bytes: [UInt8]) -> Bool {
    guard let parts = numbers(Array(bytes.prefix(8)), "00:00:00"), parts[0] < 24, parts[1] < 60, parts[2] < 60
    else { return false }
    return bytes.count == 8 || bytes.count > 9 && bytes[8] == 0x2E && bytes[9...].allSatisfy(isDigit)
  }

  /// The numbers in `bytes`, which have digits where `form` has `0`, and its other characters.
  private static func numbers(_ bytes: [UInt8], _ form: String) -> [Int]? {
    let isSame = zip(bytes, form.utf8).allSatisfy { $1 == 0x30 ? isDigit($0) : $0 == $1 }
    guard bytes.count == form.utf8.count, isSame else { return nil }
    return bytes.split { !isDigit($0) }.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
  }
}
