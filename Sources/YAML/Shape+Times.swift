public import CivilTime

/// A day, or an instant with its offset from UTC.
public enum Moment: Sendable, Hashable {
  /// `2026-11-20`.
  case date(CivilDate)
  /// RFC 3339: `2026-11-20T09:00:00-05:00`.
  case timestamp(Timestamp)

  /// The day, where the moment was written.
  public var day: CivilDate {
    switch self {
    case .date(let day): day
    case .timestamp(let time): time.date
    }
  }
}

extension Shape where Value == CivilDate {
  /// A day, `2026-11-20`.
  public static var date: Shape<CivilDate> {
    Shape(.string(format: "date"), example: "2026-11-20", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let date = CivilDate(text) { return date }
      findings.report(.notADate(findings.field, text, allowsTime: false), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == Moment {
  /// A day, `2026-11-20`, or an instant, `2026-11-20T09:00:00-05:00`.
  public static var moment: Shape<Moment> {
    Shape(
      .anyOf([.string(format: "date"), .string(format: "date-time")]), example: "2026-11-20", kinds: .scalar
    ) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let date = CivilDate(text) { return .date(date) }
      if let timestamp = Timestamp(rfc3339: text) { return .timestamp(timestamp) }
      findings.report(.notADate(findings.field, text, allowsTime: true), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == ISOWeek {
  /// A week of ISO 8601, `2026-W47`.
  public static var week: Shape<ISOWeek> {
    Shape(.string(pattern: "^[0-9]{4}-[Ww][0-9]{2}$"), example: "2026-W47", kinds: .scalar) {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let week = ISOWeek(text) { return week }
      findings.report(.notAWeek(findings.field, text), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == CivilMonth {
  /// A month, `2026-11`.
  public static var month: Shape<CivilMonth> {
    Shape(.string(pattern: "^[0-9]{4}-[0-9]{2}$"), example: "2026-11", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let month = CivilMonth(text) { return month }
      findings.report(.notAMonth(findings.field, text), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == Weekday {
  /// A day of the week by its English name, in any case.
  public static var weekday: Shape<Weekday> {
    let words = Weekday.allCases.map { $0.name.lowercased() }
    return Shape(.enumeration(words, ignoringCase: true), example: "monday", kinds: .scalar) {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let day = Weekday(name: text) { return day }
      findings.report(.notOneOf(findings.field, text, words), at: node.range)
      return nil
    }
  }
}

extension Finding {
  fileprivate static func notADate(_ field: String, _ text: String, allowsTime: Bool) -> Finding {
    let reading = DateReading(text)
    let expectation =
      allowsTime ? "a day such as 2026-11-20, with or without a time" : "a day such as 2026-11-20"
    var message = "'\(field)' has to be \(expectation), and '\(excerpt(text))' is not"
    if let problem = reading.problem { message = "there is no day '\(excerpt(text))': \(problem)" }
    let fix: String? =
      switch (reading.date, reading.time) {
      case (let date?, let time?) where allowsTime:
        "write \(date)T\(time) and your offset from UTC behind it, as in \(time)-05:00, or the day alone"
      case (let date?, _): "write \(date)"
      case (nil, _): reading.problem == nil ? "write the year first, then month and day in digits" : nil
      }
    // With other words in it than a month's there may be two days, or none.
    let isPlain =
      reading.isWhole || text.utf8.allSatisfy { (0x30...0x39).contains($0) || "./- ".utf8.contains($0) }
    return Finding(
      id: "field/not-a-date", message: message, fix: fix,
      replacement: isPlain && reading.time == nil ? reading.date.map { "\($0)" } : nil)
  }

  fileprivate static func notAWeek(_ field: String, _ text: String) -> Finding {
    let numbers = numbers(in: text)
    var message = "'\(field)' has to be a week such as 2026-W47, and '\(excerpt(text))' is not"
    var fix: String?
    if numbers.count == 2, let year = numbers.max(), let number = numbers.min() {
      if let week = ISOWeek(year: year, number: number) {
        fix = "write \(week)"
      } else if (1000...9998).contains(year) {
        message = "there is no week '\(excerpt(text))': \(year) has \(ISOWeek.count(inYear: year)) weeks"
      }
    } else if let date = CivilDate(text) {
      fix = "write \(ISOWeek(of: date))"
    }
    return Finding(id: "field/not-a-week", message: message, fix: fix)
  }

  fileprivate static func notAMonth(_ field: String, _ text: String) -> Finding {
    let numbers = numbers(in: text)
    var month: CivilMonth?
    if numbers.count == 2, let year = numbers.max(), year >= 1000, let number = numbers.min() {
      month = CivilMonth(year: year, number: number)
    } else if let date = CivilDate(text) {
      month = CivilMonth(of: date)
    }
    return Finding(
      id: "field/not-a-month",
      message: "'\(field)' has to be a month such as 2026-11, and '\(excerpt(text))' is not",
      fix: month.map { "write \($0)" })
  }

  /// The numbers that stand in `text`, each at most a million.
  private static func numbers(in text: String) -> [Int] {
    var numbers: [Int] = []
    var digits = 0
    for byte in text.utf8.prefix(32) {
      guard (0x30...0x39).contains(byte) else {
        digits = 0
        continue
      }
      if digits == 0 { numbers.append(0) }
      digits += 1
      numbers[numbers.count - 1] = min(numbers[numbers.count - 1] * 10 + Int(byte - 0x30), 1_000_000)
    }
    return numbers
  }
}
