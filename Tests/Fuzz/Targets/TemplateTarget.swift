import CivilTime
import SourceText
import Templates

extension Target {
  /// The line between the templates of one input.
  private static let divider = Array("\n{#---#}\n".utf8)
  private static let names = ["main.html", "base.html", "part.html", "macros.html"]

  /// Up to four templates that can extend, include and import each other, rendered with a value that is nowhere
  /// to become markup.
  static let template = Target("template") { bytes in
    let files = zip(names, split(bytes)).map { name, bytes in
      TemplateFile(name: name, source: Source(path: name, bytes: bytes), layer: 0)
    }
    var results: [TemplateSet?] = []
    var diagnostics: [[Diagnostic]] = [[], []]
    for index in diagnostics.indices {
      let input = TemplateSetInput(
        files: files, assets: ["style.css": "assets/style.css", "logo.svg": "assets/logo.svg"],
        strings: [
          "by": "by {name}", "plain": "Plain", "films.one": "{count} film", "films.other": "{count} films",
        ],
        options: ["accent": .init(type: .string, value: .string(FilmModel.hostile))])
      results.append(
        // Thousands of mistakes in branches within branches take a second.
        timed(bytes.count, seconds: 3) {
          TemplateSet.compile(input, schema: FilmModel.contract.schema, diagnostics: &diagnostics[index])
        })
    }
    demand(diagnostics[0] == diagnostics[1], "other diagnostics the second time:\n\(diagnostics)")
    demandPlaces(of: diagnostics[0], in: files.map(\.source))
    let isRefused = diagnostics[0].contains { $0.severity == .error }
    demand((results[0] == nil) == isRefused, "a set of templates, and an error, or neither")
    guard let first = results[0], let second = results[1] else { return }
    let pages = [first, second].map(render)
    demand(pages[0] == pages[1], "another page the second time")
    // A theme whose files are no UTF-8 is refused before it is compiled.
    demand(!isUTF8(bytes) || isUTF8(pages[0]), "the page is no UTF-8")
    let text = String(decoding: pages[0], as: UTF8.self).lowercased()
    // `safe` is a theme's word that a value is markup.
    let own = String(decoding: bytes, as: UTF8.self).lowercased()
    let isOwn = own.contains("zq9") || own.contains("safe")
    demand(isOwn || !text.contains("<zq9"), "a value became a tag:\n\(text)")
  }

  private static func render(_ set: TemplateSet) -> [UInt8] {
    var buffer = ByteBuffer()
    var partials = PartialCache()
    _ = set.renderer(bound: FilmModel.contract.bind(FilmModel()), base: "https://films.example/").render(
      PageKindID(0), values: FilmModel.values, links: .relative(prefix: "../", page: "a/"), path: "a/",
      into: &buffer, partials: &partials)
    return buffer.bytes
  }

  private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var rest = bytes[...]
    while parts.count < names.count - 1, let range = rest.firstRange(of: divider) {
      parts.append(Array(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [Array(rest)]
  }
}

/// A model with a value of each type, under the names that the cases of `Tests/JinjaOracle` use.
struct FilmModel: Sendable {
  /// A text that would be seen in a page if it became markup.
  static let hostile = "\"'><zq9 onload=zq9()>&javascript:é"

  private static let film = TypeID(0)
  private static let person = TypeID(1)
  private static let campaign = TypeID(2)
  private static let comment = TypeID(3)

  static let contract = Contract<FilmModel>(
    version: 1,
    types: [
      ObjectType(
        id: film, name: "Film", summary: "A film.",
        fields: [
          Field("title", .string, "Its title.") { _, _ in .string(hostile) },
          Field("votes", .integer, "Its votes.") { _, id in .integer(Int(id) * 7) },
          Field("genre", .string, "Its genre.") { _, _ in .string("drama") },
          Field("note", .optional(.string), "A note.") { _, id in id == 0 ? .string(hostile) : .none },
          Field("tags", .list(.string), "Its tags.") { _, _ in
            .list(.values([.string("b"), .string(hostile)]))
          },
          Field("by", .object(person), "Its director.") { _, id in
            .object(ObjectReference(type: person, id: id))
          },
          Field("campaign", .optional(.object(campaign)), "Its campaign.") { _, id in
            id == 0 ? .object(ObjectReference(type: campaign, id: id)) : .none
          },
          Field("link", .link, "Its page.") { _, id in .link(.local("films/\(id)/")) },
          Field("elsewhere", .link, "Another page.") { _, _ in .link(.external(hostile)) },
        ]),
      ObjectType(
        id: person, name: "Person", summary: "A person.",
        fields: [
          Field("name", .string, "The name.") { _, _ in .string(hostile) },
          Field("born", .optional(.integer), "The year.") { _, id in id == 0 ? .integer(1970) : .none },
        ]),
      ObjectType(
        id: campaign, name: "Campaign", summary: "A campaign.",
        fields: [
          Field("url", .string, "Its URL.") { _, _ in .string(hostile) },
          Field("goal", .optional(.integer), "Its goal.") { _, _ in .integer(20_000) },
        ]),
      ObjectType(
        id: comment, name: "Comment", summary: "A comment.",
        fields: [
          Field("text", .string, "Its text.") { _, _ in .string(hostile) },
          Field("replies", .list(.object(comment)), "Its replies.") { _, id in
            .list(.objects(comment, id < 2 ? [id + 1] : []))
          },
        ]),
    ],
    globals: [],
    pages: [
      PageKind(
        template: "main.html", summary: "The page.",
        fields: fields.map { Field($0.name, $0.type, "A value.") })
    ])

  static var values: [Value] { fields.map(\.value) }

  private static let films = Value.list(.objects(film, [0, 1]))
  private static let numbers = Value.list(.values([.integer(3), .integer(1)]))

  private static let fields: [(name: String, type: ValueType, value: Value)] = [
    ("s", .string, .string(hostile)), ("u", .string, .string("ÀÉ ﬁ \u{1F3AC}")),
    ("long", .string, .string("One two three four five six seven eight nine ten.")),
    ("empty", .string, .string("")), ("h", .markup, .markup(Markup("<p>a <b>b</b></p>"))),
    ("n", .integer, .integer(7)), ("m", .integer, .integer(-3)), ("zero", .integer, .integer(0)),
    ("big", .integer, .integer(Int.max)), ("x", .number, .number(2.5)), ("y", .number, .number(-0.0)),
    ("flag", .boolean, .boolean(true)), ("off", .boolean, .boolean(false)),
    ("gone", .optional(.string), .none), ("opt", .optional(.string), .string(hostile)),
    ("count", .optional(.integer), .integer(2)), ("nums", .list(.integer), numbers),
    ("dec", .list(.number), .list(.values([.number(0.5), .number(1e300)]))),
    ("names", .list(.string), .list(.values([.string("b"), .string(hostile)]))),
    ("nothing", .list(.string), .list(.values([]))),
    ("marks", .list(.markup), .list(.values([.markup(Markup("<i>x</i>"))]))),
    ("film", .object(film), .object(ObjectReference(type: film, id: 0))),
    ("films", .list(.object(film)), films),
    ("thread", .list(.object(comment)), .list(.objects(comment, [0]))),
    (
      "extra", .dynamic,
      .dictionary(ValueDictionary([("text", .string(hostile)), ("list", numbers), ("stars", .integer(4))]))
    ),
    ("when", .date, .date(Timestamp(seconds: 1_795_000_000))),
  ]
}
