import Synchronization

/// Counts finished pages and tells, ten times a second at most, how far a build is.
final class Progress: Sendable {
  private let total: Int
  private let report: (@Sendable (Int, Int) -> Void)?
  private let done = Atomic<Int>(0)
  /// When the next report is due, in milliseconds of the monotonic clock.
  private let due: Atomic<Int>

  /// Progress towards `total`, told to `report` once the work has taken half a second.
  init(total: Int, report: (@Sendable (Int, Int) -> Void)?) {
    self.total = total
    self.report = report
    due = Atomic(Int(monotonicSeconds() * 1000) + 500)
  }

  /// One more is done.
  func step() {
    guard let report else { return }
    let count = done.wrappingAdd(1, ordering: .relaxed).newValue
    let now = Int(monotonicSeconds() * 1000)
    let expected = due.load(ordering: .relaxed)
    guard now >= expected,
      due.compareExchange(expected: expected, desired: now + 100, ordering: .relaxed).exchanged
    else { return }
    report(count, total)
  }
}
