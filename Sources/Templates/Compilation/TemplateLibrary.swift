import SourceText

/// The parsed templates of a theme chain, and which of them a name means.
struct TemplateLibrary: Sendable {
  struct Template: Sendable {
    let file: TemplateFile
    let tree: SyntaxTree

    var path: String { file.source.path }
  }

  /// In order of precedence.
  let templates: [Template]
  private let byName: [String: [Int]]
  /// Every name that any template sets.
  let assignedNames: Set<String>

  init(_ files: [TemplateFile], diagnostics: inout [Diagnostic]) {
    let ordered = files.enumerated().sorted { ($0.element.layer, $0.offset) < ($1.element.layer, $1.offset) }
    var templates: [Template] = []
    var byName: [String: [Int]] = [:]
    var assignedNames: Set<String> = []
    for (_, file) in ordered {
      let tree = Parser.parse(file.source, diagnostics: &diagnostics)
      byName[file.name, default: []].append(templates.count)
      assignedNames.formUnion(tree.assignedNames)
      templates.append(Template(file: file, tree: tree))
    }
    self.templates = templates
    self.byName = byName
    self.assignedNames = assignedNames
  }

  static let parentPrefix = "parent:"

  /// The template that `name` means when the template at `index` writes it, or for an entry.
  func find(_ name: String, from index: Int? = nil) -> Int? {
    if let index, name.hasPrefix(TemplateLibrary.parentPrefix) {
      let layer = templates[index].file.layer
      let rest = String(name.dropFirst(TemplateLibrary.parentPrefix.count))
      return byName[rest]?.first { templates[$0].file.layer > layer }
    }
    return byName[name]?.first
  }

  var names: [String] { byName.keys.sorted() }
}
