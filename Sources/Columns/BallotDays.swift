import CivilTime
import SourceText
import YAML

extension BallotSource {
  /// Warns where the vote about `period` opens or closes on a day that can hardly be meant: before the period has begun, or
  /// long after it.
  func checkDays(of period: Period, in path: ContentPath, _ reader: inout FieldReader) {
    for (field, moment) in [("opens", opens), ("closes", closes)] {
      guard let moment, !period.days(andMore: 300).contains(moment.value.day) else { continue }
      reader.report(
        .strayDay(
          moment.value.day, field, of: period, at: Location(path: path.sourcePath, range: moment.range)))
    }
  }
}

extension Period {
  /// Its days, and as many more after it.
  fileprivate func days(andMore count: Int) -> ClosedRange<CivilDate> {
    firstDay...max(firstDay, lastDay.adding(days: count))
  }
}

extension Diagnostic {
  fileprivate static func strayDay(
    _ day: CivilDate, _ field: String, of period: Period, at place: Location
  ) -> Diagnostic {
    // The year is what is mistaken most.
    let likely = period.days(andMore: 60)
    let meant = (likely.lowerBound.year...likely.upperBound.year).lazy
      .compactMap { CivilDate(year: $0, month: day.month, day: day.day) }.first(where: likely.contains)
    return .warning(
      "ballot/stray-date",
      "this vote \(field) on \(day), \(day < period.firstDay ? "before" : "long after") \(period)", at: place,
      fix: "correct '\(field)'\(meant.map { ", as to \($0)" } ?? "")")
  }

  /// A vote that closes when there is nothing yet to vote for.
  static func closesBeforeFilms(
    _ closes: Located<Moment>, _ first: CivilDate, in file: PeriodSource
  ) -> Diagnostic {
    .warning(
      "ballot/stray-date",
      "this vote closes on \(closes.value.day), before its first film has appeared, on \(first)",
      at: Location(path: file.path.sourcePath, range: closes.range), fix: "correct 'closes'")
  }

  /// A vote that closes while something that it offers is still to come.
  static func closesBeforeLast(
    _ closes: Located<Moment>, _ name: String, _ day: CivilDate, isNamed: Bool, in file: PeriodSource
  ) -> Diagnostic {
    .warning(
      "ballot/stray-date",
      "this vote closes on \(closes.value.day), before '\(name)', which is on its ballot, appears on \(day)",
      at: Location(path: file.path.sourcePath, range: closes.range),
      fix: "let it close later, or "
        + (isNamed ? "take '\(name)' out of 'candidates'" : "name the others as its 'candidates'"))
  }
}
