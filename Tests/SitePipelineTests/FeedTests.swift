import Foundation
import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// What a JSON feed says of its entries.
struct ReadFeed: Decodable {
  struct Item: Decodable {
    struct Author: Decodable {
      var name: String
      var url: String?
    }
    var id: String
    var url: String
    var title: String
    var content_html: String
    var date_published: String
    var authors: [Author]?
  }
  var title: String
  var home_page_url: String
  var items: [Item]

  init?(_ workshop: Workshop, _ file: String) throws {
    guard let text = workshop.read("output/" + file) else { return nil }
    self = try JSONDecoder().decode(ReadFeed.self, from: Data(text.utf8))
  }
}

/// Each tag has feeds, whose entries name tags: with a thousand of them, a bound keeps that from being a million.
@Suite struct ManyTagTests {
  @Test func entriesNameAFewTags() async throws {
    let tags = (0..<60).map { "t\($0)" }.joined(separator: ", ")
    let workshop = try Workshop(
      articlesSite + "\n>>> daily/2026-11-20-much.md\n---\ntitle: Much\ntags: [\(tags)]\n---\n")
    let report = try await build(workshop)
    #expect(report.isPublished && report.diagnostics.map(\.id) == ["write-up/many-tags"])
    for file in ["atom.xml", "tags/t59/atom.xml"] {
      let feed = workshop.read("output/" + file) ?? ""
      #expect(feed.contains("term=\"t39\"") && !feed.contains("term=\"t40\""))
    }
  }
}

private let threads = """
  >>> daily/w47/tide.comments.yaml
  - id: first/é
    author: Bo "B" <Reyes>
    url: https://bo.example/?a=1&b=2
    date: 2026-11-20T10:00:00-05:00
    body: "Wet. <script>alert(1)</script> [More](/pages/about.md)"
  - date: 2026-11-21
    reply_to: first/é
    body: Very.
  - body: No day.
  >>> daily/w47/salt-road.comments.yaml
  - {date: 2026-11-20T18:00:00Z, body: Dry.}
  """

@Suite struct CommentFeedTests {
  /// Feed readers know entries by their ids.
  @Test func takingACommentAwayMovesNoID() async throws {
    let workshop = try Workshop(smallSite)
    let comments = ["Spam", "I loved it", "I hated it"].map { "- {date: 2026-11-20, body: \($0)}\n" }
    func ids() async throws -> [String: String] {
      #expect(try await build(workshop).isPublished)
      let items = try #require(try ReadFeed(workshop, "comments/feed.json")).items
      return Dictionary(uniqueKeysWithValues: items.map { ($0.content_html, $0.id) })
    }
    try workshop.write("daily/w47/tide.comments.yaml", comments.joined())
    let before = try await ids()
    try workshop.write("daily/w47/tide.comments.yaml", comments[1...].joined())
    let after = try await ids()
    #expect(after.count == 2 && Set(before.values).count == 3)
    for (words, id) in after { #expect(before[words] == id) }
  }

  @Test func holdsWhatReadersSayNewestFirst() async throws {
    let workshop = try Workshop(smallSite + "\n" + threads)
    #expect(try await build(workshop).diagnostics.isEmpty)
    let feed = try #require(try ReadFeed(workshop, "comments/feed.json"))
    let tide = "https://example.org/sub/daily/2026-w47/tide/"
    #expect(feed.title == "Comments: Small & Fine")
    #expect(feed.home_page_url == "https://example.org/sub/")
    #expect(
      feed.items.map(\.title) == ["A reader on Tide", "A reader on Salt Road", "Bo \"B\" <Reyes> on Tide"])
    #expect(
      feed.items.map(\.url) == [
        tide + "#comment-cb76cb29f5795",
        "https://example.org/sub/daily/2026-w47/salt-road/#comment-cf0599c7660e5",
        tide + "#comment-c32b36acd09d4",
      ])
    #expect(feed.items.map(\.id) == feed.items.map(\.url))
    #expect(feed.items.first?.date_published == "2026-11-21T00:00:00-05:00")
    #expect(feed.items.last?.authors?.first?.url == "https://bo.example/?a=1&b=2")
    #expect(feed.items.first?.authors?.first?.name == "A reader")
    let content = try #require(feed.items.last?.content_html)
    #expect(!content.contains("<script"))
    #expect(content.contains("href=\"https://example.org/sub/about/\""))
    #expect(workshop.read("output/comments/feed.xml")?.contains("<dc:creator>A reader</dc:creator>") == true)
    #expect(
      workshop.read("output/comments/atom.xml")?.contains("<uri>https://bo.example/?a=1&amp;b=2</uri>")
        == true)
  }

  @Test func isAnnouncedWhereReadersAreHeard() async throws {
    let workshop = try Workshop(smallSite + "\n" + threads)
    _ = try await build(workshop)
    func announces(_ page: String) -> Bool? {
      workshop.read("output/\(page)index.html")?.contains("comments/feed.json")
    }
    #expect(announces("") == true)
    #expect(announces("daily/") == true)
    #expect(announces("daily/2026-w47/tide/") == true)
    #expect(announces("daily/2026-w47/") == false)
    #expect(announces("people/") == false)
    let main = try #require(workshop.read("output/feed.xml"))
    #expect(main.contains("<comments>https://example.org/sub/daily/2026-w47/tide/#readers-say</comments>"))
    let page = try #require(workshop.read("output/daily/2026-w47/tide/index.html"))
    #expect(page.contains("id=\"readers-say\""))
  }

  @Test(arguments: [
    "", ">>> daily/w47/tide.comments.yaml\n- body: No day.",
    ">>> daily/w47/tide.comments.yaml\n- {date: 2026-11-21, body: Hidden.}\n>>> daily/w47/tide.md\n---\ntitle: Tide\ndate: 2026-11-19\nformat: short\nlogline: Water.\nstatus: released\ncredits: [{role: Director, name: A}]\ncomments: none\n---\n## About",
    ">>> daily/w47/late.comments.yaml\n- {date: 2026-11-21, body: Early.}\n>>> daily/w47/late.md\n---\ntitle: Late\ndate: 2027-11-19\nformat: short\nlogline: Water.\nstatus: released\ncredits: [{role: Director, name: A}]\n---\nX",
  ])
  func isNotThereWithoutEntries(files: String) async throws {
    let workshop = try Workshop(smallSite + "\n" + files)
    let report = try await build(workshop) { $0.includesFuture = true }
    #expect(report.diagnostics.isEmpty && report.isPublished)
    #expect(workshop.read("output/feed.json") != nil)
    #expect(workshop.read("output/comments/feed.json") == nil)
    #expect(workshop.read("output/index.html")?.contains("comments/feed") == false)
  }

  @Test func columnsHaveTheirOwn() async throws {
    let second = """
      >>> essays/_column.md
      ---
      {name: Essays, kind: articles}
      ---
      >>> essays/one.md
      ---
      {title: One, date: 2026-11-18}
      ---
      Text.
      >>> essays/one.comments.yaml
      - {date: 2026-11-18, author: Ann, body: Well said.}
      """
    let workshop = try Workshop([smallSite, threads, second].joined(separator: "\n"))
    #expect(try await build(workshop).diagnostics.isEmpty)
    #expect(try ReadFeed(workshop, "comments/feed.json")?.items.count == 4)
    #expect(try ReadFeed(workshop, "daily/comments/feed.json")?.items.count == 3)
    let essays = try #require(try ReadFeed(workshop, "essays/comments/feed.json"))
    #expect(essays.items.map(\.title) == ["Ann on One"])
    #expect(essays.title == "Comments: Essays – Small & Fine")
    #expect(essays.home_page_url == "https://example.org/sub/essays/")
  }
}

@Suite struct FeedWordTests {
  /// A translation that starts from Marquee's words finds all there are.
  @Test func marqueeHasAllOfThem() throws {
    let text = try #require(
      FileManager.default.contents(atPath: packageFolder + "/themes/marquee/strings/en.yaml"))
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
    for key in FeedWords.Key.allCases {
      let name = key.rawValue.dropFirst("feed.".count)
      let word = key.english.contains("{") || key.english.contains(": ") ? "\"\(key.english)\"" : key.english
      #expect(lines.contains("  \(name): \(word)"), "\(key.rawValue)")
    }
  }

  @Test func aThemeSaysThemInItsLanguage() async throws {
    let theme = """
      >>> /themes/nah/theme.yaml
      {name: nah, contract: 1, extends: plain}
      >>> /themes/nah/strings/de.yaml
      feed: {comments: "Leserbriefe ({title})", comment_on: "{title}: {name} {sagt}", a_reader: Jemand}
      """
    let site = smallSite.replacing("theme: plain", with: "theme: nah\nlanguage: de")
    let workshop = try Workshop([site, threads, theme].joined(separator: "\n"))
    let report = try await build(workshop)
    #expect(report.isPublished)
    let feed = try #require(try ReadFeed(workshop, "comments/feed.json"))
    #expect(feed.title == "Leserbriefe (Small & Fine)")
    #expect(feed.items.first?.title == "Tide: Jemand {sagt}")
  }
}

@Suite struct NewsFeedTests {
  @Test func aDecidedVoteIsAnEntry() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let feed = try #require(try ReadFeed(workshop, "daily/winners/feed.json"))
    #expect(feed.title == "Winners: Project of the Day – Small & Fine")
    #expect(feed.items.map(\.title) == ["Salt Road (Week 47, 2026)"])
    #expect(feed.items.first?.date_published == "2026-11-22T17:00:00-05:00")
    #expect(feed.items.first?.content_html.contains("3 votes, 100 %") == true)
    // The week is an entry of another feed, by the page's address.
    #expect(feed.items.first?.id == "https://example.org/sub/daily/2026-w47/#vote")
    #expect(workshop.read("output/daily/winners/index.html")?.contains("winners/feed.json") == true)
    #expect(workshop.read("output/daily/index.html")?.contains("winners/feed.json") == false)
    let earlier = try Workshop(smallSite)
    _ = try await build(earlier, asOf: "2026-11-22T12:00:00Z")
    #expect(earlier.read("output/daily/winners/feed.json") == nil)
  }

  /// A vote without a close is dated by what its file and its films say, whenever the site is built.
  @Test(arguments: [
    ("results: [{project: salt-road, votes: 3}]", "2026-11-20T00:00:00-05:00"),
    ("results: [{project: salt-road, votes: 3}], opens: 2026-11-21", "2026-11-21T00:00:00-05:00"),
    (
      "results: [{project: salt-road, votes: 3}], closes: 2027-01-20, status: closed",
      "2026-11-20T00:00:00-05:00"
    ),
  ])
  func aDecisionIsNotDatedByTheBuild(vote: String, date: String) async throws {
    for asOf in ["2026-11-22T12:00:00Z", "2026-11-22T18:00:00Z", "2026-12-22T18:00:00Z"] {
      let workshop = try Workshop(
        smallSite.replacing(
          "vote: {closes: 2026-11-22T17:00:00-05:00, results: [{project: salt-road, votes: 3}]}",
          with: "vote: {\(vote)}"))
      #expect(try await build(workshop, asOf: asOf).isPublished)
      let feed = try #require(try ReadFeed(workshop, "daily/winners/feed.json"))
      #expect(feed.items.first?.date_published == date)
    }
  }

  @Test func stepsAreEntriesOnceTheirDayHasCome() async throws {
    let film = """
      >>> daily/w47/tide.md
      ---
      title: Tide
      date: 2026-11-19
      format: short
      logline: Water <comes> back.
      status: released
      status_history:
        - {date: 2026-10-01, status: production}
        - {date: 2026-11-21, status: released, note: "At last & <b>loud</b>", url: "https://x.example/?a=1&b=2"}
      credits: [{role: Director, name: A}]
      ---
      ## About
      """
    let workshop = try Workshop(smallSite + "\n" + film)
    #expect(try await build(workshop).diagnostics.isEmpty)
    let feed = try #require(try ReadFeed(workshop, "status/feed.json"))
    #expect(feed.title == "On their way: Small & Fine")
    #expect(feed.items.map(\.title) == ["Tide: Released", "Tide: Production"])
    let first = try #require(feed.items.first)
    #expect(first.url == "https://example.org/sub/daily/2026-w47/tide/#status-2026-11-21")
    #expect(
      first.content_html == """
        <p><a href="https://x.example/?a=1&amp;b=2">At last &amp; &lt;b&gt;loud&lt;/b&gt;</a></p>
        <p>Water &lt;comes&gt; back.</p>

        """)
    #expect(
      workshop.read("output/daily/2026-w47/tide/index.html")?.contains("id=\"status-2026-11-21\"") == true)
    #expect(workshop.read("output/status/index.html")?.contains("status/feed.json") == true)
    #expect(workshop.read("output/people/index.html")?.contains("status/feed.json") == false)
    let earlier = try Workshop(smallSite + "\n" + film)
    _ = try await build(earlier, asOf: "2026-11-20T12:00:00Z")
    #expect(try ReadFeed(earlier, "status/feed.json")?.items.map(\.title) == ["Tide: Production"])
  }
}
