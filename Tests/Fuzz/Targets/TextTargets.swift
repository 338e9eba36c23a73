import Markdown
import SourceText

@testable import Feeds

extension Target {
  /// Markdown as authors write it, with and without HTML of their own.
  static let markdown = Target("markdown") { bytes in
    check(bytes, .writeUp, nil)
    var options = MarkdownOptions.writeUp
    options.rawHTML = .escape
    check(bytes, options, .ofTexts)
    check(bytes, fingerprint(bytes).isMultiple(of: 2) ? .commonMark : .gitHub, nil)
  }

  /// Markdown as strangers write it.
  static let commentText = Target("comment-text") { bytes in
    check(bytes, .comment, .ofComments)
  }

  /// Text that goes into feeds, calendars and sitemaps.
  static let feedText = Target("feed-text") { bytes in
    for syntax in [TextSyntax.xml, .htmlSource, .cdata, .json, .calendar, .line] {
      var buffer = ByteBuffer()
      buffer.append(bytes, as: syntax)
      demand(isUTF8(buffer.bytes), "\(syntax) is no UTF-8")
      let markup: [UInt8] = syntax == .xml || syntax == .htmlSource ? [0x3C, 0x3E, 0x22] : []
      demand(!buffer.bytes.contains(where: markup.contains), "\(syntax) has markup")
      let controls = buffer.bytes.contains { $0 < 0x20 && ![0x09, 0x0A, 0x0D].contains($0) }
      demand(!controls, "\(syntax) has control characters")
      // Of what is no UTF-8, other parts are replaced in a string.
      guard isUTF8(bytes) else { continue }
      var other = ByteBuffer()
      other.append(String(decoding: bytes, as: UTF8.self), as: syntax)
      demand(other.bytes == buffer.bytes, "\(syntax) of the text is another than that of its bytes")
    }
  }

  /// Parses `bytes`, behind a line that is no part of the text, and demands what is true of every document.
  private static func check(_ bytes: [UInt8], _ options: MarkdownOptions, _ tags: Tags?) {
    let before = Array("é\n".utf8)
    let file = Source(path: "text.md", bytes: before + bytes)
    let (document, diagnostics) = demandSameTwice(of: file) { file, diagnostics in
      parseMarkdown(
        file, in: ByteRange(before.count, file.bytes.count), options: options, diagnostics: &diagnostics)
    }
    for diagnostic in diagnostics {
      demand(
        (diagnostic.location?.range.lowerBound ?? 0) >= before.count, "\(diagnostic.id) is above the text")
    }
    demandSound(document, in: file)
    let ids = document.outline.map(\.id).filter { !$0.isEmpty }
    let isReported = diagnostics.contains { $0.id == "markdown/duplicate-id" }
    demand(isReported || Set(ids).count == ids.count, "two headings have one id: \(ids)")
    guard let tags else { return }
    let html = filledIn(document)
    if let problem = tags.problem(in: html) {
      demand(false, "\(problem) in:\n\(String(decoding: html, as: UTF8.self))")
    }
  }

  /// The HTML with the destinations of links and images as they are written.
  private static func filledIn(_ document: MarkdownDocument) -> [UInt8] {
    var buffer = ByteBuffer()
    var done = 0
    for slot in document.slots {
      buffer.append(document.html[done..<slot.offset])
      done = slot.offset
      switch slot.fill {
      case .link(let index): buffer.appendURL(document.links[index].destination)
      case .image(let index): buffer.appendURL(document.images[index].destination)
      case .imageSize: break
      }
    }
    buffer.append(document.html[done...])
    return buffer.bytes
  }
}

/// Demands what is true of every document, whatever its options.
func demandSound(_ document: MarkdownDocument, in file: Source) {
  demand(isUTF8(document.html), "the HTML is no UTF-8")
  demand(isUTF8(document.plainTextBytes), "the text is no UTF-8")
  demand(document.excerpt.utf8.count <= 303, "the excerpt has \(document.excerpt.utf8.count) bytes")
  var last = 0
  for slot in document.slots {
    demand(last <= slot.offset && slot.offset <= document.html.count, "a slot at \(slot.offset)")
    last = slot.offset
    switch slot.fill {
    case .link(let index): demand(document.links.indices.contains(index), "no link \(index)")
    case .image(let index), .imageSize(let index):
      demand(document.images.indices.contains(index), "no image \(index)")
    }
  }
  for heading in document.outline {
    demandPlace(heading.range, in: file.bytes, "heading \(heading.text)")
    let isInside = 0 <= heading.htmlRange.lowerBound && heading.htmlRange.upperBound <= document.html.count
    demand(isInside, "heading \(heading.text) is outside the HTML")
    let html = document.html[heading.htmlRange]
    let end = Array("</h\(heading.level)>".utf8)
    demand(
      html.starts(with: "<h\(heading.level)".utf8) && html.suffix(end.count).elementsEqual(end),
      "heading \(heading.text) is no <h\(heading.level)>")
  }
  for link in document.links { demandPlace(link.range, in: file.bytes, "link \(link.destination)") }
  for image in document.images { demandPlace(image.range, in: file.bytes, "image \(image.destination)") }
}
