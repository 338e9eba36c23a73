import SourceText

/// A set of ASCII characters, one bit each.
struct ASCIISet {
  private var low: UInt64
  private var high: UInt64
  /// Printable characters of the set; 0, which is forbidden anyway, stands for none.
  fileprivate let printable: (UInt8, UInt8, UInt8, UInt8)

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
    while printable.count < 4 { printable.append(0) }
    self.printable = (printable[0], printable[1], printable[2], printable[3])
  }

  /// Whether `byte`, which is below 0x80, is in the set.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    ((byte < 64 ? low : high) &>> UInt64(byte & 63)) & 1 != 0
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
        // A tab or line end that may stay.
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

  /// Where the printable ASCII that isn't special and begins at `start` ends.
  private func endOfPlainRun(from start: Int) -> Int {
    let (first, second, third, fourth) = special.printable
    return unsafe text.firstIndex(from: start) { lanes in
      lanes.beyondASCII | lanes.below(0x20) | lanes.equal(to: first) | lanes.equal(to: second)
        | lanes.equal(to: third) | lanes.equal(to: fourth)
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
