import CivilTime
import Columns
import SitePipeline
import SourceText

/// Prints what came of a build: messages to standard error, the result to standard output.
struct ReportPrinting {
  let report: Build.Report
  let root: String
  let seconds: Double

  /// Messages for people, and one line at the end.
  func printText(timings: Bool) {
    printDiagnostics(report.diagnostics, root: root)
    var text = ""
    if timings {
      for (phase, seconds) in report.timings {
        text += "\(milliseconds(seconds)) ms  \(phase)\n"
      }
    }
    text += heldBackText
    SitePipeline.print(text, toErrors: true)
    SitePipeline.print(summary + "\n", toErrors: !report.isPublished)
  }

  /// One object for each diagnostic and one for the result, a line each.
  func printJSON() {
    printDiagnostics(report.diagnostics, root: root, format: .json)
    var result = ByteBuffer()
    result.append("{\"result\":{\"published\":\(report.isPublished),\"output\":")
    result.appendJSONString(report.output)
    result.append(
      ",\"pages\":\(report.pageCount),\"written\":\(report.writtenCount),"
        + "\"unchanged\":\(report.unchangedCount),\"removed\":\(report.removedCount),"
        + "\"heldBack\":[")
    for (index, held) in report.heldBack.enumerated() {
      result.append(index == 0 ? "{\"path\":" : ",{\"path\":")
      result.appendJSONString(held.path.sourcePath)
      result.append(",\"reason\":")
      result.appendJSONString(reason(of: held))
      result.append("}")
    }
    result.append("]")
    if let next = report.nextChange {
      result.append(",\"nextChange\":")
      result.appendJSONString(next.rfc3339)
    }
    result.append(",\"seconds\":\(milliseconds(seconds).trimmed)e-3}}\n")
    SitePipeline.print(result.string, toErrors: false)
  }

  private var summary: String {
    let errors = report.diagnostics.count { $0.severity == .error }
    let warnings = report.diagnostics.count { $0.severity == .warning }
    guard report.isPublished else {
      let what = counted(errors, "error") + (warnings > 0 ? " and " + counted(warnings, "warning") : "")
      let strictly = errors == 0 ? ", which --strict does not let pass" : ""
      return "Not published: \(what)\(strictly). \(report.output) is as it was."
    }
    var parts = [
      "\(counted(report.pageCount, "page")) in \(report.output): \(counted(report.writtenCount, "file")) written",
      "\(report.unchangedCount) unchanged",
    ]
    if report.removedCount > 0 { parts.append("\(report.removedCount) removed") }
    if !report.heldBack.isEmpty { parts.append("\(report.heldBack.count) held back") }
    if warnings > 0 { parts.append(counted(warnings, "warning")) }
    return parts.joined(separator: ", ") + " (\(milliseconds(seconds).trimmed) ms)"
  }

  /// What is ready but not published, and when that changes.
  private var heldBackText: String {
    var text = ""
    for held in report.heldBack {
      text += "held back: \(held.path.sourcePath) (\(reason(of: held)))\n"
    }
    if report.isPublished, let next = report.nextChange {
      text +=
        "The next build to come out differently is on \(next.date) at "
        + "\(next.hour < 10 ? "0" : "")\(next.hour):\(next.minute < 10 ? "0" : "")\(next.minute).\n"
    }
    return text
  }

  private func reason(of held: HeldBack) -> String {
    switch held.reason {
    case .draft: "draft"
    case .future(let date): "due \(date.date)"
    case .expired(let date): "expired \(date.date)"
    }
  }

  /// `seconds` in whole milliseconds, at least five characters wide.
  private func milliseconds(_ seconds: Double) -> String {
    let text = String(Int((seconds * 1000).rounded()))
    return String(repeating: " ", count: max(0, 5 - text.utf8.count)) + text
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
