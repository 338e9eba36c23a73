import Foundation
import SourceText
import Templates
import Testing

/// Templates made at random out of pieces of real ones: whatever they are, compiling and rendering them comes to
/// an end and writes no HTML that only the template's own text could have written.
@Suite struct HostileTests {
  private static let pieces = [
    "{{ ", " }}", "{% if ", " %}", "{% endif %}", "{% else %}", "{% elif ", "{% for f in ", "{% for k, v in ",
    "{% endfor %}", "{% set k = ", "{% set k %}", "{% endset %}", "{% block a %}", "{% endblock %}",
    "{% include 'p.html' %}", "{% extends 'b.html' %}", "{% macro m(a, b=1) %}", "{% endmacro %}", "m(1)",
    "m(s, b=film)",
    "{% raw %}", "{% endraw %}", "{#", "#}", "{%- ", " -%}", "{{- ", " -}}", "film", "site.latest", "numbers",
    "opt",
    "n", "s", "x", "html", "when", "film.campaign", ".url", ".title", ".tags", ".extra", ".mood", "[0]",
    "[1:]", "[::-1]",
    " and ", " or ", " not ", " is defined", " is none", " is odd", " in ", " == ", " < ", " + ", " - ",
    " * ", " // ",
    " % ", " ~ ", " / ", " if ", " else ", "(", ")", "[", "]", ", ", "'a'", "\"<b>\"", "1", "0", "-1", "2.5",
    "9223372036854775807", "(-9223372036854775807 - 1)", "1e308", "none", "true",
    " | upper", " | default('x')", " | default(0, true)", " | first", " | sort", " | sort(attribute='title')",
    " | groupby('votes')", " | map(attribute='title')", " | map('upper')", " | join(', ')",
    " | selectattr('campaign')",
    " | select", " | batch(2)", " | slice(2, 0)", " | length", " | json", " | e", " | striptags",
    " | truncate(3)",
    " | replace('a', 'bb')", " | round(1)", " | int", " | float", " | date('%Y')", " | absolute", " | unique",
    " | sum",
    " | max", " | reverse", " | indent", " | center(9)", " | wordcount", " | urlencode", " | items",
    " | number(2)", " | round(-1)", " | round(n - 9223372036854775807)",
    " | truncate(-9223372036854775807 - n)", " | center(-9223372036854775807 - n)", " | batch(-n)", " | abs",
    " * -1", " // -1", " % -1", " | int", " | number", " recursive",
    "loop.index", "loop.last", "loop(f.replies)", "loop.cycle(1, 2)", "range(3)", "asset('style.css')",
    "t('by', name=s)",
    "t('films', count=n)", "t('stage.' ~ s)", "super()", "options.accent", "<a href=\"", "\">", "<p class='",
    "'>", "<script>",
    "</script>", "<style>", "</style>", "<!--", "-->", "<title>", "</title>", "<", ">", "</p>", " style=\"",
    " onclick=\"", "text",
    "\n", "\u{A0}", "é", "\\", "\r\n",
  ]

  /// A small generator of numbers: the same ones in every run.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  @Test func compilingAndRenderingEnd() {
    let rounds = Int(ProcessInfo.processInfo.environment["SITEGEN_FUZZ"] ?? "") ?? 4_000
    var numbers = Numbers(state: UInt64(rounds))
    var rendered = 0
    for _ in 0..<rounds {
      var theme = Theme(
        ("main.html", HostileTests.text(&numbers)), ("p.html", HostileTests.text(&numbers)),
        ("b.html", "{% block a %}" + HostileTests.text(&numbers) + "{% endblock %}"))
      if Bool.random(using: &numbers) { theme.files[1].text = "{{ s }}" }
      var diagnostics: [Diagnostic] = []
      guard let set = theme.compile(&diagnostics) else {
        #expect(diagnostics.contains { $0.severity == .error })
        continue
      }
      rendered += 1
      var buffer = ByteBuffer()
      var partials = PartialCache()
      let renderer = set.renderer(bound: Toy.contract.bind(Toy()), base: nil)
      renderer.render(
        PageKindID(0), values: Toy.values(film: 2, opt: "<i onclick=x>\"'"),
        links: .relative(prefix: "", page: ""), path: "", into: &buffer, partials: &partials)
      #expect(!buffer.string.contains("<i onclick"), "\(theme.files)")
      #expect(
        !buffer.string.contains("javascript:") || !buffer.string.contains("href=\"javascript:"),
        "\(theme.files)")
    }
    #expect(rendered > rounds / 100)
  }

  private static func text(_ numbers: inout Numbers) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &numbers) {
      if Bool.random(using: &numbers) {
        // Something that has a chance to be right.
        let values = [
          "film.title", "s", "n", "numbers", "site.latest", "film.tags", "opt", "html", "when", "x",
          "film.link", "9223372036854775807", "(-9223372036854775807 - 1)", "1e308",
        ]
        var value = values.randomElement(using: &numbers) ?? "s"
        for _ in 0..<Int.random(in: 0...2, using: &numbers) {
          value += pieces.filter { $0.hasPrefix(" | ") }.randomElement(using: &numbers) ?? ""
        }
        switch Int.random(in: 0..<6, using: &numbers) {
        case 0: text += "{% if \(value) %}{{ \(value) }}{% endif %}"
        case 1: text += "{% for f in \(value) %}{{ f }}{{ loop.index }}{% endfor %}"
        case 2: text += "<a href=\"{{ \(value) }}\">{{ \(value) }}</a>"
        case 3: text += "<p title='{{ \(value) }}'>"
        case 4: text += "{% set k = \(value) %}{{ k }}"
        default: text += "{{ \(value) }}"
        }
      } else {
        for _ in 0..<Int.random(in: 1...8, using: &numbers) {
          text += pieces.randomElement(using: &numbers) ?? ""
        }
      }
    }
    return text
  }
}

/// What is nested as deeply as is allowed fits the smallest stacks that threads have.
@Suite struct DepthTests {
  /// Runs `body` on a thread with a stack of `size` KB; tasks have 512 on some systems.
  private func onStack(_ size: Int, _ body: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
      let thread = Thread {
        body()
        continuation.resume()
      }
      thread.stackSize = size << 10
      thread.start()
    }
  }

  /// Compiles on a small stack, and renders on a smaller one; whether there are errors does not matter.
  private func render(_ theme: Theme) async {
    await onStack(1024) {
      var diagnostics: [Diagnostic] = []
      guard let set = theme.compile(&diagnostics) else { return }
      let isDone = DispatchSemaphore(value: 0)
      let thread = Thread {
        var buffer = ByteBuffer()
        var partials = PartialCache()
        set.renderer(bound: Toy.contract.bind(Toy()), base: nil).render(
          PageKindID(0), values: Toy.values(film: 3), links: .relative(prefix: "", page: ""), path: "",
          into: &buffer, partials: &partials)
        isDone.signal()
      }
      thread.stackSize = 512 << 10
      thread.start()
      isDone.wait()
    }
  }

  private func nested(_ open: String, _ middle: String, _ close: String, _ count: Int) -> String {
    String(repeating: open, count: count) + middle + String(repeating: close, count: count)
  }

  @Test(arguments: [10, 36, 50, 98, 150])
  func expressions(depth: Int) async {
    let filters = "s" + String(repeating: " | upper", count: depth)
    for text in [
      nested("(", "s", ")", depth), nested("[", "s", "]", depth) + " | first",
      String(repeating: "not ", count: depth) + "n", "n" + String(repeating: " + 1", count: depth), filters,
      "s" + String(repeating: " or s", count: depth), "s" + String(repeating: " if n else s", count: depth),
    ] {
      await render(Theme(stringLiteral: "{{ \(text) }}{% if \(text) %}{% endif %}"))
    }
  }

  @Test func statements() async {
    for count in [30, 38, 60] {
      await render(Theme(stringLiteral: nested("{% if n %}", "x", "{% endif %}", count)))
      await render(Theme(stringLiteral: nested("{% for k in [1] %}", "x", "{% endfor %}", count)))
      await render(Theme(stringLiteral: nested("{% set k %}", "x", "{% endset %}", count)))
      var theme = Theme(("main.html", "{% include 't0.html' %}"))
      for number in 0..<count {
        let next = number == count - 1 ? "x" : "{% include 't\(number + 1).html' %}"
        theme.files.append(("t\(number).html", nested("{% for k in [1] %}", next, "{% endfor %}", 1), 0))
      }
      await render(theme)
    }
  }

  @Test func recursion() async {
    await render(
      """
      {% for f in [film] recursive %}{% set a %}{% set b %}{% set c %}{{ f.title }}{{ loop(f.replies) }}
      {% endset %}{{ c }}{% endset %}{{ b }}{% endset %}{{ a }}{% endfor %}
      """)
    await render("{% for f in [film] recursive %}{{ f.title }}{{ loop(f.replies) }}{% endfor %}")
  }
}
