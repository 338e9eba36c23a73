extension Shape where Value == Bool {
  /// `true` or `false`; `yes`, `no`, `on`, `off` and words in quotes are text.
  public static var boolean: Shape<Bool> {
    Shape(.boolean, example: "true", kinds: .scalar) { node, findings in
      guard let scalar = node.scalar else { return nil }
      if let value = scalar.boolean { return value }
      findings.report(.notBoolean(findings.field, scalar.text), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == Int {
  /// A whole number in `range`.
  public static func integer(in range: ClosedRange<Int>) -> Shape<Int> {
    Shape(.integer(range), example: "\(max(range.lowerBound, min(range.upperBound, 1)))", kinds: .scalar) {
      node, findings in
      guard let scalar = node.scalar else { return nil }
      guard let value = scalar.integer else {
        findings.report(.notANumber(findings.field, scalar, isWhole: true), at: node.range)
        return nil
      }
      if range.contains(value) { return value }
      findings.report(
        .outOfRange(findings.field, scalar.text, "\(range.lowerBound)", "\(range.upperBound)"), at: node.range
      )
      return nil
    }
  }

  /// A length of time in minutes in `range`: a whole number, as of whoever writes hours it is told how many they are.
  public static func minutes(in range: ClosedRange<Int>) -> Shape<Int> {
    let number = Shape<Int>.integer(in: range)
    return Shape(number.schema, example: number.example, kinds: .scalar) { node, findings in
      if let scalar = node.scalar, scalar.integer == nil, let length = LengthReading(scalar.text),
        range.contains(length.minutes)
      {
        findings.report(.notMinutes(findings.field, scalar.text, length), at: node.range)
        return nil
      }
      return number.read(node, &findings)
    }
  }
}

extension Shape where Value == Double {
  /// A number in `range`.
  public static func number(in range: ClosedRange<Double>) -> Shape<Double> {
    Shape(.number(range), example: "\(max(range.lowerBound, min(range.upperBound, 1)))", kinds: .scalar) {
      node, findings in
      guard let scalar = node.scalar else { return nil }
      guard let value = scalar.number else {
        findings.report(.notANumber(findings.field, scalar, isWhole: false), at: node.range)
        return nil
      }
      if range.contains(value) { return value }
      findings.report(
        .outOfRange(
          findings.field, scalar.text, shortDecimal(range.lowerBound), shortDecimal(range.upperBound)),
        at: node.range)
      return nil
    }
  }
}

/// `number` without a fraction of zero.
func shortDecimal(_ number: Double) -> String {
  Int(exactly: number).map(String.init) ?? "\(number)"
}

/// Whether `text` is digits in groups of three with commas between, such as `12,000`.
private func isGrouped(_ text: String) -> Bool {
  let groups = text.split(separator: ",", omittingEmptySubsequences: false)
  return groups.count > 1 && groups.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    && (1...3).contains(groups[0].utf8.count) && groups.dropFirst().allSatisfy { $0.utf8.count == 3 }
}

extension Finding {
  fileprivate static func notBoolean(_ field: String, _ text: String) -> Finding {
    let meaning: String? =
      switch text.lowercased() {
      case "yes", "y", "on", "1", "true": "true"
      case "no", "n", "off", "0", "false": "false"
      default: nil
      }
    return Finding(
      id: "field/not-true-or-false", message: "'\(field)' has to be true or false, without quotes",
      fix: meaning.map { "write \($0)" } ?? "write true or false",
      // A number may be meant as one.
      replacement: text == "1" || text == "0" ? nil : meaning)
  }

  /// The id of what should be a number.
  static let notANumberID = "field/not-a-number"

  fileprivate static func notANumber(_ field: String, _ scalar: Scalar, isWhole: Bool) -> Finding {
    let text = scalar.text
    let meant = meantNumber(text, isWhole: isWhole)
    if !scalar.isPlain, isWhole ? Scalar(text).integer != nil : Scalar(text).number != nil {
      return Finding(
        id: notANumberID, message: "'\(field)' is a number, which has to be without quotation marks",
        fix: "write \(text)", replacement: text)
    }
    return Finding(
      id: notANumberID,
      message:
        "'\(field)' has to be a \(isWhole ? "whole number" : "number") in digits, and '\(excerpt(text))' is not",
      fix: meant.map { "write \($0)" }, replacement: isWhole && isGrouped(text) ? meant : nil)
  }

  fileprivate static func notMinutes(_ field: String, _ text: String, _ length: LengthReading) -> Finding {
    let (hours, rest) = length.minutes.quotientAndRemainder(dividingBy: 60)
    return Finding(
      id: notANumberID,
      message: "'\(field)' has to be a whole number of minutes, and '\(excerpt(text))' is not",
      fix: "write \(length.minutes)"
        + (length.isCertain ? "" : " if this is \(hours) hour\(hours == 1 ? "" : "s") and \(rest) minutes"),
      replacement: length.isCertain ? "\(length.minutes)" : nil)
  }

  fileprivate static func outOfRange(_ field: String, _ text: String, _ lower: String, _ upper: String)
    -> Finding
  {
    Finding(
      id: "field/out-of-range", message: "'\(field)' has to be from \(lower) to \(upper), and \(text) is not")
  }
}

/// The number that `text` means beyond doubt: with separators, or with a unit or a currency that doesn't change it, as in
/// `1,000`, `$5000` or `90 min`.
func meantNumber(_ text: String, isWhole: Bool) -> String? {
  let words: Set = [
    "about", "ca", "circa", "usd", "eur", "gbp", "us", "cad", "aud", "chf", "dollar", "dollars", "euro",
    "euros", "pounds",
    "min", "mins", "minute", "minutes", "vote", "votes", "backer", "backers", "people",
  ]
  let isDigit = { (0x30...0x39).contains($0) } as (UInt8) -> Bool
  // Before and behind the digits may stand words that change nothing, and signs of currencies.
  func isHarmless(_ part: some StringProtocol) -> Bool {
    part.split { " .\u{A0}$€£~".contains($0) }.allSatisfy { words.contains($0.lowercased()) }
  }
  guard let first = text.utf8.firstIndex(where: isDigit), let last = text.utf8.lastIndex(where: isDigit)
  else { return nil }
  let end = text.utf8.index(after: last)
  guard isHarmless(text[..<first]), text[..<first].utf8.last != 0x2E, isHarmless(text[end...]) else {
    return nil
  }
  let number = text[first..<end]
  for separator in [",", "'", "’", " ", "\u{A0}", "\u{202F}", "_"] where number.contains(separator) {
    let groups = number.split(separator: separator, omittingEmptySubsequences: false)
    guard groups.dropFirst().allSatisfy({ $0.utf8.count == 3 && $0.utf8.allSatisfy(isDigit) }),
      (1...3).contains(groups[0].utf8.count), groups[0].utf8.allSatisfy(isDigit)
    else { return nil }
    return Scalar(groups.joined()).integer.map(String.init)
  }
  let plain = Scalar(String(number))
  guard number.utf8.allSatisfy({ isDigit($0) || $0 == 0x2E && !isWhole }) else { return nil }
  return (isWhole ? plain.integer != nil : plain.number != nil) ? String(number) : nil
}
