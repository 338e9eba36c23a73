import CivilTime
import Columns
import Testing

@testable import Imports

/// What the files that `text` spells, each behind a line `>>> path`, become; those that aren't Markdown are media.
private func imported(
  _ text: String, _ change: (inout ImportSettings) -> Void = { _ in }
) -> [ConvertedItem] {
  var settings = ImportSettings(
    folder: "blog", columnName: "Blog", zone: TimeZoneRules(name: "X", initialOffset: 3_600))
  change(&settings)
  var files: [(path: String, text: String)] = []
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line.hasPrefix(">>> ") {
      files.append((String(line.dropFirst(4)), ""))
    } else if !files.isEmpty {
      files[files.count - 1].text += line + "\n"
    }
  }
  let configuration = files.first { $0.path.hasPrefix("_config") || $0.path.hasPrefix("hugo.") }
  let site = PostSite(files.map(\.path), configuration: configuration.map { ($0.path, $0.text) })
  var converter = PostConverter(settings, site, today: CivilDate(dayNumber: 0))
  let names = Set(files.map(\.path))
  converter.hasMedia = { names.contains($0) }
  let posts = files.filter { file in
    switch site.kind(of: file.path) {
    case .post: converter.add(file.text, at: file.path, isPage: false)
    case .page: converter.add(file.text, at: file.path, isPage: true)
    case .leftOut, nil: false
    }
  }
  converter.finish()
  return posts.enumerated().map { converter.convert($1.text, at: $0) }
}

/// Expects the posts among the files of `text` to become `result`, each behind a line `>>> path`.
private func check(_ text: String, _ result: String, at location: Testing.SourceLocation = #_sourceLocation) {
  let items = imported(text)
  let files = items.map { item in
    item.files.map { ">>> \($0.path)\n\($0.text)" }.joined() + (item.failure.map { "failed: \($0)\n" } ?? "")
  }
  #expect(files.joined() == result + "\n", sourceLocation: location)
}

/// The text that `body` becomes in a post of Jekyll's, or of Hugo's.
private func text(
  _ body: String, more: String = "", hugo: Bool = false
) -> (text: String, lost: [String], heldBack: String?) {
  let file = hugo ? ">>> hugo.toml\n>>> content/posts/2020-01-02-one.md" : ">>> _posts/2020-01-02-one.md"
  let item = imported(file + "\n---\ntitle: One\n---\n\(body)\n" + more)[0]
  let text = item.files[0].text.split(separator: "---\n", maxSplits: 2, omittingEmptySubsequences: false)[2]
  return (trimmed(String(text)), item.notes.lost.keys.sorted(), item.heldBack)
}

@Suite struct PostTests {
  @Test func jekyll() {
    check(
      """
      >>> _config.yml
      permalink: /:categories/:year/:month/:day/:title/
      >>> _posts/2020-01-02-first-post.md
      ---
      layout: post
      title: "First: post"
      author: Ann Shinn
      categories: film news
      tags: [a, b]
      redirect_from: /old/
      published: false
      rating: 5
      ---

      Hello.
      >>> about/us.md
      ---
      layout: page
      title: About us
      description: Who we are.
      ---
      [Reel][1] by us.

      [1]: {{ site.baseurl }}/reel.pdf "Our reel"
      >>> reel.pdf
      >>> tags.md
      ---
      title: Tags
      ---
      >>> notes.md
      # No page, as it has no front matter
      >>> _layouts/a.md
      ---
      title: A
      ---
      """,
      """
      >>> blog/2020-w01/first-post.md
      ---
      title: "First: post"
      date: 2020-01-02
      draft: true
      aliases: ["/film/news/2020/01/02/first-post/", "/old/"]
      authors: [Ann Shinn]
      tags: [film, news, a, b]
      extra:
        layout: post
        rating: 5
      ---

      Hello.
      >>> pages/about/us.md
      ---
      title: About us
      description: Who we are.
      ---

      [Reel][1] by us.

      [1]: /reel.pdf "Our reel"
      >>> pages/old/tags.md
      ---
      title: Tags
      ---
      """)
  }

  @Test func hugo() {
    check(
      """
      >>> hugo.toml
      baseURL = "https://old.example/"
      [permalinks]
        posts = "/:year/:month/:slug/"
      >>> content/posts/second/index.md
      +++
      title = 'Second'
      date = 2020-05-06T23:30:00Z
      lastmod = "2020-05-08"
      authors = ["Ann Shinn", "Bo Li"]
      aliases = ["/2/", "/two.html"]
      [cover]
        image = "a.jpg"
      +++
      ![A](a.jpg) [first](/gone/)
      >>> content/posts/second/a.jpg
      >>> content/_index.md
      +++
      title = "Home"
      +++
      >>> content/posts/third.md
      { "title": "Third \\ud83c\\udfac {", "date": "2020-05-08", "tags": ["a", "b"], "draft": false,
        "weight": 3, "cover": null }
      Text.
      >>> content/posts/fourth.md
      +++
      title = "Fourth"
      +++
      >>> content/help/ask.md
      # How to ask

      [Third]({{< ref "third.md" >}})
      >>> content/about/index.md
      +++
      title = "About"
      url = "/about-us/"
      +++
      """,
      """
      >>> blog/2020-w19/second/index.md
      ---
      title: Second
      date: 2020-05-07T00:30:00+01:00
      updated: 2020-05-08
      aliases: ["/2020/05/second/", "/2/", "/two.html"]
      authors: [Ann Shinn, Bo Li]
      extra:
        cover:
          image: a.jpg
      ---

      ![A](a.jpg) [first](https://old.example/gone/)
      >>> blog/2020-w19/third.md
      ---
      title: "Third 🎬 {"
      date: 2020-05-08
      aliases: ["/2020/05/third/"]
      tags: [a, b]
      extra:
        weight: 3
      ---

      Text.
      >>> blog/2020-w19/fourth.md
      ---
      title: Fourth
      date: 2020-05-08
      draft: true
      ---
      >>> pages/help/ask.md
      ---
      title: How to ask
      ---

      [Third](/blog/2020-w19/third.md)
      >>> pages/about.md
      ---
      title: About
      aliases: ["/about-us/"]
      ---
      """)
  }

  @Test func others() {
    check(
      """
      >>> third.md
      Title: Third
      Date: 2012-11-30 10:20
      Status: draft
      Author: Ann Shinn

      Text: here.
      >>> fourth.md
      <!--
      .. title: Fourth
      .. date: 2013-01-01 00:00:00 UTC+01:00
      -->
      Text.
      >>> README.md
      # No post
      """,
      """
      >>> blog/2012-w48/third.md
      ---
      title: Third
      date: 2012-11-30T10:20:00+01:00
      draft: true
      authors: [Ann Shinn]
      ---

      Text: here.
      >>> blog/2012-w48/fourth.md
      ---
      title: Fourth
      date: 2012-11-30
      draft: true
      ---

      Text.
      """)
  }

  @Test func dates() {
    func date(_ text: String) -> String? {
      PostDate(text, TimeZoneRules(name: "X", initialOffset: 3_600))?.text
    }
    #expect(date("2020-01-02") == "2020-01-02")
    #expect(date("2020/1/2") == "2020-01-02")
    #expect(date("2020-01-02 03:04") == "2020-01-02T03:04:00+01:00")
    #expect(date("2020-01-02T03:04:05Z") == "2020-01-02T04:04:05+01:00")
    #expect(date("2020-01-02 03:04:05 -0500") == "2020-01-02T09:04:05+01:00")
    #expect(date("2020-01-02T23:04:05.123+00:00") == "2020-01-03T00:04:05+01:00")
    for text in ["", "2020", "2020-13-01", "2020-01-02 25:00", "2020-01-02 10:00 CET", "yesterday", "20-1-2"]
    {
      #expect(date(text) == nil, "\(text)")
    }
  }

  @Test func tagsThatHaveTwins() {
    #expect(text("{% highlight swift %}\nlet a = 1\n{% endhighlight %}").text == "```swift\nlet a = 1\n```")
    #expect(text("{% raw %}{{ a }}{% endraw %}").text == "{{ a }}")
    #expect(text("a{% comment %}b{% endcomment %}c").text == "ac")
    #expect(
      text("{% include youtube.html id=\"dQw4w9WgXcQ\" %}").text
        == "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    #expect(text("{{< vimeo 123456789 >}}", hugo: true).text == "https://vimeo.com/123456789")
    #expect(
      text(
        "a\n{{< figure src=\"/a b.jpg\" alt=\"c\" caption=\"d\" >}}\n\nb", more: ">>> static/a b.jpg\n",
        hugo: true
      ).text
        == "a\n\n![c](/a%20b.jpg \"d\")\n\nb")
    let two = ">>> _posts/2020-01-03-two.md\n---\ntitle: Two\n---\nx\n"
    for link in [
      "{% post_url 2020-01-03-two %}", "{{ site.baseurl }}{% post_url 2020-01-03-two %}",
      "{% link _posts/2020-01-03-two.md %}",
      "{{ site.url }}/2020/01/03/two.html", "/2020/01/03/two.html#x",
      "{{ '/2020/01/03/two.html' | relative_url }}",
      "2020-01-03-two.md",
    ] { #expect(text("[a](\(link))", more: two).text == "[a](/blog/2020-w01/two.md)", "\(link)") }
    let jekyll = text("{% foo bar %} {{ page.x }} {% gist a/1 %}\n{: .wide}")
    #expect(jekyll.text == "{% foo bar %} {{ page.x }} \n\n<https://gist.github.com/a/1>")
    #expect(
      jekyll.lost == [
        "a frame of gist's, which is a link now", "kramdown's {: .wide}", "{% foo %} left in the text",
        "{{ page.x }} left in the text",
      ])
    // What Hugo's layouts hold, and what is written to be shown, is text.
    let hugo = text("{{ .Title }} {% if %} {{</* ref \"a\" */>}} {{% foo %}}", hugo: true)
    #expect(hugo.text == "{{ .Title }} {% if %} {{< ref \"a\" >}} {{% foo %}}")
    #expect(hugo.lost == ["{{% foo %}} left in the text"])
    #expect(
      text("{{< tweet user=\"a\" id=\"1\" >}}", hugo: true).text == "<https://twitter.com/a/status/1>")
  }

  @Test func addresses() {
    let two = ">>> _posts/2020-01-03-two.md\n---\ntitle: Two\n---\n## A b\n"
    #expect(
      text("[a][b] [c]\n\n[b]: /2020/01/03/two.html#a-b \"d\"\n[c]: /2020/01/03/two.html#a-b", more: two).text
        == "[a][b] [c]\n\n[b]: /blog/2020-w01/two.md#a-b \"d\"\n[c]: /blog/2020-w01/two.md#a-b")
    #expect(
      text("[a](/2020/01/03/two.html#gone) [b](#gone)", more: two).text
        == "[a](/blog/2020-w01/two.md) [b](/blog/2020-w01/one.md)")
    #expect(
      text("<a href=\"/2020/01/03/two.html\">a</a> [b](</2020/01/03/two.html> 'c')", more: two).text
        == "<a href=\"/blog/2020-w01/two.md\">a</a> [b](</blog/2020-w01/two.md> 'c')")
    // Nothing in code is an address.
    let code =
      "```a`b\n[a](/2020/01/03/two.html)\n\n`[a](/2020/01/03/two.html)`\n\n    [a](/2020/01/03/two.html)"
    #expect(
      text("x\n\n" + code, more: two).text == "x\n\n"
        + code.replacing("(/2020/01/03/two.html)\n\n`", with: "(/blog/2020-w01/two.md)\n\n`"))
  }

  /// The front page is there, by whatever name.
  @Test func theFrontPage() {
    for link in ["/", "/index.html", "{{ site.baseurl }}/", "{{ '/' | relative_url }}"] {
      let result = text("[a](\(link))", more: ">>> _config.yml\nbaseurl: /old\n")
      #expect(result.text == "[a](/)" && result.heldBack == nil, "\(link): \(result)")
    }
  }

  /// Posts of a site that was not at its host's root, with links of every kind.
  @Test func sitesInFolders() {
    check(
      """
      >>> hugo.toml
      baseURL = "https://www.hugo.example/sub/"
      [permalinks]
      news = "/:year/:title/"
      essays = "/e/:slug/"
      >>> content/posts/two-post.md
      ---
      title: Two
      date: 2020-01-02
      aliases: [/two/]
      ---
      [a](/sub/posts/two-post/) [b](/posts/two-post/) [c](https://hugo.example/sub/2020/of-all-the-news/#x)
      [d](https://hugo.example/2020/of-all-the-news/) [e](/sub/gone/) <https://hugo.example/sub/two/>
      [f](https://hugo.example/sub/gone/ "g")
      >>> content/news/one.md
      ---
      title: "Of  all: the News!"
      date: 2020-01-03
      ---
      >>> content/essays/one-more.md
      ---
      title: Größe & Maß
      date: 2020-01-03
      ---
      """,
      """
      >>> blog/2020-w01/two-post.md
      ---
      title: Two
      date: 2020-01-02
      aliases: ["/sub/posts/two-post/", "/sub/two/"]
      ---

      [a](/blog/2020-w01/two-post.md) [b](/blog/2020-w01/two-post.md) [c](/blog/2020-w01/one.md)
      [d](https://hugo.example/2020/of-all-the-news/) [e](https://www.hugo.example/sub/gone/) <https://hugo.example/sub/two/>
      [f](https://hugo.example/sub/gone/ "g")
      >>> blog/2020-w01/one.md
      ---
      title: "Of all: the News!"
      date: 2020-01-03
      aliases: ["/sub/2020/of-all-the-news/"]
      ---
      >>> blog/2020-w01/one-more.md
      ---
      title: "Größe & Maß"
      date: 2020-01-03
      aliases: ["/sub/e/größe-maß/"]
      ---
      """)
    check(
      """
      >>> _config.yml
      url: https://jekyll.example
      baseurl: /b
      permalink: /:title/
      >>> _posts/2020-01-02-Über uns (2).md
      ---
      title: A
      redirect_from: [/x/, y/]
      ---
      [a]({{ site.baseurl }}{% post_url 2020-01-03-b-post %}) [b](https://jekyll.example/b/own/) [c]({{ site.baseurl }}/gone/)
      >>> _posts/2020-01-03-b-post.md
      ---
      title: B
      permalink: /own/
      ---
      """,
      """
      >>> blog/2020-w01/uber-uns-2.md
      ---
      title: A
      date: 2020-01-02
      aliases: ["/b/Über-uns-(2)/", "/b/x/", "/b/y/"]
      ---

      [a](/blog/2020-w01/b-post.md) [b](/blog/2020-w01/b-post.md) [c](https://jekyll.example/b/gone/)
      >>> blog/2020-w01/b-post.md
      ---
      title: B
      date: 2020-01-03
      aliases: ["/b/own/"]
      ---
      """)
  }

  /// A browser takes them from the address of the post, which is by the day that Hugo read.
  @Test func relativeAddresses() {
    check(
      """
      >>> hugo.toml
      [permalinks]
      posts = "/:year-:month-:day/:slugorfilename/"
      >>> content/posts/one.md
      ---
      title: One
      date: 2020-01-02T03:00:00+09:00
      publishDate: 2020-02-03
      ---
      >>> content/posts/two.md
      ---
      title: Two
      date: 2020-01-02T23:30:00-05:00
      ---
      [a](../one/) [b](../../2020-01-02/one#x)
      """,
      """
      >>> blog/2020-w06/one.md
      ---
      title: One
      date: 2020-02-03
      aliases: ["/2020-01-02/one/"]
      ---
      >>> blog/2020-w01/two.md
      ---
      title: Two
      date: 2020-01-03T05:30:00+01:00
      aliases: ["/2020-01-02/two/"]
      ---

      [a](/blog/2020-w06/one.md) [b](/blog/2020-w06/one.md)
      """)
  }

  @Test func figures() {
    #expect(
      text(
        "{{< figure src=\"http://b.c/a.jpg\" alt=\"d\" title=\"One\" caption=\"He said \\\"no\\\"!\" attr=\"Ann\" >}}",
        hugo: true
      ).text == "![d](http://b.c/a.jpg \"One. He said \\\"no\\\"! Ann\")")
  }

  /// Links that a build would refuse keep a post a draft.
  @Test func linksThatLeadNowhere() {
    #expect(text("[a](/gone/)").heldBack == "it has links or pictures that lead nowhere here")
    #expect(text("[a](http://b.c/) [d](#e) [f](mailto:g@h.i)\n\n```\n[a](/gone/)\n```").heldBack == nil)
  }

  /// What Hugo shows later, no longer or not at all isn't shown here either.
  @Test func whatHugoHoldsBack() {
    check(
      """
      >>> hugo.toml
      >>> content/posts/first.md
      ---
      title: A
      date: 2020-01-02
      publishDate: 2020-03-04
      expiryDate: 2020-05-06
      ---
      >>> content/posts/second.md
      ---
      title: B
      date: 2020-01-02
      publishDate: 2019-01-01
      headless: true
      ---
      >>> content/posts/third.md
      ---
      title: C
      date: 2020-01-02
      _build: {render: never}
      ---
      >>> content/later.md
      ---
      title: Later
      date: 2031-01-02
      ---
      >>> content/before.md
      ---
      title: Before
      date: 1960-01-02
      expiryDate: 1961-01-01
      ---
      """,
      """
      >>> blog/2020-w10/first.md
      ---
      title: A
      date: 2020-03-04
      expires: 2020-05-06
      aliases: ["/posts/first/"]
      ---
      >>> blog/2020-w01/second.md
      ---
      title: B
      date: 2020-01-02
      draft: true
      aliases: ["/posts/second/"]
      extra:
        headless: true
      ---
      >>> blog/2020-w01/third.md
      ---
      title: C
      date: 2020-01-02
      draft: true
      aliases: ["/posts/third/"]
      ---
      >>> pages/later.md
      ---
      title: Later
      draft: true
      ---
      >>> pages/before.md
      ---
      title: Before
      draft: true
      ---
      """)
  }

  /// Sites that were brought over when no site had a name are known again by what they hold.
  @Test func formerPathsOfSitesWithoutNames() {
    func path(_ beginning: String?) -> String? {
      imported(">>> _posts/2020-01-02-one.md\n---\ntitle: One\n---\n") { settings in
        settings.formerPath = { $0 == "post _posts/2020-01-02-one.md" ? "blog/2019-w01/it.md" : nil }
        settings.formerPaths = ["blog/2019-w01/it.md"]
        settings.beginning = { _ in beginning }
      }[0].files.first?.path
    }
    #expect(path("---\ntitle: One\ndate: 2019-01-02\n---\n") == "blog/2019-w01/it.md")
    for other in ["---\ntitle: One more\n---\n", nil] {
      #expect(path(other) == "blog/2020-w01/one.md", "\(other ?? "")")
    }
  }

  @Test func kramdown() {
    let notes = text(
      "a {::comment}b\nc{:/comment} d\n\n{::comment}\ne\n{:/}\nf `{::comment}g{:/comment}`\n```\n{::comment}h{:/}\n```"
    )
    #expect(notes.text == "a  d\n\nf `{::comment}g{:/comment}`\n```\n{::comment}h{:/}\n```")
    #expect(notes.lost == ["a comment that nobody saw"])
    #expect(text("a {::comment}b").text == "a {::comment}b")
    #expect(text("- {:.a} b\n- c {:.d} e").text == "- b\n- c {:.d} e")
    let marks = text(
      "![a](http://b.c/a.png){: .wide} [btn](http://b.c/){: .btn} `[x](y){: .z}` *a*{: #b}\n\n* TOC\n{:toc}\n\nx {: y}"
    )
    #expect(marks.text == "![a](http://b.c/a.png) [btn](http://b.c/) `[x](y){: .z}` *a*\n\n\nx {: y}")
    #expect(
      marks.lost == ["kramdown's {: #b}", "kramdown's {: .btn}", "kramdown's {: .wide}", "kramdown's {:toc}"])
  }

  /// The words of a link stay where its address can't.
  @Test func addressesThatCouldRunSomething() {
    let dropped = "an address that could run a program, of a link whose words stay"
    for (written, words) in [
      ("a [x *y* [z]](javascript:alert) b", "a x *y* [z] b"), ("[x](<javascript:a b> \"t (u)\")", "x"),
      ("a <javascript:alert> b", "a javascript:alert b"),
      ("[x][y] a\n\n[y]: javascript:alert \"t\"", "[x][y] a"),
      ("[x](vbscript:a) [x](http://b.c/)", "x [x](http://b.c/)"),
    ] {
      let result = text(written)
      #expect(result.text == words && result.lost == [dropped], "\(result)")
    }
  }

  /// A text that a build would refuse is kept for somebody to look at.
  @Test func textsThatABuildRefuses() {
    let result = text("a [x](JAVA&#115;CRIPT:b)")
    #expect(result.text == "```markdown\na [x](JAVA&#115;CRIPT:b)\n```")
    #expect(result.heldBack == "its text has to be looked at")
  }

  /// What a file holds many of takes time in proportion to that.
  @Test(.timeLimit(.minutes(1))) func manyOfAKind() throws {
    let count = 100_000
    #expect(
      try TOML.parse(String(repeating: "[[a]]\n", count: count)) == [
        PostValue.Entry(key: "a", value: .list(Array(repeating: .mapping([]), count: count)))
      ])
    let tags = text(String(repeating: "{% ", count: count) + "{% raw %}")
    #expect(tags.text.hasSuffix("{% raw %}"))
    let aliases = (0..<count).map { "- /a\($0)\n" }.joined()
    let item = imported(">>> a/x.md\n---\ntitle: A\ndate: 2020-01-01\naliases:\n\(aliases)---\n")[0]
    #expect(item.failure != nil || item.files[0].text.contains("/a99999"))
  }

  @Test func mistakes() {
    func failure(_ text: String) -> String? { imported(">>> a.md\n\(text)")[0].failure }
    #expect(failure("---\ntitle: a\n")?.contains("no end") ?? false)
    #expect(failure("---\ntitle: [a\n---\n")?.contains("no sound YAML") ?? false)
    #expect(failure("+++\ntitle = a'\n+++\n") == "its front matter is no sound TOML in line 2")
    #expect(failure("{\n\"title\": \"a }\"\n")?.contains("no end") ?? false)
    #expect(failure("{\n\"title\": [\"a\"\n}\n")?.contains("no sound JSON in line ") ?? false)
    let repeated = imported(
      ">>> a/x.md\n---\ntitle: A\ndate: 2020-01-01\n---\n>>> b/x.md\n---\ntitle: B\ndate: 2020-02-01\n---\n")
    #expect(repeated.flatMap(\.files).map(\.path) == ["blog/2020-w01/x.md", "blog/2020-w05/x-2.md"])
  }

  @Test func toml() throws {
    let entries = try TOML.parse(
      """
      a = "b\\u00e9\\n" # c
      'd e' = '''f
      g'''
      h.i = [1, 2.5, # j
        true,
      ]
      k = { l = "m", n = [] }
      [[o]]
      p = 1
      [[o]]
      p = 1979-05-27T07:32:00Z
      """)
    #expect(entries.map(\.key) == ["a", "d e", "h", "k", "o"])
    #expect(entries[0].value == .text("bé\n") && entries[1].value == .text("f\ng"))
    #expect(
      entries[2].value
        == .mapping([.init(key: "i", value: .list([.plain("1"), .plain("2.5"), .plain("true")]))]))
    #expect(
      entries[4].value
        == .list([
          .mapping([.init(key: "p", value: .plain("1"))]),
          .mapping([.init(key: "p", value: .plain("1979-05-27T07:32:00Z"))]),
        ]))
    for text in [
      "a", "a = ", "a = \"b", "a = 1\na = 2", "[a\nb = 1", "a = [1 2]", "a.b = 1\na = 2", "a = 1 b = 2\"",
    ] {
      #expect(throws: TOML.Mistake.self, "\(text)") { try TOML.parse(text) }
    }
  }
}
