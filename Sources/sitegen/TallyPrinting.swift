import CivilTime
import Columns
import SitePipeline
import SourceText
import YAML

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
    let lines = result.lines
    let countWidth = max(7, lines.map { groupedDigits($0.votes).count }.max() ?? 0)
    let titleWidth = lines.map(\.candidate.title.count).max() ?? 0
    let isTie = lines.count(where: \.wins) > 1
    for line in lines {
      var remarks = [line.candidate.slug]
      if line.percent == nil { remarks.append("disqualified") }
      if line.wins { remarks.append(isTie ? "tied" : "wins") }
      if let former = line.former, former != line.votes { remarks.append("was \(groupedDigits(former))") }
      text +=
        right(groupedDigits(line.votes), countWidth) + right(line.percent.map { "\($0) %" } ?? "", 7) + "  "
      text += left(line.candidate.title, titleWidth) + "  " + remarks.joined(separator: ", ") + "\n"
    }
    text += "\n" + right(groupedDigits(tally.countedCount), countWidth)
    text += " of \(groupedDigits(tally.ballotCount)) \(tally.countsVotes ? "vote" : "ballot")"
    text += tally.ballotCount == 1 ? " " : "s "
    text += tally.countedCount == 1 ? "counts" : "count"
    text += votes == tally.countedCount ? "\n" : ", with \(counted(votes, "vote"))\n"
    for reason in Tally.Reason.allCases {
      guard let count = tally.leftOut[reason], count > 0 else { continue }
      text += right(groupedDigits(count), countWidth) + " left out: \(words(for: reason, result))\n"
    }
    for remark in remarks(result, lines.filter(\.wins).map(\.candidate.slug)) { text += "\(remark)\n" }
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

  /// The same for programs: one object in a line.
  var json: String {
    var text = ByteBuffer()
    text.append("{\"result\":{\"outcome\":\"\(report.outcome.rawValue)\",\"period\":\"\(period)\"")
    guard let result = report.result else { return text.string + "}}\n" }
    let tally = result.tally
    text.append(",\"file\":")
    text.appendJSONString(result.file)
    text.append(",\"column\":")
    text.appendJSONString(result.column)
    if let question = result.question {
      text.append(",\"question\":")
      text.appendJSONString(question)
    }
    text.append(",\"projects\":[")
    for (index, line) in result.lines.enumerated() {
      text.append(index == 0 ? "{\"project\":" : ",{\"project\":")
      text.appendJSONString(line.candidate.slug)
      text.append(",\"title\":")
      text.appendJSONString(line.candidate.title)
      text.append(",\"votes\":\(line.votes),\"wins\":\(line.wins),\"disqualified\":\(line.percent == nil)")
      if let percent = line.percent { text.append(",\"percent\":\(percent)") }
      if let former = line.former { text.append(",\"former\":\(former)") }
      text.append("}")
    }
    text.append("],\"unit\":\"\(tally.countsVotes ? "vote" : "ballot")\",\"total\":\(tally.ballotCount)")
    text.append(",\"counted\":\(tally.countedCount),\"anonymous\":\(tally.anonymousCount),\"leftOut\":{")
    let reasons = Tally.Reason.allCases.map { "\"\($0)\":\(tally.leftOut[$0] ?? 0)" }
    text.append(reasons.joined(separator: ",") + "}")
    if let order = tally.dateOrder { text.append(",\"dates\":\"\(order.rawValue)\"") }
    return text.string + "}}\n"
  }

  private func words(for reason: Tally.Reason, _ result: PollCount.Result) -> String {
    switch reason {
    case .early:
      "cast before the vote opened, \(result.opens.opening)"
        + (result.opens == .date(period.firstDay) ? ", the \(period.kind.rawValue)'s first day" : "")
    case .late: "cast after the vote closed" + (result.closes.map { ", \($0.closing)" } ?? "")
    case .undated: "nothing says when they were cast"
    case .blank: "nothing was chosen"
    case .replaced: "a later one of the same voter counts"
    case .excluded: "their choice is left out by --map"
    case .unknown: "their choice is not on the ballot"
    case .several: "they choose several, without --several"
    }
  }

  private func remarks(_ result: PollCount.Result, _ winners: [String]) -> [String] {
    var remarks: [String] = []
    if result.isVoid { remarks.append("The vote is void: nobody wins.") }
    if winners.count > 1 { remarks.append("A tie: \(listed(winners)).") }
    if let named = result.namedWinners, !result.isVoid {
      remarks.append("The file names \(listed(named)) under 'winners', which decides.")
    }
    if result.tally.countsVotes {
      remarks.append("A table of counts doesn't tell late votes from others, nor who voted twice.")
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
