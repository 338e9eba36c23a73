import ArgumentParser
import SitePipeline
import SourceText

/// `sitegen theme show`.
struct ThemeShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Lists a theme's files and blocks, or prints one of its files.",
    discussion: """
      A file of the same name in a theme that extends it takes a file's place; a block of the same name \
      takes a block's.

      Examples:
        sitegen theme show marquee
        sitegen theme show marquee week.html
        sitegen theme show marquee templates/week.html > themes/ours/templates/week.html
      """)

  @Argument(help: "The theme; the one that the site uses by default.", completion: .themes)
  var name: String?

  @Argument(help: "A file of it, to be printed.")
  var file: String?

  @OptionGroup var site: SiteOptions

  func run() throws {
    try site.withCatalog { catalog, root in
      let name = name ?? catalog.nameInUse
      var problems: [Diagnostic] = []
      let overview = try catalog.overview(of: name, diagnostics: &problems)
      printDiagnostics(problems, root: root)
      guard let overview else { throw ExitCode(1) }
      guard let file else { return SitePipeline.print(list(overview), toErrors: false) }
      guard let found = overview.file(file), let bytes = try catalog.bytes(of: found.path, in: found.theme)
      else {
        let fix =
          overview.pathNear(file).map { "did you mean '\($0)'?" } ?? "'sitegen theme show \(name)' lists them"
        SitePipeline.print("sitegen: the theme '\(name)' has no file '\(file)'; \(fix)\n", toErrors: true)
        throw ExitCode(1)
      }
      SitePipeline.print(bytes, toErrors: false)
    }
  }

  private func list(_ theme: ThemeOverview) -> String {
    var text = "\(theme.title)"
    if let summary = theme.summary { text += ": \(summary)" }
    text += "\n"
    if !theme.extends.isEmpty { text += "Extends \(theme.extends.joined(separator: ", which extends ")).\n" }
    let width = theme.files.map(\.path.count).max() ?? 0
    for file in theme.files {
      var line = file.path + String(repeating: " ", count: width - file.path.count)
      if file.theme != theme.name { line += "  from \(file.theme)" }
      if !file.blocks.isEmpty { line += "  blocks: \(file.blocks.joined(separator: ", "))" }
      while line.hasSuffix(" ") { line.removeLast() }
      text += "  \(line)\n"
    }
    return text
  }
}

extension ThemeOverview {
  /// The file of the path `name`, or else the only one that is meant when a part of the path in front is left out.
  fileprivate func file(_ name: String) -> File? {
    if let file = files.first(where: { $0.path == name }) { return file }
    if let template = files.first(where: { $0.path == "templates/" + name }) { return template }
    let candidates = files.filter { $0.path.hasSuffix("/" + name) }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// The path that `name` most likely misspells, in whole or in its last part.
  fileprivate func pathNear(_ name: String) -> String? {
    func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
    if let path = nearest(to: name, among: files.map(\.path)) { return path }
    let near = nearest(to: last(name), among: files.map { last($0.path) })
    return files.first { last($0.path) == near }?.path
  }
}
