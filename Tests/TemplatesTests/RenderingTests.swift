import Templates
import Testing

@Suite struct RenderingTests {
  @Test func text() {
    check("", "")
    check("plain\n", "plain")
    check("two\n\n", "two\n")
    check("a\r\nb\rc", "a\nb\nc")
    check("{# c #}x{# {{ s }} #}", "x")
  }

  @Test func output() {
    check("{{ s }}", "it&#39;s &lt;b&gt; &amp; &#34;q&#34;")
    check("{{ n }} {{ x }} {{ flag }} {{ true }} {{ 1.0 }} {{ 'a\\n' }}", "7 2.5 True True 1.0 a\n")
    check("{{ html }} {{ '<b>' | safe }} {{ '<b>' }}", "<i>x</i> <b> &lt;b&gt;")
    check("{{ film.title }} {{ film['title'] }} {{ site.title }}", "Salt Road Salt Road Film &amp; Column")
  }

  @Test func whitespace() {
    check("a  {{- n -}}  b", "a7b")
    check("a \n {%- if flag -%} \n b \n {%- endif -%} \n c", "abc")
    check("a {#- x -#} b", "ab")
    check("{% raw %}{{ x }}{% endraw %}", "{{ x }}")
    check("a {%- raw -%} {{ x }} {%- endraw -%} b", "a{{ x }}b")
    check("a {%+ if flag %}b{% endif %}", "a b")
  }

  @Test func conditions() {
    check("{% if n > 6 %}a{% else %}b{% endif %}", "a")
    check("{% if n < 6 %}a{% elif n == 7 %}b{% else %}c{% endif %}", "b")
    check("{% if not flag %}a{% endif %}", "")
    check("{% if opt %}{{ opt }}{% else %}none{% endif %}", opt: "o", "o")
    check("{% if opt %}{{ opt }}{% else %}none{% endif %}", "none")
    check("{{ 'y' if flag else 'n' }}{{ 'z' if not flag }}", "y")
    check("{% if 1 < n < 8 %}in{% endif %}", "in")
  }

  @Test func loops() {
    check("{% for k in numbers %}{{ k }},{% endfor %}", "3,1,2,")
    check("{% for k in empty %}{{ k }}{% else %}none{% endfor %}", "none")
    check(
      "{% for k in numbers if k > 1 %}{{ loop.index }}/{{ loop.length }}:{{ k }} {% endfor %}", "1/2:3 2/2:2 "
    )
    check(
      "{% for k in numbers %}{{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.revindex }} {% endfor %}",
      "0TrueFalse3 1FalseFalse2 2FalseTrue1 ")
    check(
      "{% for f in site.latest %}{{ f.title }}{% if not loop.last %}, {% endif %}{% endfor %}",
      "Salt Road, Ash &amp; Oak, Umbra")
    check("{% for k in numbers %}{{ loop.cycle('a', 'b') }}{% endfor %}", "aba")
    check(
      "{% for i in range(3) %}{% for j in range(i) %}{{ i }}{{ j }} {% endfor %}{% endfor %}", "10 20 21 ")
  }

  @Test func recursion() {
    check(
      "{% for f in site.latest recursive %}({{ loop.depth }}:{{ f.votes }}{{ loop(f.replies) }}={{ f.votes }}){% endfor %}",
      "(1:3=3)(1:12(2:3=3)(2:3=3)=12)(1:3=3)")
  }

  @Test func variables() {
    check("{% set a = n + 1 %}{{ a }}{% set a = 'x' %}{{ a }}", "8x")
    check("{% set a %}<b>{{ s }}</b>{% endset %}{{ a }}", "<b>it&#39;s &lt;b&gt; &amp; &#34;q&#34;</b>")
    check("{% set a = 1 %}{% for k in numbers %}{% set a = k %}{{ a }}{% endfor %}{{ a }}", "3121")
    check("{% if flag %}{% set a = 1 %}{% else %}{% set a = 2 %}{% endif %}{{ a }}", "1")
    check("{% if not flag %}{% set a = 1 %}{% endif %}{{ a | default(5) }}", "5")
    check(
      "{% for k in numbers %}{% if k == 1 %}{% set a = 'one' %}{% endif %}{{ a | default('-') }}{% endfor %}",
      "-one-")
  }

  @Test func includes() {
    check(Theme(("main.html", "[{% include 'p.html' %}]"), ("p.html", "{{ film.title }}\n")), "[Salt Road]")
    check(
      Theme(
        ("main.html", "{% for k in numbers %}{% include 'p.html' %}{% endfor %}"), ("p.html", "{{ k }};")),
      "3;1;2;")
    check(Theme("{% include 'nothing.html' ignore missing %}x"), "x")
    check(
      Theme(
        ("main.html", "{% include 'p.html' %}{% include 'p.html' %}"),
        ("p.html", "<a href=\"{{ site.home }}\">{{ site.title }}</a>")),
      "<a href=\"../../\">Film &amp; Column</a><a href=\"../../\">Film &amp; Column</a>")
  }

  @Test func inheritance() {
    check(
      Theme(
        (
          "main.html",
          "{% extends 'base.html' %}{% set k = 'K' %}{% block a %}A{{ super() }}{{ k }}{% endblock %}"
        ),
        ("base.html", "[{% block a %}base{% endblock %}|{% block b %}b{{ k | default('-') }}{% endblock %}]")),
      "[AbaseK|bK]")
    check(
      Theme(
        ("main.html", "{% extends 'mid.html' %}{% block a %}1{{ super() }}{% endblock %}"),
        ("mid.html", "{% extends 'base.html' %}{% block a %}2{{ super() }}{% endblock %}"),
        ("base.html", "{% block a %}3{% endblock a %}")),
      "123")
    check(
      Theme(
        layers: [
          ("main.html", "{% extends 'parent:main.html' %}{% block a %}own {{ super() }}{% endblock %}")
        ],
        [("main.html", "({% block a %}parent{% endblock %}{% include 'p.html' %})"), ("p.html", "p")]),
      "(own parentp)")
    check(
      Theme(
        layers: [("p.html", "mine")], [("main.html", "{% include 'p.html' %}"), ("p.html", "theirs")]),
      "mine")
  }

  @Test func macros() {
    check("{% macro m(a, b='z') %}({{ a }}{{ b }}){% endmacro %}{{ m(1) }}{{ m('x', b=2) }}", "(1z)(x2)")
    check(
      "{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{% set k = m(s) %}{{ k }}",
      "<b>it&#39;s &lt;b&gt; &amp; &#34;q&#34;</b>")
  }

  @Test func functions() {
    check("{{ asset('style.css') }}", "../../assets/style.1a2b.css")
    check("{{ t('more') }} {{ t('by', name=s) }}", "More by it&#39;s &lt;b&gt; &amp; &#34;q&#34;")
    check("{{ t('films', count=1) }} {{ t('films', count=n) }}", "1 film 7 films")
    check("{{ t('stage.' ~ 'shooting') }}{{ t('stage.' ~ film.title) | default('?') }}", "On &lt;set&gt;?")
    check("{{ options.columns + 1 }}", "4")
  }

  @Test func links() {
    check("<a href=\"{{ film.link }}\">", "<a href=\"../../films/0/\">")
    check("{{ page.link }}", "../../a/b/")
    check("{{ film.body }}", "<p>See <a href=\"#c\">this</a></p>")
    check(
      "{{ film.body }}", links: .absolute(base: "https://x.org/"),
      "<p>See <a href=\"https://x.org/a/b/#c\">this</a></p>")
    check("{{ film.body }}", links: .relative(prefix: "", page: ""), "<p>See <a href=\"a/b/#c\">this</a></p>")
    check("{{ site.home }}", links: .relative(prefix: "", page: ""), "./")
    check("{{ film.link | absolute | default('none') }}", "none")
    check("{{ film.link | absolute | default('none') }}", base: "https://x.org/", "https://x.org/films/0/")
    check(
      "{% if film.link | absolute %}{{ film.link | absolute | urlencode }}{% endif %}",
      base: "https://x.org/", "https%3A//x.org/films/0/")
  }

  @Test func urls() {
    check(
      "{% if film.campaign %}<a href=\"{{ film.campaign.url }}\"></a>{% endif %}x",
      "<a href=\"https://fund.example/salt\"></a>x")
    check(
      "{% if film.campaign %}<a href=\"{{ film.campaign.url }}\"></a>{% endif %}", film: 2,
      "<a href=\"#blocked\"></a>")
    check("<a href=\"x?q={{ s | urlencode }}\">", "<a href=\"x?q=it%27s%20%3Cb%3E%20%26%20%22q%22\">")
    check("<a href=\"ja{{ 'va:x' }}\">", "<a href=\"ja#blocked\">")
    check(
      "<img srcset=\"{{ 'a.jpg' }} 1x, {{ 'javascript:x' }} 2x\">", "<img srcset=\"a.jpg 1x, #blocked 2x\">")
  }

  @Test func scripts() {
    check(
      "<script>var a = {{ s | json }};</script>",
      "<script>var a = \"it\\u0027s \\u003cb\\u003e \\u0026 \\\"q\\\"\";</script>")
    check(
      "<script>f({{ numbers | json }}, {{ opt | json }}, {{ film.link | json }})</script>",
      base: "https://x.org/",
      "<script>f([3,1,2], null, \"https://x.org/films/0/\")</script>")
    check("<p style=\"--n: {{ n }}; color: {{ options.accent }}\">", "<p style=\"--n: 7; color: #c0ffee\">")
  }

  @Test func dates() {
    check("{{ when | date('%-d %B %Y') }}", "5 November 2026")
    check(
      "{{ when | date('%a %d %b %y, %H:%M:%S %p %I %-I %j %%') }}", "Thu 05 Nov 26, 09:04:00 AM 09 9 309 %")
    check("{{ when | date('iso') }}", "2026-11-05T09:04:00-05:00")
    check("{{ when | date('%z %:z %G-W%V %u %e') }}", "-0500 -05:00 2026-W45 4  5")
  }

  @Test func dynamicValues() {
    check("{% if film.extra.mood %}{{ film.extra.mood }}{% endif %}", "bleak &amp; blue")
    check("{{ film.extra.stars | default(0) }}{{ film.extra.nothing | default('-') }}", "4-")
    check("{% if film.extra.list %}{% for k in film.extra.list %}{{ k }};{% endfor %}{% endif %}", "x;1;")
    check("{% for key, value in film.extra | items %}{{ key }} {% endfor %}", "mood stars list ")
  }

  @Test func lists() {
    check("{{ site.latest | map(attribute='title') | join(', ') }}", "Salt Road, Ash &amp; Oak, Umbra")
    check(
      "{{ site.latest | sort(attribute='votes,title') | map(attribute='title') | join('|') }}",
      "Salt Road|Umbra|Ash &amp; Oak")
    check(
      "{% for f in site.latest | selectattr('campaign') %}{{ f.campaign.url | length }} {% endfor %}",
      "25 19 ")
    check(
      "{% for g in site.latest | groupby('votes') %}{{ g.grouper }}:{{ g.list | length }} {% endfor %}",
      "3:2 12:1 ")
    check(
      "{% for k, films in site.latest | groupby('votes') %}{{ k }}={{ films | map(attribute='title') | join }} {% endfor %}",
      "3=Salt RoadUmbra 12=Ash &amp; Oak ")
    check(
      "{{ numbers | sum }} {{ site.latest | sum(attribute='votes') }} {{ numbers | max | default(0) }}",
      "6 18 3")
    check("{% for row in numbers | batch(2) %}{{ row | join(',') }};{% endfor %}", "3,1;2;")
    check(
      "{{ (numbers | sort | first) | default(0) }}{% if numbers %}{{ numbers | last }}{{ numbers[0] }}{% endif %}",
      "123")
    check(
      "{{ site.latest | rejectattr('campaign') | map(attribute='title') | first | default('') }}",
      "Ash &amp; Oak")
    check("{{ numbers | select('odd') | join }} {{ numbers | reject('gt', 2) | join }}", "31 12")
  }
}

@Suite struct ReferenceTests {
  @Test func reference() {
    let text = Toy.contract.schema.reference
    #expect(text.hasPrefix("# What templates can see\n\nContract version 1."))
    #expect(text.contains("\n| `latest` | [[Film](#film)] | The newest films. |\n"))
    #expect(
      text.contains("\n### `main.html`\n\nA film's page.\n\n| Variable | Type | |\n|---|---|---|\n| `film` |")
    )
    #expect(text.contains("| `opt` | string? | A text that may be missing. |"))
  }
}
