import Foundation
import SourceText
import Templates
import Testing

/// Measures rendering, when the environment has `SITEGEN_MEASURE`.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SITEGEN_MEASURE"] != nil), .serialized)
struct SpeedTests {
  /// A page of about 10 KB: a frame, a head, a list of films with conditions, a body and a sidebar.
  static let theme = Theme(
    (
      "main.html",
      """
      {% extends "base.html" %}
      {% block title %}{{ film.title }} – {{ super() }}{% endblock %}
      {% block main %}
      <article class="film">
        <h1><a href="{{ film.link }}">{{ film.title }}</a></h1>
        {% if film.tagline %}<p class="tagline">{{ film.tagline }}</p>{% endif %}
        <time datetime="{{ when | date("iso") }}">{{ when | date("%-d %B %Y") }}</time>
        {% if film.campaign %}<p><a href="{{ film.campaign.url }}">{{ t("more") }}</a>
        {% if film.campaign.goal %}{{ film.campaign.goal | number }}{% endif %}</p>{% endif %}
        <p>{{ film.votes }} {{ t("films", count=film.votes) }}</p>
        <ul>{% for tag in film.tags %}<li>{{ tag }}{% if not loop.last %}, {% endif %}</li>{% endfor %}</ul>
        {{ html }}
        \(String(repeating: "<p>Some fixed text of a page that is a little longer than one line.</p>\n", count: 60))
        {% for other in site.latest %}
        <li class="{{ loop.cycle('odd', 'even') }}"><a href="{{ other.link }}">{{ other.title }}</a>
          {% if other.tagline %}<q>{{ other.tagline }}</q>{% else %}–{% endif %} {{ other.votes }}
          {{ t("by", name=other.title) }}</li>
        {% endfor %}
        <p>{{ s }} {{ n }} {{ x }}</p>
      </article>
      {% endblock %}
      """
    ),
    (
      "base.html",
      """
      <!doctype html>
      <html lang="en"><head><title>{% block title %}{{ site.title }}{% endblock %}</title>
      <link rel="stylesheet" href="{{ asset("style.css") }}">
      <script type="application/ld+json">{"name": {{ film.title | json }}, "url": {{ film.link | json }}}</script>
      </head><body>
      {% block main %}{% endblock %}
      {% include "side.html" %}
      <footer>\(String(repeating: "fixed ", count: 300))</footer>
      </body></html>
      """
    ),
    (
      "side.html",
      """
      <aside>{% for f in site.latest | sort(attribute="votes", reverse=true) %}
      <a href="{{ f.link }}">{{ f.title | upper | truncate(20) }}</a>{% endfor %}</aside>
      """
    ))

  @Test func page() throws {
    var diagnostics: [Diagnostic] = []
    let compiled = SpeedTests.theme.compile(&diagnostics)
    let set = try #require(compiled, "\(diagnostics)")
    let renderer = set.renderer(bound: Toy.contract.bind(Toy()), base: "https://x.org/")
    var buffer = ByteBuffer()
    var partials = PartialCache()
    let values = Toy.values(film: 0)
    let clock = ContinuousClock()
    for _ in 0..<5 {
      let count = 20_000
      let time = clock.measure {
        for _ in 0..<count {
          buffer.removeAll()
          renderer.render(
            PageKindID(0), values: values, links: .relative(prefix: "../../", page: "a/b/"), path: "",
            into: &buffer, partials: &partials)
        }
      }
      print("\(time / count) a page of \(buffer.count) bytes")
    }
    let compiling = clock.measure {
      for _ in 0..<100 { _ = SpeedTests.theme.compile(&diagnostics) }
    }
    print("\(compiling / 100) to compile")
  }
}
