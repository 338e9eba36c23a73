import CSV
import SourceText

/// A column of an export that nobody named, which looks like one that tells voters apart.
public struct VoterColumn: Sendable, Hashable {
  /// Which one it is.
  public let index: Int
  /// How many ballots have a voter in it whom another one has, too: as nobody named the column, each of them counts.
  public let repeatedCount: Int

  /// The first column beside those of `columns` that holds e-mail addresses, else the first that is called as one of
  /// voters; `nil` where `columns` names one, and where no voter is there twice.
  ///
  /// - Complexity: O(*n*) in the number of cells.
  public init?(_ columns: PollColumns, in table: Table) {
    guard columns.voter == nil, columns.votes == nil else { return nil }
    let others = table.columns.indices.filter { $0 != columns.time && !columns.choices.contains($0) }
    let candidates =
      others.filter { Self.holdsAddresses($0, in: table) }
      + others.filter { voterNames.contains(CandidateList.folded(table.columns[$0])) }
    for column in candidates {
      var counts: [String: Int] = [:]
      for row in 0..<table.rowCount {
        let voter = BallotFile.voter(table.text(row: row, column: column))
        if !VoterKeys.isPlaceholder(voter) { counts[voter, default: 0] += 1 }
      }
      let repeated = counts.values.filter { $0 > 1 }.reduce(0, +)
      if repeated > 0 {
        index = column
        repeatedCount = repeated
        return
      }
    }
    return nil
  }

  /// Of how many rows it is asked what a column holds.
  private static let sampleCount = 1000

  /// Whether nine of ten cells that aren't empty are addresses, as far as the first of them tell.
  private static func holdsAddresses(_ column: Int, in table: Table) -> Bool {
    var addresses = 0
    var others = 0
    for row in 0..<min(table.rowCount, sampleCount) {
      let text = singleSpaced(table.text(row: row, column: column))
      if isAddress(text) { addresses += 1 } else if !text.isEmpty { others += 1 }
    }
    return addresses > 1 && addresses >= others * 9
  }

  private static func isAddress(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].dropFirst().dropLast().contains(0x2E)
      && !text.utf8.contains(0x20)
  }
}

/// What forms and polls call the columns that tell voters apart. One numbers ballots with `id`, and not voters.
private let voterNames = Set(
  [
    "email", "e-mail", "email address", "e-mail address", "mail", "your email", "your e-mail", "username",
    "user name", "user id", "voter", "voter id", "voter name", "voted by", "ip", "ip address", "voter ip",
    "user ip",
    "fingerprint", "device id", "phone", "phone number",
  ].map(CandidateList.folded))
