"""The places of a template where a value may stand, each with what the parsed page has to give back.

A case is a template, or several by name, and a question to the parsed page: the element that holds the value, the
attribute (`None` for its text), and what the place makes of a value. A question without an element only asks that
the page has the same elements and attributes as with a harmless value, and no dangerous address.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from dom import HARMLESS, normal, scheme


@dataclass
class Case:
    templates: dict[str, str]
    element: str | None = None
    attribute: str | None = None
    expected: Callable[[str], str | None] = normal
    read: Callable[[str], str] = str


def case(template, element=None, attribute=None, expected=normal, read=str, **others) -> Case:
    others = {name.replace("_", "."): text for name, text in others.items()}
    return Case({"main.html": template, **others}, element, attribute, expected, read)


def checked(value: str) -> str | None:
    """A URL that a value begins: as it is if harmless, as `#blocked` if not. Where a browser and a careful reader
    may differ on that, either will do."""
    if scheme(value) is None or scheme(value) in HARMLESS:
        return None
    return "#blocked"


def number(value: str) -> str:
    return "7"


URL_PLACES = [
    ("a", "href"), ("img", "src"), ("form", "action"), ("button", "formaction"), ("video", "poster"),
    ("blockquote", "cite"), ("iframe", "src"), ("body", "background"),
    ("area", "href"), ("input", "src"), ("source", "src"),
]

CASES = [
    # Text.
    case("<p>{{ s }}</p>", "p"),
    case("<p>a{{ s }}b</p>", "p", None, lambda v: "a" + normal(v) + "b"),
    case("<title>{{ s }}</title>", "title"),
    case("<textarea>-{{ s }}</textarea>", "textarea", None, lambda v: "-" + normal(v)),
    case("<p>{% if yes %}{{ s }}{% else %}<b>{{ s }}</b>{% endif %}</p>", "p"),
    case("<ul>{% for v in item.texts %}<li>{{ v }}</li>{% endfor %}</ul>", "li"),
    case("{% for i in [item] recursive %}<div><p>{{ i.text }}</p>{{ loop(i.items) }}</div>{% endfor %}", "p"),
    case("<p>{% include 'part.html' %}</p>", "p", part_html="{{ s }}"),
    case("{% extends 'base.html' %}{% block b %}<p>{{ s }}</p>{{ super() }}{% endblock %}", "p",
         base_html="<main>{% block b %}<b>{{ s }}</b>{% endblock %}</main>"),
    case("{% macro m(v) %}<p>{{ v }}</p>{% endmacro %}{{ m(s) }}", "p"),
    case("{% macro m(v) %}<p>{{ v }}</p>{% endmacro %}{% set k = m(s) %}{{ k }}", "p"),
    case("{% set k %}<p>{{ s }}</p>{% endset %}<div>{{ k }}</div>", "p"),
    case("<p>{{ s ~ '<' ~ s }}</p>", "p", None, lambda v: normal(v + "<" + v)),
    case("<p>{{ html ~ s }}</p>", "p"),
    case("<p>{{ [html, html] | join(s) }}</p>", "p"),
    case("<p>{{ t('by', name=s) }}</p>", "p", None, lambda v: "by " + normal(v)),
    case("<p>{{ n }}{{ item.extra.text | default('-') }}</p>", "p", None, lambda v: "7" + normal(v)),
    case("<p>{{ item.extra.list | default('-') }}</p>", "p", None, lambda v: None),
    case("<p>{{ item.maybe | default('-') }}</p>", "p"),
    case("<p>{{ s | e }}</p>", "p"),
    case("<p>{{ item.texts | join(', ') }}</p>", "p", None, lambda v: normal(v + ", " + v)),
    case("<svg viewBox=\"0 0 1 1\"><text>{{ s }}</text></svg>", "text"),
    case("<noscript><p>{{ s }}</p></noscript>", "p"),
    case("<select><option>{{ s }}</option></select>", "option"),
    case("<table><tr><td>{{ s }}</td></tr></table>", "td"),
    *[case("<p title=\"{{ s | FILTER }}\">{{ s | FILTER }}</p>".replace("FILTER", name), "p", None, lambda v: None)
      for name in (
        "upper", "lower", "title", "capitalize", "trim", "trim('<')", "truncate(9)", "truncate(30, true, '>')",
        "replace('a', '<')", "replace('>', '\"')", "urlencode", "striptags", "indent", "center(40)", "string", "default('x')")],
    # Attributes.
    case("<p title=\"{{ s }}\">x</p>", "p", "title"),
    case("<p title='{{ s }}'>x</p>", "p", "title"),
    case("<p title=\"a {{ s }} b\" class=x>x</p>", "p", "title", lambda v: "a " + normal(v) + " b"),
    case("<p data-x='{{ s | e }}'{% if yes %} lang=\"{{ s }}\"{% endif %}>x</p>", "p", "data-x"),
    case("<p {% for v in item.texts %} data-x=\"{{ v }}\"{% endfor %}>x</p>", "p", "data-x"),
    case("<p title=\"{% if no %}x{% else %}{{ s }}{% endif %}\">x</p>", "p", "title"),
    case("<p title=\"{% include 'part.html' %}\">x</p>", "p", "title", part_html="{{ s }}"),
    case("{% macro m(v) %}{{ v }}{% endmacro %}<p title='{{ m(s) }}'>x</p>", "p", "title"),
    case("<p title=\"{{ s ~ 'x' }}\">x</p>", "p", "title", lambda v: normal(v) + "x"),
    case("<p title=\"{{ t('by', name=s) }}\">x</p>", "p", "title", lambda v: "by " + normal(v)),
    case("<meta name=description content=\"{{ s }}\">", "meta", "content"),
    case("<input value='{{ s }}'>", "input", "value"),
    case("<p style=\"--n: {{ n }}\" title=\"{{ s }}\">x</p>", "p", "title"),
    case("<style>p { margin: {{ n }}px }</style><p>{{ s }}</p>", "p"),
    # URLs.
    *[case("<%s %s=\"{{ s }}\"></%s>" % (name, attribute, name), name, attribute, checked) for name, attribute in URL_PLACES],
    case("<svg><a href=\"{{ s }}\"><image xlink:href='{{ s }}'/></a></svg>", "a", "href", checked),
    case("<link rel=canonical href=\"{{ s }}\">", "link", "href", checked),
    case("<a href=\" {{ s }}\">x</a>", "a", "href", lambda v: checked(v) and " #blocked"),
    case("<a href=\"/x/{{ s }}\">x</a>", "a", "href", lambda v: "/x/" + normal(v)),
    case("<a href=\"https://x.example/?q={{ s }}\">x</a>", "a", "href",
         lambda v: "https://x.example/?q=" + normal(v)),
    case("<a href=\"mailto:{{ s | urlencode }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{{ s | urlencode }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{{ s }}{{ s }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{{ s | replace('x', '') }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{{ s | trim | lower }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{{ item.link }}\">x</a>", "a", "href", checked),
    case("<a href=\"java{{ s }}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{% for v in item.texts %}{{ v }}{% endfor %}\">x</a>", "a", "href", lambda v: None),
    case("<a href=\"{% if yes %}{{ s }}{% else %}https://x.example/{% endif %}\">x</a>", "a", "href", checked),
    case("<a href='{% include \"part.html\" %}'>x</a>", "a", "href", checked, part_html="{{ s }}"),
    case("<img srcset=\"{{ s }} 2x, /x/{{ s }} 3x\">", "img", "srcset", lambda v: None),
    case("<img srcset=\"{% for v in item.texts %}{{ v }} 2x, {% endfor %}/y\">", "img", "srcset", lambda v: None),
    case("<a ping=\"{{ s }} /x\"></a>", "a", "ping", lambda v: None),
    case("<meta http-equiv=refresh content=\"0; url={{ s }}\">", "meta", "content", lambda v: None),
    case("<script src=\"{{ item.link }}\"></script>", "script", "src", checked),
    # Scripts.
    case("<script>const x = {{ s | json }};</script>", "script", None, str,
         lambda text: json.loads(text.removeprefix("const x = ").removesuffix(";"))),
    case("<script>f(1 / 2, {a: {{ s | json }}, b: /[\"/]/})</script>", "script", None, str,
         lambda text: json.loads(text.removeprefix("f(1 / 2, {a: ").removesuffix(", b: /[\"/]/})"))),
    case("<script type=\"application/ld+json\">{\"a\": {{ s | json }}}</script>", "script", None, str,
         lambda text: json.loads(text)["a"]),
    case("<script type=application/json>[{% for v in item.texts %}{% if not loop.first %},{% endif %}{{ v | json }}"
         "{% endfor %}]</script>", "script", None, str, lambda text: json.loads(text)[1]),
    case("<script>x = {{ item.extra | json }}</script>", "script", None, str,
         lambda text: json.loads(text.removeprefix("x = "))["text"]),
]
