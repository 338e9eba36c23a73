import SourceText

extension SearchIndex {
  /// The number of documents in one part.
  public static let documentsPerPart = 4

  /// The length of a file with facets from which readers are asked before it is loaded.
  static let largestFacets = 6000

  /// A list of words in the index, each of which is made by itself, and in parallel with the others.
  public enum List: String, CaseIterable, Sendable {
    /// All words, with their documents.
    case words
    /// The words that a misspelt one can stand for, by their beginnings and by their ends.
    case starts, ends

    /// What the names of its parts begin with.
    fileprivate var letter: Substring { rawValue.prefix(1) }
  }

  /// The parts of `list`.
  ///
  /// - Parameter records: what ``records(of:)`` gives for all words, range by range.
  public func parts(of list: List, _ records: [Records]) -> Parts {
    switch list {
    case .words: wordParts(records)
    case .starts: spellingParts(reversed: false)
    case .ends: spellingParts(reversed: true)
    }
  }

  /// The files of the index but those of texts, by names that are the same for every index; ``searchScript`` among
  /// them.
  ///
  /// - Parameter lists: the parts of each ``List``, in their order.
  public func files(facets: [SearchFacet], lists: [Parts]) -> [SearchFile] {
    let facetFile = FacetFile(sections.lazy.flatMap(\.facets), facets)
    let facets = SearchFile("facets") { facetFile.writeValues(into: &$0) }
    let lists = Array(zip(List.allCases, lists))
    let index = SearchFile("index") { buffer in
      buffer.append(
        "{count:\(sections.reduce(0) { $0 + $1.texts.count }),per:\(SearchIndex.documentsPerPart),")
      buffer.append("piece:\(SearchDocument.pieceLength),")
      if facets.bytes.count > SearchIndex.largestFacets { buffer.append("large:1,") }
      for (list, parts) in lists { buffer.append("\(list.letter):\(parts.texts.count),") }
      for (list, parts) in lists {
        buffer.append("\(list.rawValue):\"")
        buffer.append(parts.boundaries.bytes)
        buffer.append("\",")
      }
      facetFile.writeNames(into: &buffer)
      buffer.append("}")
    }
    var files = [index, facets]
    for (list, parts) in lists {
      for (number, text) in parts.texts.enumerated() {
        files.append(
          SearchFile("\(list.letter)\(number)", capacity: text.count + 40) { buffer in
            buffer.append(byte: 0x22)
            buffer.append(text.bytes)
            buffer.append(byte: 0x22)
          })
      }
    }
    return files + sections.flatMap(\.shown) + [SearchFile(program: searchScript)]
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

  /// The part with this number of what is shown of documents, which `write` writes.
  init(part number: Int, _ write: (inout ByteBuffer) -> Void) {
    self.init("d\(number)", capacity: 1024) { buffer in
      buffer.append("[")
      write(&buffer)
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
  func write(into buffer: inout ByteBuffer) {
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
