/// `text` with those of its references by number resolved that libxml2 would drop or read as a control character, as HTML
/// has them: `&#146;` is the apostrophe that Windows has at that place.
///
/// Those of control characters and of what is no character become nothing, as nothing could show them.
func withSoundReferences(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  guard bytes.contains(0x26) else { return bytes }
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count)
  var index = 0
  while index < bytes.count {
    guard bytes[index] == 0x26, index + 1 < bytes.count, bytes[index + 1] == 0x23 else {
      result.append(bytes[index])
      index += 1
      continue
    }
    guard let (value, end) = number(bytes, at: index) else {
      // A reference to nothing is text, which libxml2 would drop.
      result += "&amp;".utf8
      index += 1
      continue
    }
    switch value {
    case 0x80..<0xA0: result += windows1252[Int(value) - 0x80].map { Array(String($0).utf8) } ?? []
    case 0, 0xD800..<0xE000, 0x11_0000...: result += "\u{FFFD}".utf8
    case 0x0C: result.append(0x20)
    case 1..<0x09, 0x0B, 0x0E..<0x20, 0x7F, 0xFDD0..<0xFDF0: break
    case let value where value & 0xFFFE == 0xFFFE: break
    default: result += bytes[index..<end]
    }
    index = end
  }
  return result
}

/// The number of the reference at `start`, and where it ends; `nil` where none is.
private func number(_ bytes: [UInt8], at start: Int) -> (value: UInt32, end: Int)? {
  guard start + 2 < bytes.count, bytes[start + 1] == 0x23 else { return nil }
  let isHexadecimal = bytes[start + 2] | 0x20 == 0x78
  let first = start + (isHexadecimal ? 3 : 2)
  var index = first
  var value: UInt32 = 0
  while index < bytes.count, let digit = digit(bytes[index], isHexadecimal) {
    value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
    index += 1
  }
  guard index > first else { return nil }
  return (value, index < bytes.count && bytes[index] == 0x3B ? index + 1 : index)
}

private func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte - 0x30)
  case 0x41...0x46 where isHexadecimal: UInt32(byte - 0x37)
  case 0x61...0x66 where isHexadecimal: UInt32(byte - 0x57)
  default: nil
  }
}

/// What the bytes from 0x80 on mean in windows-1252, and so the numbers from 128 on in HTML; `nil` for nothing.
public let windows1252: [Unicode.Scalar?] = "€\u{0}‚ƒ„…†‡ˆ‰Š‹Œ\u{0}Ž\u{0}\u{0}‘’“”•–—˜™š›œ\u{0}žŸ"
  .unicodeScalars.map {
    $0 == "\u{0}" ? nil : $0
  }
