import CSV
import SourceText

/// Which columns of a poll's export say what.
public struct PollColumns: Sendable, Hashable {
  /// What was chosen: one column, or one for each option.
  public let choices: [Int]
  /// How many votes a choice has, in a table of counts; `nil` where each row is a ballot.
  public let votes: Int?
  /// What tells one voter from another, such as an address; `nil` where nothing does.
  public let voter: Int?
  /// When it was chosen; `nil` where that isn't told.
  public let time: Int?

  /// The columns of `table` that have the given names, without regard to case and signs; a number stands for the
  /// column at that place, from 1, and `4-9` for those at several. A table of one column besides that of `votes` needs
  /// no name for its choices.
  ///
  /// `nil` when one is not there, or might be either of two, or when the table looks like one of counts and `votes` isn't
  /// told; that is reported with the names there are.
  public init?(
    choices: [String], votes: String? = nil, voter: String? = nil, time: String? = nil, in table: Table,
    diagnostics: inout [Diagnostic]
  ) {
    let count = diagnostics.count
    func column(_ name: String?, _ option: String) -> Int? {
      name.flatMap { Self.columns($0, option, in: table, &diagnostics).first }
    }
    var found: [Int] = []
    for name in choices {
      for column in Self.columns(name, "--choice", in: table, &diagnostics) where !found.contains(column) {
        found.append(column)
      }
    }
    let votes = column(votes, "--votes")
    self.votes = votes
    self.voter = column(voter, "--voter")
    self.time = column(time, "--time")
    if choices.isEmpty {
      let others = table.columns.indices.filter { $0 != votes }
      if others.count == 1 { found = others } else { diagnostics.append(.missingChoice(table)) }
    }
    self.choices = found
    if found.count > 1, let nameless = found.first(where: { table.columns[$0].isEmpty }) {
      diagnostics.append(.namelessOption(nameless + 1, table))
    }
    guard diagnostics.count == count else {
      // The columns that there are need to be listed but once.
      let lists = diagnostics.indices.dropFirst(count).filter { !diagnostics[$0].notes.isEmpty }
      for index in lists.dropLast() { diagnostics[index].notes = [] }
      return nil
    }
    if self.voter == nil, self.time == nil, votes == nil, let counts = countsColumn(in: table) {
      diagnostics.append(.looksLikeCounts(table.columns[counts], in: table))
      return nil
    }
  }

  /// The columns that `name` means, of which only choices may have several; none, and reported, if it means none.
  private static func columns(
    _ name: String, _ option: String, in table: Table, _ diagnostics: inout [Diagnostic]
  ) -> [Int] {
    let wanted = singleSpaced(name)
    let key = CandidateList.folded(name)
    for isWanted in [
      { singleSpaced($0) == wanted }, { CandidateList.folded($0) == key && !key.isEmpty },
    ] as [(String) -> Bool] {
      let found = table.columns.indices.filter { isWanted(table.columns[$0]) }
      if found.count == 1 { return found }
      if found.count > 1 {
        diagnostics.append(.severalColumns(name, option, found, table))
        return []
      }
    }
    let ends = wanted.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    if let first = ends.first ?? nil, let last = ends.last ?? nil,
      ends.count == 1 || option == "--choice" && ends.count == 2,
      first <= last, table.columns.indices.contains(first - 1), table.columns.indices.contains(last - 1)
    {
      return Array(first - 1...last - 1)
    }
    diagnostics.append(.unknownColumn(name, option, table))
    return []
  }
}

// MARK: - Tables of counts

extension PollColumns {
  /// The number of votes that a cell says, in digits with or without signs between groups of three; `nil` if it says
  /// something else, or more than a thousand million.
  static func count(_ text: String) -> Int? {
    let parts = text.split(omittingEmptySubsequences: false) { ",.' \u{2019}\u{A0}\u{202F}".contains($0) }
    let signs = Set(text.filter { !$0.isASCII || !$0.isNumber })
    guard signs.count <= 1, let first = parts.first, (1...10).contains(first.count),
      parts.count == 1 || first.count <= 3, parts.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    let digits = parts.joined()
    guard digits.utf8.count <= 10, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let count = Int(digits),
      count <= 1_000_000_000
    else { return nil }
    return count
  }

  /// The column that makes a table look like one of counts: it is called so and holds nothing else, and no two rows have
  /// the same choice. Counted as ballots, each choice would have one vote.
  private func countsColumn(in table: Table) -> Int? {
    guard choices.count == 1, (2...1000).contains(table.rowCount) else { return nil }
    let rows = 0..<table.rowCount
    let named = Set(rows.map { CandidateList.folded(table.text(row: $0, column: choices[0])) })
    guard named.count == table.rowCount else { return nil }
    return table.columns.indices.first { column in
      column != choices[0] && countNames.contains(CandidateList.folded(table.columns[column]))
        && rows.allSatisfy { Self.count(table.text(row: $0, column: column)) != nil }
    }
  }
}

/// What polls call their numbers of votes.
private let countNames = Set(
  ["votes", "vote", "vote count", "number of votes", "total votes", "count", "responses", "answers", "total"]
    .map(
      CandidateList.folded))

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

  fileprivate static func namelessOption(_ number: Int, _ table: Table) -> Diagnostic {
    .error(
      "tally/unknown-column", "column \(number) has no name that says which option it is for",
      at: place(table),
      fix:
        "if the options stand in the second row, take the first one out; else leave this column out of --choice"
    )
  }

  fileprivate static func looksLikeCounts(_ column: String, in table: Table) -> Diagnostic {
    .error(
      "tally/table-of-counts", "this looks like a table of counts, and would be counted as one ballot a row",
      at: place(table), fix: "say where the votes are: --votes \(shellQuoted(column))")
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
    let numbers = found.map { String($0 + 1) }
    let list = numbers.dropLast().joined(separator: ", ") + " and " + (numbers.last ?? "")
    return .error(
      "tally/unknown-column",
      "columns \(list) are \(found.count == 2 ? "both" : "all") called '\(name)', which \(option) names",
      at: place(table), fix: "write the number instead of the name")
  }
}
