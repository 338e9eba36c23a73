/// What kramdown reads and Markdown doesn't: comments, and attributes in braces.
struct KramdownMarks {
  private(set) var notes = ConversionNotes()
  /// Whether a comment has no end, so that none behind it has.
  private var isEndless = false

  /// Takes the comments out of the line at `index`, `{::comment} … {:/comment}`, which may end in a later one.
  ///
  /// Returns the index of the line that has what is left, before which all are done with; `index` where nothing was, or
  /// what is left is in that line.
  mutating func cutComments(from index: Int, in lines: inout [Substring]) -> Int {
    var index = index
    while !isEndless, let start = Self.start(in: lines[index]) {
      var last = index
      var end = Self.end(in: lines[index][start.upperBound...])
      while end == nil, last + 1 < lines.count {
        last += 1
        end = Self.end(in: lines[last])
      }
      guard let end else {
        isEndless = true
        break
      }
      notes.lose("a comment that nobody saw")
      let rest = lines[index][..<start.lowerBound] + lines[last][end...]
      // Of lines that held nothing else, none is left.
      let isGone = rest.allSatisfy(\.isWhitespace)
      index = isGone ? last + 1 : last
      guard !isGone else { return index }
      lines[index] = Substring(rest)
    }
    return index
  }

  private static func start(in line: Substring) -> Range<Substring.Index>? {
    guard line.utf8.contains(0x7B), let found = line.firstRange(of: "{::comment}") else { return nil }
    // In code it is text.
    return line[..<found.lowerBound].contains("`") ? nil : found
  }

  private static func end(in line: Substring) -> Substring.Index? {
    guard line.utf8.contains(0x7B) else { return nil }
    return ["{:/comment}", "{:/}"].compactMap { line.firstRange(of: $0)?.upperBound }.min()
  }

  /// Whether `line` is an item of a list.
  static func isItem(_ line: Substring) -> Bool {
    let start = line.drop { $0 == " " }
    return ["* ", "- ", "+ ", "1. "].contains { start.hasPrefix($0) }
  }

  /// `line` without the attributes that stand right behind a picture, a link, emphasis, code or the mark of a list's item,
  /// outside of code.
  mutating func withoutAttributes(_ line: Substring) -> Substring {
    let bytes = Array(line.utf8)
    guard bytes.contains(0x7B), bytes.count < Self.lineLimit else { return line }
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x60 {
        let end = Self.endOfCode(bytes, at: index)
        result += bytes[index..<end]
        index = end
      } else if bytes[index...].starts(with: "{:".utf8), Self.isMarker(result),
        let close = bytes[index...].firstIndex(of: 0x7D), close + 1 < bytes.count, bytes[close + 1] == 0x20
      {
        notes.lose("kramdown's \(String(decoding: bytes[index...close].prefix(40), as: UTF8.self))")
        index = close + 2
      } else if bytes[index...].starts(with: "{:".utf8), let last = result.last, ")]*_`>".utf8.contains(last),
        let close = bytes[index...].firstIndex(of: 0x7D)
      {
        notes.lose("kramdown's \(String(decoding: bytes[index...close].prefix(40), as: UTF8.self))")
        index = close + 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result.count == bytes.count ? line : Substring(String(decoding: result, as: UTF8.self))
  }

  /// Whether `line`, which an item of a list may begin, is its mark alone.
  private static func isMarker(_ line: [UInt8]) -> Bool {
    line.last == 0x20 && line.contains { $0 != 0x20 } && line.count < 20
      && line.allSatisfy { " -*+.0123456789".utf8.contains($0) }
  }

  /// How many bytes a line has that is looked into.
  private static let lineLimit = 20_000

  /// Where the code ends that the backticks at `start` begin; behind them where they begin none.
  private static func endOfCode(_ bytes: [UInt8], at start: Int) -> Int {
    let count = bytes[start...].prefix { $0 == 0x60 }.count
    var index = start + count
    while let found = bytes[index...].firstIndex(of: 0x60) {
      let run = bytes[found...].prefix { $0 == 0x60 }.count
      index = found + run
      if run == count { return index }
    }
    return start + count
  }
}
