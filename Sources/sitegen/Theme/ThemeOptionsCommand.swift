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
    discussion:
      "Options are set in content/site.yaml, under 'options:'. '--format yaml' prints that part, to be pasted."
  )

  @Argument(help: "The theme; the one that the site uses by default.")
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
      let value = option.set ?? option.standard
      text += "  \(option.name): \(option.type == "string" ? quoted(value) : value)\n"
    }
  }

  private func json(_ theme: ThemeOverview) -> String {
    var buffer = ByteBuffer()
    for option in theme.options {
      for (index, (name, value)) in [
        ("name", option.name), ("type", option.type), ("default", option.standard),
        ("summary", option.summary),
      ].enumerated() {
        buffer.append(index == 0 ? "{\"\(name)\":" : ",\"\(name)\":")
        append(value, isText: name != "default" || option.type == "string", to: &buffer)
      }
      if let set = option.set {
        buffer.append(",\"set\":")
        append(set, isText: option.type == "string", to: &buffer)
      }
      if !option.values.isEmpty {
        for (index, value) in option.values.enumerated() {
          buffer.append(index == 0 ? ",\"values\":[" : ",")
          buffer.appendJSONString(value)
        }
        buffer.append("]")
      }
      buffer.append("}\n")
    }
    return buffer.string
  }

  private func append(_ value: String, isText: Bool, to buffer: inout ByteBuffer) {
    if isText { buffer.appendJSONString(value) } else { buffer.append(value) }
  }

  /// An empty text shown as one.
  private func spelled(_ value: String) -> String { value.isEmpty ? "\"\"" : value }

  /// `value` as a YAML string: JSON's are among them.
  private func quoted(_ value: String) -> String {
    var buffer = ByteBuffer()
    buffer.appendJSONString(value)
    return buffer.string
  }
}
