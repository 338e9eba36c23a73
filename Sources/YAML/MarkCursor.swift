import SourceText

/// Turns libyaml's places, which count characters from the start of the stream, into byte offsets.
///
/// Neighbouring places are near each other, so the way from the latest one is walked.
struct MarkCursor {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let isASCII: Bool
  private var character = 0
  private var byte: Int

  init(_ bytes: [UInt8], in range: Range<Int>, isASCII: Bool) {
    self.bytes = bytes
    self.range = range
    self.isASCII = isASCII
    byte = range.lowerBound
  }

  mutating func offset(of mark: Int) -> Int {
    if isASCII { return min(range.lowerBound + mark, range.upperBound) }
    while character < mark, byte < range.upperBound {
      byte += 1
      while byte < range.upperBound, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
      character += 1
    }
    while character > mark, byte > range.lowerBound {
      byte -= 1
      while byte > range.lowerBound, bytes[byte] & 0xC0 == 0x80 { byte -= 1 }
      character -= 1
    }
    return byte
  }

  mutating func range(_ start: Int, _ end: Int) -> ByteRange {
    let lower = offset(of: start)
    return ByteRange(lower, offset(of: end))
  }
}
