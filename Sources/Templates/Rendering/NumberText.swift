import SourceText

/// Numbers as Python writes and rounds them.
enum NumberText {
  /// `number` as Python's `str` writes it.
  ///
  /// Swift's description is the same but from 2^53 to 10^16, where Python does not use an exponent yet.
  static func text(_ number: Double) -> String {
    let magnitude = number.magnitude
    guard magnitude >= 9_007_199_254_740_992, magnitude < 1e16 else { return number.description }
    return "\(Int(number)).0"
  }

  /// `number` rounded to `precision` decimals, halves to even, as Python's `round`.
  static func round(_ number: Double, precision: Int) -> Double {
    guard number.isFinite else { return number }
    if precision == 0 { return number.rounded(.toNearestOrEven) }
    if precision < 0 {
      let scale = power(of: 10, min(-precision, 30))
      return (number / scale).rounded(.toNearestOrEven) * scale
    }
    guard let scaled = scaled(number.magnitude, precision) else { return number }
    let rounded = Double("\(scaled)e-\(precision)") ?? number.magnitude
    return number.sign == .minus ? -rounded : rounded
  }

  /// `number` rounded to a multiple of 10^-`precision`, halves to even; for a `precision` below 0.
  static func round(_ number: Int, precision: Int) -> Int {
    guard precision > -19 else { return 0 }
    var scale = 1
    for _ in 0..<(-precision) { scale *= 10 }
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: scale)
    let half = scale / 2
    let distance = abs(remainder)
    guard distance > half || (distance == half && quotient % 2 != 0) else { return quotient * scale }
    return (quotient + (number < 0 ? -1 : 1)).multipliedClamped(by: scale)
  }

  /// `number`, which is not negative, × 10^`precision` rounded to a whole number, worked out exactly; `nil` when
  /// rounding to so many decimals changes nothing.
  private static func scaled(_ number: Double, _ precision: Int) -> UInt128? {
    guard precision <= 22, number < 4_503_599_627_370_496 else { return nil }
    guard number.isNormal else { return 0 }
    // number = mantissa · 2^exponent, and the exponent is negative for what has decimals at all.
    let exponent = Int(number.exponent) - 52
    guard exponent < 0 else { return nil }
    var product = UInt128(number.significandBitPattern | 1 << 52)
    for _ in 0..<precision { product *= 10 }
    let shift = -exponent
    guard shift < 127 else { return 0 }
    var quotient = product >> UInt128(shift)
    let remainder = product - (quotient << UInt128(shift))
    let half = UInt128(1) << UInt128(shift - 1)
    if remainder > half || (remainder == half && quotient & 1 == 1) { quotient += 1 }
    return quotient
  }

  static func power(of base: Double, _ exponent: Int) -> Double {
    if exponent < 0 { return 1 / power(of: base, min(-exponent, 400)) }
    return (0..<max(0, exponent)).reduce(1) { result, _ in result * base }
  }

  /// `number` with separators and exactly `decimals` decimals.
  static func grouped(_ number: Double, decimals: Int, separator: String, point: String) -> String {
    let decimals = max(0, min(decimals, 15))
    guard abs(number) < 1e15, number.isFinite else { return text(number) }
    let whole: Int
    var fraction = ""
    if decimals == 0 {
      whole = Int(number.rounded(.toNearestOrEven))
    } else {
      let scale = UInt128(power(of: 10, decimals))
      let scaledNumber = scaled(number.magnitude, decimals) ?? UInt128(number.magnitude) * scale
      whole = Int(scaledNumber / scale)
      let rest = String(scaledNumber % scale)
      fraction = point + String(repeating: "0", count: decimals - rest.utf8.count) + rest
    }
    let sign =
      decimals > 0 && number < 0 && (whole != 0 || fraction.contains { ("1"..."9").contains($0) }) ? "-" : ""
    return sign + groupedDigits(whole, separator: separator) + fraction
  }
}
