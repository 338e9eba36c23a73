import SourceText

extension HTMLRenderer {
  /// The index behind the `]` of the `[^label]` at `start`, if one is there.
  func endOfNoteReference(in text: Span<UInt8>, at start: Int) -> Int? {
    guard start + 3 < text.count, text[start + 1] == 0x5E else { return nil }
    var index = start + 2
    while index < text.count, text[index] != 0x5D {
      if text[index] <= 0x20 || text[index] == 0x5B { return nil }
      index += 1
    }
    return index < text.count && index > start + 2 ? index + 1 : nil
  }

  /// Writes the number of the note with this label, as a link to it; or nothing, if there is no such note.
  mutating func appendNoteReference(_ label: Span<UInt8>) -> Bool {
    guard let index = definition(of: label) else {
      report(
        .undefinedNote(
          label.string, at: location(locateNoteReference(label)),
          fix: didYouMean(label.string, among: notes.definitions.map(\.label))))
      return false
    }
    // A link cannot hold another.
    if linkDepth > 0 {
      report(.noteInLink(at: location(locateNoteReference(label))))
      return false
    }
    let name = slug(Array(notes.definitions[index].label.utf8)[...])
    if notes.definitions[index].number == 0 {
      notes.order.append(index)
      notes.definitions[index].number = notes.order.count
      notes.definitions[index].id = unique("fn-" + name)
    }
    let count = notes.definitions[index].references.count
    let id = unique("fnref-" + name + (count > 0 ? "-\(count + 1)" : ""))
    notes.definitions[index].references.append(id)
    document.anchors.append(id)
    html.append(static: "<sup class=\"footnote-ref\">")
    openGeneratedLink(to: "#" + notes.definitions[index].id, at: locateNoteReference(label))
    html.append(static: " id=\"")
    html.append(id)
    html.append(static: "\" role=\"doc-noteref\">")
    html.append(notes.definitions[index].number)
    html.append(static: "</a></sup>")
    return true
  }

  private func definition(of label: Span<UInt8>) -> Int? {
    guard !notes.definitions.isEmpty else { return nil }
    let key = Footnotes.key(label.string)
    if let index = notes.indices[key] { return index }
    guard options.smartPunctuation else { return nil }
    // What typographic punctuation has become of a label.
    var typed = ""
    for scalar in key.unicodeScalars {
      switch scalar {
      case "\u{2019}", "\u{2018}": typed += "'"
      case "\u{201C}", "\u{201D}": typed += "\""
      case "\u{2013}": typed += "--"
      case "\u{2014}": typed += "---"
      case "\u{2026}": typed += "..."
      default: typed.unicodeScalars.append(scalar)
      }
    }
    return notes.indices[typed]
  }

  private mutating func locateNoteReference(_ label: Span<UInt8>) -> ByteRange {
    var reference: [UInt8] = [0x5B, 0x5E]
    reference += label.array
    reference.append(0x5D)
    return locate(reference.span, isBare: true)
  }

  // MARK: - Notes

  /// Writes the notes that were referred to, those of notes included, and reports what is amiss with the
  /// others.
  mutating func appendNotes() {
    for duplicate in notes.duplicates {
      report(.duplicateNote(duplicate.label, at: location(duplicate.range)))
    }
    if !notes.order.isEmpty {
      startLine()
      html.append(static: "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"")
      html.append(escaped: options.words.footnotes)
      html.append(static: "\">\n<ol>\n")
      var next = 0
      while next < notes.order.count {
        appendNote(notes.order[next])
        next += 1
      }
      html.append(static: "</ol>\n</section>\n")
    }
    document.footnoteCount = notes.order.count
    for definition in notes.definitions where definition.number == 0 {
      report(.unusedNote(definition.label, at: location(definition.range)))
    }
  }

  private mutating func appendNote(_ index: Int) {
    let definition = notes.definitions[index]
    html.append(static: "<li id=\"")
    html.append(definition.id)
    html.append(static: "\">\n")
    document.anchors.append(definition.id)
    var part: [UInt8] = []
    for line in definition.lines { part += text.bytes[line] }
    let lines = definition.lines.map { ByteRange($0.lowerBound, $0.upperBound) }
    part.append(0x0A)
    part.append(0x0A)
    let words = part
    part += definitionLines(for: words)
    renderPart(part, lines: lines) { renderer, tree in
      renderer.renderBlocks(&tree, upToLine: lines.count)
    }
    // The way back stands at the end of the note's last paragraph.
    let end = Array("</p>\n".utf8)
    let isInParagraph = html.bytes.suffix(end.count).elementsEqual(end)
    if isInParagraph {
      html.bytes.removeLast(end.count)
    } else {
      startLine()
      html.append(static: "<p>")
    }
    appendBackReferences(of: notes.definitions[index], isInParagraph: isInParagraph)
    html.append(static: "</p>\n</li>\n")
  }

  /// Writes the blocks of `tree` that begin on the first `count` lines.
  private mutating func renderBlocks(_ tree: inout CMarkTree, upToLine count: Int) {
    while let step = tree.next() {
      switch step {
      case .enter(let node):
        if node.kind != .document, node.startLine > count, node.parent?.kind == .document { return }
        enter(node, in: &tree)
      case .exit(let node): exit(node)
      }
    }
  }

  private mutating func appendBackReferences(of definition: Footnotes.Definition, isInParagraph: Bool) {
    for (index, reference) in definition.references.enumerated() {
      if index > 0 || isInParagraph { html.append(byte: 0x20) }
      openGeneratedLink(to: "#" + reference, at: definition.range)
      html.append(static: " class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"")
      html.append(escaped: options.words.backReference)
      if index > 0 {
        html.append(byte: 0x20)
        html.append(index + 1)
      }
      // U+FE0E keeps the arrow from being shown as a picture.
      html.append(static: "\">\u{21A9}\u{FE0E}")
      if index > 0 {
        html.append(static: "<sup>")
        html.append(index + 1)
        html.append(static: "</sup>")
      }
      html.append(static: "</a>")
    }
  }
}

extension Diagnostic {
  fileprivate static func undefinedNote(_ label: String, at location: Location, fix: String?) -> Diagnostic {
    .warning(
      "markdown/undefined-footnote", "there is no note '\(label)'", at: location,
      fix: fix ?? "add a line '[^\(label)]: …' at the end")
  }

  fileprivate static func unusedNote(_ label: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/unused-footnote", "nothing refers to the note '\(label)', so it is left out", at: location,
      fix: "write [^\(label)] where it belongs")
  }

  fileprivate static func duplicateNote(_ label: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/duplicate-footnote", "there is another note '\(label)' before this one, which is left out",
      at: location, fix: "choose another label")
  }

  fileprivate static func noteInLink(at location: Location) -> Diagnostic {
    .warning(
      "markdown/footnote-in-link", "a note cannot be referred to inside a link", at: location,
      fix: "move it behind the link")
  }
}
