import TestSupport
import Testing

@testable import SitePipeline

/// Two films of one person, with histories.
private let peopleSite = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: marquee
  >>> daily/_column.md
  ---
  name: Daily
  ---
  >>> essays/_column.md
  ---
  name: Essays
  kind: articles
  ---
  >>> people/ann.md
  ---
  name: Ann Shinn
  ids: {imdb: nm1234567, tmdb: person/12, wikidata: Q1}
  ---
  >>> daily/ash.md
  ---
  title: Ash
  date: 2026-11-02
  year: 2027
  format: short
  logline: It burns.
  status: festival
  status_history:
  - {date: 2026-01-05, status: production}
  - {date: 2026-05-30, status: post-production, note: In the lab}
  - {date: 2026-11-25, status: festival}
  credits: [{role: Director/Editor, name: Ann Shinn}, {role: Sound, name: Bo Li}]
  ---
  >>> daily/elm.md
  ---
  title: Elm
  date: 2026-11-20
  format: short
  logline: It grows.
  status: post-production
  status_history: [{date: 2026-03-01, status: post-production}]
  credits: [{role: Editor, name: Ann Shinn}]
  ---
  >>> essays/on-fire.md
  ---
  title: On Fire
  date: 2026-11-21
  authors: [Ann Shinn]
  ---
  """

@Suite struct PeopleTests {
  /// The texts between the tags of a page, from the heading `start` to the next section's end.
  private func words(_ workshop: Workshop, _ file: String, from start: String) throws -> String {
    let html = try page(workshop, file)
    let section = try #require(html.split(separator: "id=\"\(start)\"", maxSplits: 1).last)
    let text = try #require(section.split(separator: /<\/(section|nav)>/).first)
    var result = ""
    var isTag = true
    for character in text {
      if character == "<" {
        isTag = true
        result += " "
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        result.append(character)
      }
    }
    return result.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func page(_ workshop: Workshop, _ file: String) throws -> String {
    try #require(workshop.read("output/" + file))
  }

  private func workshop(_ asOf: String = "2026-11-23T12:00:00Z") async throws -> Workshop {
    let workshop = try Workshop(peopleSite)
    let report = try await build(workshop, asOf: asOf)
    #expect(report.isPublished && report.diagnostics.isEmpty, "\(report.diagnostics)")
    return workshop
  }

  @Test func filmsAreListedOnceWithAllRolesAndByRoleAndYear() async throws {
    let workshop = try await workshop()
    let person = "people/ann-shinn/index.html"
    let films = try words(workshop, person, from: "m-films")
    #expect(films.hasSuffix("Ash Director Editor 2027 · Post-production"))
    #expect(films.contains("Elm Editor 2026 · Post-production"))
    #expect(
      try words(workshop, person, from: "m-roles")
        == "By role Editor 2 2027 Ash 2026 Elm Director 2027 Ash")
    #expect(try words(workshop, person, from: "m-written").hasPrefix("Written here Essays 1"))
    let html = try page(workshop, person)
    #expect(html.contains("href=\"https://www.imdb.com/name/nm1234567/\">IMDb</a>"))
    #expect(html.contains("href=\"https://www.themoviedb.org/person/12\">TMDB</a>"))
    #expect(html.contains("href=\"https://www.wikidata.org/wiki/Q1\">Wikidata</a>"))
    // Whoever has one film has nothing to be sorted.
    #expect(!(try page(workshop, "people/bo-li/index.html")).contains("m-roles"))
  }

  @Test func theStatusIndexTellsWhereFilmsAreNow() async throws {
    let workshop = try await workshop()
    #expect(
      try words(workshop, "status/index.html", from: "m-moves")
        == "Where are they now The latest steps, newest first 30 May 2026 Ash Production → Post-production In the lab 1 March 2026 Elm Post-production"
    )
    let link = "../daily/2026-w45/ash/index.html#status-2026-05-30\""
    #expect(try page(workshop, "status/index.html").contains(link.replacing("index.html", with: "")))
    let ash = try page(workshop, "daily/2026-w45/ash/index.html")
    #expect(ash.contains("<li id=\"status-2026-01-05\">") && ash.contains("<li id=\"status-2026-05-30\">"))
    #expect(!ash.contains("status-2026-11-25"))
    #expect(ash.contains("Since 30 May 2026"))
    #expect(try page(workshop, "status/post-production/index.html").contains("Since 30 May 2026"))
    #expect(!(try page(workshop, "formats/index.html")).contains("m-moves"))
  }

  @Test func aStepShowsFromItsDayOn() async throws {
    let workshop = try await workshop("2026-11-25T12:00:00Z")
    #expect(try words(workshop, "status/index.html", from: "m-moves").contains("Post-production → Festival"))
    #expect(try page(workshop, "daily/2026-w45/ash/index.html").contains("<li id=\"status-2026-11-25\">"))
  }

  @Test func relatedWriteUpsSayWhy() async throws {
    let workshop = try await workshop()
    #expect(
      try words(workshop, "daily/2026-w45/ash/index.html", from: "m-related").hasSuffix(
        "Elm Also by Ann Shinn"))
    #expect(
      try page(workshop, "daily/2026-w45/ash/index.html").contains("href=\"../../../daily/2026-w47/elm/\""))
    #expect(
      try words(workshop, "essays/2026/on-fire/index.html", from: "m-related").hasSuffix(
        "Elm From the same week"))
  }
}
