import Testing

@testable import Columns

@Suite struct RelatedTests {
  /// A write-up that is filed under `terms`, on a day of November or December 2026.
  private func film(_ slug: String, _ day: String, _ credits: String = "", _ terms: String = "") -> String {
    let people = credits.split(separator: " ").map { "{role: Director, name: \($0)}" }
    return ">>> daily/2026-\(day)-\(slug).md\n---\ntitle: \(slug)\n\(terms)\n"
      + "credits: [\(people.joined(separator: ", "))]\n---\n"
  }

  private let column = ">>> daily/_column.md\n---\nname: Daily\nkind: articles\n---\n"

  /// What is related to `slug`, each as `slug: reason`.
  private func related(_ slug: String, in site: String, limit: Int = 6) throws -> [String] {
    let archive = try Assembled(site, future: true).archive
    let index = try #require(archive.writeUps.firstIndex { $0.source.slug == slug })
    return archive.related(to: ID(index), limit: limit).map { related in
      #expect(archive.relation(of: ID(index), with: related.writeUp) == related)
      let reason =
        switch related.reason {
        case .people(let people): people.map { archive.people[$0].name }.joined(separator: "+")
        case .term(let term): archive.terms[term].slug
        case .week: "week"
        }
      return "\(archive.writeUps[related.writeUp].source.slug): \(reason)"
    }
  }

  @Test func peopleThenStatusGenreCountryWeek() throws {
    let site =
      column + film("ash", "11-18", "Ann Bo", "status: festival\ngenres: [Noir]\ncountries: [Peru]")
      + film("week", "11-19") + film("country", "06-01", "", "countries: [Peru]")
      + film("genre", "05-01", "", "genres: [Noir]") + film("status", "04-01", "", "status: festival")
      + film("one", "03-01", "Ann Cy") + film("two", "02-01", "Bo Ann") + film("none", "11-01", "Cy")
    #expect(
      try related("ash", in: site) == [
        "two: Ann+Bo", "one: Ann", "status: festival", "genre: noir", "country: peru", "week: week",
      ])
    #expect(try related("ash", in: site, limit: 2) == ["two: Ann+Bo", "one: Ann"])
    #expect(try related("none", in: site) == ["one: Cy"])
  }

  @Test func theNearestInTimeComesFirstAndThenTheEarlier() throws {
    let site =
      column + film("ash", "06-10", "Ann") + film("after", "06-20", "Ann") + film("before", "05-31", "Ann")
      + film("near", "06-19", "Ann")
    #expect(try related("ash", in: site) == ["near: Ann", "before: Ann", "after: Ann"])
  }

  @Test func oneReasonDoesNotCrowdOutTheOthers() throws {
    let status = "status: festival"
    let site =
      column + film("ash", "06-10", "", "\(status)\ngenres: [Noir]") + film("a", "06-20", "", status)
      + film("b", "06-30", "", status) + film("c", "07-10", "", status) + film("d", "07-20", "", status)
      + film("e", "01-10", "", "genres: [Noir]")
    #expect(try related("ash", in: site, limit: 3) == ["a: festival", "b: festival", "e: noir"])
    #expect(
      try related("ash", in: site, limit: 4) == ["a: festival", "b: festival", "c: festival", "e: noir"])
  }

  @Test func aWeekThatHasAPageShowsItsOwn() throws {
    let site = film("ash", "11-18", "Ann") + film("elm", "11-19", "Ann") + film("oak", "11-26", "Ann")
    #expect(try related("ash", in: site) == ["oak: Ann"])
    #expect(try related("ash", in: column + site) == ["elm: Ann", "oak: Ann"])
  }

  @Test func whoeverHasManyRolesCountsOnce() throws {
    let roles = (0..<50).map { "Role\($0)" }.joined(separator: "/")
    let site =
      column + film("ash", "06-10", "Ann") + film("far", "08-01", "Ann")
      + film("near", "06-20").replacing("credits: []", with: "credits: [{role: \(roles), name: Ann}]")
    #expect(try related("ash", in: site) == ["near: Ann", "far: Ann"])
  }

  /// Everybody has the same director, status, genre and country: what is looked at doesn't grow with the archive.
  @Test(arguments: [100, 10_000]) func theWorkDoesNotGrow(count: Int) throws {
    var site = column.replacing("articles", with: "articles\npermalink: /{column}/{slug}/")
    for number in 0..<count {
      let (day, month, year) = (number % 28 + 1, number / 28 % 12 + 1, 1990 + number / 336)
      let date = "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
      site +=
        ">>> daily/film-\(number).md\n---\ntitle: F\(number)\ndate: \(date)\nstatus: festival\ngenres: [Noir]\n"
        + "countries: [Peru]\ncredits: [{role: Director, name: Ann}]\n---\n"
    }
    let archive = try Assembled(site).archive
    #expect(archive.writeUps.count == count)
    let looked = archive.writeUps.indices.map { archive.relatives(of: ID($0)).count }
    // Six on either side, and those of one week.
    #expect((looked.max() ?? 0) <= 12)
    #expect((looked.min() ?? 0) >= 6)
  }
}
