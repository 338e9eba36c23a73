import SourceText
import Testing

@testable import Templates

/// Partials that do not depend on the page are rendered once for each depth of folders, and all others anew.
@Suite struct PartialTests {
  /// Renders two films' pages with one cache, the second in another folder, and compares both; `count` is how many
  /// partials are kept.
  private func check(
    _ theme: Theme, keeps count: Int, _ first: String, _ second: String,
    _ location: Testing.SourceLocation = #_sourceLocation
  ) {
    var diagnostics: [Diagnostic] = []
    guard let set = theme.compile(&diagnostics) else {
      Issue.record("\(diagnostics.map(\.message))", sourceLocation: location)
      return
    }
    #expect(set.program.partialCount == count, sourceLocation: location)
    let renderer = set.renderer(bound: Toy.contract.bind(Toy()), base: nil)
    var partials = PartialCache()
    func render(_ film: UInt64, _ prefix: String) -> String {
      var buffer = ByteBuffer()
      renderer.render(
        PageKindID(0), values: Toy.values(film: film), links: .relative(prefix: prefix, page: "a/b/"),
        path: "",
        into: &buffer, partials: &partials)
      return buffer.string
    }
    #expect(render(0, "../../") == first, sourceLocation: location)
    #expect(render(1, "../") == second, sourceLocation: location)
    #expect(render(0, "../../") == first, sourceLocation: location)
  }

  @Test func whatIsKept() {
    check(
      Theme(
        ("main.html", "{% include 'p.html' %}{{ film.votes }}"),
        ("p.html", "{{ site.home }}{{ site.title }} ")),
      keeps: 1, "../../Film &amp; Column 3", "../Film &amp; Column 12")
    check(
      Theme(
        ("main.html", "{% include 'p.html' %}{% include 'p.html' %}"),
        (
          "p.html",
          "{% set k = 1 %}{% for f in site.latest | sort(attribute='votes') %}{{ f.votes + k }},{% endfor %}"
        )),
      keeps: 1, "4,4,13,4,4,13,", "4,4,13,4,4,13,")
    check(
      Theme(
        ("main.html", "{% include 'p.html' %}"), ("p.html", "{{ t('more') }} {{ options.columns }} fixed")),
      keeps: 0, "More 3 fixed", "More 3 fixed")
  }

  @Test func whatIsNot() {
    check(Theme(("main.html", "{% include 'p.html' %}"), ("p.html", "{{ film.votes }}")), keeps: 0, "3", "12")
    check(
      Theme(("main.html", "{% include 'p.html' %}"), ("p.html", "{{ page.title }}")), keeps: 0, "Page", "Page"
    )
    check(
      Theme(
        ("main.html", "{% set k = film.votes %}{% include 'p.html' %}"),
        ("p.html", "{% include 'q.html' %}"), ("q.html", "{{ site.title | length }}{{ k }}")),
      keeps: 0, "133", "1312")
    check(
      Theme(
        ("main.html", "{% macro m() %}{{ film.votes }}{% endmacro %}{% include 'p.html' %}"),
        ("p.html", "{{ m() }}")),
      keeps: 0, "3", "12")
    check(
      Theme(
        ("main.html", "{% for f in site.latest %}{% include 'p.html' %}{% endfor %}"),
        ("p.html", "{{ f.votes }},")),
      keeps: 0, "3,12,3,", "3,12,3,")
    check(
      Theme(
        ("main.html", "{% for f in [film] recursive %}{% include 'p.html' %}{% endfor %}"),
        ("p.html", "{{ site.title | length }}{% if loop.depth < 2 %}{{ loop(site.latest) }}{% endif %}")),
      keeps: 0, "13131313", "13131313")
  }

  @Test func inside() {
    // The inner partial is kept though the outer one is not; a link into the page itself is written in full.
    check(
      Theme(
        ("main.html", "{% include 'p.html' %}"), ("p.html", "{{ film.votes }}{% include 'q.html' %}"),
        ("q.html", "{% for f in site.latest %}{{ f.body }}{% endfor %}")),
      keeps: 1, "3" + String(repeating: "<p>See <a href=\"../../a/b/#c\">this</a></p>", count: 3),
      "12" + String(repeating: "<p>See <a href=\"../a/b/#c\">this</a></p>", count: 3))
  }
}

@Suite struct ValueTests {
  private func text(_ markup: Markup) -> String {
    var buffer = ByteBuffer()
    markup.write(into: &buffer, links: .relative(prefix: "../", page: "a/"))
    return buffer.string
  }

  @Test func markup() {
    let markup = Markup(
      bytes: Array("0123456789".utf8),
      slots: [
        MarkupSlot(offset: 0, fill: .text([0x61])), MarkupSlot(offset: 4, fill: .link(.local("x/?a&b"))),
        MarkupSlot(offset: 10, fill: .text([0x7A])),
      ])
    #expect(text(markup) == "a0123../x/?a&amp;b456789z")
    #expect(text(markup.slice(0..<4)) == "a0123")
    #expect(text(markup.slice(4..<10)) == "../x/?a&amp;b456789z")
    #expect(text(markup.slice(2..<8).slice(2..<4)) == "../x/?a&amp;b45")
    #expect(text(markup.slice(5..<99)) == "56789z")
    #expect(markup.slice(3..<3).byteCount == 0)
    #expect(Markup("").isEmpty)
    #expect(!Markup(bytes: [], slots: [MarkupSlot(offset: 0, fill: .text([0x61]))]).isEmpty)
  }

  @Test func links() {
    let root = LinkStyle.relative(prefix: "", page: "")
    let deep = LinkStyle.relative(prefix: "../../", page: "a/b/")
    let full = LinkStyle.absolute(base: "https://x.org/")
    for (link, expected) in [
      ("", ["./", "../../", "https://x.org/"]), ("a/b/", ["a/b/", "../../a/b/", "https://x.org/a/b/"]),
      ("a/b/#c", ["a/b/#c", "#c", "https://x.org/a/b/#c"]), ("#c", ["#c", "../../#c", "https://x.org/#c"]),
      ("?q=1", ["./?q=1", "../../?q=1", "https://x.org/?q=1"]),
      ("a:b/c", ["./a:b/c", "../../a:b/c", "https://x.org/a:b/c"]),
      ("x?a&b", ["x?a&b", "../../x?a&b", "https://x.org/x?a&b"]),
    ] {
      for (style, text) in zip([root, deep, full], expected) {
        #expect(style.text(.local(link)) == text)
        var buffer = ByteBuffer()
        style.write(.local(link), into: &buffer)
        #expect(
          buffer.string
            == text.split(separator: "&", omittingEmptySubsequences: false).joined(separator: "&amp;"))
      }
    }
  }

  @Test func freeValuesHoldNoMarkup() {
    let dictionary = ValueDictionary([
      ("a", .list(.values([.markup(Markup("<b>"))]))), ("b", .markup(Markup("<i>"))),
    ])
    guard case .list(let list)? = dictionary["a"], case .string("<b>") = list[0],
      case .string("<i>")? = dictionary["b"]
    else {
      Issue.record("\(dictionary)")
      return
    }
  }
}
