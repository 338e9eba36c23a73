import SitePipeline
import SourceText

/// Prints what was mended, or would be.
struct FixPrinting {
  let fixed: [FixedFile]

  private var mended: [FixedFile] { fixed.filter { !$0.isRefused } }

  /// For each file the findings that are mended in it, a line each.
  var text: String {
    mended.reduce(into: "") { text, file in
      let isWritten = file.outcome == .written
      text += "\(terminalText(file.path)): \(isWritten ? "mended" : "can be mended")\n"
      let lines = LineTable(file.before)
      for finding in file.mended {
        let line = lines.position(of: finding.edit?.range.lowerBound ?? 0).line
        text += "  line \(line): \(terminalText(finding.message)) [\(finding.id)]\n"
      }
    }
  }

  /// What would change, as a unified diff that `patch` takes.
  var diff: [UInt8] {
    mended.reduce(into: []) { bytes, file in
      bytes += Array("--- \(file.path)\n+++ \(file.path)\n".utf8)
      let (old, new) = (LineTable(file.before), LineTable(file.after))
      // No change moves lines.
      let changed = (1...old.lineCount).filter { line in
        lineBytes(line, old, file.before) != lineBytes(line, new, file.after)
      }
      for hunk in hunks(
        around: changed, count: old.lineCount, isEmptyLast: old.range(ofLine: old.lineCount)?.isEmpty ?? false
      ) {
        bytes += Array("@@ -\(hunk.lowerBound),\(hunk.count) +\(hunk.lowerBound),\(hunk.count) @@\n".utf8)
        var added: [UInt8] = []
        for line in hunk {
          let (before, after) = (lineBytes(line, old, file.before), lineBytes(line, new, file.after))
          if before == after {
            bytes += added + entry(0x20, before)
            added = []
          } else {
            bytes += entry(0x2D, before)
            added += entry(0x2B, after)
          }
        }
        bytes += added
      }
    }
  }

  /// The same in JSON, an object for each file.
  var json: String {
    var text = ByteBuffer()
    for file in fixed {
      text.append("{\"fixed\":{\"path\":")
      text.appendJSONString(file.path)
      text.append(",\"written\":\(file.outcome == .written),\"findings\":[")
      for (index, finding) in file.mended.enumerated() {
        text.append(index == 0 ? "{\"id\":" : ",{\"id\":")
        text.appendJSONString(finding.id)
        let range = finding.edit?.range ?? ByteRange(at: 0)
        text.append(",\"offset\":\(range.lowerBound),\"length\":\(range.count),\"replacement\":")
        text.appendJSONString(finding.edit?.replacement ?? "")
        text.append("}")
      }
      text.append("]}}\n")
    }
    return text.string
  }

  private func lineBytes(_ line: Int, _ table: LineTable, _ bytes: [UInt8]) -> ArraySlice<UInt8> {
    table.range(ofLine: line).map { bytes[$0] } ?? []
  }

  private func entry(_ mark: UInt8, _ line: ArraySlice<UInt8>) -> [UInt8] {
    [mark] + line + (line.last == 0x0A ? [] : Array("\n\\ No newline at end of file\n".utf8))
  }

  /// The lines within three of a changed one, those together that touch.
  private func hunks(around changed: [Int], count: Int, isEmptyLast: Bool) -> [ClosedRange<Int>] {
    let last = isEmptyLast ? count - 1 : count
    return changed.reduce(into: []) { hunks, line in
      let range = max(1, line - 3)...max(line, min(last, line + 3))
      if let former = hunks.last, range.lowerBound <= former.upperBound + 1 {
        hunks[hunks.count - 1] = former.lowerBound...range.upperBound
      } else {
        hunks.append(range)
      }
    }
  }
}

extension FixedFile {
  /// Whether it is as it was because something stands against the change.
  var isRefused: Bool { if case .refused = outcome { true } else { false } }
}
