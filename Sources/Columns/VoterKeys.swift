import SourceText

/// Which keys in the column of voters tell no voter from another, as `anonymous` in a form that nobody signs in to.
struct VoterKeys {
  /// What most ballots have in common, which then is no voter's.
  private var common: String?
  /// What an editor should know.
  private(set) var diagnostics: [Diagnostic] = []

  /// What forms and people write where a voter isn't told.
  private static let placeholders: Set = [
    "", "-", "–", "—", "?", "anonymous", "anon", "n/a", "none", "null", "unknown",
  ]
  /// Of how few ballots nothing is concluded.
  private static let fewest = 4

  /// Looks through the keys of the ballots in `rows`.
  init(of rows: [Int], in file: BallotFile) {
    guard file.hasVoters else { return }
    var counts: [String: (count: Int, first: Int)] = [:]
    for row in rows { counts[file.voter(row), default: (0, row)].count += 1 }
    for (key, found) in counts.sorted(by: { $0.value.first < $1.value.first }) {
      let place = file.voterPlace(found.first)
      if Self.placeholders.contains(key) {
        // Empty cells are nobody's mistake; the count mentions them.
        if !key.isEmpty { diagnostics.append(.placeholder(key, found.count, at: place)) }
      } else if found.count >= Self.fewest, found.count * 2 > rows.count {
        // An address is somebody's, however often it is there.
        let isAddress = key.utf8.contains(0x40)
        if !isAddress { common = key }
        diagnostics.append(.commonVoter(found.count, of: rows.count, isAddress: isAddress, at: place))
      }
    }
  }

  /// Whether ballots with that key are of nobody known, and each counts for itself.
  func isNobody(_ key: String) -> Bool { Self.isPlaceholder(key) || key == common }

  /// Whether `key` is what stands where a voter isn't told.
  static func isPlaceholder(_ key: String) -> Bool { placeholders.contains(key) }
}

extension Diagnostic {
  fileprivate static func placeholder(_ key: String, _ count: Int, at place: Location?) -> Diagnostic {
    .warning(
      "tally/no-voter",
      count == 1
        ? "'\(key)' is no voter: this ballot counts for itself"
        : "'\(key)' is no voter: the \(count) ballots that say so all count", at: place,
      fix: "does another column tell voters apart? Name it with --voter, or leave --voter out")
  }

  /// Doesn't quote the key, which may be a name.
  fileprivate static func commonVoter(
    _ count: Int, of all: Int, isAddress: Bool, at place: Location?
  ) -> Diagnostic {
    let said = "\(count) of \(all) ballots have the same voter"
    return isAddress
      ? .warning(
        "tally/no-voter", "\(said), and only the last of them counts", at: place,
        fix: "if the address is the form's own, name another column with --voter, or leave --voter out")
      : .warning(
        "tally/no-voter", "\(said): that tells nobody apart, and they all count", at: place,
        fix: "does another column tell voters apart? Name it with --voter, or leave --voter out")
  }
}
