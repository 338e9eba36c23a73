import CivilTime
import Columns
import SitePipeline
import SourceText

/// Prints what came of a count.
struct TallyPrinting {
  let report: PollCount.Report
  let period: Period

  /// The candidates with their votes, and which ballots don't count; `nil` when there was no count.
  var table: String? {
    guard let result = report.result else { return nil }
    let tally = result.tally
    var text = "\(period), \(result.column)" + (result.question.map { ": \($0)" } ?? "") + "\n\n"
    let votes = tally.votes.reduce(0, +)
    // Votes for whoever can't win are in nobody's share.
    let total = tally.lines.lazy.filter { !result.disqualified.contains($0.candidate.slug) }.reduce(0) {
      $0 + $1.votes
    }
    let winners = winners(result)
    let lines = tally.lines
    let countWidth = max(7, lines.map { grouped($0.votes).count }.max() ?? 0)
    let titleWidth = lines.map(\.candidate.title.count).max() ?? 0
    for line in lines {
      let isOut = result.disqualified.contains(line.candidate.slug)
      let percent = total > 0 ? "\((line.votes * 200 + total) / (total * 2)) %" : "0 %"
      var remarks = [line.candidate.slug]
      if isOut { remarks.append("disqualified") }
      if winners.contains(line.candidate.slug) { remarks.append(winners.count > 1 ? "tied" : "wins") }
      if let former = result.former[line.candidate.slug], former != line.votes {
        remarks.append("was \(grouped(former))")
      }
      text += right(grouped(line.votes), countWidth) + right(isOut ? "" : percent, 7) + "  "
      text += left(line.candidate.title, titleWidth) + "  " + remarks.joined(separator: ", ") + "\n"
    }
    text += "\n" + right(grouped(tally.countedCount), countWidth)
    text += " of \(counted(tally.ballotCount, "ballot")) \(tally.countedCount == 1 ? "counts" : "count")"
    text += votes == tally.countedCount ? "\n" : ", with \(counted(votes, "vote"))\n"
    for reason in Tally.Reason.allCases {
      guard let count = tally.leftOut[reason], count > 0 else { continue }
      text += right(grouped(count), countWidth) + " left out: \(words(for: reason, result))\n"
    }
    for remark in remarks(result, winners) { text += "\(remark)\n" }
    return text + "\n"
  }

  /// What became of the file, in one line.
  var summary: String {
    let file = report.result?.file ?? "the vote"
    switch report.outcome {
    case .written: return "\(file) has these results now."
    case .unchanged: return "\(file) had these results already."
    case .dryRun: return "Nothing written: --dry-run."
    case .refused:
      let errors = report.diagnostics.count { $0.severity == .error }
      return "Nothing written: \(counted(errors, "error"))."
    }
  }

  /// Whoever has most votes and can win; nobody in a void vote, or without a vote.
  private func winners(_ result: PollCount.Result) -> [String] {
    let lines = result.tally.lines.filter { !result.disqualified.contains($0.candidate.slug) }
    guard !result.isVoid, let most = lines.first?.votes, most > 0 else { return [] }
    return lines.filter { $0.votes == most }.map(\.candidate.slug)
  }

  private func words(for reason: Tally.Reason, _ result: PollCount.Result) -> String {
    switch reason {
    case .early: "cast before the vote opened" + when(result.opens)
    case .late: "cast after the vote closed" + when(result.closes)
    case .blank: "nothing was chosen"
    case .replaced: "a later one of the same voter counts"
    case .excluded: "their choice is left out by --map"
    case .unknown: "their choice is not on the ballot"
    }
  }

  private func when(_ time: Timestamp?) -> String {
    time.map { ", on \($0.date) at \($0.timeOfDay)" } ?? ""
  }

  private func remarks(_ result: PollCount.Result, _ winners: [String]) -> [String] {
    var remarks: [String] = []
    if result.isVoid { remarks.append("The vote is void: nobody wins.") }
    if winners.count > 1 { remarks.append("A tie: \(listed(winners)).") }
    if let named = result.namedWinners, !result.isVoid, Set(named) != Set(winners) {
      remarks.append("The file names \(listed(named)) under 'winners', which decides.")
    }
    if result.tally.anonymousCount > 0 {
      let isOne = result.tally.anonymousCount == 1
      remarks.append(
        "\(counted(result.tally.anonymousCount, "ballot")) \(isOne ? "doesn't" : "don't") say whose "
          + "\(isOne ? "it is, and counts" : "they are, and count") all the same.")
    }
    if let order = result.tally.dateOrder {
      remarks.append("Dates are read \(order == .dayFirst ? "day" : "month") first.")
    }
    return remarks
  }

  /// `a, b and c`.
  private func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "nobody" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }

  private func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
