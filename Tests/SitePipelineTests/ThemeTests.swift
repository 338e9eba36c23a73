import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// A theme of the small site's own that extends `plain`.
private let ours = """
  >>> /themes/ours/theme.yaml
  name: Ours
  contract: 1
  extends: plain

  """

/// Options of that theme.
private let ownOptions = """
  options:
    greeting: {type: string, default: Hello, summary: What pages begin with.}
    size: {type: integer, default: 3, summary: A size.}

  """

/// Builds the small site with the theme `ours`, to which `files` are added; the workshop and the report.
private func buildOurs(
  _ files: String, options: String = "", _ adjust: (inout Build.Options) -> Void = { _ in }
) async throws -> (Workshop, Build.Report) {
  let workshop = try Workshop(smallSite)
  try workshop.write(ours + options + "\n" + files)
  let report = try await build(workshop) {
    $0.theme = "ours"
    adjust(&$0)
  }
  return (workshop, report)
}

/// What `sitegen theme check ours` finds: lines `path:line:column id`.
private func check(_ files: String, options: String = "", site: String = smallSite) throws -> [String] {
  let workshop = try Workshop(site)
  let text = ours + options + "\n" + files
  try workshop.write(text)
  let themeFiles = SiteText(text.replacing(">>> /themes/", with: ">>> themes/"))
  return themeFiles.linesOfLastFiles(try ThemeCatalog(root: workshop.path).check("ours").diagnostics)
}

@Suite struct ThemeInheritanceTests {
  @Test func aBlockReplacesABlock() async throws {
    let (workshop, report) = try await buildOurs(
      """
      >>> /themes/ours/templates/week.html
      {% extends "parent:week.html" %}
      {% block main %}<p class="ours">{{ options.greeting }} {{ options.size }}</p>{{ super() }}{% endblock %}
      """, options: ownOptions)
    #expect(report.diagnostics.isEmpty)
    let week = try #require(workshop.read("output/daily/2026-w47/index.html"))
    #expect(week.contains("<p class=\"ours\">Hello 3</p>"))
    #expect(week.contains("<h1>Project of the Day, 2026-W47</h1>"))
    let home = try #require(workshop.read("output/index.html"))
    #expect(!home.contains("ours"))
  }

  @Test func aTemplateReplacesATemplateForAllThatIncludeIt() async throws {
    let (workshop, _) = try await buildOurs(
      ">>> /themes/ours/templates/list.html\n<p>{{ writeups | length }} of them</p>")
    #expect(try #require(workshop.read("output/index.html")).contains("<p>2 of them</p>"))
    #expect(try #require(workshop.read("output/tags/desert/index.html")).contains("<p>1 of them</p>"))
  }

  @Test func byteOrderMarksStayOutOfPages() async throws {
    let mark = "\u{FEFF}"
    let (workshop, report) = try await buildOurs(
      """
      >>> /themes/ours/theme.yaml
      \(mark)name: Ours
      contract: 1
      extends: plain
      >>> /themes/ours/strings/en.yaml
      \(mark)hello: Hello
      >>> /themes/ours/templates/home.html
      \(mark){{ t("hello") }}{% include "own.html" %}
      >>> /themes/ours/templates/own.html
      \(mark)there
      >>> /themes/ours/templates/week.html
      \(mark){% extends "parent:week.html" %}
      """)
    #expect(report.diagnostics.isEmpty)
    #expect(workshop.read("output/index.html") == "Hellothere")
  }

  @Test func assetsKeepTheirFolderAndChangeTheirNameWithWhatTheyHold() async throws {
    func names(_ color: String) async throws -> (sheet: String, picture: String, text: String) {
      let (workshop, report) = try await buildOurs(
        """
        >>> /themes/ours/templates/base.html
        {% extends "parent:base.html" %}
        {% block head %}<link rel="stylesheet" href="{{ asset("css/own.css") }}">{% endblock %}
        >>> /themes/ours/assets/css/own.css
        /* url(nothing.svg) */ @import "more.css"; p { background: url( "../dot.svg?v=1#a" ) }
        a::after { content: "url(nothing.svg)"; cursor: URL(../dot.svg), url(data:image/gif;base64,AA), url(#x) }
        >>> /themes/ours/assets/css/more.css
        b { background: url(//example.org/elsewhere.png) }
        >>> /themes/ours/assets/dot.svg
        <svg xmlns="http://www.w3.org/2000/svg"><path fill="\(color)" d="M0 0h1v1H0z"/></svg>
        """)
      #expect(report.diagnostics.isEmpty)
      let tree = workshop.tree()
      let sheet = try #require(tree.keys.first { $0.contains("own.") && $0.hasSuffix(".css") })
      let picture = try #require(tree.keys.first { $0.hasPrefix("assets/dot.") })
      #expect(try #require(tree["index.html"]).contains("href=\"\(sheet)\""))
      return (sheet, picture, tree[sheet] ?? "")
    }
    let red = try await names("red")
    let blue = try await names("blue")
    #expect(red.sheet != blue.sheet)
    #expect(red.picture != blue.picture)
    let picture = red.picture.dropFirst("assets/".count)
    #expect(red.text.contains("url( \"../\(picture)?v=1#a\" )"))
    #expect(red.text.contains("URL(../\(picture))"))
    #expect(red.text.contains("content: \"url(nothing.svg)\""))
    #expect(red.text.contains("/* url(nothing.svg) */ @import \"more."))
    #expect(red.text.contains("url(data:image/gif;base64,AA), url(#x)"))
  }

  @Test func wordsComeInTheSitesLanguageFromWhicheverThemeHasThem() async throws {
    let words = """
      >>> /themes/below/theme.yaml
      name: Below
      contract: 1
      extends: plain
      >>> /themes/below/strings/en.yaml
      hello: Hello
      films: {one: "{count} film", other: "{count} films"}
      only: Only in English
      >>> /themes/below/strings/pt.yaml
      hello: Olá
      films: {one: "{count} filme", other: "{count} filmes"}
      >>> /themes/ours/theme.yaml
      name: Ours
      contract: 1
      extends: below
      >>> /themes/ours/strings/en.yaml
      hello: Good day
      >>> /themes/ours/templates/home.html
      {{ t("hello") }}; {{ t("films", count=site.writeup_count) }}; {{ t("only") }}
      """
    let (english, _) = try await buildOurs(words)
    #expect(english.read("output/index.html")?.hasPrefix("Good day; 2 films; Only in English") == true)
    let (portuguese, _) = try await buildOurs(
      words + "\n>>> site.yaml\ntitle: S\nlanguage: pt-BR\nurl: https://e.org/\n")
    #expect(portuguese.read("output/index.html")?.hasPrefix("Olá; 2 filmes; Only in English") == true)
    let (_, finnish) = try await buildOurs(
      words + "\n>>> site.yaml\ntitle: S\nlanguage: fi\nurl: https://e.org/\n")
    #expect(finnish.diagnostics.map(\.id) == ["theme/missing-language"])
    #expect(finnish.diagnostics.first?.fix?.hasPrefix("it has en, pt;") == true)
    let (_, british) = try await buildOurs(
      words + "\n>>> site.yaml\ntitle: S\nlanguage: en-GB\nurl: https://e.org/\n")
    #expect(british.diagnostics.isEmpty)
  }

  @Test func optionsAreSetInTheSiteAndCheckedThere() async throws {
    func options(_ text: String) async throws -> [String] {
      let site = smallSite.replacing("theme: plain\n", with: "theme: ours\noptions: \(text)\n")
      return try await findings(ours + ownOptions, in: site)
    }
    #expect(try await options("{greeting: Hi, size: 4}") == [])
    #expect(try await options("{gretting: Hi}") == ["site.yaml:4:11 theme/unknown-option"])
    #expect(try await options("{size: big}") == ["site.yaml:4:17 theme/wrong-option"])
  }
}

@Suite struct ThemeCheckTests {
  @Test func aSoundThemeHasNothingToMend() throws {
    #expect(try check("") == [])
    for name in ["marquee", "plain"] {
      #expect(try ThemeCatalog(root: packageFolder).check(name).diagnostics == [], "\(name)")
    }
  }

  @Test func mistakesAreFoundWithoutAnyContent() throws {
    let workshop = try Workshop()
    try workshop.write(ours + "\n>>> /themes/ours/templates/week.html\n{{ week.tilte }}\n")
    #expect(
      try ThemeCatalog(root: workshop.path).check("ours").diagnostics.map(\.id) == ["template/unknown-field"])
  }

  @Test func manifests() throws {
    #expect(
      try check(">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: plan\n")
        == ["themes/ours/theme.yaml:3:10 theme/unknown"])
    // The templates of the theme below aren't missing.
    #expect(
      try check(">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: [plain]\n")
        == ["themes/ours/theme.yaml:3:10 field/wrong-kind"])
    #expect(
      try check(">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextend: plain\n")
        == ["themes/ours/theme.yaml:3:1 field/unknown"])
    let misnamed = try Workshop(smallSite)
    try misnamed.write(">>> /themes/ours/theme.yml\nname: Ours\ncontract: 1\n")
    #expect(
      try ThemeCatalog(root: misnamed.path).check("ours").diagnostics.map(\.fix) == ["rename its theme.yml"])
    #expect(
      try check(">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: ours\n")
        == ["themes/ours/theme.yaml:3:10 theme/cycle"])
    #expect(
      try check(">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 99\nextends: plain\n")
        == ["themes/ours/theme.yaml:2:11 theme/contract"])
    #expect(
      try check(
        ">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: plain\noptions:\n  a: {type: string, values: [x], default: y, summary: S.}\n"
      ) == ["themes/ours/theme.yaml:5:43 theme/wrong-default"])
  }

  @Test func options() throws {
    func mistakes(_ options: String, home: String = "x") throws -> [String] {
      try check(">>> /themes/ours/templates/home.html\n\(home)\n", options: "options:\n  \(options)\n")
    }
    let manifest = "themes/ours/theme.yaml:"
    let size = "size: {type: integer, default: 3, summary: S.}"
    #expect(try mistakes(size) == [manifest + "5:3 theme/unused-option"])
    #expect(try mistakes(size, home: "{{ options.size }}") == [])
    #expect(try mistakes(size, home: "{% macro m() %}{{ options['size'] }}{% endmacro %}") == [])
    #expect(
      try mistakes("size: {type: integer, values: [a], default: 3, summary: S.}")
        == [manifest + "5:33 theme/option-values"])
    for name in ["e-f", "if", "1st", "größe"] {
      #expect(
        try mistakes("\(name): {type: integer, default: 3, summary: S.}") == [
          manifest + "5:3 theme/option-name"
        ],
        "\(name)")
    }
    #expect(
      try check(
        ">>> /themes/below/theme.yaml\nname: Below\ncontract: 1\nextends: plain\noptions:\n  \(size)\n"
          + ">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: below\noptions:\n"
          + "  size: {type: string, default: big, summary: S.}\n")
        == [manifest + "5:16 theme/option-type"])
  }

  @Test func filesThatNothingReads() throws {
    func mistakes(_ path: String, _ text: String = "a: b") throws -> [String] {
      try check(">>> /themes/ours/\(path)\n\(text)\n").map { String($0.dropFirst("themes/ours/".count)) }
    }
    for path in [
      "Templates/a.html", "template/a.html", "string/en.yaml", "asset/a.css", "css/a.css", "a.html",
    ] {
      #expect(try mistakes(path) == ["\(path):1:1 theme/stray-file"])
    }
    for path in ["README.md", "screenshots/a.png", "LICENSE"] { #expect(try mistakes(path) == []) }
    for name in ["german.yaml", "de.yml", "pt_BR.yaml", "DE.yaml", "de/words.yaml", "notes.txt"] {
      #expect(try mistakes("strings/" + name) == ["strings/\(name):1:1 theme/language-name"])
    }
  }

  @Test func fixesForNames() throws {
    func fixes(_ path: String) throws -> [String?] {
      let workshop = try Workshop(smallSite)
      try workshop.write(ours + "\n>>> /themes/ours/\(path)\na: b\n")
      return try ThemeCatalog(root: workshop.path).check("ours").diagnostics.map(\.fix)
    }
    #expect(try fixes("strings/german.yaml") == ["name it de.yaml"])
    #expect(try fixes("strings/de.yml") == ["name it de.yaml"])
    #expect(try fixes("strings/pt_BR.yaml") == ["name it pt-BR.yaml"])
    #expect(
      try fixes("strings/klingon.yaml") == ["name it by the language's tag, such as de.yaml or pt-BR.yaml"])
    #expect(try fixes("Templates/week.html") == ["did you mean 'templates/'?"])
    #expect(try fixes("templates/writeup.html") == ["did you mean 'write-up.html'?"])
    #expect(try fixes("templates/lists.html") == ["did you mean 'list.html'?"])
    #expect(try fixes("templates/card.html") == ["include it somewhere, or delete it"])
  }

  @Test func linksAreNotFollowed() throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(ours)
    try FileManager.default.createDirectory(
      atPath: workshop.path + "/themes/ours/templates", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/themes/ours/templates/week.html", withDestinationPath: "../../elsewhere.html")
    let found = try ThemeCatalog(root: workshop.path).check("ours").diagnostics
    #expect(found.map(\.id) == ["theme/link"])
    #expect(found.first?.location?.path == "themes/ours/templates/week.html")
  }

  /// The list of an output's files holds a path in each line: a name with a line break would be two.
  @Test(arguments: ["d\nCNAME\nz/y.txt", "b\\c.txt", "\u{202E}txt.js"])
  func namesThatNothingCanHaveAreNotPublished(name: String) async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(ours)
    try workshop.write("/output/CNAME", "example.org")
    try workshop.write("/themes/ours/assets/" + name, "x")
    let report = try await build(workshop) { $0.theme = "ours" }
    #expect(report.diagnostics.map(\.id) == ["theme/file-name"])
    #expect(workshop.tree() == ["CNAME": "example.org"])
  }

  @Test func assetsAndContentDoNotMeet() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(ours)
    try workshop.write("/themes/ours/assets/card.txt", "x")
    let published = try await build(workshop) { $0.theme = "ours" }
    #expect(published.isPublished)
    let asset = try #require(workshop.tree().keys.first { $0.hasPrefix("assets/card.") })
    try workshop.write(asset, "mine")
    let report = try await build(workshop) { $0.theme = "ours" }
    #expect(report.diagnostics.map(\.id) == ["plan/same-address"])
    #expect(report.diagnostics.first?.location?.path == "content/" + asset)
  }

  /// Files of a theme inside the program are on nobody's disk; messages say where to read them.
  @Test func mistakesInsideTheProgramSayWhereToLook() throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(ours + "\n>>> /themes/ours/templates/list.html\n<a href=\"\n")
    let found = try #require(ThemeCatalog(root: workshop.path).check("ours").diagnostics.first)
    var printer = DiagnosticPrinter(reading: sourceReader(root: workshop.path))
    let text = printer.text(found)
    #expect(text.contains("plain:templates/"))
    #expect(text.contains("see it with 'sitegen theme show plain templates/"))
    #expect(!text.contains("themes/plain"))
    #expect(text.contains(" | "))
  }

  @Test func styleSheets() throws {
    let base =
      ">>> /themes/ours/templates/base.html\n{% extends \"parent:base.html\" %}\n{% block head %}<link rel=\"stylesheet\" href=\"{{ asset(\"own.css\") }}\">{% endblock %}\n"
    #expect(
      try check(base + ">>> /themes/ours/assets/own.css\np { background: url(dto.svg) }\n")
        == ["themes/ours/assets/own.css:1:21 theme/unknown-asset"])
    #expect(
      try check(base + ">>> /themes/ours/assets/own.css\np { background: url(../../dot.svg) }\n")
        == ["themes/ours/assets/own.css:1:21 theme/unknown-asset"])
    #expect(
      try check(base + ">>> /themes/ours/assets/own.css\np { background: url(/assets/a/dot.svg) }\n")
        == ["themes/ours/assets/own.css:1:21 theme/rooted-path"])
    let rooted = try Workshop(smallSite)
    try rooted.write(
      ours + "\n" + base + ">>> /themes/ours/assets/a/dot.svg\n<svg/>\n"
        + ">>> /themes/ours/assets/own.css\np { mask: url(/assets/a/dot.svg?v=1#part) }\n")
    let advice = try ThemeCatalog(root: rooted.path).check("ours").diagnostics.map(\.fix)
    #expect(advice.contains("write 'a/dot.svg?v=1#part'"))
    #expect(
      try check(base + ">>> /themes/ours/assets/own.css\n@import 'own.css';\n")
        == ["themes/ours/assets/own.css:1:10 theme/asset-cycle"])
    #expect(
      try check(">>> /themes/ours/assets/own.css\np { color: red }\n")
        == ["themes/ours/assets/own.css:1:1 theme/unused-asset"])
  }

  @Test func words() throws {
    #expect(
      try check(
        ">>> /themes/ours/strings/en.yaml\nhello: Hello\nweekdays: Mo, Tu, We, Th, Fr, Sa, Su\n")
        == ["themes/ours/strings/en.yaml:1:1 theme/unused-words"])
    let home = ">>> /themes/ours/templates/home.html\n{{ t(\"hello\", name=\"x\") }}\n"
    #expect(
      try check(
        home + ">>> /themes/ours/strings/en.yaml\nhello: Hello {name}\n>>> /themes/ours/strings/de.yaml\n{}\n"
      )
        == ["themes/ours/strings/de.yaml:1:1 theme/untranslated-words"])
  }

  @Test func strangeWords() throws {
    let files =
      ">>> /themes/ours/templates/home.html\n{{ t(\"hello\") }}{{ t(\"films\", count=2) }}\n"
      + ">>> /themes/ours/strings/en.yaml\nhello: Hello\nfilms: {one: a film, other: '{count} films'}\n"
      + ">>> /themes/ours/strings/de.yaml\n"
    #expect(
      try check(
        files
          + "hello: Hallo\nmonths_short: a b c d e f g h i j k l\nfilms: {one: ein Film, other: '{count} Filme'}\n"
      ) == [])
    #expect(
      try check(files + "hello: Hallo\nhalo: Hallo\nfilms: {one: ein Film, other: '{count} Filme', few: x}\n")
        == [
          "themes/ours/strings/de.yaml:2:1 theme/unknown-words",
          "themes/ours/strings/de.yaml:3:48 theme/unknown-words",
        ])
  }

  @Test func whoIsWrongOfAPhraseAndItsUse() throws {
    func mistakes(_ english: String, _ german: String, use: String = #"{{ t("hello", name="x") }}"#) throws
      -> [String]
    {
      try check(
        ">>> /themes/ours/templates/home.html\n\(use)\n>>> /themes/ours/strings/en.yaml\n\(english)\n"
          + ">>> /themes/ours/strings/de.yaml\n\(german)\n")
    }
    let translation = "themes/ours/strings/de.yaml:"
    let template = "themes/ours/templates/home.html:"
    #expect(try mistakes("hello: Hello {name}", "hello: Hallo {name}") == [])
    #expect(try mistakes("hello: Hello {name}", "hello: Hallo") == [translation + "1:8 template/wrong-words"])
    #expect(
      try mistakes("hello: Hello {name}", "hello: 'Hallo {{ name }}'") == [
        translation + "1:8 template/wrong-words"
      ])
    #expect(
      try mistakes("hello: Hello {name}", "hello: Hallo {nmae}") == [translation + "1:8 template/wrong-words"]
    )
    #expect(
      try mistakes(
        "hello: {one: 'a {name}', other: '{name}s'}", "hello: {one: 'ein {name}', other: '{nmae}'}",
        use: #"{{ t("hello", count=1, name="x") }}"#) == [translation + "1:35 template/wrong-words"])
    #expect(
      try mistakes("hello: Hello {name}", "hello: Hallo {name}", use: #"{{ t("hello", nmae="x") }}"#)
        == [template + "1:6 template/wrong-arguments", template + "1:15 template/wrong-arguments"])
    #expect(
      try mistakes("day: '%d %B'", "\nday: '%d. %Q'", use: #"{{ site.as_of | date(t("day")) }}"#)
        == [translation + "2:6 template/date-format"])
  }

  @Test func wordsOfTheThemeBelow() throws {
    let below =
      ">>> /themes/below/theme.yaml\nname: Below\ncontract: 1\nextends: plain\n>>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: below\n"
      + ">>> /themes/below/templates/home.html\n{{ t(\"hello\", name=\"x\") }}\n>>> /themes/below/strings/en.yaml\nhello: Hello {name}\n"
    #expect(
      try check(below + ">>> /themes/ours/strings/en.yaml\nhello: Good day {nome}\n")
        == ["themes/ours/strings/en.yaml:1:8 template/wrong-words"])
  }

  @Test func wordFiles() throws {
    func mistakes(_ text: String) throws -> [String] {
      try check(">>> /themes/ours/strings/en.yaml\n\(text)\n")
    }
    let file = "themes/ours/strings/en.yaml:"
    #expect(try mistakes("- Latest") == [file + "1:1 theme/words"])
    #expect(try mistakes("Latest") == [file + "1:1 theme/words"])
    #expect(try mistakes("# Nothing yet.") == [])
    #expect(
      try mistakes("weekdays: Mo Tu We Th Fr Sa Su\nmonths: [a, b c]") == [file + "2:1 theme/calendar-words"])
    #expect(try mistakes("\nweekdays_short: Mo, Tu, We") == [file + "2:1 theme/calendar-words"])
    #expect(
      try mistakes("weekdays: [Thứ Hai, Thứ Ba, Thứ Tư, Thứ Năm, Thứ Sáu, Thứ Bảy, Chủ Nhật]") == [])
  }

  @Test func emptyPages() throws {
    #expect(
      try check(">>> /themes/ours/templates/week.html\n \n\n")
        == ["themes/ours/templates/week.html:1:1 template/empty"])
  }
}

@Suite struct NewThemeTests {
  @Test(arguments: ["marquee", "plain"])
  func anExtensionIsSoundAndShowsItsSheet(parent: String) async throws {
    let workshop = try Workshop(smallSite)
    var problems: [Diagnostic] = []
    let catalog = try ThemeCatalog(root: workshop.path)
    let paths = try catalog.create("fresh", extending: parent, diagnostics: &problems)
    #expect(
      paths
        == ["theme.yaml", "templates/base.html", "assets/fresh.css"].map { "themes/fresh/" + $0 })
    let check = try ThemeCatalog(root: workshop.path).check("fresh")
    #expect(check.diagnostics.isEmpty && problems.isEmpty)
    let report = try await build(workshop) { $0.theme = "fresh" }
    #expect(report.isPublished)
    #expect(try #require(workshop.read("output/index.html")).contains("assets/fresh."))
  }

  @Test func aThemeOfItsOwnBuildsTheSameAsPlain() async throws {
    let workshop = try Workshop(smallSite)
    var problems: [Diagnostic] = []
    _ = try ThemeCatalog(root: workshop.path).create("bare", extending: nil, diagnostics: &problems)
    _ = try await build(workshop)
    _ = try await build(workshop, output: "other") { $0.theme = "bare" }
    // The stamp tells which theme it was.
    #expect(differences(workshop.tree(), workshop.tree("other"), leavingOut: [".sitegen/stamp"]) == [])
  }

  @Test(arguments: [
    ("plain", "theme/exists"), ("Marquee", "theme/exists"), ("ours", "theme/exists"), ("../x", "theme/name"),
    ("", "theme/name"), ("a b", "theme/name"), ("-x", "theme/name"),
  ])
  func nothingIsOverwrittenOrWrittenElsewhere(name: String, id: String) throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(ours)
    let before = workshop.tree("themes")
    var problems: [Diagnostic] = []
    let paths = try ThemeCatalog(root: workshop.path).create(
      name, extending: "plain", diagnostics: &problems)
    #expect(paths == nil)
    #expect(problems.map(\.id) == [id])
    #expect(differences(workshop.tree("themes"), before) == [])
  }

  @Test func anUnknownParentIsReported() throws {
    let workshop = try Workshop(smallSite)
    var problems: [Diagnostic] = []
    let paths = try ThemeCatalog(root: workshop.path).create(
      "fresh", extending: "markee", diagnostics: &problems)
    #expect(paths == nil)
    #expect(problems.map(\.fix) == ["did you mean 'marquee'?"])
  }
}
