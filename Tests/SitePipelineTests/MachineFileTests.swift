import Foundation
import TestSupport
import Testing

@testable import SitePipeline

/// The JSON files for other programs.
@Suite struct MachineFileTests {
  private func object(_ path: String, of workshop: Workshop) throws -> [String: Any] {
    let text = try #require(workshop.read("output/\(path)"), "\(path)")
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
  }

  private func machineFiles(of workshop: Workshop) -> [String] {
    workshop.tree().keys.filter { $0.hasPrefix("api/") || $0.hasSuffix("oembed.json") }.sorted()
  }

  @Test func everyFileIsNamedByTheIndex() async throws {
    let workshop = try Workshop(smallSite)
    #expect(try await build(workshop).isPublished)
    let files = machineFiles(of: workshop)
    #expect(
      files == [
        "api/daily/2026.json", "api/daily/ballots.json", "api/daily/weeks.json", "api/index.json",
        "api/people/1.json", "api/terms.json", "daily/2026-w47/salt-road/oembed.json",
        "daily/2026-w47/tide/oembed.json",
      ])
    let index = try #require(workshop.read("output/api/index.json"))
    for file in files where file.hasPrefix("api/") && file != "api/index.json" {
      #expect(index.contains("\"https://example.org/sub/\(file)\""), "\(file)")
    }
  }

  @Test func aYearHoldsWhatIsKnownOfItsWriteUps() async throws {
    let workshop = try Workshop(smallSite)
    _ = try await build(workshop)
    let pieces = try #require(try object("api/daily/2026.json", of: workshop)["writeups"] as? [[String: Any]])
    #expect(pieces.map { $0["title"] as? String } == ["Tide", "Salt Road"])
    let film = try #require(pieces.last)
    #expect(film["url"] as? String == "https://example.org/sub/daily/2026-w47/salt-road/")
    #expect(film["date"] as? String == "2026-11-20T00:00:00-05:00")
    #expect(film["status"] as? String == "production" && film["format"] as? String == "documentary-feature")
    #expect(film["tags"] as? [String] == ["desert"] && film["genres"] as? [String] == [])
    #expect(film["runtime"] == nil && film["updated"] == nil)
    let text = try #require(workshop.read("output/api/daily/ballots.json"))
    #expect(text.contains(#""period":"2026-W47","kind":"week""#))
    #expect(
      text.contains(
        #"{"writeup":"https://example.org/sub/daily/2026-w47/salt-road/","votes":3,"percent":100}"#))
  }

  /// A vote that closes with a day does so at its end: its first moment would be a day early.
  @Test func aBareDateStaysADay() async throws {
    let workshop = try Workshop(
      smallSite.replacing(
        "vote: {closes: 2026-11-22T17:00:00-05:00",
        with: "vote: {opens: 2026-11-20T09:00:00-05:00, closes: 2026-11-22"
      )
      .replacing(
        "title: Tide", with: "title: Tide\ncampaign: {url: \"https://fund.example/\", deadline: 2026-12-01}"))
    #expect(try await build(workshop).isPublished)
    let text = try #require(workshop.read("output/api/daily/ballots.json"))
    #expect(text.contains(#""opens":"2026-11-20T09:00:00-05:00","closes":"2026-11-22","#))
    #expect(workshop.read("output/api/daily/2026.json")?.contains(#""deadline":"2026-12-01""#) == true)
  }

  @Test(arguments: [("", 1), ("comments: closed\n", 1), ("comments: none\n", 0)])
  func hiddenCommentsAreNotCounted(line: String, count: Int) async throws {
    let workshop = try Workshop(smallSite.replacing("title: Tide\n", with: "title: Tide\n\(line)"))
    try workshop.write(">>> daily/w47/tide.comments.yaml\n- {author: A, date: 2026-11-20, body: Wet}\n")
    #expect(try await build(workshop).isPublished)
    let pieces = try #require(try object("api/daily/2026.json", of: workshop)["writeups"] as? [[String: Any]])
    #expect(pieces.first?["comment_count"] as? Int == count)
  }

  @Test func editorsEyesOnly() async throws {
    let workshop = try Workshop(
      smallSite.replacing("title: Tide", with: "title: Tide\ndraft: true")
        .replacing(
          "credits: [{role: Director, name: 김민수}]", with: "credits: [{role: Director, name: Ann Shinn}]"))
    _ = try await build(workshop) { $0.includesDrafts = true }
    #expect(workshop.read("output/daily/2026-w47/tide/index.html")?.contains("oembed") == false)
    for file in machineFiles(of: workshop) where file != "api/terms.json" {
      #expect(workshop.read("output/\(file)")?.contains("tide/") == false, "\(file)")
    }
  }

  @Test func embedsNameTheirSiteAndWriter() async throws {
    let workshop = try Workshop(
      smallSite.replacing(
        "title: Tide", with: "title: Tide\nauthors: [Ann Shinn]\nheadline: \"</script> & <b>\""))
    _ = try await build(workshop)
    let embed = try object("daily/2026-w47/tide/oembed.json", of: workshop)
    #expect(embed["version"] as? String == "1.0" && embed["type"] as? String == "link")
    #expect(embed["title"] as? String == "</script> & <b>")
    #expect(embed["author_name"] as? String == "Ann Shinn")
    #expect(embed["author_url"] as? String == "https://example.org/sub/people/ann-shinn/")
    #expect(embed["provider_url"] as? String == "https://example.org/sub/")
    let page = try #require(workshop.read("output/daily/2026-w47/tide/index.html"))
    #expect(
      page.contains(
        "<link rel=\"alternate\" type=\"application/json+oembed\" href=\"../../../daily/2026-w47/tide/oembed.json\">"
      ))
  }

  @Test func theyCanBeTurnedOff() async throws {
    let site = smallSite.replacing("theme: plain", with: "theme: plain\napi: false\noembed: false")
    let workshop = try Workshop(site)
    #expect(try await build(workshop).diagnostics.isEmpty)
    #expect(machineFiles(of: workshop) == [])
    #expect(workshop.read("output/daily/2026-w47/tide/index.html")?.contains("oembed") == false)
  }

  @Test func withoutAnAddressTheyLeadFromTheRoot() async throws {
    let workshop = try Workshop(smallSite.replacing("url: https://example.org/sub/\n", with: ""))
    _ = try await build(workshop)
    #expect(!machineFiles(of: workshop).contains { $0.hasSuffix("oembed.json") })
    #expect(
      workshop.read("output/api/people/1.json")?.contains(#""url":"people/ann-shinn/","name":"Ann Shinn""#)
        == true)
  }

  @Test func aPageCannotTakeTheirPlace() async throws {
    let found = try await findings(
      """
      >>> pages/api/index.json
      {}
      >>> pages/other.md
      ---
      title: Other
      aliases: [/api/terms.json/]
      ---
      """)
    #expect(found.contains { $0.hasSuffix("plan/same-address") }, "\(found)")
  }
}
