import Feeds
import SourceText
import Testing

private func sample(_ text: String, count: Int = 2) -> WeeklyDigest {
  let link = DigestLink(text, "https://films.example/2026-w47/?a=1&b=\"2\"")
  var digest = WeeklyDigest(
    language: "en", site: link, column: link, week: link, dates: text, preheader: text, note: text,
    browserLink: link, more: text, copyright: text)
  for _ in 0..<count {
    var film = DigestFilm(link, day: text, summary: text, facts: text)
    film.imageURL = "https://films.example/still.jpg"
    film.imageText = text
    digest.films.append(film)
  }
  digest.vote = DigestVote(
    heading: text, state: text, prize: text, poll: link,
    lines: (0..<count).map { DigestVote.Line(link, votes: text, percent: 50 + $0, isWinner: $0 == 0) },
    notes: [text])
  digest.vote?.sponsor = (text, link.url)
  digest.vote?.remark = text
  digest.vote?.total = text
  return digest
}

private func written(_ write: (WeeklyDigest, inout ByteBuffer) -> Void, _ digest: WeeklyDigest) -> String {
  var buffer = ByteBuffer()
  write(digest, &buffer)
  return buffer.string
}

@Suite struct DigestTests {
  static let hostile = "a<b>\"'&</td></table><script>alert(1)</script><!--\u{0}\u{8}é😀"

  @Test func textStaysText() {
    for html in [
      written(writeDigestHTML, sample(Self.hostile)), written(writeDigestEntry, sample(Self.hostile)),
    ] {
      #expect(!html.contains("<script") && !html.contains("<!--") && !html.contains("\u{8}"))
      #expect(html.contains("a&lt;b&gt;&quot;"))
      #expect(html.contains("href=\"https://films.example/2026-w47/?a=1&amp;b=%222%22\""))
    }
  }

  @Test func theMailIsWhatMailProgramsShow() {
    let html = written(writeDigestHTML, sample("Salt Road"))
    for word in ["<style", "<link", "<script", "<svg", "<form", "position:", "flex", "grid", "float", "url("]
    {
      #expect(!html.contains(word), "\(word)")
    }
    #expect(html.contains("<img src=\"https://films.example/still.jpg\" alt=\"Salt Road\" width=\"552\""))
    #expect(html.contains("<meta name=\"robots\" content=\"noindex\">"))
    #expect(html.contains("<td width=\"50%\" height=\"6\""))
    // Each table that is opened is closed.
    #expect(html.split(separator: "<table").count == html.split(separator: "</table").count)
  }

  @Test func theLongestMailIsShownWhole() {
    // Four bytes for each character, and one that escapes to six.
    for text in [String(repeating: "😀", count: 5000), String(repeating: "\"", count: 5000)] {
      var digest = sample("Film", count: 200)
      digest.note = text
      digest.vote?.prize = text
      digest.vote?.sponsor?.name = text
      digest.vote?.remark = text
      digest.vote?.notes = [String](repeating: text, count: 50)
      for index in digest.films.indices {
        digest.films[index].summary = text
        digest.films[index].imageText = text
      }
      let html = written(writeDigestHTML, digest)
      #expect(html.utf8.count < 102_000, "\(html.utf8.count)")
      #expect(html.hasSuffix("</html>\n"))
    }
  }

  @Test func plainTextIsNoWiderThanALine() {
    let words = (1...90).map { String(repeating: "x", count: $0 % 13 + 1) }.joined(separator: " ")
    let text = written(writeDigestText, sample(words))
    let wide = text.split(separator: "\n").filter { $0.count > 72 && !$0.hasPrefix("https://") }
    #expect(wide.isEmpty)
    #expect(text.contains("\nhttps://films.example/2026-w47/?a=1&b=%222%22\n"))
    #expect(text.contains("\n-- \n"))
    #expect(!text.contains("\t") && !text.contains("\u{8}"))
  }
}
