import TestSupport
import Testing

@testable import SitePipeline

@Suite struct SearchTests {
  @Test func thePageLoadsTheScriptThatStandsWithItsIndex() async throws {
    let workshop = try Workshop(smallSite)
    #expect(try await build(workshop).isPublished)
    let script = try #require(workshop.tree().keys.first { $0.hasSuffix("/search.js") })
    let page = try #require(workshop.read("output/search/index.html"))
    #expect(page.contains("src=\"../\(script)\""))
    #expect(page.contains("noindex"))
    #expect(workshop.read("output/sitemap.xml")?.contains("/search/") == false)
    let front = try #require(workshop.read("output/index.html"))
    #expect(front.contains("href=\"search/\""))
  }

  @Test func whatIsPublishedIsFound() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let shown = part("d0", of: workshop)
    #expect(shown.contains(#"["Salt Road","daily/2026-w47/salt-road/","The last caravan.","Ann Shinn","#))
    #expect(shown.contains(#""2026-11-20","Production","writeup","#))
    #expect(shown.contains(#"["Ann Shinn","people/ann-shinn/","Director, Salt Road","#))
    #expect(part("d1", of: workshop).contains(#"["About","about/","Us.","#))
    let words = part("w0", of: workshop)
    for word in ["caravan", "desert", "김민수"] { #expect(words.contains(word), "\(word)") }
  }

  @Test func whatIsHeldBackIsNot() async throws {
    let workshop = try Workshop(smallSite.replacing("title: Tide", with: "title: Tide\ndraft: true"))
    for showsDrafts in [false, true] {
      _ = try await build(workshop) { $0.includesDrafts = showsDrafts }
      #expect(!part("d0", of: workshop).contains("Tide"))
      #expect(!part("d0", of: workshop).contains("김민수"))
      #expect(!part("w0", of: workshop).contains("comes"))
    }
  }

  @Test func itCanBeTurnedOff() async throws {
    for theme in ["plain", "marquee"] {
      let workshop = try Workshop(smallSite.replacing("theme: plain", with: "theme: \(theme)\nsearch: false"))
      #expect(try await build(workshop).diagnostics.isEmpty)
      #expect(workshop.tree().keys.filter { $0.hasPrefix("search") } == [])
      #expect(workshop.read("output/index.html")?.contains("search/") == false)
    }
  }

  @Test func anotherIndexHasAnotherFolder() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let first = folders(of: workshop)
    try workshop.write("pages/about.md", "---\ntitle: About\n---\nThem.\n")
    _ = try await build(workshop)
    #expect(first.count == 1 && folders(of: workshop).count == 1)
    #expect(first.isDisjoint(with: folders(of: workshop)))
  }

  private func folders(of workshop: Workshop) -> Set<Substring> {
    Set(workshop.tree().keys.filter { $0.hasSuffix("/index.js") }.map { $0.dropFirst(7).prefix(16) })
  }

  private func part(_ name: String, of workshop: Workshop) -> String {
    workshop.tree().first { $0.key.hasSuffix("/\(name).js") }?.value ?? ""
  }
}
