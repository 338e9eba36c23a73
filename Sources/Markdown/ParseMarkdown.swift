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
  var renderer = HTMLRenderer(
    path: source.path, options: options, survey: TextSurvey(source.bytes, in: range))
  unsafe source.bytes.withUnsafeBufferPointer { bytes in
    let text = unsafe UnsafeBufferPointer(rebasing: bytes[range])
    var tree = unsafe CMarkTree(
      text, smart: options.smartPunctuation, repairing: renderer.survey.hasInvalidUTF8)
    unsafe renderer.render(&tree, of: bytes)
  }
  diagnostics += renderer.diagnostics
  return renderer.finish()
}
