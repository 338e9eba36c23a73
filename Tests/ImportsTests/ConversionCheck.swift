import Imports
import Markdown
import SourceText
import Testing
import XML

/// What a reader of an HTML text gets from it: its letters, and the elements that say something about them, in order.
struct Essence: Equatable, CustomStringConvertible {
  /// The text without white space.
  var text = ""
  /// `strong`, `a http://…` and the like.
  var elements: [String] = []

  init(of html: String) throws { add(try parseHTML(html)) }

  var description: String { "\(text)\n\(elements)" }

  private mutating func add(_ nodes: [HTMLNode]) {
    for node in nodes {
      switch node {
      case .text(let text): self.text += text.filter { !$0.isWhitespace }
      case .comment: break
      case .element(let element): add(element)
      }
    }
  }

  private mutating func add(_ element: HTMLElement) {
    switch element.name {
    case "script", "style", "noscript": return
    case "b", "strong": elements.append("strong")
    case "i", "em": elements.append("em")
    case "s", "strike", "del": elements.append("del")
    case "td", "th": elements.append("cell")
    case "iframe": return elements.append("video")
    case "figure" where element["class"] == "embed": return elements.append("video")
    case "a":
      // Addresses that stand in a text are links here.
      if case .text(let text)? = element.children.first, element.children.count == 1,
        element["href"] == text || element["href"] == "mailto:\(text)" || element["href"] == "http://\(text)"
      {
        break
      }
      if element["class"]?.contains("anchor") ?? false { return }
      elements.append("a \(element["href"] ?? element["id"] ?? "")")
    case "img": elements.append("img \(element["src"] ?? "") \(element["alt"] ?? "")")
    case "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "tr", "sub",
      "sup", "u",
      "dl", "dt", "dd", "kbd", "figcaption", "details":
      elements.append(element.name)
    default: break
    }
    add(element.children)
  }
}

/// The HTML that this project makes of Markdown, with the addresses as they are written.
func rendered(_ markdown: String, _ options: MarkdownOptions = .writeUp) -> (html: String, problems: [String])
{
  var options = options
  options.smartPunctuation = false
  options.extensions.remove(.headingAnchors)
  let source = Source(path: "text.md", text: markdown)
  var diagnostics: [Diagnostic] = []
  let document = parseMarkdown(
    source, in: ByteRange(0, source.bytes.count), options: options, diagnostics: &diagnostics)
  var html = ByteBuffer()
  var done = 0
  for slot in document.slots {
    html.append(document.html[done..<slot.offset])
    done = slot.offset
    switch slot.fill {
    case .link(let index): html.append(document.links[index].destination, escaping: .commonMark)
    case .image(let index): html.append(document.images[index].destination, escaping: .commonMark)
    case .imageSize: break
    }
  }
  html.append(document.html[done...])
  return (html.string, diagnostics.filter { $0.severity == .error }.map(\.id))
}

/// Expects `html` to become `markdown`, and that to become a text which says the same.
func check(
  _ html: String, _ markdown: String, kept: [String] = [], lost: [String] = [], classic: Bool = false,
  isSame: Bool = true, at location: Testing.SourceLocation = #_sourceLocation
) throws {
  var options = ConversionOptions()
  options.breaksLines = classic
  let conversion = Conversion(of: html, options: options)
  #expect(conversion.markdown == markdown + (markdown.isEmpty ? "" : "\n"), sourceLocation: location)
  #expect(conversion.notes.kept.keys.sorted() == kept, sourceLocation: location)
  #expect(conversion.notes.lost.keys.sorted() == lost, sourceLocation: location)
  let result = rendered(conversion.markdown)
  #expect(result.problems == [], sourceLocation: location)
  guard isSame else { return }
  #expect(try Essence(of: result.html) == Essence(of: html), sourceLocation: location)
}
