import SourceText
import XML

/// Writes HTML that Markdown passes on as it is: without blank lines, and without anything that runs.
struct KeptHTML {
  /// What an address in it becomes; `nil` leaves its attribute out.
  let address: @Sendable (String, AddressUse) -> String?
  /// What was left out.
  private(set) var notes = ConversionNotes()
  private var text = ByteBuffer()

  init(address: @escaping @Sendable (String, AddressUse) -> String?) { self.address = address }

  /// Elements without content, which have no end tag.
  static let voids: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ]

  /// Elements that would run, load style or speak to machines, and are not brought over.
  static let dropped: Set<String> = [
    "script", "style", "link", "meta", "base", "noscript", "template", "title", "head", "plaintext",
    "noembed",
    "noframes", "xmp", "frameset", "frame",
  ]

  /// The elements at whose start tag Markdown takes what follows for HTML up to the next blank line.
  private static let blocks: Set<String> = [
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset",
    "figure", "footer", "form", "header", "iframe", "main", "menu", "nav", "ol", "p", "section", "table",
    "ul",
  ]

  /// The element with everything in it, as a block of its own.
  mutating func block(_ element: HTMLElement) -> String {
    text.removeAll()
    let isBlock = Self.blocks.contains(element.name)
    if !isBlock { text.append("<div>") }
    write(element, isPreformatted: false)
    if !isBlock { text.append("</div>") }
    return written(brackets: 300)
  }

  /// The element with everything in it, as a part of a line.
  mutating func inline(_ element: HTMLElement) -> String {
    text.removeAll()
    write(element, isPreformatted: true)
    return written(brackets: 0)
  }

  /// The start tag of the element.
  mutating func startTag(_ element: HTMLElement) -> String {
    text.removeAll()
    writeStartTag(element)
    return written(brackets: 0)
  }

  /// What was written; with more `[` than so many, as Markdown counts them for nested links in HTML, too, by their number.
  private func written(brackets limit: Int) -> String {
    let count = text.bytes.reduce(into: 0) { if $1 == 0x5B { $0 += 1 } }
    return count > limit ? text.string.replacing("[", with: "&#91;") : text.string
  }

  private mutating func write(_ element: HTMLElement, isPreformatted: Bool) {
    guard !Self.dropped.contains(element.name), isName(element.name) else {
      notes.lose("<\(element.name.prefix(40))>")
      return
    }
    writeStartTag(element)
    guard !Self.voids.contains(element.name) else { return }
    let isPreformatted = isPreformatted || element.name == "pre" || element.name == "textarea"
    for child in element.children {
      switch child {
      case .element(let element): write(element, isPreformatted: isPreformatted)
      case .text(let text): write(text, isPreformatted: isPreformatted)
      case .comment: break
      }
    }
    text.append("</\(element.name)>")
  }

  private mutating func writeStartTag(_ element: HTMLElement) {
    text.append("<\(element.name)")
    for attribute in element.attributes {
      guard isName(attribute.name) else { continue }
      if attribute.name.hasPrefix("on") || attribute.name == "srcdoc" || runsScript(attribute.value) {
        notes.lose("\(attribute.name)=")
        continue
      }
      var value = attribute.value
      switch attribute.name {
      case "src", "poster", "data":
        guard let address = address(value, .keptMedia) else { continue }
        notes.media.append(trimmed(value))
        value = address
      case "href", "action", "cite":
        if isFile(value) { notes.media.append(trimmed(value)) }
        guard let address = address(value, .keptLink) else { continue }
        value = address
      case "srcset", "sizes":
        // Other sizes of a picture are the old site's; the picture is there.
        notes.lose("\(attribute.name)=")
        continue
      default: break
      }
      text.append(" \(attribute.name)=\"")
      for byte in value.utf8 {
        switch byte {
        case 0x22: text.append("&quot;")
        case 0x26: text.append("&amp;")
        case 0x3C: text.append("&lt;")
        case 0x3E: text.append("&gt;")
        case 0x09, 0x0A, 0x0D: text.append("&#\(byte);")
        default: text.append(byte: byte)
        }
      }
      text.append(byte: 0x22)
    }
    text.append(byte: 0x3E)
  }

  private mutating func write(_ words: String, isPreformatted: Bool) {
    for byte in words.utf8 {
      switch byte {
      case 0x0A, 0x0D, 0x0B, 0x0C:
        if isPreformatted {
          if byte == 0x0A { text.append("&#10;") }
        } else if text.bytes.last != 0x0A {
          text.append(byte: 0x0A)
        }
      case 0x20, 0x09: if isPreformatted || text.bytes.last != 0x0A { text.append(byte: 0x20) }
      case 0x26: text.append("&amp;")
      case 0x3C: text.append("&lt;")
      case 0x3E: text.append("&gt;")
      default: text.append(byte: byte)
      }
    }
  }

  /// Names that could be read as something else are not written.
  private func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || [0x2D, 0x5F, 0x3A].contains(byte)
      } && name.utf8.first.map { (0x61...0x7A).contains($0 | 0x20) } ?? false
  }

  /// Whether a browser could take a part of `value` for an address that runs something.
  private func runsScript(_ value: String) -> Bool {
    let letters = value.utf8.filter { $0 > 0x20 && $0 != 0x7F }.map {
      (0x41...0x5A).contains($0) ? $0 | 0x20 : $0
    }
    let text = String(decoding: letters, as: UTF8.self)
    return text.contains("javascript:") || text.contains("vbscript:") || text.contains("data:text")
      || text.contains("data:application") || text.contains("data:image/svg")
  }
}

/// Whether a link leads to a file that was uploaded.
func isFile(_ address: String) -> Bool { address.contains("/uploads/") }
