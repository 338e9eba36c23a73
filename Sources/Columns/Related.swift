import CivilTime

/// What one write-up has in common with another.
public struct Related: Sendable, Hashable {
  /// The closest thing that two write-ups have in common, closest kinds first.
  public enum Reason: Sendable, Hashable {
    /// People with credits on both, in the order of the credits.
    case people([ID<Person>])
    /// A status, genre or country of both.
    case term(ID<Term>)
    /// The ISO week.
    case week
  }

  /// The other write-up.
  public let writeUp: ID<WriteUp>
  /// What it has in common with the one at hand.
  public let reason: Reason
}

extension Archive {
  /// The write-ups most closely related to one, at most `limit`: those that share people, then those of its status,
  /// its genres, its countries and its week; among equals the nearest in time, and then the earlier.
  ///
  /// Of each reason but people there are two at most while others are left. The other write-ups of its week are left
  /// out where it has a page that shows them.
  ///
  /// - Complexity: O(log *n*) in the number of write-ups: of each person and term only those that are near in time
  ///   are looked at.
  public func related(to id: ID<WriteUp>, limit: Int) -> [Related] {
    let kinships = relatives(of: id).map { kinship(of: id, with: $0) }.sorted { $0.isCloser(than: $1) }
    var taken: [Int: Int] = [:]
    var chosen: [Int] = []
    for (index, kinship) in kinships.enumerated() where chosen.count < limit {
      let rank = kinship.rank
      guard rank == 0 || taken[rank, default: 0] < 2 else { continue }
      taken[rank, default: 0] += 1
      chosen.append(index)
    }
    if chosen.count < limit {
      chosen += kinships.indices.filter { !chosen.contains($0) }.prefix(limit - chosen.count)
      chosen.sort()
    }
    return chosen.map { Related(writeUp: kinships[$0].other, reason: kinships[$0].reason) }
  }

  /// What `id` has in common with `other`.
  public func relation(of id: ID<WriteUp>, with other: ID<WriteUp>) -> Related {
    Related(writeUp: other, reason: kinship(of: id, with: other).reason)
  }

  /// The write-ups that may be related to one: of each of its people, terms and its week those nearest in time.
  func relatives(of id: ID<WriteUp>) -> [ID<WriteUp>] {
    let writeUp = writeUps[id]
    var seen: Set<ID<WriteUp>> = [id]
    var result: [ID<WriteUp>] = []
    func add(_ other: ID<WriteUp>) {
      guard writeUp.week == nil || writeUps[other].week != writeUp.week else { return }
      if seen.insert(other).inserted { result.append(other) }
    }
    for person in writeUp.people.prefix(12) {
      nearest(to: id, in: people[person].credits, \.writeUp, count: 6).forEach(add)
    }
    for term in relatingTerms(of: writeUp) {
      nearest(to: id, in: terms[term].writeUps, \.self, count: 6).forEach(add)
    }
    // Write-ups are in order of time, so that those of one week are side by side.
    for step in [-1, 1] {
      var index = id.index + step
      while abs(index - id.index) <= 6, writeUps.indices.contains(index),
        writeUps[index].isoWeek == writeUp.isoWeek
      {
        add(ID(index))
        index += step
      }
    }
    return result
  }

  private func relatingTerms(of writeUp: WriteUp) -> [ID<Term>] {
    [writeUp.terms.status].compactMap(\.self) + writeUp.terms.genres.prefix(4)
      + writeUp.terms.countries.prefix(3)
  }

  /// Up to `count` different write-ups before, and as many after `id`, of a list that is ordered by them.
  private func nearest<Element>(
    to id: ID<WriteUp>, in list: [Element], _ writeUp: (Element) -> ID<WriteUp>, count: Int
  ) -> [ID<WriteUp>] {
    var (start, end) = (0, list.count)
    while start < end {
      let middle = (start + end) / 2
      if writeUp(list[middle]) < id { start = middle + 1 } else { end = middle }
    }
    var result: [ID<WriteUp>] = []
    // Somebody may have many roles in one project.
    func walk(_ indices: some Sequence<Int>) {
      var found = 0
      for index in indices.prefix(count * 16) where found < count {
        let other = writeUp(list[index])
        guard other != id, other != result.last else { continue }
        result.append(other)
        found += 1
      }
    }
    walk((0..<start).reversed())
    walk(start..<list.count)
    return result
  }

  private func kinship(of id: ID<WriteUp>, with other: ID<WriteUp>) -> Kinship {
    let (one, two) = (writeUps[id], writeUps[other])
    let theirs = Set(two.people)
    return Kinship(
      other: other, people: one.people.filter(theirs.contains),
      status: one.terms.status == two.terms.status ? one.terms.status : nil,
      genres: one.terms.genres.filter(two.terms.genres.contains),
      countries: one.terms.countries.filter(two.terms.countries.contains),
      distance: abs(two.date.seconds - one.date.seconds))
  }
}

/// Everything that two write-ups have in common.
private struct Kinship {
  let other: ID<WriteUp>
  let people: [ID<Person>]
  let status: ID<Term>?
  let genres: [ID<Term>]
  let countries: [ID<Term>]
  /// The seconds between them.
  let distance: Int64

  var rank: Int {
    !people.isEmpty ? 0 : status != nil ? 1 : !genres.isEmpty ? 2 : !countries.isEmpty ? 3 : 4
  }

  var reason: Related.Reason {
    if !people.isEmpty { return .people(people) }
    return (status ?? genres.first ?? countries.first).map(Related.Reason.term) ?? .week
  }

  func isCloser(than other: Kinship) -> Bool {
    /// Greater is closer but for what stands last.
    func key(_ kinship: Kinship) -> (Int, Int, Int, Int, Int64) {
      (
        -kinship.people.count, kinship.status == nil ? 1 : 0, -kinship.genres.count, -kinship.countries.count,
        kinship.distance
      )
    }
    let (left, right) = (key(self), key(other))
    return left == right ? self.other < other.other : left < right
  }
}

extension WriteUp {
  /// Everyone with a credit, each once, in the order of the credits.
  fileprivate var people: [ID<Person>] {
    var seen: Set<ID<Person>> = []
    return credits.flatMap(\.credits).map(\.person).filter { seen.insert($0).inserted }
  }
}
