import SourceText
import Testing

/// Elements that are not closed, or were not opened.
@Suite struct ElementTests {
  private func check(
    _ theme: Theme, _ expected: String, _ location: Testing.SourceLocation = #_sourceLocation
  ) {
    checkErrors(theme, expected, elements: true, location)
  }

  @Test func whatIsNotClosed() {
    check("<div><section><h2>{{ s }}</h2></div>", "1:6 html-elements")
    check("<p>\n<div><a href=\"{{ film.link }}\">x</div>", "2:6 html-elements")
    check("<div>\n<ul><li>{{ s }}", "1:1 html-elements\n2:1 html-elements")
    check("<div/>", "1:1 html-elements")
    check("{% for k in numbers %}<em>{{ k }}{% endfor %}", "1:23 html-elements")
  }

  @Test func whatIsNotClosedUnderACondition() {
    check("<p>{% if flag %}<a href=\"#x\">{{ s }}{% else %}{{ s }}{% endif %}</p>", "1:17 html-elements")
    check("<div>{% if flag %}<b>{{ s }}{% endif %}</div>", "1:19 html-elements")
    check("<div>{% if flag %}{{ s }}</div>{% endif %}", "1:1 html-elements")
    check("{% for k in numbers %}{% if k %}<i>{{ k }}{% endif %}{% endfor %}", "1:33 html-elements")
  }

  @Test func whatWasNotOpened() {
    check("{{ s }}</section>", "1:8 html-elements")
    check("<div></div>{% if flag %}{{ s }}</div>{% endif %}", "1:32 html-elements")
  }

  @Test func whatHTMLClosesByItself() {
    check(
      "<ul><li>{{ s }}<li>b</ul><p>a<p>b<table><tr><td>c<br></table><img alt=\"\"><svg><path d=\"\"/></svg>",
      "")
    check("<!doctype html><html><head><title>{{ s }}</title><body><p>a", "")
  }

  /// What is opened under one condition is mostly closed under the same.
  @Test func waysThatPart() {
    check("{% if flag %}<a href=\"{{ film.link }}\">{% endif %}{{ s }}{% if flag %}</a>{% endif %}", "")
    check("{% if flag %}<div class=\"a\">{% else %}<div class=\"b\">{% endif %}{{ s }}</div>", "")
    check("<div>{% if flag %}<div>{% endif %}{{ s }}{% if flag %}</div>{% endif %}</div>", "")
    check(
      "{% for k in numbers %}{% if loop.first %}<ul>{% endif %}<li>{{ s }}{% if loop.last %}</ul>{% endif %}{% endfor %}",
      "")
    check(
      "{% for k in numbers %}{% if loop.index % 2 == 1 %}<div>{% endif %}{{ s }}{% if loop.index % 2 == 0 %}</div>{% endif %}{% endfor %}",
      "")
    // What surrounds them is seen all the same.
    check(
      "<div><section>{% if flag %}<a href=\"#x\">{% endif %}{{ s }}{% if flag %}</a>{% endif %}</div>",
      "1:6 html-elements")
  }

  @Test func acrossFiles() {
    check(
      Theme(
        ("main.html", "{% include 'a.html' %}{{ s }}{% include 'b.html' %}"), ("a.html", "<main>"),
        ("b.html", "</main>")), "")
    check(
      Theme(
        layers: [("main.html", "{% extends 'base.html' %}{% block main %}<div>{{ s }}{% endblock %}")],
        [("base.html", "<main>{% block main %}{% endblock %}</main>")]),
      "1:42 html-elements")
    check("{% macro box(x) %}<div>{{ x }}</div>{% endmacro %}{{ box(s) }}", "")
    // How the template was reached that surrounds it says nothing.
    var diagnostics: [Diagnostic] = []
    _ = Theme(
      layers: [("main.html", "{% extends 'base.html' %}{% block main %}<div>{{ s }}{% endblock %}")],
      [("base.html", "<main>{% block main %}{% endblock %}</main>")]
    ).compile(&diagnostics)
    #expect(diagnostics.map(\.notes) == [[]])
  }

  /// A quotation mark that is missing makes one mistake, and not one more for each element behind it.
  @Test func otherMistakesAreFirst() {
    check("<div><a href=\"{{ site.home }}>x</a></div>\n<p class=\"b\">y</p>", "2:12 html-ambiguous")
  }
}
