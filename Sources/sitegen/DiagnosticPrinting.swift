import ArgumentParser
import SitePipeline
import SourceText

/// How diagnostics are printed.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// How many diagnostics of one id are printed as text; the rest are counted.
private let printedOfOneID = 100

/// Prints `diagnostics` with the lines they speak of, of files below `root`: as text to standard error, of
/// each id the first hundred; as JSON to standard output, one object a line, all of them. Lines of `confidential`, which
/// may lie anywhere, are not shown.
func printDiagnostics(
  _ diagnostics: [Diagnostic], root: String, format: DiagnosticFormat = .text, confidential: Source? = nil
) {
  let isColored = errorsGoToTerminal() && (environmentVariable("NO_COLOR") ?? "").isEmpty
  let read = sourceReader(root: root)
  var printer = DiagnosticPrinter(
    style: isColored && format == .text ? .colored : .plain, isConfidential: { $0 == confidential?.path },
    reading: { $0 == confidential?.path ? confidential?.bytes : read($0) })
  var text = ""
  var counts: [String: Int] = [:]
  for diagnostic in diagnostics {
    counts[diagnostic.id, default: 0] += 1
    if format == .text, counts[diagnostic.id, default: 0] > printedOfOneID { continue }
    text += (format == .text ? printer.text(diagnostic) : printer.json(diagnostic)) + "\n"
  }
  if format == .text {
    for (id, count) in counts.sorted(by: { $0.key < $1.key }) where count > printedOfOneID {
      text += "and \(groupedDigits(count - printedOfOneID)) more of \(id)\n"
    }
    // The worst of them, the first of these.
    if let worst = diagnostics.max(by: { $0.severity < $1.severity }),
      let first = diagnostics.first(where: { $0.severity == worst.severity })
    {
      text += "'sitegen explain \(first.id)' says more.\n"
    }
  }
  SitePipeline.print(text, toErrors: format == .text)
}
