import CivilTime
import SourceText
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// What is wrong with links and pictures of what isn't published yet.
@Suite struct ComingMistakeTests {
  /// What a build of `files` says on 2026-11-23, and what a check does.
  private func said(_ files: String) async throws -> (build: [String], check: [String]) {
    let workshop = try Workshop(articlesSite + "\n" + files)
    let report = try await build(workshop)
    #expect(report.isPublished)
    var options = Build.Options(
      asOf: .timestamp(try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))), jobs: 2)
    options.root = workshop.path
    let check = try await SiteCheck(SiteCheck.Options(build: options)).run()
    #expect((report.diagnostics + check.diagnostics).allSatisfy { $0.severity == .warning })
    return (report.diagnostics.map(\.message), check.diagnostics.map(\.message))
  }

  private func piece(_ body: String, date: String = "2026-11-24", _ field: String = "") -> String {
    ">>> daily/\(date)-coming.md\n---\ntitle: Coming\n\(field)\n---\n\(body)\n"
  }

  @Test(arguments: [
    ("![x](nope.jpg)", "", "there is no image 'content/daily/nope.jpg'"),
    ("[x](nope.md)", "", "there is no file 'content/daily/nope.md'"),
    ("[x](#nope)", "", "the page has no place called '#nope'"),
    ("[x](/nope/)", "", "'/nope/' is neither a file of content/ nor a page of the site"),
    ("", "images: [{src: nope.jpg, alt: x}]", "there is no image 'content/daily/nope.jpg'"),
    (
      "", "video: {provider: vimeo, id: 123456789, title: T, poster: nope.jpg}",
      "there is no image 'content/daily/nope.jpg'"
    ),
  ])
  func whatHasADayIsToldBefore(body: String, field: String, message: String) async throws {
    let said = try await said(piece(body, field))
    #expect(said.build == [message + "; from 2026-11-24, when this is due, that stops the build"])
    #expect(said.check == said.build)
  }

  @Test func draftsAreLookedAtInChecksOnly() async throws {
    let said = try await said(piece("[x](nope.md)", "draft: true"))
    #expect(said.build == [])
    #expect(
      said.check == [
        "there is no file 'content/daily/nope.md'; once this is no draft any more, that stops the build"
      ])
  }

  @Test func whatADraftLacksIsSaidInChecksOnly() async throws {
    let said = try await said(
      ">>> daily/_column.md\n---\nname: Daily\nkind: articles\nrequire: [year]\n---\n"
        + piece("", "draft: true"))
    #expect(said.build == [])
    #expect(said.check == ["'year' is still to be written, which Daily asks for"])
  }

  @Test(arguments: [
    // What is there by then can be linked to, by its file and by its address.
    ("2026-11-23", "b.md", nil), ("2026-11-24", "b.md", nil), ("2026-11-24", "b.md#part", nil),
    ("2026-11-24", "/daily/2026-w48/b/", nil), ("2026-11-24", "../b/", nil),
    (
      "2026-11-24", "b.md#nope",
      "the page has no place called '#nope'; from 2026-11-24, when this is due, that stops the build"
    ),
    (
      "2026-11-25", "b.md",
      "'B' appears on 2026-11-25; until it is published this link leads to the front page"
    ),
  ])
  func linksToWhatComes(date: String, destination: String, message: String?) async throws {
    let said = try await said(
      piece("[x](\(destination))") + ">>> daily/b.md\n---\ntitle: B\ndate: \(date)\n---\n## Part\n")
    #expect(said.build == [message].compactMap(\.self))
    #expect(said.check == said.build)
  }

  @Test func notesOfAComingWeek() async throws {
    let week = ">>> daily/_week.md\n---\nweek: 2026-W49\n"
    var said = try await said(week + "---\n[x](nope.md)\n")
    let end = "; from 2026-11-30, when this is due, that stops the build"
    #expect(said.build == ["there is no file 'content/daily/nope.md'" + end])
    #expect(said.check == said.build)
    said = try await self.said(
      week + "vote: {candidates: [nobody], closes: 2026-12-06}\n---\n" + piece("", date: "2026-12-01"))
    #expect(said.build == ["2026-W49 has no write-up 'nobody'" + end])
    for (candidates, message) in [
      ("coming", nil), ("coming, coming", "'coming' stands in candidates twice; the first counts" + end),
    ] {
      said = try await self.said(
        week + "vote: {candidates: [\(candidates)], closes: 2026-12-06}\n---\n"
          + piece("", date: "2026-12-01"))
      #expect(said.build == [message].compactMap(\.self))
    }
  }

  /// Of two files with one address, the message stands at the one that is to come, whichever was planned first.
  @Test(arguments: ["daily/b.md", "pages/daily/2026-w48/a.md"])
  func anAddressThatIsTaken(other: String) async throws {
    let said = try await said(
      ">>> daily/2026-11-24-a.md\n---\ntitle: A\n---\n>>> \(other)\n---\ntitle: Other\nslug: a\n"
        + (other.hasPrefix("daily") ? "date: 2026-11-23\n" : "") + "---\n")
    try #require(said.build.count == 1)
    #expect(
      said.build[0].hasSuffix(
        "have the same address, /daily/2026-w48/a/index.html; from 2026-11-24, when this is due, that stops the build"
      ))
    #expect(said.check == said.build)
  }

  /// What else stands against an address shows where the site is planned as it will be.
  @Test(arguments: [
    (
      "aliases: [/About]",
      "a former address and the page 'About' have addresses that differ only by case, /About/index.html"
    ),
    ("aliases: [/old.html]", "a file of content/ and a former address have the same address, /old.html"),
    (
      "aliases: [\"/?P=1\"]",
      "a former address and a former address have addresses that differ only by case, /?p=1"
    ),
    (
      "aliases: [/con/]",
      "'/con/index.html' holds the part 'con', which is the name of a device on Windows"
    ), ("tags: [\"!!!\"]", "the tag '!!!' gives no address"),
    ("genres: [\"!!!\"]", "the genre '!!!' gives no address"),
    ("countries: [\"!!!\"]", "the country '!!!' gives no address"), ("aliases: [/new/]", nil),
  ])
  func addressesThatCanNotBe(field: String, message: String?) async throws {
    let said = try await said(
      piece("", field)
        + ">>> pages/about.md\n---\ntitle: About\naliases: [\"/?p=1\"]\n---\n>>> old.html\nold\n")
    let end = "; from 2026-11-24, when this is due, that stops the build"
    #expect(said.build.first == message.map { $0 + end })
    #expect(said.check == said.build)
  }

  /// A page that comes with something, as that of a new tag, may be where somebody's own page is.
  @Test(
    arguments: [
      ("tags: [Noir]", "pages/tags/noir.md", "the tag 'Noir'"),
      ("genres: [Noir]", "pages/genres.md", "the list of genres"),
      ("credits: [{role: Director, name: Ann Shinn}]", "pages/people/ann-shinn.md", "the page of Ann Shinn"),
      ("status: production", "pages/status/production.md", "the status 'Production'"),
      ("", "pages/daily/2026/12.md", "the month 2026-12"),
      ("week: 2026-W50", "pages/daily/2026-w50.md", "the week 2026-W50"),
      ("tags: [Noir]", "pages/tags/war.md", nil), ("tags: [Noir]\naliases: [/tags/noir/]", "pages/a.md", nil),
    ] as [(String, String, String?)])
  func pagesThatComeWithIt(field: String, page: String, what: String?) async throws {
    let said = try await said(
      ">>> daily/_column.md\n---\nname: Daily\nkind: articles\nweeks: true\n---\n"
        + piece("", date: "2026-12-01", field) + ">>> \(page)\n---\ntitle: Own\n---\n")
    let end = "; from 2026-12-01, when this is due, that stops the build"
    if field.contains("aliases") {
      #expect(
        said.build.count == 1 && said.build[0].hasPrefix("a former address and the tag 'Noir' have the same"))
    } else {
      let file = page.dropFirst("pages/".count).dropLast(".md".count)
      #expect(
        said.build
          == [what.map { "the page 'Own' and \($0) have the same address, /\(file)/index.html\(end)" }]
          .compactMap(\.self))
    }
    #expect(said.check == said.build)
  }

  /// Some file systems and servers take letters for the same whatever their case.
  @Test(arguments: ["A", "a"])
  func anAddressOfOtherCase(slug: String) async throws {
    let other = slug == "A" ? "a" : "A"
    let said = try await said(
      ">>> daily/2026-11-23-one.md\n---\ntitle: One\nslug: \(slug)\nweek: 2026-W48\n---\n"
        + piece("", "slug: \(other)\nweek: 2026-W48"))
    #expect(said.build.contains { $0.contains("have addresses that differ only by case") })
  }

  /// What stops this very build is told once.
  @Test(arguments: ["aliases: [\"https://example.org/x/\"]"])
  func aMistakeOfNow(field: String) async throws {
    let workshop = try Workshop(articlesSite + "\n" + piece("[x](nope.md)", field))
    let said = try await build(workshop).diagnostics
    #expect(said.map(\.id).sorted() == ["field/not-a-path", "link/missing-file"])
  }

  /// A hint names a file that is there.
  @Test func hintsNameWhatThereIs() async throws {
    let files =
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\nmenu: [{label: D, link: /gone/}]\n"
    let workshop = try Workshop(
      articlesSite + "\n" + files + ">>> daily/2026-11-20-a.md\n---\ntitle: A\n---\n[x](/gone/)\n")
    #expect(
      try await build(workshop).diagnostics.map(\.fix) == [
        "link to the source file, as in /daily/2026-11-20-a.md",
        "link to the source file, as in /daily/_column.md",
      ])
  }
}
