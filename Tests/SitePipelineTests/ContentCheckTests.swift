import CivilTime
import Columns
import SourceText
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// What `sitegen check` finds in texts, pictures and links besides what a build does.
@Suite struct ContentCheckTests {
  /// The ids and places of what is found in `files` at noon of 23 November 2026.
  private func check(_ files: String, is expected: [String], _ place: SourceLocation = #_sourceLocation)
    async throws
  {
    let text = articlesSite + "\n" + files
    let workshop = try Workshop(text)
    var options = SiteCheck.Options(
      build: Build.Options(
        asOf: .timestamp(try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))), jobs: 2))
    options.build.root = workshop.path
    let report = try await SiteCheck(options).run()
    let found = SiteText(text).lines(report.diagnostics).map { $0.replacing("daily/2026-11-20-", with: "") }
    #expect(found == expected, sourceLocation: place)
    #expect(workshop.tree("output").isEmpty, sourceLocation: place)
  }

  private func piece(_ body: String, _ fields: String = "tags: [x]", name: String = "2026-11-20-a") -> String
  {
    ">>> daily/\(name).md\n---\ntitle: A\n\(fields)\n---\n\(body)\n"
  }

  @Test func images() async throws {
    let still = ">>> daily/x.jpg\n"
    try await check(piece("![](x.jpg)") + still, is: ["a.md:5:5 markdown/image-without-words"])
    try await check(piece("![ ](x.jpg)") + still, is: ["a.md:5:6 markdown/image-without-words"])
    try await check(piece("![A ferry](x.jpg)") + still, is: [])
    try await check(piece("<img src=\"x.jpg\">") + still, is: ["a.md:5:11 markdown/image-without-words"])
    try await check(piece("<img src=\"x.jpg\" alt=\"\">") + still, is: [])
    try await check(piece("", "images: [{src: x.jpg}]") + still, is: ["a.md:3:10 field/missing"])
  }

  @Test func headings() async throws {
    try await check(piece("## B\n\n### C\n\n## D"), is: [])
    try await check(piece("# B\n\n## C"), is: [])
    try await check(piece("### B"), is: ["a.md:5:1 markdown/skipped-heading"])
    try await check(piece("## B\n\n#### C\n\n#### D"), is: ["a.md:7:1 markdown/skipped-heading"])
    try await check(
      ">>> pages/p.md\n---\ntitle: P\n---\n### B\n", is: ["pages/p.md:4:1 markdown/skipped-heading"])
    // Where a biography or a note begins is the theme's to say.
    try await check(
      piece("", "authors: [P]") + ">>> people/p.md\n---\nname: P\n---\n### B\n\n##### C\n",
      is: ["people/p.md:6:1 markdown/skipped-heading"])
  }

  @Test(arguments: [
    ("The campaign is live until Friday.", true), ("Their Kickstarter ends on 20 November.", true),
    ("She is raising 9,000 to finish; there are *three\ndays left* for backers.", true),
    ("You can still [back them](https://fund.example/) with a pledge.", true),
    ("Seed Fund: it’s still open.", true),
    ("The campaign ended in May.", false), ("The campaign was live for a month.", false),
    ("The campaign is no longer live.", false), ("The election campaign of 1911 is the subject.", false),
    ("The scene is live. The campaign reached its goal.", false),
    ("[See it](https://fund.example/campaign-is-live)", false),
  ])
  func campaignsThatReadAsLive(sentence: String, isFound: Bool) async throws {
    func campaign(_ deadline: String) -> String {
      "campaign: {url: \"https://fund.example/\", platform: Seed Fund, deadline: \(deadline), goal: 1, pledged: 1}"
    }
    try await check(
      piece("A film.\n\n\(sentence)", campaign("2026-11-20")),
      is: isFound ? ["a.md:7:1 campaign/reads-as-live"] : [])
    try await check(piece(sentence, campaign("2026-11-23")), is: [])
  }

  /// The rule is of English words.
  @Test func campaignsInOtherLanguages() async throws {
    let text = piece(
      "The campaign is live.", "campaign: {url: \"https://fund.example/\", deadline: 2026-11-20}")
    try await check(text, is: ["a.md:5:1 campaign/reads-as-live"])
    let german = articlesSite.replacing("title: T", with: "title: T\nlanguage: de") + "\n" + text
    let workshop = try Workshop(german)
    var options = SiteCheck.Options(
      build: Build.Options(asOf: .timestamp(Timestamp(seconds: 1_796_000_000)), jobs: 1))
    options.build.root = workshop.path
    #expect(try await SiteCheck(options).run().diagnostics.allSatisfy { $0.id != "campaign/reads-as-live" })
  }

  @Test(arguments: [
    "![B](x.jpg)", "[B](x.jpg)", "[B](/daily/x.jpg?v=1)",
    "<video poster=\"x.jpg\"></video>",
    "<img srcset=\"x.jpg 2x\" src=\"https://example.net/y.jpg\" alt=\"\">", "![B](%78.jpg)",
  ])
  func mediaThatAreUsed(body: String) async throws {
    try await check(piece(body) + ">>> daily/x.jpg\n", is: [])
  }

  @Test func unusedMedia() async throws {
    let unused = ["daily/x.jpg:1:1 content/unused-file"]
    try await check(">>> daily/x.jpg\n", is: unused)
    try await check(piece("x.jpgx or ax.jpg, other/x.jpg") + ">>> daily/x.jpg\n", is: unused)
    // Fields that anybody may name files in, drafts, and files of a piece's own folder.
    try await check(piece("", "extra: {sheet: x.jpg}") + ">>> daily/x.jpg\n", is: [])
    try await check(piece("![B](x.jpg)", "draft: true") + ">>> daily/x.jpg\n", is: [])
    try await check(
      piece("", "images: [{src: x.jpg, alt: B}]", name: "2026-11-20-b/index")
        + ">>> daily/2026-11-20-b/x.jpg\n", is: [])
    try await check(
      piece("", name: "2026-11-20-b/index") + ">>> daily/2026-11-20-b/x.jpg\n",
      is: ["b/x.jpg:1:1 content/unused-file"])
    try await check(
      piece("", "authors: [P]")
        + ">>> people/p.md\n---\nname: P\nportrait: {src: x.jpg, alt: P}\n---\n>>> people/x.jpg\n", is: [])
    // Others know these by their names, or are told them by scripts.
    try await check(
      ">>> humans.txt\n>>> favicon.ico\n>>> .well-known/x\n>>> game/index.html\n<script src='g.js'></script>\n>>> game/g.js\nload('x.dat')\n>>> game/x.dat\n",
      is: [])
  }

  @Test func documentsInABuild() async throws {
    func check(_ text: String, is findings: [String]) async throws {
      let workshop = try Workshop(articlesSite + "\n" + text)
      let report = try await build(workshop)
      #expect(report.isPublished)
      #expect(
        report.diagnostics.filter { $0.id == "content/unused-file" }.map { $0.location?.path } == findings)
    }
    try await check(
      ">>> daily/answers 1.csv\n>>> daily/Letter.DOCX\n>>> daily/x.jpg\n",
      is: ["content/daily/Letter.DOCX", "content/daily/answers 1.csv"])
    try await check(piece("[b](<answers 1.csv>)") + ">>> daily/answers 1.csv\n", is: [])
    try await check(piece("", "extra: {sheet: a.csv}") + ">>> daily/a.csv\n", is: [])
  }

  @Test func whatProgramsLeaveBehind() async throws {
    let workshop = try Workshop(articlesSite)
    func tree() async throws -> Set<String> {
      #expect(try await build(workshop).isPublished)
      return Set(workshop.tree().keys.filter { !$0.hasPrefix(".sitegen/") })
    }
    let former = try await tree()
    for name in [
      "~$Letter.docx", "Thumbs.db", "DESKTOP.INI", "a.md.bak", "#a.md#", "a.md.orig", "x.jpg.part",
      ".DS_Store", "a.md~",
    ] {
      try workshop.write("daily/" + name, "x")
    }
    try workshop.write("daily/x.bak/y.jpg", "x")
    let added = try await tree().subtracting(former)
    #expect(added == ["daily/x.bak/y.jpg"])
  }

  @Test func anchorsOfPagesByTheirAddresses() async throws {
    let target = piece("## Here\n\n<a id=\"there\">x</a>", name: "2026-11-19-b")
    for link in ["/daily/2026-w47/b/#here", "../b/#there", "/daily/2026-w47/b/#top", "/daily/2026-w47/b/"] {
      try await check(piece("[c](\(link))") + target, is: [])
    }
    try await check(piece("[c](/daily/2026-w47/b/#nowhere)") + target, is: ["a.md:5:5 link/missing-anchor"])
    try await check(piece("[c](../b/#nowhere)") + target, is: ["a.md:5:5 link/missing-anchor"])
    try await check(
      ">>> pages/p.md\n---\ntitle: P\n---\n[c](/daily/#nowhere) [d](/p/#e)\n\n## E\n",
      is: ["pages/p.md:4:5 link/missing-anchor"])
    let own = "https://example.org/daily/2026-w47/b/"
    try await check(piece("[c](\(own)#here) [d](\(own)#top)") + target, is: [])
    try await check(piece("[c](\(own)#nowhere)") + target, is: ["a.md:5:5 link/missing-anchor"])
  }

  /// Themes have places for themselves, and names that aren't any.
  @Test(arguments: [
    ("/daily/2026-w47/b/#generator", "it has #here #there"),
    ("/daily/2026-w47/b/#heer", "did you mean 'here'?"),
    ("/search/#x", "it has no headings"),
  ])
  func placesThatAreSuggested(link: String, fix: String) async throws {
    let target = piece("## Here\n\n<a name=\"there\" id=\"there\">x</a>", name: "2026-11-19-b")
    let workshop = try Workshop(articlesSite + "\n" + piece("[c](\(link))") + target)
    var options = SiteCheck.Options(
      build: Build.Options(asOf: .timestamp(Timestamp(seconds: 1_796_000_000)), jobs: 1))
    options.build.root = workshop.path
    let found = try await SiteCheck(options).run().diagnostics.filter { $0.id == "link/missing-anchor" }
    #expect(found.map(\.fix) == [fix])
  }

  /// What a build finds already is found here: these are in the list of what check promises.
  @Test func whatABuildFinds() async throws {
    try await check(
      ">>> daily/2026-11-20-b.comments.yaml\n- body: Hi\n", is: ["b.comments.yaml:1:1 comments/orphan"])
    try await check(
      piece("", "logline: \(String(repeating: "x", count: 141))"), is: ["a.md:3:10 write-up/long-logline"])
    // A page where a feed goes, and one where another page goes.
    try await check(piece("", "aliases: [/daily/feed.xml]"), is: ["a.md:3:11 plan/same-address"])
    try await check(
      piece("", "slug: b") + piece("", "slug: b", name: "2026-11-20-c"),
      is: ["c.md:2:1 write-up/copy", "c.md:3:7 plan/same-address"])
  }

  // MARK: - Fixes

  /// What `fixing` makes of one file: its text, and what is reported of it then.
  private func fix(
    _ text: String, at path: String = "daily/2026-11-20-a.md", _ fixing: SiteCheck.Fixing = .written
  ) async throws -> (text: String?, fixed: [FixedFile]) {
    let workshop = try Workshop(articlesSite)
    try workshop.write(path, text)
    var options = SiteCheck.Options(
      build: Build.Options(
        asOf: .timestamp(try #require(Timestamp(rfc3339: "2026-11-23T12:00:00Z"))), jobs: 2))
    options.build.root = workshop.path
    options.fixing = fixing
    let before = workshop.tree("content")
    let report = try await SiteCheck(options).run()
    let after = workshop.tree("content")
    #expect(differences(before, after, leavingOut: [path]) == [])
    if fixing != .written { #expect(before == after) }
    return (after[path], report.fixed)
  }

  @Test(arguments: [
    ("titel: A", "title: A"), ("title: A\nrunime: 90", "title: A\nruntime: 90"),
    ("title: A\nstatus: prodcution", "title: A\nstatus: production"),
    ("title: A\nstatus: Production # since May", "title: A\nstatus: production # since May"),
    ("title: A\ndraft: yes", "title: A\ndraft: true"), ("title: A\ndraft: \"no\"", "title: A\ndraft: false"),
    ("title: A\nruntime: 1,090", "title: A\nruntime: 1090"),
    ("title: A\nupdated: 20.11.2026", "title: A\nupdated: 2026-11-20"),
    ("title: A\nexpires: 2026/12/24", "title: A\nexpires: 2026-12-24"),
    ("titel: A\r\nstatus: prodcution\r", "title: A\r\nstatus: production\r"),
  ])
  func fields(before: String, after: String) async throws {
    let result = try await fix("---\n\(before)\n---\nText.\n")
    #expect(result.text == "---\n\(after)\n---\nText.\n")
    #expect(result.fixed.map(\.outcome) == [.written])
    let shown = try await fix("---\n\(before)\n---\nText.\n", .shown)
    #expect(
      shown.fixed.map { String(decoding: $0.after, as: UTF8.self) } == [result.text]
        && shown.fixed[0].outcome == .shown)
  }

  /// Where something else could be meant, nothing is written.
  @Test(arguments: [
    "title: A\nabc: 1", "title: A\nruntme_x: 90", "title: A\nupdated: 11/12/2026",
    "title: A\nupdated: 20 or 21 November 2026",
    "title: A\nruntime: 90 min", "title: A\nruntime: 8/10", "title: A\ndraft: 1",
    "title: A\nstatus: finished",
  ])
  func fieldsThatAreLeft(before: String) async throws {
    let result = try await fix("---\n\(before)\n---\nText.\n")
    #expect(result.text == "---\n\(before)\n---\nText.\n" && result.fixed.isEmpty)
  }

  @Test func otherPlaces() async throws {
    #expect(
      try await fix("---\ntitle: A\n---\n[b](www.example.org/x) [c]( <www.example.org> )\n").text
        == "---\ntitle: A\n---\n[b](https://www.example.org/x) [c]( <https://www.example.org> )\n")
    #expect(try await fix("----\ntitle: A\n---\n").text == "---\ntitle: A\n---\n")
    let comments = "- {author: Ann, body: Hi}\n- {author: Bo, body: Ho, reply_to: 1}\n"
    let workshop = try Workshop(articlesSite + "\n" + piece(""))
    try workshop.write("daily/2026-11-20-a.comments.yaml", comments)
    var options = SiteCheck.Options(
      build: Build.Options(asOf: .timestamp(Timestamp(seconds: 1_796_000_000)), jobs: 1))
    options.build.root = workshop.path
    options.fixing = .written
    let report = try await SiteCheck(options).run()
    let mended = try #require(workshop.read("content/daily/2026-11-20-a.comments.yaml"))
    #expect(
      mended != comments
        && mended.hasPrefix("- {author: Ann, body: Hi}\n- {author: Bo, body: Ho, reply_to: \""), "\(mended)")
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics)")
  }

  private func edit(_ text: String, _ edits: [(Range<Int>, String)]) -> FileEdit {
    FileEdit(
      Array(text.utf8), at: ContentPath("daily/a.md"),
      edits.map { range, replacement in
        .error(
          "a/b", "c", at: nil,
          edit: Diagnostic.Edit(ByteRange(range.lowerBound, range.upperBound), replacement))
      })
  }

  @Test func changesNeverOverlap() {
    func check(_ edits: [(Range<Int>, String)], gives text: String) {
      #expect(String(decoding: edit("abcdef\ngh", edits).after, as: UTF8.self) == text)
    }
    check([], gives: "abcdef\ngh")
    check([(4..<5, "X"), (0..<2, "Y")], gives: "YcdXf\ngh")
    check([(0..<3, "X"), (2..<4, "Y")], gives: "Xdef\ngh")
    check([(0..<3, "X"), (0..<3, "Y")], gives: "Xdef\ngh")
    check([(2..<2, "X"), (2..<2, "Y")], gives: "abXcdef\ngh")
    check([(0..<2, "X"), (2..<2, "Y")], gives: "Xcdef\ngh")
    // Lines stay where they are, and nothing is written behind the end.
    check([(0..<1, "X\n"), (5..<8, "X"), (8..<10, "X"), (20..<30, "X")], gives: "abcdef\ngh")
    check([(0..<1, "a")], gives: "abcdef\ngh")
  }

  @Test func aFileThatWouldReadWorseIsRefused() {
    let text = "---\ntitle: A\nstatus: x\n---\n"
    #expect(edit(text, [(20..<21, "production")]).problem(smartPunctuation: true) == nil)
    #expect(edit(text, [(4..<9, "titel")]).problem(smartPunctuation: true)?.id == "fix/worse")
    // Mistakes that couldn't be seen before aren't the change's.
    let dashes = "----\ntitle: A\nstatus: x\nformat: y\n----\n"
    #expect(edit(dashes, [(0..<4, "---"), (34..<38, "---")]).problem(smartPunctuation: true) == nil)
    #expect(edit(dashes, [(0..<4, "-----")]).problem(smartPunctuation: true) == nil)
    let credit = "---\ntitle: A\ndate: 2026-11-20\ncredits: [{role: a, name: Bo}]\n---\n"
    let name = credit.utf8.count - "Bo}]\n---\n".utf8.count
    #expect(edit(credit, [(name..<name + 2, "Null")]).problem(smartPunctuation: true)?.id == "fix/worse")
  }

  // MARK: - Links to other hosts

  @Test(
    arguments: [
      ("https://Example.org", "https://example.org/"),
      ("http://example.org:80/a?b#c", "http://example.org/a?b"),
      ("https://example.org:8443/ä b", "https://example.org:8443/%C3%A4%20b"),
      ("//example.org/x", "https://example.org/x"),
      ("http://[::1]:81/", "http://[::1]:81/"), ("https://example.org?q", "https://example.org/?q"),
      ("ftp://example.org/", nil), ("https://user@example.org/", nil), ("https:///x", nil),
      ("mailto:a@b", nil),
      ("https://example.org:99999/", nil), ("https://a\\b/", nil),
    ] as [(String, String?)])
  func addresses(text: String, request: String?) { #expect(WebAddress(text)?.request == request) }

  @Test(
    arguments: [
      ("/x", "https://a.example/x"), ("x", "https://a.example/b/x"), ("../x", "https://a.example/x"),
      ("./x", "https://a.example/b/x"),
      ("../../x", "https://a.example/x"), ("?y", "https://a.example/b/c?y"),
      ("//b.example/", "https://b.example/"),
      ("http://b.example/z", "http://b.example/z"), ("javascript:alert(1)", nil), ("ftp://b.example/", nil),
      ("/é a", "https://a.example/%C3%A9%20a"),
      ("/new\u{2028}http://c.example/", "https://a.example/new%E2%80%A8http://c.example/"),
      ("/a\tb", nil), ("/a\u{B}b", nil), ("/a\u{7F}", nil), ("/a\rb", nil), ("/\u{FFFD}", nil),
      ("http://é.example/", nil),
      ("//é.example/", nil), ("http://b example/", nil),
    ] as [(String, String?)])
  func redirects(location: String, target: String?) {
    #expect(WebAddress("https://a.example/b/c?d")?.resolving(location) == target)
  }

  @Test func answersOfHTTP() {
    func check(
      _ text: String, _ status: Int?, _ location: String? = nil, after: HTTPResponse.RetryAfter? = nil
    ) {
      let response = HTTPResponse(Array(text.utf8))
      #expect(
        response?.status == status && response?.location == location && response?.retryAfter == after,
        "\(text)")
    }
    check("HTTP/1.1 200 OK\r\n\r\n", 200)
    check("HTTP/2 301 \r\nlocation:  /x \t\r\nLocation: /y\r\n\r\n", 301, "/x")
    check("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n", 404)
    check("HTTP/1.1 429 x\r\nRetry-After: 120\r\n\r\n", 429, after: .seconds(120))
    check(
      "HTTP/1.1 503 x\r\nRetry-After: Wed, 21 Oct 2026 07:28:00 GMT\r\n\r\n", 503,
      after: Timestamp(rfc3339: "2026-10-21T07:28:00Z").map(HTTPResponse.RetryAfter.moment))
    for text in [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 x\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "SSH-2.0\r\n\r\n",
    ] {
      check(text, nil)
    }
  }

  @Test func privateAddresses() {
    for address: [UInt8] in [
      [127, 0, 0, 1], [10, 1, 2, 3], [192, 168, 0, 1], [172, 16, 0, 1], [169, 254, 169, 254],
      [100, 64, 0, 1], [0, 0, 0, 0], [224, 0, 0, 1],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [0xFD] + [UInt8](repeating: 0, count: 15),
      [0xFE, 0x80] + [UInt8](repeating: 0, count: 14),
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, 1],
      [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1],
    ] { #expect(isPrivateAddress(address), "\(address)") }
    for address: [UInt8] in [
      [93, 184, 216, 34], [172, 32, 0, 1], [100, 128, 0, 1], [0x26, 0x06] + [UInt8](repeating: 1, count: 14),
    ] { #expect(!isPrivateAddress(address), "\(address)") }
  }

  @Test func proxies() throws {
    func check(
      _ address: String, _ variables: [String: String], _ proxy: String?,
      line: SourceLocation = #_sourceLocation
    ) throws {
      let settings = ProxySettings { variables[$0] }
      #expect(settings.proxy(for: try #require(WebAddress(address))) == proxy, sourceLocation: line)
    }
    try check("http://a.example/", [:], nil)
    try check("http://a.example/", ["https_proxy": "p"], nil)
    try check("https://a.example/", ["https_proxy": "p"], "p")
    try check("https://a.example/", ["http_proxy": "p", "HTTPS_PROXY": ""], nil)
    try check("http://a.example/", ["HTTP_PROXY": "p"], nil)
    try check("http://a.example/", ["http_proxy": "", "ALL_PROXY": "p"], "p")
    try check("https://a.example/", ["https_proxy": "p", "HTTPS_PROXY": "q", "all_proxy": "r"], "p")
    let direct = [
      "*", "a.example", "x, .A.example.", "example b.example", "10.0.0.0/8,127.0.0.1,[::1]",
    ]
    for (list, address) in zip(
      direct,
      ["http://x/", "http://a.example/", "http://b.a.example/", "http://a.example/", "http://10.9.9.9/"])
    {
      try check(address, ["http_proxy": "p", "no_proxy": list], nil)
    }
    try check("http://[::1]/", ["http_proxy": "p", "NO_PROXY": direct[4]], nil)
    for address in [
      "http://aa.example/", "http://11.0.0.1/", "http://127.0.0.2/", "http://10.0.0.0.example/",
    ] {
      try check(address, ["http_proxy": "p", "no_proxy": "a.example,10.0.0.0/8,127.0.0.1"], "p")
    }
  }

  @Test func placesOfAddresses() {
    func count(_ text: String) -> Int { occurrences(of: "https://a.example/b", in: Array(text.utf8)).count }
    for text in [
      "https://a.example/b", "(https://a.example/b)", "see https://a.example/b.",
      "{url: https://a.example/b, x: y}",
    ] {
      #expect(count(text) == 1, "\(text)")
    }
    for text in [
      "https://a.example/bc", "https://a.example/b/", "https://a.example/b.html", "xhttps://a.example/b",
      "https://a.example/b?c",
    ] {
      #expect(count(text) == 0, "\(text)")
    }
    #expect(count("https://a.example/b https://a.example/b\nhttps://a.example/b2") == 2)
  }

  @Test func theLedgerOfLinks() throws {
    let day = try #require(Timestamp(rfc3339: "2026-11-20T12:00:00Z"))
    var ledger = LinkLedger()
    let answers: [LinkAnswer] = [
      .alive(200), .moved("https://b.example/", isSure: true), .moved("https://c.example/", isSure: false),
      .dead("no such host"),
      .unreachable("it takes too long"), .later(Timestamp(seconds: day.seconds + 60)), .isPrivate,
    ]
    for (number, answer) in answers.enumerated() {
      ledger.note(answer, of: "https://a.example/\(number)", at: day)
    }
    let read = LinkLedger(ledger.bytes)
    #expect(read.entries == ledger.entries && read.bytes == ledger.bytes)
    func asksAgain(after seconds: Int64) -> [Int] {
      answers.indices.filter {
        read.answer(of: "https://a.example/\($0)", at: Timestamp(seconds: day.seconds + seconds)) == nil
      }
    }
    #expect(asksAgain(after: 0) == [3, 4, 6] && asksAgain(after: 60) == [3, 4, 5, 6])
    #expect(asksAgain(after: 7 * 86_400 - 1) == [3, 4, 5, 6] && asksAgain(after: 7 * 86_400) == Array(0...6))
    // An answer from days to come is none.
    #expect(asksAgain(after: -1).contains(0))
    ledger.note(.dead("404"), of: "https://a.example/0", at: Timestamp(seconds: day.seconds + 60))
    #expect(ledger.entries["https://a.example/0"]?.lastAlive == day)
    // Nothing that a host answers, or stands in an address, makes a line of its own.
    for end in ["\u{2028}", "\u{85}", "\u{B}", "\r", "\n"] {
      let line = "\(end)https://d.example/\t-\t2026-11-20T12:00:00Z\tmoved https://e.example/"
      var hostile = LinkLedger()
      hostile.note(.moved("https://b.example/" + line, isSure: true), of: "https://a.example/", at: day)
      hostile.note(.alive(200), of: "https://a.example/" + line, at: day)
      #expect(LinkLedger(hostile.bytes).entries["https://d.example/"] == nil)
      let read = LinkLedger(Array("x\(line)\n".utf8)).entries["https://d.example/"]
      #expect((read != nil) == (end == "\n"), "\(line)")
    }
    #expect(
      LinkLedger(Array("x\ty\tz\n# c\nhttps://a.example/\t-\t2026-11-20T12:00:00Z\tnonsense\n".utf8)).entries
        .isEmpty)
  }
}
