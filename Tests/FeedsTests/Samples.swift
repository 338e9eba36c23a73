import CivilTime
import SourceText
import Testing

@testable import Feeds

/// 20 November 2026, nine in the morning, in New York.
let november = Timestamp(seconds: 1_795_183_200, offset: -18_000)

/// Text with everything in it that a format could trip over.
let hostile =
  "a]]>b]]]>c<b>&amp;\"'\\\u{0}\u{8}\u{B}\u{1F}\u{FFFE}\u{FFFF}\u{7F}\u{85}\u{2028}\r\n\té😀</script><!--"

func sampleFeed(_ format: String) -> Feed {
  Feed(
    id: "https://films.example/feed/", title: "Project of the Day & Week", subtitle: "Films <in the making>",
    language: "en", homeURL: "https://films.example/", feedURL: "https://films.example/feed/\(format)",
    author: FeedAuthor(name: "The Editors", url: "https://films.example/about/"),
    iconURL: "https://films.example/icon.png", copyright: "© The Editors",
    entries: [
      FeedEntry(
        url: "https://films.example/2026/salt-road/", title: "Salt Road", published: november,
        updated: Timestamp(seconds: november.seconds + 3600),
        authors: [
          FeedAuthor(name: "Ann Shinn", url: "https://films.example/people/ann-shinn/"),
          FeedAuthor(name: "Bo “B” Reyes"),
        ],
        categories: ["Documentary", "Salt & roads"], summary: "A road, <white> & \"long\".",
        content: Array("<p>One &amp; two]]&gt;</p>\n".utf8),
        image: FeedImage(
          url: "https://films.example/2026/salt-road/still.jpg?w=1&h=2", mediaType: "image/jpeg",
          byteCount: 20_480),
        commentsURL: "https://films.example/2026/salt-road/#comments"),
      FeedEntry(
        id: "https://films.example/old/lull/", url: "https://films.example/2026/lull é/", title: "",
        published: Timestamp(seconds: november.seconds - 86_400), content: [],
        image: FeedImage(url: "https://films.example/lull.avif", mediaType: "image/avif")),
    ])
}

func text(_ write: (inout ByteBuffer) -> Void) -> String {
  var buffer = ByteBuffer()
  write(&buffer)
  return buffer.string
}
