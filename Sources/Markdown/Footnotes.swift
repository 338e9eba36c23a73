import SourceText

/// The notes of a text, which stand at the margin as `[^label]: words`, with further lines indented.
///
/// libcmark would take them for link reference definitions or paragraphs, so they are found in the source,
/// taken out of what libcmark gets, and parsed one by one when the text has been written.
struct Footnotes {
  struct Definition {
    /// As it was typed; references may differ from it in case.
    var label: String
    /// `[^label]:` in the source.
    var range: ByteRange
    /// The note without its label and indentation, line by line in the source.
    var lines: [Range<Int>]
    /// Its number in the order of the first references, from 1; 0 until there is one.
    var number = 0
    /// The ids of the references to it.
    var references: [String] = []
    /// The id of the note.
    var id = ""
  }

  var definitions: [Definition] = []
  /// Which definition has a label, in lower case.
  var indices: [String: Int] = [:]
  /// The definitions that are referred to, in the order of the first references.
  var order: [Int] = []
  /// The lines that the definitions take up.
  private(set) var takenLines: [Range<Int>] = []
  /// Definitions whose label an earlier one has.
  private(set) var duplicates: [Definition] = []

  init() {}

  /// The notes in `text`.
  init(in text: PreparedText, lines: [ByteRange]) {
    let bytes = text.bytes
    var candidates = lines.indices.filter { Self.label(of: bytes, line: lines[$0].indices) != nil }
    guard !candidates.isEmpty else { return }
    let code = Self.codeLines(of: text)
    candidates.removeAll { line in code.contains { $0.contains(line) } }
    var next = 0
    for (position, line) in candidates.enumerated() where line >= next {
      guard let label = Self.label(of: bytes, line: lines[line].indices) else { continue }
      let following = position + 1 < candidates.count ? candidates[position + 1] : lines.count
      var definition = Definition(
        label: String(decoding: bytes[label], as: UTF8.self),
        range: ByteRange(label.lowerBound - 2, label.upperBound + 2), lines: [])
      let end = Self.readLines(of: &definition, from: line, upTo: following, lines, bytes)
      takenLines += lines[line..<end].map(\.indices)
      next = end
      let key = Self.key(definition.label)
      if indices[key] == nil {
        indices[key] = definitions.count
        definitions.append(definition)
      } else {
        duplicates.append(definition)
      }
    }
  }

  /// What a label is looked up by.
  static func key(_ label: String) -> String { label.lowercased() }

  // MARK: - Lines

  /// The label of the definition that begins in `line`, if one does: after at most three spaces.
  private static func label(of bytes: [UInt8], line: Range<Int>) -> Range<Int>? {
    var start = line.lowerBound
    while start < line.upperBound, start - line.lowerBound < 3, bytes[start] == 0x20 { start += 1 }
    guard start + 4 < line.upperBound, bytes[start] == 0x5B, bytes[start + 1] == 0x5E else { return nil }
    var end = start + 2
    while end < line.upperBound, bytes[end] != 0x5D {
      if bytes[end] <= 0x20 || bytes[end] == 0x5B { return nil }
      end += 1
    }
    guard end > start + 2, end + 1 < line.upperBound, bytes[end + 1] == 0x3A else { return nil }
    return (start + 2)..<end
  }

  /// The lines of fenced code and of HTML, where nothing begins a note.
  private static func codeLines(of text: PreparedText) -> [ClosedRange<Int>] {
    var result: [ClosedRange<Int>] = []
    var tree = CMarkTree(text.bytes.span.extracting(text.range), smart: false, repairing: false)
    while let step = tree.next() {
      guard case .enter(let node) = step else { continue }
      switch node.kind {
      case .codeBlock, .htmlBlock: result.append((node.startLine - 1)...max(node.startLine, node.endLine) - 1)
      default: break
      }
    }
    return result
  }

  /// Collects the lines of the note that begins in `line`, and says where they end.
  ///
  /// Those that follow belong to it while they are indented by four columns, blank lines between them
  /// included, or go on with a paragraph without a blank line.
  private static func readLines(
    of definition: inout Definition, from line: Int, upTo limit: Int, _ lines: [ByteRange], _ bytes: [UInt8]
  ) -> Int {
    let first = Int(definition.range.upperBound)..<lines[line].indices.upperBound
    var start = first.lowerBound
    while start < first.upperBound, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
    definition.lines.append(start..<first.upperBound)
    var end = line + 1
    var index = line + 1
    while index < limit {
      let content = lines[index].indices
      if TableLayout.trimmed(bytes, content).isEmpty {
        index += 1
        continue
      }
      let indentation = indentation(bytes, content)
      guard indentation.columns >= 4 || index == end && !beginsBlock(bytes, content) else { break }
      for blank in end..<index { definition.lines.append(lines[blank].indices) }
      definition.lines.append((content.lowerBound + indentation.bytes)..<content.upperBound)
      index += 1
      end = index
    }
    return end
  }

  /// Up to four columns of spaces and tabs at the start of a line.
  private static func indentation(_ bytes: [UInt8], _ line: Range<Int>) -> (columns: Int, bytes: Int) {
    var columns = 0
    var index = line.lowerBound
    while index < line.upperBound, columns < 4 {
      if bytes[index] == 0x20 {
        columns += 1
      } else if bytes[index] == 0x09 {
        columns = 4
      } else {
        break
      }
      index += 1
    }
    return (columns, index - line.lowerBound)
  }

  /// Whether a line begins something that is no paragraph, as far as its first characters tell.
  private static func beginsBlock(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
    let content = TableLayout.trimmed(bytes, line)
    guard let first = bytes[content].first else { return true }
    let second = content.count > 1 ? bytes[content.lowerBound + 1] : 0x20
    switch first {
    case 0x23, 0x3E, 0x3C, 0x7C: return true
    case 0x2D, 0x2A, 0x2B: return second.isSpace || second == first
    case 0x60, 0x7E: return second == first
    // The definition of a link, which authors put among the notes.
    case 0x5B: return content.dropLast().contains { bytes[$0] == 0x5D && bytes[$0 + 1] == 0x3A }
    case 0x30...0x39:
      return bytes[content].drop { $0.isDigit }.first.map { $0 == 0x2E || $0 == 0x29 } ?? false
    default: return false
    }
  }
}
