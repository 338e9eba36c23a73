import CivilTime
import SourceText
import Testing

@testable import Feeds

struct SitemapTests {
  private let entries = (1...5).map {
    SitemapEntry(
      url: "https://films.example/\($0)/?a=1&b=2",
      lastModified: $0 == 3 ? nil : Timestamp(seconds: november.seconds + Int64($0)))
  }

  @Test func oneFile() {
    let files = sitemaps(for: Array(entries[1...2]), base: "https://films.example/")
    #expect(files.map(\.path) == ["sitemap.xml"])
    #expect(
      String(decoding: files[0].bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="utf-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <url><loc>https://films.example/2/?a=1&amp;b=2</loc><lastmod>2026-11-20T14:00:02Z</lastmod></url>
        <url><loc>https://films.example/3/?a=1&amp;b=2</loc></url>
        </urlset>

        """)
  }

  @Test func noPages() {
    let files = sitemaps(for: [], base: "https://films.example/")
    #expect(files.map(\.path) == ["sitemap.xml"])
    #expect(String(decoding: files[0].bytes, as: UTF8.self).hasSuffix("/0.9\">\n</urlset>\n"))
  }

  @Test(arguments: ["https://films.example/a", "https://films.example/a/"])
  func index(base: String) {
    let files = sitemaps(for: entries, base: base, limits: SitemapLimits(urlCount: 2))
    #expect(files.map(\.path) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"])
    #expect(
      String(decoding: files[0].bytes, as: UTF8.self) == """
        <?xml version="1.0" encoding="utf-8"?>
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
        <sitemap><loc>https://films.example/a/sitemap-1.xml</loc><lastmod>2026-11-20T14:00:02Z</lastmod></sitemap>
        <sitemap><loc>https://films.example/a/sitemap-2.xml</loc><lastmod>2026-11-20T14:00:04Z</lastmod></sitemap>
        <sitemap><loc>https://films.example/a/sitemap-3.xml</loc><lastmod>2026-11-20T14:00:05Z</lastmod></sitemap>
        </sitemapindex>

        """)
    let locations = files.dropFirst().flatMap {
      String(decoding: $0.bytes, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("<url>") }
    }
    #expect(locations.count == 5)
  }

  @Test func sizeLimit() {
    let whole = sitemaps(for: Array(entries[..<2]), base: "")[0].bytes.count
    let limits = SitemapLimits(byteCount: whole)
    #expect(sitemaps(for: Array(entries[..<2]), base: "", limits: limits).count == 1)
    let files = sitemaps(for: entries, base: "", limits: limits)
    #expect(files.count == 4)
    #expect(files.dropFirst().allSatisfy { $0.bytes.count <= whole })
    // A file holds at least one page, whatever the limit.
    #expect(sitemaps(for: entries, base: "", limits: SitemapLimits(byteCount: 1)).count == 6)
  }

  @Test func fiftyThousand() {
    let page = SitemapEntry(url: "https://films.example/")
    #expect(sitemaps(for: Array(repeating: page, count: 50_000), base: "").count == 1)
    #expect(sitemaps(for: Array(repeating: page, count: 50_001), base: "").count == 3)
  }

  @Test func robots() {
    #expect(
      text { writeRobots(sitemapURL: "https://films.example/sitemap.xml", into: &$0) }
        == "User-agent: *\nDisallow:\n\nSitemap: https://films.example/sitemap.xml\n")
    #expect(
      text { writeRobots(sitemapURL: nil, disallowed: ["/search/", "/é\n"], into: &$0) }
        == "User-agent: *\nDisallow: /search/\nDisallow: /%C3%A9%0A\n")
  }
}
