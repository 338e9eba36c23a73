import SourceText

/// A heading whose text is being read.
struct OpenHeading {
  var level: Int
  /// Where it begins in the HTML and among the slots.
  var htmlStart: Int
  var slotStart: Int
}

extension HTMLRenderer {
  mutating func openHeading(_ node: CMarkNode) {
    startLine()
    enterBlock(node)
    blockForm = .plain
    let level = node.headingLevel
    if level == 2 { reportFrontMatter(below: node) }
    heading = OpenHeading(level: level, htmlStart: html.count, slotStart: document.slots.count)
    guard !options.isUntrusted else {
      html.append(static: "<p><strong>")
      return
    }
    html.append(static: "<h")
    html.append(level)
    html.append(byte: 0x3E)
  }

  mutating func closeHeading() {
    guard let heading else { return }
    reportHeadingByDashes()
    self.heading = nil
    strikes.removeAll(keepingCapacity: true)
    if options.isUntrusted {
      // The headings of a page are its author's.
      html.append(static: "</strong></p>\n")
      endPlainBlock()
      return
    }
    var id = ""
    if options.extensions.contains(.headingAnchors) {
      id = takeExplicitID() ?? unique(slug(plain.bytes[blockPlainStart...]))
      let attribute = " id=\"\(id)\""
      let place = heading.htmlStart + 3
      html.bytes.insert(contentsOf: attribute.utf8, at: place)
      for index in heading.slotStart..<document.slots.count {
        document.slots[index].offset += attribute.utf8.count
      }
      document.anchors.append(id)
      html.append(byte: 0x20)
      openGeneratedLink(to: "#" + id, at: block)
      html.append(static: " class=\"anchor\" aria-label=\"")
      html.append(escaped: options.words.headingAnchor)
      html.append(static: "\">#</a>")
    }
    html.append(static: "</h")
    html.append(heading.level)
    html.append(byte: 0x3E)
    document.outline.append(
      Heading(
        level: heading.level, id: id,
        text: String(decoding: plain.bytes[blockPlainStart...], as: UTF8.self), range: block,
        htmlRange: heading.htmlStart..<html.count))
    html.append(byte: 0x0A)
    endPlainBlock()
  }

  // MARK: - Ids

  /// Takes ` {#id}` off the end of the heading, if it ends so.
  private mutating func takeExplicitID() -> String? {
    let text = plain.bytes[blockPlainStart...]
    guard text.last == 0x7D, let open = text.lastIndex(of: 0x7B), open + 2 < text.endIndex - 1,
      text[open + 1] == 0x23
    else { return nil }
    let id = text[(open + 2)..<(text.endIndex - 1)]
    guard id.allSatisfy({ $0.isLetter || $0.isDigit || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E || $0 >= 0x80 })
    else { return nil }
    // Nothing in it is escaped in HTML, so that both texts end with the same bytes.
    let end = text[open...]
    guard html.bytes.suffix(end.count) == end else { return nil }
    let result = String(decoding: id, as: UTF8.self)
    html.bytes.removeLast(end.count)
    plain.bytes.removeLast(end.count)
    while html.bytes.last == 0x20 { html.bytes.removeLast() }
    while plain.count > blockPlainStart, plain.bytes.last == 0x20 { plain.bytes.removeLast() }
    reserve(result, at: block)
    return result
  }

  /// Takes note of an id that the author chose.
  mutating func reserve(_ id: String, at range: ByteRange) {
    if ids[id] == nil {
      ids[id] = 1
    } else {
      report(.duplicateID(id, at: location(range)))
    }
  }

  /// `id`, or `id-1`, `id-2` and so on, whichever is not taken yet; it is then.
  mutating func unique(_ id: String) -> String {
    guard var number = ids[id] else {
      ids[id] = 1
      return id
    }
    while ids["\(id)-\(number)"] != nil { number += 1 }
    ids[id] = number + 1
    let result = "\(id)-\(number)"
    ids[result] = 1
    return result
  }
}

/// The id that GitHub would give a heading with this text: letters in lower case, digits, `_` and `-`, with
/// `-` for spaces, and nothing else; `section` if nothing is left.
func slug(_ text: ArraySlice<UInt8>) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  var index = text.startIndex
  while index < text.endIndex {
    let byte = text[index]
    index += 1
    switch byte {
    case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: result.append(byte)
    case 0x41...0x5A: result.append(byte | 0x20)
    case 0x20: result.append(0x2D)
    case 0..<0x80: break
    default:
      let start = index - 1
      while index < text.endIndex, text[index] & 0xC0 == 0x80 { index += 1 }
      for scalar in String(decoding: text[start..<index], as: UTF8.self).unicodeScalars {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
          .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
          .connectorPunctuation:
          result.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
        default: break
        }
      }
    }
  }
  return result.isEmpty ? "section" : String(decoding: result, as: UTF8.self)
}

extension Diagnostic {
  fileprivate static func duplicateID(_ id: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/duplicate-id", "the id '\(id)' is used more than once, so that links reach the first only",
      at: location, fix: "choose another id")
  }
}
