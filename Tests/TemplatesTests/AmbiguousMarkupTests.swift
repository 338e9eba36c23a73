import Testing

/// Templates in which a browser would read more, or something else, than meets the eye.
@Suite struct AmbiguousMarkupTests {
  @Test func cutTags() {
    // The text around a comment or a value without text is one to a browser.
    checkErrors("<title></tit{# #}le><a href={{ s }}>", "1:29 html-place")
    checkErrors("<title></tit{{ '' }}le>", "1:13 html-place")
    checkErrors("<title>< {{ s }}</title>", "")
    checkErrors("<title><{{ s }}title></title>", "1:9 html-place")
    checkErrors("<!-{# #}- <p> {{ s }} -->", "1:15 html-place")
    checkErrors("<!-- {{ s }} --!>{{ s }}<!--->{{ s }}<!-->{{ s }}<!-- --{# #}>{{ s }}", "1:6 html-place")
    checkErrors("<a\u{B}href=\"{{ s }}\">", "1:9 html-ambiguous\n1:10 html-place\n1:17 html-ambiguous")
  }

  @Test func joinedNames() {
    checkErrors("<scrip{% if flag %} {% endif %}t>", "1:32 html-ambiguous")
    checkErrors("<a {% if flag %}hre{% endif %}f=\"{{ s }}\">", "1:31 html-ambiguous")
    checkErrors(
      "<a {% if flag %}onclick {% endif %}= \"{{ s }}\">",
      "1:36 html-ambiguous\n1:39 html-place\n1:46 html-ambiguous")
    checkErrors(
      "<a x{% for k in numbers %}=\"{{ s }}\" onclick {% endfor %}>",
      "1:27 html-ambiguous\n1:29 html-place\n1:36 html-ambiguous")
    checkErrors("<a{% if flag %} x=\"1\"{% endif %} y{% if flag %}=\"{{ s }}\"{% endif %} z>", "")
  }

  @Test func schemes() {
    checkErrors("<a href=\"javascript&colon;{{ s }}\">", "1:30 html-code")
    checkErrors("<a href=\"&#106;avascript:{{ n }}\">", "1:29 html-code")
    checkErrors("<a href=\"{{ s }}&colon;x\">", "1:17 url-scheme")
    checkErrors("<a href=\"{{ s }}&{{ s }}\">", "1:17 url-scheme\n1:21 html-code")
    checkErrors("<a href=\"{{ s }}&amp;{{ s }}\">", "")
    checkErrors("<a href=\"{% if flag %}javascript:{% endif %}{{ s }}\">", "1:48 html-code")
    checkErrors("<a href=\"java{% for k in numbers %}script:{{ s }}{% endfor %}\">", "1:42 url-scheme")
    checkErrors("<iframe src=\"data:text/html,{{ s }}\"></iframe>", "1:32 html-code")
    checkErrors("<a href=\"{{ film.link }}:x\">", "1:25 url-scheme")
    checkErrors("<a href=\"{{ film.link }}?a:{{ s }}\">", "")
  }

  @Test func placesOfCode() {
    checkErrors("<script src=\"{{ s }}\"></script>", "1:17 html-code")
    checkErrors("<script src=\"{{ asset('style.css') }}\"></script><base href=\"{{ site.home }}\">", "")
    checkErrors("<base href=\"{{ s }}\"><object data=\"{{ s }}\">", "1:16 html-code\n1:39 html-code")
    checkErrors("<svg><set to=\"{{ s }}\"/><set to=\"{{ n }}\"/></svg>", "1:18 html-code")
    checkErrors("<meta http-equiv=refresh content=\"{{ s }}\">", "1:38 html-code")
    checkErrors("<meta http-equiv=refresh content=\"{{ n }}; url={{ s }}\">", "")
    checkErrors("<meta content=\"{{ s }}\" http-equiv=refresh>", "1:35 html-ambiguous")
    checkErrors("<meta http-equiv=\"{{ s }}\">", "1:22 html-code")
    check(
      "<meta http-equiv=refresh content=\"0;url='{{ s }}\"><meta name=a content=\"{{ opt | default('') }}\">",
      opt: "javascript:x",
      "<meta http-equiv=refresh content=\"0;url='it&#39;s &lt;b&gt; &amp; &#34;q&#34;\"><meta name=a content=\"javascript:x\">"
    )
    check(
      "<meta http-equiv=refresh content=\"0;url='{{ opt | default('') }}'\">", opt: "javascript:x",
      "<meta http-equiv=refresh content=\"0;url='#blocked'\">")
    check(
      "<img srcset=\"{{ opt | default('') }} 2x\">", opt: "/a 1x, javascript:x",
      "<img srcset=\"#blocked 2x\">")
  }

  @Test func linkRelations() {
    checkErrors("<link rel=stylesheet href=\"{{ s }}\">", "1:31 html-code")
    checkErrors("<link rel=stylesheet href=\"{{ asset('style.css') }}\"><link href=\"{{ film.link }}\">", "")
    checkErrors("<link rel=canonical href=\"{{ s }}\"><link REL='Shortcut Icon' href=\"{{ s }}\">", "")
    checkErrors("<link href=\"{{ s }}\" rel=canonical>", "1:16 html-code")
    checkErrors("<link rel=canonical rel='x StyleSheet' href=\"{{ s }}\">", "1:49 html-code")
    checkErrors("<link rel=\"style&#115;heet\" href=\"{{ s }}\">", "1:38 html-code")
    checkErrors("<link rel=\"{{ s }}\" href=\"{{ s }}\">", "1:30 html-code")
    checkErrors("<link rel=\"{% if flag %}style{% endif %}sheet\" href=\"{{ s }}\">", "1:57 html-code")
    checkErrors("<link {% if flag %}rel='next'{% endif %} href=\"{{ s }}\">", "1:51 html-code")
    checkErrors("<link rel=next {% if flag %}lang=\"en\"{% endif %} href=\"{{ s }}\">", "")
    checkErrors("<link rel=next><link href=\"{{ s }}\">", "1:31 html-code")
  }

  @Test func regions() {
    checkErrors("<svg><title><a href=\"{{ s }}\">", "1:14 html-ambiguous\n1:31 html-unfinished")
    checkErrors("<svg><title>{{ s }}</title><path d=\"\"/></svg><textarea><b></textarea>", "")
    checkErrors("<svg><script>x = &quot;{{ s | json }}</script></svg>", "1:18 html-ambiguous")
    checkErrors("<svg><g></svg>", "1:14 html-ambiguous")
    checkErrors("<svg><![CDATA[x]]></svg>", "1:8 html-ambiguous")
    checkErrors("<select><title></select><a href=\"{{ s }}\">", "1:18 html-ambiguous\n1:43 html-unfinished")
    checkErrors("<noscript><p title=\"</noscript>{{ s }}\"></noscript>", "1:21 html-ambiguous")
    checkErrors("<noscript><img src=\"{{ s }}\"></noscript>", "")
    checkErrors("<svg>{{ html }}</svg>", "1:9 html-markup")
    checkErrors("{% if flag %}<svg>{% endif %}", "1:1 html-branches")
    checkErrors(
      "{% for f in [film] recursive %}<svg>{{ loop(f.replies) }}</svg>{% endfor %}", "1:37 html-place")
  }

  /// The second round of a loop begins where the first ends, and writes values there, too.
  @Test func rounds() {
    checkErrors("<p {% for k in numbers %}click=\"{{ s }}\" on{% endfor %}>", "1:26 html-ambiguous")
    checkErrors("<a {% for k in numbers %}ref=\"{{ s }}\" h{% endfor %}>", "1:26 html-ambiguous")
    checkErrors("<p {% for k in numbers %} data-x=\"{{ s }}\"{% endfor %}>", "")
    checkErrors("<p{% for k in numbers %} hidden{% endfor %}>", "")
    checkErrors(
      "<script>if (1) { {% for k in numbers %}} {{ k | json }} `${ {% endfor %}</script>", "1:45 html-script")
    checkErrors("<script>x = [{% for k in numbers %}{{ k | json }}, {% endfor %}]</script>", "")
    checkErrors(
      "<script>{% for k in numbers %}f({% for k in numbers %}{{ k | json }},{% endfor %}1);\n{% endfor %}</script>",
      "")
  }

  /// Text is judged as it will be written: every line end as one line feed.
  @Test func lineEnds() {
    checkErrors("<script>var q = \"a\\\r\n{{ s | json }}\";</script>", "2:4 html-script")
    checkErrors("<script>var q = \"a\r\n{{ s | json }}\";</script>", "2:4 html-script")
    checkErrors("<script>\r\nvar q = {{ s | json }};\r\n</script>", "")
  }

  @Test func scripts() {
    checkErrors(
      "<script type=module>export default /\"/; x = \"{{ s | json }}\"</script>", "1:49 html-script")
    checkErrors("<script>for (;;) { break\n/\"/; x = \"{{ s | json }}\" }</script>", "2:14 html-script")
    checkErrors("<script><!-- {{ s | json }}</script>", "1:10 html-ambiguous")
    // A slash after these may divide or begin a regular expression.
    checkErrors("<script>i++ / 2; s = \"/{{ s | json }}\"</script>", "1:27 html-script")
    checkErrors("<script>if (x) /\"/.test(y); z = {{ s | json }}</script>", "1:36 html-script")
    checkErrors("<script>x = (a + b) / 2; // half\ny = {{ s | json }}</script>", "")
    checkErrors("<script>if (x) /\"/.test(y)\nz = {{ s | json }}</script>", "")
    checkErrors("<script>`${\"`\"}\n{{ s | json }}`</script>", "2:4 html-script")
    checkErrors("<script>`${ {{ s | json }} }`</script>", "")
    checkErrors("<script>x\n--> `\n{{ s | json }}</script>", "3:4 html-script")
    checkErrors("<script>// \u{2028}`\n{{ s | json }}</script>", "2:4 html-script")
    checkErrors("<script>x = /{{ s | json }}</script>", "1:17 html-script")
    checkErrors("<script>#! it's\nx = {{ s | json }}; #!'{{ s | json }}'</script>", "2:27 html-script")
    checkErrors(
      "<script>{% for k in numbers %}#!`\n{{ s | json }}{% endfor %}</script>",
      "1:9 html-loop\n2:4 html-script")
  }
}
