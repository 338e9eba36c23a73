import SourceText

extension HTMLRenderer {
  mutating func openLink(_ node: CMarkNode) {
    linkDepth += 1
    inlineDepth += 1
    let video = pendingURL
    pendingURL = nil
    let isWritten = withURL(of: node) { renderer, url in
      let range = renderer.locate(url)
      guard let video else { return renderer.openAnchor(url, at: range) }
      return renderer.openAnchor(Array(video.utf8).span, at: range)
    }
    linkIsWritten.append(isWritten)
    if options.extensions.contains(.footnotes), survey.features.contains(.notes) { checkForNote(node) }
    guard isWritten else { return }
    node.withTitle { if !$0.isEmpty { appendTitle($0) } }
    finishAnchor()
    linkWordsStart = html.count
  }

  /// A note that does not stand at the margin may have become a link reference definition, and references to
  /// it links whose text begins with `^`.
  private mutating func checkForNote(_ node: CMarkNode) {
    guard let child = node.firstChild, child.kind == .text,
      child.withLiteral({ !$0.isEmpty && $0[0] == 0x5E })
    else { return }
    report(.noteNotAtMargin(at: location(document.links.last?.range ?? block)))
  }

  mutating func closeLink() {
    leaveInline()
    linkDepth -= 1
    guard linkIsWritten.popLast() == true else { return }
    if isProofread, html.bytes[linkWordsStart...].allSatisfy(\.isSpace), let link = document.links.last {
      report(.linkWithoutWords(at: location(link.range)))
    }
    html.append(static: "</a>")
  }

  /// Writes `<a href="…"` for a destination in the text, which is at `range`; or nothing, if it may not be
  /// written.
  mutating func openAnchor(_ url: Span<UInt8>, at range: ByteRange) -> Bool {
    let destination = Destination(url)
    if destination == .dangerous, options.dropsUnsafeLinks {
      report(.unsafeLink(url.string, at: location(range)))
      return false
    }
    if options.isUntrusted, !Destination.isHarmless(url) { return false }
    if destination == .empty, isForSite {
      report(.emptyLink(at: location(range)))
      return false
    }
    if destination == .external { proofread(url, at: range) }
    html.append(static: "<a href=\"")
    if destination == .local, isForSite {
      document.slots.append(Slot(offset: html.count, fill: .link(document.links.count)))
    } else {
      html.appendURL(url)
    }
    html.append(byte: 0x22)
    document.links.append(
      LinkReference(
        destination: url.string, range: range, isExternal: destination != .local && destination != .empty,
        isGenerated: false))
    return true
  }

  /// Ends the tag that ``openAnchor(_:at:)`` began.
  mutating func finishAnchor() {
    if let relation = options.linkRelation {
      html.append(static: " rel=\"")
      html.append(escaped: relation)
      html.append(byte: 0x22)
    }
    html.append(byte: 0x3E)
  }

  mutating func appendTitle(_ title: Span<UInt8>) {
    html.append(static: " title=\"")
    if let standIns = text.standIns {
      html.append(escaped: standIns.restored(title).span)
    } else {
      html.append(escaped: title)
    }
    html.append(byte: 0x22)
  }

  /// Writes the link that `shown` is, once `prefix` stands before it.
  mutating func appendBareLink(_ shown: Span<UInt8>, prefix: StaticString) {
    let shown = text.standIns?.restored(shown) ?? shown.array
    var url = ByteBuffer(capacity: shown.count + 8)
    url.append(static: prefix)
    url.append(shown)
    let range = locate(shown.span, isBare: true)
    guard openAnchor(url.bytes.span, at: range) else { return }
    finishAnchor()
    html.append(escaped: shown.span)
    html.append(static: "</a>")
    plain.append(shown)
  }

  /// Writes `<a href="…"`, up to the further attributes, for a link of our own.
  mutating func openGeneratedLink(to destination: String, at range: ByteRange) {
    html.append(static: "<a href=\"")
    if isForSite {
      document.slots.append(Slot(offset: html.count, fill: .link(document.links.count)))
    } else {
      html.appendURL(destination)
    }
    html.append(byte: 0x22)
    document.links.append(
      LinkReference(destination: destination, range: range, isExternal: false, isGenerated: true))
  }

  /// The destination of `node` as it was typed.
  mutating func withURL<Result>(
    of node: CMarkNode, _ body: (inout HTMLRenderer, Span<UInt8>) -> Result
  ) -> Result {
    node.withURL { url in
      guard let standIns = text.standIns else { return body(&self, url) }
      return body(&self, standIns.restored(url).span)
    }
  }

  // MARK: - Diagnostics

  func location(_ range: ByteRange) -> Location { Location(path: path, range: range) }

  /// Adds a diagnostic, unless a stranger wrote the text.
  mutating func report(_ diagnostic: Diagnostic) {
    if !options.isUntrusted { diagnostics.append(diagnostic) }
  }
}

extension Diagnostic {
  static func unsafeLink(_ destination: String, at location: Location) -> Diagnostic {
    .error(
      "markdown/unsafe-link",
      "the address '\(destination)' could run a program in the reader's browser", at: location,
      fix: "link to a web page instead")
  }

  fileprivate static func noteNotAtMargin(at location: Location) -> Diagnostic {
    .warning(
      "markdown/footnote-not-at-margin", "this makes a link of what looks like a reference to a note",
      at: location, fix: "begin the note's own line with [^, without > or - before it")
  }

  fileprivate static func linkWithoutWords(at location: Location) -> Diagnostic {
    .warning(
      "markdown/link-without-words", "this link has no words that a reader could click on", at: location,
      fix: "write them between [ and ]: [The trailer](…)")
  }

  fileprivate static func emptyLink(at location: Location) -> Diagnostic {
    .warning(
      "markdown/empty-destination", "this link leads nowhere", at: location,
      fix: "put an address between ( and )")
  }
}
