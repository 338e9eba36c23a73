import CivilTime
import Testing

@testable import Columns

@Suite struct SlugTests {
  @Test(arguments: [
    ("Salt Road", "salt-road"), ("  The Defector: Escape!  ", "the-defector-escape"),
    ("Ann's 2nd “Film” & more", "anns-2nd-film-more"), ("Þórður Ægir", "thordur-aegir"),
    ("Nguyễn Thị Ánh", "nguyen-thi-anh"), ("김민수", "김민수"), ("Ελένη Παππά", "ελένη-παππά"), ("…", ""),
    ("Cafe\u{301}", "cafe"),
  ])
  func slugs(text: String, expected: String) { #expect(slug(for: text) == expected) }

  @Test func longTextIsCutAtAWord() {
    let words = String(repeating: "a", count: 60) + " " + String(repeating: "b", count: 60)
    #expect(slug(for: words) == String(repeating: "a", count: 60))
    let fitting = String(repeating: "a", count: 80)
    #expect(slug(for: fitting + " b") == fitting)
  }

  @Test func aLongWordIsCutInside() {
    #expect(slug(for: String(repeating: "a", count: 200)).utf8.count == 80)
    let early = String(repeating: "a", count: 30) + "-" + String(repeating: "b", count: 49)
    #expect(slug(for: early + "bbb") == early)
  }

  @Test(arguments: [
    ("Ann Shinn", "shinn ann"), ("Cher", "cher"), ("김민수", "김민수"),
    ("María José de la Cruz", "cruz maria jose de la"),
  ])
  func sortsByLastName(name: String, expected: String) { #expect(Person.sortKey(ofName: name) == expected) }
}

@Suite struct FileNameTests {
  @Test(arguments: [
    ("daily/2026/2026-11-20-salt-road.md", "2026-11-20", "salt-road"),
    ("daily/salt-road.md", nil, "salt-road"),
    ("daily/2026-11-20_é.md", "2026-11-20", "é"), ("daily/2026-11-20 a/index.md", "2026-11-20", "a"),
    ("daily/2026-11-20.md", nil, "2026-11-20"), ("daily/2026-11-20-.md", nil, "2026-11-20-"),
    ("daily/2026-02-30-x.md", nil, "2026-02-30-x"), ("daily/éééééééééé-x.md", nil, "éééééééééé-x"),
    ("daily/2026-11-2é-x.md", nil, "2026-11-2é-x"),
  ])
  func datesAndWords(path: String, date: String?, words: String) {
    let name = PieceName(ContentPath(path))
    #expect(name.date.map { "\($0)" } == date)
    #expect(name.words == words)
  }

  @Test(arguments: [
    ("site.yaml", ContentKind.site), ("daily/site.yaml", .media), ("daily/_column.md", .column),
    ("daily/2026/_week.md", .period(.week)), ("_year.md", .period(.year)), ("daily/x.md", .writeUp),
    ("daily/é.md", .writeUp),
    ("daily/x.comments.yaml", .comments), ("daily/x/comments.yaml", .comments),
    ("daily/mycomments.yaml", .media),
    ("people/ann.md", .person), ("pages/about.md", .freePage), ("peoples/ann.md", .writeUp),
    ("daily/x.png", .media), ("daily/x", .media), ("md", .media),
  ])
  func kinds(path: String, kind: ContentKind) { #expect(ContentPath(path).kind == kind) }

  @Test(arguments: [
    ("", ""), (" ", ""), ("a", "a"), ("a b", "a b"), (" a", "a"), ("a ", "a"), ("a  b", "a b"),
    ("a\tb", "a b"),
    ("a\u{A0}b", "a b"), ("\u{A0}", ""), ("é · b", "é · b"),
  ])
  func spaces(text: String, expected: String) { #expect(singleSpaced(text) == expected) }
}

@Suite struct PermalinkTests {
  private func address(_ pattern: String) throws(Permalink.Problem) -> String {
    try Permalink(pattern).address(
      column: "daily", date: CivilDate(year: 2026, month: 1, day: 2) ?? CivilDate(dayNumber: 0),
      week: ISOWeek(of: CivilDate(year: 2026, month: 1, day: 2) ?? CivilDate(dayNumber: 0)), slug: "ash")
  }

  @Test(arguments: [
    ("/{column}/{week}/{slug}/", "daily/2026-w01/ash"), ("{year}/{month}/{day}-{slug}", "2026/01/02-ash"),
    ("{slug}", "ash"),
  ])
  func addresses(pattern: String, expected: String) throws { #expect(try address(pattern) == expected) }

  @Test(arguments: [
    ("{column}", Permalink.Problem.missingSlug), ("{slgu}", .unknownToken("slgu")), ("a//{slug}", .malformed),
    ("../{slug}", .malformed), ("{slug", .malformed), ("a b/{slug}", .malformed), ("", .malformed),
  ])
  func problems(pattern: String, expected: Permalink.Problem) {
    #expect(throws: expected) { try address(pattern) }
  }
}

@Suite struct ContentPathTests {
  @Test(arguments: [
    ("daily/a.md", "b.md", "daily/b.md"), ("daily/w/a.md", "../b.md", "daily/b.md"),
    ("a.md", "/x/y.md", "x/y.md"),
    ("daily/a.md", "./w/./b.jpg", "daily/w/b.jpg"),
  ])
  func resolves(path: String, reference: String, expected: String) {
    #expect(ContentPath(path).resolve(reference)?.text == expected)
  }

  @Test func climbingOutIsNothing() {
    #expect(ContentPath("daily/a.md").resolve("../../etc/passwd") == nil)
  }

  @Test(arguments: [
    ("site.yaml", ContentKind.site), ("a/_column.md", .column), ("a/_month.md", .period(.month)),
    ("a/b.md", .writeUp),
    ("a/b.comments.yaml", .comments), ("a/b/comments.yaml", .comments), ("people/x.md", .person),
    ("pages/x.md", .freePage), ("a/b.jpg", .media),
  ])
  func kinds(path: String, expected: ContentKind) { #expect(ContentPath(path).kind == expected) }

  @Test(arguments: [
    ("a/tide.MD", "a/tide.md"), ("a/Tide.Md", "a/Tide.md"), ("x.markdown", "x.md"),
    ("a/tide.comments.yml", "a/tide.comments.yaml"), ("a/tide.Comments.YAML", "a/tide.comments.yaml"),
    ("a/comments.yml", "a/comments.yaml"), ("site.yml", "site.yaml"), ("Site.yaml", "site.yaml"),
    ("a/_Column.md", "a/_column.md"), ("a/_WEEK.MD", "a/_week.md"), ("a/_week.yaml", "a/_week.md"),
    ("a/site.yml", nil), ("a/tide.md", nil), ("a/data.yml", nil), ("a/_month.md", nil),
    ("a/_Year.md", "a/_year.md"), ("a/tide.md.txt", "a/tide.md"), ("a/_Week.md.txt", "a/_week.md"),
    ("a/notes.txt", nil),
    ("a/still.JPG", nil),
    ("a/b.comments.yaml", nil), ("site.yaml", nil), ("a/README", nil),
  ])
  func nearMisses(path: String, expected: String?) { #expect(ContentPath(path).nearMiss?.text == expected) }

  @Test func twoUnicodeFormsAreTwoFiles() {
    let composed = ContentPath("a/caf\u{E9}.md")
    let decomposed = ContentPath("a/cafe\u{301}.md")
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, composed]).count == 2)
    #expect(decomposed < composed && !(composed < decomposed))
    #expect(ContentPath("b") > ContentPath("a") && !(ContentPath("a") < ContentPath("a")))
  }
}

@Suite struct VideoTests {
  @Test(arguments: [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube dQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ", "youtube dQw4w9WgXcQ"),
    ("https://vimeo.com/123456789", "vimeo 123456789"),
    ("https://youtube.com/shorts/dQw4w9WgXcQ", "youtube dQw4w9WgXcQ"),
    ("https://player.vimeo.com/video/123456789", "vimeo 123456789"),
    ("https://vimeo.com/about", nil), ("https://example.org/123456789", nil),
  ])
  func pages(url: String, expected: String?) {
    #expect(Video(url: url).map { "\($0.provider.rawValue) \($0.id)" } == expected)
  }

  @Test(arguments: [
    (
      "https://youtu.be/dQw4w9WgXcQ?t=1m3s", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=63s",
      "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=63"
    ),
    (
      "https://vimeo.com/123456789/abc123#t=9", "https://vimeo.com/123456789/abc123#t=9s",
      "https://player.vimeo.com/video/123456789?h=abc123&dnt=1#t=9s"
    ),
    (
      "https://vimeo.com/123456789", "https://vimeo.com/123456789",
      "https://player.vimeo.com/video/123456789?dnt=1"
    ),
  ])
  func addresses(written: String, url: String, embedURL: String) {
    #expect(Video(url: written)?.url == url)
    #expect(Video(url: written)?.embedURL == embedURL)
  }
}

@Suite struct TitleCardTests {
  @Test func cardsStayAndDiffer() {
    #expect(TitleCard(slug: "salt-road") == TitleCard(slug: "salt-road"))
    let cards = Set((0..<100).map { TitleCard(slug: "film-\($0)") })
    #expect(cards.count == 100)
    #expect(Set(cards.map(\.form)).count == 12)
  }

  @Test(arguments: [
    ("Tilt", ["Tilt"]),
    ("The Defector: Escape from North Korea", ["The Defector:", "Escape from", "North Korea"]),
  ])
  func lines(title: String, expected: [String]) { #expect(TitleCard.lines(of: title) == expected) }
}
