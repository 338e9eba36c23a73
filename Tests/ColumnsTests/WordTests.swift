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
    #expect(slug(for: String(repeating: "a", count: 200)).utf8.count == 80)
  }

  @Test(arguments: [
    ("Ann Shinn", "shinn ann"), ("Cher", "cher"), ("김민수", "김민수"),
    ("María José de la Cruz", "cruz maria jose de la"),
  ])
  func sortsByLastName(name: String, expected: String) { #expect(Person.sortKey(ofName: name) == expected) }
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
    ("site.yaml", ContentKind.site), ("a/_column.md", .column), ("a/_week.md", .week), ("a/b.md", .writeUp),
    ("a/b.comments.yaml", .comments), ("a/b/comments.yaml", .comments), ("people/x.md", .person),
    ("pages/x.md", .freePage), ("a/b.jpg", .media),
  ])
  func kinds(path: String, expected: ContentKind) { #expect(ContentPath(path).kind == expected) }
}

@Suite struct VideoTests {
  @Test(arguments: [
    ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "youtube dQw4w9WgXcQ"),
    ("https://youtu.be/dQw4w9WgXcQ", "youtube dQw4w9WgXcQ"),
    ("https://vimeo.com/123456789", "vimeo 123456789"),
    ("https://vimeo.com/about", nil), ("https://example.org/123456789", nil),
  ])
  func pages(url: String, expected: String?) {
    #expect(Video(url: url).map { "\($0.provider.rawValue) \($0.id)" } == expected)
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
