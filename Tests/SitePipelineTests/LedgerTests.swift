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
      "/people/ann-shinn/ # page of Ann Shinn", "/people/%EA%B9%80%EB%AF%BC%EC%88%98/ # page of 김민수",
      "/tags/desert/", "/feed.xml",
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
      "# Ours\n/\n/2019/salt-road/\n/gone/\n/tide.html\n/daily/2026-w47/tied/\n/?p=3\nabout/\n")
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
        "add 'aliases: [/daily/2026-w47/tied/]' to \(tide)", other,
        "begin it with /, or the line with # if it is a comment",
      ])
    // What the fix says mends it.
    let text = try #require(workshop.read("content/daily/w47/salt-road.md"))
    try workshop.write(
      "daily/w47/salt-road.md",
      text.replacing("[/old/salt/]", with: "[/old/salt/, /2019/salt-road/, \"/?p=3\"]"))
    let left = try await check(workshop).diagnostics.filter { $0.id == "ledger/gone" }
    #expect(left.count == 3)
  }

  /// A film with a director.
  private func film(_ name: String, _ number: Int) -> String {
    """
    ---
    title: F\(number)
    date: 2026-11-\(number)
    format: short
    logline: L.
    status: released
    credits: [{role: Director, name: \(name)}]
    ---
    """
  }

  @Test func anAddressStaysThatOfWhoHadIt() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("daily/f17.md", film("Zofia Wójcik", 17))
    _ = try await check(workshop, adding: true)
    #expect(ledger(workshop).contains("/people/zofia-wojcik/ # page of Zofia Wójcik"))
    // Of those with as many credits, the one with the earliest film has the address.
    try workshop.write("daily/f16.md", film("Zofia Wójcik", 16))
    try workshop.write("daily/f10.md", film("Zofia WOJCIK", 10))
    try workshop.write("daily/f11.md", film("Zofia WOJCIK", 11))
    func found() async throws -> [String] {
      try await check(workshop).diagnostics.filter { $0.id.hasPrefix("ledger/") && $0.severity == .error }
        .map { "\($0.message); \($0.fix ?? "")" }
    }
    let moved =
      "/people/zofia-wojcik/ was the page of Zofia Wójcik, who is at /people/zofia-wojcik-2/ now; it is that of Zofia WOJCIK; "
      + "write content/people/zofia-wojcik.md with 'name: Zofia Wójcik', or take the name out of this line"
    #expect(try await found() == [moved])
    try workshop.write("people/zofia-wojcik.md", "---\nname: Zofia Wójcik\n---\n")
    #expect(try await found() == [])
    // A name that is written in another way from now on is nobody else.
    try workshop.write(
      "people/zofia-wojcik.md", "---\nname: Zofia WOJCIK\nalso_known_as: [Zofia Wójcik]\n---\n")
    #expect(try await found() == [])
  }

  @Test func addressesAreTheSameHoweverTheyAreWritten() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "/urls.txt",
      "/about\r\n/about/index.html\r\n/people/김민수/\r\n/people/%ea%b9%80%EB%AF%BC%EC%88%98\r\n/robots.txt\r\n/old/salt\r\n"
    )
    #expect(
      try await check(workshop).diagnostics.map(\.id) == ["ledger/not-recorded", "ledger/unnamed-person"])
  }

  /// The folder of a column that was renamed is told from pages that are below the new one.
  @Test func aColumnThatWasRenamed() async throws {
    let workshop = try Workshop(smallSite)
    let addresses = [
      "/films/", "/films/2026-w47/", "/films/2026-w47/tide/", "/films/feed.xml", "/films/winners/", "/x/",
    ]
    try workshop.write("/urls.txt", addresses.map { $0 + "\n" }.joined())
    func fixes() async throws -> [String?] {
      try await check(workshop).diagnostics.filter { $0.id == "ledger/gone" }.map(\.fix)
    }
    let rename =
      "if Project of the Day had the folder /films/, add 'formerly: [/films/]' to content/daily/_column.md"
    let found = try await fixes()
    #expect(found == [rename, "bring it back, or add it to the 'aliases' of what took its place"])
    #expect(
      try await check(workshop).diagnostics.first { $0.id == "ledger/gone" }?.message
        == "/films/ and 4 more below /films/ were published, and now nothing is there")
    try workshop.write("daily/_column.md", "---\nname: Project of the Day\nformerly: [/films/]\n---\n")
    #expect(try await fixes().count == 1)
  }

  /// Ids in feeds are made of the first former folder, which has to stay the oldest: what the ledger has below tells.
  @Test(
    arguments: [
      ("/films/, /cinema/", ["/cinema/2026-w47/"], nil),
      ("/cinema/, /films/", ["/cinema/2026-w47/"], "if so, write '/films/' first"),
      // What has as much, or something else, tells nothing.
      ("/cinema/, /films/", [], nil), ("/cinema/, /films/", ["/cinema/2026/", "/films/2026-w47/"], nil),
    ] as [(String, [String], String?)])
  func formerFoldersInTheWrongOrder(formerly: String, more: [String], fix: String?) async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("daily/_column.md", "---\nname: Project of the Day\nformerly: [\(formerly)]\n---\n")
    let both = ["/films/2026-w47/tide/", "/cinema/2026-w47/tide/"]
    try workshop.write("/urls.txt", (both + more).map { $0 + "\n" }.joined())
    let found = try await check(workshop, adding: true)
    #expect(
      found.diagnostics.filter { $0.id == "ledger/former-order" }.map(\.fix) == [fix].compactMap(\.self))
    #expect(found.addedCount > 0)
  }

  /// Where each of two columns has the name that was the other's, their pages tell, and one page that went over doesn't.
  @Test(arguments: [(["t", "u"], true), (["t"], false)])
  func columnsThatSwappedNames(slugs: [String], isTold: Bool) async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n"
        + ">>> a/_column.md\n---\nname: A\nkind: articles\n---\n>>> b/_column.md\n---\nname: B\nkind: articles\n---\n"
        + slugs.map { ">>> b/2026-11-20-\($0).md\n---\ntitle: \($0)\n---\n" }.joined())
    try workshop.write("/urls.txt", "/a/\n/a/feed.xml\n" + slugs.map { "/a/2026/\($0)/\n" }.joined())
    let fixes = try await check(workshop).diagnostics.filter { $0.id == "ledger/gone" }.map { $0.fix ?? "" }
    #expect(
      fixes.map { $0.hasPrefix("if B had the folder /a/, add 'formerly: [/a/]' to content/b/") } == [isTold])
  }

  /// A mistake elsewhere hides nothing of it; what can't be read, or says another address than is meant, may be what is missed.
  @Test(arguments: [
    ("pages/x.md", "---\ntitle: X\n---\n[x](nope.md)\n", "ledger/gone"),
    ("pages/x.md", "---\ntitle: X\naliases: [/con/]\n---\n", "ledger/gone"),
    ("pages/x.md", "---\ntilte: X\n---\n", "ledger/not-compared"),
    ("pages/x.md", "---\ntitle: X\naliases: [gone]\n---\n", "ledger/not-compared"),
    ("pages/x.md", "---\ntitle: X\naliases: [\"https://example.org/gone/\"]\n---\n", "ledger/not-compared"),
    ("x/_column.md", "---\nname: X\npermalink: \"{yaer}/{slug}\"\n---\n", "ledger/not-compared"),
    ("x/_column.md", "---\nname: X\nformerly: [gone]\n---\n", "ledger/not-compared"),
    ("site.yaml", "title: T\nurl: exmple.org\ntheme: plain\n", "ledger/not-compared"),
  ])
  func aSiteWithMistakesIsComparedToo(file: String, text: String, id: String) async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(file, text)
    try workshop.write("/urls.txt", "/gone/\n")
    let found = try await check(workshop, adding: true).diagnostics
    #expect(found.contains { $0.severity == .error && $0.location?.path == "content/\(file)" })
    #expect(found.map(\.id).filter { $0.hasPrefix("ledger/") && $0 != "ledger/not-recorded" } == [id])
    #expect(ledger(workshop) == ["/gone/"])
  }

  /// Lines from before names stood behind them get theirs, where nothing else is said.
  @Test func whosePageItIsIsAdded() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await check(workshop, adding: true)
    let full = try #require(workshop.read("urls.txt"))
    let old = full.replacing(" # page of Ann Shinn", with: "").replacing("# page of 김민수", with: "# ours")
    try workshop.write("/urls.txt", old)
    #expect(try await check(workshop).diagnostics.map(\.id) == ["ledger/unnamed-person"])
    #expect(try await check(workshop, adding: true).addedCount == 0)
    #expect(workshop.read("urls.txt") == full.replacing("# page of 김민수", with: "# ours"))
  }

  /// Every column has a feed and lists, and what a tag or a person had was no column's.
  @Test func whatAnyColumnHasTellsOfNone() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "/urls.txt",
      "/tags/noir/\n/tags/noir/feed.xml\n/people/tide/\n/x/feed.json\n/x/winners/\n/a/b/2026-w47/tide/\n")
    let fixes = try await check(workshop).diagnostics.filter { $0.id == "ledger/gone" }.map { $0.fix ?? "" }
    #expect(fixes.count == 6)
    #expect(fixes.filter { $0.contains("formerly") } == [])
  }

  /// An address in Latin-1 is no alias, and one of a page with a replacement character is another.
  @Test func whatNoAliasCanSayIsLeftToTheServer() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("pages/x.md", "---\ntitle: X\naliases: [/caf%EF%BF%BD/]\n---\n")
    try workshop.write("/urls.txt", "/caf%EF%BF%BD/\n/caf%E9/\n/x/about%0A/\n")
    let found = try await check(workshop).diagnostics.filter { $0.id != "ledger/not-recorded" }
    #expect(found.map(\.location?.range.lowerBound) == [15, 24])
    for diagnostic in found {
      #expect(diagnostic.id == "ledger/gone")
      #expect(diagnostic.fix == "redirect it in the server's own configuration, and take this line out")
    }
  }

  @Test func nothingIsAddedWhileSomethingIsGone() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", "/gone/\n")
    let report = try await check(workshop, adding: true)
    #expect(report.diagnostics.map(\.id) == ["ledger/gone"])
    #expect(report.addedCount == 0 && ledger(workshop) == ["/gone/"])
    #expect(try await check(workshop).diagnostics.map(\.severity) == [.note, .error])
  }

  /// What a ledger becomes when addresses are added to it.
  @Test(arguments: [
    ("", "/b/\n/d/\n"), ("\u{FEFF}", "\u{FEFF}/b/\n/d/\n"), ("# Ours\n", "# Ours\n/b/\n/d/\n"),
    ("# Ours", "# Ours\n/b/\n/d/\n"), ("/a/\n/c/\n/e/\n", "/a/\n/b/\n/c/\n/d/\n/e/\n"),
    ("/a/\r\n/c/", "/a/\r\n/b/\r\n/c/\r\n/d/\r\n"), ("/a/", "/a/\n/b/\n/d/\n"), ("/e/", "/b/\n/d/\n/e/"),
    // What is said at the top is about the whole, above an address about that one, at the end about nothing.
    (
      "# Ours\n\n/c/ # moved\n# Old\n# ones\n/e/\n# End\n",
      "# Ours\n\n/b/\n/c/ # moved\n/d/\n# Old\n# ones\n/e/\n# End\n"
    ),
    ("# Ours\n/c/\n# End", "# Ours\n/b/\n/c/\n/d/\n# End"),
    ("/a/\n\n# Old\n\n/c/\n", "/a/\n\n# Old\n\n/b/\n/c/\n/d/\n"),
    // Where they are in another order, below them all.
    ("/e/\n# Old\n/a/\n# End", "/e/\n# Old\n/a/\n# End\n/b/\n/d/\n"),
    ("/a/\n/\u{FF}\n", "/a/\n/b/\n/d/\n/\u{FF}\n"),
  ])
  func linesStayWhereTheyAre(old: String, new: String) {
    #expect(String(decoding: Ledger(Array(old.utf8)).bytes(adding: ["/b/", "/d/"]), as: UTF8.self) == new)
  }

  @Test func linesMayHaveCommentsAndBlanks() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "/urls.txt", "\u{FEFF}# Ours\n  /about/ # the team\r\n\t/old/salt/#x\n \n /gone/ # why\n")
    let found = try await check(workshop).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.message) == ["/gone/ was published, and now nothing is there"])
    #expect(found.first?.location?.range == ByteRange(49, 55))
  }

  @Test(
    arguments: [
      ("https://example.org/sub/about/", "write /about/"), ("https://example.org/sub", "write /"),
      (
        "https://example.org/submarine/",
        "take the line out; of this site's own addresses write what follows the host"
      ),
      (
        "http://other.example/x",
        "take the line out; of this site's own addresses write what follows the host"
      ),
      ("about", "begin it with /, or the line with # if it is a comment"),
    ])
  func addressesWithAHostAreNone(line: String, fix: String) async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", line + "\n")
    let found = try await check(workshop, adding: true)
    #expect(found.diagnostics.map(\.id) == ["ledger/not-an-address"] && found.diagnostics.map(\.fix) == [fix])
    #expect(found.addedCount == 0 && ledger(workshop) == [line])
  }

  /// Of a site in a folder of its host, addresses begin at the site.
  @Test func theFolderOfASiteIsNotPartOfItsAddresses() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", "/sub/about/\n/sub/gone/\n")
    let found = try await check(workshop).diagnostics.filter { $0.severity == .error }
    #expect(found.map(\.fix).first == "addresses begin at the site's root: write /about/")
    #expect(found.map(\.fix).last == "bring it back, or add it to the 'aliases' of what took its place")
  }

  @Test func aLedgerThatIsNotThereIsExplained() async throws {
    let workshop = try Workshop(smallSite)
    let report = try await check(workshop)
    #expect(report.diagnostics.map(\.id) == ["ledger/missing"] && report.ledgerCount == nil)
  }

  /// A site that moved all of its pages is told so in time.
  @Test func aThousandAddressesMayBeGone() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("/urls.txt", (0..<5000).map { "/old/\($0)/tide/\n/old/\($0)/tied/\n" }.joined())
    let report = try await check(workshop)
    #expect(report.diagnostics.count { $0.id == "ledger/gone" } == 10_000)
    #expect(report.diagnostics.count { $0.fix?.hasPrefix("add 'aliases") == true } == 5050)
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
