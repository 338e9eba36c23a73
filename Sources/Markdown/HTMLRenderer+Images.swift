import SourceText

/// An image whose words are being read.
struct OpenImage {
  /// Its index in the document's images, unless it became a link or was left out.
  var index: Int?
  /// Its words.
  var alt = ByteBuffer()
  /// Whether it became a link.
  var isLink = false
}

extension HTMLRenderer {
  /// Whether `paragraph` is nothing but an image, or a link around nothing but an image.
  func isFigure(_ paragraph: CMarkNode) -> Bool {
    guard options.extensions.contains(.figures), let child = paragraph.onlyChild else { return false }
    switch child.kind {
    case .image: return true
    case .link: return child.onlyChild?.kind == .image
    default: return false
    }
  }

  mutating func openImage(_ node: CMarkNode) {
    imageDepth += 1
    image = withURL(of: node) { renderer, url in
      let range = renderer.locate(url)
      if renderer.options.imagesAsLinks {
        let isLink = renderer.linkDepth == 0 && renderer.openAnchor(url, at: range)
        if isLink { renderer.finishAnchor() }
        return OpenImage(isLink: isLink)
      }
      return OpenImage(index: renderer.openImageTag(url, at: range))
    }
  }

  /// Writes `<img src="…" alt="`; or nothing, if the address may not be written.
  private mutating func openImageTag(_ url: Span<UInt8>, at range: ByteRange) -> Int? {
    let destination = Destination(url)
    if destination == .dangerous, options.dropsUnsafeLinks {
      report(.unsafeLink(url.string, at: location(range)))
      return nil
    }
    if destination == .empty, isForSite {
      report(.emptyImage(at: location(range)))
      return nil
    }
    if destination == .external { proofread(url, at: range) }
    let index = document.images.count
    html.append(static: "<img src=\"")
    if destination == .local, isForSite {
      document.slots.append(Slot(offset: html.count, fill: .image(index)))
    } else {
      html.appendURL(url)
    }
    html.append(static: "\" alt=\"")
    document.images.append(
      ImageReference(
        destination: url.string, alt: "", title: "", range: range, isAlone: blockForm == .figure,
        isExternal: destination != .local && destination != .empty))
    return index
  }

  /// Reads the words of an image from the nodes inside it.
  mutating func enterInsideImage(_ node: CMarkNode, _ kind: CMarkNode.Kind) {
    switch kind {
    case .text, .code, .htmlInline:
      node.withLiteral { literal in
        if let standIns = text.standIns {
          image?.alt.append(standIns.restored(literal, isCode: kind != .text))
        } else {
          image?.alt.append(literal)
        }
      }
    case .softBreak, .lineBreak: image?.alt.append(byte: 0x20)
    case .image: imageDepth += 1
    default: break
    }
  }

  mutating func closeImage(_ node: CMarkNode) {
    guard let image else { return }
    self.image = nil
    guard let index = image.index else {
      closeLink(insteadOf: image, node)
      return
    }
    html.append(escaped: image.alt.bytes.span)
    html.append(byte: 0x22)
    document.images[index].alt = image.alt.string
    let isFigure = blockForm == .figure && heading == nil
    node.withTitle { title in
      guard !title.isEmpty else { return }
      document.images[index].title =
        text.standIns.map { String(decoding: $0.restored(title), as: UTF8.self) } ?? title.string
      if !isFigure { appendTitle(title) }
    }
    if isForSite {
      if image.alt.bytes.allSatisfy({ $0 == 0x20 }) {
        report(.imageWithoutWords(at: location(document.images[index].range)))
      }
      if !document.images[index].isExternal {
        html.append(static: " loading=\"lazy\" decoding=\"async\"")
        document.slots.append(Slot(offset: html.count, fill: .imageSize(index)))
      }
    }
    html.append(static: " />")
    if isFigure { pendingCaption = document.images[index].title }
  }

  /// Writes the words of an image that is shown as a link, or not at all.
  private mutating func closeLink(insteadOf image: OpenImage, _ node: CMarkNode) {
    var words = image.alt.bytes
    if words.isEmpty, image.isLink { words = withURL(of: node) { $1.array } }
    html.append(escaped: words.span)
    plain.append(words)
    if image.isLink { html.append(static: "</a>") }
  }

  /// Writes the caption of the figure that ends here.
  mutating func appendCaption() {
    guard let caption = pendingCaption else { return }
    pendingCaption = nil
    guard !caption.isEmpty else { return }
    html.append(static: "<figcaption>")
    html.append(escaped: caption)
    html.append(static: "</figcaption>")
    plain.append(caption)
  }
}

extension Diagnostic {
  fileprivate static func emptyImage(at location: Location) -> Diagnostic {
    .warning(
      "markdown/empty-destination", "this image has no address", at: location,
      fix: "put an address between ( and )")
  }

  static func imageWithoutWords(isTag: Bool = false, at location: Location) -> Diagnostic {
    .warning(
      "markdown/image-without-words", "this image has no words for readers who cannot see it",
      at: location,
      fix: isTag ? "say what it shows in the tag, as in alt=\"A road\"" : "say between [ and ] what it shows")
  }
}
