import ArgumentParser
import SitePipeline
import SourceText

/// How diagnostics are printed.
enum DiagnosticFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

/// Prints `diagnostics` with the lines they speak of, of files below `root`: as text to standard error, as
/// JSON to standard output, one object a line.
func printDiagnostics(_ diagnostics: [Diagnostic], root: String, format: DiagnosticFormat = .text) {
  let isColored = errorsGoToTerminal() && (environmentVariable("NO_COLOR") ?? "").isEmpty
  var printer = DiagnosticPrinter(
    style: isColored && format == .text ? .colored : .plain, reading: sourceReader(root: root))
  var text = ""
  for diagnostic in diagnostics {
    text += (format == .text ? printer.text(diagnostic) : printer.json(diagnostic)) + "\n"
  }
  SitePipeline.print(text, toErrors: format == .text)
}
