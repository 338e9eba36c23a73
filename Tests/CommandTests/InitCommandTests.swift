import Foundation
import TestSupport
import Testing

@Suite struct InitCommandTests {
  /// The files of a new site, as its folder has them.
  private static let names = [
    ".github/workflows/pages.yml", ".gitignore", "README.md", "content/pages/about.md",
    "content/people/maren-holt.md",
    "content/project-of-the-day/2026-w47/_week.md", "content/project-of-the-day/2026-w47/four-hands.md",
    "content/project-of-the-day/2026-w47/the-ice-house.comments.yaml",
    "content/project-of-the-day/2026-w47/the-ice-house.md",
    "content/project-of-the-day/2026-w47/understudy.md",
    "content/project-of-the-day/_column.md", "content/site.yaml",
  ]

  @Test(arguments: ["marquee", "plain"])
  func aNewSiteBuildsAndHasNothingToMend(theme: String) throws {
    let workshop = try Workshop()
    let begun = try run("init", "new", "--theme", theme, "--as-of", "2026-11-27", in: workshop.path)
    #expect(begun.code == 0 && begun.errors == "", "\(begun)")
    #expect(workshop.tree("new").keys.sorted() == Self.names)
    for name in Self.names { #expect(begun.output.contains("\n  \(name)\n")) }
    let site = workshop.path + "/new"
    let built = try run("build", "--strict", "--as-of", "2026-11-27", in: site)
    #expect(
      begun.output.contains("'url'")
        && workshop.read("new/content/site.yaml")?.contains("\nlinks: file\n") == true)
    #expect(built.code == 0, "\(built)")
    #expect(!built.errors.contains("warning") && !built.errors.contains("error"), "\(built.errors)")
    let checked = try run("check", "--strict", "--as-of", "2026-11-27", in: site)
    #expect(checked.code == 0 && checked.output.hasSuffix("nothing to mend\n"), "\(checked)")
    #expect(
      workshop.read("new/output/project-of-the-day/winners/index.html")?.contains("The Ice House") == true)
  }

  /// Its films are of the week before, whichever day it is.
  @Test(arguments: [
    ("2026-11-23", "2026-w47", "2026-11-16"), ("2026-11-29", "2026-w47", "2026-11-16"),
    ("2026-11-30", "2026-w48", "2026-11-23"), ("2028-01-01", "2027-w51", "2027-12-20"),
    ("2021-01-05", "2020-w53", "2020-12-28"),
  ])
  func datesAreOfTheWeekBefore(today: String, week: String, monday: String) throws {
    let workshop = try Workshop()
    #expect(try run("init", "new", "--as-of", today, in: workshop.path).code == 0)
    let folder = "new/content/project-of-the-day/\(week)/"
    #expect(workshop.read(folder + "the-ice-house.md")?.contains("\ndate: \(monday)\n") == true)
    #expect(workshop.read(folder + "_week.md")?.contains("\nweek: \(week.uppercased())\n") == true)
    let built = try run("build", "--strict", "--as-of", today, in: workshop.path + "/new")
    #expect(built.code == 0 && !built.errors.contains("warning"), "\(built)")
  }

  @Test func itIsCalledAsItIsTold() throws {
    let workshop = try Workshop()
    let begun = try run(
      "init", "a", "--title", "\"Reels\" & 'Co': \\o/", "--url", "https://reels.example/new", "--language",
      "en-GB",
      in: workshop.path)
    #expect(begun.code == 0, "\(begun)")
    let site = try #require(workshop.read("a/content/site.yaml"))
    #expect(site.contains("\nurl: https://reels.example/new\n"))
    #expect(site.contains("\nlanguage: en-GB\n"))
    // On a server, addresses are those of folders; from disk, where no address is told, those of files.
    #expect(site.contains("\n# links: file\n"))
    #expect(!begun.output.contains("'url'"))
    #expect(try run("build", "--strict", in: workshop.path + "/a").code == 0)
    let page = try #require(workshop.read("a/output/index.html"))
    #expect(page.contains("&#34;Reels&#34; &amp; &#39;Co&#39;: \\o/"))
    #expect(page.contains("<html lang=\"en-GB\""))
    #expect(
      try run("init", "second-reel", in: workshop.path).output.hasPrefix("Second Reel is in second-reel:\n"))
  }

  @Test func daysInWhatWasTypedStay() throws {
    let workshop = try Workshop()
    let arguments = ["--title", "Reels of 2026-11-20", "--url", "https://reels.example/2026-w47/"]
    #expect(try run(["init", "a"] + arguments + ["--as-of", "2027-03-01"], in: workshop.path).code == 0)
    let site = try #require(workshop.read("a/content/site.yaml"))
    #expect(site.contains("\ntitle: \"Reels of 2026-11-20\"\n"), "\(site)")
    #expect(site.contains("\nurl: https://reels.example/2026-w47/\n"), "\(site)")
  }

  @Test func nothingIsOverwritten() throws {
    let workshop = try Workshop(">>> /full/notes.txt\nMine.\n>>> /full/b\n\n>>> /full/.git/HEAD\n\n")
    let refused = try run("init", "full", in: workshop.path)
    #expect(refused.code == 1 && refused.output == "")
    #expect(refused.errors.contains("in full there is b, notes.txt [site/folder-not-empty]"), "\(refused)")
    #expect(workshop.tree("full").keys.sorted() == [".git/HEAD", "b", "notes.txt"])
    #expect(workshop.read("full/notes.txt") == "Mine.\n")
    // A new repository may be begun already.
    let other = try Workshop(">>> /.git/HEAD\n\n")
    let begun = try run("init", ".", in: other.path)
    #expect(begun.code == 0 && begun.output.hasPrefix("Second Reel is in this folder:\n"))
    #expect(!begun.output.contains("cd "))
    let again = try run("init", ".", in: other.path)
    #expect(
      again.code == 1
        && again.errors.contains("in this folder there is .github, .gitignore, README.md, content"))
    // A file is no folder.
    #expect(try run("init", "full/b", in: workshop.path).code == 74)
  }

  @Test(arguments: [
    (["init"], "folder"), (["init", "a", "--theme", "marqee"], "did you mean 'marquee'?"),
    (["init", "a", "--title", " "], "a name on one line"),
    (["init", "a", "--language", "Engl ish"], "a tag such as en"),
    (["init", "a", "--url", "example.org"], "https://example.org/"), (["init", ""], "name a folder"),
  ])
  func wrongUsageIsExplained(arguments: [String], message: String) throws {
    let workshop = try Workshop()
    let result = try run(arguments, in: workshop.path)
    #expect(result.code == 64 && result.errors.contains(message), "\(result)")
    #expect(workshop.tree("a").isEmpty)
  }

  @Test func aLanguageWithoutWordsIsExplained() throws {
    let workshop = try Workshop()
    let result = try run("init", "a", "--language", "eo", in: workshop.path)
    #expect(
      result.code == 1 && result.errors.contains("'marquee' has no words in 'eo', only in en"), "\(result)")
    // The plain theme's words are its author's own.
    #expect(try run("init", "a", "--language", "eo", "--theme", "plain", in: workshop.path).code == 0)
    #expect(try run("build", "--strict", in: workshop.path + "/a").code == 0)
  }
}
