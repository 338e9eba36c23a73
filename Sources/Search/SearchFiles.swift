import SourceText

extension SearchIndex {
  /// The number of documents in one part.
  static let documentsPerPart = 4

  /// The files of the index of `documents`, by names that are the same for every index; ``searchScript`` among them.
  ///
  /// - Parameter records: what ``records(of:)`` gives for all words.
  public func files(
    of documents: [SearchDocument], facets: [SearchFacet], records: [[UInt8]]
  ) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = []
    func add(_ name: String, _ content: (inout ByteBuffer) -> Void) {
      var buffer = ByteBuffer(capacity: 4096)
      buffer.append("sitegenSearch(\"\(name)\",")
      content(&buffer)
      buffer.append(")\n")
      files.append(("\(name).js", buffer.bytes))
    }
    let words = wordParts(records)
    let beginnings = spellingParts(reversed: false)
    let ends = spellingParts(reversed: true)
    let facetFile = FacetFile(documents, facets)
    add("index") { buffer in
      buffer.append("{count:\(documents.count),per:\(SearchIndex.documentsPerPart),")
      buffer.append("w:\(words.texts.count),s:\(beginnings.texts.count),e:\(ends.texts.count),words:\"")
      buffer.append(words.boundaries.bytes)
      buffer.append("\",starts:\"")
      buffer.append(beginnings.boundaries.bytes)
      buffer.append("\",ends:\"")
      buffer.append(ends.boundaries.bytes)
      buffer.append("\",")
      facetFile.writeNames(into: &buffer)
      buffer.append("}")
    }
    add("facets") { facetFile.writeValues(into: &$0) }
    for (letter, parts) in [("w", words), ("s", beginnings), ("e", ends)] {
      for (number, text) in parts.texts.enumerated() {
        add("\(letter)\(number)") { buffer in
          buffer.append("\"")
          buffer.append(text.bytes)
          buffer.append("\"")
        }
      }
    }
    for start in stride(from: 0, to: documents.count, by: SearchIndex.documentsPerPart) {
      let part = documents[start..<min(documents.count, start + SearchIndex.documentsPerPart)]
      add("d\(start / SearchIndex.documentsPerPart)") { buffer in
        buffer.append("[")
        for document in part {
          document.write(into: &buffer)
          buffer.append(",")
        }
        buffer.append("]")
      }
    }
    files.append(("search.js", Array(searchScript.utf8)))
    return files
  }
}

extension SearchDocument {
  /// Writes what is shown of it as an array of JavaScript.
  fileprivate func write(into buffer: inout ByteBuffer) {
    buffer.append("[")
    for text in [titles.first ?? "", link, summary, byline, date, note, kind] {
      buffer.appendScriptString(text)
      buffer.append(",")
    }
    buffer.append(palette)
    buffer.append("]")
  }
}

extension ByteBuffer {
  /// Appends `text` as a string of JavaScript that stands in a file of its own or in a `<script>` element.
  mutating func appendScriptString(_ text: String) {
    append("\"")
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C:
        append(byte: 0x5C)
        append(byte: byte)
      case 0..<0x20, 0x7F, 0x3C:
        append("\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      case 0xA8...0xA9 where bytes.suffix(2).elementsEqual([0xE2, 0x80]):
        // U+2028 and U+2029, which end lines.
        bytes.removeLast(2)
        append("\\u20" + String(byte - 0x80, radix: 16))
      default: append(byte: byte)
      }
    }
    append("\"")
  }
}
