import CSV
import CivilTime
import SourceText

/// The rows of a poll's export as ballots, or, in a table of counts, as choices with their votes.
struct BallotFile {
  private let table: Table
  private let columns: PollColumns
  /// Where each option has a column of its own, what they offer; `nil` in the others' places.
  private let options: [Int: String]

  /// What a cell says of an option that is chosen, and of one that isn't, as forms and spreadsheets write it.
  static let marks: Set = [
    "1", "x", "y", "yes", "true", "on", "checked", "selected", "✓", "✔", "☑", "wahr", "vrai", "verdadero",
    "vero",
  ]
  private static let noMarks: Set = [
    "", "0", "-", "n", "no", "false", "off", "unchecked", "not selected", "☐", "falsch", "faux", "falso",
  ]

  /// Something that a ballot chooses.
  struct Choice {
    let text: String
    let row: Int, column: Int
  }

  /// The ballots of `table`. Where each option has a column, its name says what it offers, with the question before it
  /// or not: `isKnown` says of which words that is known.
  init(_ table: Table, _ columns: PollColumns, isKnown: (String) -> Bool) {
    self.table = table
    self.columns = columns
    var options: [Int: String] = [:]
    if columns.choices.count > 1 {
      for column in columns.choices {
        let forms = Self.forms(of: table.columns[column])
        options[column] = forms.first(where: isKnown) ?? forms.last
      }
    }
    self.options = options
  }

  /// What a column's name may offer: all of it, what follows the question, and what is in brackets at its end.
  private static func forms(of name: String) -> [String] {
    var forms = [name]
    for divider in [" - ", ": ", "? "] {
      if let range = name.ranges(of: divider).last { forms.append(String(name[range.upperBound...])) }
    }
    if name.hasSuffix("]"), let opening = name.lastIndex(of: "[") {
      forms.append(String(name[name.index(after: opening)...].dropLast()))
    }
    return forms
  }

  /// What the ballot chooses, empty cells left out. Where each option has a column, a cell says whether that one is
  /// chosen, or which one, as under "Other".
  func choices(_ row: Int) -> [Choice] {
    columns.choices.compactMap { column in
      var text = table.text(row: row, column: column)
      if let option = options[column] {
        let mark = text.lowercased()
        if Self.marks.contains(mark) {
          text = option
        } else if Self.noMarks.contains(mark), CandidateList.folded(text) != CandidateList.folded(option) {
          return nil
        }
      }
      return text.isEmpty ? nil : Choice(text: text, row: row, column: column)
    }
  }

  /// What tells the ballot's voter from others, without regard to case; empty where nothing does.
  func voter(_ row: Int) -> String {
    columns.voter.map { Self.voter(table.text(row: row, column: $0)) } ?? ""
  }

  /// The voter that a cell names.
  static func voter(_ text: String) -> String { singleSpaced(text).lowercased() }

  var hasVoters: Bool { columns.voter != nil }

  /// The place of what tells a ballot's voter.
  func voterPlace(_ row: Int) -> Location? { columns.voter.map { place(row, $0) } }

  func place(_ choice: Choice) -> Location { place(choice.row, choice.column) }

  private func place(_ row: Int, _ column: Int) -> Location {
    Location(path: table.source.path, range: table.range(row: row, column: column))
  }

  /// The votes of each choice in a table of counts, else `nil`.
  func weights(_ diagnostics: inout [Diagnostic]) -> [Int]? {
    guard let column = columns.votes else { return nil }
    return (0..<table.rowCount).map { row in
      let text = table.text(row: row, column: column)
      if let count = PollColumns.count(text) { return count }
      diagnostics.append(.notACount(text.isEmpty, at: place(row, column)))
      return 0
    }
  }

  /// When each ballot was cast; `nil` without a column that says so.
  ///
  /// The order of day and month is the one told, or the only one in which all dates are days. It is never guessed.
  func times(
    _ rules: Tally.Rules, order: inout DateOrder?, diagnostics: inout [Diagnostic]
  ) -> [Timestamp?]? {
    guard let column = columns.time else { return nil }
    let written = (0..<table.rowCount).map { PollTime(table.text(row: $0, column: column)) }
    if written.count > 1, written.allSatisfy({ $0 == nil }) {
      diagnostics.append(.noTimes(table.columns[column], at: place(0, column)))
      return nil
    }
    for (row, time) in written.enumerated() where time == nil {
      let text = table.text(row: row, column: column)
      if text.isEmpty, written.count > 1 {
        diagnostics.append(
          .noTime(isLeftOut: rules.opens != nil || rules.closes != nil, at: place(row, column)))
      } else {
        diagnostics.append(.notATime(text, at: place(row, column)))
      }
    }
    func first(where isWanted: (PollTime) -> Bool) -> Location? {
      written.firstIndex { $0.map(isWanted) ?? false }.map { place($0, column) }
    }
    let strange = DateOrder.allCases.map { order in (order, first { !$0.isDay(order) }) }
    let possible = strange.filter { $0.1 == nil }.map(\.0)
    if let told = rules.dateOrder {
      order = told
      if let place = strange.first(where: { $0.0 == told })?.1 {
        diagnostics.append(.notInOrder(told, at: place))
      }
    } else if possible.count == 1 {
      order = possible[0]
    } else if possible.isEmpty {
      diagnostics.append(.mixedOrders(strange.map(\.1)))
    } else if let place = first(where: \.isAmbiguous) {
      diagnostics.append(.ambiguousDates(at: place))
    }
    let usedOrder = order ?? .monthFirst
    return written.map { $0?.timestamp(usedOrder, in: rules.zone) }
  }
}

/// The forms of times, for whoever wrote another one.
private let timeForms =
  "times are written like 2026-11-20 17:03:22, 11/20/2026 5:03 PM, Nov 20, 2026 5:03 PM or 20.11.2026 17:03, with or "
  + "without an offset such as -05:00"

extension Diagnostic {
  fileprivate static func notACount(_ isEmpty: Bool, at place: Location) -> Diagnostic {
    .error(
      "tally/not-a-count", isEmpty ? "this choice has no number of votes" : "this is no number of votes",
      at: place, fix: "does --votes name the right column? Shares and points are no votes")
  }

  fileprivate static func noTimes(_ column: String, at place: Location) -> Diagnostic {
    .error(
      "tally/not-a-time",
      "no ballot has a day with a time in \(column.isEmpty ? "this column" : "the column '\(column.prefix(80))'")",
      at: place, fix: "does --time name the right column? If it does: \(timeForms)")
  }

  fileprivate static func noTime(isLeftOut: Bool, at place: Location) -> Diagnostic {
    .warning(
      "tally/no-time",
      isLeftOut
        ? "this ballot has no time, and is left out"
        : "this ballot has no time, and is taken for the voter's first",
      at: place,
      fix: isLeftOut ? "if it came in time, write one between the opening and the close into the export" : nil
    )
  }

  /// Quotes what is most likely a time and nothing else: nobody's name is printed.
  fileprivate static func notATime(_ text: String, at place: Location) -> Diagnostic {
    let isNumber = text.utf8.first.map { (0x30...0x39).contains($0) } ?? false
    let shown = isNumber && text.utf8.count <= 40 && !text.utf8.contains(0x40) ? "'\(text)'" : "this"
    return .error(
      "tally/not-a-time", text.isEmpty ? "this ballot has no time" : "\(shown) is no day with a time",
      at: place,
      fix: timeForms)
  }

  fileprivate static func notInOrder(_ order: DateOrder, at place: Location) -> Diagnostic {
    .error(
      "tally/ambiguous-dates", "this is no day if dates are \(order.rawValue)", at: place,
      fix:
        "is --dates \(order == .dayFirst ? DateOrder.monthFirst.rawValue : DateOrder.dayFirst.rawValue) right?"
    )
  }

  fileprivate static func ambiguousDates(at place: Location) -> Diagnostic {
    .error(
      "tally/ambiguous-dates",
      "is the first number of this date the day or the month? No date of the file tells",
      at: place, fix: "say --dates day-first or --dates month-first")
  }

  fileprivate static func mixedOrders(_ places: [Location?]) -> Diagnostic {
    .error(
      "tally/ambiguous-dates", "this date can't be day first, and another one can't be month first",
      at: places.first ?? nil, fix: "export the answers with dates of one form, such as 2026-11-20",
      notes: [Note("this is the other one", at: places.last ?? nil)])
  }
}
