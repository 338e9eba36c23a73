import SourceText

/// Writes HTML from libcmark's tree in one walk, and collects everything else on the way.
struct HTMLRenderer {
  let path: String
  let text: PreparedText
  /// The source as it is, for finding places.
  let source: [UInt8]
  let options: MarkdownOptions
  let survey: TextSurvey
  /// Whether the HTML is for a site, and not for comparison with a specification.
  let isForSite: Bool
  /// Whether an author wrote the text, who is told of what is likely meant as markup and is none.
  let isProofread: Bool

  /// What has been written.
  var html = ByteBuffer()
  /// The text without markup, each block ended by LF.
  var plain = ByteBuffer()
  /// Everything else that was found.
  var document = MarkdownDocument()
  var diagnostics: [Diagnostic] = []
  /// The ids that are taken, each with the number to try next.
  var ids: [String: Int] = [:]
  /// The first paragraphs, until there are enough of them for the excerpt.
  var excerpt = ByteBuffer()
  var notes = Footnotes()

  // Where the walk is.

  /// Where the lines of the tree that is walked are in the source.
  var lines: [ByteRange]
  /// Whether that tree is of a part of the text: a table's cells, a note.
  var isPart = false
  /// The paragraph or heading that is walked: its lines, its form, where it begins in the plain text.
  var block = ByteRange(at: 0)
  var blockForm = ParagraphForm.plain
  var blockPlainStart = 0
  var heading: OpenHeading?
  /// How many emphases and links, how many links, how many images are open.
  var inlineDepth = 0
  var linkDepth = 0
  var imageDepth = 0
  /// Links that are open, from the outside in, and whether each is written as `<a>`.
  var linkIsWritten: [Bool] = []
  var image: OpenImage?
  /// The `~~` that may begin something struck out.
  var strikes: [OpenStrike] = []
  /// How many bytes of the next text were written already, or stand for nothing.
  var textSkip = 0
  /// The task whose box is to be written before the next text, and whether it is done.
  var pendingTask: Bool?
  /// The address of a video, for the link that is opened next.
  var pendingURL: String?
  /// The caption of the figure that is open.
  var pendingCaption: String?

  /// The bytes of a text that mean something.
  var marks = ByteSet("&<>\"")
  /// The first byte of hidden escapes, or 0.
  var escapeLead: UInt8 = 0

  // For finding places.

  /// Where in `block` to look for the next destination.
  var destinationCursor = 0
  /// How many more bytes may be compared.
  var searchBudget: Int
  /// What stands behind each `]:`, once it was needed.
  var definitions: [Int]?
  /// The link reference definitions as a text, once they were needed, and how often that may be.
  var definitionText: [UInt8]?
  var definitionBudget: Int

  /// The blocks, by where they begin, in which broken links or open bold type were looked for.
  var blocksReadForLinks: Set<Int> = []
  var blocksReadForBold: Set<Int> = []
  /// The `**` of the block that was looked at last that begin bold type which nothing ends, and those that do neither.
  var unpairedStars: (lines: Range<Int>, begun: [Range<Int>], strays: [Range<Int>])?
  /// The tags in the text that nothing has ended yet.
  var openTags: [OpenTag] = []
  /// Where the words of the link that is open begin in the HTML.
  var linkWordsStart = 0
  /// Where a `**` stands that belongs to code that nobody marked as such.
  var starsOfCode: Set<Int> = []
  /// Fields between lines of dashes that were found in the text.
  var pastedFrontMatter: ByteRange?
  var bracketSearch: MarkSearch
  var asteriskSearch: MarkSearch

  /// How many more cells may be written that are not in the text.
  var emptyCellBudget: Int

  /// How a paragraph is written.
  enum ParagraphForm {
    case plain, tight, figure
  }

  init(_ text: PreparedText, of source: Source, options: MarkdownOptions, survey: TextSurvey) {
    self.path = source.path
    self.source = source.bytes
    self.text = text
    self.options = options
    self.survey = survey
    self.lines = survey.lines
    isForSite = options.extensions.contains(.localLinks)
    isProofread = isForSite && !options.isUntrusted
    searchBudget = 16 * text.range.count + 4096
    bracketSearch = MarkSearch(for: ByteSet("[]"), in: text.range.count)
    asteriskSearch = MarkSearch(for: ByteSet("*"), in: text.range.count)
    emptyCellBudget = text.range.count + 1024
    definitionBudget = 8 * text.range.count + 4096
    let features = survey.features
    if options.extensions.contains(.strikethrough), features.contains(.strikes) { marks.insert(0x7E) }
    if options.extensions.contains(.footnotes), features.contains(.notes) { marks.insert(0x5B) }
    if options.extensions.contains(.autolinks) {
      if features.contains(.urls) {
        marks.insert(0x3A)
        marks.insert(0x2E)
      }
      if features.contains(.addresses) { marks.insert(0x40) }
    }
    markTyped()
    if text.standIns?.tilde != nil { escapeLead = 0xC2 }
    html.bytes.reserveCapacity(text.range.count + text.range.count / 4 + 64)
    plain.bytes.reserveCapacity(text.range.count + 1)
  }

  /// Writes the whole of `tree`.
  mutating func render(_ tree: inout CMarkTree) {
    while let step = tree.next() {
      switch step {
      case .enter(let node): enter(node, in: &tree)
      case .exit(let node): exit(node)
      }
    }
  }

  /// Parses `bytes`, a part of the text whose lines are at `lines` in the source, and has `body` write it.
  mutating func renderPart(
    _ bytes: [UInt8], lines: [ByteRange], _ body: (inout HTMLRenderer, inout CMarkTree) -> Void
  ) {
    var tree = CMarkTree(bytes.span, smart: options.smartPunctuation, repairing: survey.hasInvalidUTF8)
    let outer = (self.lines, isPart, block, blockForm, blockPlainStart, destinationCursor)
    self.lines = lines
    isPart = true
    body(&self, &tree)
    (self.lines, isPart, block, blockForm, blockPlainStart, destinationCursor) = outer
  }

  /// Takes the document, once everything is written; what was reported is added to `diagnostics`.
  mutating func finish(addingTo diagnostics: inout [Diagnostic]) -> MarkdownDocument {
    if !openTags.isEmpty { reportUnclosedTags() }
    dropControls()
    diagnostics += self.diagnostics
    if plain.bytes.last == 0x0A { plain.bytes.removeLast() }
    // Each is taken, so that nothing is copied.
    var result = MarkdownDocument()
    swap(&result, &document)
    swap(&result.html, &html.bytes)
    swap(&result.plainTextBytes, &plain.bytes)
    result.wordCount = countWords(result.plainTextBytes.span)
    result.excerpt = cutExcerpt(excerpt.bytes.isEmpty ? result.plainTextBytes : excerpt.bytes)
    return result
  }

  // MARK: - The walk

  mutating func enter(_ node: CMarkNode, in tree: inout CMarkTree) {
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
    case .emphasis:
      inlineDepth += 1
      html.append(static: "<em>")
    case .strong:
      reportPowers(node)
      inlineDepth += 1
      html.append(static: "<strong>")
    case .link: openLink(node)
    case .image: openImage(node)
    case .code:
      html.append(static: "<code>")
      appendCode(node)
      html.append(static: "</code>")
    case .htmlInline: appendHTML(node)
    case .paragraph: openParagraph(node, in: &tree)
    case .heading: openHeading(node)
    case .blockQuote:
      startLine()
      html.append(static: "<blockquote>\n")
    case .list: openList(node)
    case .item: openItem(node)
    case .codeBlock: appendCodeBlock(node)
    case .htmlBlock:
      enterBlock(node)
      startLine()
      appendHTMLBlock(node)
      startLine()
    case .thematicBreak:
      reportFrontMatter(below: node)
      startLine()
      html.append(static: "<hr />\n")
    case .none, .document, .customBlock, .customInline: break
    }
  }

  mutating func exit(_ node: CMarkNode) {
    let kind = node.kind
    if imageDepth > 0 {
      guard kind == .image else { return }
      imageDepth -= 1
      if imageDepth == 0 { closeImage(node) }
      return
    }
    switch kind {
    case .emphasis:
      leaveInline()
      html.append(static: "</em>")
    case .strong:
      leaveInline()
      html.append(static: "</strong>")
    case .link: closeLink()
    case .paragraph: closeParagraph(node)
    case .heading: closeHeading()
    case .blockQuote:
      startLine()
      html.append(static: "</blockquote>\n")
    case .list:
      if node.isOrdered { html.append(static: "</ol>\n") } else { html.append(static: "</ul>\n") }
    case .item: html.append(static: "</li>\n")
    default: break
    }
  }

  /// What was begun inside an emphasis or a link cannot end outside of it.
  mutating func leaveInline() {
    while let strike = strikes.last, strike.depth >= inlineDepth { strikes.removeLast() }
    inlineDepth -= 1
  }
}
