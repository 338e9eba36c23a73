import Foundation
import TestSupport
import Testing

private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  timezone: America/New_York
  """

/// An item of an export; what is in `more` comes last.
private func item(
  _ id: Int, _ title: String, _ content: String, slug: String? = nil, type: String = "post",
  status: String = "publish",
  date: String = "2011-12-01 14:00:00", parent: Int = 0, more: String = ""
) -> String {
  """
  <item><title><![CDATA[\(title)]]></title><link>http://old.example/\(slug ?? "post-\(id)")/</link>
  <dc:creator>ann</dc:creator><guid isPermaLink="false">http://old.example/?p=\(id)</guid>
  <content:encoded><![CDATA[\(content)]]></content:encoded><wp:post_id>\(id)</wp:post_id>
  <wp:post_date>\(date)</wp:post_date><wp:post_date_gmt>\(date)</wp:post_date_gmt>
  <wp:post_name>\(slug ?? "post-\(id)")</wp:post_name><wp:status>\(status)</wp:status>
  <wp:post_parent>\(parent)</wp:post_parent><wp:post_type>\(type)</wp:post_type>\(more)</item>

  """
}

private func comment(_ id: Int, parent: Int = 0, approved: String = "1", type: String = "") -> String {
  """
  <wp:comment><wp:comment_id>\(id)</wp:comment_id><wp:comment_author>Reader \(id)</wp:comment_author>
  <wp:comment_author_email>reader@secret.example</wp:comment_author_email>
  <wp:comment_author_IP>192.168.77.66</wp:comment_author_IP><wp:comment_date_gmt>2011-12-02 10:00:00</wp:comment_date_gmt>
  <wp:comment_content><![CDATA[Comment \(id) <em>x</em> <script>alert(1)</script>]]></wp:comment_content>
  <wp:comment_approved>\(approved)</wp:comment_approved><wp:comment_type>\(type)</wp:comment_type>
  <wp:comment_parent>\(parent)</wp:comment_parent></wp:comment>

  """
}

private func export(_ items: String) -> String {
  """
  <?xml version="1.0" encoding="UTF-8" ?>
  <!-- This is a WordPress eXtended RSS file. -->
  <rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
    xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
  <channel><title>Old column</title><link>http://old.example</link><pubDate>Mon, 05 Dec 2011 10:00:00 +0000</pubDate>
  <wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>http://old.example</wp:base_site_url>
  <wp:base_blog_url>http://old.example</wp:base_blog_url>
  <wp:author><wp:author_id>1</wp:author_id><wp:author_login>ann</wp:author_login>
  <wp:author_email>ann@secret.example</wp:author_email><wp:author_display_name>Ann Shinn</wp:author_display_name></wp:author>
  \(items)</channel></rss>
  """
}

/// The kinds of things that old blogs hold.
private let awkward = export(
  item(
    1, "Hello & <em>welcome</em>",
    "A [gallery ids=\"30,31\"] and <!--more--> the rest.\n\nSee <a href=\"/post-2/#x\">the other</a>.")
    + item(2, "", "No title. <b>Bold:</b>text, a *star*, a_b_c, [brackets], 1. one\n2. two\n# three\n> four")
    + item(
      3, String(repeating: "A very long title ", count: 30),
      "<!-- wp:list --><ul><li>a<ul><li>b<ol><li>c</li></ol></li></ul></li></ul><!-- /wp:list -->")
    + item(4, "Scheduled", "Later.", status: "future", date: "2090-01-02 10:00:00")
    + item(
      5, "Draft", "<table><tr><td>1</td><td>2</td></tr></table>", slug: "", status: "draft",
      date: "0000-00-00 00:00:00")
    + item(
      6, "Sticky", "<blockquote>Q</blockquote><pre>a\n\n  b</pre>", more: "<wp:is_sticky>1</wp:is_sticky>")
    + item(7, "Password", "Secret.", more: "<wp:post_password>x</wp:post_password>")
    + item(8, "Private", "Secret.", status: "private")
    + item(9, "Trash", "Old.", status: "trash")
    + item(
      10, "Format",
      "http://www.youtube.com/watch?v=dQw4w9WgXcQ\n\n<iframe src=\"http://example.org/\"></iframe><script>steal()</script>",
      more: "<category domain=\"post_format\" nicename=\"post-format-video\">Video</category>")
    + item(
      11, "Comments",
      "<img class=\"alignleft\" src=\"http://old.example/wp-content/uploads/2011/12/a.jpg\" alt=\"A\" /> text",
      more:
        "<category domain=\"category\" nicename=\"film\">Film</category><category domain=\"post_tag\" nicename=\"x\">!!!</category>"
        + "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>30</wp:meta_value></wp:postmeta>"
        + comment(1) + comment(2, parent: 1) + comment(3, parent: 2) + comment(4, parent: 3)
        + comment(5, parent: 4)
        + comment(6, parent: 5) + comment(7, parent: 6) + comment(8, parent: 99)
        + comment(9, approved: "spam")
        + comment(10, approved: "0") + comment(11, type: "pingback") + comment(12, approved: "trash"))
    + item(
      12, "Broken & <b>markup",
      "<div><p>Unclosed <em>one <strong>two</p></div> &nbsp; &copy; &bogus; <nosuch>x</nosuch>")
    + item(
      13, "Links",
      "<a href=\"javascript:alert(1)\">a</a> <a href=\"relative/page\">b</a> <a href=\"#nowhere\">c</a> <a href=\"//cdn.example/x\">d</a> <img src=\"local.png\">"
    )
    + item(20, "About", "<h2>About</h2>Us.", slug: "about", type: "page")
    + item(21, "Team", "People.", slug: "team", type: "page", parent: 20)
    + item(22, "Search", "A page.", slug: "search", type: "page", more: comment(20))
    + item(23, "Draft page", "x", slug: "draft-page", type: "page", status: "draft")
    + item(
      30, "a.jpg", "", type: "attachment", status: "inherit", parent: 11,
      more: "<wp:attachment_url>http://old.example/wp-content/uploads/2011/12/a.jpg</wp:attachment_url>")
    + item(
      31, "b.jpg", "", type: "attachment", status: "inherit",
      more: "<wp:attachment_url>http://old.example/wp-content/uploads/2011/12/b%20c.jpg</wp:attachment_url>")
    + item(40, "Menu", "", type: "nav_menu_item"))

@Suite struct ImportCommandTests {
  private func workshop(_ xml: String = awkward, _ text: String = site) throws -> Workshop {
    let workshop = try Workshop(text)
    try workshop.write("/export.xml", xml)
    return workshop
  }

  private let command = ["import", "wordpress", "export.xml", "--column", "Project of the Day"]

  @Test func whatIsImportedBuilds() throws {
    let workshop = try workshop()
    let result = try run(
      command + ["--report", "report.txt", "--media-list", "media.txt"], in: workshop.path)
    #expect(result.code == 0)
    #expect(result.errors == "")
    // The totals are those of the export.
    for line in [
      "13 posts: 12 written, 1 left out (trash and the like)\n", "4 pages: 4 written\n",
      "13 comments: 8 brought over, 5 left out: comments on a page, which has none here, in the trash, not approved, pingback, spam\n",
      "2 attachments in the export; with what texts show, 3 media files: 0 copied, 0 there already, 3 to fetch\n",
      "1 nav_menu_item (publish) left out\n",
      "4 are drafts here\n",
    ] { #expect(result.output.contains(line), "\(line) in \(result.output)") }
    #expect(
      workshop.read("media.txt")
        == "http://old.example/wp-content/uploads/2011/12/a.jpg\nhttp://old.example/wp-content/uploads/2011/12/b%20c.jpg\nhttp://old.example/post-13/local.png\n"
    )
    #expect(workshop.read("report.txt")?.contains("post 7: Password\n    content/") ?? false)
    let built = try run(["build", "--strict", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(!built.errors.contains("error:"), "\(built.errors)")
    let plain = try run(["build", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(plain.code == 0, "\(plain.errors)")
    let pages = workshop.tree()
    #expect(pages["project-of-the-day/2011-w48/post-11/index.html"]?.contains("Comment 7") ?? false)
    #expect(pages["about/team/index.html"] != nil)
    #expect(pages["post-11/index.html"]?.contains("../project-of-the-day/2011-w48/post-11/") ?? false)
    // Nothing of what is nobody's business, and nothing that runs.
    for (path, text) in pages.merging(workshop.tree("content"), uniquingKeysWith: { first, _ in first }) {
      for word in ["secret.example", "192.168.77.66", "alert(1)", "steal()", "Secret."]
      where !path.hasPrefix("project-of-the-day/2011-w48/post-7.")
        && !path.hasPrefix("project-of-the-day/2011-w48/post-8.")
      {
        #expect(!text.contains(word), "\(word) in \(path)")
      }
    }
  }

  @Test func anImportCanBeRunAgain() throws {
    let workshop = try workshop()
    _ = try run(command, in: workshop.path)
    let before = workshop.tree("content")
    let again = try run(command, in: workshop.path)
    #expect(again.code == 0)
    #expect(again.output.contains("12 as it was"), "\(again.output)")
    #expect(workshop.tree("content") == before)
    // What nobody edited is written anew where it was; what somebody edited, took away or put there stays.
    let folder = "content/project-of-the-day/2011-w48/"
    try workshop.write("/\(folder)post-1.md", "---\ntitle: Mine\ndate: 2011-12-01\n---\n")
    try workshop.remove("/\(folder)post-6.md")
    try workshop.write("/\(folder)post-50.md", "---\ntitle: Mine too\ndate: 2011-12-01\n---\n")
    let newer = awkward.replacing("No title. ", with: "Still no title. ").replacing(
      "<title><![CDATA[Format]]>", with: "<title><![CDATA[Formats]]>"
    )
    .replacing("</channel>", with: item(50, "Fifty", "x") + "</channel>")
    try workshop.write("/export.xml", newer)
    let third = try run(command, in: workshop.path)
    #expect(
      third.output.contains(
        "14 posts: 2 written anew, 8 as it was, 1 edited since, and left, 1 taken away since, and left out, 1 somebody else's, and left, 1 left out"
      ),
      "\(third.output)")
    #expect(third.output.contains("\(folder)post-1.md was edited since, and is left as it is"))
    #expect(workshop.read("\(folder)post-1.md")?.contains("Mine") ?? false)
    #expect(workshop.read("\(folder)post-2.md")?.contains("Still no title.") ?? false)
    #expect(workshop.read("\(folder)post-6.md") == nil)
    #expect(workshop.read("\(folder)post-50.md")?.contains("Mine too") ?? false)
  }

  /// A post whose place somebody took leaves nothing there, its comments neither.
  @Test func commentsFollowTheirWriteUp() throws {
    let workshop = try workshop()
    let folder = "content/project-of-the-day/2011-w48/"
    try workshop.write("/\(folder)post-11.md", "---\ntitle: Mine\ndate: 2011-12-01\n---\n")
    let result = try run(command + ["--new-column"], in: workshop.path)
    #expect(result.code == 1 && result.errors.contains("[import/column-folder]"))
    try workshop.write(
      "/content/project-of-the-day/_column.md", "---\nname: P\nkind: articles\nweeks: true\n---\n")
    let again = try run(
      ["import", "wordpress", "export.xml", "--column", "project-of-the-day"], in: workshop.path)
    #expect(again.code == 0, "\(again.errors)")
    #expect(workshop.read("\(folder)post-11.comments.yaml") == nil)
    #expect(again.output.contains("beside a write-up that isn't the import's (8)"), "\(again.output)")
    #expect(try run(["build", "--as-of", "2026-11-20"], in: workshop.path).code == 0)
  }

  @Test func aSlipOfThePenBeginsNoColumn() throws {
    let workshop = try workshop(
      awkward, site + "\n>>> daily/_column.md\n---\nname: Daily\nkind: articles\n---\n")
    let slip = try run(["import", "wordpress", "export.xml", "--column", "Dayly"], in: workshop.path)
    #expect(slip.code == 1)
    #expect(slip.errors.contains("did you mean") && slip.errors.contains("--new-column"), "\(slip.errors)")
    #expect(workshop.tree("content").count == 2)
    for name in ["search", "tags", "people", "com1"] {
      let result = try run(
        ["import", "wordpress", "export.xml", "--column", name, "--new-column"], in: workshop.path)
      #expect(result.code == 1 && result.errors.contains("[import/column]"), "\(name) \(result.errors)")
    }
    // Another way to write the folder is that column.
    #expect(
      try run(["import", "wordpress", "export.xml", "--column", "daily/"], in: workshop.path).code == 0)
    #expect(workshop.read("content/daily/_column.md")?.contains("name: Daily") ?? false)
    let begun = try run(
      ["import", "wordpress", "export.xml", "--column", "Other", "--new-column", "--dry-run"],
      in: workshop.path)
    #expect(begun.code == 0, "\(begun.errors)")
  }

  @Test func aColumnThatWasTakenAwayIsTold() throws {
    let workshop = try workshop()
    _ = try run(command, in: workshop.path)
    try workshop.remove("/content/project-of-the-day")
    let result = try run(command, in: workshop.path)
    #expect(
      result.code == 1 && result.errors.contains("was begun by an earlier import and taken away since"),
      "\(result.errors)")
    let ledger = try #require(workshop.read("content/.sitegen-import"))
    try workshop.write(
      "/content/.sitegen-import",
      ledger.split(separator: "\n").filter { !$0.contains(" project-of-the-day/") }.joined(separator: "\n")
        + "\n")
    let again = try run(command, in: workshop.path)
    #expect(again.output.contains("13 posts: 12 written"), "\(again.output) \(again.errors)")
  }

  /// Old exports have several posts of one number.
  @Test func twoOfOneNumberStayTwo() throws {
    let workshop = try workshop(export(item(5, "A", "a", slug: "a-post") + item(5, "B", "b", slug: "b-post")))
    _ = try run(command, in: workshop.path)
    let before = workshop.tree("content")
    let again = try run(command, in: workshop.path)
    #expect(again.output.contains("2 posts: 2 as it was"), "\(again.output)")
    #expect(workshop.tree("content") == before)
  }

  /// A site that moved is the same, and so are its posts.
  @Test func aMovedSiteIsNotImportedTwice() throws {
    let workshop = try workshop()
    _ = try run(command, in: workshop.path)
    let before = Set(workshop.tree("content").keys)
    try workshop.write(
      "/export.xml", awkward.replacing("http://old.example", with: "https://www.old.example"))
    let again = try run(command, in: workshop.path)
    #expect(again.code == 0)
    #expect(Set(workshop.tree("content").keys) == before)
  }

  /// Whatever an import that was killed had written is its own.
  @Test func anImportThatWasKilledGoesOn() throws {
    let whole = try workshop()
    _ = try run(command, in: whole.path)
    let ledger = try #require(whole.read("content/.sitegen-import"))
    let lines = ledger.split(separator: "\n").dropFirst()
    #expect(whole.read("content/.sitegen-import-journal") == nil)
    for count in [0, 1, 5, lines.count] {
      let workshop = try workshop()
      _ = try run(command, in: workshop.path)
      // As it is after the first so many files: no ledger, a journal that is one file ahead, and half a line of the next.
      for (index, line) in lines.enumerated() where index >= count {
        try workshop.remove("/content/\(line.split(separator: " ", maxSplits: 2)[2])")
      }
      try workshop.remove("/content/.sitegen-import")
      try workshop.write(
        "/content/.sitegen-import-journal", lines.prefix(count + 1).joined(separator: "\n") + "\n00ff 00")
      let again = try run(command, in: workshop.path)
      #expect(again.code == 0, "\(again.errors)")
      #expect(
        !again.output.contains("somebody else's") && !again.output.contains("taken away"), "\(again.output)")
      #expect(workshop.read("content/.sitegen-import") == ledger)
      #expect(workshop.read("content/.sitegen-import-journal") == nil)
    }
  }

  @Test func aDryRunWritesNothing() throws {
    let workshop = try workshop()
    let before = workshop.tree("content")
    let result = try run(command + ["--dry-run"], in: workshop.path)
    #expect(result.code == 0)
    #expect(result.output.contains("12 written") && result.output.hasSuffix("Nothing written: --dry-run.\n"))
    #expect(workshop.tree("content") == before)
  }

  @Test func downloadedMediaGoWhereTheyStood() throws {
    let workshop = try workshop()
    try workshop.write("/media/wp-content/uploads/2011/12/a.jpg", "picture")
    let result = try run(command + ["--media", "media"], in: workshop.path)
    #expect(
      result.output.contains("3 media files: 1 copied, 0 there already, 2 to fetch"), "\(result.output)")
    #expect(workshop.read("content/wp-content/uploads/2011/12/a.jpg") == "picture")
    let text = workshop.read("content/project-of-the-day/2011-w48/post-11.md") ?? ""
    #expect(
      text.contains("](/wp-content/uploads/2011/12/a.jpg)")
        && text.contains("src: \"/wp-content/uploads/2011/12/a.jpg\""))
    let built = try run(["build", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(built.code == 0, "\(built.errors)")
    #expect(workshop.read("output/wp-content/uploads/2011/12/a.jpg") == "picture")
    let again = try run(command + ["--media", "media"], in: workshop.path)
    #expect(again.output.contains("0 copied, 1 there already, 2 to fetch"), "\(again.output)")
  }

  /// No file that a text shows is passed over without a word.
  @Test func mediaThatCannotBeListed() throws {
    let images = ["/wp-content/a b.jpg", "/wp-content/c.jpg?w=300", "http://flickr.example/d.jpg"]
    let workshop = try workshop(export(item(1, "A", images.map { "<img src=\"\($0)\" alt=\"a\">" }.joined())))
    let result = try run(
      command + ["--media-list", "media.txt", "--report", "report.txt"], in: workshop.path)
    #expect(workshop.read("media.txt") == "http://old.example/wp-content/a%20b.jpg\n", "\(result.errors)")
    #expect(result.output.contains("1 of other sites, which texts show from there\n"), "\(result.output)")
    #expect(result.output.contains("1 of the old site not listed") && result.output.contains("c.jpg?w=300"))
    #expect(workshop.read("report.txt")?.contains("    http://flickr.example/d.jpg\n") ?? false)
  }

  /// What could run, in a reader's browser or where the site is hosted, is for somebody to look at.
  @Test func onlyMediaAreCopied() throws {
    let names = ["a.php", "b.php.jpg", "c.svg", "d.html", "e.JPG", "f.pdf"]
    let workshop = try workshop(
      export(
        names.enumerated().map { index, name in
          item(
            30 + index, name, "", type: "attachment", status: "inherit",
            more: "<wp:attachment_url>http://old.example/wp-content/uploads/\(name)</wp:attachment_url>")
        }.joined()
          + item(
            1, "A",
            "<iframe src=\"/wp-content/uploads/d.html\"></iframe> <a href=\"/wp-content/uploads/f.pdf\">f</a>"
          )))
    for name in names { try workshop.write("/media/wp-content/uploads/\(name)", "x") }
    let result = try run(command + ["--media", "media"], in: workshop.path)
    #expect(
      result.output.contains("6 media files: 2 copied, 0 there already, 0 to fetch")
        && result.output.contains("4 of them not copied")
        && result.output.contains("wp-content/uploads/b.php.jpg"),
      "\(result.output)")
    for name in names {
      #expect(
        (workshop.read("content/wp-content/uploads/\(name)") != nil) == ["e.JPG", "f.pdf"].contains(name))
    }
    #expect(
      workshop.read("content/project-of-the-day/2011-w48/post-1.md")?.contains(
        "[f](/wp-content/uploads/f.pdf)") ?? false)
  }

  @Test func aColumnOfProjectsGetsDraftsWhereFactsAreMissing() throws {
    let workshop = try workshop(
      awkward, site + "\n>>> daily/_column.md\n---\nname: Project of the Day\n---\n")
    let result = try run(command, in: workshop.path)
    #expect(result.output.contains("13 are drafts here"), "\(result.output)")
    let built = try run(["build", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(built.code == 0, "\(built.errors)")
  }

  @Test func brokenExportsWriteNothing() throws {
    let bomb =
      "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
      + awkward.dropFirst(44)
    for (xml, id) in [
      (String(awkward.dropLast(2000)), "import/incomplete"),
      (awkward.replacing("</item>", with: "</itm>"), "import/syntax"),
      (bomb, "import/document-type"), ("<a/>", "import/not-an-export"), ("", "import/empty"),
      ("\n ", "import/empty"),
      ("\n\n" + awkward, "import/blank-lines"), ("<b>Notice</b>: x\n" + awkward, "import/stray-text"),
      (awkward + "\n<b>Warning</b>", "import/stray-text"), (awkward + "\nPHP Notice", "import/stray-text"),
      ("{\"posts\": []}", "import/syntax"),
      (awkward.replacing("UTF-8", with: "x-unknown"), "import/encoding"),
      (
        awkward.replacing("&amp;", with: "&").replacing("<wp:status>", with: "<wp:status>&nbsp;"),
        "import/syntax"
      ),
    ] {
      let workshop = try workshop(xml)
      let before = workshop.tree("content")
      let result = try run(command, in: workshop.path)
      #expect(result.code == 1)
      #expect(
        result.errors.contains("[\(id)]") && result.errors.hasSuffix("Nothing written.\n"),
        "\(id) in \(result.errors)")
      #expect(result.output == "")
      #expect(workshop.tree("content") == before)
    }
    for replacement in ["\u{0B}Secret.", "]]>\u{0B}<![CDATA[Secret."] {
      let character = try workshop(awkward.replacing("Secret.", with: replacement))
      let errors = try run(command, in: character.path).errors
      let start = try #require(awkward.firstRange(of: "Secret.")).lowerBound
      let line = awkward[..<start].count { $0 == "\n" } + 1
      #expect(
        errors.hasPrefix("export.xml:\(line):") && errors.contains("U+000B, which XML can't hold"),
        "\(errors)")
    }
    let folder = try workshop()
    for path in ["content", "content/"] {
      let result = try run(["import", "wordpress", path, "--column", "x"], in: folder.path)
      #expect(result.code == 1 && result.errors.contains("[import/folder]"), "\(result.errors)")
    }
    let place = try workshop("<rss>\n  <channel>\n</rss>")
    #expect(try run(command, in: place.path).errors.hasPrefix("export.xml:3:"))
  }

  @Test func exitCodes() throws {
    let workshop = try workshop()
    #expect(try run(["import", "wordpress", "none.xml", "--column", "x"], in: workshop.path).code == 74)
    #expect(try run(command + ["--media", "none"], in: workshop.path).code == 74)
    #expect(try run(["import", "wordpress", "export.xml"], in: workshop.path).code == 64)
    #expect(try run(command + ["--label", "x=y"], in: workshop.path).code == 64)
    #expect(try run(["import", "wordpress", "export.xml", "--column", "../x/"], in: workshop.path).code == 0)
    #expect(workshop.read("content/x/_column.md")?.contains("name: \"../x/\"") ?? false)
    #expect(try run(["import", "wordpress", "export.xml", "--column", "!"], in: workshop.path).code == 1)
    #expect(try run(["import", "--help"], in: workshop.path).output.contains("wordpress"))
    #expect(
      try run(["import", "wordpress", "--help"], in: workshop.path).output.contains(
        "wget -x -nH -i media.txt"))
  }

  private let blog = """
    >>> /old/_config.yml
    url: https://old.example
    >>> /old/_posts/2020-01-02-one.md
    ---
    title: One
    author: Ann Shinn
    ---
    ![A](/img/a.jpg) [two]({% post_url 2020-01-03-two %}) {% foo %}
    >>> /old/_posts/2020-01-03-two.md
    ---
    title: Two
    published: false
    ---
    Text.
    >>> /old/_posts/2020-01-04-three.md
    ---
    title: [
    ---
    >>> /old/img/a.jpg
    picture
    >>> /old/about.md
    About.
    """

  @Test func postsOfAnotherGenerator() throws {
    let workshop = try Workshop(site + "\n" + blog)
    let command = ["import", "markdown", "old", "--column", "Blog"]
    let dry = try run(command + ["--dry-run"], in: workshop.path)
    #expect(
      dry.output.hasSuffix("Nothing written: --dry-run.\n") && workshop.read("content/blog/_column.md") == nil
    )
    let result = try run(command + ["--report", "report.txt"], in: workshop.path)
    #expect(result.code == 0, "\(result.errors)")
    for line in [
      "3 posts: 2 written, 1 not brought over\n", "1 media file: 1 copied, 0 there already, 0 to fetch\n",
      "1 file of text left out: without front matter\n", "1 is a draft here\n",
      "lost: {% foo %} left in the text\n",
      "its front matter is no sound YAML in line",
    ] { #expect(result.output.contains(line), "\(line) in \(result.output)") }
    #expect(workshop.read("content/img/a.jpg")?.hasPrefix("picture") ?? false)
    #expect(workshop.read("report.txt")?.contains("from _posts/2020-01-02-one.md") ?? false)
    let built = try run(["build", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(built.code == 0, "\(built.errors)")
    #expect(workshop.tree()["2020/01/02/one.html"]?.contains("blog/2020") ?? false)
    let before = workshop.tree("content")
    let again = try run(command, in: workshop.path)
    #expect(again.output.contains("2 as it was"), "\(again.output)")
    #expect(workshop.tree("content") == before)
    try workshop.write("/old/_posts/2020-01-02-one.md", "---\ntitle: One, again\n---\n")
    try workshop.write("/content/blog/2020-w01/two.md", "---\ntitle: Mine\ndate: 2020-01-03\n---\n")
    let third = try run(command, in: workshop.path)
    #expect(
      third.output.contains("1 written anew") && third.output.contains("1 edited since"), "\(third.output)")
  }

  /// What one column asks for is nothing to the posts of another.
  @Test func anotherColumnKeepsWhatItHas() throws {
    let workshop = try workshop(
      awkward,
      site
        + "\n>>> daily/_column.md\n---\nname: Daily\n---\n>>> blog/_column.md\n---\nname: Blog\nkind: articles\n---\n"
    )
    let command = ["import", "wordpress", "export.xml", "--column"]
    _ = try run(command + ["daily"], in: workshop.path)
    let before = workshop.tree("content")
    let other = try run(command + ["blog"], in: workshop.path)
    #expect(
      other.output.contains("13 posts: 12 in another column since an earlier import, and left, 1 left out"),
      "\(other.output)")
    #expect(
      other.output.contains(
        "what an earlier import put into content/daily/ stays there: to have a post in this column instead, delete its file there, and import again\n"
      ))
    #expect(workshop.tree("content") == before)
    #expect(try run(["build", "--as-of", "2026-11-20"], in: workshop.path).code == 0)
    try workshop.remove("/content/daily/2011-w48/post-2.md")
    let third = try run(command + ["blog"], in: workshop.path)
    #expect(third.output.contains("13 posts: 1 written, 11 in another column"), "\(third.output)")
    #expect(workshop.read("content/blog/2011-w48/post-2.md") != nil)
    let fourth = try run(command + ["daily"], in: workshop.path)
    #expect(fourth.output.contains("1 taken away since"), "\(fourth.output)")
  }

  @Test func twoBlogsStayTwo() throws {
    let other = blog.replacing("/old/", with: "/other/").replacing("old.example", with: "other.example")
      .replacing("title: One", with: "title: First")
    let workshop = try Workshop(site + "\n" + blog + "\n" + other)
    _ = try run(["import", "markdown", "old", "--column", "Blog"], in: workshop.path)
    let before = workshop.tree("content")
    let result = try run(["import", "markdown", "other", "--column", "Blog"], in: workshop.path)
    #expect(result.output.contains("3 posts: 2 written, 1 not brought over"), "\(result.output)")
    let after = workshop.tree("content")
    for (path, text) in before where !path.hasPrefix(".") { #expect(after[path] == text, "\(path)") }
    #expect(after["blog/2020-w01/one-1.md"]?.contains("First") ?? false, "\(after.keys)")
    let again = try run(["import", "markdown", "other", "--column", "Blog"], in: workshop.path)
    #expect(again.output.contains("2 as it was"), "\(again.output)")
    #expect(workshop.tree("content") == after)
    // An address that both had is the first one's.
    #expect(!(after["blog/2020-w01/one-1.md"]?.contains("/2020/01/02/one.html") ?? true))
    let built = try run(["build", "--as-of", "2026-11-20"], in: workshop.path)
    #expect(built.code == 0, "\(built.errors)")
  }

  @Test func twoExportsStayTwo() throws {
    let workshop = try workshop()
    _ = try run(command, in: workshop.path)
    let before = workshop.tree("content")
    try workshop.write("/export.xml", awkward.replacing("old.example", with: "older.example"))
    let result = try run(command, in: workshop.path)
    #expect(result.output.contains("13 posts: 12 written"), "\(result.output) \(result.errors)")
    let after = workshop.tree("content")
    for (path, text) in before where !path.hasPrefix(".") { #expect(after[path] == text, "\(path)") }
    #expect(try run(["build", "--as-of", "2026-11-20"], in: workshop.path).code == 0)
  }

  @Test func reportsReplaceReportsAlone() throws {
    let workshop = try workshop()
    try workshop.write("/content/list.txt", "http://a.example/b.jpg\n")
    try workshop.write("/notes.txt", "http://a.example/b.jpg and more\nmine\n")
    for (option, path, id) in [
      ("--report", "content/site.yaml", "import/file-in-site"),
      ("--report", "content/new.txt", "import/file-in-site"),
      ("--report", "output/new.txt", "import/file-in-site"),
      ("--report", "content/pages/new.txt", "import/file-in-site"),
      ("--report", "export.xml", "import/foreign-file"), ("--report", "notes.txt", "import/foreign-file"),
      ("--report", "content", "import/foreign-file"),
      ("--media-list", "content/list.txt", "import/file-in-site"),
      ("--media-list", "export.xml", "import/foreign-file"),
      ("--media-list", "notes.txt", "import/foreign-file"),
    ] {
      let before = workshop.tree("")
      let result = try run(command + [option, path], in: workshop.path)
      #expect(
        result.code == 1 && result.errors.contains("[\(id)]")
          && result.errors.hasSuffix("Nothing written.\n"),
        "\(option) \(path): \(result.errors)")
      #expect(workshop.tree("") == before)
    }
    #expect(try run(command + ["--report", "a", "--media-list", "a"], in: workshop.path).code == 64)
    for _ in 0..<2 {
      let result = try run(
        command + ["--report", "new/report.txt", "--media-list", "media.txt"], in: workshop.path)
      #expect(result.code == 0, "\(result.errors)")
    }
    #expect(workshop.read("new/report.txt")?.contains("12 as it was") ?? false)
  }

  @Test func linksLeadNowhereElse() throws {
    let workshop = try workshop()
    try workshop.write("/secret/a.jpg", "secret")
    try workshop.write("/media/x.txt", "x")
    try workshop.write("/content/project-of-the-day/_column.md", "---\nname: P\nkind: articles\n---\n")
    let files = FileManager.default
    try files.createSymbolicLink(
      atPath: workshop.path + "/content/project-of-the-day/2011-w48", withDestinationPath: "../../secret")
    try files.createDirectory(
      atPath: workshop.path + "/media/wp-content/uploads/2011/12", withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: workshop.path + "/media/wp-content/uploads/2011/12/a.jpg",
      withDestinationPath: "../../../../../secret/a.jpg")
    let result = try run(
      ["import", "wordpress", "export.xml", "--column", "project-of-the-day", "--media", "media"],
      in: workshop.path)
    #expect(workshop.tree("secret") == ["a.jpg": "secret"], "\(result.errors)")
    #expect(workshop.read("content/wp-content/uploads/2011/12/a.jpg") == nil)
  }

  /// An import whose ledger can't be written says so, and loses nothing that it knows.
  @Test func theLedgerIsNoLink() throws {
    let workshop = try workshop()
    try workshop.write("/elsewhere", "sitegen import 1\n")
    try FileManager.default.createSymbolicLink(
      atPath: workshop.path + "/content/.sitegen-import", withDestinationPath: "../elsewhere")
    let result = try run(command, in: workshop.path)
    #expect(result.code == 1 && result.errors.contains("[import/ledger]"), "\(result.errors)")
    #expect(result.errors.hasSuffix("Written in part.\n"))
    #expect(workshop.read("elsewhere") == "sitegen import 1\n")
    #expect(workshop.read("content/.sitegen-import-journal")?.contains("post-2.md") ?? false)
    try workshop.remove("/content/.sitegen-import")
    let again = try run(command, in: workshop.path)
    #expect(again.code == 0 && again.output.contains("12 as it was"), "\(again.output)")
  }

  @Test func otherEncodingsThanUTF8() throws {
    let workshop = try Workshop(site + "\n>>> /old/_posts/2020-01-03-two.md\n---\ntitle: Zwölf\n---\n")
    let bytes = Array("---\ntitle: Caf".utf8) + [0xE9] + Array("\n---\n".utf8) + [0x93, 0x61, 0x94, 0x0A]
    try Data(bytes).write(to: URL(filePath: workshop.path + "/old/_posts/2020-01-02-one.md"))
    let result = try run(
      ["import", "markdown", "old", "--column", "Blog", "--report", "report.txt"], in: workshop.path)
    #expect(
      result.output.contains("1 is no UTF-8, and read as Windows-1252"), "\(result.output) \(result.errors)")
    let text = workshop.read("content/blog/2020-w01/one.md") ?? ""
    #expect(text.contains("title: Café\n") && text.contains("“a”"), "\(text)")
    #expect(workshop.read("content/blog/2020-w01/two.md")?.contains("Zwölf") ?? false)
    #expect(workshop.read("report.txt")?.contains("it is no UTF-8, and was read as Windows-1252") ?? false)
  }

  @Test func foldersWithoutPosts() throws {
    let workshop = try Workshop(site + "\n>>> /old/_posts/a.txt\nx")
    let none = try run(["import", "markdown", "old", "--column", "Blog"], in: workshop.path)
    #expect(none.code == 1 && none.errors.contains("[import/no-posts]"), "\(none.errors)")
    #expect(try run(["import", "markdown", "gone", "--column", "Blog"], in: workshop.path).code == 74)
    #expect(try run(["import", "markdown", "old"], in: workshop.path).code == 64)
  }
}
