import CivilTime
import Columns
import Testing
import WordPress
import XML

/// An export with these items, of a site at old.example.
func export(_ items: String) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:wp="http://wordpress.org/export/1.2/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/">
  <channel><title>Old</title><link>http://www.old.example</link><pubDate>Mon, 05 Dec 2011 10:00:00 +0000</pubDate>
  <wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>http://www.old.example</wp:base_blog_url>
  <wp:author><wp:author_login>ann</wp:author_login><wp:author_email>ann@secret.example</wp:author_email>
  <wp:author_display_name><![CDATA[Ann Shinn]]></wp:author_display_name></wp:author>
  \(items)
  </channel></rss>
  """
}

/// A post with this text, and whatever else is given.
func post(
  _ content: String, id: Int = 7, title: String = "Salt Road", slug: String = "salt-road",
  status: String = "publish",
  type: String = "post", date: String = "2011-12-01 14:00:00", more: String = ""
) -> String {
  """
  <item><title><![CDATA[\(title)]]></title><link>http://www.old.example/2011/12/\(slug)/</link>
  <dc:creator><![CDATA[ann]]></dc:creator><content:encoded><![CDATA[\(content)]]></content:encoded>
  <wp:post_id>\(id)</wp:post_id><wp:post_date>2011-12-01 09:00:00</wp:post_date><wp:post_date_gmt>\(date)</wp:post_date_gmt>
  <wp:post_name>\(slug)</wp:post_name><wp:status>\(status)</wp:status><wp:post_type>\(type)</wp:post_type>
  <wp:post_parent>0</wp:post_parent>\(more)</item>
  """
}

/// What an export becomes.
func converted(_ xml: String, _ change: (inout ImportSettings) -> Void = { _ in }) throws -> [ConvertedItem] {
  var settings = ImportSettings(
    folder: "daily", columnName: "Project of the Day", zone: TimeZoneRules(name: "X", initialOffset: -18_000))
  change(&settings)
  var items: [ExportItem] = []
  let reader = ExportReader { items.append($0) }
  guard var stream = XMLStream(telling: reader) else { return [] }
  try stream.read(Array(xml.utf8))
  try stream.finish()
  var survey = ExportSurvey(settings)
  for item in items { survey.add(item, of: reader.site) }
  survey.finish()
  survey.hasMedia = { $0.hasSuffix("here.jpg") }
  var converter = ItemConverter(survey)
  return items.enumerated().compactMap { converter.convert($1, at: $0) }
}

/// Expects an export with these items to become these files, each behind a line `>>> path`.
func checkFiles(
  _ items: String, _ files: String, _ change: (inout ImportSettings) -> Void = { _ in },
  at location: Testing.SourceLocation = #_sourceLocation
) throws {
  let all = try converted(export(items), change).flatMap(\.files)
  #expect(all.map { ">>> \($0.path)\n\($0.text)" }.joined() == files, sourceLocation: location)
}

@Suite struct ItemTests {
  @Test func aPost() throws {
    try checkFiles(
      post(
        "One.\nTwo.\n\n<b>Three</b> <a href=\"/2011/12/salt-road/\">self</a> <a href=\"about.html\">about</a>",
        more: """
          <category domain="category" nicename="film"><![CDATA[Film & TV]]></category>
          <category domain="post_tag" nicename="salt">salt</category>
          <category domain="category" nicename="uncategorized">Uncategorized</category>
          <category domain="category" nicename="short">Short</category>
          <wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>salt</wp:meta_value></wp:postmeta>
          <wp:comment_status>closed</wp:comment_status>
          """),
      """
      >>> daily/2011-w48/salt-road.md
      ---
      title: Salt Road
      date: 2011-12-01T09:00:00-05:00
      aliases: ["/2011/12/salt-road/", "/2011/12/salt/", "/?p=7"]
      authors: [Ann Shinn]
      format: short
      tags: ["Film & TV", salt]
      comments: closed
      ---

      One.\\
      Two.

      **Three** [self](/daily/2011-w48/salt-road.md) [about](http://www.old.example/2011/12/salt-road/about.html)

      """)
  }

  @Test func theForm() throws {
    let text = """
      Here's your daily dose of an indie film in progress.

      <strong>“The Defector”</strong>

      <strong>Tweetable Logline:</strong>

      Watch the biggest quest on film.
      <b>Elevator Pitch:</b>
      He follows &#8216;Kim&#8217;.

      <b>Production Team:</b>
      Producer/Director: Ann Shinn
      Editor: Manfred Becker, Bob Li Jr. and Cy Dee
      <b>Current Status:</b>
      In post-production.
      <b>For more information and to support this film:</b>

      <a href="http://www.kickstarter.com/projects/1">Kickstarter Page</a>
      <a href="http://www.facebook.com/defector">Facebook</a>

      Be sure to check out our page.
      """
    try checkFiles(
      post(text, title: "Project of the Day: A Defector"),
      """
      >>> daily/2011-w48/salt-road.md
      ---
      title: The Defector
      headline: "Project of the Day: A Defector"
      date: 2011-12-01T09:00:00-05:00
      aliases: ["/2011/12/salt-road/", "/?p=7"]
      authors: [Ann Shinn]
      logline: Watch the biggest quest on film.
      status: post-production
      credits:
        - role: Producer/Director
          name: Ann Shinn
        - role: Editor
          name: Manfred Becker
        - role: Editor
          name: Bob Li Jr.
        - role: Editor
          name: Cy Dee
      campaign:
        platform: Kickstarter
        url: "http://www.kickstarter.com/projects/1"
      links:
        - rel: Facebook
          url: "http://www.facebook.com/defector"
      ---

      Here's your daily dose of an indie film in progress.

      ## Elevator pitch

      He follows ‘Kim’.

      Be sure to check out our page.

      """)
  }

  @Test func whatIsNotClearStays() throws {
    let items = try converted(
      export(
        post(
          "<b>Current Status:</b> We shot half of it in Peru.\n\n<b>Production Team:</b>\nA lot of friends."))
    )
    #expect(
      items[0].files[0].text.hasSuffix(
        "## Current status\n\nWe shot half of it in Peru.\n\n## Production team\n\nA lot of friends.\n"))
    #expect(
      items[0].remarks == ["'Current Status' stays in the text", "'Production Team' stays in the text"])
    let labelled = try converted(export(post("<b>In a nutshell</b>: A film."))) {
      $0.labels.add("In a Nutshell", .logline)
    }
    #expect(labelled[0].files[0].text.contains("logline: A film.\n"))
  }

  @Test func draftsAndTheLike() throws {
    func state(_ status: String, _ more: String = "") throws -> String {
      let items = try converted(export(post("a", status: status, more: more)))
      guard let item = items.first else { return "left out" }
      return "\(item.files[0].text.contains("draft: true")) \(item.heldBack ?? "")"
    }
    #expect(try state("publish") == "false ")
    #expect(try state("future") == "false ")
    #expect(try state("draft") == "true it was a draft")
    #expect(try state("pending") == "true it was waiting for review")
    #expect(try state("private") == "true it was private")
    #expect(try state("publish", "<wp:post_password>x</wp:post_password>") == "true it asked for a password")
    #expect(try state("trash") == "left out")
    #expect(try state("auto-draft") == "left out")
    let undated = try converted(export(post("a", status: "draft", date: "0000-00-00 00:00:00")))
    #expect(undated[0].files[0].path == "daily/2011-w48/salt-road.md")
    let projects = try converted(export(post("a"))) { $0.require = [.format, .logline] }
    #expect(projects[0].heldBack == "the column asks for format, logline")
  }

  @Test func names() throws {
    func paths(_ items: String) throws -> [String] {
      try converted(export(items)).flatMap(\.files).map(\.path)
    }
    #expect(try paths(post("a", slug: "%d1%81%d0%be%d0%bb%d1%8c")) == ["daily/2011-w48/соль.md"])
    #expect(try paths(post("a", title: "Élan & Co", slug: "")) == ["daily/2011-w48/elan-co.md"])
    #expect(try paths(post("a", title: "", slug: "")) == ["daily/2011-w48/untitled.md"])
    #expect(try paths(post("a", slug: "../../etc/passwd")) == ["daily/2011-w48/etc-passwd.md"])
    #expect(try paths(post("a", slug: "index")) == ["daily/2011-w48/index-7.md"])
    #expect(
      try paths(post("a", id: 1) + post("b", id: 2) + post("c", id: 2, date: "2011-01-01 00:00:00")) == [
        "daily/2011-w48/salt-road.md", "daily/2011-w48/salt-road-2.md", "daily/2010-w52/salt-road-2.md",
      ])
  }

  @Test func pages() throws {
    let parent = "<wp:post_parent>1</wp:post_parent>"
    try checkFiles(
      post("a", id: 2, slug: "team", type: "page", more: parent)
        + post("b", id: 1, slug: "about", type: "page")
        + post("c", id: 3, slug: "search", type: "page", more: "<wp:post_parent>3</wp:post_parent>"),
      """
      >>> pages/about/team.md
      ---
      title: Salt Road
      aliases: ["/2011/12/team/", "/?page_id=2"]
      ---

      a
      >>> pages/about.md
      ---
      title: Salt Road
      aliases: ["/2011/12/about/", "/?page_id=1"]
      ---

      b
      >>> pages/old/search.md
      ---
      title: Salt Road
      aliases: ["/2011/12/search/", "/?page_id=3"]
      ---

      c

      """)
  }

  @Test func hostileTitles() throws {
    for title in [
      "---\ntitle: x\n---", "a: b # c", "\"'\\", "- a", "{a: [b]}", "null", "1984", "<b>a</b> &amp; b",
      "a\u{85}b\u{2028}c",
      "\u{202E}a", "!!str a", "*a", "&a b", "%a", "@a", "`a`", "true",
    ] {
      let item = try converted(export(post("a", title: title)))[0]
      #expect(item.failure == nil && item.files.count == 1, "\(title)")
      #expect(item.files[0].text.split(separator: "\n").filter { $0 == "---" }.count == 2)
    }
  }

  @Test func comments() throws {
    func comment(
      _ id: Int, _ parent: Int, _ text: String, author: String = "Bo", approved: String = "1",
      type: String = ""
    )
      -> String
    {
      """
      <wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_author><![CDATA[\(author)]]></wp:comment_author>
      <wp:comment_author_email>bo@secret.example</wp:comment_author_email><wp:comment_author_IP>10.1.2.3</wp:comment_author_IP>
      <wp:comment_author_url>http://bo.example/</wp:comment_author_url><wp:comment_date_gmt>2011-12-02 10:00:0\(9 - id)</wp:comment_date_gmt>
      <wp:comment_content><![CDATA[\(text)]]></wp:comment_content><wp:comment_approved>\(approved)</wp:comment_approved>
      <wp:comment_type>\(type)</wp:comment_type><wp:comment_parent>\(parent)</wp:comment_parent></wp:comment>
      """
    }
    let items = try converted(
      export(
        post(
          "a",
          more: comment(3, 2, "c") + comment(1, 0, "a\n\n<script>x</script>*b*", author: "bo@secret.example")
            + comment(2, 1, "b", author: "10.1.2.3") + comment(4, 9, "d: \"e\"")
            + comment(5, 0, "x", approved: "spam")
            + comment(6, 0, "x", type: "pingback") + comment(7, 0, "x", approved: "0"))))
    #expect(items[0].files[1].path == "daily/2011-w48/salt-road.comments.yaml")
    #expect(
      items[0].files[1].text == """
        - id: c4
          author: Bo
          date: 2011-12-02T05:00:05-05:00
          url: "http://bo.example/"
          body: "d: \\"e\\""
        - id: c1
          date: 2011-12-02T05:00:08-05:00
          url: "http://bo.example/"
          body: |-
            a

            \\*b\\*
        - id: c2
          date: 2011-12-02T05:00:07-05:00
          url: "http://bo.example/"
          reply_to: c1
          body: b
        - id: c3
          author: Bo
          date: 2011-12-02T05:00:06-05:00
          url: "http://bo.example/"
          reply_to: c2
          body: c

        """)
    #expect(items[0].commentCount == 4)
    #expect(items[0].commentsLeftOut == ["spam": 1, "pingback": 1, "not approved": 1])
    #expect(!items[0].files[1].text.contains("secret") && !items[0].files[1].text.contains("10.1.2"))
  }

  @Test func commentsInACircle() throws {
    let circle = (1...3).map {
      "<wp:comment><wp:comment_id>\($0)</wp:comment_id><wp:comment_parent>\($0 % 3 + 1)</wp:comment_parent>"
        + "<wp:comment_approved>1</wp:comment_approved><wp:comment_content>a</wp:comment_content></wp:comment>"
    }.joined()
    #expect(try converted(export(post("a", more: circle)))[0].commentCount == 3)
  }

  @Test func shortcodes() throws {
    func body(_ text: String, more: String = "") throws -> String {
      let items = try converted(export(post(text) + more))
      return String(items[0].files[0].text.split(separator: "---\n", maxSplits: 2).last ?? "")
    }
    let file = """
      <item><wp:post_id>21</wp:post_id><wp:post_type>attachment</wp:post_type><wp:post_parent>7</wp:post_parent>
      <wp:attachment_url>http://old.example/wp-content/uploads/a.jpg</wp:attachment_url>
      <excerpt:encoded><![CDATA[A <b>caption</b>]]></excerpt:encoded>
      <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>A man</wp:meta_value></wp:postmeta></item>
      """
    let picture = "![A man](http://old.example/wp-content/uploads/a.jpg \"A caption\")"
    func expect(_ text: String, _ result: String, more: String = "") throws {
      let body = try body(text, more: more)
      #expect(body == "\n" + result + "\n")
    }
    try expect("[gallery ids=\"21\"]", picture, more: file)
    try expect("[gallery]", picture, more: file)
    try expect(
      "[caption id=\"x\" width=\"3\"]<a href=\"/wp-content/uploads/here.jpg\"><img src=\"/wp-content/uploads/here.jpg\" alt=\"b\" /></a> C[/caption]",
      "[![b](/wp-content/uploads/here.jpg \"C\")](/wp-content/uploads/here.jpg)")
    try expect("[youtube]dQw4w9WgXcQ[/youtube]", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    try expect("[vimeo 123456789]", "https://vimeo.com/123456789")
    try expect("[embed]https://vimeo.com/123456789[/embed]", "https://vimeo.com/123456789")
    try expect(
      "[video mp4=\"http://a.b/c.mp4\"][/video]",
      "<div><video controls=\"\" src=\"http://a.b/c.mp4\"></video></div>")
    try expect("[[gallery]] [sic] [form id=\"1\"]", "\\[gallery] \\[sic] \\[form id=\"1\"]")
    let items = try converted(export(post("[form id=\"1\"] [sic] [/box]")))
    #expect(items[0].notes.lost.keys.sorted() == ["[box] left in the text", "[form] left in the text"])
  }

  @Test func aTextThatIsRefusedIsKeptToLookAt() throws {
    let items = try converted(export(post(String(repeating: "<blockquote>", count: 300) + "a")))
    #expect(items[0].failure == nil)
    #expect(items[0].notes.lost.keys.sorted() == ["the markup of the whole text, which is nested too deeply"])
  }
}
