import XML

/// A text that was HTML and is Markdown.
public struct Conversion: Sendable, Hashable {
  /// The Markdown, which ends with a line end; empty for an empty text.
  public var markdown: String
  /// What was kept as HTML and what was left out.
  public var notes: ConversionNotes

  /// `html`, a text as it stands in the body of a page, as Markdown.
  ///
  /// sitegen makes the same text of it again, with the same headings, lists, quotes, tables, pictures, links and emphasis;
  /// what Markdown has no words for stands in it as HTML, but for what would run.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public init(of html: String, options: ConversionOptions) {
    let html = cleaned(html)
    do throws(HTMLProblem) {
      let (blocks, notes) = Self.blocks(of: try parseHTML(html), options)
      self.init(blocks, notes, options)
    } catch {
      // Nobody wrote such a text by hand: it is kept where its reader can look at it, and does nothing.
      var notes = ConversionNotes()
      notes.lose("the markup of the whole text, which is \(error.words)")
      self.init([.verbatim(html, language: "html")], notes, options)
    }
  }

  init(_ blocks: [Block], _ notes: ConversionNotes, _ options: ConversionOptions) {
    markdown = MarkdownWriter(allowsHTML: !options.isComment).markdown(blocks)
    self.notes = notes
  }

  static func blocks(of nodes: [HTMLNode], _ options: ConversionOptions) -> ([Block], ConversionNotes) {
    var reader = FlowReader(options)
    let blocks = reader.read(nodes)
    return (blocks, reader.notes)
  }
}

extension HTMLProblem {
  var words: String {
    switch self {
    case .nesting: "nested too deeply"
    case .hugeTag: "tags of enormous size"
    case .size: "too large"
    }
  }
}

extension Block {
  /// A text to look at, as it was written: a block of code, or where Markdown would find too much in that, a letter at a
  /// time.
  static func verbatim(_ text: String, language: String) -> Block {
    let brackets = text.utf8.reduce(into: 0) { if $1 == 0x5B { $0 += 1 } }
    let isPlain = text.utf8.split(separator: 0x0A).allSatisfy { line in
      line.prefix { "> \t-*+.)0123456789".utf8.contains($0) }.count < 50
    }
    guard brackets >= 500 || !isPlain else { return .code(text, language: language) }
    var html = Array("<div><pre>".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x20, 0x80...: html.append(byte)
      default: html += "&#\(byte);".utf8
      }
    }
    return .html(String(decoding: html, as: UTF8.self) + "</pre></div>")
  }
}
