import Markdown
import XML

/// How a text is turned into Markdown.
public struct ConversionOptions: Sendable {
  /// Whether line ends and blank lines mean what they mean in the posts of WordPress's classic editor.
  public var breaksLines = false
  /// Whether a reader wrote the text: no HTML is kept, and pictures become links.
  public var isComment = false
  /// The numbers of the notes below the text, by what the block editor calls them.
  var footnotes: [String: Int] = [:]
  /// What an address becomes; `nil` takes the link away, but not its text.
  public var address: @Sendable (String, AddressUse) -> String? = {
    SiteAddresses("").absolute($0, on: "", isMedia: $1.isMedia)
  }

  /// Options for a post in which all is written as HTML, and whose addresses stay if they are safe.
  public init() {}
}

/// What an address is written for.
public enum AddressUse: Sendable, Hashable {
  /// A link or a file in Markdown, of which a build knows where it leads.
  case link, media
  /// A link or a file in HTML that is kept, in which addresses stay as they are written.
  case keptLink, keptMedia

  /// Whether it is that of a picture and the like.
  public var isMedia: Bool { self == .media || self == .keptMedia }
}

/// Reads the tree of an HTML text as blocks and lines.
struct FlowReader {
  var options: ConversionOptions
  var notes = ConversionNotes()
  var blocks: [Block] = []
  var line = LineBuilder()
  var lastStyle = 0
  var depth = 0
  var tags: KeptHTML

  /// How deep quotes and lists nest; what is deeper is read as if it stood beside.
  static let depthLimit = 20

  init(_ options: ConversionOptions) {
    self.options = options
    tags = KeptHTML(address: options.address)
  }

  /// The blocks that `nodes` are.
  mutating func read(_ nodes: [HTMLNode]) -> [Block] {
    read(nodes, [])
    endParagraph()
    notes.add(tags.notes)
    defer { blocks = [] }
    return blocks
  }

  mutating func read(_ nodes: [HTMLNode], _ styles: [Style]) {
    for node in nodes {
      switch node {
      case .text(let text): read(text: text, styles)
      case .element(let element): read(element, styles)
      case .comment(let text):
        if text.utf8.elementsEqual("nextpage".utf8) { notes.lose("<!--nextpage-->") }
        if let name = Self.filledBlock(text) { notes.lose("\(name), which WordPress filled for each reader") }
      }
    }
  }

  /// The name of a block of the block editor's that the comment `text` stands for, if nothing of what readers saw there is in
  /// the export.
  private static func filledBlock(_ text: String) -> String? {
    let text = trimmed(text)
    guard text.hasPrefix("wp:") else { return nil }
    var name = text.dropFirst(3).prefix { !$0.isWhitespace && $0 != "{" }
    if name.last == "/" { name.removeLast() }
    guard name == "query" || text.hasSuffix("/") && !emptyBlocks.contains(String(name)) else { return nil }
    return "wp:\(name.prefix(60))"
  }

  /// The blocks that stand alone and are nothing, or read elsewhere.
  private static let emptyBlocks: Set<String> = [
    "paragraph", "heading", "list", "list-item", "quote", "pullquote", "image", "gallery", "code",
    "preformatted",
    "spacer", "separator", "column", "columns", "group", "html", "freeform", "more", "nextpage", "block",
    "buttons",
    "button", "table", "verse", "embed", "cover", "media-text", "details", "missing", "footnotes",
  ]

  mutating func read(text: String, _ styles: [Style]) {
    guard options.breaksLines, text.utf8.contains(0x0A) else { return line.append(text: text[...], styles) }
    var parts = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Substring($0) }[...]
    if let first = parts.popFirst() { line.append(text: first, styles) }
    while let part = parts.popFirst() {
      if parts.first != nil, part.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
        endParagraph()
        continue
      }
      line.appendBreak(styles, isLineEnd: true)
      line.append(text: part, styles)
    }
  }

  /// Ends the paragraph at hand.
  mutating func endParagraph() {
    for lines in line.finish() { blocks.append(videoPage(lines).map(Block.embed) ?? .paragraph(lines)) }
  }

  /// The page of the video that the paragraph is, if it is nothing but its address.
  func videoPage(_ lines: [Inline]) -> String? {
    guard lines.count == 1, !options.isComment else { return nil }
    switch lines[0] {
    case .text(let text): return Embed(url: text)?.url
    case .styled(.link(let address), let inside) where inside == [.text(address)]:
      return Embed(url: address)?.url
    default: return nil
    }
  }

  /// The blocks that `body` adds, which are taken out again.
  mutating func collect(_ body: (inout FlowReader) -> Void) -> [Block] {
    endParagraph()
    let before = blocks
    blocks = []
    body(&self)
    endParagraph()
    let result = blocks
    blocks = before
    return result
  }

  // MARK: - Elements

  mutating func read(_ element: HTMLElement, _ styles: [Style]) {
    switch element.name {
    case "em", "i": read(element.children, adding(.emphasis, to: styles))
    case "strong", "b": read(element.children, adding(.strong, to: styles))
    case "del", "s", "strike": read(element.children, adding(.strike, to: styles))
    case "a": readAnchor(element, styles)
    case "br": line.appendBreak(styles, isLineEnd: false)
    case "img": readImage(element, styles)
    case "code", "tt", "kbd", "samp": readCode(element, styles)
    case "span", "font", "big", "label", "nobr", "blink", "bdo", "tbody", "picture":
      read(element.children, styles)
    case "sup" where element["data-fn"].flatMap({ options.footnotes[$0] }) != nil:
      guard let number = element["data-fn"].flatMap({ options.footnotes[$0] }) else { return }
      notes.references.append(number)
      line.append(html: "[^\(number)]", styles)
    case "acronym", "abbr", "sub", "sup", "u", "ins", "small", "mark", "q", "cite", "dfn", "var", "time",
      "bdi", "ruby",
      "rt", "rp":
      keepAround(element, styles)
    case "wbr": if !options.isComment { line.append(html: "<wbr>", styles) }
    case "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "center", "hgroup",
      "address",
      "figcaption":
      endParagraph()
      read(element.children, styles)
      endParagraph()
    case "h1", "h2", "h3", "h4", "h5", "h6": readHeading(element, styles)
    case "hr":
      endParagraph()
      blocks.append(.rule)
    case "blockquote": readQuote(element, styles)
    case "ul", "ol", "menu", "dir": readList(element, styles)
    case "li": readList(HTMLElement("ul", [], [.element(element)]), styles)
    case "pre", "listing": readPreformatted(element, styles)
    case "table": readTable(element, styles)
    case "figure": readFigure(element, styles)
    case "iframe", "embed", "object": readPlayer(element, styles)
    case let name where KeptHTML.dropped.contains(name): notes.lose("<\(name)>")
    default: keep(element, styles)
    }
  }

  mutating func adding(_ kind: Style.Kind, to styles: [Style]) -> [Style] {
    let isThere = styles.contains { style in
      if case .link = kind, case .link = style.kind { return true }
      return style.kind == kind
    }
    guard !isThere, styles.count < 16 else { return styles }
    lastStyle += 1
    return styles + [Style(id: lastStyle, kind: kind)]
  }

  mutating func readAnchor(_ element: HTMLElement, _ styles: [Style]) {
    if element["href"] == nil, let name = element["id"] ?? element["name"], !options.isComment, !name.isEmpty
    {
      let place = HTMLElement("a", [HTMLElement.Attribute(name: "id", value: name)])
      line.append(html: tags.inline(place), styles)
      notes.keep("a id")
    }
    guard let address = trimmed(element["href"] ?? "").nonEmpty.flatMap({ options.address($0, .link) }) else {
      if element["href"] != nil { notes.lose("a link without an address that is safe") }
      return read(element.children, styles)
    }
    if isFile(element["href"] ?? "") { notes.media.append(trimmed(element["href"] ?? "")) }
    read(element.children, adding(.link(address), to: styles))
  }

  mutating func readImage(_ element: HTMLElement, _ styles: [Style]) {
    // Pictures that are loaded late have their address elsewhere.
    let source = ["data-src", "data-lazy-src", "data-original", "src"].lazy.compactMap { element[$0] }.first
    guard let address = source.map(trimmed)?.nonEmpty.flatMap({ options.address($0, .media) }) else {
      notes.lose("a picture without an address that is safe")
      return
    }
    notes.media.append(trimmed(source ?? ""))
    let words = singleSpaced(element["alt"] ?? "")
    guard options.isComment else {
      return line.append(Inline.Image(address: address, words: words), styles)
    }
    line.append(text: words.isEmpty ? address[...] : words[...], adding(.link(address), to: styles))
  }

  mutating func readCode(_ element: HTMLElement, _ styles: [Style]) {
    guard let text = textAlone(element.children) else { return keepAround(element, styles) }
    if element.name == "kbd" || element.name == "samp", !options.isComment {
      return keepAround(element, styles)
    }
    let code = singleSpaced(text)
    guard !code.isEmpty else { return line.append(text: text[...], styles) }
    if text.first?.isWhitespace ?? false { line.append(text: " ", styles) }
    line.append(code: code, styles)
    if text.last?.isWhitespace ?? false { line.append(text: " ", styles) }
  }

  /// Keeps the tags of an element around what becomes of its content.
  mutating func keepAround(_ element: HTMLElement, _ styles: [Style]) {
    let saysNothing = element.name == "abbr" || element.name == "acronym" ? element["title"] == nil : false
    guard !options.isComment, !saysNothing else { return read(element.children, styles) }
    notes.keep(element.name)
    let kind = Style.Kind.kept(open: tags.startTag(element), close: "</\(element.name)>")
    read(element.children, adding(kind, to: styles))
  }

  /// Keeps an element and all that is in it as HTML.
  mutating func keep(_ element: HTMLElement, _ styles: [Style]) {
    guard !options.isComment else {
      endParagraph()
      read(element.children, styles)
      return endParagraph()
    }
    notes.keep(element.name)
    endParagraph()
    let html = tags.block(element)
    if !html.isEmpty { blocks.append(.html(html)) }
  }

  mutating func readHeading(_ element: HTMLElement, _ styles: [Style]) {
    let inside = collect { $0.read(element.children, styles) }
    var lines: [Inline] = []
    let level = Int(element.name.dropFirst()) ?? 2
    var result: [Block] = []
    for block in inside {
      if case .paragraph(let part) = block {
        if !lines.isEmpty { lines.append(.text(" ")) }
        lines += part.map { if case .lineBreak = $0 { .text(" ") } else { $0 } }
      } else {
        // A heading can hold nothing else: it ends here, and goes on behind it.
        if !lines.isEmpty { result.append(.heading(level, withoutBreaks(lines))) }
        lines = []
        result.append(block)
      }
    }
    if !lines.isEmpty { result.append(.heading(level, withoutBreaks(lines))) }
    blocks += result
  }

  func withoutBreaks(_ lines: [Inline]) -> [Inline] {
    lines.map { inline in
      switch inline {
      case .lineBreak: .text(" ")
      case .styled(let kind, let inside): .styled(kind, withoutBreaks(inside))
      default: inline
      }
    }
  }

  mutating func readPreformatted(_ element: HTMLElement, _ styles: [Style]) {
    if element["class"]?.contains("verse") ?? false { return readVerse(element, styles) }
    guard let text = textAlone(element.children) else { return keep(element, styles) }
    var code = text.replacing("\r", with: "")
    if code.utf8.first == 0x0A { code.removeFirst() }
    while let last = code.last, last.isWhitespace { code.removeLast() }
    endParagraph()
    guard !code.isEmpty else { return }
    let language = language(of: element)
    blocks.append(
      options.isComment ? .code(code, language: language) : .verbatim(code, language: language))
  }

  /// A poem: its lines are lines.
  mutating func readVerse(_ element: HTMLElement, _ styles: [Style]) {
    endParagraph()
    let former = options.breaksLines
    options.breaksLines = true
    read(element.children, styles)
    endParagraph()
    options.breaksLines = former
  }

  func language(of element: HTMLElement) -> String {
    var classes = element["class"] ?? ""
    for case .element(let code) in element.children where code.name == "code" {
      classes += " " + (code["class"] ?? "")
    }
    let names = classes.split(separator: " ").lazy.compactMap { name -> Substring? in
      for prefix in ["language-", "lang-", "brush:"] where name.hasPrefix(prefix) {
        return name.dropFirst(prefix.count)
      }
      return nil
    }
    return String(names.first ?? "").filter {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+#-".contains($0))
    }
  }

  /// The text of `nodes`, if nothing in them would be lost by taking it alone.
  func textAlone(_ nodes: [HTMLNode]) -> String? {
    var result = ""
    for node in nodes {
      switch node {
      case .text(let text): result += text
      case .comment: break
      case .element(let element):
        switch element.name {
        case "br": result += "\n"
        case "code", "span", "tt", "font":
          guard let text = textAlone(element.children) else { return nil }
          result += text
        default: return nil
        }
      }
    }
    return result
  }
}
