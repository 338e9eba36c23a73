import Markdown
import SourceText
import Testing

/// What a text became, in a form that is easy to compare.
struct Parsed {
  var document: MarkdownDocument
  var diagnostics: [Diagnostic]
  var text: String

  /// The HTML with every slot filled as a page of the site would: the destinations as they are.
  var html: String {
    var result = ByteBuffer()
    var done = 0
    for slot in document.slots {
      result.append(document.html[done..<slot.offset])
      done = slot.offset
      switch slot.fill {
      case .link(let index): result.appendURL(document.links[index].destination)
      case .image(let index): result.appendURL(document.images[index].destination)
      case .imageSize: result.append(" width=\"4\" height=\"3\"")
      }
    }
    result.append(document.html[done...])
    return result.string
  }

  /// `id@text`, where text is what the diagnostic points at.
  var findings: [String] {
    let source = Source(path: "text.md", text: text)
    return diagnostics.map { diagnostic in
      let place = diagnostic.location.map { source.text(in: $0.range) } ?? "nowhere"
      return diagnostic.id + "@" + place
    }
  }
}

/// Parses `text`, which stands behind a front matter so that places are not those in the text alone.
func parse(_ text: String, _ options: MarkdownOptions = .writeUp) -> Parsed {
  let before = "---\ntitle: é\n---\n"
  let source = Source(path: "text.md", text: before + text)
  var diagnostics: [Diagnostic] = []
  let document = parseMarkdown(
    source, in: ByteRange(before.utf8.count, source.bytes.count), options: options, diagnostics: &diagnostics)
  return Parsed(document: document, diagnostics: diagnostics, text: before + text)
}

/// Expects the HTML of `text`, with slots filled, and the diagnostics that come with it.
func check(
  _ text: String, _ html: String, _ findings: [String] = [], options: MarkdownOptions = .writeUp,
  at location: Testing.SourceLocation = #_sourceLocation
) {
  let parsed = parse(text, options)
  #expect(parsed.html == html, sourceLocation: location)
  #expect(parsed.findings == findings, sourceLocation: location)
}
