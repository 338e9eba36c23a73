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

  fileprivate static func notANumber(_ field: String, _ scalar: Scalar, isWhole: Bool) -> Finding {
    // Digits with separators, units or currency signs around them: 1,000, $5000, 90 min.
    let text = scalar.text
    let kept = String(
      decoding: text.utf8.filter { (0x30...0x39).contains($0) || $0 == 0x2E && !isWhole }, as: UTF8.self)
    let candidate = Scalar(kept)
    let isAmbiguous =
      text.utf8.contains(0x2E) && isWhole || text.utf8.first == 0x2D || text.utf8.contains(0x3A)
    let isNumber = isWhole ? candidate.integer != nil : candidate.number != nil
    return Finding(
      id: "field/not-a-number",
      message:
        "'\(field)' has to be a \(isWhole ? "whole number" : "number") in digits, and '\(excerpt(text))' is not",
      fix: isNumber && !isAmbiguous ? "write \(kept)" : nil,
      replacement: isWhole && isNumber && isGrouped(text) ? kept : nil)
  }

  fileprivate static func outOfRange(_ field: String, _ text: String, _ lower: String, _ upper: String)
    -> Finding
  {
    Finding(
      id: "field/out-of-range", message: "'\(field)' has to be from \(lower) to \(upper), and \(text) is not")
  }
}
