import SourceText

/// A tag in the text that nothing has ended yet.
struct OpenTag {
  /// In lower case.
  let name: String
  let range: ByteRange
}

extension HTMLRenderer {
  private static let openTagLimit = 100

  /// Takes note of the start tag `tag` of the element `name`, if it is one that has to be ended; it stands behind
  /// `cursor`.
  mutating func opens(_ name: String, by tag: Span<UInt8>, from cursor: Int) {
    guard isProofread, tag.count > 2, tag[tag.count - 2] != 0x2F, pairedElements.contains(name) else {
      return
    }
    guard openTags.count < Self.openTagLimit else { return }
    let after = destinationCursor
    destinationCursor = cursor
    openTags.append(OpenTag(name: name, range: locate(tag, isBare: true)))
    destinationCursor = max(destinationCursor, after)
  }

  /// Takes note of the end tag that may begin at `start`.
  mutating func closes(_ text: Span<UInt8>, at start: Int) {
    // Where there are more than anybody would open, no text was written by hand, and nothing is looked for any more.
    guard !openTags.isEmpty, openTags.count < Self.openTagLimit, text.has("/", at: start + 1) else { return }
    var end = start + 2
    while end < text.count, text[end].isLetter || text[end].isDigit { end += 1 }
    let name = text.extracting((start + 2)..<end).string.lowercased()
    if let index = openTags.lastIndex(where: { $0.name == name }) { openTags.remove(at: index) }
  }

  /// Reports the tags that nothing in the text ends.
  mutating func reportUnclosedTags() {
    guard openTags.count < Self.openTagLimit else { return }
    for tag in openTags { report(.unclosedTag(tag.name, at: location(tag.range))) }
  }
}

/// Elements that go on until an end tag, in every browser.
private let pairedElements: Set<String> = [
  "a", "abbr", "article", "aside", "audio", "b", "big", "blockquote", "button", "center", "cite", "code",
  "del",
  "details", "dfn", "div", "dl", "em", "fieldset", "figcaption", "figure", "font", "footer", "form", "h1",
  "h2",
  "h3", "h4", "h5", "h6", "header", "i", "iframe", "ins", "kbd", "label", "mark", "nav", "ol", "pre", "q",
  "s",
  "samp", "script", "section", "select", "small", "span", "strike", "strong", "style", "sub", "summary",
  "sup",
  "table", "textarea", "u", "ul", "var", "video",
]

extension Diagnostic {
  fileprivate static func unclosedTag(_ name: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-tag",
      "no </\(name)> in this text ends this, so that it goes on through the rest of the page", at: location,
      fix: "write </\(name)> where it ends, or \\<\(name)> to show the tag itself")
  }
}
