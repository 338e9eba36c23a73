/// Numbers as Python writes and rounds them.
enum NumberText {
  /// `number` as Python's `str` writes it; Swift's description is the same.
  static func text(_ number: Double) -> String { number.description }

  /// `number` rounded to `precision` decimals, halves to even, as Python's `round`.
  static func round(_ number: Double, precision: Int) -> Double {
    guard number.isFinite else { return number }
    if precision == 0 { return number.rounded(.toNearestOrEven) }
    if precision < 0 {
      let scale = power(of: 10, min(-precision, 30))
      return (number / scale).rounded(.toNearestOrEven) * scale
    }
    guard let scaled = scaled(number, precision) else { return number }
    return Double("\(scaled)e-\(precision)") ?? number
  }

  /// `number` × 10^`precision` rounded to a whole number, worked out exactly; `nil` when rounding to so many
  /// decimals changes nothing.
  private static func scaled(_ number: Double, _ precision: Int) -> Int128? {
    guard precision <= 22, abs(number) < 4_503_599_627_370_496 else { return nil }
    // number = mantissa · 2^exponent, and the exponent is negative for what has decimals at all.
    let exponent = Int(number.exponent) - 52
    let mantissa = UInt128(number.magnitude.significandBitPattern | (number.isNormal ? 1 << 52 : 0))
    guard number.isNormal, exponent < 0 else { return number.isNormal ? nil : 0 }
    var product = mantissa
    for _ in 0..<precision { product *= 10 }
    let shift = -exponent
    guard shift < 127 else { return 0 }
    var quotient = product >> UInt128(shift)
    let remainder = product - (quotient << UInt128(shift))
    let half = UInt128(1) << UInt128(shift - 1)
    if remainder > half || (remainder == half && quotient & 1 == 1) { quotient += 1 }
    return number < 0 ? -Int128(quotient) : Int128(quotient)
  }

  static func power(of base: Double, _ exponent: Int) -> Double {
    (0..<max(0, exponent)).reduce(1) { result, _ in result * base }
  }

  /// `number` with separators: `1,234,567`.
  static func grouped(_ number: Int, separator: String) -> String {
    let digits = Array(String(number.magnitude).utf8)
    var result: [UInt8] = number < 0 ? [0x2D] : []
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += Array(separator.utf8) }
      result.append(digit)
    }
    return String(decoding: result, as: UTF8.self)
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
      let scale = Int128(power(of: 10, decimals))
      let scaledNumber = scaled(number, decimals) ?? Int128(number) * scale
      whole = Int((scaledNumber.magnitude / UInt128(scale)))
      let rest = String(scaledNumber.magnitude % UInt128(scale))
      fraction = point + String(repeating: "0", count: decimals - rest.utf8.count) + rest
    }
    let sign =
      decimals > 0 && number < 0 && (whole != 0 || fraction.contains { ("1"..."9").contains($0) }) ? "-" : ""
    return sign + grouped(whole, separator: separator) + fraction
  }
}
