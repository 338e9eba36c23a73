import SourceText
import Templates
import Testing

@Suite struct ErrorTests {
  @Test func fields() {
    checkErrors("{{ film.tilte }}", "1:9 unknown-field")
    checkErrors("x\n  {{ flim.title }}", "2:6 unknown-variable")
    checkErrors("{{ film.title.x }}", "1:15 unknown-field")
    checkErrors("{% if false %}{{ film.tilte }}{% endif %}", "1:23 unknown-field")
    checkErrors("{% if film is defined %}{% else %}{{ film.tilte }}{% endif %}", "1:43 unknown-field")
    checkErrors("{% if k is defined %}{{ k.x }}{% endif %}{% if flag %}{% set k = film %}{% endif %}", "")
  }

  @Test func missing() {
    checkErrors("{{ opt }}", "1:4 may-be-missing")
    checkErrors("{{ film.campaign.url }}", "1:4 may-be-missing")
    checkErrors("{% if film.campaign %}{{ film.campaign.goal }}{% endif %}", "1:26 may-be-missing")
    checkErrors("{% if film.campaign.goal %}{{ film.campaign.goal }}{{ film.campaign.url }}{% endif %}", "")
    checkErrors("{% if opt is defined and opt == 'x' %}{{ opt }}{% endif %}", "")
    checkErrors("{% if opt is none %}{% else %}{{ opt }}{% endif %}", "")
    checkErrors("{% if not opt %}-{% elif opt %}{{ opt }}{% endif %}", "")
    checkErrors("{% if not opt or opt == 'x' %}{{ opt }}{% endif %}", "1:34 may-be-missing")
    checkErrors("{{ opt if opt else '-' }}{{ opt | default('-') }}{{ opt or '-' }}", "")
    checkErrors("{% if opt %}{% set opt = film.tagline %}{{ opt }}{% endif %}", "1:44 may-be-missing")
    checkErrors("{% if flag %}{% set k = 1 %}{% endif %}{{ k }}", "1:43 may-be-missing")
    checkErrors("{% if not opt %}{% set opt = 'x' %}{% endif %}{{ opt }}", "")
    checkErrors("{{ numbers | first }}", "1:4 may-be-missing")
  }

  @Test func places() {
    checkErrors("<a href={{ s }}>", "1:9 html-place")
    checkErrors("<a {{ s }}>", "1:4 html-place")
    checkErrors("<{{ s }}>", "1:2 html-place")
    checkErrors("<h{{ n }}>", "1:3 html-place")
    checkErrors("<!-- {{ s }} -->", "1:6 html-place")
    checkErrors("<script>{{ s }}</script>", "1:12 html-script")
    checkErrors("<script>'{{ s | json }}'</script>", "1:13 html-script")
    checkErrors("<style>{{ s }}</style>", "1:11 html-style")
    checkErrors("<p style=\"{{ s }}\">", "1:14 html-style")
    checkErrors("<p onclick=\"{{ s | json }}\">", "1:16 html-code")
    checkErrors("<p title=\"{{ html }}\">", "1:14 html-markup")
    checkErrors("<title>{{ html }}</title>", "1:11 html-markup")
    checkErrors("<a href=\"javascript:{{ s }}\">", "1:24 html-code")
    checkErrors("<a href=\"{{ s }}:x\">", "1:17 url-scheme")
    checkErrors("{% if flag %}<a href=\"{% endif %}", "1:1 html-branches")
    checkErrors("{% for k in numbers %}<a href=\"{% endfor %}", "1:1 html-loop")
    checkErrors("<a href=\"", "1:10 html-unfinished")
    checkErrors("<a {% if flag %}class=\"x\"{% endif %} {% if flag %}hidden{% endif %}>", "")
    checkErrors("<a{% if flag %} class=\"x\"{% endif %}>", "")
    checkErrors("<a href=\"{% if flag %}{{ s }}{% else %}/x{% endif %}\">", "")
  }
}
