public import SourceText

/// Parses and renders the Markdown in `range` of `source`.
///
/// Never fails: whatever is wrong is added to `diagnostics`, with places in `source`. A text over the bounds
/// in `options` becomes escaped paragraphs.
///
/// - Complexity: O(*n*) in the number of bytes for what people write, some 10 µs a kilobyte.
public func parseMarkdown(
  _ source: Source, in range: ByteRange, options: MarkdownOptions, diagnostics: inout [Diagnostic]
) -> MarkdownDocument {
  let range = range.indices.clamped(to: source.bytes.indices)
  let survey = TextSurvey(source.bytes.span, in: range, options: options)
  if let excess = survey.excess {
    diagnostics.append(.refused(excess, source, range, survey, options))
    return unparsed(source.bytes[range])
  }
  let text = PreparedText(source.bytes, in: range, survey: survey, options: options)
  var notes = Footnotes()
  var bytes = text.bytes
  if options.extensions.contains(.footnotes), survey.features.contains(.notes) {
    notes = Footnotes(in: text, lines: survey.lines)
    // The notes are read from `text`, and libcmark gets the copy without them.
    if !notes.takenLines.isEmpty {
      var rest = text
      rest.blank(notes.takenLines)
      bytes = rest.bytes
    }
  }
  var renderer = HTMLRenderer(text, of: source, options: options, survey: survey)
  renderer.notes = notes
  var tree = CMarkTree(
    bytes.span.extracting(range), smart: options.smartPunctuation, repairing: survey.hasInvalidUTF8)
  renderer.render(&tree)
  renderer.appendNotes()
  return renderer.finish(addingTo: &diagnostics)
}

/// A document that shows `text` as it was typed, in paragraphs.
private func unparsed(_ text: ArraySlice<UInt8>) -> MarkdownDocument {
  var text = Array(String(decoding: text, as: UTF8.self).utf8)
  text.removeAll(where: \.isControl)
  var html = ByteBuffer(capacity: text.count + 64)
  var isOpen = false
  for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
    let isBlank = line.allSatisfy(\.isSpace)
    if isOpen { html.append(isBlank ? "</p>\n" : "\n") }
    if !isBlank {
      if !isOpen { html.append(static: "<p>") }
      html.append(line, escaping: .commonMark)
    }
    isOpen = !isBlank
  }
  if isOpen { html.append(static: "</p>\n") }
  var document = MarkdownDocument()
  document.html = html.bytes
  document.plainTextBytes = text
  document.wordCount = countWords(text.span)
  document.excerpt = cutExcerpt(text)
  return document
}

extension Diagnostic {
  fileprivate static func refused(
    _ excess: TextSurvey.Excess, _ source: Source, _ range: Range<Int>, _ survey: TextSurvey,
    _ options: MarkdownOptions
  ) -> Diagnostic {
    // What a stranger wrote is shown all the same; an author can mend it.
    let severity: Severity = options.isUntrusted ? .warning : .error
    let shown = "it is shown as it was typed"
    switch excess {
    case .length:
      return Diagnostic(
        severity, "markdown/too-long",
        "this text has \(range.count) bytes, more than the \(options.byteLimit) that are accepted; "
          + (options.isUntrusted ? shown : "nothing is published until it is shortened"),
        at: Location(path: source.path, range: ByteRange(at: range.lowerBound)))
    case .nesting(let line):
      let place = line < survey.lines.count ? survey.lines[line] : ByteRange(at: range.lowerBound)
      return Diagnostic(
        severity, "markdown/nested-too-deeply",
        "quotes, lists or brackets are nested too deeply here; "
          + (options.isUntrusted ? shown : "nothing is published until they are flattened"),
        at: Location(path: source.path, range: place))
    }
  }
}
