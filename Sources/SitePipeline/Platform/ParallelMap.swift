import Synchronization

/// The results of `body` for each index below `count`, in the order of the indices, computed by at most
/// `jobs` tasks at once.
///
/// Each task makes one state with `makeState` and passes it to all its calls, so that buffers are reused.
/// Work is handed out in small runs, so that long pieces don't hold up short ones. The first error thrown
/// ends the whole; which one that is depends on timing only when several are thrown.
func parallelMap<State, Result: Sendable>(
  count: Int, jobs: Int, state makeState: @escaping @Sendable () -> State,
  _ body: @escaping @Sendable (Int, inout State) throws -> Result
) async throws -> [Result] {
  guard count > 0 else { return [] }
  let workers = max(1, min(jobs, count))
  let runLength = max(1, min(64, count / (workers * 8)))
  let runCount = (count + runLength - 1) / runLength
  let cursor = Cursor()
  return try await withThrowingTaskGroup(of: [(Int, [Result])].self) { group in
    for _ in 0..<workers {
      group.addTask {
        var state = makeState()
        var finished: [(Int, [Result])] = []
        while let run = cursor.next(below: runCount) {
          try Task.checkCancellation()
          let indices = run * runLength..<min(count, (run + 1) * runLength)
          var results: [Result] = []
          results.reserveCapacity(indices.count)
          for index in indices { results.append(try body(index, &state)) }
          finished.append((run, results))
        }
        return finished
      }
    }
    var runs = [[Result]](repeating: [], count: runCount)
    for try await finished in group {
      for (run, results) in finished { runs[run] = results }
    }
    return runs.flatMap { $0 }
  }
}

/// The results of `body` for each index; see ``parallelMap(count:jobs:state:_:)``.
func parallelMap<Result: Sendable>(
  count: Int, jobs: Int, _ body: @escaping @Sendable (Int) throws -> Result
) async throws -> [Result] {
  try await parallelMap(count: count, jobs: jobs, state: {}) { index, _ in try body(index) }
}

/// The results of `body` for each of `elements`; see ``parallelMap(count:jobs:state:_:)``.
func parallelMap<Element: Sendable, Result: Sendable>(
  _ elements: [Element], jobs: Int, _ body: @escaping @Sendable (Element) throws -> Result
) async throws -> [Result] {
  try await parallelMap(count: elements.count, jobs: jobs) { index in try body(elements[index]) }
}

/// Hands out 0, 1, 2 … to whoever asks.
private final class Cursor: Sendable {
  private let value = Atomic<Int>(0)

  func next(below end: Int) -> Int? {
    let taken = value.wrappingAdd(1, ordering: .relaxed).oldValue
    return taken < end ? taken : nil
  }
}
