import Foundation
import SourceText
import Templates

/// Renders templates for the checks of `Tests/Hostile`, which parse the result as a browser does.
///
/// Reads lines of JSON, `{"templates": {"main.html": …}, "values": [[s, more, html], …]}`, and answers each with a
/// line, `{"pages": [html, …]}` or `{"errors": ["id at byte: message", …]}`.
@main
enum TemplateProbe {
  struct Request: Decodable {
    var templates: [String: String]
    var values: [String]
  }

  struct Answer: Encodable {
    var pages: [String]?
    var errors: [String]?
  }

  /// What templates see of a value: it stands in for every field that people fill in.
  struct Model: Sendable {
    var value: String
  }

  static let item = TypeID(0)

  static let contract = Contract<Model>(
    version: 1,
    types: [
      ObjectType(
        id: item, name: "Item", summary: "Something with fields of each kind.",
        fields: [
          Field("text", .string, "A text.") { model, _ in .string(model.value) },
          Field("maybe", .optional(.string), "A text that may be missing.") { model, _ in
            .string(model.value)
          },
          Field("link", .link, "A link.") { model, _ in .link(.external(model.value)) },
          Field("texts", .list(.string), "Texts.") { model, _ in
            .list(.values([.string(model.value), .string(model.value)]))
          },
          Field("items", .list(.object(item)), "Items below it.") { _, id in
            .list(.objects(item, id < 2 ? [id + 1] : []))
          },
          Field("extra", .dynamic, "Free values.") { model, _ in
            .dictionary(
              ValueDictionary([
                ("text", .string(model.value)), ("list", .list(.values([.string(model.value)]))),
              ]))
          },
        ])
    ],
    globals: [],
    pages: [
      PageKind(
        template: "main.html", summary: "The page.",
        fields: [
          Field("item", .object(item), "An item."),
          Field("s", .string, "A text."),
          Field("n", .integer, "A number."),
          Field("x", .number, "A number with decimals."),
          Field("yes", .boolean, "True."),
          Field("no", .boolean, "False."),
          Field("numbers", .list(.integer), "Three numbers."),
          Field("html", .markup, "Some HTML."),
        ])
    ])

  static func main() throws {
    while let line = readLine() {
      let request = try JSONDecoder().decode(Request.self, from: Data(line.utf8))
      var answer = try JSONEncoder().encode(answer(to: request))
      answer.append(0x0A)
      FileHandle.standardOutput.write(answer)
    }
  }

  static func answer(to request: Request) -> Answer {
    let input = TemplateSetInput(
      files: request.templates.sorted { $0.key < $1.key }.map {
        TemplateFile(name: $0.key, source: Source(path: $0.key, text: $0.value), layer: 0)
      },
      assets: ["style.css": "assets/style.css"],
      strings: ["by": "by {name}", "plain": "Plain"],
      options: [:])
    var diagnostics: [Diagnostic] = []
    guard let set = TemplateSet.compile(input, schema: contract.schema, diagnostics: &diagnostics) else {
      return Answer(
        errors: diagnostics.map {
          "\($0.id) at \($0.location.map { "\($0.path):\($0.range.lowerBound)" } ?? "-"): \($0.message)"
        })
    }
    return Answer(
      pages: request.values.map { value in
        var buffer = ByteBuffer()
        var partials = PartialCache()
        set.renderer(bound: contract.bind(Model(value: value)), base: "https://films.example/").render(
          PageKindID(0),
          values: [
            .object(ObjectReference(type: item, id: 0)), .string(value), .integer(7), .number(2.5),
            .boolean(true), .boolean(false), .list(.values([3, 1, 2].map { .integer($0) })),
            .markup(Markup("<i>x</i>")),
          ],
          links: .relative(prefix: "", page: ""), path: "", into: &buffer, partials: &partials)
        return buffer.string
      })
  }
}
