import SourceText
import TestSupport
import Testing

@testable import SitePipeline

private func page(_ comments: String, theme: String = "plain", _ files: String = "") async throws -> String {
  let site = smallSite.replacing("theme: plain", with: "theme: \(theme)\n\(comments)")
  let workshop = try Workshop(site + "\n" + files)
  let report = try await build(workshop)
  #expect(report.diagnostics.isEmpty)
  return try #require(workshop.read("output/daily/2026-w47/tide/index.html"))
}

private let threads = """
  >>> daily/w47/tide.comments.yaml
  - {_id: '5e2', author: '"><b>Bo', date: 2026-11-20, body: Wet.}
  - {reply_to: '5e2', body: Very.}
  """

@Suite struct CommentFormTests {
  @Test(arguments: ["plain", "marquee"])
  func postsWithPlainNames(theme: String) async throws {
    let page = try await page("comments: {action: 'https://forms.example/f/1'}", theme: theme, threads)
    for part in [
      "<form method=\"post\" action=\"https://forms.example/f/1\"",
      "<input type=\"hidden\" name=\"_subject\" value=\"Project of the Day: Tide\">",
      "name=\"slug\" value=\"daily/2026-w47/tide\"",
      "name=\"_next\" value=\"https://example.org/sub/daily/2026-w47/tide/#comments-sent\"",
      "id=\"comments-sent\"", "name=\"message\"", "name=\"_gotcha\"",
      "<option value=\"5e2\">&#34;&gt;&lt;b&gt;Bo, 20 Nov",
    ] { #expect(page.contains(part), "\(part)") }
    // What the second says is its name, as it has no id.
    #expect(page.contains(/<option value="c[0-9a-f]{12}">A reader, #2</))
    #expect(!page.contains("class=\"answer\" href=\"mailto:"))
  }

  @Test(arguments: ["plain", "marquee"])
  func postsWithTheNamesOfStaticman(theme: String) async throws {
    let page = try await page(
      "comments: {form: staticman, action: 'https://s.example/v2/entry/a/b/main/comments'}", theme: theme,
      threads)
    for part in [
      "name=\"options[slug]\" value=\"daily/2026-w47/tide\"", "name=\"fields[body]\"",
      "name=\"fields[author]\"",
      "name=\"fields[url]\"", "name=\"fields[reply_to]\"", "name=\"fields[hidden]\"",
      "name=\"options[redirect]\" value=\"https://example.org/sub/daily/2026-w47/tide/#comments-sent\"",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("_subject"))
  }

  @Test(arguments: ["plain", "marquee"])
  func asksForMailWhereNothingElseIsThere(theme: String) async throws {
    let page = try await page("comments: {mail: letters+film@example.org}", theme: theme, threads)
    #expect(page.contains("href=\"mailto:letters+film@example.org?subject="))
    #expect(!page.contains("<textarea"))
    guard theme == "marquee" else { return }
    #expect(page.contains("body=In%20answer%20to%20A%20reader%20%28reply_to%3A%20"))
    #expect(page.contains("https%3A//example.org/sub/daily/2026-w47/tide/"))
  }

  @Test(arguments: [
    ("", "open"), ("comments: {mail: a@example.org}", "closed"), ("comments: {mail: a@example.org}", "none"),
  ])
  func isNotThereOtherwise(configuration: String, state: String) async throws {
    let film = """
      >>> daily/w47/tide.md
      ---
      {title: Tide, date: 2026-11-19, format: short, logline: W, status: released, credits: [{role: Director, name: A}], comments: \(state)}
      ---
      ## About
      """
    for theme in ["plain", "marquee"] {
      let page = try await page(configuration, theme: theme, film + "\n" + threads)
      #expect(
        !page.contains("<textarea") && !page.contains("a@example.org") && !page.contains("id=\"m-write\""))
      #expect(page.contains("id=\"comment-5e2\"") == (state != "none"))
    }
  }

  @Test(arguments: [
    ("{}", "site/no-way-to-comment"), ("{form: staticman}", "site/no-way-to-comment"),
    ("{form: formspree, mail: a@example.org}", "site/no-way-to-comment"),
    ("{mail: 'a b@example.org'}", "site/mail-address"),
    ("{mail: 'a@b@c'}", "site/mail-address"),
    ("{mail: 'a@example.org?cc=b@example.org'}", "site/mail-address"),
    ("{mail: '@example.org'}", "site/mail-address"),
    ("{action: 'javascript:alert(1)'}", "field/not-an-address"),
    ("{form: disqus, action: 'https://x.example/'}", "field/not-one-of"),
  ])
  func mistakes(configuration: String, id: String) async throws {
    let workshop = try Workshop(
      smallSite.replacing("theme: plain", with: "theme: plain\ncomments: \(configuration)"))
    let report = try await build(workshop)
    #expect(report.diagnostics.map(\.id) == [id])
    #expect(report.diagnostics.first?.location?.path == "content/site.yaml")
  }

  @Test func whoAReaderIsIsRefused() async throws {
    let file = """
      >>> daily/w47/tide.comments.yaml
      - _id: 5e2
        email: 0bc83cb571cd1c50ba6f3e8a78ef1346
        body: Wet.
      - {body: Dry., _ip: 192.0.2.1}
      """
    #expect(
      try await findings(file) == [
        "daily/w47/tide.comments.yaml:2:3 comments/personal-data",
        "daily/w47/tide.comments.yaml:4:16 comments/personal-data",
      ])
  }
}
