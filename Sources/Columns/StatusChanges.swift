import CivilTime

/// A step of a project's way, as one of those of all projects.
public struct StatusChange: Sendable, Hashable {
  /// The write-up on the project.
  public let writeUp: ID<WriteUp>
  /// The number of the step in its write-up's ``WriteUp/statusHistory``, from 0.
  public let step: Int
  /// The day.
  public let date: CivilDate
  /// The stage reached.
  public let status: Status
  /// The stage of the step before it; `nil` for the first. It may be the same, when only a note was added.
  public let previous: Status?
  /// The name of the step in its write-up's page: `status-2026-05-30`, and `status-2026-05-30-2` for a second of
  /// one day.
  public let anchor: String
}

extension Archive {
  /// Every step that was taken by any project up to now, earliest first; those of one day in the order of their
  /// write-ups.
  ///
  /// - Complexity: O(*n* log *n*) in the number of steps.
  public func statusChanges() -> [StatusChange] {
    var changes: [StatusChange] = []
    for (index, writeUp) in writeUps.enumerated() where !writeUp.statusHistory.isEmpty {
      var ofOneDay = 0
      var previous: StatusEntry?
      for (step, entry) in writeUp.statusHistory.enumerated() {
        ofOneDay = entry.date == previous?.date ? ofOneDay + 1 : 1
        changes.append(
          StatusChange(
            writeUp: ID(index), step: step, date: entry.date, status: entry.status,
            previous: previous?.status, anchor: StatusChange.anchor(entry.date, number: ofOneDay)))
        previous = entry
      }
    }
    return changes.sorted { ($0.date, $0.writeUp, $0.step) < ($1.date, $1.writeUp, $1.step) }
  }
}

extension StatusChange {
  fileprivate static func anchor(_ date: CivilDate, number: Int) -> String {
    number == 1 ? "status-\(date)" : "status-\(date)-\(number)"
  }
}

extension WriteUp {
  /// The name of a step of ``statusHistory`` in the write-up's page; see ``StatusChange/anchor``.
  ///
  /// - Complexity: O(log *n*) in the number of steps.
  public func anchor(ofStep step: Int) -> String {
    // Steps are in order of date, or else the write-up has an error.
    let date = statusHistory[step].date
    var (first, end) = (0, step)
    while first < end {
      let middle = (first + end) / 2
      if statusHistory[middle].date < date { first = middle + 1 } else { end = middle }
    }
    return StatusChange.anchor(date, number: step - first + 1)
  }

  /// The day on which the present stage was reached, where the history tells.
  public var statusSince: CivilDate? {
    guard let last = statusHistory.last, last.status == status else { return nil }
    return statusHistory.reversed().prefix { $0.status == last.status }.last?.date
  }
}
