import CivilTime
import Columns
import Imports
import SourceText
import Testing
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
  /// Code is as it was typed, whatever it looks like.
  @Test func codeInShortcodes() throws {
    func body(_ content: String) throws -> String {
      let text = try converted(export(post(content)))[0].files[0].text
      return String(
        text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)[2].dropFirst())
    }
    #expect(
      try body("a\n[php]\n<?php if ($a < 3 && $b[0]) {\n\n  echo \"<b>[gallery]</b>\";\n}\n[/php]\nb")
        == "a\n\n```php\n<?php if ($a < 3 && $b[0]) {\n\n  echo \"<b>[gallery]</b>\";\n}\n```\n\nb\n")
    #expect(try body("[code language=\"css\"]a > b {}[/code]") == "```css\na > b {}\n```\n")
    #expect(
      try body("[sourcecode lang='js']if (a &lt; \"b\" &amp;&amp; c)[/sourcecode]")
        == "```js\nif (a < \"b\" && c)\n```\n")
    #expect(
      try body("<pre class=\"a\"><code>[php]if ($a < 3) {}[/php]</code></pre>")
        == "```\nif ($a < 3) {}\n```\n")
    #expect(
      try body("<code>write [js]a[/js]</code>, [[php]b[/php]]") == "`write [js]a[/js]`, \\[php]b\\[/php]\n")
    #expect(try body("[[code]] and [code] without an end").contains("without an end"))
  }

  /// What the block editor keeps beside the text, or makes when it is read.
  @Test func notesAndFilledBlocks() throws {
    func reference(_ id: String) -> String {
      "<sup data-fn=\"\(id)\" class=\"fn\"><a href=\"#\(id)\" id=\"\(id)-link\">1</a></sup>"
    }
    let json =
      "[{\"content\":\"A <em>note<\\/em> \\u2014 \\\"so\\\".\",\"id\":\"x-1\"},{\"content\":\"B\",\"id\":\"x-2\"},{\"content\":\"C\",\"id\":\"x-3\"}]"
    let item = try converted(
      export(
        post(
          "<!-- wp:paragraph --><p>One\(reference("x-2")) two\(reference("x-1")).</p><!-- /wp:paragraph -->"
            + "<!-- wp:latest-posts {\"a\":1} /--><!-- wp:query {\"b\":2} --><div></div><!-- /wp:query -->"
            + "<!-- wp:jetpack/subscriptions /--><!-- wp:spacer /--><!-- wp:footnotes /-->",
          more:
            "<wp:postmeta><wp:meta_key>footnotes</wp:meta_key><wp:meta_value><![CDATA[\(json)]]></wp:meta_value></wp:postmeta>"
        )))[0]
    #expect(
      item.files[0].text.hasSuffix("\nOne[^2] two[^1].\n\n[^1]: A *note* — \"so\".\n\n[^2]: B\n"),
      "\(item.files[0].text)")
    let filled = "which WordPress filled for each reader"
    #expect(
      item.notes.lost.keys.sorted() == [
        "a note that nothing in the text refers to", "wp:jetpack/subscriptions, \(filled)",
        "wp:latest-posts, \(filled)", "wp:query, \(filled)",
      ])
    #expect(!item.remarks.contains { $0.contains("footnotes") }, "\(item.remarks)")
  }

  @Test func shortNames() throws {
    func path(_ slug: String) throws -> String {
      try converted(export(post("a", slug: slug)))[0].files[0].path
    }
    #expect(try path("nv") == "daily/2011-w48/nv.md" && path("12") == "daily/2011-w48/12-7.md")
  }

  /// What stands in a line with a label of its own is nothing of the label above.
  @Test func aLineEndsAField() throws {
    for lineEnd in ["\n", "<br>", "<br />\n"] {
      for label in ["Director:", "<b>Director:</b>", "<strong>Director</strong>:"] {
        let lines = ["Logline: A man walks.", "\(label) Jane Doe", "Status: In production"]
        let text = try converted(export(post(lines.joined(separator: lineEnd))))[0].files[0].text
        #expect(text.contains("logline: A man walks.\n") && text.contains("status: production\n"), "\(text)")
        #expect(text.contains("Director") && text.contains("Jane Doe"), "\(text)")
      }
    }
    let long = try converted(export(post("Logline: A man walks.\nTo the sea: alone.")))[0].files[0].text
    #expect(long.contains("To the sea"))
  }

  /// Nothing but `draft` holds a page back.
  @Test func scheduledPagesAreDrafts() throws {
    let later = post("x", status: "future", type: "page", date: "2031-01-02 14:00:00")
    let page = try converted(export(later))[0]
    #expect(page.heldBack == "it was scheduled for 2031-01-02")
    #expect(page.files[0].text.contains("draft: true\n"))
    #expect(try converted(export(later.replacing(">page<", with: ">post<")))[0].heldBack == nil)
  }

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

  /// What a field can't hold stays in the text, whatever the field took of it.
  @Test func labelsLoseNothing() throws {
    func expect(_ text: String, _ fields: String, _ body: String, doubled: Bool = true) throws {
      let item = try converted(export(post(text)))[0]
      let parts = item.files[0].text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)
      #expect(parts[1].contains(fields), "\(parts[1])")
      #expect(parts[2] == "\n" + body + "\n", "\(item.remarks)")
      #expect(item.remarks.contains { $0.contains("is a field, and stays") } == doubled)
    }
    let picture = "<img src=\"http://a.b/c.jpg\" alt=\"d\">"
    try expect(
      "<b>Logline:</b>\n\(picture) A man.", "logline: A man.\n", "## Logline\n\n![d](http://a.b/c.jpg) A man."
    )
    try expect(
      "<b>Logline:</b>\nA <s>boy</s> man.", "logline: A boy man.\n", "## Logline\n\nA ~~boy~~ man.")
    try expect(
      "<b>Status:</b>\nIn production \(picture)", "status: production\n",
      "## Status\n\nIn production ![d](http://a.b/c.jpg)")
    try expect(
      "<b>Crew:</b>\nDirector: <a href=\"http://a.b/\">Ann Shinn</a>\nEditor: Bo Li",
      "  - role: Editor\n    name: Bo Li\n",
      "## Crew\n\nDirector: [Ann Shinn](http://a.b/)\\\nEditor: Bo Li")
    try expect(
      "<b>Links:</b>\nSee <a href=\"http://a.b/\">our page</a> for dates.",
      "  - rel: our page\n    url: \"http://a.b/\"\n",
      "## Links\n\nSee [our page](http://a.b/) for dates.")
    try expect(
      "<b>Links:</b>\n<a href=\"http://a.b/\">\(picture)</a>", "  - rel: website\n",
      "## Links\n\n[![d](http://a.b/c.jpg)](http://a.b/)")
    try expect(
      "“The Film” \(picture)\n\n<b>Logline:</b> A man.", "title: Salt Road\n",
      "“The Film” ![d](http://a.b/c.jpg)",
      doubled: false)
    try expect(
      "<h2>Crew \(picture)</h2>Director: Ann Shinn", "title",
      "## Crew ![d](http://a.b/c.jpg)\n\nDirector: Ann Shinn",
      doubled: false)
    let label = try converted(
      export(
        post("<b>Links:</b>\nTickets: http://a.b/\nhttp://c.d/ and <a href=\"http://e.f/\">Shop</a>\n\nBye."))
    )
    #expect(
      label[0].files[0].text.hasSuffix(
        """
        links:
          - rel: Tickets
            url: "http://a.b/"
          - rel: website
            url: "http://c.d/"
          - rel: Shop
            url: "http://e.f/"
        ---

        Bye.

        """), "\(label[0].files[0].text)")
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
    #expect(try paths(post("a", slug: "LPT9")) == ["daily/2011-w48/lpt9-7.md"])
    #expect(
      try paths(post("a", id: 1) + post("b", id: 2) + post("c", id: 2, date: "2011-01-01 00:00:00")) == [
        "daily/2011-w48/salt-road.md", "daily/2011-w48/salt-road-2.md", "daily/2010-w52/salt-road-2-2.md",
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

  /// Links to posts and pages of the export follow them, however they are written and wherever they stand.
  @Test func linksFollow() throws {
    let other = post(
      "<a name=\"cast\"></a>x", id: 8, title: "B", slug: "other",
      more:
        "<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_approved>1</wp:comment_approved></wp:comment>"
    )
    func body(_ text: String) throws -> String {
      let items = try converted(export(post(text) + other + post("y", id: 9, slug: "about", type: "page"))) {
        $0.rootPath = "/films"
      }
      return String(items[0].files[0].text.split(separator: "---\n\n", maxSplits: 1).last ?? "")
    }
    func expect(_ address: String, _ result: String) throws {
      let text = try body("<a href=\"\(address)\">c</a>")
      #expect(text == "[c](\(result))\n")
    }
    let file = "/daily/2011-w48/other.md"
    try expect("/?p=8", file)
    try expect("http://old.example/index.php?p=8&amp;preview=true", file)
    try expect("https://www.old.example/?page_id=9", "/pages/about.md")
    try expect("HTTPS://old.example/2011/12/Other", file)
    try expect("/2011/12/other/#cast", file + "#cast")
    try expect("/2011/12/other/#comment-12", file + "#comment-c12")
    try expect("/2011/12/other/#comment-13", file)
    try expect("/2011/12/other/#respond", file)
    try expect("/?p=10", "http://www.old.example/?p=10")
    try expect("http://other.example/?p=8", "http://other.example/?p=8")
    #expect(
      try body(
        "<dl><dt><a href=\"/?p=8#cast\">c</a><img src=\"/wp-content/here.jpg\" srcset=\"x\"></dt></dl>")
        == "<dl><dt><a href=\"/films/daily/2011-w48/other/#cast\">c</a><img src=\"/films/wp-content/here.jpg\"></dt></dl>\n"
    )
    let media = try converted(export(post("<dl><dt><img src=\"/wp-content/here.jpg\"></dt></dl>")))[0].media
    #expect(media == ["http://www.old.example/wp-content/here.jpg"] || media == ["/wp-content/here.jpg"])
  }

  /// An old address is kept wherever no page of the new site stands, and never where another post still is.
  @Test func oldAddresses() throws {
    func aliases(_ items: [ConvertedItem]) -> [String] {
      items.map { item in
        let line = item.files[0].text.split(separator: "\n").first { $0.hasPrefix("aliases:") } ?? ""
        return String(line.dropFirst("aliases: ".count))
      }
    }
    func old(_ slug: String) -> String {
      "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>\(slug)</wp:meta_value></wp:postmeta>"
    }
    let former = try converted(
      export(post("a", id: 1, more: old("b")) + post("b", id: 2, slug: "b", more: old("c"))))
    #expect(
      aliases(former) == [
        "[\"/2011/12/salt-road/\", \"/?p=1\"]", "[\"/2011/12/b/\", \"/2011/12/c/\", \"/?p=2\"]",
      ])
    #expect(former[0].remarks == ["its old address '/2011/12/b/' is another page's now"])
    // A column that is called as the permalinks began.
    let named = try converted(export(post("a"))) { $0.folder = "2011" }
    #expect(aliases(named) == ["[\"/2011/12/salt-road/\", \"/?p=7\"]"])
    let taken = try converted(export(post("a"))) { $0.takenAddresses = ["2011/12/salt-road"] }
    #expect(aliases(taken) == ["[\"/?p=7\"]"])
  }

  /// What is not known is not made up.
  @Test func missingDates() throws {
    func item(_ date: String) throws -> ConvertedItem {
      let xml = post("a", date: "0000-00-00 00:00:00").replacing(
        "<wp:post_date>2011-12-01 09:00:00</wp:post_date>", with: "<wp:post_date>\(date)</wp:post_date>")
      return try converted(export(xml))[0]
    }
    let none = try item("")
    #expect(none.heldBack == "it has no date" && none.files[0].text.contains("draft: true"))
    #expect(none.remarks == ["it has no date, and 2011-12-05 stands in for it"])
    #expect(
      try item("2011-13-41 00:00:00").remarks == [
        "it has no date that there is, but '2011-13-41 00:00:00', and 2011-12-05 stands in for it"
      ])
    #expect(try item("2011-12-01 09:00:00").heldBack == nil)
  }

  @Test func sharedBlocks() throws {
    func block(_ id: Int, _ text: String) -> String {
      post(text, id: id, title: "S", slug: "s\(id)", type: "wp_block")
    }
    func text(_ text: String, _ more: String) throws -> (body: String, lost: [String]) {
      let item = try converted(export(post(text) + more))[0]
      return (
        String(item.files[0].text.split(separator: "---\n\n", maxSplits: 1).last ?? ""),
        item.notes.lost.keys.sorted()
      )
    }
    let inside = "<!-- wp:block {\"ref\":5} /-->"
    let one = try text("<p>a</p>\(inside)<p>c</p>", block(5, "<p>b</p>"))
    #expect(one.body == "a\n\nb\n\nc\n" && one.lost == [])
    let none = try text("<p>a</p>\(inside)", "")
    #expect(none.body == "a\n" && none.lost == ["a shared block that the export doesn't have"])
    let circle = try text("<p>a</p>\(inside)", block(5, "<p>b</p>\(inside)"))
    #expect(
      circle.body == "a\n\nb\n\nb\n\nb\n\nb\n"
        && circle.lost == ["shared blocks in each other, or too many of them"])
  }

  /// Many of one name and number, and many anchors without an end, take no longer than others.
  @Test func manyOfAKindTakeTimeInProportion() throws {
    let clock = ContinuousClock()
    let time = try clock.measure {
      let items = try converted(export((0..<4_000).map { _ in post("a", id: 1) }.joined()))
      #expect(Set(items.map(\.files[0].path)).count == 4_000)
      _ = try converted(export(post(String(repeating: "<a name=\"", count: 40_000))))
    }
    #expect(time < .seconds(60))
  }

  /// What a build would refuse is not written, and counted.
  @Test func commentsAreReadBack() throws {
    func comment(_ id: Int, _ text: String, url: String = "", parent: Int = 0) -> String {
      "<wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_parent>\(parent)</wp:comment_parent>"
        + "<wp:comment_approved>1</wp:comment_approved><wp:comment_author_url>\(url)</wp:comment_author_url>"
        + "<wp:comment_content><![CDATA[\(text)]]></wp:comment_content></wp:comment>"
    }
    let item = try converted(
      export(
        post(
          "a",
          more: comment(1, "It&#146;s &#1;&#xFFFE;a") + comment(1, "again") + comment(2, "b", parent: 1)
            + comment(3, "c", url: "http://a.b:99999999/ &#146;"))))[0]
    #expect(
      item.files[1].text == """
        - id: c1
          body: It’s a
        - id: c2
          reply_to: c1
          body: b
        - body: again
        - id: c3
          body: c

        """)
    #expect(item.commentCount == 4 && item.commentsLeftOut.isEmpty)
    for text in [
      String(repeating: "> ", count: 200) + "a", String(repeating: "<blockquote>", count: 200) + "a",
      "\u{85}\u{9F}\u{2028}a", "---\n- a: b", "{{ a }} {% b %}", "<!-- a -->&#x202E;",
    ] {
      let item = try converted(export(post("a", more: comment(1, text))))[0]
      #expect(item.commentCount + item.commentsLeftOut.values.reduce(0, +) == 1)
      for file in item.files.dropFirst() {
        var diagnostics: [Diagnostic] = []
        _ = CommentsSource.parse(
          Source(path: file.path, text: file.text), at: ContentPath(file.path), smartPunctuation: true,
          diagnostics: &diagnostics)
        #expect(diagnostics.allSatisfy { $0.severity != .error })
      }
    }
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
    try expect(
      "[caption]<img src=\"/wp-content/uploads/here.jpg\" alt=\"a > b\"> C[/caption]",
      "![a > b](/wp-content/uploads/here.jpg \"C\")")
    try expect(
      "[caption][gallery ids=\"21\"] [embed]https://vimeo.com/123456789[/embed][/caption]",
      picture + "\n\nhttps://vimeo.com/123456789", more: file)
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
    #expect(
      items[0].heldBack == "its text has to be looked at" && items[0].files[0].text.contains("draft: true"))
  }
}
