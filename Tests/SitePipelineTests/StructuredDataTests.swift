import CivilTime
import Columns
import Templates
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// What pages say in JSON-LD and Open Graph.
@Suite struct StructuredDataTests {
  /// A site with one film of which everything is known, in theme `plain`.
  private let site = """
    >>> site.yaml
    title: Small & Fine
    url: https://example.org/sub/
    theme: plain
    timezone: America/New_York
    language: de
    author: Ann Shinn
    >>> daily/_column.md
    ---
    name: Project of the Day
    ---
    >>> daily/w47/_week.md
    ---
    week: 2026-W47
    title: Dry
    ---
    >>> daily/w47/salt-road/index.md
    ---
    title: Salt Road
    date: 2026-11-20
    updated: 2026-11-21
    format: documentary-feature
    logline: The last caravan.
    status: released
    year: 2026
    runtime: 92
    authors: [Ann Shinn, Bo]
    credits:
      - {role: Director/Line Producer, name: Cy Poe}
      - {role: Horse Master, name: Dee}
      - {role: Production Company, name: Salt Films}
    countries: [Ethiopia]
    languages: [Afar]
    ids: {imdb: tt1234567}
    links: [{rel: website, url: "https://saltroad.example/"}]
    video: {provider: youtube, id: abcdefghijk, duration: "4:06", poster: a.svg, uploaded: 2026-10-26}
    images: [{src: a.svg, alt: Camels, credit: Dee}]
    ---
    Sand.
    >>> daily/w47/tide.md
    ---
    title: Tide
    date: 2026-11-19
    format: series
    logline: Water comes back.
    status: production
    year: 2027
    runtime: 30
    credits: [{role: Director, name: Cy Poe}]
    video: {provider: youtube, id: abcdefghijk}
    ---
    Wet.
    >>> people/ann.md
    ---
    name: Ann Shinn
    also_known_as: [A. Shinn]
    ids: {imdb: nm1234567}
    links: [{rel: website, url: "https://ann.example/"}]
    ---
    Writes.
    """

  private func page(_ path: String, of site: String) async throws -> String {
    let workshop = try Workshop(site)
    try workshop.write(
      "daily/w47/salt-road/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>")
    let report = try await build(workshop)
    #expect(report.isPublished, "\(report.diagnostics)")
    return try #require(workshop.read("output/\(path)index.html"))
  }

  /// The JSON-LD of a page.
  private func data(_ path: String, of site: String) async throws -> String {
    let page = try await page(path, of: site)
    let script = try #require(page.firstRange(of: "<script type=\"application/ld+json\">"))
    let end = try #require(page[script.upperBound...].firstRange(of: "</script>"))
    return String(page[script.upperBound..<end.lowerBound])
  }

  private func check(_ path: String, _ parts: String...) async throws {
    let data = try await data(path, of: site)
    for part in parts { #expect(data.contains(part), "\(part)\n\(data)") }
  }

  private let root = "https://example.org/sub/"

  @Test func aWriteUpIsAnArticleAboutAFilm() async throws {
    let film = root + "daily/2026-w47/salt-road/"
    try await check(
      "daily/2026-w47/salt-road/", #""@type":"Article","@id":"\#(film)#article","url":"\#(film)""#,
      #""headline":"Project of the Day: Salt Road","description":"The last caravan.""#,
      #""datePublished":"2026-11-20T00:00:00-05:00","dateModified":"2026-11-21T00:00:00-05:00""#,
      #"{"@type":"Person","@id":"\#(root)people/ann-shinn/#person","name":"Ann Shinn","url":"\#(root)people/ann-shinn/"},{"@type":"Person","name":"Bo"}"#,
      #""about":{"@type":"Movie","@id":"\#(film)#film","name":"Salt Road""#,
      #""countryOfOrigin":{"@type":"Country","name":"Ethiopia"},"inLanguage":{"@type":"Language","name":"Afar"}"#,
      #""duration":"PT92M","datePublished":"2026","creativeWorkStatus":"Released""#,
      #""sameAs":["https://www.imdb.com/title/tt1234567/","https://saltroad.example/"]"#,
      #""image":{"@type":"ImageObject","contentUrl":"\#(film)a.svg","caption":"Camels","creditText":"Dee"}"#)
  }

  @Test func creditsAreTheirPropertiesOrRoles() async throws {
    func person(_ name: String, _ slug: String, _ type: String = "Person") -> String {
      #"{"@type":"\#(type)","@id":"\#(root)people/\#(slug)/#person","name":"\#(name)","url":"\#(root)people/\#(slug)/"}"#
    }
    try await check(
      "daily/2026-w47/salt-road/", #""director":\#(person("Cy Poe", "cy-poe"))"#,
      #""producer":{"@type":"Role","roleName":"Line Producer","producer":\#(person("Cy Poe", "cy-poe"))}"#,
      #""contributor":{"@type":"Role","roleName":"Horse Master","contributor":\#(person("Dee", "dee"))}"#,
      #""productionCompany":\#(person("Salt Films", "salt-films", "Organization"))"#)
  }

  /// Were all credits of a company looked through on the page of each of its films, this would take minutes.
  @Test(.timeLimit(.minutes(2))) func aCompanyMayHaveManyFilms() async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\ntheme: plain\n>>> daily/_column.md\n---\nname: Daily\nkind: articles\n---\n")
    let count = 6000
    for number in 0..<count {
      try workshop.write(
        "daily/x/film-\(number).md",
        """
        ---
        {title: T\(number), date: 2026-11-18, format: short, credits: [{role: Distributor/Studio/Sales Agent/Production Company, name: Salt Films}]}
        ---
        """)
    }
    let day = try #require(CivilDate(year: 2026, month: 11, day: 23))
    var options = Build.Options(asOf: .date(day), jobs: 2)
    options.root = workshop.path
    let model = try #require(try await Build(options).prepare().site).model
    let found = model.archive.writeUps.indices.count { index in
      guard case .dictionary(let article) = model.article(ID(index)),
        case .dictionary(let film)? = article["about"], case .list(let studios)? = film["productionCompany"],
        case .dictionary(let studio) = studios[0], case .string("Organization")? = studio["@type"]
      else { return false }
      return studios.count == 2
    }
    #expect(found == count)
  }

  @Test func aClipIsToldOfOnlyWithItsPictureAndDay() async throws {
    let picture = root + "daily/2026-w47/salt-road/a.svg"
    try await check(
      "daily/2026-w47/salt-road/",
      #""video":{"@type":"VideoObject","name":"Salt Road","description":"The last caravan.","thumbnailUrl":"\#(picture)","uploadDate":"2026-10-26","duration":"PT4M6S""#
    )
    #expect(try await !data("daily/2026-w47/tide/", of: site).contains("VideoObject"))
    for missing in [", uploaded: 2026-10-26", ", poster: a.svg"] {
      let site = site.replacing(missing, with: "")
      #expect(try await !data("daily/2026-w47/salt-road/", of: site).contains("VideoObject"))
    }
  }

  @Test func whatIsNotKnownIsLeftOut() async throws {
    let data = try await data("daily/2026-w47/tide/", of: site)
    #expect(data.contains(#""@type":"TVSeries""#))
    for word in ["null", "\"\"", "[]", "PT30M", "2027", "sameAs", "dateModified"] {
      #expect(!data.contains(word), "\(word)\n\(data)")
    }
  }

  @Test func peopleHaveTheirPartInEachFilm() async throws {
    try await check(
      "people/cy-poe/", #""@type":"ProfilePage""#,
      #""hasOccupation":[{"@type":"Occupation","name":"Director"},{"@type":"Occupation","name":"Line Producer"}]"#,
      #"{"@type":"Movie","@id":"\#(root)daily/2026-w47/salt-road/#film","name":"Salt Road","mainEntityOfPage":"\#(root)daily/2026-w47/salt-road/","director":{"@id":"\#(root)people/cy-poe/#person"}"#
    )
    try await check(
      "people/ann-shinn/", #""alternateName":"A. Shinn""#,
      #""sameAs":["https://www.imdb.com/name/nm1234567/","https://ann.example/"]"#, #""@type":"Article""#)
    try await check("people/salt-films/", #""mainEntity":{"@type":"Organization""#)
  }

  @Test func listsAreCollections() async throws {
    try await check(
      "daily/2026-w47/", #""name":"Project of the Day, 2026-W47","description":"Dry""#,
      #""temporalCoverage":"2026-11-16/2026-11-22""#,
      #"{"@type":"ListItem","position":1,"name":"Tide","url":"\#(root)daily/2026-w47/tide/"}"#,
      #""@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Small \u0026 Fine","item":"\#(root)"}"#
    )
    try await check(
      "daily/", #""@type":"CreativeWorkSeries","@id":"\#(root)daily/#series","name":"Project of the Day""#,
      #""startDate":"2026-11-19""#)
    try await check("", #""@type":"WebSite","@id":"\#(root)#site""#, #""inLanguage":"de""#)
    #expect(try await !page("search/", of: site).contains("ld+json"))
  }

  @Test func withoutAnAddressLinksLeadFromThePage() async throws {
    let site = site.replacing("url: https://example.org/sub/\n", with: "")
    let data = try await data("daily/2026-w47/salt-road/", of: site)
    #expect(
      data.contains(#""@id":"../../../daily/2026-w47/salt-road/#article""#)
        || data.contains(##""@id":"#article""##))
    #expect(data.contains(##""@id":"../../../people/cy-poe/#person""##))
    #expect(!data.contains("\"https://example.org"))
  }

  @Test func noTextEndsTheScript() async throws {
    let site = site.replacing("title: Salt Road", with: "title: \"</script><script>alert(1)//<!--\"")
    for theme in ["plain", "marquee"] {
      let page = try await page(
        "daily/2026-w47/salt-road/", of: site.replacing("theme: plain", with: "theme: \(theme)"))
      #expect(!page.contains("<script>alert"))
      #expect(page.contains(#""name":"\u003c/script\u003e\u003cscript\u003ealert(1)//\u003c!--""#))
    }
  }

  @Test func whatIsSharedHasTheTitleOfThePage() async throws {
    for theme in ["plain", "marquee"] {
      let site = site.replacing("theme: plain", with: "theme: \(theme)")
      for path in ["", "daily/", "daily/2026-w47/", "daily/2026/11/", "daily/2026-w47/salt-road/", "search/"]
      {
        let page = try await page(path, of: site)
        func text(_ start: String, _ end: String) throws -> Substring {
          let first = try #require(page.firstRange(of: start), "\(theme) \(path)")
          let last = try #require(page[first.upperBound...].firstRange(of: end))
          return page[first.upperBound..<last.lowerBound]
        }
        #expect(try text("<title>", "</title>") == text("<meta property=\"og:title\" content=\"", "\">"))
      }
    }
    let marquee = site.replacing("theme: plain", with: "theme: marquee")
    let page = try await page("daily/2026-w47/salt-road/", of: marquee)
    for tag in [
      "og:locale\" content=\"de_DE", "og:type\" content=\"article",
      "article:published_time\" content=\"2026-11-20T00:00:00-05:00",
      "article:author\" content=\"\(root)people/ann-shinn/",
      "og:image\" content=\"\(root)daily/2026-w47/salt-road/a.svg", "og:image:width\" content=\"1\"",
      "twitter:card\" content=\"summary_large_image",
    ] {
      #expect(page.contains(tag), "\(tag)")
    }
  }
}
