/// A set of ASCII characters, one bit each.
struct ASCIISet {
  private var low: UInt64
  private var high: UInt64
  /// Printable characters of the set, each in all eight bytes of a word; a word of 0 stands for none.
  fileprivate let words: (UInt64, UInt64, UInt64, UInt64)

  /// The control characters that XML 1.0 forbids and the ASCII `characters`, at most four of which may be
  /// printable if a ``TextScanner`` is to use the set.
  init(forbiddenAnd characters: String) {
    low = 0xFFFF_FFFF & ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0D)
    high = 0
    var printable: [UInt64] = []
    for byte in characters.utf8 where byte < 0x80 {
      if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
      if byte >= 0x20 { printable.append(UInt64(byte) &* 0x0101_0101_0101_0101) }
    }
    while printable.count < 4 { printable.append(0) }
    words = (printable[0], printable[1], printable[2], printable[3])
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
      index = endOfPlainWords(from: index)
      while unsafe index < text.count, unsafe text[index] < 0x80 {
        if unsafe special.contains(text[index]) { return index }
        index += 1
      }
      guard unsafe index < text.count else { return index }
      let length = utf8Length(at: index)
      let isNoncharacter =
        unsafe length == 3 && text[index] == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
      if length == 0 || isNoncharacter { return index }
      index += length
    }
  }

  /// Where the words of eight bytes from `start` on end that hold nothing but printable ASCII that is not special.
  private func endOfPlainWords(from start: Int) -> Int {
    guard let base = unsafe text.baseAddress.map({ unsafe UnsafeRawPointer($0) }) else { return start }
    let ones: UInt64 = 0x0101_0101_0101_0101
    let words = special.words
    /// Sets the highest bit of a byte that is zero.
    func zeroes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    var index = start
    while unsafe index + 8 <= text.count {
      let word = unsafe base.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      // A borrow may mark the bytes above one that is marked rightly, but none in a word without such a byte.
      let found =
        word | (word &- ones &* 0x20) | zeroes(words.0 ^ word) | zeroes(words.1 ^ word)
        | zeroes(words.2 ^ word) | zeroes(words.3 ^ word)
      if found & (ones &* 0x80) != 0 { return index }
      index += 8
    }
    return index
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
