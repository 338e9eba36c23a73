/// Python's idea of whitespace, which decides what `-` in a tag and the filters strip.
enum Whitespace {
  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x1C...0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  static func isASCII(_ byte: UInt8) -> Bool {
    (0x09...0x0D).contains(byte) || (0x1C...0x20).contains(byte)
  }

  /// The index of the first byte of `bytes` at or after `start` that is not whitespace.
  static func skipping(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var index = start
    while index < end {
      if isASCII(bytes[index]) {
        index += 1
      } else if let length = wideLength(bytes, at: index, end: end) {
        index += length
      } else {
        break
      }
    }
    return index
  }

  /// The index just after the last byte of `bytes` before `end` that is not whitespace.
  static func trimming(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
    var index = end
    while index > start {
      if isASCII(bytes[index - 1]) {
        index -= 1
      } else if index - start >= 2, wideLength(bytes, at: index - 2, end: index) == 2 {
        index -= 2
      } else if index - start >= 3, wideLength(bytes, at: index - 3, end: index) == 3 {
        index -= 3
      } else {
        break
      }
    }
    return index
  }

  /// The number of bytes of the whitespace character beyond ASCII that begins at `index`, if one does.
  private static func wideLength(_ bytes: [UInt8], at index: Int, end: Int) -> Int? {
    func byte(_ offset: Int) -> UInt8 { index + offset < end ? bytes[index + offset] : 0 }
    switch byte(0) {
    case 0xC2: return byte(1) == 0x85 || byte(1) == 0xA0 ? 2 : nil
    case 0xE1, 0xE2, 0xE3:
      let value = UInt32(byte(0) & 0x0F) << 12 | UInt32(byte(1) & 0x3F) << 6 | UInt32(byte(2) & 0x3F)
      guard index + 2 < end, let scalar = Unicode.Scalar(value), contains(scalar) else { return nil }
      return 3
    default: return nil
    }
  }
}
