import SourceText
import Testing
import YAML
import Markdown

@testable import Columns

@Suite struct SmartPunctuationTests {
  @Test(arguments: [(true, "<p>“Yes”</p>"), (false, "<p>&quot;Yes&quot;</p>")])
  func everyFileHeedsIt(smart: Bool, expected: String) throws {
    let archive = try Assembled(
      """
      >>> daily/_column.md
      ---
      name: Daily
      kind: articles
      weeks: true
      ---
      "Yes"
      >>> daily/_week.md
      ---
      week: 2026-W47
      ---
      "Yes"
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      "Yes"
      >>> daily/2026-11-16-ash.comments.yaml
      - body: '"Yes"'
      >>> people/ann.md
      ---
      name: Ann
      ---
      "Yes"
      >>> pages/about.md
      ---
      title: About
      ---
      "Yes"
      """, smart: smart
    ).archive
    let bodies = [
      archive.columns.first?.source.body, archive.weeks.first?.source?.body,
      archive.writeUps.first?.source.body,
      archive.writeUps.first?.comments.comments.first?.source.body, archive.people.first?.source?.body,
      archive.freePages.first?.source.body,
    ]
    for body in bodies {
      let html = String(decoding: try #require(body).html, as: UTF8.self)
      #expect(html.hasPrefix(expected))
    }
  }

  @Test func aColumnThatCannotBeReadHasOneDiagnostic() throws {
    let result = try Assembled(
      """
      >>> daily/_column.md
      name: Daily
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      """)
    #expect(result.diagnostics.map(\.id) == ["front-matter/missing"])
  }
}

@Suite struct PersonSlugTests {
  @Test func oneSlugInTwoFilesIsReported() throws {
    let result = try Assembled(
      """
      >>> people/a.md
      ---
      name: Ann Shinn
      slug: shinn
      ---
      >>> people/b.md
      ---
      name: Bo Shinn
      slug: shinn
      ---
      """)
    #expect(result.lines == ["people/b.md:2:7 person/claimed-slug"])
    #expect(result.diagnostics[0].message == "Bo Shinn and Ann Shinn both have the slug 'shinn'")
    #expect(result.diagnostics[0].notes[0].location?.path == "content/people/a.md")
  }

  @Test func aSlugThatIsWrittenGoesBeforeOneThatIsMade() throws {
    let result = try Assembled(
      """
      >>> people/a.md
      ---
      name: Ann Shinn
      ---
      >>> people/b.md
      ---
      name: Bo
      slug: ann-shinn
      ---
      """)
    #expect(result.lines == [])
    #expect(result.archive.people.map(\.address) == ["people/ann-shinn", "people/ann-shinn-2"])
    #expect(result.archive.people.map(\.name) == ["Bo", "Ann Shinn"])
  }

  @Test func twoSpellingsInOneRoleAreOneCredit() throws {
    let result = try Assembled(
      """
      >>> people/ann.md
      ---
      name: Ann Shinn
      also_known_as: [A. Shinn]
      ---
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      authors: [Ann Shinn, A. Shinn]
      credits: [{role: Director, name: A. Shinn}, {role: Director, name: Ann Shinn}]
      ---
      """)
    #expect(result.archive.people[0].credits.count == 1)
    #expect(result.archive.people[0].written.count == 1)
    #expect(result.archive.writeUps[0].credits.map(\.credits.count) == [1])
  }
}

@Suite struct CommentTests {
  private func threads(_ comments: String) throws -> (threads: CommentThreads, lines: [String]) {
    let result = try Assembled(
      """
      >>> daily/2026-11-16-ash.md
      ---
      title: Ash
      ---
      >>> daily/2026-11-16-ash.comments.yaml
      \(comments)
      """)
    return (try #require(result.archive.writeUps.first).comments, result.lines)
  }

  @Test func anIDGoesBeforeANumber() throws {
    let (threads, lines) = try threads(
      "- {id: 2, body: a}\n- {body: b}\n- {reply_to: 2, body: c}\n- {reply_to: 1, body: d}")
    #expect(threads.comments.map(\.replies) == [[2, 3], [], [], []])
    #expect(threads.comments[0].source.id == "2")
    #expect(lines == ["daily/2026-11-16-ash.comments.yaml:4:14 comments/numbered-reply"])
  }

  @Test func anIDThatComesTwiceIsReported() throws {
    let (threads, lines) = try threads("- {id: x, body: a}\n- {id: x, body: b}\n- {reply_to: x, body: c}")
    #expect(lines == ["daily/2026-11-16-ash.comments.yaml:2:8 comments/duplicate-id"])
    #expect(threads.comments.prefix(2).map(\.source.id) == ["x", "x-2"])
    #expect(threads.comments[0].replies == [2])
  }

  @Test func takingOneAwayMovesNobody() throws {
    let spam = "- {author: Spam, body: Buy}\n"
    let others = "- {author: Bo, body: I loved it}\n- {author: Cy, date: 2026-11-20, body: I hated it}\n"
    let before = try threads(spam + others)
    let ids = before.threads.comments.map(\.source.id)
    #expect(Set(ids).count == 3)
    let after = try threads(others + "- {reply_to: \(ids[1]), body: Me too!}")
    #expect(after.threads.comments.prefix(2).map(\.source.id) == Array(ids.dropFirst()))
    #expect(after.threads.comments.map(\.replies) == [[2], [], []])
    #expect(before.lines + after.lines == [])
  }

  /// What a comment is called follows from what it says, however that is written; and is the same for ever.
  @Test(arguments: [
    ("{author: Cy, date: 2026-11-20, body: I hated it}", true),
    (
      "\n  date: 2026-11-20\n  author: 'Cy'\n  url: https://cy.example/\n  body: |\n    I\n    hated it\n",
      true
    ),
    ("{author: Cy, date: 2026-11-21, body: I hated it}", false),
    ("{author: Bo, date: 2026-11-20, body: I hated it}", false),
    ("{author: Cy, date: 2026-11-20, body: Ihated it}", false),
    ("{author: Cy I, date: 2026-11-20, body: hated it}", false),
    ("{author: Cy, date: 2026-11-20T00:00:00Z, body: I hated it}", false),
  ])
  func anIDFollowsFromWhatIsSaid(comment: String, isSame: Bool) throws {
    let id = try #require(try threads("- \(comment)").threads.comments.first).source.id
    #expect(id.count == 13 && id.first == "c")
    #expect((id == "c698bbe205bb4") == isSame)
  }

  @Test func theWarningOfANumberSaysWhatToWrite() throws {
    let replies = "- {id: heat, body: a}\n- {body: b}\n- {reply_to: 1, body: c}\n- {reply_to: 2, body: d}"
    let source = Source(path: "a.yaml", text: replies)
    var diagnostics: [Diagnostic] = []
    let comments = CommentsSource.parse(
      source, at: ContentPath("notes/a.comments.yaml"), smartPunctuation: true, diagnostics: &diagnostics
    ).comments
    #expect(diagnostics.map(\.id) == ["comments/numbered-reply", "comments/numbered-reply"])
    #expect(diagnostics.map(\.fix) == ["write heat", "write \(comments[1].id)"])
    #expect(comments.map(\.repliesTo) == [nil, nil, 0, 1])
  }

  @Test func namesThatSeveralWantAreNumberedPastTheWrittenOnes() throws {
    let (threads, _) = try threads(
      ["x", "x", "x-2", "x", "x-2"].map { "- {id: \($0), body: a}" }.joined(separator: "\n"))
    #expect(threads.comments.map(\.source.id) == ["x", "x-3", "x-2", "x-4", "x-2-2"])
  }

  @Test func theNearestNameIsSuggestedAFewTimes() throws {
    let replies = String(repeating: "\n- {reply_to: heta, body: b}", count: 30)
    let source = Source(path: "a.yaml", text: "- {id: heat, body: a}" + replies)
    var diagnostics: [Diagnostic] = []
    _ = CommentsSource.parse(
      source, at: ContentPath("notes/a.comments.yaml"), smartPunctuation: true, diagnostics: &diagnostics)
    #expect(diagnostics.map(\.id) == Array(repeating: "comments/unknown-reply", count: 30))
    #expect(diagnostics.count { $0.fix == "did you mean 'heat'?" } == CommentNames.suggestionLimit)
  }

  /// Were names numbered from 2 each time, or all names weighed for each, these would take half an hour.
  @Test(
    .timeLimit(.minutes(2)),
    arguments: [
      "{id: a, body: b}", "{reply_to: a%, body: b}", "{id: a%b%c%d%e, reply_to: z%b%c%d%f, body: b}",
    ])
  func manyStrangeNamesAreReadInNoTime(comment: String) throws {
    let lines = (0..<50_000).map { "- " + comment.replacing("%", with: String($0 + 100_000)) }
    let source = Source(path: "a.yaml", text: lines.joined(separator: "\n"))
    var diagnostics: [Diagnostic] = []
    let comments = CommentsSource.parse(
      source, at: ContentPath("notes/a.comments.yaml"), smartPunctuation: true, diagnostics: &diagnostics)
    #expect(Set(comments.comments.map(\.id)).count == lines.count)
    #expect(diagnostics.count >= lines.count - 1)
  }

  @Test func deepAnswersStandBesideTheLastThatNest() throws {
    let chain = (1...9).map { $0 == 1 ? "- body: x" : "- {body: x, reply_to: \($0 - 1)}" }
    let (threads, _) = try threads(chain.joined(separator: "\n"))
    #expect(threads.roots == [0])
    #expect(threads.comments.map(\.replies) == [[1], [2], [3], [4], [5, 6, 7, 8], [], [], [], []])
  }
}

@Suite struct LimitTests {
  @Test(arguments: ["images: [%{src: a.jpg, alt: x}]", "credits: [%{role: Editor, name: Ann}]"])
  func longListsAreCut(field: String) throws {
    let parts = field.split(separator: "%", maxSplits: 1)
    let element = String(parts[1].dropLast())
    for (count, lines) in [
      (1000, []), (1001, ["daily/2026-11-16-ash.md:3:\(parts[0].utf8.count) write-up/too-many"]),
    ] {
      let list = [String](repeating: element, count: count).joined(separator: ", ")
      let result = try Assembled(
        ">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\n\(parts[0])\(list)]\n---\n")
      let project = try #require(result.archive.writeUps.first).source.project
      #expect(max(project.images.count, project.credits.count) == 1000)
      #expect(result.lines == lines)
    }
  }
}

@Suite struct RoleTests {
  @Test(arguments: [
    ("Director", ["Director"]), ("Writer/Director", ["Writer", "Director"]), (" a /  b ", ["a", "b"]),
    ("a//b/", ["a", "b"]), ("/", []), ("\u{A0}", []),
  ])
  func rolesOfACredit(role: String, expected: [String]) throws {
    let result = try Assembled(
      ">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\ncredits: [{role: '\(role)', name: Ann}]\n---\n")
    let credits = try #require(result.archive.writeUps.first).source.project.credits
    #expect(credits.flatMap(\.roles) == expected)
    #expect(result.lines == (expected.isEmpty ? ["daily/2026-11-16-ash.md:3:18 write-up/role"] : []))
  }
}

@Suite struct SiteURLTests {
  @Test(arguments: [
    ("https://example.org", true), ("https://example.org/", true), ("http://localhost:8000/films", true),
    ("https://example.org/v1.0/", true), ("HTTPS://example.org/a/b/", true),
    ("https://münchen.example/", true),
    ("https://example.org/?a=b", false), ("https://example.org/#top", false), ("https://example.org#", false),
    ("https://example.org/index.html", false), ("example.org", false), ("ftp://example.org/", false),
    ("https://", false), ("https:///films", false), ("https://ann@example.org/", false),
    ("https://example.org/a b/", false), ("https://example.org//a/", false),
    ("https://example.org/../a/", false), ("https://example.org/caf%C3%A9/", true),
    ("https://example.org/caf%E9/", false), ("https://example.org/a%0Ab/", false),
    ("", false),
  ])
  func sites(url: String, isOne: Bool) { #expect(SiteConfiguration.isSiteURL(url) == isOne) }

  @Test(arguments: [
    ("en", false), ("ar", true), ("fa-IR", true), ("he", true), ("az", false), ("az-Arab", true),
    ("ar-Latn", false), ("ku-arab-iq", true), ("", false),
  ])
  func directions(language: String, isRightToLeft: Bool) throws {
    var problems: [Diagnostic] = []
    let node = YAML.parse(
      Source(path: "site.yaml", text: "title: T\nlanguage: '\(language)'\n"), diagnostics: &problems)
    var reader = FieldReader(
      node, in: "site.yaml", at: ByteRange(at: 0), fields: SiteConfiguration.fields)
    #expect(try #require(SiteConfiguration(&reader)).isRightToLeft == isRightToLeft)
  }

  @Test(arguments: [
    ("https://example.org/index.html", "write https://example.org/"),
    ("https://example.org/films?page=2", "write https://example.org/films"),
  ])
  func anotherAddressIsReported(url: String, fix: String) throws {
    var diagnostics: [Diagnostic] = []
    let source = Source(path: "content/site.yaml", text: "title: Test\nurl: \(url)\n")
    var reader = FieldReader(
      YAML.parse(source, diagnostics: &diagnostics), in: source.path, at: ByteRange(at: 0),
      fields: SiteConfiguration.fields)
    let site = try #require(SiteConfiguration(&reader))
    diagnostics += reader.finish()
    #expect(site.url == nil)
    #expect(diagnostics.map(\.id) == ["site/url"])
    #expect(diagnostics.first?.fix == fix)
  }
}

/// What is said of values whose mistake can be named.
@Suite struct ValueTests {
  private func check(
    _ field: String, _ id: String, _ fix: String?, edit: String? = nil,
    _ place: SourceLocation = #_sourceLocation
  ) throws {
    let found = try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\n\(field)\n---\n").diagnostics
    #expect(found.map(\.id) == [id], sourceLocation: place)
    #expect(found.map(\.fix) == [fix], sourceLocation: place)
    #expect(found.map { $0.edit?.replacement } == [edit], sourceLocation: place)
  }

  @Test func singleValues() throws {
    try check(
      "links: https://x.example/a", "field/wrong-kind",
      "write it like links: [{rel: website, url: https://x.example/a}]")
    try check(
      "links: [\"https://x.example/a,b\"]", "field/wrong-kind",
      "write the item like {rel: website, url: \"https://x.example/a,b\"}")
    try check(
      "campaign: https://x.example/", "field/wrong-kind", "write it like campaign: {url: https://x.example/}")
    try check(
      "credits: [Ann Shinn]", "field/wrong-kind", "write the item like {role: Director, name: Ann Shinn}")
    try check(
      "images: a.jpg", "field/wrong-kind", "write it like images: [{src: a.jpg, alt: What the picture shows}]"
    )
    try check(
      "links: x", "field/wrong-kind", "write it like links: [{rel: website, url: https://example.org/}]")
  }

  /// A comma within braces ends a field, which nobody means in a name.
  @Test func commasInBraces() throws {
    func check(_ field: String, _ fix: String) throws {
      try self.check(field, "field/unknown", "write \(fix)")
    }
    try check("credits: [{name: Sam Smith, Jr., role: Director}]", "name: \"Sam Smith, Jr.\"")
    try check("credits: [{role: Director, name: Sam Smith, Jr.}]", "name: \"Sam Smith, Jr.\"")
    try check(
      "images: [{src: \"https://x.example/a\", alt: A road, a river, and salt}]",
      "alt: \"A road, a river, and salt\"")
    try check("sponsor: {name: \"Salt\", Inc.}", "name: \"Salt, Inc.\"")
    try check("sponsor: {name: X, url: https://x.example/a,b}", "url: \"https://x.example/a,b\"")
    try self.check("campaign: {url: \"https://x.example/\", goal: 5, USD}", "field/unknown", nil)
    // One that begins with a comma's rest, has lines of its own, or is like a field.
    for (field, fix) in [
      ("sponsor: {Salt, name: X}", nil), ("sponsor:\n  name: X\n  Inc.:", nil),
      ("sponsor: {name: X, ur: }", "did you mean 'url'?"),
    ] as [(String, String?)] {
      try self.check(field, "field/unknown", fix)
    }
  }

  @Test func singleValuesInBrackets() throws {
    try check("year: [2026]", "field/wrong-kind", "write it like year: 2026")
    try check("runtime: [94]", "field/wrong-kind", "write it like runtime: 94")
    try check("source: [\"a: b\"]", "field/wrong-kind", "write it like source: \"a: b\"")
    try check("source: [a, b]", "field/wrong-kind", "write it like source: some text")
  }

  @Test func pastedPictures() throws {
    for picture in ["<img src=\"a.jpg\" alt=\"A road\">", "\"![A road](a.jpg)\""] {
      try check(
        "images:\n  - \(picture)", "field/wrong-kind", "write the item like {src: a.jpg, alt: A road}")
    }
    try check(
      "images:\n  - <img src='a.jpg'>", "field/wrong-kind",
      "write the item like {src: a.jpg, alt: What the picture shows}")
    try check("credits: [Editor]", "field/wrong-kind", "write the item like {role: Editor, name: Ann Shinn}")
  }

  @Test func idsAndAddresses() throws {
    func id(_ database: String, _ address: String, _ meant: String?, _ example: String = "") throws {
      try check(
        "ids: {\(database): \"\(address)\"}", "write-up/database-id",
        "write " + (meant ?? "one like " + example),
        edit: meant)
    }
    try id("imdb", "https://www.imdb.com/title/tt1234567/?ref_=x", "tt1234567")
    try id("imdb", "m.imdb.com/name/nm12", "nm12")
    try id("tmdb", "https://www.themoviedb.org/movie/550-fight-club", "movie/550")
    try id("letterboxd", "https://letterboxd.com/film/salt-road/", "salt-road")
    try id("wikidata", "https://www.wikidata.org/wiki/Q42", "Q42")
    try id("wikidata", "https://www.wikidata.org/wiki/", nil, "Q123")
    try id("tmdb", "https://www.themoviedb.org/movie", nil, "movie/123")
    try id("imdb", "https://x.example/tt1234567", nil, "tt1234567")
    try check(
      "video: dQw4w9WgXcQ", "field/not-an-address", "write https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    try check("video: 123456789", "field/not-an-address", "write https://vimeo.com/123456789")
    try check("video: screenplays", "field/not-an-address", nil)
    try check(
      "sponsor: {name: X, url: \"htps://x.example/\"}", "field/not-an-address", "write https://x.example/")
    try check("sponsor: {name: X, link: \"https://x.example/\"}", "field/unknown", "did you mean 'url'?")
  }

  @Test func wordsAndDates() throws {
    try check("comments: yes", "field/not-one-of", "did you mean 'open'?")
    try check(
      "status: post-production\u{A0}", "field/not-one-of", "did you mean 'post-production'?",
      edit: "post-production")
    try check("updated: November 18, 2026", "field/not-a-date", "write 2026-11-18", edit: "2026-11-18")
    try check("updated: November 18 or 19, 2026", "field/not-a-date", "write 2026-11-18")
  }

  @Test func severalInOne() throws {
    func several(_ field: String, _ fix: String) throws {
      try check(field, "field/several-in-one", "write \(fix); if it is one, put it in quotes")
    }
    try several("tags: drama; short", "tags: [drama, short]")
    try several("tags: [drama; short, x]", "drama, short")
    try several("genres: Drama/Comedy", "genres: [Drama, Comedy]")
    try several("countries: [France / Senegal, Mali]", "France, Senegal")
    try several("countries: USA/UK", "countries: [USA, UK]")
    try several("authors: Ann and Bo", "authors: [Ann, Bo]")
    try several("authors: [Ann Shinn and Bo Derek]", "Ann Shinn, Bo Derek")
    try several("countries: [UK/France]", "UK, France")
    try several("authors: Ann / Bo", "authors: [Ann, Bo]")
    try several("authors: [Ann Shinn/Bo Derek]", "Ann Shinn, Bo Derek")
    try several("authors: [Joel and Ethan Coen]", "Joel Coen, Ethan Coen")
    try several("languages: English and French", "languages: [English, French]")
    try several("languages: English, French & German", "languages: [English, French, German]")
    try several("countries: [France and Spain]", "France, Spain")
    for field in [
      "countries: [Trinidad and Tobago, Bosnia and Herzegovina, São Tomé and Príncipe, Antigua & Barbuda]",
      "countries: [Serbia and Montenegro, Newfoundland and Labrador, French Southern and Antarctic Lands]",
      "languages: [English with German subtitles, \"English and French\"]", "languages: English and others",
      "genres: Sword and Sorcery", "authors: AC/DC", "authors: Black Bear & Red Fox",
      "authors: Smith and Sons", "authors: \"Ann and Bo\"", "genres: \"Action/Adventure\"",
      "tags: [9/11, AC/DC]",
      "authors: Ann Shinn", "genres: [Sci-Fi, 16/9]", "alternate_titles: Frankenstein; or Prometheus",
      "aliases: /a;b/", "tags: Rock &amp; Roll", "tags: [A &#38; B]",
    ] {
      let found = try Assembled(">>> daily/2026-11-16-ash.md\n---\ntitle: Ash\n\(field)\n---\n").diagnostics
      #expect(found == [], "\(field)")
    }
  }
}
