public import CivilTime

/// A day, or an instant with its offset from UTC.
public enum Moment: Sendable, Hashable {
  /// `2026-11-20`.
  case date(CivilDate)
  /// RFC 3339: `2026-11-20T09:00:00-05:00`.
  case timestamp(Timestamp)
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
      findings.report(.malformed(findings.field, text, "a week", example: "2026-W47"), at: node.range)
      return nil
    }
  }
}

extension Shape where Value == Weekday {
  /// A day of the week by its English name, in any case.
  public static var weekday: Shape<Weekday> {
    let words = Weekday.allCases.map { $0.name.lowercased() }
    return Shape(.enumeration(words), example: "monday", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let day = Weekday(name: text) { return day }
      findings.report(.notOneOf(findings.field, text, words), at: node.range)
      return nil
    }
  }
}

extension Finding {
  fileprivate static func notADate(_ field: String, _ text: String, allowsTime: Bool) -> Finding {
    Finding(
      id: "field/not-a-date",
      message: "'\(field)' has to be a day such as 2026-11-20, and '\(excerpt(text))' is not")
  }
}
