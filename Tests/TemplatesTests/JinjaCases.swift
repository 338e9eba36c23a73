import Foundation
import SourceText

@testable import Templates

/// Template cases with what Jinja2 made of them, as `Scripts/render-jinja-cases` writes them.
struct JinjaCases: Decodable {
  struct Case: Decodable {
    var name: String
    /// The position of its values in ``JinjaCases/values``.
    var values: Int
    var templates: [String: String]
    /// What Jinja2 makes of `main.html`; missing where it makes nothing.
    var expected: String?
    /// What is wrong with the templates in the typed subset: `line:column id`.
    var refused: [String]?
    /// Why the two are not compared.
    var skipped: String?
  }

  /// The files that the cases were made from, by name.
  var sources: [String: String]
  var values: [JinjaValues]
  var cases: [Case]
}

extension JinjaCases {
  /// Why there are no cases to compare.
  struct Unusable: Error, CustomStringConvertible {
    var description: String
  }

  /// Reads `written.json` or `generated.json`.
  ///
  /// Throws ``Unusable`` when it isn't there, or was made from other files than those of `Tests/JinjaOracle`.
  static func read(_ name: String) throws -> JinjaCases {
    let folder = root.appending(path: ".cache/jinja")
    let file = (chosenFolder ?? folder).appending(path: name)
    guard let data = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
      throw Unusable(description: "\(name) of the template cases is missing: run Scripts/render-jinja-cases")
    }
    let cases = try JSONDecoder().decode(JinjaCases.self, from: data)
    let kinds: Set = name == "written.json" ? ["py", "txt", "yaml"] : ["py", "txt"]
    guard try cases.sources == currentSources(kinds) else {
      throw Unusable(
        description: "Tests/JinjaOracle has changed since \(name) was made: run Scripts/render-jinja-cases")
    }
    return cases
  }

  /// A folder with other cases, to be tried in the stead of those of `make test`; see Tests/JinjaOracle/explore.py.
  private static let chosenFolder = ProcessInfo.processInfo.environment["SITEGEN_JINJA_CASES"].map {
    URL(filePath: $0)
  }

  /// Whether these are other cases than those of `make test`.
  static var areChosen: Bool { chosenFolder != nil }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The files of some kinds, which decide what the cases are.
  private static func currentSources(_ kinds: Set<String>) throws -> [String: String] {
    let folder = root.appending(path: "Tests/JinjaOracle")
    let path = folder.path(percentEncoded: false)
    var result: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path)
    where kinds.contains(name.split(separator: ".").last.map { String($0) } ?? "") {
      result[name] = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
    return result
  }
}

// MARK: - Comparing

extension JinjaCases {
  /// What this engine makes of a case: its output, or what is wrong with it as `line:column id`.
  enum Outcome: Equatable {
    case rendered(String)
    case refused([String])
  }

  /// The outcome of every case, in order.
  func outcomes() -> [Outcome] {
    let sites = values.map { JinjaSite($0) }
    return cases.map { sites[$0.values].outcome(of: $0.templates) }
  }
}

/// The values of cases as a contract with one kind of page, bound to a model.
private struct JinjaSite {
  let schema: Schema
  let bound: BoundContract
  let pageValues: [Value]

  init(_ values: JinjaValues) {
    let contract = values.contract
    schema = contract.schema
    let (model, pageValues) = values.model
    bound = contract.bind(model)
    self.pageValues = pageValues
  }

  func outcome(of templates: [String: String]) -> JinjaCases.Outcome {
    let files = templates.sorted { $0.key < $1.key }.map {
      TemplateFile(name: $0.key, source: Source(path: $0.key, text: $0.value))
    }
    let input = TemplateSetInput(
      files: files, assets: ["style.css": "assets/style.css"], strings: ["more": "More"],
      options: ["columns": .init(type: .integer, value: .integer(3))])
    var diagnostics: [Diagnostic] = []
    guard let set = TemplateSet.compile(input, schema: schema, diagnostics: &diagnostics) else {
      return .refused(diagnostics.map { summary($0, files: templates) })
    }
    var buffer = ByteBuffer()
    var partials = PartialCache()
    set.renderer(bound: bound, base: nil).render(
      PageKindID(0), values: pageValues, links: .relative(prefix: "", page: ""), path: "", into: &buffer,
      partials: &partials)
    return .rendered(buffer.string)
  }
}
