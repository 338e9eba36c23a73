import CSV
import SourceText

/// Which columns of a poll's export say what.
public struct PollColumns: Sendable, Hashable {
  /// What was chosen.
  public let choice: Int
  /// What tells one voter from another, such as an address; `nil` where nothing does.
  public let voter: Int?
  /// When it was chosen; `nil` where that isn't told.
  public let time: Int?

  /// The columns of `table` that have the given names, without regard to case and signs; a number stands for the
  /// column at that place, from 1. A table of one column needs no name for its choices.
  ///
  /// `nil` when one is not there, or might be either of two; that is reported with the names there are.
  public init?(
    choice: String?, voter: String?, time: String?, in table: Table, diagnostics: inout [Diagnostic]
  ) {
    guard let choice = choice ?? (table.columns.count == 1 ? "1" : nil) else {
      diagnostics.append(.missingChoice(table))
      return nil
    }
    let columns = [(choice, "--choice"), (voter, "--voter"), (time, "--time")].map { name, option in
      name.map { Self.column($0, option, in: table, &diagnostics) }
    }
    // A column that is asked for and isn't there is not the same as one that isn't asked for.
    guard let first = columns[0], let first, columns.allSatisfy({ $0 != .some(nil) }) else { return nil }
    self.choice = first
    self.voter = columns[1] ?? nil
    self.time = columns[2] ?? nil
  }

  private static func column(
    _ name: String, _ option: String, in table: Table, _ diagnostics: inout [Diagnostic]
  ) -> Int? {
    let wanted = singleSpaced(name)
    let key = CandidateList.folded(name)
    for isWanted in [
      { singleSpaced($0) == wanted }, { CandidateList.folded($0) == key && !key.isEmpty },
    ] as [(String) -> Bool] {
      let found = table.columns.indices.filter { isWanted(table.columns[$0]) }
      if found.count == 1 { return found[0] }
      if found.count > 1 {
        diagnostics.append(.severalColumns(name, option, found, table))
        return nil
      }
    }
    if let number = Int(wanted), table.columns.indices.contains(number - 1) { return number - 1 }
    diagnostics.append(.unknownColumn(name, option, table))
    return nil
  }
}

extension Diagnostic {
  private static func place(_ table: Table) -> Location {
    Location(path: table.source.path, range: ByteRange(at: 0))
  }

  /// The columns in words, of many the first thirty.
  private static func list(_ table: Table) -> String {
    let names = table.columns.enumerated().prefix(30).map { index, name in
      "\(index + 1) " + (name.isEmpty ? "(without a name)" : "'\(name.prefix(80))'")
    }
    let more = table.columns.count - names.count
    return "the columns are \(names.joined(separator: ", "))" + (more > 0 ? " and \(more) more" : "")
  }

  fileprivate static func missingChoice(_ table: Table) -> Diagnostic {
    .error(
      "tally/no-choice-column", "which column holds what was chosen?", at: place(table),
      fix: "name it, or its number, with --choice", notes: [Note(list(table))])
  }

  fileprivate static func unknownColumn(_ name: String, _ option: String, _ table: Table) -> Diagnostic {
    let key = CandidateList.folded(name)
    let longer = table.columns.first { !key.isEmpty && CandidateList.folded($0).contains(key) }
    return .error(
      "tally/unknown-column", "there is no column '\(name)', which \(option) names", at: place(table),
      fix: didYouMean(name, among: table.columns) ?? longer.map { "did you mean '\($0)'?" }
        ?? "write its name or its number",
      notes: [Note(list(table))])
  }

  fileprivate static func severalColumns(
    _ name: String, _ option: String, _ found: [Int], _ table: Table
  ) -> Diagnostic {
    let numbers = found.map { String($0 + 1) }.joined(separator: " and ")
    return .error(
      "tally/unknown-column", "columns \(numbers) are both called '\(name)', which \(option) names",
      at: place(table), fix: "write the number instead of the name")
  }
}
