/// The digits of `number` in groups of three: `1,234,567`.
public func groupedDigits(_ number: Int, separator: String = ",") -> String {
  let digits = Array(String(number.magnitude))
  return digits.indices.reduce(into: number < 0 ? "-" : "") { text, index in
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += separator }
    text.append(digits[index])
  }
}
