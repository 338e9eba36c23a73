import SourceText

extension HTMLRenderer {
  /// Writes a block of HTML: as it is, or as a paragraph of the text that was typed.
  mutating func appendHTMLBlock(_ node: CMarkNode) {
    guard options.rawHTML == .escape else {
      appendHTML(node)
      return
    }
    html.append(static: "<p>")
    appendHTML(node)
    while html.bytes.last == 0x0A { html.bytes.removeLast() }
    html.append(static: "</p>")
    endPlainBlock()
  }

  /// Writes the HTML of `node`: as it is, or as the text that was typed.
  mutating func appendHTML(_ node: CMarkNode) {
    node.withLiteral { literal in
      if let standIns = text.standIns {
        appendHTML(standIns.restored(literal, isCode: true).span)
      } else {
        appendHTML(literal)
      }
    }
  }

  private mutating func appendHTML(_ text: Span<UInt8>) {
    switch options.rawHTML {
    case .escape:
      html.append(escaped: text)
      plain.append(text)
    case .passThrough where options.extensions.contains(.tagFilter): appendFilteringTags(text)
    case .passThrough where isForSite: appendFindingPlaces(text)
    case .passThrough: html.append(text)
    }
  }

  // MARK: - The tag filter

  /// Writes `text` with the tags disarmed that change how a browser reads what follows them.
  private mutating func appendFilteringTags(_ text: Span<UInt8>) {
    var done = 0
    for index in 0..<text.count where text[index] == 0x3C && isFilteredTag(in: text, at: index) {
      html.append(text.extracting(done..<index))
      html.append(static: "&lt;")
      done = index + 1
    }
    html.append(text.extracting(done..<text.count))
  }

  private func isFilteredTag(in text: Span<UInt8>, at start: Int) -> Bool {
    let name = start + (start + 1 < text.count && text[start + 1] == 0x2F ? 2 : 1)
    var end = name
    while end < text.count, text[end].isLetter { end += 1 }
    if end < text.count, !text[end].isSpace, text[end] != 0x3E,
      !(text[end] == 0x2F && end + 1 < text.count && text[end + 1] == 0x3E)
    {
      return false
    }
    guard end < text.count else { return false }
    func isNamed(_ tag: StaticString) -> Bool {
      tag.utf8CodeUnitCount == end - name && text.has(lowered: tag, at: name)
    }
    return isNamed("title") || isNamed("textarea") || isNamed("style") || isNamed("xmp")
      || isNamed("iframe") || isNamed("noembed") || isNamed("noframes") || isNamed("script")
      || isNamed("plaintext")
  }

  // MARK: - Ids and addresses

  /// Writes `text` and takes note of its ids; `href` and `src` that lead somewhere on the site become slots.
  private mutating func appendFindingPlaces(_ text: Span<UInt8>) {
    var done = 0
    var index = 0
    while let open = text.firstIndex(of: 0x3C, from: index) {
      if text.has("!--", at: open + 1) {
        index = endOfComment(in: text, from: open + 4)
        continue
      }
      guard HTMLTag.begins(in: text, at: open) else {
        closes(text, at: open)
        index = open + 1
        continue
      }
      // In a tag that does not end, nothing is a tag: to a browser, it is all names and values.
      guard let tag = HTMLTag(text, at: open) else { break }
      let cursor = destinationCursor
      append(tag, of: text, done: &done)
      opens(tag.name, by: text.extracting(open..<tag.end), from: cursor)
      index = tag.end
      if tag.holdsNoMarkup { index = endOfElement(tag, in: text) }
    }
    html.append(text.extracting(done..<text.count))
  }

  private mutating func append(_ tag: HTMLTag, of text: Span<UInt8>, done: inout Int) {
    var image: Int?
    for attribute in tag.attributes {
      let value = text.extracting(attribute.value)
      switch attribute.name {
      case "id" where !value.isEmpty:
        let id = decodingAmpersands(value)
        reserve(id, at: locate(value, isBare: true))
        document.anchors.append(id)
      case "href" where tag.name == "a" || tag.name == "area", "src":
        let url = decodingAmpersands(value)
        let destination = Destination(Array(url.utf8).span)
        let isLocal = destination == .local
        guard isLocal || destination == .external else { continue }
        let range = locate(value, isBare: true)
        if isLocal {
          html.append(text.extracting(done..<attribute.whole.lowerBound))
          html.append(attribute.name)
          html.append(static: "=\"")
        }
        if tag.name == "img" {
          image = document.images.count
          if isLocal { document.slots.append(Slot(offset: html.count, fill: .image(document.images.count))) }
          document.images.append(
            ImageReference(
              destination: url, alt: tag.value("alt", in: text) ?? "",
              title: tag.value("title", in: text) ?? "",
              range: range, isAlone: false, isExternal: !isLocal))
          if tag.value("alt", in: text) == nil {
            report(.imageWithoutWords(isTag: true, at: location(range)))
          }
        } else {
          if isLocal { document.slots.append(Slot(offset: html.count, fill: .link(document.links.count))) }
          document.links.append(
            LinkReference(destination: url, range: range, isExternal: !isLocal, isGenerated: false))
        }
        if isLocal {
          html.append(byte: 0x22)
          done = attribute.whole.upperBound
        }
      default: break
      }
    }
    guard let image, !document.images[image].isExternal, tag.value("width", in: text) == nil,
      tag.value("height", in: text) == nil
    else { return }
    html.append(text.extracting(done..<tag.attributesEnd))
    done = tag.attributesEnd
    document.slots.append(Slot(offset: html.count, fill: .imageSize(image)))
  }

  private func endOfComment(in text: Span<UInt8>, from start: Int) -> Int {
    var index = start
    while let dash = text.firstIndex(of: 0x2D, from: index) {
      if text.has("-->", at: dash) { return dash + 3 }
      index = dash + 1
    }
    return text.count
  }

  /// The start of the tag that ends a `<script>` or the like.
  private func endOfElement(_ tag: HTMLTag, in text: Span<UInt8>) -> Int {
    var index = tag.end
    let name = Array(tag.name.utf8)
    while let open = text.firstIndex(of: 0x3C, from: index) {
      index = open + 1
      guard open + 2 + name.count <= text.count, text[open + 1] == 0x2F else { continue }
      var offset = 0
      while offset < name.count, text[open + 2 + offset].lowered == name[offset] { offset += 1 }
      if offset == name.count { return open }
    }
    return text.count
  }

  private func decodingAmpersands(_ value: Span<UInt8>) -> String {
    guard value.firstIndex(of: 0x26) != nil else { return value.string }
    var result: [UInt8] = []
    var index = 0
    while index < value.count {
      result.append(value[index])
      index += value.has("&amp;", at: index) ? 5 : 1
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// A start tag in raw HTML.
private struct HTMLTag {
  struct Attribute {
    /// In lower case.
    var name: String
    /// From the first byte of the name to the last of the value, with the quotes.
    var whole: Range<Int>
    var value: Range<Int>
  }

  /// In lower case.
  var name: String
  /// Those that have a value and mean something here, each once: browsers, too, go by the first of a name.
  var attributes: [Attribute] = []
  /// Where another attribute could be put.
  var attributesEnd = 0
  /// The index behind `>`.
  var end = 0

  /// Whether a start tag begins with the `<` at `start`.
  static func begins(in text: Span<UInt8>, at start: Int) -> Bool {
    start + 1 < text.count && text[start + 1].isLetter
  }

  /// The tag that begins with the `<` at `start`, or `nil` if it does not end.
  init?(_ text: Span<UInt8>, at start: Int) {
    var index = start + 1
    while index < text.count, !text[index].isSpace, text[index] != 0x3E, text[index] != 0x2F { index += 1 }
    name = Self.lowered(text.extracting((start + 1)..<index))
    attributesEnd = index
    while index < text.count {
      let byte = text[index]
      if byte == 0x3E {
        end = index + 1
        return
      }
      guard !byte.isSpace, byte != 0x2F else {
        index += 1
        continue
      }
      let nameStart = index
      index += 1
      while index < text.count, !text[index].isSpace, !ByteSet("=>/").contains(text[index]) { index += 1 }
      let nameEnd = index
      attributesEnd = index
      while index < text.count, text[index].isSpace { index += 1 }
      guard index < text.count, text[index] == 0x3D else { continue }
      index += 1
      while index < text.count, text[index].isSpace { index += 1 }
      guard index < text.count else { return nil }
      let quote = text[index]
      let value: Range<Int>
      if quote == 0x22 || quote == 0x27 {
        guard let close = text.firstIndex(of: quote, from: index + 1) else { return nil }
        value = (index + 1)..<close
        index = close + 1
      } else {
        let valueStart = index
        while index < text.count, !text[index].isSpace, text[index] != 0x3E { index += 1 }
        value = valueStart..<index
      }
      attributesEnd = index
      let name = text.extracting(nameStart..<nameEnd)
      if let name = Self.known(name), !attributes.contains(where: { $0.name == name }) {
        attributes.append(Attribute(name: name, whole: nameStart..<index, value: value))
      }
    }
    return nil
  }

  /// The name of an attribute that means something here, in lower case.
  private static func known(_ name: Span<UInt8>) -> String? {
    guard name.count <= 6 else { return nil }
    let name = lowered(name)
    return ["id", "href", "src", "alt", "title", "width", "height"].contains(name) ? name : nil
  }

  var holdsNoMarkup: Bool { ["script", "style", "textarea", "title"].contains(name) }

  func value(_ attribute: String, in text: Span<UInt8>) -> String? {
    attributes.first { $0.name == attribute }.map { text.extracting($0.value).string }
  }

  private static func lowered(_ text: Span<UInt8>) -> String {
    var bytes = text.array
    for index in bytes.indices { bytes[index] = bytes[index].lowered }
    return String(decoding: bytes, as: UTF8.self)
  }
}
