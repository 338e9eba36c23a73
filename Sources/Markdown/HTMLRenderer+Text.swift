import SourceText

/// A `~~` that may begin something struck out.
struct OpenStrike {
  /// Where it stands in the HTML, in the plain text and among the slots.
  var html: Int
  var plain: Int
  var slots: Int
  /// How many emphases and links are open around it.
  var depth: Int
}

extension HTMLRenderer {
  mutating func appendText(_ node: CMarkNode) {
    if let isDone = pendingTask {
      pendingTask = nil
      appendTaskBox(isDone: isDone)
      textSkip = 3
    }
    node.withLiteral { literal in
      if let standIns = text.standIns {
        append(standIns.restored(literal, escapesRemain: true).span, of: node)
      } else {
        append(literal, of: node)
      }
    }
  }

  /// Writes `text` with what is to be found in it: what HTML has to escape, bare links, `~~`, notes.
  private mutating func append(_ text: Span<UInt8>, of node: CMarkNode) {
    let start = min(textSkip, text.count)
    textSkip = 0
    let marks = marks
    let escapeLead = escapeLead
    var done = start
    var index = start
    while index < text.count {
      index = text.endOfCommonRun(from: index)
      guard index < text.count else { break }
      let byte = text[index]
      guard marks.contains(byte) || byte == escapeLead else {
        index += 1
        continue
      }
      switch byte {
      case 0x26, 0x3C, 0x3E, 0x22:
        appendPlain(text.extracting(done..<index))
        appendEscaped(byte)
        done = index + 1
      case 0x7E:
        var end = index + 1
        while end < text.count, text[end] == 0x7E { end += 1 }
        if end - index == 2, linkDepth == 0 || !isAutolink(node) {
          appendPlain(text.extracting(done..<index))
          let before = index > start ? Flank(before: index, in: text) : Flank(before: node, skipped: start)
          let after = end < text.count ? Flank(at: end, in: text) : Flank(behind: node)
          appendStrike(before: before, after: after)
          done = end
        }
        index = end
        continue
      case 0x5B:
        if let end = endOfNoteReference(in: text, at: index) {
          appendPlain(text.extracting(done..<index))
          done = index
          guard appendNoteReference(text.extracting((index + 2)..<(end - 1))) else { break }
          done = end
          index = end
          continue
        }
      case 0x2A:
        var end = index + 1
        while end < text.count, text[end] == 0x2A { end += 1 }
        if end - index == 2 { reportUnclosedBold(text, index..<end, from: start, of: node) }
        index = end
        continue
      case 0x5D:
        if text.has("(", at: index + 1) || text.has(" (http", at: index + 1) { reportBrokenDestinations() }
      case 0x3A, 0x2E, 0x40:
        guard linkDepth == 0 else { break }
        let link =
          byte == 0x3A
          ? BareLink.url(in: text, around: index, from: done)
          : byte == 0x2E
            ? BareLink.www(in: text, at: index, from: done)
            : BareLink.address(in: text, around: index, from: done)
        guard let link else { break }
        appendPlain(text.extracting(done..<link.range.lowerBound))
        appendBareLink(text.extracting(link.range), prefix: link.prefix)
        done = link.range.upperBound
        index = done
        continue
      default:
        if let escaped = self.text.standIns?.escape(in: text, at: index) {
          appendPlain(text.extracting(done..<index))
          html.append(byte: escaped)
          plain.append(byte: escaped)
          done = index + 2
          index = done
          continue
        }
      }
      index += 1
    }
    appendPlain(text.extracting(done..<text.count))
  }

  /// Writes text in which nothing is to be escaped.
  private mutating func appendPlain(_ text: Span<UInt8>) {
    guard !text.isEmpty else { return }
    html.append(text)
    // A block of plain text does not begin with a space, as it would behind the box of a task.
    if text[0] == 0x20, plain.bytes.last ?? 0x0A == 0x0A {
      plain.append(text.extracting(droppingFirst: 1))
    } else {
      plain.append(text)
    }
  }

  private mutating func appendEscaped(_ byte: UInt8) {
    switch byte {
    case 0x26: html.append(static: "&amp;")
    case 0x3C: html.append(static: "&lt;")
    case 0x3E: html.append(static: "&gt;")
    default: html.append(static: "&quot;")
    }
    plain.append(byte: byte)
  }

  // MARK: - Struck out

  /// Whether `text` is that of a link which shows its own destination, so that nothing in it is markup.
  private func isAutolink(_ text: CMarkNode) -> Bool {
    guard text.previous == nil, text.next == nil, let link = text.parent, link.kind == .link else {
      return false
    }
    return link.withURL { url in
      text.withLiteral { literal in
        literal.count == url.count && literal.indices.allSatisfy { literal[$0] == url[$0] }
      }
    }
  }

  private mutating func appendStrike(before: Flank, after: Flank) {
    let canOpen = after != .space && (after != .punctuation || before != .other)
    let canClose = before != .space && (before != .punctuation || after != .other)
    if canClose, let open = strikes.last, open.depth == inlineDepth {
      strikes.removeLast()
      html.bytes.replaceSubrange(open.html..<(open.html + 2), with: "<del>".utf8)
      plain.bytes.removeSubrange(open.plain..<(open.plain + 2))
      for index in open.slots..<document.slots.count { document.slots[index].offset += 3 }
      html.append(static: "</del>")
      return
    }
    // Each one that is closed moves what stands behind it; a bound on their number bounds the moving.
    if canOpen, strikes.count < 64 {
      strikes.append(
        OpenStrike(html: html.count, plain: plain.count, slots: document.slots.count, depth: inlineDepth))
    }
    html.append(static: "~~")
    plain.append(static: "~~")
  }
}

/// What stands beside a delimiter, as CommonMark distinguishes it.
enum Flank {
  case space, punctuation, other

  /// What stands before `index`.
  init(before index: Int, in text: Span<UInt8>) {
    var start = index - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    self.init(at: start, in: text)
  }

  /// What stands at `index`.
  init(at index: Int, in text: Span<UInt8>) {
    let byte = text[index]
    guard byte >= 0x80 else {
      self = byte.isSpace ? .space : byte.isPunctuation ? .punctuation : .other
      return
    }
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    let scalar = text.extracting(index..<end).string.unicodeScalars.first ?? " "
    switch scalar.properties.generalCategory {
    case .spaceSeparator: self = .space
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation:
      self = .punctuation
    default: self = .other
    }
  }

  /// What stands before the text of `node`.
  init(before node: CMarkNode, skipped: Int) {
    switch skipped > 0 ? .softBreak : node.previous?.kind {
    case .softBreak, .lineBreak: self = .space
    case nil: self = Flank(edgeOf: node)
    default: self = .punctuation
    }
  }

  /// What stands behind the text of `node`.
  init(behind node: CMarkNode) {
    switch node.next?.kind {
    case .softBreak, .lineBreak: self = .space
    case nil: self = Flank(edgeOf: node)
    default: self = .punctuation
    }
  }

  private init(edgeOf node: CMarkNode) {
    switch node.parent?.kind {
    case .paragraph, .heading, nil: self = .space
    default: self = .punctuation
    }
  }
}
