import SourceText

/// A heading whose text is being read.
struct OpenHeading {
  var level: Int
  var range: ByteRange
  /// Where it begins in the HTML, in the plain text and among the slots.
  var htmlStart: Int
  var plainStart: Int
  var slotStart: Int
}

extension HTMLRenderer {
  mutating func openHeading(_ node: CMarkNode) {
    startLine()
    let level = node.headingLevel
    heading = OpenHeading(
      level: level, range: block, htmlStart: html.count, plainStart: plain.count,
      slotStart: document.slots.count)
    html.append(static: "<h")
    html.append(level)
    html.append(byte: 0x3E)
  }

  mutating func closeHeading() {
    guard let heading else { return }
    self.heading = nil
    let text = plain.bytes[heading.plainStart...]
    var id = ""
    if options.extensions.contains(.headingAnchors) {
      id = unique(slug(text))
      let attribute = " id=\"\(id)\""
      let place = heading.htmlStart + 3
      html.bytes.insert(contentsOf: attribute.utf8, at: place)
      for index in heading.slotStart..<document.slots.count {
        document.slots[index].offset += attribute.utf8.count
      }
      document.anchors.append(id)
      html.append(static: " ")
      openGeneratedLink(to: "#" + id, at: heading.range)
      html.append(static: " class=\"anchor\" aria-label=\"")
      html.append(options.words.headingAnchor, escaping: .commonMark)
      html.append(static: "\">#</a>")
    }
    html.append(static: "</h")
    html.append(heading.level)
    html.append(byte: 0x3E)
    document.outline.append(
      Heading(
        level: heading.level, id: id, text: String(decoding: text, as: UTF8.self), range: heading.range,
        htmlRange: heading.htmlStart..<html.count))
    html.append(byte: 0x0A)
    endPlainBlock()
  }

  /// Writes `<a href="…"`, up to the further attributes, for a link of our own.
  mutating func openGeneratedLink(to destination: String, at range: ByteRange) {
    html.append(static: "<a href=\"")
    if options.extensions.contains(.localLinks) {
      document.slots.append(Slot(offset: html.count, fill: .link(document.links.count)))
    } else {
      html.appendURL(destination)
    }
    html.append(byte: 0x22)
    document.links.append(
      LinkReference(destination: destination, range: range, isExternal: false, isGenerated: true))
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
func slug(_ text: some Sequence<UInt8>) -> String {
  var result = ""
  for scalar in String(decoding: Array(text), as: UTF8.self).unicodeScalars {
    switch scalar.value {
    case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: result.unicodeScalars.append(scalar)
    case 0x41...0x5A: result += scalar.properties.lowercaseMapping
    case 0x20: result += "-"
    case 0..<0x80: break
    default:
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
        .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber,
        .connectorPunctuation:
        result += scalar.properties.lowercaseMapping
      default: break
      }
    }
  }
  return result.isEmpty ? "section" : result
}
