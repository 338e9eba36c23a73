import SourceText

/// What one pass over the bytes of a text tells before it is parsed: where its lines are.
struct TextSurvey {
  /// The lines with their ends, as places in the source.
  private(set) var lines: [ByteRange] = []
  /// Whether some bytes are not UTF-8.
  private(set) var hasInvalidUTF8 = false

  init(_ bytes: [UInt8], in range: Range<Int>) {
    lines.reserveCapacity(range.count / 48 + 1)
    var start = range.lowerBound
    var index = range.lowerBound
    var seen: UInt8 = 0
    while index < range.upperBound {
      let byte = bytes[index]
      seen |= byte
      index += 1
      guard byte == 0x0A || byte == 0x0D else { continue }
      if byte == 0x0D, index < range.upperBound, bytes[index] == 0x0A { index += 1 }
      lines.append(ByteRange(start, index))
      start = index
    }
    if start < range.upperBound { lines.append(ByteRange(start, range.upperBound)) }
    if seen >= 0x80 { hasInvalidUTF8 = !isValidUTF8(bytes[range]) }
  }
}

/// Whether `bytes` are UTF-8.
private func isValidUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
  String(validating: bytes, as: UTF8.self) != nil
}
