import SourceText

/// An image whose words are being read.
struct OpenImage {
  /// Its index in the document's images, unless it became a link or was dropped.
  var index: Int?
  /// Where its words begin in the HTML.
  var altStart: Int
  /// Its words.
  var alt = ByteBuffer()
  var isLink = false
}

extension HTMLRenderer {
  // MARK: - Links

  mutating func openLink(_ node: CMarkNode, of source: UnsafeBufferPointer<UInt8>) {
    linkDepth += 1
    let isWritten = unsafe node.withURL { url in
      unsafe openAnchor(url, of: source) { renderer in
        unsafe node.withTitle { title in
          guard !title.isEmpty else { return }
          renderer.html.append(static: " title=\"")
          unsafe renderer.html.append(title, escaping: .commonMark)
          renderer.html.append(byte: 0x22)
        }
      }
    }
    linkIsWritten.append(isWritten)
  }

  mutating func closeLink() {
    linkDepth -= 1
    if linkIsWritten.popLast() == true { html.append(static: "</a>") }
  }

  /// Writes `<a href="…" …>` for a destination in the text; or nothing, if it may not be written.
  private mutating func openAnchor(
    _ url: UnsafeBufferPointer<UInt8>, of source: UnsafeBufferPointer<UInt8>,
    attributes: (inout HTMLRenderer) -> Void
  ) -> Bool {
    let isLocal: Bool
    let range = unsafe locate(url, in: source)
    switch unsafe Destination(url) {
    case .unsafe where options.dropsUnsafeLinks:
      if !options.isUntrusted {
        unsafe diagnostics.append(.unsafeLink(String(decoding: url, as: UTF8.self), at: location(range)))
      }
      return false
    case .unsafe, .external: isLocal = false
    case .empty where options.extensions.contains(.localLinks):
      if !options.isUntrusted { diagnostics.append(.emptyLink(at: location(range))) }
      return false
    case .empty, .local: isLocal = options.extensions.contains(.localLinks)
    }
    html.append(static: "<a href=\"")
    if isLocal {
      document.slots.append(Slot(offset: html.count, fill: .link(document.links.count)))
    } else {
      unsafe html.appendURL(url)
    }
    html.append(byte: 0x22)
    unsafe document.links.append(
      LinkReference(
        destination: String(decoding: url, as: UTF8.self), range: range,
        isExternal: Destination(url) == .external, isGenerated: false))
    attributes(&self)
    if let relation = options.linkRelation {
      html.append(static: " rel=\"")
      html.append(relation, escaping: .commonMark)
      html.append(byte: 0x22)
    }
    html.append(byte: 0x3E)
    return true
  }

  // MARK: - Images

  mutating func openImage(_ node: CMarkNode, of source: UnsafeBufferPointer<UInt8>) {
    imageDepth += 1
    unsafe node.withURL { url in
      if options.imagesAsLinks {
        let isLink = linkDepth == 0 && (unsafe openAnchor(url, of: source) { _ in })
        image = OpenImage(index: nil, altStart: html.count, isLink: isLink)
        return
      }
      let range = unsafe locate(url, in: source)
      let destination = unsafe Destination(url)
      let drops =
        destination == .unsafe && options.dropsUnsafeLinks
        || destination == .empty && options.extensions.contains(.localLinks)
      if drops {
        if destination == .empty {
          diagnostics.append(.emptyImage(at: location(range)))
        } else {
          unsafe diagnostics.append(.unsafeLink(String(decoding: url, as: UTF8.self), at: location(range)))
        }
        image = OpenImage(index: nil, altStart: html.count)
        return
      }
      let isLocal = destination == .local && options.extensions.contains(.localLinks)
      let index = document.images.count
      html.append(static: "<img src=\"")
      if isLocal {
        document.slots.append(Slot(offset: html.count, fill: .image(index)))
      } else {
        unsafe html.appendURL(url)
      }
      html.append(static: "\" alt=\"")
      document.images.append(
        ImageReference(
          destination: unsafe String(decoding: url, as: UTF8.self), alt: "", title: "", range: range,
          isAlone: false, isExternal: destination != .local))
      image = OpenImage(index: index, altStart: html.count)
    }
  }

  /// Writes the words of an image from the nodes inside it.
  mutating func enterInsideImage(_ node: CMarkNode, _ kind: CMarkNode.Kind) {
    switch kind {
    case .text, .code, .htmlInline:
      unsafe node.withLiteral { text in
        unsafe html.append(text, escaping: .commonMark)
        unsafe image?.alt.bytes.append(contentsOf: text)
      }
    case .softBreak, .lineBreak:
      html.append(byte: 0x20)
      image?.alt.append(byte: 0x20)
    case .image: imageDepth += 1
    default: break
    }
  }

  mutating func closeImage(_ node: CMarkNode) {
    guard let image else { return }
    self.image = nil
    guard let index = image.index else {
      if options.imagesAsLinks, image.alt.bytes.isEmpty {
        unsafe node.withURL { unsafe html.append($0, escaping: .commonMark) }
      }
      if image.isLink { html.append(static: "</a>") }
      plain.append(image.alt.bytes)
      return
    }
    html.append(byte: 0x22)
    document.images[index].alt = image.alt.string
    unsafe node.withTitle { title in
      guard !title.isEmpty else { return }
      document.images[index].title = unsafe String(decoding: title, as: UTF8.self)
      html.append(static: " title=\"")
      unsafe html.append(title, escaping: .commonMark)
      html.append(byte: 0x22)
    }
    if options.extensions.contains(.localLinks) {
      if !options.isUntrusted, image.alt.bytes.allSatisfy({ $0 == 0x20 }) {
        diagnostics.append(.imageWithoutWords(at: location(document.images[index].range)))
      }
      if !document.images[index].isExternal {
        html.append(static: " loading=\"lazy\" decoding=\"async\"")
        document.slots.append(Slot(offset: html.count, fill: .imageSize(index)))
      }
    }
    html.append(static: " />")
  }

  // MARK: - Places

  func location(_ range: ByteRange) -> Location { Location(path: path, range: range) }

  /// Where `url` is written in the block that is walked; the block's lines if it is nowhere to be seen.
  mutating func locate(
    _ url: UnsafeBufferPointer<UInt8>, in source: UnsafeBufferPointer<UInt8>
  ) -> ByteRange {
    let lines = block.indices.clamped(to: 0..<source.count)
    for start in [max(destinationCursor, lines.lowerBound), lines.lowerBound] where !url.isEmpty {
      var index = start
      while index + url.count <= lines.upperBound {
        if unsafe source[index] == url[0], index > 0,
          unsafe source[index - 1] == 0x28 || source[index - 1] == 0x3C,
          (0..<url.count).allSatisfy({ unsafe source[index + $0] == url[$0] })
        {
          destinationCursor = index + url.count
          return ByteRange(index, index + url.count)
        }
        index += 1
      }
    }
    return ByteRange(lines.lowerBound, lines.upperBound)
  }
}

extension Diagnostic {
  fileprivate static func unsafeLink(_ destination: String, at location: Location) -> Diagnostic {
    .error(
      "markdown/unsafe-link", "the address '\(destination)' can run a program in the reader's browser",
      at: location)
  }

  fileprivate static func emptyLink(at location: Location) -> Diagnostic {
    .warning("markdown/empty-destination", "this link leads nowhere", at: location)
  }

  fileprivate static func emptyImage(at location: Location) -> Diagnostic {
    .warning("markdown/empty-destination", "this image has no address", at: location)
  }

  fileprivate static func imageWithoutWords(at location: Location) -> Diagnostic {
    .warning(
      "markdown/image-without-words", "this image has no words for readers who cannot see it", at: location,
      fix: "say between [ and ] what it shows")
  }
}
