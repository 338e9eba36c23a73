import Columns

/// Who worked on each write-up, all side by side.
struct Crews: Sendable {
  /// Where the people of each write-up begin; the last entry is the end.
  private var starts = [0]
  /// The people of each write-up by their numbers, each once.
  private var people: [UInt32] = []

  init(_ archive: Archive) {
    starts.reserveCapacity(archive.writeUps.count + 1)
    var crew: [UInt32] = []
    for writeUp in archive.writeUps {
      crew.removeAll(keepingCapacity: true)
      for group in writeUp.credits {
        for credit in group.credits { crew.append(UInt32(truncatingIfNeeded: credit.person.index)) }
      }
      crew.sort()
      for (position, person) in crew.enumerated() where position == 0 || person != crew[position - 1] {
        people.append(person)
      }
      starts.append(people.count)
    }
  }

  /// The people whom `person`, the one with this number, shares most write-ups with, at most `limit`; most shared first.
  func coWorkers(of person: Person, number: Int, limit: Int) -> [CoWorker] {
    var met: [UInt32] = []
    var last: ID<WriteUp>?
    // Somebody with very many credits has co-workers enough in the latest. Those on one write-up follow each other.
    for credit in person.credits.suffix(200) where credit.writeUp != last {
      last = credit.writeUp
      let range = starts[credit.writeUp.index]..<starts[credit.writeUp.index + 1]
      for other in people[range] where Int(other) != number { met.append(other) }
    }
    met.sort()
    var counts: [(person: UInt32, count: Int)] = []
    for other in met {
      if counts.last?.person == other {
        counts[counts.count - 1].count += 1
      } else {
        counts.append((other, 1))
      }
    }
    counts.sort { ($1.count, $0.person) < ($0.count, $1.person) }
    return counts.prefix(limit).map { CoWorker(person: ID(Int($0.person)), count: $0.count) }
  }
}
