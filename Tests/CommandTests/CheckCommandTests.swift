import Foundation
import TestSupport
import Testing

private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  search: false
  >>> daily/_column.md
  ---
  name: Daily
  kind: articles
  ---
  >>> daily/2026-11-20-a.md
  ---
  title: A
  ---
  Text.
  >>> pages/about.md
  ---
  title: About
  ---
  Us.
  """

/// `sitegen check`, as an editor runs it.
@Suite struct CheckCommandTests {
  private func check(_ arguments: String..., in workshop: Workshop) throws -> Output {
    try run(["check", "--as-of", "2026-11-23"] + arguments, in: workshop.path)
  }

  @Test func aSoundSiteIsSaidToBeAndNothingIsWritten() throws {
    let workshop = try Workshop(site)
    let before = workshop.tree(".")
    let result = try check(in: workshop)
    #expect(result.code == 0 && result.errors == "")
    #expect(
      result.output.hasSuffix(" pages, nothing to mend\n") && result.output.split(separator: "\n").count == 1)
    #expect(differences(before, workshop.tree(".")) == [])
  }

  @Test func mistakesExitWithOneAndWarningsOnlyIfStrict() throws {
    let workshop = try Workshop(site)
    try workshop.write("daily/2025-01-02-old.md", "---\ntitle: Old\nstatus: production\n---\n")
    let warned = try check(in: workshop)
    #expect(warned.code == 0 && warned.output.hasSuffix(" pages, 1 warning\n"))
    #expect(warned.errors.hasPrefix("content/daily/2025-01-02-old.md:3:9: warning: "))
    let strict = try check("--strict", in: workshop)
    #expect(strict.code == 1 && strict.output == "" && strict.errors.hasSuffix(" pages, 1 warning\n"))
    #expect(try check("--strict", "--stale-months", "36", in: workshop).code == 0)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let wrong = try check(in: workshop)
    #expect(wrong.code == 1 && wrong.output == "")
    #expect(
      wrong.errors.contains("content/daily/2026-11-21-b.md:2:1: error: ")
        && wrong.errors.contains("did you mean 'title'?"))
    #expect(
      wrong.errors.hasSuffix("\nno page looked at, 1 error, 1 of which --fix can mend\n"), "\(wrong.errors)")
  }

  @Test func jsonIsOneObjectALineAndTheLastIsTheResult() throws {
    let workshop = try Workshop(site)
    func result(_ arguments: String...) throws -> (code: Int32, lines: [[String: Any]]) {
      let result = try run(
        ["check", "--as-of", "2026-11-23", "--format", "json"] + arguments, in: workshop.path)
      #expect(result.errors == "")
      let lines = try result.output.split(separator: "\n").map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
      }
      return (result.code, lines)
    }
    let sound = try result("--ledger", "published.txt", "--add")
    #expect(sound.code == 0 && sound.lines.count == 1)
    let first = try #require(sound.lines[0]["result"] as? [String: Any])
    #expect(first["sound"] as? Bool == true && first["errors"] as? Int == 0 && first["warnings"] as? Int == 0)
    #expect(first["ledger"] as? Int == first["added"] as? Int && first["added"] as? Int ?? 0 > 5)
    try workshop.remove("pages/about.md")
    let gone = try result("--ledger", "published.txt")
    #expect(gone.code == 1 && gone.lines.count == 2)
    #expect(gone.lines[0]["id"] as? String == "ledger/gone")
    let last = try #require(gone.lines[1]["result"] as? [String: Any])
    #expect(last["sound"] as? Bool == false && last["errors"] as? Int == 1 && last["added"] as? Int == 0)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let broken = try result("--ledger", "published.txt")
    #expect(broken.code == 1 && (broken.lines.last?["result"] as? [String: Any])?["ledger"] == nil)
  }

  @Test(
    arguments: [
      (["--add"], "--add needs the --ledger to add to."),
      (["--ledger", "/etc/x"], "--ledger takes the path of a file"),
      (["--ledger", "../x"], "--ledger takes the path of a file"),
      (["--ledger", "x/"], "--ledger takes the path of a file"),
      (["--ledger", "."], "--ledger takes the path of a file"),
      (["--ledger", ""], "--ledger takes the path of a file"),
      (["--stale-months", "0"], "--stale-months takes a number"), (["--format", "xml"], "xml"),
      (["--jobs", "0"], "--jobs takes a number"),
    ] as [([String], String)])
  func wrongUsageExitsWith64(arguments: [String], message: String) throws {
    let workshop = try Workshop(site)
    let result = try run(["check"] + arguments, in: workshop.path)
    #expect(result.code == 64 && result.errors.contains(message), "\(result.errors)")
  }

  // MARK: - The ledger

  private let ledger = ["--ledger", "published.txt"]

  private func check(_ workshop: Workshop, _ more: String...) throws -> Output {
    try run(["check", "--as-of", "2026-11-23"] + ledger + more, in: workshop.path)
  }

  @Test func aLedgerIsBegunCheckedAndAddedTo() throws {
    let workshop = try Workshop(site)
    let none = try check(workshop)
    #expect(none.code == 1)
    #expect(
      none.errors.hasPrefix(
        "error: there is no file published.txt in the site's folder [ledger/missing]\n  if this site has no ledger yet, --add makes"
      ), "\(none.errors)")
    #expect(none.errors.hasSuffix("pages, published.txt not looked at, 1 error\n"))
    let begun = try check(workshop, "--add")
    let count = workshop.read("published.txt")?.split(separator: "\n").count ?? 0
    #expect(begun.code == 0 && begun.errors == "" && count > 5)
    #expect(
      begun.output.hasSuffix(
        "\(count) published addresses in published.txt, \(count) of them new, nothing to mend\n"))
    let typo = try run("check", "--ledger", "publishd.txt", in: workshop.path)
    #expect(typo.errors.contains("[ledger/missing]\n  did you mean 'published.txt'?"), "\(typo.errors)")
    let before = workshop.tree(".")
    #expect(try check(workshop).code == 0 && check(workshop, "--add").code == 0)
    #expect(differences(before, workshop.tree(".")) == [])
    // A page more is a remark; one that moved is an error.
    try workshop.write("pages/more.md", "---\ntitle: More\n---\n")
    let more = try check(workshop)
    #expect(more.code == 0)
    #expect(
      more.errors.contains(
        "note: /more/ is not in published.txt yet [ledger/not-recorded]\n  run sitegen check --ledger"))
    try workshop.remove("pages/about.md")
    try workshop.write("pages/contact/about.md", "---\ntitle: About\n---\n")
    let moved = try check(workshop, "--add")
    #expect(moved.code == 1 && moved.output == "")
    #expect(
      moved.errors.contains(
        """
        error: /about/ was published, and now nothing is there [ledger/gone]
        """))
    #expect(
      moved.errors.contains(
        "add 'aliases: [/about/]' to content/pages/contact/about.md, if /contact/about/ took its place"))
    #expect(moved.errors.hasSuffix(" addresses in published.txt, none added, 1 error\n"), "\(moved.errors)")
    #expect(workshop.read("published.txt") == before["published.txt"])
    try workshop.write("pages/contact/about.md", "---\ntitle: About\naliases: [/about/]\n---\n")
    #expect(try check(workshop, "--add").output.contains(", 2 of them new, nothing to mend"))
  }

  @Test func aSiteWithMistakesAddsNothing() throws {
    let workshop = try Workshop(site)
    try workshop.write("/published.txt", "/\n")
    try workshop.write("pages/wrong.md", "---\ntitle: Wrong\n---\n[a](nowhere.md)\n")
    let result = try check(workshop, "--add")
    #expect(result.code == 1 && workshop.read("published.txt") == "/\n")
    #expect(result.errors.contains("[link/missing-file]"))
  }

  /// Lines of Windows, remarks and a file without an end stay as they are.
  @Test func whatIsInTheLedgerStays() throws {
    let workshop = try Workshop(site)
    try workshop.write(
      "/published.txt", "# Ours\r\n/\r\n/about # moved in 2024\r\n# Never add below\r\n/daily/")
    #expect(try check(workshop, "--add").code == 0)
    let text = try #require(workshop.read("published.txt"))
    let lines = text.components(separatedBy: "\r\n")
    #expect(
      lines.prefix(2) == ["# Ours", "/"] && lines.last == ""
        && !text.replacing("\r\n", with: "").contains("\n"))
    #expect(lines.contains("/about # moved in 2024") && !lines.contains("/about/"))
    #expect(lines.firstIndex(of: "# Never add below").map { lines[$0 + 1] } == "/daily/")
    #expect(lines.contains("/daily/2026/a/"))
    #expect(try check(workshop).output.hasSuffix("nothing to mend\n"))
  }

  @Test func whatIsNoFileIsNotWritten() throws {
    let workshop = try Workshop(site)
    try workshop.write("/elsewhere/real.txt", "/\n")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: workshop.path + "/published.txt", withDestinationPath: "elsewhere/real.txt")
    #expect(try check(workshop).code == 0)
    let link = try check(workshop, "--add")
    #expect(link.code == 1)
    #expect(
      link.errors.contains("nothing is added to published.txt: it is a link [ledger/linked-file]"),
      "\(link.errors)")
    #expect(workshop.read("elsewhere/real.txt") == "/\n")
    try workshop.remove("/published.txt")
    let outside = try Workshop("")
    try manager.createSymbolicLink(atPath: workshop.path + "/lists", withDestinationPath: outside.path)
    let folder = try run("check", "--ledger", "lists/published.txt", "--add", in: workshop.path)
    #expect(folder.code == 1)
    #expect(
      folder.errors.contains("nothing is added to lists/published.txt: its folder is a link"),
      "\(folder.errors)")
    #expect(outside.tree(".") == [:])
    try workshop.write("/published.txt/in-the-way", "")
    for arguments in [[], ["--add"]] {
      let result = try run(["check"] + ledger + arguments, in: workshop.path)
      #expect(result.code == 74)
      #expect(
        result.errors == "sitegen: cannot read ./published.txt: Is a directory\n"
          || result.errors == "sitegen: cannot read published.txt: Is a directory\n", "\(result.errors)")
    }
  }

  @Test func whatTheSystemRefusesLeavesTheOldLedger() throws {
    let workshop = try Workshop(site)
    try workshop.write("/published.txt", "/\n")
    try workshop.write("/.published.txt.sitegen/in-the-way", "")
    let result = try check(workshop, "--add")
    #expect(result.code == 74 && workshop.read("published.txt") == "/\n")
    #expect(result.errors.hasPrefix("sitegen: cannot ") && result.errors.contains(".published.txt.sitegen: "))
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func theLedgerIsInTheSitesFolder() throws {
    let workshop = try Workshop(site)
    let place = URL(filePath: workshop.path)
    let result = try run(
      "check", "--root", place.lastPathComponent, "--ledger", "lists/urls.txt", "--add",
      in: place.deletingLastPathComponent().path(percentEncoded: false))
    #expect(result.code == 0, "\(result.errors)")
    #expect(workshop.read("lists/urls.txt")?.contains("/about/\n") == true)
    #expect(workshop.tree("lists").count == 1)
  }

  @Test func aLedgerThatNobodyWroteIsNotRead() throws {
    let workshop = try Workshop(site)
    try workshop.write("/published.txt", "/\n")
    let file = try FileHandle(forWritingTo: URL(filePath: workshop.path + "/published.txt"))
    try file.truncate(atOffset: (64 << 20) + 1)
    try file.close()
    let result = try check(workshop, "--add")
    #expect(result.code == 1)
    #expect(result.errors.contains("published.txt is larger than 64 MiB, and not read [ledger/too-large]"))
  }
}
