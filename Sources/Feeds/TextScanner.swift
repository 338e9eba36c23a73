import SourceText

/// A set of ASCII characters, one bit each.
struct ASCIISet {
  private var low: UInt64
  private var high: UInt64
  /// Finds all printable characters of the set, and perhaps some others.
  fileprivate let printable: (PrintableTest, PrintableTest)

  /// The control characters that XML 1.0 forbids and the ASCII `characters`, at most four of which may be
  /// printable if a ``TextScanner`` is to use the set.
  init(forbiddenAnd characters: String) {
    low = 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)
    high = 0
    var printable: [UInt8] = []
    for byte in characters.utf8 where byte < 0x80 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
      if byte >= 0x20 { printable.append(byte) }
    }
    self.printable = PrintableTest.pair(for: printable)
  }

  /// Whether `byte`, which is below 0x80, is in the set.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0
  }
}

/// Finds one or two characters, and those that have either one's bit wherever the two differ.
private struct PrintableTest {
  let byte: UInt8
  let bits: UInt8

  init(_ one: UInt8, _ other: UInt8) {
    byte = one | other
    bits = one ^ other
  }

  /// Two tests that find up to four `characters` and as few others as may be; 0, which is forbidden anyway, stands for
  /// none.
  static func pair(for characters: [UInt8]) -> (PrintableTest, PrintableTest) {
    var all = characters
    guard all.count > 2 else {
      while all.count < 2 { all.append(0) }
      return (PrintableTest(all[0], all[0]), PrintableTest(all[1], all[1]))
    }
    if all.count == 3 { all.append(all[2]) }
    let pairs = [(1, 2, 3), (2, 1, 3), (3, 1, 2)].map { with, third, fourth in
      (PrintableTest(all[0], all[with]), PrintableTest(all[third], all[fourth]))
    }
    func cost(_ pair: (PrintableTest, PrintableTest)) -> Int {
      1 << pair.0.bits.nonzeroBitCount + 1 << pair.1.bits.nonzeroBitCount
    }
    return pairs.reduce(pairs[0]) { cost($1) < cost($0) ? $1 : $0 }
  }
}

/// Finds the places of a text that cannot be copied as they are.
///
/// It holds a pointer, every use of which is within the pointer's bounds, and must not outlive what that points to.
@safe
struct TextScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private let special: ASCIISet

  init(_ text: UnsafeBufferPointer<UInt8>, special: ASCIISet) {
    unsafe self.text = text
    self.special = special
  }

  /// The first place from `start` on whose byte is special, begins a character that XML forbids, or is no
  /// UTF-8; the end when there is none.
  func firstUnfit(from start: Int) -> Int {
    var index = start
    while true {
      index = endOfPlainRun(from: index)
      guard unsafe index < text.count else { return index }
      if unsafe text[index] < 0x80 {
        if unsafe special.contains(text[index]) { return index }
        // A tab or line end that may stay, or what is merely found along with others.
        index += 1
        continue
      }
      let length = utf8Length(at: index)
      let isNoncharacter =
        unsafe length == 3 && text[index] == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
      if length == 0 || isNoncharacter { return index }
      index += length
    }
  }

  /// Where the printable ASCII that isn't special and begins at `start` ends, or before.
  private func endOfPlainRun(from start: Int) -> Int {
    let (first, second) = special.printable
    return unsafe text.firstIndex(from: start) { lanes in
      lanes.beyondASCII | lanes.below(0x20) | lanes.equal(to: first.byte, but: first.bits)
        | lanes.equal(to: second.byte, but: second.bits)
    }
  }

  /// The length of the UTF-8 sequence at `index`, which begins with a byte from 0x80; 0 when it is no UTF-8.
  func utf8Length(at index: Int) -> Int {
    let first = unsafe text[index]
    let available = unsafe text.count - index
    func follows(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      unsafe offset < available && range.contains(text[index + offset])
    }
    switch first {
    case 0xC2...0xDF:
      return follows(1) ? 2 : 0
    case 0xE0...0xEF:
      let second: ClosedRange<UInt8> = first == 0xE0 ? 0xA0...0xBF : first == 0xED ? 0x80...0x9F : 0x80...0xBF
      return follows(1, second) && follows(2) ? 3 : 0
    case 0xF0...0xF4:
      let second: ClosedRange<UInt8> = first == 0xF0 ? 0x90...0xBF : first == 0xF4 ? 0x80...0x8F : 0x80...0xBF
      return follows(1, second) && follows(2) && follows(3) ? 4 : 0
    default:
      return 0
    }
  }
}
