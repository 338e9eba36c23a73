import CivilTime
import SourceText
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// The ledger of published addresses.
@Suite struct LedgerTests {
  private func check(_ workshop: Workshop, adding adds: Bool = false) async throws -> SiteCheck.Report {
    var options = SiteCheck.Options(
      build: Build.Options(
        asOf: .timestamp(try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))), jobs: 2))
    options.build.root = workshop.path
    options.ledger = "urls.txt"
    options.addsToLedger = adds
    return try await SiteCheck(options).run()
  }

  private func ledger(_ workshop: Workshop) -> [String] {
    (workshop.read("urls.txt") ?? "").split(separator: "\n").map(String.init)
  }

  @Test func whatIsInIt() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("pages/x.md", "---\ntitle: X\naliases: [\"/?p=1\", /old.html]\n---\n")
    let report = try await check(workshop, adding: true)
    #expect(report.diagnostics == [])
    let lines = ledger(workshop)
    #expect(lines == lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(report.addedCount == lines.count && report.ledgerCount == lines.count)
    for address in [
      "/", "/?p=1", "/old.html", "/old/salt/", "/daily/2026-w47/salt-road/", "/daily/2026/11/", "/about/",
      "/people/ann-shinn/", "/people/%EA%B9%80%EB%AF%BC%EC%88%98/", "/tags/desert/", "/feed.xml",
      "/daily/atom.xml",
      "/search/",
    ] {
      #expect(lines.contains(address), "\(address) is missing")
    }
    #expect(!lines.contains { $0.contains("404") || $0.hasSuffix(".css") || $0.contains("sitemap") })
    #expect(try await check(workshop).diagnostics == [])
    // Nothing to add, nothing written.
    #expect(try await check(workshop, adding: true).addedCount == 0)
  }

  @Test func whatIsGoneIsAnErrorWithItsLineAndAFix() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "/urls.txt",
      "# Ours\n/\n/2019/salt-road/\n/gone/\n/tide.html\n/daily/2026-w47/tied/\n/?p=3\nhttps://example.org/\n")
    let found = try await check(workshop).diagnostics.filter { $0.id != "ledger/not-recorded" }
    let lines = SiteText(">>> urls.txt\n" + (workshop.read("urls.txt") ?? "")).lines(found)
    #expect(
      lines == [
        "urls.txt:3:1 ledger/gone", "urls.txt:4:1 ledger/gone", "urls.txt:5:1 ledger/gone",
        "urls.txt:6:1 ledger/gone", "urls.txt:7:1 ledger/gone", "urls.txt:8:1 ledger/not-an-address",
      ])
    let salt = "content/daily/w47/salt-road.md, if /daily/2026-w47/salt-road/ took its place"
    let tide = "content/daily/w47/tide.md, if /daily/2026-w47/tide/ took its place"
    let other = "bring it back, or add it to the 'aliases' of what took its place"
    #expect(
      found.map(\.fix) == [
        "add 'aliases: [/2019/salt-road/]' to \(salt)", other, "add 'aliases: [/tide.html]' to \(tide)",
        "add 'aliases: [/daily/2026-w47/tied/]' to \(tide)", other, "begin it with /, or the line with #",
      ])
    // What the fix says mends it.
    let text = try #require(workshop.read("content/daily/w47/salt-road.md"))
    try workshop.write(
      "daily/w47/salt-road.md",
      text.replacing("[/old/salt/]", with: "[/old/salt/, /2019/salt-road/, \"/?p=3\"]"))
    let left = try await check(workshop).diagnostics.filter { $0.id == "ledger/gone" }
    #expect(left.count == 3)
  }

  @Test func addressesAreTheSameHoweverTheyAreWritten() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "/urls.txt",
      "/about\r\n/about/index.html\r\n/people/김민수/\r\n/people/%ea%b9%80%EB%AF%BC%EC%88%98\r\n/robots.txt\r\n/old/salt\r\n"
    )
    #expect(try await check(workshop).diagnostics.map(\.id) == ["ledger/not-recorded"])
  }

  @Test func nothingIsAddedWhileSomethingIsGone() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", "/gone/\n")
    let report = try await check(workshop, adding: true)
    #expect(report.diagnostics.map(\.id) == ["ledger/gone"])
    #expect(report.addedCount == 0 && ledger(workshop) == ["/gone/"])
    #expect(try await check(workshop).diagnostics.map(\.severity) == [.note, .error])
  }

  @Test func commentsStay() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", "# Ours\n/about/\n# More\n")
    _ = try await check(workshop, adding: true)
    #expect(ledger(workshop).prefix(3) == ["# Ours", "# More", "/"])
    #expect(ledger(workshop).count { $0 == "/about/" } == 1)
  }

  @Test func aLedgerThatIsNotThereIsRefused() async throws {
    let workshop = try Workshop(smallSite)
    await #expect(throws: SystemError.self) { try await check(workshop) }
  }

  @Test func aBrokenSiteAddsNothing() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("pages/x.md", "---\ntilte: X\n---\n")
    #expect(try await check(workshop, adding: true).diagnostics.contains { $0.severity == .error })
    #expect(workshop.read("urls.txt") == nil)
  }

  /// Later parts of long lists come and go.
  @Test func partsOfListsAreNotInIt() async throws {
    let workshop = try Workshop(">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n")
    try workshop.write("daily/_column.md", "---\nname: D\nkind: articles\npage_size: 5\n---\n")
    for day in 1...12 {
      try workshop.write(
        "daily/2026-11-\(day < 10 ? "0" : "")\(day)-a\(day).md", "---\ntitle: A\(day)\n---\n")
    }
    _ = try await check(workshop, adding: true)
    #expect(ledger(workshop).contains("/daily/"))
    #expect(!ledger(workshop).contains { $0.contains("/page/") })
    // But they answer.
    try workshop.write("/urls.txt", "/daily/page/2/\n")
    #expect(try await check(workshop).diagnostics.map(\.id) == ["ledger/not-recorded"])
  }
}
