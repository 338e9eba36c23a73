/// A search for marks that are neither escaped nor in code, which ends when enough was read.
struct MarkSearch {
  private let marks: ByteSet
  /// How many more bytes may be read.
  var budget: Int

  /// A search in a text of `byteCount` bytes, parts of which may be read several times.
  init(for marks: ByteSet, in byteCount: Int) {
    self.marks = marks
    budget = 16 * byteCount + 4096
  }

  /// Where the next mark stands from `start` on; `nil` when there is none.
  mutating func next(in source: [UInt8], from start: Int, before limit: Int) -> Int? {
    var index = start
    while index + 1 < limit, budget > 0 {
      budget -= 1
      switch source[index] {
      case 0x5C: index += 2
      case 0x60: index = endOfCode(in: source, at: index, before: limit)
      case let byte where marks.contains(byte): return index
      default: index += 1
      }
    }
    return nil
  }

  /// The end of the code that begins with the backticks at `start`, or of these where nothing ends it.
  private mutating func endOfCode(in source: [UInt8], at start: Int, before limit: Int) -> Int {
    var end = start
    while end < limit, source[end] == 0x60 { end += 1 }
    var index = end
    var run = 0
    while index <= limit {
      if index < limit, source[index] == 0x60 {
        run += 1
      } else {
        if run == end - start { break }
        run = 0
      }
      index += 1
    }
    budget -= index - start
    return index > limit ? end : index
  }
}
