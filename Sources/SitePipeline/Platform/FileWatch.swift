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
    /// Counts what was ever noted.
    var number = 0
    /// Whether they have settled, or have been kept back for long enough.
    var isDue = false
    /// When the first of them was noted, in seconds of the monotonic clock.
    var start = 0.0
  }

  /// How long nothing has to happen, in seconds, before changes are told: when they have settled, and when not.
  private static let (shortWait, longWait) = (0.004, 0.06)
  /// How long changes are kept back at most, in seconds.
  private static let patience = 1.0

  let queue = DispatchQueue(label: "sitegen.watch")
  private let pending = Mutex(Pending())
  /// What keeps the system from telling of some folders.
  private let problem = Mutex<(first: SystemError?, isTold: Bool)>((nil, false))
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
      if let changes = take(isLate: deadline.map { $0 <= .now() } ?? false) { return changes }
    }
    return nil
  }

  /// What is to be told: what changed, once it is due, and nothing where nothing changed and it is late; `nil` when there is
  /// something to wait for. What was noted too late for that, or half, has its own time.
  func take(isLate: Bool) -> FileChanges? {
    pending.withLock { pending in
      guard pending.isDue || isLate && pending.isEmpty else { return nil }
      defer { pending = Pending(number: pending.number) }
      return pending.changes
    }
  }

  /// Whether anything changed since then.
  public var hasNews: Bool { pending.withLock { !$0.isEmpty } }

  /// What keeps changes of a folder from being noticed, if that came up since and nothing of the kind was asked for before.
  public func takeProblem() -> SystemError? {
    problem.withLock { problem in
      guard let first = problem.first, !problem.isTold else { return nil }
      problem.isTold = true
      return first
    }
  }

  /// Has `body` watch more. Where the system refuses that, anything may have changed.
  func watchMore(_ body: () throws -> Void) {
    do {
      try body()
    } catch let error as SystemError where error.isMissing {
      // It has gone already, of which there is word.
    } catch {
      noteEverything()
      problem.withLock { $0.first = $0.first ?? error as? SystemError }
    }
  }

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
    let (number, wait) = pending.withLock { pending -> (Int?, Double) in
      let isPatient = monotonicSeconds() - pending.start < FileWatch.patience
      let wait = pending.unsettled.isEmpty || !isPatient ? FileWatch.shortWait : FileWatch.longWait
      return (pending.isEmpty ? nil : pending.number, wait)
    }
    guard let number else { return }
    queue.asyncAfter(deadline: .now() + wait) { [self] in
      let isDone = pending.withLock { pending in
        guard !pending.isEmpty else { return false }
        let isOverdue = monotonicSeconds() - pending.start > FileWatch.patience
        if pending.number == number || isOverdue { pending.isDue = true }
        return pending.isDue
      }
      if isDone { signal.yield() }
    }
  }
}

extension FileWatch.Pending {
  var isEmpty: Bool { changes == FileChanges([]) }

  mutating func add(_ more: FileChanges) {
    if isEmpty { start = monotonicSeconds() }
    number += 1
    isDue = false
    changes.formUnion(more)
  }
}

/// The folders in which a site's sources lie, with every link followed: that of the site, and those that `content/`, `themes/`
/// and themes are links to.
struct WatchedPlaces: Sendable {
  /// The folders, and what each is called below the site's.
  let folders: [(place: String, name: String)]

  /// Those of the site in the folder `root`.
  ///
  /// - Throws: ``SystemError`` when there is no such folder, or it can't be read.
  init(_ root: String) throws {
    guard let whole = resolvedFolder(root), let site = try Directory.open(whole) else {
      throw SystemError.missing("watch", root)
    }
    var links = try ["content", "themes"].filter { try site.entry($0) == .link }
    if try site.target("themes") == .folder {
      links += try site.names(in: "themes").filter { $0.entry == .link }.map { "themes/" + $0.name }
    }
    let linked = try links.filter { try site.target($0) == .folder }
    folders = [(whole, "")] + linked.compactMap { name in site.resolved(name).map { ($0, name) } }
  }

  /// What `path`, which has no links in it, is called below the site's folder, if it is of `content/` or `themes/`: as many names
  /// as there are ways to it.
  func names(of path: String) -> [String] {
    folders.compactMap { place, name in
      guard path == place || path.hasPrefix(place + "/") else { return nil }
      let rest = path.dropFirst(place.count).drop { $0 == "/" }
      let full = name.isEmpty ? String(rest) : rest.isEmpty ? name : name + "/" + rest
      return ["content", "themes"].contains(full.prefix { $0 != "/" }) ? full : nil
    }
  }
}
