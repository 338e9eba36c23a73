import Columns
import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

@Suite struct BuildTests {
  @Test func everyKindOfPageIsThere() async throws {
    let workshop = try Workshop(smallSite)
    let report = try await build(workshop)
    #expect(report.diagnostics.isEmpty)
    let files = Set(workshop.tree().keys)
    for file in [
      "index.html", "404.html", "daily/index.html", "daily/weeks/index.html", "daily/a-z/index.html",
      "daily/2026-w47/index.html", "daily/2026-w47/salt-road/index.html", "daily/2026/index.html",
      "daily/2026/11/index.html", "people/index.html", "people/ann-shinn/index.html", "people/김민수/index.html",
      "tags/index.html", "tags/desert/index.html", "formats/short/index.html", "status/released/index.html",
      "about/index.html", "old/salt/index.html", "feed.xml", "atom.xml", "feed.json", "daily/feed.xml",
      "tags/desert/atom.xml", "sitemap.xml", "robots.txt", "_redirects", ".nojekyll", ".sitegen/manifest",
    ] {
      #expect(files.contains(file), "\(file) is missing")
    }
  }

  @Test func linksInMarkdownLeadToPages() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let page = try #require(workshop.read("output/daily/2026-w47/salt-road/index.html"))
    #expect(page.contains("href=\"../../../daily/2026-w47/tide/#about\""))
    #expect(page.contains("href=\"../../../about/\""))
    let feed = try #require(workshop.read("output/feed.json"))
    #expect(feed.contains("https://example.org/sub/daily/2026-w47/tide/#about"))
  }

  @Test func fileLinksNameIndexHTML() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop) { $0.links = .file }
    let page = try #require(workshop.read("output/daily/2026-w47/salt-road/index.html"))
    #expect(page.contains("href=\"../../../daily/2026-w47/tide/index.html#about\""))
    #expect(
      page.contains("<link rel=\"canonical\" href=\"https://example.org/sub/daily/2026-w47/salt-road/\">"))
  }

  @Test func aSecondBuildWritesNothing() async throws {
    let workshop = try Workshop(smallSite)
    let first = try await build(workshop)
    // Without its stamp it looks at each file by itself.
    try workshop.remove("/output/.sitegen/stamp")
    let second = try await build(workshop)
    #expect(first.unchangedCount == 0)
    #expect(second.writtenCount == 0)
    #expect(second.unchangedCount == first.writtenCount)
  }

  @Test func anErrorLeavesTheOutputAsItWas() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let before = workshop.tree()
    try workshop.write("daily/w47/tide.md", "---\ntitle: Tide\nsatus: production\n---\n")
    let report = try await build(workshop)
    #expect(!report.isPublished)
    #expect(differences(workshop.tree(), before) == [])
  }

  @Test func anEditedArchiveEqualsAFreshOne() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    try workshop.remove("daily/w47/salt-road.md")
    try workshop.remove("daily/w47/_week.md")
    try workshop.write(
      "daily/w47/new/index.md",
      "---\ntitle: New\ndate: 2026-11-18\nformat: short\nlogline: L\nstatus: festival\ncredits: [{role: Editor, name: A B}]\n---\n"
    )
    let report = try await build(workshop)
    #expect(report.removedCount > 0)
    _ = try await build(workshop, output: "fresh")
    #expect(differences(workshop.tree(), workshop.tree("fresh")) == [])
  }

  @Test func theSameInputGivesTheSameBytes() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop, jobs: 1, output: "one")
    _ = try await build(workshop, jobs: 2, output: "two")
    _ = try await build(workshop, jobs: 8, output: "eight")
    #expect(differences(workshop.tree("one"), workshop.tree("two")) == [])
    #expect(differences(workshop.tree("one"), workshop.tree("eight")) == [])
    let elsewhere = try Workshop(smallSite)
    _ = try await build(elsewhere)
    #expect(differences(workshop.tree("one"), elsewhere.tree()) == [])
  }

  @Test func anotherThemeCanBeTried() async throws {
    let workshop = try Workshop(
      smallSite.replacing("theme: plain", with: "theme: marquee\noptions: {accent: daylight}"))
    #expect(try await build(workshop).isPublished)
    #expect(try await build(workshop) { $0.theme = "plain" }.isPublished)
    try workshop.write(
      "site.yaml", "title: T\nurl: https://example.org/\ntheme: plain\noptions: {accent: daylight}\n")
    #expect(try await build(workshop).diagnostics.map(\.id).contains("theme/unknown-option"))
  }

  @Test func freeFieldsMeanWhatYAMLSays() async throws {
    let workshop = try Workshop(smallSite.replacing("theme: plain", with: "theme: own"))
    try workshop.write("/themes/own/theme.yaml", "name: own\ncontract: 1\nextends: plain\n")
    try workshop.write(
      "/themes/own/templates/page.html",
      "{% if free_page.title %}{{ site.latest[0].extra.a | default('-') }} {{ site.latest[0].extra.b | default('-') }}{% endif %}"
    )
    try workshop.write(
      "daily/w47/salt-road.md",
      "---\ntitle: Salt Road\ndate: 2026-11-20\nformat: short\nlogline: L\nstatus: production\n"
        + "credits: [{role: Editor, name: A B}]\nextra: {a: 0x1F, b: '0x1F'}\n---\n")
    let report = try await build(workshop)
    #expect(report.diagnostics.filter { $0.severity == .error && !$0.id.hasPrefix("ballot/") } == [])
    #expect(workshop.read("output/about/index.html") == "31 0x1F")
  }

  @Test func strictMakesWarningsErrors() async throws {
    let workshop = try Workshop(smallSite.replacing("url: https://example.org/sub/\n", with: ""))
    #expect(try await build(workshop).isPublished)
    #expect(try await !build(workshop) { $0.isStrict = true }.isPublished)
  }

  @Test func theSmallestSiteNeedsNoThemesFolder() async throws {
    let workshop = try Workshop(
      """
      >>> site.yaml
      title: Smallest
      >>> daily/_column.md
      ---
      name: Daily
      ---
      >>> daily/2026-11-20-salt-road.md
      ---
      title: Salt Road
      format: short
      logline: One line.
      status: production
      credits: [{role: Director, name: Ann Shinn}]
      ---
      """)
    let report = try await build(workshop)
    #expect(report.isPublished)
    #expect(report.diagnostics.map(\.id) == ["site/missing-url"])
    #expect(workshop.tree()["daily/2026-w47/salt-road/index.html"]?.contains("Salt Road") == true)
  }
}

@Suite struct FindingTests {
  @Test(arguments: [
    ("See [x](nowhere.md).", "daily/x.md:4:9 link/missing-file"),
    ("See [x](w47/tide.md#abuot).", "daily/x.md:4:9 link/missing-anchor"),
    ("See [x](#here).", "daily/x.md:4:9 link/missing-anchor"),
    ("See [x](/no/such/page/).", "daily/x.md:4:9 link/missing-target"),
    ("See [x](../../../etc/passwd).", "daily/x.md:4:9 link/outside"),
    ("See [x](www.example.org).", "daily/x.md:4:9 link/no-scheme"),
    ("See [x](WWW.example.org/a.md).", "daily/x.md:4:9 link/no-scheme"),
    ("See [x](ann@example.org).", "daily/x.md:4:9 link/no-scheme"),
    ("See [x](https//example.org).", "daily/x.md:4:9 link/no-scheme"),
    ("See [x](example.org).", "daily/x.md:4:9 link/missing-target"),
    ("See [x](http//:example.org).", "daily/x.md:4:9 link/no-scheme"),
    ("See [x](w47/ti\u{200B}de.md).", "daily/x.md:4:9 link/invisible-character"),
    ("See [x](/w47\u{AD}/).", "daily/x.md:4:9 link/invisible-character"),
    ("![x](\u{FEFF}still.jpg)", "daily/x.md:4:6 link/invisible-character"),
    ("See [x](k/www.example).", "daily/x.md:4:9 link/missing-target"),
    ("![x](still.jpg)", "daily/x.md:4:6 link/missing-image"),
    ("![x](www.example.org/a.jpg)", "daily/x.md:4:6 link/missing-image"),
  ])
  func linksThatLeadNowhere(body: String, expected: String) async throws {
    let site = smallSite.replacing(
      "name: Project of the Day", with: "name: Daily\nkind: articles\nweeks: true")
    let file = ">>> daily/x.md\n---\n{title: X, date: 2026-11-18}\n---\n\(body)\n"
    #expect(try await findings(file, in: site).contains(expected))
  }

  /// Feeds and the like are no pages, and readers are sent to them.
  @Test func linksToFilesThatSitegenWrites() async throws {
    let body =
      "[a](/feed.xml) [b](../../feed.xml) [c](/robots.txt) [d](/sitemap.xml) [e](/daily/feed.json) [f](/fed.xml)"
    let file = ">>> daily/w47/x.md\n---\n{title: X, date: 2026-11-18, draft: false}\n---\n\(body)\n"
    let site = smallSite.replacing(
      "name: Project of the Day", with: "name: Daily\nkind: articles\nweeks: true")
    let told = try await findings(file, in: site).filter { $0.contains("link/") }
    #expect(told == ["daily/w47/x.md:4:\(body.count - "[f](/fed.xml)".count + 5) link/missing-target"])
  }

  /// Addresses of the site itself are links of the site, in whatever form they are written.
  @Test(arguments: [
    (
      "[a](https://example.org/sub/daily/2026-w47/tide/?x=1#about)",
      #"<a href="../../../daily/2026-w47/tide/?x=1#about">"#
    ),
    ("[a](HTTP://Example.org/sub/)", #"<a href="../../../">"#),
    ("[a](https://example.org/sub)", #"<a href="../../../">"#),
    (
      "https://example.org/sub/feed.xml", #"<a href="../../../feed.xml">https://example.org/sub/feed.xml</a>"#
    ),
    ("*[b](/about/)* <https://example.org/sub/old/salt/> ~~x~~", #"<a href="../../../old/salt/">"#),
    ("[a](https://example.org/other/)", #"<a href="https://example.org/other/">"#),
    ("[a](https://example.org/subway/)", #"<a href="https://example.org/subway/">"#),
    ("[a](https://www.example.org/sub/x/)", #"<a href="https://www.example.org/sub/x/">"#),
    ("[a](https://example.org:8080/sub/x/)", #"<a href="https://example.org:8080/sub/x/">"#),
  ])
  func addressesOfTheSiteInFull(body: String, html: String) async throws {
    let workshop = try Workshop(smallSite)
    let text = try #require(workshop.read("content/daily/w47/salt-road.md"))
    try workshop.write("daily/w47/salt-road.md", text + "\n" + body + "\n")
    let report = try await build(workshop)
    #expect(report.diagnostics.filter { $0.id.hasPrefix("link/") } == [])
    #expect(workshop.read("output/daily/2026-w47/salt-road/index.html")?.contains(html) == true)
    // A feed has them in full again.
    #expect(workshop.read("output/feed.xml")?.contains("https://example.org/sub/sub") == false)
  }

  @Test func addressesOfTheSiteThatLeadNowhere() async throws {
    let home = "https://example.org/sub/"
    let site = smallSite.replacing(
      "theme: plain",
      with: "theme: plain\nmenu: [{label: A, link: \"\(home)nowhere/\"}, {label: B, link: \"\(home)about/\"}]"
    )
    let fields =
      "format: short, logline: L, status: production, credits: [{role: Editor, name: A B}], images: [{src: \"\(home)y.jpg\", alt: B}]"
    let told = try await findings(
      """
      >>> daily/w47/x.md
      ---
      {title: X, date: 2026-11-18, links: [{rel: website, url: "\(home)no"}], \(fields)}
      ---
      [a](\(home)daily/2026-w47/tied/) ![b](\(home)x.jpg) [c](\(home)a.md)
      """, in: site
    ).filter { $0.contains("link/") }
    #expect(
      told == [
        "daily/w47/x.md:2:58 link/missing-target", "daily/w47/x.md:2:190 link/missing-target",
        "daily/w47/x.md:4:5 link/missing-target", "daily/w47/x.md:4:56 link/missing-target",
        "daily/w47/x.md:4:91 link/missing-file", "site.yaml:4:25 link/missing-target",
      ])
  }

  @Test(arguments: [
    ("", "2026-11-23T12:00:00Z", ["daily/w47/x.md:4:5 link/no-calendar"]),
    ("vote: {closes: 2026-11-22}", "2026-11-23T12:00:00Z", []),
    ("vote: {closes: 2026-11-22}", "2027-11-23T12:00:00Z", ["daily/w47/x.md:4:5 link/no-calendar"]),
  ])
  func linksToTheCalendar(vote: String, asOf: String, expected: [String]) async throws {
    let workshop = try Workshop(
      smallSite.replacing(
        "vote: {closes: 2026-11-22T17:00:00-05:00, results: [{project: salt-road, votes: 3}]}", with: vote
      ).replacing("name: Project of the Day", with: "name: Daily\nkind: articles\nweeks: true"))
    try workshop.write("daily/w47/x.md", "---\n{title: X, date: 2026-11-18}\n---\n[a](/deadlines.ics)\n")
    let report = try await build(workshop, asOf: asOf)
    #expect(report.isPublished)
    let site = SiteText(">>> daily/w47/x.md\n---\n{title: X, date: 2026-11-18}\n---\n[a](/deadlines.ics)\n")
    #expect(site.linesOfLastFiles(report.diagnostics.filter { $0.id.hasPrefix("link/") }) == expected)
    let target = expected.isEmpty ? "../../../deadlines.ics" : "../../../"
    #expect(
      workshop.read("output/daily/2026-w47/x/index.html")?.contains("<a href=\"\(target)\">a</a>") == true)
  }

  @Test(
    arguments: [
      ("www.example.org/a", "https://www.example.org/a"), ("WWW.example.org", "https://WWW.example.org"),
      ("ann@example.org?subject=Hi", "mailto:ann@example.org?subject=Hi"),
      ("http//a.example", "http://a.example"), ("https//:a.example", "https://a.example"),
      ("http;//a.example", "http://a.example"),
      ("example.org", "https://example.org"), ("a.co.uk/b#c", "https://a.co.uk/b#c"), ("notes.pdf", nil),
      ("www.x", nil), ("k/www.example.org", nil), ("tide.md", nil), ("a@b", nil), ("a/ann@example.org", nil),
      ("@example.org", nil), ("a b.org", nil), ("", nil), ("app.js", nil), ("x..org", nil),
    ] as [(String, String?)])
  func addressesWithoutAScheme(destination: String, meant: String?) {
    #expect(MeantAddress(destination)?.full(destination) == meant)
  }

  @Test func oneBrokenWriteUpDoesNotHideTheOthers() async throws {
    let lines = try await findings(
      """
      >>> daily/w47/tide.md
      ---
      title: Tide
      date: 2026-13-01
      format: documentry-feature
      ---
      >>> daily/w47/salt-road.md
      ---
      titel: Salt Road
      date: 2026-11-20
      ---
      """)
    #expect(lines.contains { $0.hasPrefix("daily/w47/tide.md:3:7 ") })
    #expect(lines.contains { $0.hasPrefix("daily/w47/tide.md:4:9 ") })
    #expect(lines.contains { $0.hasPrefix("daily/w47/salt-road.md:2:1 ") })
  }

  @Test func twoSourcesWithOneAddressNameBoth() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "daily/other/tide.md",
      "---\ntitle: Ebb\ndate: 2026-11-18\nformat: short\nlogline: L\nstatus: festival\ncredits: [{role: Editor, name: A B}]\n---\n"
    )
    let clash = try #require(try await build(workshop).diagnostics.first { $0.id == "plan/same-address" })
    #expect(
      [clash.location?.path, clash.notes[0].location?.path].compactMap { $0 }.sorted() == [
        "content/daily/other/tide.md", "content/daily/w47/tide.md",
      ])
  }

  @Test(arguments: [
    "/x%0ACNAME%0Ay/", "/*", "/.git/hooks/x.html", "/feed.xml", "/robots.txt/old/", "/daily/", "/con/",
  ])
  func aliasesThatNoAddressCanHave(alias: String) async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write("pages/x.md", "---\ntitle: X\naliases: ['\(alias)']\n---\n")
    let report = try await build(workshop)
    #expect(!report.isPublished)
    #expect(report.diagnostics.allSatisfy { $0.location?.path == "content/pages/x.md" })
  }

  @Test func theOutputCannotLieInTheContent() async throws {
    let workshop = try Workshop(smallSite)
    for output in ["content/out", "content", "."] {
      #expect(try await build(workshop, output: output).diagnostics.map(\.id) == ["publish/overlap"])
    }
  }

  /// Whoever announces next week's vote links to a file that has no page yet.
  @Test(arguments: ["daily/2026-w48/_week.md", "daily/2026-12/_month.md", "daily/2027/_year.md"])
  func aLinkToAPeriodToComeIsHeldBack(file: String) async throws {
    let workshop = try Workshop(smallSite)
    let period =
      ["week: 2026-W48", "month: 2026-12", "year: 2027"].first { file.contains($0.prefix(4)) } ?? ""
    try workshop.write(file, "---\n\(period)\n---\n")
    try workshop.write("pages/vote.md", "---\ntitle: Vote\n---\nThe [next one](../\(file)).\n")
    let report = try await build(workshop, asOf: "2026-11-22T12:00:00Z")
    #expect(report.isPublished && report.diagnostics.map(\.id) == ["link/held-back"])
    #expect(report.diagnostics[0].message.hasPrefix("'\(period.dropFirst(6).drop { $0 == " " })' appears on"))
  }

  /// Who won and can't be shown, and that nobody did, is said; the sums add up. In both themes.
  @Test(
    arguments: [
      ("results: [{project: tide, votes: 0}]", "", "Nobody won", "0 votes in all<"),
      (
        "results: [{project: tide, votes: 9}, {project: salt-road, votes: 2}], disqualified: [{project: tide}]",
        "",
        ">Salt Road</a>", "2 votes in all, besides 9 for films that can’t win<"
      ),
      (
        "results: [{project: tide, votes: 9}], disqualified: [{project: tide}]", "", "Nobody won",
        "0 votes in all, besides 9 for films that can’t win<"
      ),
      (
        "results: [{project: tide, votes: 2}, {project: salt-road, votes: 1}]", "draft: true",
        "no longer here<",
        "3 votes in all, of these 2 for films that are no longer here<"
      ),
    ], ["plain", "marquee"])
  func aVoteWithoutAWinnerToShow(_ vote: (String, String, String, String), theme: String) async throws {
    let workshop = try Workshop(
      smallSite.replacing("theme: plain", with: "theme: \(theme)").replacing(
        "date: 2026-11-19", with: "date: 2026-11-19\n\(vote.1)"
      )
      .replacing("See [the tide](tide.md#about) and", with: "See")
      .replacing("results: [{project: salt-road, votes: 3}]", with: vote.0))
    let report = try await build(workshop)
    #expect(report.diagnostics.isEmpty)
    let page = try #require(workshop.read("output/daily/2026-w47/index.html"))
    #expect(page.contains(vote.2))
    #expect(page.contains(theme == "plain" ? vote.3.replacing(" votes", with: "") : vote.3))
  }

  /// Were every name of a folder weighed for every link, this would take several minutes.
  @Test(.timeLimit(.minutes(2))) func manyBrokenLinksAreFoundInNoTime() async throws {
    let workshop = try Workshop(
      smallSite.replacing("name: Project of the Day", with: "name: Daily\nkind: articles"))
    for number in 0..<4000 {
      try workshop.write(
        "daily/x/\(number).md", "---\n{title: T\(number), date: 2026-11-18}\n---\n[x](gone-\(number).md)\n")
    }
    let report = try await build(workshop)
    #expect(report.diagnostics.count { $0.id == "link/missing-file" } == 4000)
  }

  @Test func picturesBesideAPieceFollowIt() async throws {
    let workshop = try Workshop(smallSite)
    try workshop.write(
      "daily/café/index.md",
      "---\ntitle: Café\ndate: 2026-11-18\nformat: short\nlogline: L\nstatus: festival\ncredits: [{role: Editor, name: A B}]\n---\n![s](still.svg)\n"
    )
    try workshop.write(
      "daily/café/still.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='30' height='20'/>")
    #expect(try await build(workshop).diagnostics.isEmpty)
    #expect(workshop.read("output/daily/2026-w47/cafe/still.svg") != nil)
    #expect(
      workshop.read("output/daily/2026-w47/cafe/index.html")?.contains("width=\"30\" height=\"20\"") == true)
  }

  @Test func addressesThatDifferByCaseClash() async throws {
    let lines = try await findings(
      ">>> pages/More.md\n---\ntitle: More\n---\n>>> pages/more.md\n---\ntitle: More\n---\n")
    #expect(lines.contains { $0.hasSuffix("plan/same-address") })
  }

  @Test(arguments: ["../../etc", "..", "a/b", ".hidden", "con", "a\\b"])
  func slugsThatNoAddressCanHave(slug: String) async throws {
    let lines = try await findings(">>> pages/x.md\n---\ntitle: X\nslug: '\(slug)'\n---\n")
    #expect(lines.contains { $0.hasPrefix("pages/x.md:3:7 ") })
  }

  @Test func linksThatLeaveContentAreReported() async throws {
    let workshop = try Workshop(smallSite)
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/content/secret.jpg", withDestinationPath: "/etc/hostname")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/content/loop", withDestinationPath: ".")
    let ids = try await build(workshop).diagnostics.map(\.id)
    #expect(ids.contains("content/escaping-link"))
    #expect(ids.contains("content/linked-folder"))
  }
}
