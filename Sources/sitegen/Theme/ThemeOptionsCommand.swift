import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen theme options`.
struct ThemeOptionsCommand: ParsableCommand {
  /// How options are printed.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, yaml, json
  }

  static let configuration = CommandConfiguration(
    commandName: "options", abstract: "Lists what a site can set of a theme.",
    discussion: """
      Options are set in content/site.yaml, under 'options:'. '--format yaml' prints that part, to be pasted.

      Examples:
        sitegen theme options
        sitegen theme options marquee --format yaml
      """)

  @Argument(help: "The theme; the one that the site uses by default.", completion: .themes)
  var name: String?

  @OptionGroup var site: SiteOptions

  @Option(help: "text, yaml to paste into site.yaml, or json.")
  var format = Format.text

  func run() throws {
    try site.withCatalog { catalog, root in
      var problems: [Diagnostic] = []
      let overview = try catalog.overview(of: name ?? catalog.nameInUse, diagnostics: &problems)
      printDiagnostics(problems, root: root)
      guard let overview else { throw ExitCode(1) }
      switch format {
      case .text: SitePipeline.print(text(overview), toErrors: false)
      case .yaml: SitePipeline.print(yaml(overview), toErrors: false)
      case .json: SitePipeline.print(json(overview), toErrors: false)
      }
    }
  }

  private func text(_ theme: ThemeOverview) -> String {
    guard !theme.options.isEmpty else { return "\(theme.name) has no options.\n" }
    return theme.options.map { option in
      let value =
        if let set = option.set {
          "\(spelled(set)) (the site's; by default \(spelled(option.standard)))"
        } else {
          "\(spelled(option.standard)) (by default)"
        }
      return "\(option.name): \(value)\n    \(option.summary)\n    Takes \(option.allowed).\n"
    }.joined(separator: "\n")
  }

  private func yaml(_ theme: ThemeOverview) -> String {
    guard !theme.options.isEmpty else { return "options: {}\n" }
    return theme.options.reduce(into: "options:\n") { text, option in
      text += "  # \(option.summary) Takes \(option.allowed).\n"
      text += "  \(option.name): \(option.spelled(option.set ?? option.standard))\n"
    }
  }

  /// One object for each option, a line each.
  private func json(_ theme: ThemeOverview) -> String {
    theme.options.reduce(into: "") { text, option in
      var members = [
        "\"name\":\(quoted(option.name))", "\"type\":\(quoted(option.type))",
        "\"default\":\(option.spelled(option.standard))", "\"summary\":\(quoted(option.summary))",
      ]
      if let set = option.set { members.append("\"set\":\(option.spelled(set))") }
      if !option.values.isEmpty {
        members.append("\"values\":[\(option.values.map(quoted).joined(separator: ","))]")
      }
      text += "{\(members.joined(separator: ","))}\n"
    }
  }

  /// An empty text shown as one.
  private func spelled(_ value: String) -> String { value.isEmpty ? "\"\"" : value }

  private func quoted(_ value: String) -> String {
    var buffer = ByteBuffer()
    buffer.appendJSONString(value)
    return buffer.string
  }
}
