import CivilTime
import SourceText

/// Elements of XML documents, each on a line of its own; `name` is as it stands in the document.
extension ByteBuffer {
  /// Appends `<name>text</name>`, or nothing when there is no text to append.
  mutating func appendElement(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    appendElement(name) { $0.append(text, as: .xml) }
  }

  /// Appends `<name>url</name>`, or nothing when there is no URL.
  mutating func appendElement(_ name: StaticString, url: String?) {
    guard let url else { return }
    appendElement(name) { $0.appendURL(url, as: .xml) }
  }

  /// Appends an element whose inside `append` writes.
  @inline(__always)
  mutating func appendElement(_ name: StaticString, _ append: (inout ByteBuffer) -> Void) {
    openElement(name)
    append(&self)
    closeElement(name)
  }

  /// Appends `html` as the text of an element, in CDATA sections.
  mutating func appendCDATA(_ html: [UInt8]) {
    append("<![CDATA[" as StaticString)
    append(html, as: .cdata)
    append("]]>" as StaticString)
  }

  /// Appends ` name="url"`.
  mutating func appendAttribute(_ name: StaticString, url: String) {
    append(" " as StaticString)
    append(name)
    append("=\"" as StaticString)
    appendURL(url, as: .xml)
    append("\"" as StaticString)
  }

  /// Appends ` name="text"`, or nothing when there is no text.
  mutating func appendAttribute(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    append(" " as StaticString)
    append(name)
    append("=\"" as StaticString)
    append(text, as: .xml)
    append("\"" as StaticString)
  }

  private mutating func openElement(_ name: StaticString) {
    append("<" as StaticString)
    append(name)
    append(">" as StaticString)
  }

  private mutating func closeElement(_ name: StaticString) {
    append("</" as StaticString)
    append(name)
    append(">\n" as StaticString)
  }
}

extension ByteBuffer {
  /// Makes room for what `feed` will take in any of its formats, so that the storage seldom moves.
  mutating func reserve(for feed: Feed) {
    let content = feed.entries.reduce(0) { $0 + $1.content.count + $1.content.count / 16 }
    bytes.reserveCapacity(bytes.count + content + 1024 * (feed.entries.count + 1))
  }
}
