import SourceText

extension SearchIndex {
  /// The number of documents in one part.
  public static let documentsPerPart = 4

  /// The length of a file with facets from which readers are asked before it is loaded.
  static let largestFacets = 6000

  /// The files of the index but those of single documents, by names that are the same for every index;
  /// ``searchScript`` among them.
  ///
  /// - Parameter records: what ``records(of:)`` gives for all words, range by range.
  public func files(
    of documents: [SearchDocument], facets: [SearchFacet], records: [Records]
  ) -> [SearchFile] {
    let words = wordParts(records)
    let beginnings = spellingParts(reversed: false)
    let ends = spellingParts(reversed: true)
    let facetFile = FacetFile(documents, facets)
    let facets = SearchFile("facets") { facetFile.writeValues(into: &$0) }
    let index = SearchFile("index") { buffer in
      buffer.append("{count:\(documents.count),per:\(SearchIndex.documentsPerPart),")
      buffer.append("piece:\(SearchDocument.pieceLength),")
      if facets.bytes.count > SearchIndex.largestFacets { buffer.append("large:1,") }
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
    var files = [index, facets]
    for (letter, parts) in [("w", words), ("s", beginnings), ("e", ends)] {
      for (number, text) in parts.texts.enumerated() {
        files.append(
          SearchFile("\(letter)\(number)", capacity: text.count + 40) { buffer in
            buffer.append(byte: 0x22)
            buffer.append(text.bytes)
            buffer.append(byte: 0x22)
          })
      }
    }
    return files + [SearchFile(program: searchScript)]
  }
}

/// A file of an index: a script with one call, which gives a browser what it holds.
public struct SearchFile: Sendable {
  /// The name, below the folder of the index.
  public let name: String
  /// What it holds.
  public let bytes: [UInt8]

  /// The part `name`, of which `write` writes the value.
  init(_ name: String, capacity: Int = 4096, _ write: (inout ByteBuffer) -> Void) {
    var buffer = ByteBuffer(capacity: capacity)
    buffer.append("sitegenSearch(\"")
    buffer.append(name)
    buffer.append("\",")
    write(&buffer)
    buffer.append(")\n")
    self.name = name + ".js"
    bytes = buffer.bytes
  }

  fileprivate init(program: [UInt8]) {
    name = "search.js"
    bytes = program
  }

  /// What is shown of `documents`, the part with this number of all of them.
  public init(part number: Int, _ documents: ArraySlice<SearchDocument>) {
    self.init("d\(number)", capacity: 1024) { buffer in
      buffer.append("[")
      for document in documents {
        document.write(into: &buffer)
        buffer.append(",")
      }
      buffer.append("]")
    }
  }

  /// The text of the document with this number, of which excerpts are cut, in pieces of up to
  /// ``SearchDocument/pieceLength`` bytes.
  public static func pieces(of text: [UInt8], document number: Int) -> [SearchFile] {
    let count = (text.count + SearchDocument.pieceLength - 1) / SearchDocument.pieceLength
    var start = 0
    return (0..<count).map { piece in
      var end = text.count * (piece + 1) / count
      if end < text.count {
        // Between two words, or else between two characters.
        let space = text[max(start, end - 100)..<end].lastIndex { $0 <= 0x20 }
        end =
          space.map { $0 + 1 } ?? end
          - text[end - 3...end].reversed().prefix(3).prefix { $0 & 0xC0 == 0x80 }.count
      }
      defer { start = end }
      return SearchFile("t\(number)-\(piece)", capacity: end - start + 128) {
        $0.appendScriptString(text[start..<end])
      }
    }
  }
}

extension SearchDocument {
  /// The longest piece of a text, in bytes.
  static let pieceLength = 4000

  /// Writes what is shown of it as an array of JavaScript.
  fileprivate func write(into buffer: inout ByteBuffer) {
    buffer.append("[")
    for text in [titles.first ?? "", link, summary, byline, date, note, kind] {
      buffer.appendScriptString(text)
      buffer.append(",")
    }
    buffer.append(palette)
    buffer.append(",")
    buffer.append(text.count)
    buffer.append("]")
  }
}

extension ByteBuffer {
  /// Appends `text` as a string of JavaScript that stands in a file of its own or in a `<script>` element.
  mutating func appendScriptString(_ text: String) {
    var text = text
    text.withUTF8 { unsafe appendScriptString($0) }
  }

  /// Appends `text`, UTF-8, as a string of JavaScript that stands in a file of its own or in a `<script>` element.
  mutating func appendScriptString(_ text: ArraySlice<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe appendScriptString($0) }
  }

  private mutating func appendScriptString(_ text: UnsafeBufferPointer<UInt8>) {
    append(byte: 0x22)
    var start = 0
    var index = 0
    while true {
      index = unsafe text.firstIndex(from: index) { lanes in
        lanes.below(0x20) | lanes.equal(to: 0x22) | lanes.equal(to: 0x3C) | lanes.equal(to: 0x5C)
          | lanes.equal(to: 0x7F) | lanes.equal(to: 0xE2)
      }
      guard index < text.count else { break }
      let byte = unsafe text[index]
      index += 1
      // U+2028 and U+2029 end lines.
      let isLineEnd =
        unsafe byte == 0xE2 && index + 1 < text.count && text[index] == 0x80 && text[index + 1] & 0xFE == 0xA8
      if byte == 0xE2, !isLineEnd { continue }
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index - 1]))
      switch byte {
      case 0x22, 0x5C:
        append(byte: 0x5C)
        append(byte: byte)
      case 0x0A: append("\\n")
      case 0xE2:
        unsafe append(text[index + 1] == 0xA8 ? "\\u2028" : "\\u2029")
        index += 2
      default: append("\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16))
      }
      start = index
    }
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    append(byte: 0x22)
  }
}
