import SourceText

/// Writes HTML from libcmark's tree in one walk, and collects everything else on the way.
struct HTMLRenderer {
  let path: String
  let options: MarkdownOptions
  let survey: TextSurvey

  /// What has been written.
  var html = ByteBuffer()
  /// The text without markup, each block ended by LF.
  var plain = ByteBuffer()
  /// Everything else that was found.
  var document = MarkdownDocument()
  var diagnostics: [Diagnostic] = []

  /// Where the lines of the tree that is walked are in the source.
  var lines: [ByteRange] = []
  /// The lines of the paragraph or heading that is walked.
  var block = ByteRange(at: 0)
  /// Where in `block` to look for the next destination.
  var destinationCursor = 0
  /// How many links, and how many images, are open.
  var linkDepth = 0
  var imageDepth = 0
  /// The heading that is open.
  var heading: OpenHeading?
  /// The image that is open, if it is not inside another.
  var image: OpenImage?
  /// Links that are open and written as `<a>`, from the outside in.
  var linkIsWritten: [Bool] = []
  /// The ids that are taken, each with the number to try next.
  var ids: [String: Int] = [:]
  /// Where the paragraph that is walked begins in the plain text.
  var paragraphPlainStart = 0
  /// The first paragraphs, until there are enough of them for the excerpt.
  var excerpt = ByteBuffer()

  init(path: String, options: MarkdownOptions, survey: TextSurvey) {
    self.path = path
    self.options = options
    self.survey = survey
    self.lines = survey.lines
  }

  /// Writes the whole of `tree`; `source` is the file that its lines are in.
  mutating func render(_ tree: inout CMarkTree, of source: UnsafeBufferPointer<UInt8>) {
    while let step = tree.next() {
      switch step {
      case .enter(let node): unsafe enter(node, in: &tree, of: source)
      case .exit(let node): exit(node)
      }
    }
  }

  /// The document, once everything is written.
  consuming func finish() -> MarkdownDocument {
    document.html = html.bytes
    if plain.bytes.last == 0x0A { plain.bytes.removeLast() }
    document.wordCount = countWords(plain.bytes)
    document.plainText = plain.string
    document.excerpt = cutExcerpt(excerpt.bytes.isEmpty ? plain.bytes : excerpt.bytes)
    return document
  }

  // MARK: - The walk

  private mutating func enter(
    _ node: CMarkNode, in tree: inout CMarkTree, of source: UnsafeBufferPointer<UInt8>
  ) {
    let kind = node.kind
    if imageDepth > 0 {
      enterInsideImage(node, kind)
      return
    }
    switch kind {
    case .text: appendText(node)
    case .softBreak:
      html.append(byte: 0x0A)
      plain.append(byte: 0x20)
    case .lineBreak:
      html.append(static: "<br />\n")
      plain.append(byte: 0x20)
    case .emphasis: html.append(static: "<em>")
    case .strong: html.append(static: "<strong>")
    case .link: unsafe openLink(node, of: source)
    case .image: unsafe openImage(node, of: source)
    case .code:
      html.append(static: "<code>")
      appendLiteral(node)
      html.append(static: "</code>")
    case .htmlInline: appendHTML(node)
    case .paragraph:
      openParagraph(node)
    case .heading:
      block = lineRange(of: node)
      destinationCursor = Int(block.lowerBound)
      openHeading(node)
    case .blockQuote:
      startLine()
      html.append(static: "<blockquote>\n")
    case .list: openList(node)
    case .item:
      startLine()
      html.append(static: "<li>")
    case .codeBlock: appendCodeBlock(node)
    case .htmlBlock:
      startLine()
      appendHTML(node)
      startLine()
    case .thematicBreak:
      startLine()
      html.append(static: "<hr />\n")
    case .none, .document, .customBlock, .customInline: break
    }
  }

  private mutating func exit(_ node: CMarkNode) {
    let kind = node.kind
    if imageDepth > 0 {
      guard kind == .image else { return }
      imageDepth -= 1
      if imageDepth == 0 { closeImage(node) }
      return
    }
    switch kind {
    case .emphasis: html.append(static: "</em>")
    case .strong: html.append(static: "</strong>")
    case .link: closeLink()
    case .paragraph:
      closeParagraph(node)
    case .heading: closeHeading()
    case .blockQuote:
      startLine()
      html.append(static: "</blockquote>\n")
    case .list: html.append(node.isOrdered ? "</ol>\n" : "</ul>\n")
    case .item: html.append(static: "</li>\n")
    default: break
    }
  }

  // MARK: - Blocks

  /// Ends the line in the HTML, if one is begun.
  mutating func startLine() {
    if let last = html.bytes.last, last != 0x0A { html.append(byte: 0x0A) }
  }

  /// Ends the line in the plain text, if one is begun.
  mutating func endPlainBlock() {
    if let last = plain.bytes.last, last != 0x0A { plain.append(byte: 0x0A) }
  }

  /// Whether `paragraph` stands in a tight list, and has no tags of its own.
  private func isTight(_ paragraph: CMarkNode) -> Bool {
    guard let list = paragraph.parent?.parent, list.kind == .list else { return false }
    return list.isTight
  }

  private mutating func openParagraph(_ node: CMarkNode) {
    block = lineRange(of: node)
    destinationCursor = Int(block.lowerBound)
    paragraphPlainStart = plain.count
    if !isTight(node) {
      startLine()
      html.append(static: "<p>")
    }
  }

  private mutating func closeParagraph(_ node: CMarkNode) {
    if !isTight(node) { html.append(static: "</p>\n") }
    if excerpt.count <= excerptLimit, plain.count > paragraphPlainStart, node.parent?.kind == .document {
      if excerpt.count > 0 { excerpt.append(byte: 0x20) }
      excerpt.append(plain.bytes[paragraphPlainStart...])
    }
    endPlainBlock()
  }

  private mutating func openList(_ node: CMarkNode) {
    startLine()
    if !node.isOrdered {
      html.append(static: "<ul>\n")
    } else if node.listStart == 1 {
      html.append(static: "<ol>\n")
    } else {
      html.append(static: "<ol start=\"")
      html.append(node.listStart)
      html.append(static: "\">\n")
    }
  }

  private mutating func appendCodeBlock(_ node: CMarkNode) {
    startLine()
    unsafe node.withInfo { info in
      if info.isEmpty {
        html.append(static: "<pre><code>")
      } else {
        let end = unsafe info.firstIndex { $0 == 0x20 || (0x09...0x0D).contains($0) } ?? info.count
        html.append(static: "<pre><code class=\"language-")
        unsafe html.append(UnsafeBufferPointer(rebasing: info[..<end]), escaping: .commonMark)
        html.append(static: "\">")
      }
    }
    appendLiteral(node)
    html.append(static: "</code></pre>\n")
    endPlainBlock()
  }

  // MARK: - Text

  private mutating func appendText(_ node: CMarkNode) {
    appendLiteral(node)
  }

  /// The literal of `node`, escaped, in the HTML and in the plain text.
  private mutating func appendLiteral(_ node: CMarkNode) {
    unsafe node.withLiteral { text in
      unsafe html.append(text, escaping: .commonMark)
      unsafe plain.bytes.append(contentsOf: text)
    }
  }

  private mutating func appendHTML(_ node: CMarkNode) {
    unsafe node.withLiteral { text in
      switch options.rawHTML {
      case .passThrough: unsafe html.bytes.append(contentsOf: text)
      case .escape:
        unsafe html.append(text, escaping: .commonMark)
        unsafe plain.bytes.append(contentsOf: text)
      }
    }
  }

  /// The lines of `node` in the source.
  func lineRange(of node: CMarkNode) -> ByteRange {
    let first = node.startLine - 1
    let last = max(first, min(node.endLine, lines.count) - 1)
    guard lines.indices.contains(first), lines.indices.contains(last) else { return ByteRange(at: 0) }
    return ByteRange(Int(lines[first].lowerBound), Int(lines[last].upperBound))
  }
}

extension ByteBuffer {
  /// Appends a literal without making a string of it.
  @inline(__always)
  mutating func append(static text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
