import Foundation
import TestSupport
import Testing

@Suite struct CommandTests {
  /// What stops early names the output that it would have had, too.
  @Test(arguments: [
    ([], "output"), (["--output", "public/x"], "public/x"), (["--root", ".", "--output", "y"], "y"),
  ])
  func theOutputThatStaysIsNamed(options: [String], output: String) throws {
    let workshop = try Workshop(smallSite + "\n---\n[x](nope.md)\n")
    try workshop.write("daily/2026-11-20-b.md", "---\ntilte: B\n---\n")
    let result = try run(["build", "--as-of", "2026-11-23"] + options, in: workshop.path)
    #expect(result.code == 1 && result.errors.hasSuffix(". \(output) is as it was.\n"), "\(result.errors)")
  }

  @Test func aBuildEndsInOneLine() throws {
    let workshop = try Workshop(smallSite)
    let result = try run("build", "--as-of", "2026-11-23", in: workshop.path)
    #expect(result.code == 0)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.output.contains("pages in output: "))
    #expect(result.errors == "")
    #expect(workshop.read("output/daily/2026/a/index.html") != nil)
  }

  @Test func aMistakeIsShownAndExitsWithOne() throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let result = try run("build", in: workshop.path)
    #expect(result.code == 1)
    #expect(result.errors.contains("content/daily/2026-11-21-b.md:2:1: error: "))
    #expect(result.errors.contains("did you mean 'title'?"))
    #expect(result.errors.contains("Not published: "))
    // The message names the command that says more, and that one does.
    let hint = try #require(result.errors.firstMatch(of: /'sitegen (explain) ([a-z\/-]+)' says more\./))
    let more = try run(String(hint.1), String(hint.2), in: workshop.path)
    #expect(more.code == 0 && more.output.hasPrefix("\(hint.2)\n\n") && more.output.hasSuffix(".\n"))
  }

  @Test(arguments: [
    ("[ballot/not-a-candidate]", "ballot/not-a-candidate\n\nA project has votes", 0),
    ("ledger", "ledger/", 0), ("ballot/not-a-candidat", "did you mean 'ballot/not-a-candidate'?", 64),
    ("site/not-a-candidate", "did you mean 'ballot/not-a-candidate'?", 64),
    ("qqqq", "lists those there are", 64),
  ])
  func idsAreExplained(id: String, part: String, code: Int32) throws {
    let workshop = try Workshop(smallSite)
    let result = try run("explain", id, in: workshop.path)
    #expect(result.code == code)
    #expect((code == 0 ? result.output : result.errors).contains(part), "\(result)")
  }

  @Test func allIdsAreListedInALineEach() throws {
    let workshop = try Workshop(smallSite)
    let lines = try run("explain", in: workshop.path).output.split(separator: "\n")
    #expect(lines.count > 100)
    #expect(lines == lines.sorted())
    #expect(lines.allSatisfy { $0.contains(/^[a-z-]+\/[a-z0-9-]+  +\S/) })
  }

  @Test func jsonIsOneObjectALine() throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let result = try run("build", "--format", "json", in: workshop.path)
    #expect(result.code == 1)
    for line in result.output.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
    #expect(result.output.contains("\"line\":2,\"column\":1"))
  }

  @Test(arguments: [
    ["build", "--jobs", "0"], ["build", "--as-of", "yesterday"], ["build", "--nonsense"], ["nonsense"],
  ])
  func wrongUsageExitsWith64(arguments: [String]) throws {
    let workshop = try Workshop(smallSite)
    let process = try run(try program(), arguments, in: workshop.path)
    #expect(process.code == 64)
  }

  /// The same input gives the same bytes whatever the machine is set to.
  @Test(arguments: [
    "TZ=Pacific/Apia", "LC_ALL=tr_TR.UTF-8", "LANG=ar_EG.UTF-8", "umask=077", "SWIFT_DETERMINISTIC_HASHING=1",
  ])
  func surroundingsDoNotShow(setting: String) throws {
    let here = try Workshop(smallSite)
    let there = try Workshop(smallSite)
    #expect(try run("build", "--as-of", "2026-11-23", in: here.path).code == 0)
    let command =
      setting.hasPrefix("umask")
      ? "umask 077; \"$0\" build --as-of 2026-11-23" : "\(setting) \"$0\" build --as-of 2026-11-23"
    #expect(try run(shell: command, in: there.path).code == 0)
    #expect(differences(here.tree(), there.tree()) == [])
  }

  @Test func aFolderWithoutContentIsExplained() throws {
    let workshop = try Workshop()
    let result = try run("build", in: workshop.path)
    #expect(result.code == 1)
    #expect(result.errors.contains("there is no folder content/ in this folder"))
    #expect(try run("build", "--root", "nowhere", in: workshop.path).code == 74)
  }

  @Test func anOutputThatCannotBeMadeExitsWith74() throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/blocked", "a file")
    let result = try run("build", "--output", "blocked/here", in: workshop.path)
    #expect(result.code == 74)
    #expect(result.errors.contains("blocked"))
  }

  #if os(Linux)
    /// A disk that is full, which other systems don't have at hand.
    @Test func resultsThatCannotBeWrittenExitWith74() throws {
      let workshop = try Workshop(smallSite)
      for command in ["explain", "schema", "build", "check --format json", "theme list"] {
        let result = try run(shell: "\"$0\" \(command) > /dev/full", in: workshop.path)
        #expect(result.code == 74, "\(command)")
        #expect(result.errors.contains("sitegen: cannot write standard output: "), "\(command)")
      }
      // Whoever has closed the other end has what was wanted.
      #expect(try run(shell: "\"$0\" explain | head -n 1", in: workshop.path).errors == "")
    }
  #endif

  @Test func oneKindOfMistakeDoesNotFloodTheTerminal() throws {
    let workshop = try Workshop(smallSite.replacing("theme: plain", with: "theme: ours"))
    try workshop.write(
      ">>> /themes/ours/theme.yaml\nname: Ours\ncontract: 1\nextends: plain\n"
        + ">>> /themes/ours/templates/home.html\n"
        + String(repeating: "{{ site.nothing }}\n", count: 1103))
    let text = try run("build", in: workshop.path)
    #expect(text.errors.split(separator: "\n").count { $0.hasSuffix("[template/unknown-field]") } == 100)
    #expect(text.errors.contains("\nand 1,003 more of template/unknown-field\n"))
    let json = try run("build", "--format", "json", in: workshop.path)
    #expect(json.output.split(separator: "\n").count == 1104)
  }

  // MARK: - theme

  @Test func wordsBehindThemeAreHelpedOut() throws {
    let workshop = try Workshop(smallSite)
    let unknown = try run("theme", "chek", in: workshop.path)
    #expect(unknown.code == 64)
    #expect(unknown.errors.contains("there is no 'sitegen theme chek'; did you mean 'check'?"))
    #expect(
      try run("theme", "frob", in: workshop.path).errors.contains(
        "'sitegen theme frob'; there are list, check"))
    #expect(unknown.errors.contains("list, check, options, show, reference, new"))
    let base = try run("theme", "show", "marquee", "base.html", in: workshop.path)
    #expect(base.code == 0 && base.output.contains("<html"))
    #expect(
      try run("theme", "show", "marquee", "ballot.html", in: workshop.path).output
        == run("theme", "show", "marquee", "templates/partials/ballot.html", in: workshop.path).output)
    let near = try run("theme", "show", "marquee", "bass.html", in: workshop.path)
    #expect(near.code == 1 && near.errors.contains("did you mean 'templates/base.html'?"))
    let empty = try Workshop()
    let begun = try run("theme", "new", "ours", "--extends", "plain", in: empty.path)
    #expect(begun.code == 0)
    #expect(begun.errors.contains("there is no site in this folder"))
  }

  @Test func aThemeIsBegunCheckedAndBuilt() throws {
    let workshop = try Workshop(smallSite)
    let begun = try run("theme", "new", "ours", "--extends", "marquee", in: workshop.path)
    #expect(begun.code == 0)
    #expect(begun.output.contains("themes/ours/templates/base.html"))
    #expect(try run("theme", "check", "--strict", in: workshop.path).code == 0)
    #expect(try run("build", "--theme", "ours", in: workshop.path).code == 0)
    let again = try run("theme", "new", "ours", in: workshop.path)
    #expect(again.code == 1)
    #expect(again.errors.contains("there is a folder themes/ours already"))
  }

  @Test func aThemesMistakeIsShownAndExitsWithOne() throws {
    let workshop = try Workshop(smallSite)
    _ = try run("theme", "new", "ours", "--extends", "marquee", in: workshop.path)
    try workshop.write(
      "/themes/ours/templates/write-up.html",
      "{% extends \"parent:write-up.html\" -%}\n{% block share -%}\n<p>{{ writeup.tilte }}</p>\n{% endblock -%}\n"
    )
    let result = try run("theme", "check", "ours", in: workshop.path)
    #expect(result.code == 1)
    #expect(
      result.errors.hasPrefix(
        """
        themes/ours/templates/write-up.html:3:15: error: WriteUp has no field 'tilte' [template/unknown-field]
           2 | {% block share -%}
           3 | <p>{{ writeup.tilte }}</p>
             |               ^~~~~ did you mean 'title'?
           4 | {% endblock -%}

        """))
    let json = try run("theme", "check", "ours", "--format", "json", in: workshop.path)
    #expect(json.code == 1)
    #expect(json.output.contains("\"line\":3,\"column\":15"))
    let unknown = try run("theme", "check", "markee", in: workshop.path)
    #expect(unknown.code == 1)
    #expect(unknown.errors.contains("did you mean 'marquee'?"))
  }

  @Test func whatAThemeIsCanBeRead() throws {
    let workshop = try Workshop(smallSite)
    let list = try run("theme", in: workshop.path)
    #expect(list.output.contains("* plain    inside the program"))
    let options = try run("theme", "options", "marquee", "--format", "yaml", in: workshop.path)
    try workshop.write("site.yaml", "title: T\nurl: https://e.org/\ntheme: marquee\n" + options.output)
    #expect(try run("build", in: workshop.path).code == 0)
    let template = try run("theme", "show", "plain", "templates/home.html", in: workshop.path)
    #expect(template.output.hasPrefix("{% extends \"base.html\" %}"))
    let wrong = try run("theme", "show", "plain", "templates/hom.html", in: workshop.path)
    #expect(wrong.code == 1)
    #expect(wrong.errors.contains("did you mean 'templates/home.html'?"))
    let reference = try run("theme", "reference", "--format", "json", in: workshop.path)
    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(reference.output.utf8)) }
  }
}
