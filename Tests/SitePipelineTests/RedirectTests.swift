import SourceText
import TestSupport
import Testing

@testable import SitePipeline

/// Former addresses: their pages, and the files that tell servers of them. Scripts/verify/redirects.py asks the servers.
@Suite struct RedirectTests {
  /// The files of a build in which the page /x/ has `aliases`.
  private func files(_ aliases: String, url: String = "https://example.org/") async throws -> [String: String]
  {
    let workshop = try Workshop(
      """
      >>> site.yaml
      title: Moved
      url: \(url)
      theme: plain
      >>> pages/x.md
      ---
      title: X
      aliases: \(aliases)
      ---
      """)
    let report = try await build(workshop)
    #expect(report.diagnostics.isEmpty)
    return workshop.tree()
  }

  @Test func withoutAliasesThereIsNoFile() async throws {
    let files = try await files("[]")
    #expect(files.keys.filter { $0.contains("redirect") } == [])
  }

  @Test func pathsHaveAPageAndARuleInEachFile() async throws {
    let files = try await files("[/old/, /b.html]", url: "https://example.org/a%20b/")
    #expect(files["old/index.html"]?.contains("url=../x/") == true)
    #expect(files["b.html"]?.contains("url=x/") == true)
    #expect(files["_redirects"] == "/a%20b/old/ /a%20b/x/ 301\n/a%20b/b.html /a%20b/x/ 301\n")
    let nginx = try #require(files["redirects.nginx"])
    #expect(
      nginx.contains(
        """
        map $uri $redirect_from_path {
          default "";
          "/a b/old/" "/a%20b/x/";
          "/a b/old" "/a%20b/x/";
          "/a b/b.html" "/a%20b/x/";
        }
        map "$uri?$args" $redirect_to {
          default $redirect_from_path;
        }

        """))
    let apache = try #require(files["redirects.htaccess"])
    #expect(
      apache.hasSuffix(
        #"""
        RewriteEngine On
        RewriteCond %{REQUEST_URI} "=/a b/old" [OR]
        RewriteCond %{REQUEST_URI} "=/a b/old/"
        RewriteRule "^" "/a\%20b/x/" [R=301,L,NE]
        RewriteCond %{REQUEST_URI} "=/a b/b.html"
        RewriteRule "^" "/a\%20b/x/" [R=301,L,NE]

        """#))
  }

  /// What is said of `alias` on a site in a folder of its host.
  @Test(arguments: [
    ("https://example.org/films/old/", "write /old/"), ("http://www.example.org/films/", "leave it out"),
    ("https://example.org/films", "leave it out"),
    ("https://example.org/else/", "leave it out, and redirect it in the server's own configuration"),
    ("https://example.com/old/", "write /old/"), ("https://example.com", nil),
    ("/films", "leave it out if the site's own front page is meant, which leads nowhere else"),
    ("/films/", "leave it out if the site's own front page is meant, which leads nowhere else"),
    ("/films/?p=1", "write /?p=1 if https://example.org/films/?p=1 is meant"),
    ("/films/old/", "write /old/ if https://example.org/films/old/ is meant"),
    ("/filmsy/old/", nil), ("/old/films/", nil),
  ])
  func addressesOfTheWholeHost(alias: String, fix: String?) async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/films/\ntheme: plain\n>>> pages/x.md\n---\ntitle: X\naliases: [\"\(alias)\"]\n---\n"
    )
    let found = try await build(workshop).diagnostics
    if alias.hasPrefix("/") {
      #expect(found.map(\.id) == (fix == nil ? [] : ["field/folder-of-site"]))
    } else {
      #expect(found.map(\.id) == ["field/not-a-path"] && found.first?.severity == .error)
    }
    #expect(found.first?.fix == fix)
  }

  /// A column may be called as the folder that the site lies in.
  @Test func aColumnCalledAsTheFolderOfTheSite() async throws {
    let found = try await findings(
      ">>> sub/_column.md\n---\nname: S\nkind: articles\n---\n>>> pages/x.md\n---\ntitle: X\naliases: [/sub/old/]\n---\n"
    )
    #expect(found == [])
  }

  @Test func aColumnThatHadAnotherFolder() async throws {
    let workshop = try Workshop(smallSite)
    let report = try await build(workshop)
    #expect(report.diagnostics == [])
    let before = workshop.tree().keys.filter { $0.hasPrefix("daily/") && !$0.hasSuffix(".txt") }
    let files = SiteText(smallSite).files.map { path, text in
      let text =
        path == "daily/_column.md" ? text.replacing("name:", with: "formerly: [/daily/]\nname:") : text
      return ">>> \(path.replacing("daily/", with: "films/"))\n\(text)"
    }
    let renamed = try Workshop(files.joined())
    // What is there now stays what it is.
    try renamed.write("pages/daily/2026.md", "---\ntitle: Our 2026\n---\n")
    #expect(try await build(renamed).diagnostics == [])
    let tree = renamed.tree()
    for file in before
    where file.hasSuffix("/index.html") || file.hasSuffix("feed.json") || file.hasSuffix(".xml") {
      let page = try #require(tree[file], "\(file) is gone")
      let now = file.replacing("daily/", with: "films/")
      if file == "daily/2026/index.html" {
        #expect(page.contains("Our 2026"))
      } else if file.hasSuffix("/index.html") {
        #expect(page.contains("https://example.org/sub/\(now.dropLast("index.html".count))"), "\(file)")
      } else {
        #expect(page == tree[now])
      }
    }
    #expect(tree["_redirects"]?.contains("/sub/daily/2026-w47/tide/ /sub/films/2026-w47/tide/ 301\n") == true)
    #expect(tree["_redirects"]?.contains("/sub/daily/2026/ ") == false)
  }

  /// Who reads a feed knows its entries by their ids: those stay while the column moves, once and again.
  @Test func entriesKeepTheirIDs() async throws {
    func ids(_ folder: String, _ formerly: String) async throws -> [String: [String]] {
      let files = SiteText(smallSite).files.map { path, text in
        let text =
          path == "daily/_column.md" ? text.replacing("name:", with: "formerly: \(formerly)\nname:") : text
        return ">>> \(path.replacing("daily/", with: folder + "/"))\n\(text)"
      }
      let workshop = try Workshop(files.joined())
      try workshop.write(
        "\(folder)/2026-11-20-new.md",
        "---\ntitle: New\nformat: short\nstatus: production\nlogline: L.\ncredits: [{role: Director, name: Bo}]\n"
          + "status_history: [{status: production, date: 2026-11-20}]\n---\n")
      try workshop.write(
        "\(folder)/2026-11-20-new.comments.yaml", "- {author: A, date: 2026-11-20, body: Hm}\n")
      let report = try await build(workshop)
      #expect(report.isPublished, "\(report.diagnostics)")
      var ids: [String: [String]] = [:]
      for (file, text) in workshop.tree()
      where file.hasSuffix("atom.xml") && (folder == "daily" || !file.hasPrefix(folder)) {
        ids[file] = text.split(separator: "\n").filter { $0.hasPrefix("<id>") }.map(String.init)
      }
      return ids
    }
    let first = try await ids("daily", "[]")
    #expect(
      first.keys.sorted() == [
        "atom.xml", "comments/atom.xml", "daily/atom.xml", "daily/weeks/atom.xml", "daily/winners/atom.xml",
        "status/atom.xml", "tags/desert/atom.xml",
      ])
    #expect(first.values.allSatisfy { $0.count > 1 })
    #expect(try await ids("films", "[/daily/]") == first)
    #expect(try await ids("cinema", "[/daily/, /films/]").filter { first[$0.key] != nil } == first)
  }

  /// A new column in the former folder has films of its own, which may be called as those of the old one were.
  @Test func aFormerFolderThatIsUsedAgain() async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n"
        + ">>> new/_column.md\n---\nname: N\nkind: articles\nformerly: [/old/]\n---\n>>> old/_column.md\n---\nname: O\nkind: articles\n---\n"
        + ["new/2026-11-20-a", "new/2026-11-20-b", "old/2026-11-19-a"].map {
          ">>> \($0).md\n---\ntitle: A \($0)\n---\n"
        }
        .joined())
    #expect(try await build(workshop).diagnostics == [])
    func ids(_ file: String) -> [String] {
      (workshop.read("output/\(file)") ?? "").split(separator: "\n").filter { $0.hasPrefix("<id>") }
        .map { String($0.dropFirst("<id>https://example.org/".count).prefix { $0 != "<" }) }
    }
    #expect(ids("atom.xml") == ["atom.xml", "old/2026/b/", "new/2026/a/", "old/2026/a/"])
    #expect(ids("new/atom.xml").first == "new/atom.xml" && ids("old/atom.xml").first == "old/atom.xml")
  }

  /// Where the folder is another part of the pattern, or none.
  @Test(arguments: [("{year}/{column}/{slug}", "2026/old/a/index.html"), ("{year}/{slug}", nil)])
  func aPatternOfAddresses(pattern: String, file: String?) async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n>>> new/_column.md\n---\nname: N\nkind: articles\n"
        + "formerly: [/old]\npermalink: \"\(pattern)\"\n---\n>>> new/2026-11-20-a.md\n---\ntitle: A\n---\n")
    #expect(try await build(workshop).diagnostics == [])
    let former = workshop.tree().keys.filter { $0.contains("/a/index.html") && $0.contains("old/") }
    #expect(former == [file].compactMap(\.self))
  }

  /// What is kept in the former folder stays, whatever it is, and nothing is written beside what it would clash with.
  @Test(arguments: [
    ("old/feed.xml", "old/feed.json"), ("old/Feed.JSON", "old/atom.xml"),
    ("old/2026/a/index.html", "old/2026/index.html"),
    ("old/2026", "old/a-z/index.html"), ("old/index.html/x.txt", "old/a-z/index.html"),
    ("OLD/2026/a.txt", "old/a-z/index.html"),
  ])
  func whatIsInTheFormerFolder(file: String, beside: String) async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n>>> new/_column.md\n---\nname: N\nkind: articles\n"
        + "formerly: [/old/]\n---\n>>> new/2026-11-20-a.md\n---\ntitle: A\n---\n>>> \(file)\nkept\n")
    #expect(try await build(workshop).diagnostics.filter { $0.severity == .error } == [])
    #expect(workshop.tree()[file] == "kept\n\n")
    #expect(workshop.tree()[beside] != nil)
  }

  @Test(arguments: [
    ("/x/", "is the folder that the column has now"),
    ("/X", "differs from the folder of now by case alone, so that no page can stand at both"),
    ("/search/", "holds pages of the site's own, such as /search/, which stay"),
    ("/Tags/noir", "holds pages of the site's own, such as /tags/noir/, which stay"),
    ("/tags/n/", nil), ("/campaigns/", nil), ("/comments/", nil), ("/old/", nil),
  ])
  func foldersThatNoColumnHad(former: String, problem: String?) async throws {
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n"
        + ">>> x/_column.md\n---\nname: S\nkind: articles\nformerly: [\(former)]\n---\n>>> x/2026-11-20-a.md\n---\ntitle: A\ntags: [noir]\n---\n"
    )
    let found = try await build(workshop).diagnostics
    #expect(found.map(\.message) == [problem.map { "'\(former)' \($0)" }].compactMap(\.self))
    #expect(found.allSatisfy { $0.severity == .warning && $0.location?.path == "content/x/_column.md" })
  }

  /// Where a column was split, addresses and ids of the former folder belong to the first by its path, whatever is shown first;
  /// what only the other has leads to it.
  @Test func aFormerFolderOfTwoColumns() async throws {
    func column(_ folder: String, _ order: Int) -> String {
      ">>> \(folder)/_column.md\n---\nname: \(folder)\nkind: articles\nweeks: true\norder: \(order)\nformerly: [/old/]\n---\n"
    }
    let workshop = try Workshop(
      ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n" + column("a", 2) + column("b", 1)
        + ["a/2026-11-13-x", "b/2026-11-13-x", "b/2026-11-12-y"].map {
          ">>> \($0).md\n---\ntitle: A \($0)\n---\n"
        }.joined())
    let found = try await build(workshop).diagnostics
    #expect(found.map(\.id) == ["column/former-folder"])
    #expect(found.first?.location?.path == "content/b/_column.md")
    #expect(found.first?.notes.map(\.location?.path) == ["content/a/_column.md"])
    func ids(_ file: String) throws -> [String] {
      try #require(workshop.read("output/\(file)")).split(separator: "\n").filter { $0.hasPrefix("<id>") }
        .map { String($0.dropFirst("<id>https://example.org/".count).prefix { $0 != "<" }) }
    }
    #expect(try ids("a/atom.xml") == ["old/atom.xml", "old/2026-w46/x/"])
    #expect(try ids("b/atom.xml") == ["b/atom.xml", "b/2026-w46/x/", "b/2026-w46/y/"])
    #expect(try ids("a/weeks/atom.xml") == ["old/weeks/atom.xml", "old/2026-w46/"])
    #expect(try ids("b/weeks/atom.xml") == ["b/weeks/atom.xml", "b/2026-w46/"])
    #expect(workshop.read("output/old/atom.xml") == workshop.read("output/a/atom.xml"))
    let redirects = try #require(workshop.read("output/_redirects"))
    for line in [
      "/old/ /a/", "/old/2026-w46/ /a/2026-w46/", "/old/2026-w46/x/ /a/2026-w46/x/",
      "/old/2026-w46/y/ /b/2026-w46/y/",
    ] {
      #expect(redirects.contains(line + " 301\n"))
    }
  }

  @Test(arguments: ["daily", "/daily/?p=1", "/?cat=3", "/a//b", "/", "/feed.xml/", "/old/index.html"])
  func noFolder(former: String) async throws {
    let found = try await findings(
      ">>> x/_column.md\n---\nname: S\nkind: articles\nformerly: [\"\(former)\"]\n---\n")
    #expect(found == ["x/_column.md:4:12 field/not-a-path"])
  }

  @Test func queriesAreForServersAlone() async throws {
    let files = try await files(#"["/?p=1", '/?q=%22$1', "/old/?a=b"]"#)
    #expect(
      files.keys.filter { $0.hasSuffix(".html") }.sorted() == [
        "404.html", "index.html", "search/index.html", "x/index.html",
      ])
    let netlify = try #require(files["_redirects"])
    #expect(netlify.split(separator: "\n").count == 3)
    #expect(netlify.split(separator: "\n").allSatisfy { $0.hasPrefix("# /") })
    let nginx = try #require(files["redirects.nginx"])
    for address in ["/?p=1", "/?q=%22$1", "/old/?a=b", "/old?a=b"] {
      #expect(nginx.contains("  \"\(address)\" \"/x/\";\n"))
    }
    let apache = try #require(files["redirects.htaccess"])
    #expect(
      apache.contains(
        """
        RewriteCond %{REQUEST_URI} "=/"
        RewriteCond %{QUERY_STRING} "=p=1"
        RewriteRule "^" "/x/" [R=301,L,NE,QSD]

        """))
  }

  /// nginx does not start with two lines for one address, whatever its case.
  @Test func nothingIsInTheMapTwice() async throws {
    let nginx = try #require(try await files(#"[/old, "/Blog/?a=B", "/x/?p=1"]"#)["redirects.nginx"])
    #expect(nginx.ranges(of: "\"/old\"").count == 1)
    let site = ">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n"
    let clash = try await findings(
      """
      >>> pages/x.md
      ---
      title: X
      aliases: ["/?p=A"]
      ---
      >>> pages/y.md
      ---
      title: Y
      aliases: ["/?p=a"]
      ---
      """, in: site)
    #expect(clash == ["pages/y.md:3:11 plan/same-address"])
  }

  @Test(arguments: [
    "/x\u{22}y/", "/a?b\\c", "/?a=b\"c", "/?a=b\nc", "/old%0AErrorDocument%20404%20Gone?p=1", "/old%0a?p=1",
    "/%0D?p=1", "/a%0Ab/", "/a%0Ab.html", "/%1F?p=1", "/%7f?p=1", "/%C2%85?p=1", "/%E2%80%A8?p=1",
    "/%E2%80%AE?p=1", "/%00?p=1", "/a%5C?p=1", "/%22%20[OR]?p=1", "/a\"b?p=1",
  ])
  func whatCouldEndALineIsRefused(alias: String) async throws {
    let workshop = try Workshop(">>> site.yaml\ntitle: T\nurl: https://example.org/\ntheme: plain\n")
    let quoted = alias.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing(
      "\n", with: "\\n")
    try workshop.write("pages/x.md", "---\ntitle: X\naliases: [\"\(quoted)\"]\n---\n")
    let report = try await build(workshop)
    #expect(!report.isPublished)
    #expect(report.diagnostics.map(\.location?.path) == ["content/pages/x.md"])
    // Nor can a column have had such a folder.
    try workshop.write("pages/x.md", "---\ntitle: X\n---\n")
    try workshop.write("y/_column.md", "---\nname: Y\nkind: articles\nformerly: [\"\(quoted)\"]\n---\n")
    let column = try await build(workshop)
    #expect(!column.isPublished)
    #expect(column.diagnostics.map(\.location?.path) == ["content/y/_column.md"])
  }

  /// What isn't refused stands in its own lines of each file, whatever it would mean to a server.
  @Test func whatIsLeftStaysInItsLine() async throws {
    let hostile = #"/;%7D%20return%20200;%20%23$%7BPATH%7D%25%7BENV:PATH%7D?p=%22%0A"#
    let files = try await files("['\(hostile)', '/%E2%80%8C?p=1']")
    let address = "/;} return 200; #${PATH}%{ENV:PATH}"
    // Apache would put its environment in.
    let pattern = "/[;][}][ ]return[ ]200[;][ ][#][$][{]PATH[}][%][{]ENV[:]PATH[}]"
    func lines(_ file: String) throws -> [String] {
      let lines = try #require(files[file]).split(separator: "\n").map(String.init)
      return lines.filter { !$0.hasPrefix("#") || $0.contains("return 200") || $0.contains("%3B") }
    }
    #expect(
      try lines("_redirects") == [
        "# /%3B%7D%20return%20200%3B%20%23%24%7BPATH%7D%25%7BENV%3APATH%7D?p=%22%0A takes nginx or Apache: a static host sees no query"
      ])
    #expect(
      try lines("redirects.nginx") == [
        "map $uri $redirect_from_path {", "  default \"\";", "}", "map \"$uri?$args\" $redirect_to {",
        "  default $redirect_from_path;", "  \"\(address)?p=%22%0A\" \"/x/\";",
        "  \"\(address)/?p=%22%0A\" \"/x/\";",
        "  \"/\u{200C}?p=1\" \"/x/\";", "  \"/\u{200C}/?p=1\" \"/x/\";", "}",
      ])
    #expect(
      try lines("redirects.htaccess") == [
        "RewriteEngine On", "RewriteCond %{REQUEST_URI} \"^\(pattern)/$\" [OR]",
        "RewriteCond %{REQUEST_URI} \"^\(pattern)$\"", "RewriteCond %{QUERY_STRING} \"=p=%22%0A\"",
        "RewriteRule \"^\" \"/x/\" [R=301,L,NE,QSD]", "RewriteCond %{REQUEST_URI} \"=/\u{200C}/\" [OR]",
        "RewriteCond %{REQUEST_URI} \"=/\u{200C}\"", "RewriteCond %{QUERY_STRING} \"=p=1\"",
        "RewriteRule \"^\" \"/x/\" [R=301,L,NE,QSD]",
      ])
  }

  @Test func noSiteStandsWhereALineEnds() async throws {
    let lines = try await findings(
      "", in: ">>> site.yaml\ntitle: T\nurl: https://example.org/a%0Ab/\ntheme: plain\n")
    #expect(lines.contains("site.yaml:2:6 site/url"))
  }

  @Test func aPersonHasFormerAddresses() async throws {
    let workshop = try Workshop(
      """
      >>> site.yaml
      title: T
      url: https://example.org/
      theme: plain
      >>> people/ann.md
      ---
      name: Ann Shinn
      aliases: [/filmmakers/ann/]
      ---
      """)
    #expect(try await build(workshop).isPublished)
    #expect(workshop.read("output/_redirects") == "/filmmakers/ann/ /people/ann-shinn/ 301\n")
    #expect(workshop.read("output/filmmakers/ann/index.html")?.contains("../../people/ann-shinn/") == true)
  }
}
