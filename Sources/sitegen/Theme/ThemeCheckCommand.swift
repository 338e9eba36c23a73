import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen theme check`.
struct ThemeCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Finds every mistake of a theme, before any page is built.",
    discussion: """
      Templates are checked whether or not a page ever needs them: names, types, values that may be missing, \
      places where text could become HTML or script, words, assets and what style sheets refer to, in \
      every language of strings/. Words and assets that nothing uses, and words that a translation lacks, \
      are warnings.

      Without a name, the site's own themes are checked, and the one that it uses.

      Exit codes: 0 when there are no errors (with --strict no warnings either), 1 when there are, 64 when the command \
      line is wrong, 74 when the system can't read.

      Examples:
        sitegen theme check
        sitegen theme check ours --strict
      """)

  @Argument(help: "The themes.", completion: .themes)
  var names: [String] = []

  @OptionGroup var site: SiteOptions

  @Flag(help: "Treat warnings as errors.")
  var strict = false

  @Option(help: "How messages are printed: text, or json with one object a line on standard output.")
  var format = DiagnosticFormat.text

  func run() throws {
    try site.withCatalog { catalog, root in
      var names = names
      if names.isEmpty {
        names = try catalog.entries().filter { !$0.isBuiltIn || $0.name == catalog.nameInUse }.map(\.name)
        if !names.contains(catalog.nameInUse) { names.append(catalog.nameInUse) }
      }
      var isSound = true
      for name in names {
        let check = try catalog.check(name)
        printDiagnostics(check.diagnostics, root: root, format: format)
        let worst: Diagnostic.Severity = strict ? .warning : .error
        let isBad = check.diagnostics.contains { $0.severity >= worst }
        isSound = isSound && !isBad
        if format == .text { SitePipeline.print(summary(of: check, name: name) + "\n", toErrors: isBad) }
      }
      if !isSound { throw ExitCode(1) }
    }
  }

  private func summary(of check: ThemeCheck, name: String) -> String {
    let errors = check.diagnostics.count { $0.severity == .error }
    let warnings = check.diagnostics.count { $0.severity == .warning }
    var parts = [counted(check.templateCount, "template"), counted(check.assetCount, "asset")]
    if !check.languages.isEmpty { parts.append("words in \(check.languages.joined(separator: ", "))") }
    if errors > 0 { parts.append(counted(errors, "error")) }
    if warnings > 0 { parts.append(counted(warnings, "warning")) }
    if errors + warnings == 0 { parts.append("nothing to mend") }
    return "\(name): \(parts.joined(separator: ", "))"
  }
}

/// `1 page`, `2 pages`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
