/// Eight bytes looked at in one step.
///
/// Each test gives a word in which the highest bit of a byte says that it passed. The lowest such bit is always
/// right; bits above it may be wrong, so that only the first byte that passes can be told.
public struct ByteLanes {
  @usableFromInline let word: UInt64

  @inlinable
  @inline(__always)
  init(word: UInt64) { self.word = word }

  /// The eight bytes at `offset` from `base`, the first of them lowest.
  @inlinable
  @inline(__always)
  init(_ base: UnsafeRawPointer, at offset: Int) {
    word = UInt64(littleEndian: unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// `byte` in all eight places.
  @inlinable
  @inline(__always)
  static func all(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

  /// Bytes that are `byte`.
  @inlinable
  @inline(__always)
  public func equal(to byte: UInt8) -> UInt64 {
    let difference = word ^ ByteLanes.all(byte)
    return (difference &- ByteLanes.all(1)) & ~difference & ByteLanes.all(0x80)
  }

  /// Bytes that are `byte`, whatever their `bits` are, all of which `byte` has.
  @inlinable
  @inline(__always)
  public func equal(to byte: UInt8, but bits: UInt8) -> UInt64 {
    ByteLanes(word: word | ByteLanes.all(bits)).equal(to: byte)
  }

  /// Bytes that are below `bound`, which is at most 0x80.
  @inlinable
  @inline(__always)
  public func below(_ bound: UInt8) -> UInt64 { (word &- ByteLanes.all(bound)) & ~word & ByteLanes.all(0x80) }

  /// Bytes that are no ASCII.
  @inlinable
  @inline(__always)
  public var beyondASCII: UInt64 { word & ByteLanes.all(0x80) }

  /// Bytes that are neither a letter of ASCII nor a space.
  @inlinable
  @inline(__always)
  public var neitherLetterNorSpace: UInt64 {
    let low = (word | ByteLanes.all(0x20)) & ByteLanes.all(0x7F)
    let isLetter = (low &+ ByteLanes.all(0x80 - 0x61)) & ~(low &+ ByteLanes.all(0x80 - 0x7B)) & ~word
    let difference = word ^ ByteLanes.all(0x20)
    let isNoSpace = ((difference & ByteLanes.all(0x7F)) &+ ByteLanes.all(0x7F)) | difference
    return isNoSpace & ~isLetter & ByteLanes.all(0x80)
  }

  /// Letters and digits, each told rightly if ``beyondASCII`` finds nothing.
  @inlinable
  @inline(__always)
  public var lettersAndDigits: UInt64 {
    let low = (word | ByteLanes.all(0x20)) & ByteLanes.all(0x7F)
    let isLetter = (low &+ ByteLanes.all(0x80 - 0x61)) & ~(low &+ ByteLanes.all(0x80 - 0x7B))
    let isDigit = (word &+ ByteLanes.all(0x80 - 0x30)) & ~(word &+ ByteLanes.all(0x80 - 0x3A))
    return (isLetter | isDigit) & ByteLanes.all(0x80)
  }

  /// How many letters and digits of ASCII come first, and those in lower case: the first highest, zeros after the last.
  @inlinable
  @inline(__always)
  public var leadingWord: (length: Int, letters: UInt64) {
    let others = (~lettersAndDigits | word) & ByteLanes.all(0x80)
    let letters = (word | ByteLanes.all(0x20)).byteSwapped
    guard others != 0 else { return (8, letters) }
    let length = others.trailingZeroBitCount >> 3
    return (length, letters & ~(UInt64.max >> UInt64(8 * length)))
  }

  /// Spaces and control characters below them, each told rightly if ``beyondASCII`` finds nothing.
  @inlinable
  @inline(__always)
  public var spaces: UInt64 { ~(word &+ ByteLanes.all(0x80 - 0x21)) & ByteLanes.all(0x80) }
}

extension UnsafeBufferPointer<UInt8> {
  /// The eight bytes from `index` on; `nil` where there are fewer.
  @inlinable
  @inline(__always)
  public func lanes(at index: Int) -> ByteLanes? {
    guard let base = unsafe UnsafeRawPointer(baseAddress), index >= 0, index &+ 8 <= count else { return nil }
    return unsafe ByteLanes(base, at: index)
  }

  /// The index of the first byte from `start` on that passes `test`; the end when there is none.
  @inlinable
  @inline(__always)
  public func firstIndex(from start: Int, where test: (ByteLanes) -> UInt64) -> Int {
    guard let base = unsafe UnsafeRawPointer(baseAddress) else { return start }
    var index = start
    // Two at once, for which there are instructions.
    while index &+ 16 <= count {
      let first = unsafe test(ByteLanes(base, at: index))
      let second = unsafe test(ByteLanes(base, at: index &+ 8))
      if first | second != 0 {
        return first != 0
          ? index &+ first.trailingZeroBitCount >> 3 : index &+ 8 &+ second.trailingZeroBitCount >> 3
      }
      index &+= 16
    }
    if index &+ 8 <= count {
      let found = unsafe test(ByteLanes(base, at: index))
      if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
      index &+= 8
    }
    guard index < count else { return index }
    var last: UInt64 = 0
    var shift: UInt64 = 0
    for offset in index..<count {
      unsafe last |= UInt64(base.load(fromByteOffset: offset, as: UInt8.self)) &<< shift
      shift &+= 8
    }
    let found = test(ByteLanes(word: last))
    return found == 0 ? count : Swift.min(count, index &+ found.trailingZeroBitCount >> 3)
  }
}
