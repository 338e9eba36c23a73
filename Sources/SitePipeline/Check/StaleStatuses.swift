import CivilTime
import Columns
import SourceText

extension Check {
  /// Projects of which nothing was heard for months: `status/not-moved`.
  ///
  /// The last step that was taken counts, and where there is none, the write-up's date; released and cancelled are ends.
  static let staleStatuses = Check { site in
    let today = site.today
    return site.archive.writeUps.compactMap { writeUp in
      guard let status = writeUp.status, status != .released, status != .cancelled else { return nil }
      let since = writeUp.statusHistory.last?.date ?? writeUp.date.date
      let months = wholeMonths(from: since, to: today)
      return months >= site.staleMonths
        ? .statusNotMoved(status, since: since, months: months, today: today, in: writeUp.source) : nil
    }
  }
}

/// The whole months between two days; a month is over on the day of the same number, or on the first after it.
private func wholeMonths(from first: CivilDate, to last: CivilDate) -> Int {
  (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day ? 1 : 0)
}

extension Diagnostic {
  fileprivate static func statusNotMoved(
    _ status: Status, since: CivilDate, months: Int, today: CivilDate, in source: WriteUpSource
  ) -> Diagnostic {
    .warning(
      "status/not-moved",
      "'\(source.title)' is at '\(status.rawValue)' since \(since), for \(months) month\(months == 1 ? "" : "s")",
      at: source.location(source.places.status),
      fix:
        "ask, and add to status_history what you hear: {date: \(today), status: \(status.rawValue)} if it is as it was"
    )
  }
}
