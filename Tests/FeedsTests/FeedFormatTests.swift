import CivilTime
import SourceText
import Testing

@testable import Feeds

struct FeedFormatTests {
  @Test func rss() {
    #expect(
      text { writeRSS(sampleFeed("rss.xml"), into: &$0) } == """
        <?xml version="1.0" encoding="utf-8"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
        <channel>
        <title>Project of the Day &amp; Week</title>
        <link>https://films.example/</link>
        <description>Films &amp;lt;in the making&amp;gt;</description>
        <atom:link rel="self" type="application/rss+xml" href="https://films.example/feed/rss.xml"/>
        <language>en</language>
        <copyright>© The Editors</copyright>
        <lastBuildDate>Fri, 20 Nov 2026 15:00:00 +0000</lastBuildDate>
        <generator>sitegen</generator>
        <docs>https://www.rssboard.org/rss-specification</docs>
        <image>
        <url>https://films.example/icon.png</url>
        <title>Project of the Day &amp; Week</title>
        <link>https://films.example/</link>
        </image>
        <item>
        <title>Salt Road</title>
        <link>https://films.example/2026/salt-road/</link>
        <guid isPermaLink="true">https://films.example/2026/salt-road/</guid>
        <pubDate>Fri, 20 Nov 2026 09:00:00 -0500</pubDate>
        <dc:creator>Ann Shinn</dc:creator>
        <dc:creator>Bo “B” Reyes</dc:creator>
        <category>Documentary</category>
        <category>Salt &amp; roads</category>
        <comments>https://films.example/2026/salt-road/#comments</comments>
        <description>A road, &amp;lt;white&amp;gt; &amp;amp; &quot;long&quot;.</description>
        <content:encoded><![CDATA[<p>One &amp; two]]]]><![CDATA[&gt;</p>
        ]]></content:encoded>
        <enclosure url="https://films.example/2026/salt-road/still.jpg?w=1&amp;h=2" type="image/jpeg" length="20480"/>
        </item>
        <item>
        <title></title>
        <link>https://films.example/2026/lull%20%C3%A9/</link>
        <guid isPermaLink="false">https://films.example/old/lull/</guid>
        <pubDate>Thu, 19 Nov 2026 14:00:00 +0000</pubDate>
        <dc:creator>The Editors</dc:creator>
        <content:encoded><![CDATA[]]></content:encoded>
        <media:content url="https://films.example/lull.avif" type="image/avif" medium="image"/>
        </item>
        </channel>
        </rss>

        """)
  }

  @Test func atom() {
    #expect(
      text { writeAtom(sampleFeed("atom.xml"), into: &$0) } == """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
        <id>https://films.example/feed/</id>
        <title>Project of the Day &amp; Week</title>
        <subtitle>Films &lt;in the making&gt;</subtitle>
        <link rel="self" type="application/atom+xml" href="https://films.example/feed/atom.xml"/>
        <link rel="alternate" type="text/html" href="https://films.example/"/>
        <updated>2026-11-20T15:00:00Z</updated>
        <author>
        <name>The Editors</name>
        <uri>https://films.example/about/</uri>
        </author>
        <rights>© The Editors</rights>
        <icon>https://films.example/icon.png</icon>
        <generator>sitegen</generator>
        <entry>
        <id>https://films.example/2026/salt-road/</id>
        <title>Salt Road</title>
        <link rel="alternate" type="text/html" href="https://films.example/2026/salt-road/"/>
        <published>2026-11-20T09:00:00-05:00</published>
        <updated>2026-11-20T15:00:00Z</updated>
        <author>
        <name>Ann Shinn</name>
        <uri>https://films.example/people/ann-shinn/</uri>
        </author>
        <author>
        <name>Bo “B” Reyes</name>
        </author>
        <category term="Documentary"/>
        <category term="Salt &amp; roads"/>
        <summary>A road, &lt;white&gt; &amp; &quot;long&quot;.</summary>
        <link rel="replies" type="text/html" href="https://films.example/2026/salt-road/#comments"/>
        <link rel="enclosure" type="image/jpeg" length="20480" href="https://films.example/2026/salt-road/still.jpg?w=1&amp;h=2"/>
        <content type="html"><![CDATA[<p>One &amp; two]]]]><![CDATA[&gt;</p>
        ]]></content>
        </entry>
        <entry>
        <id>https://films.example/old/lull/</id>
        <title></title>
        <link rel="alternate" type="text/html" href="https://films.example/2026/lull%20%C3%A9/"/>
        <published>2026-11-19T14:00:00Z</published>
        <updated>2026-11-19T14:00:00Z</updated>
        <link rel="enclosure" type="image/avif" href="https://films.example/lull.avif"/>
        <content type="html"><![CDATA[]]></content>
        </entry>
        </feed>

        """)
  }

  @Test func jsonFeed() {
    #expect(
      text { writeJSONFeed(sampleFeed("feed.json"), into: &$0) } == #"""
        {"version":"https://jsonfeed.org/version/1.1","title":"Project of the Day & Week","home_page_url":"https://films.example/","feed_url":"https://films.example/feed/feed.json","description":"Films <in the making>","icon":"https://films.example/icon.png","language":"en","authors":[{"name":"The Editors","url":"https://films.example/about/"}],"items":[
        {"id":"https://films.example/2026/salt-road/","url":"https://films.example/2026/salt-road/","title":"Salt Road","date_published":"2026-11-20T09:00:00-05:00","date_modified":"2026-11-20T15:00:00Z","authors":[{"name":"Ann Shinn","url":"https://films.example/people/ann-shinn/"},{"name":"Bo “B” Reyes"}],"tags":["Documentary","Salt & roads"],"summary":"A road, <white> & \"long\".","image":"https://films.example/2026/salt-road/still.jpg?w=1&h=2","content_html":"<p>One &amp; two]]&gt;</p>\n"},
        {"id":"https://films.example/old/lull/","url":"https://films.example/2026/lull%20%C3%A9/","date_published":"2026-11-19T14:00:00Z","date_modified":"2026-11-19T14:00:00Z","image":"https://films.example/lull.avif","content_html":""}
        ]}

        """#)
  }

  @Test func emptyFeed() {
    let feed = Feed(
      title: "Nothing yet", homeURL: "https://films.example/", feedURL: "https://films.example/feed.json",
      entries: [])
    #expect(feed.updated == Timestamp(seconds: 0))
    #expect(feed.id == feed.feedURL)
    #expect(
      text { writeJSONFeed(feed, into: &$0) }
        == #"{"version":"https://jsonfeed.org/version/1.1","title":"Nothing yet","home_page_url":"https://films.example/","feed_url":"https://films.example/feed.json","items":[]}"#
        + "\n")
    let atom = text { writeAtom(feed, into: &$0) }
    #expect(atom.contains("<author>\n<name>Nothing yet</name>\n</author>"))
    #expect(atom.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">"))
    #expect(text { writeRSS(feed, into: &$0) }.contains("<description>Nothing yet</description>"))
  }

  @Test func hostileTextStaysText() {
    var feed = Feed(
      title: hostile, subtitle: hostile, language: hostile, homeURL: hostile, feedURL: hostile,
      author: FeedAuthor(name: hostile, url: hostile), iconURL: hostile, copyright: hostile,
      entries: [
        FeedEntry(
          url: hostile, title: hostile, published: november,
          authors: [FeedAuthor(name: hostile, url: hostile)],
          categories: [hostile], summary: hostile, content: Array(hostile.utf8),
          image: FeedImage(url: hostile, mediaType: hostile, byteCount: 1), commentsURL: hostile)
      ])
    for write in [writeRSS, writeAtom, writeJSONFeed] as [(Feed, inout ByteBuffer) -> Void] {
      var buffer = ByteBuffer()
      write(feed, &buffer)
      let forbidden = buffer.bytes.filter { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
      #expect(forbidden.isEmpty)
      #expect(!buffer.string.unicodeScalars.contains { $0.value == 0xFFFE || $0.value == 0xFFFF })
      // Outside CDATA nothing of the text is markup.
      if buffer.bytes.first == UInt8(ascii: "<") {
        let parts = buffer.string.split(separator: "<![CDATA[", omittingEmptySubsequences: false)
        let outside = parts.enumerated().map { index, part in
          index == 0
            ? String(part) : String(part[(part.firstRange(of: "]]>")?.upperBound ?? part.endIndex)...])
        }
        #expect(!outside.joined().contains("<b>"))
        #expect(!outside.joined().contains("]]>"))
        #expect(!outside.joined().contains("<!--"))
      }
      // A written feed says the same again.
      var again = ByteBuffer()
      write(feed, &again)
      #expect(again.bytes == buffer.bytes)
    }
    feed.entries = []
    #expect(text { writeAtom(feed, into: &$0) }.contains("</feed>"))
  }

  @Test func feedIsAppended() {
    var buffer = ByteBuffer()
    buffer.append("before")
    writeRSS(sampleFeed("rss.xml"), into: &buffer)
    #expect(buffer.string.hasPrefix("before<?xml"))
  }
}
