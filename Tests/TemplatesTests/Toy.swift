import CivilTime
import SourceText
import Templates
import Testing

/// A small model for tests: films with a campaign that may be missing, and a site.
struct Toy: Sendable {
  struct Film: Sendable {
    var title: String
    var tagline: String?
    var votes: Int
    var campaign: String?
    var tags: [String] = []
    var replies: [UInt64] = []
  }

  var films = [
    Film(
      title: "Salt Road", tagline: "A <walk>", votes: 3, campaign: "https://fund.example/salt",
      tags: ["b", "A"]),
    Film(title: "Ash & Oak", tagline: nil, votes: 12, campaign: nil, replies: [2, 0]),
    Film(title: "Umbra", tagline: "Dark", votes: 3, campaign: "javascript:alert(1)"),
    // Not among the newest; it answers itself.
    Film(title: "Mirror", tagline: nil, votes: 0, campaign: nil, replies: [3]),
  ]

  static let site = TypeID(0)
  static let film = TypeID(1)
  static let campaign = TypeID(2)
  static let page = TypeID(3)

  static let contract = Contract<Toy>(
    version: 1,
    types: [
      ObjectType(
        id: site, name: "Site", summary: "The whole site.",
        fields: [
          Field("title", .string, "Its title.") { _, _ in .string("Film & Column") },
          Field("url", .optional(.string), "Its URL.") { _, _ in .none },
          Field("home", .link, "The home page.") { _, _ in .link(.local("")) },
          Field("latest", .list(.object(film)), "The newest films.") { _, _ in
            .list(.objects(film, [0, 1, 2]))
          },
        ]),
      ObjectType(
        id: film, name: "Film", summary: "A film.",
        fields: [
          Field("title", .string, "Its title.") { .string($0.films[Int($1)].title) },
          Field("tagline", .optional(.string), "Its tagline.") {
            $0.films[Int($1)].tagline.map { .string($0) } ?? .none
          },
          Field("votes", .integer, "Its votes.") { .integer($0.films[Int($1)].votes) },
          Field("link", .link, "Its page.") { .link(.local("films/\($1)/")) },
          Field("campaign", .optional(.object(campaign)), "Its campaign.") { toy, id in
            toy.films[Int(id)].campaign == nil ? .none : .object(ObjectReference(type: campaign, id: id))
          },
          Field("tags", .list(.string), "Its tags.") { toy, id in
            .list(.values(toy.films[Int(id)].tags.map { .string($0) }))
          },
          Field("replies", .list(.object(film)), "Films in answer to it.") { toy, id in
            .list(.objects(film, toy.films[Int(id)].replies))
          },
          Field("body", .markup, "Its text.") { _, _ in
            .markup(
              Markup(
                bytes: Array("<p>See <a href=\"\">this</a></p>".utf8),
                slots: [MarkupSlot(offset: 16, fill: .link(.local("a/b/#c")))]))
          },
          Field("extra", .dynamic, "Free values.") { _, _ in
            .dictionary(
              ValueDictionary([
                ("mood", .string("bleak & blue")), ("stars", .integer(4)),
                ("list", .list(.values([.string("x"), .integer(1)]))),
              ]))
          },
        ]),
      ObjectType(
        id: campaign, name: "Campaign", summary: "A campaign.",
        fields: [
          Field("url", .string, "Its URL.") { .string($0.films[Int($1)].campaign ?? "") },
          Field("goal", .optional(.integer), "What it wants.") { _, id in id == 0 ? .integer(20_000) : .none
          },
        ]),
      ObjectType(
        id: page, name: "Page", summary: "The page.",
        fields: [
          Field("title", .string, "Its title.") { _, _ in .string("Page") },
          Field("link", .link, "Its address.") { _, _ in .link(.local("a/b/")) },
        ]),
    ],
    globals: [
      Field("site", .object(site), "The site.") { _, _ in .object(ObjectReference(type: site, id: 0)) },
      Field("page", .object(page), "The page.", perPage: true),
    ],
    pages: [
      PageKind(
        template: "main.html", summary: "A film's page.",
        fields: [
          Field("film", .object(film), "The film."),
          Field("n", .integer, "A number."),
          Field("x", .number, "A number with decimals."),
          Field("s", .string, "A text."),
          Field("flag", .boolean, "A truth."),
          Field("opt", .optional(.string), "A text that may be missing."),
          Field("when", .date, "A date."),
          Field("numbers", .list(.integer), "Numbers."),
          Field("empty", .list(.string), "No texts."),
          Field("html", .markup, "Some HTML."),
        ])
    ])

  static func values(film id: UInt64 = 0, opt: String? = nil) -> [Value] {
    [
      .object(ObjectReference(type: page, id: 0)), .object(ObjectReference(type: film, id: id)), .integer(7),
      .number(2.5), .string("it's <b> & \"q\""), .boolean(true), opt.map { .string($0) } ?? .none,
      .date(Timestamp(rfc3339: "2026-11-05T09:04:00-05:00") ?? Timestamp(seconds: 0)),
      .list(.values([3, 1, 2].map { .integer($0) })), .list(.values([])), .markup(Markup("<i>x</i>")),
    ]
  }
}

/// Templates by name, the first of which is `main.html`.
struct Theme: ExpressibleByStringLiteral {
  var files: [(name: String, text: String, layer: Int)]
  var assets = ["style.css": "assets/style.1a2b.css", "logo.svg": "assets/logo.9.svg"]
  var strings: [String: TemplateSetInput.Word] = [
    "more": "More", "by": "by {name}", "half.one": "a half", "films.one": "{count} film",
    "films.other": "{count} films",
    "stage.shooting": "On <set>", "stage.cut": "In the cut",
  ]
  var options: [String: TemplateSetInput.Option] = [
    "accent": .init(type: .string, value: .string("#c0ffee")),
    "columns": .init(type: .integer, value: .integer(3)),
    "note": .init(type: .optional(.string), value: .none),
  ]

  init(stringLiteral text: String) { files = [("main.html", text, 0)] }

  init(_ files: (name: String, text: String)...) { self.files = files.map { ($0.name, $0.text, 0) } }

  init(layers: [(name: String, text: String)]...) {
    files = layers.enumerated().flatMap { layer, files in files.map { ($0.name, $0.text, layer) } }
  }

  func compile(_ diagnostics: inout [Diagnostic]) -> TemplateSet? {
    let input = TemplateSetInput(
      files: files.map {
        let path = $0.layer == 0 ? $0.name : "parent/\($0.name)"
        return TemplateFile(name: $0.name, source: Source(path: path, text: $0.text), layer: $0.layer)
      },
      assets: assets, strings: strings, options: options)
    return TemplateSet.compile(input, schema: Toy.contract.schema, diagnostics: &diagnostics)
  }
}

/// Renders `theme` and compares.
func check(
  _ theme: Theme, film: UInt64 = 0, opt: String? = nil, base: String? = nil,
  links: LinkStyle = .relative(prefix: "../../", page: "a/b/"), _ expected: String,
  _ location: Testing.SourceLocation = #_sourceLocation
) {
  var diagnostics: [Diagnostic] = []
  guard let set = theme.compile(&diagnostics) else {
    Issue.record(
      "\(diagnostics.map { "\($0.id): \($0.message)" }.joined(separator: "\n"))", sourceLocation: location)
    return
  }
  let renderer = set.renderer(bound: Toy.contract.bind(Toy()), base: base)
  var buffer = ByteBuffer()
  var partials = PartialCache()
  for _ in 0..<2 {
    // The second time partials come from the cache.
    buffer.removeAll()
    renderer.render(
      PageKindID(0), values: Toy.values(film: film, opt: opt), links: links, path: "a/b/", into: &buffer,
      partials: &partials)
    #expect(buffer.string == expected, sourceLocation: location)
  }
}

/// Compiles `theme` and compares what is wrong with it: `line:column id 'fix'`, one a line, with the path
/// before it where it is not `main.html`. Most templates of tests are parts of pages: that elements aren't closed
/// counts only if `elements` are asked for.
func checkErrors(
  _ theme: Theme, _ expected: String, elements: Bool = false,
  _ location: Testing.SourceLocation = #_sourceLocation
) {
  var diagnostics: [Diagnostic] = []
  _ = theme.compile(&diagnostics)
  if !elements { diagnostics.removeAll { $0.id == "template/html-elements" } }
  let files = theme.files.map { ($0.layer == 0 ? $0.name : "parent/\($0.name)", $0.text) }
  let found = diagnostics.map { summary($0, files: Dictionary(files) { first, _ in first }) }
  #expect(found.joined(separator: "\n") == expected, sourceLocation: location)
}

/// A diagnostic as `line:column id`, with the path before it where that is not `main.html`; `files` are the
/// templates by path.
func summary(_ diagnostic: Diagnostic, files: [String: String]) -> String {
  var line = ""
  if let place = diagnostic.location, let text = files[place.path] {
    let position = LineTable(Array(text.utf8)).position(of: place.range.lowerBound)
    if place.path != "main.html" { line += place.path + ":" }
    line += "\(position.line):\(position.column) "
  }
  let area = "template/"
  line += diagnostic.id.hasPrefix(area) ? String(diagnostic.id.dropFirst(area.count)) : diagnostic.id
  return line
}
