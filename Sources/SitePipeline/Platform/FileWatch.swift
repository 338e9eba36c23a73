import Dispatch
import Synchronization

/// Tells what changes in `content/` and `themes/` of a site, as soon as the system notices and whoever writes has
/// settled down.
///
/// A file that is gone, or is being written, may be half of what an editor does when it saves one: such changes wait a
/// little for the other half.
public final class FileWatch: Sendable {
  /// The changes until then, and whether they have settled.
  fileprivate struct Pending {
    var changes = FileChanges([])
    /// The paths of which there is more to come.
    var unsettled: Set<String> = []
    /// Counts what was noted.
    var number = 0
    /// When the first of them was noted, in seconds of the monotonic clock.
    var start = 0.0
  }

  /// How long nothing has to happen, in seconds, before changes are told: when they have settled, and when not.
  private static let (shortWait, longWait) = (0.004, 0.06)
  /// How long changes are kept back at most, in seconds.
  private static let patience = 1.0

  let queue = DispatchQueue(label: "sitegen.watch")
  private let pending = Mutex(Pending())
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  /// A watch over the site's folder `root`, which is told of everything from now on.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses it.
  public init(_ root: String) throws {
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    try start(root)
  }

  /// What changed since the last time that this was asked for, once anything has, or nothing after so many `seconds`; `nil`
  /// when the task is cancelled.
  ///
  /// One task may ask at a time.
  public func next(within seconds: Double? = nil) async -> FileChanges? {
    let deadline = seconds.map { DispatchWallTime.now() + $0 }
    if let deadline { queue.asyncAfter(wallDeadline: deadline) { [signal] in signal.yield() } }
    for await _ in signals {
      let changes = pending.withLock { pending in
        defer { pending = Pending() }
        return pending.changes
      }
      if changes != FileChanges([]) || deadline.map({ $0 <= .now() }) ?? false { return changes }
    }
    return nil
  }

  /// Whether anything changed since then.
  public var hasNews: Bool { pending.withLock { $0.number > 0 } }

  /// Calls `body` when nothing has to be watched any more.
  func onEnd(_ body: @escaping @Sendable () -> Void) { signal.onTermination = { _ in body() } }

  /// Notes that `path` changed; it hasn't settled while there is more to come.
  func note(_ path: String, isSettled: Bool) {
    guard path.split(separator: "/").allSatisfy(ContentTree.isLookedAt) else { return }
    pending.withLock { pending in
      pending.add(FileChanges([path]))
      if isSettled { pending.unsettled.remove(path) } else { pending.unsettled.insert(path) }
    }
  }

  /// Notes that the system lost count.
  func noteEverything() { pending.withLock { $0.add(.everything) } }

  /// Has what was noted told, once it has settled.
  func settle() {
    let (number, wait) = pending.withLock { pending in
      let isPatient = monotonicSeconds() - pending.start < FileWatch.patience
      let wait = pending.unsettled.isEmpty || !isPatient ? FileWatch.shortWait : FileWatch.longWait
      return (pending.number, wait)
    }
    guard number > 0 else { return }
    queue.asyncAfter(deadline: .now() + wait) { [self] in
      let isDone = pending.withLock { pending in
        pending.number == number
          || pending.number > 0 && monotonicSeconds() - pending.start > FileWatch.patience
      }
      if isDone { signal.yield() }
    }
  }
}

extension FileWatch.Pending {
  mutating func add(_ more: FileChanges) {
    if number == 0 { start = monotonicSeconds() }
    number += 1
    changes.formUnion(more)
  }
}
