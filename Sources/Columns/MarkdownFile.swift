import Markdown
import SourceText
import YAML

/// A Markdown file with front matter, half read: the fields by a reader, the body as a document.
struct MarkdownFile {
  /// The front matter's fields.
  var reader: FieldReader
  /// The body.
  let document: MarkdownDocument
  /// The front matter's bytes, or the file's start when it has none.
  let frontMatter: ByteRange

  /// Splits and parses `source`; its problems, but for those of the fields, go to `diagnostics`.
  init(
    _ source: Source, fields: [AnyField], smartPunctuation: Bool, diagnostics: inout [Diagnostic]
  ) {
    var options = MarkdownOptions.writeUp
    options.smartPunctuation = smartPunctuation
    let parts = FrontMatter.split(source, diagnostics: &diagnostics)
    frontMatter = parts?.yaml ?? ByteRange(at: 0)
    let node = parts.flatMap { parse(source, in: $0.yaml, diagnostics: &diagnostics) }
    let isBroken = parts == nil || node?.scalar?.isUnreadable ?? false
    // A file whose YAML can't be read gets that one diagnostic, not one more for each field.
    reader = FieldReader(node, in: source.path, at: frontMatter, fields: fields)
    self.isBroken = isBroken
    document = parseMarkdown(
      source, in: parts?.body ?? ByteRange(source.bytes.count, source.bytes.count), options: options,
      diagnostics: &diagnostics)
  }

  /// Whether the front matter could not be read at all.
  let isBroken: Bool
}
