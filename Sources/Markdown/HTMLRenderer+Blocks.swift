import SourceText

extension HTMLRenderer {
  /// Ends the line in the HTML, if one is begun.
  mutating func startLine() {
    if let last = html.bytes.last, last != 0x0A { html.append(byte: 0x0A) }
  }

  /// Ends the line in the plain text, if one is begun.
  mutating func endPlainBlock() {
    while plain.bytes.last == 0x20 { plain.bytes.removeLast() }
    if let last = plain.bytes.last, last != 0x0A { plain.append(byte: 0x0A) }
  }

  /// The lines of `node` in the source.
  func lineRange(of node: CMarkNode) -> ByteRange {
    let first = node.startLine - 1
    let last = max(first, min(node.endLine, lines.count) - 1)
    guard lines.indices.contains(first), lines.indices.contains(last) else { return ByteRange(at: 0) }
    return ByteRange(Int(lines[first].lowerBound), Int(lines[last].upperBound))
  }

  mutating func enterBlock(_ node: CMarkNode) {
    block = lineRange(of: node)
    destinationCursor = Int(block.lowerBound)
    blockPlainStart = plain.count
  }

  // MARK: - Paragraphs

  mutating func openParagraph(_ node: CMarkNode, in tree: inout CMarkTree) {
    enterBlock(node)
    if !survey.unspacedHashes.isEmpty { reportUnspacedHeadings() }
    if !survey.reversedLinks.isEmpty { reportReversedLinks() }
    if !survey.bullets.isEmpty { reportTypedBullets() }
    if mayHoldTables, node.endLine > node.startLine, appendTable(node) {
      tree.skip(node)
      return
    }
    if block.lowerBound < source.count, source[Int(block.lowerBound)] == 0x7C { reportRowsWithoutDashes() }
    // A paragraph of a tight list has no tags of its own.
    if let list = node.parent?.parent, list.kind == .list, list.isTight {
      blockForm = .tight
      return
    }
    startLine()
    switch appendEmbed(node) {
    case .whole:
      tree.skip(node)
      endPlainBlock()
    case .figure: blockForm = .figure
    case .paragraph:
      if isFigure(node) {
        blockForm = .figure
        html.append(static: "<figure>")
      } else {
        blockForm = .plain
        html.append(static: "<p>")
      }
    }
  }

  mutating func closeParagraph(_ node: CMarkNode) {
    strikes.removeAll(keepingCapacity: true)
    switch blockForm {
    case .plain:
      html.append(static: "</p>\n")
      if !isPart, excerpt.count <= excerptLimit, plain.count > blockPlainStart,
        node.parent?.kind == .document
      {
        if excerpt.count > 0 { excerpt.append(byte: 0x20) }
        excerpt.append(plain.bytes[blockPlainStart...])
      }
    case .figure:
      appendCaption()
      html.append(static: "</figure>\n")
    case .tight: break
    }
    endPlainBlock()
  }

  // MARK: - Lists

  mutating func openList(_ node: CMarkNode) {
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

  mutating func openItem(_ node: CMarkNode) {
    startLine()
    guard let isDone = taskState(of: node) else {
      html.append(static: "<li>")
      return
    }
    // `[ ]` is written with the text that it begins.
    html.append(isForSite ? "<li class=\"task\">" : "<li>")
    pendingTask = isDone
  }

  /// Whether the item is a task, and whether that is done.
  private func taskState(of item: CMarkNode) -> Bool? {
    guard survey.features.contains(.tasks), options.extensions.contains(.taskLists),
      let text = item.firstChild?.firstChild, text.kind == .text, item.firstChild?.kind == .paragraph
    else { return nil }
    return text.withLiteral { text in
      guard text.count > 3, text[0] == 0x5B, text[2] == 0x5D, text[3].isSpace else { return nil }
      switch text[1] {
      case 0x20: return false
      case 0x58, 0x78: return true
      default: return nil
      }
    }
  }

  /// Writes the box of a task, for which the first three bytes of the text stood.
  mutating func appendTaskBox(isDone: Bool) {
    if isForSite {
      html.append(static: "<input type=\"checkbox\" disabled")
      if isDone { html.append(static: " checked") }
      html.append(static: " aria-label=\"")
      html.append(escaped: isDone ? options.words.taskDone : options.words.taskToDo)
      html.append(static: "\" />")
    } else {
      html.append(static: "<input ")
      if isDone { html.append(static: "checked=\"\" ") }
      html.append(static: "disabled=\"\" type=\"checkbox\">")
    }
  }

  // MARK: - Code

  mutating func appendCodeBlock(_ node: CMarkNode) {
    startLine()
    reportUnclosedFence(node)
    node.withInfo { info in
      guard !info.isEmpty else {
        html.append(static: "<pre><code>")
        reportIndentedProse(node)
        return
      }
      let info = text.standIns?.restored(info) ?? info.array
      html.append(static: "<pre><code class=\"language-")
      html.append(info.prefix { !$0.isSpace }, escaping: .commonMark)
      html.append(static: "\">")
    }
    appendCode(node)
    html.append(static: "</code></pre>\n")
    endPlainBlock()
  }

  /// The literal of `node`, escaped, in the HTML and in the plain text.
  mutating func appendCode(_ node: CMarkNode) {
    node.withLiteral { literal in
      if let standIns = text.standIns {
        let code = standIns.restored(literal, isCode: true)
        html.append(escaped: code.span)
        plain.append(code)
      } else {
        html.append(escaped: literal)
        plain.append(literal)
      }
    }
  }
}
