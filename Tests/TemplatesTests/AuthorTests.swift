import Testing

/// Templates as a theme author writes them: what is known about values that may be missing, and what is not.
@Suite struct AuthorTests {
  @Test func `What was asked for is there`() {
    for template in [
      "{% if film.campaign %}{{ film.campaign.url }}{% endif %}",
      "{% if film.campaign and film.campaign.goal %}{{ film.campaign.goal }}{% endif %}",
      "{% if film.tagline and flag %}{{ film.tagline | upper }}{% endif %}",
      "{% if not film.campaign %}none{% else %}{{ film.campaign.url }}{% endif %}",
      "{% if film.campaign is not defined %}-{% else %}{{ film.campaign.url }}{% endif %}",
      "{% if flag %}a{% elif film.tagline %}{{ film.tagline }}{% else %}b{% endif %}",
      "{% if flag and opt or opt %}{{ opt }}{% endif %}",
      "{{ film.tagline or film.title }}",
      "{{ film.tagline | default(film.title) | upper }}",
      "{{ film.campaign.goal | default(0) + 1 }}",
      "{{ film.campaign.url if film.campaign }}",
      "{{ film.campaign.url if film.campaign else film.link | string }}",
      "{{ (film.tagline or 'x') ~ (opt or '') }}",
      "{% if opt == 'x' or opt == 'y' %}{{ opt }}{% endif %}",
      "{% if opt in ['x', 'y'] %}seen{% endif %}",
      "{% set line = film.tagline | default('') %}{% if line %}{{ line }}{% endif %}",
      "{% set c = film.campaign %}{% if c %}{{ c.url }}{% endif %}",
      "{% set c = film.campaign %}{% if c and c.goal %}{{ c.goal }}{% endif %}",
      "{% if film.tagline %}{% set line = film.tagline %}{{ line }}{% endif %}",
      "{% if film.tagline %}{% set line = film.tagline %}{% else %}{% set line = film.title %}{% endif %}{{ line }}",
      "{% if film.campaign %}{% for k in numbers %}{{ film.campaign.url }}{{ k }}{% endfor %}{% endif %}",
      "{% if film.campaign %}{% set text %}{{ film.campaign.url }}{% endset %}{{ text }}{% endif %}",
      "{% for f in site.latest %}{% if f.campaign %}{{ f.campaign.url }}{% endif %}{% endfor %}",
      "{% for f in site.latest if f.campaign and f.campaign.goal %}{{ f.campaign.goal }}{% endfor %}",
      "{% set funded = site.latest | selectattr('campaign') | list %}{% for f in funded %}{{ f.campaign.url }}{% endfor %}",
      "{% set f = site.latest | first %}{% if f %}{{ f.title }}{% endif %}",
      "{% if site.latest %}{{ (site.latest | first).title }}{% endif %}",
      "{% if site.latest | length > 1 %}{{ site.latest[0].title }}{% endif %}",
      "{% macro card(f, wide=false) %}{{ f.title }}{% if f.tagline %}{{ f.tagline }}{% endif %}{% endmacro %}{{ card(film) }}",
      "{% macro line(text) %}{{ text }}{% endmacro %}{% if film.tagline %}{{ line(film.tagline) }}{% endif %}",
      "{% macro goal(c) %}{{ c.url }}{% endmacro %}{% if film.campaign %}{{ goal(film.campaign) }}{% endif %}",
      "{% macro maybe(text) %}{% if text %}{{ text }}{% endif %}{% endmacro %}{{ maybe(film.tagline) }}{{ maybe() }}",
      "{% if film.campaign %}{% block fund %}{% if film.campaign %}{{ film.campaign.url }}{% endif %}{% endblock %}{% endif %}",
      "{% if film.extra.mood %}{{ film.extra.mood }}{% endif %}",
      "{% for k, v in film.extra | items %}{{ k }}: {{ v }}{% endfor %}",
      "<a href=\"{% if film.campaign %}{{ film.campaign.url }}{% else %}{{ film.link }}{% endif %}\">x</a>",
      "{% if page.link | absolute %}<link rel=canonical href=\"{{ page.link | absolute }}\">{% endif %}",
    ] {
      checkErrors(Theme(stringLiteral: template), "")
    }
  }

  @Test func `An include knows what was asked around it`() {
    checkErrors(
      Theme(
        ("main.html", "{% if film.campaign %}{% include 'c.html' %}{% endif %}"),
        ("c.html", "{{ film.campaign.url }}")), "")
    checkErrors(
      Theme(("main.html", "{% include 'c.html' %}"), ("c.html", "{{ film.campaign.url }}")),
      "c.html:1:4 may-be-missing")
  }

  @Test func `What was not asked for is reported, even where no page comes by`() {
    checkErrors(
      "{% if false %}{{ film.campaign.url }}{{ asset('x.css') }}{{ t('nope') }}{{ options.nope }}{% endif %}",
      "1:18 may-be-missing\n1:47 unknown-asset\n1:63 unknown-string\n1:84 unknown-option")
    checkErrors("{% if film.campaign or flag %}{{ film.campaign.url }}{% endif %}", "1:34 may-be-missing")
    checkErrors("{% if film.campaign %}{% endif %}{{ film.campaign.url }}", "1:37 may-be-missing")
    checkErrors(
      "{% macro goal(c) %}{{ c.url }}{% endmacro %}{{ goal(film.campaign) }}", "1:23 may-be-missing")
    checkErrors("{% set c = film.campaign %}{{ c.url }}", "1:31 may-be-missing")
    checkErrors(
      "{% for f in site.latest %}{{ f.campaign.url }}{% endfor %}", "1:30 may-be-missing")
  }

  @Test func `Only what Jinja2 reads, too, is read`() {
    checkErrors("{% block a %}{% endblock b %}", "1:26 syntax")
    checkErrors("{% macro m() %}{% endmacro m %}", "1:28 syntax")
    checkErrors("{% if flag if n else flag %}{% endif %}", "1:12 syntax")
    checkErrors("{{ 'a' if n is odd if flag }}{{ s is lower in [true] }}", "1:20 syntax\n1:44 syntax")
    checkErrors("{{ n | truncate(4) }}{{ n | indent }}", "1:4 wrong-type\n1:25 wrong-type")
  }

  @Test func `What no page shows leaves no trace in the page before it`() {
    check(
      Theme(
        ("main.html", "{% extends 'b.html' %}{% block a %}new{% endblock %}"),
        ("b.html", "{% block a %}old{% endblock %}end")), "newend")
  }
}
