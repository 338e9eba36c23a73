public import SourceText

extension UInt8 {
  /// Whether it is an ASCII letter.
  @inline(__always)
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  /// Whether it is an ASCII digit.
  @inline(__always)
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// Whether it is a space, a tab or a line end.
  @inline(__always)
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
  /// Whether it is a control character of ASCII that HTML may not hold: all but tab, LF and CR.
  @inline(__always)
  var isControl: Bool { self < 0x20 ? self != 0x09 && self != 0x0A && self != 0x0D : self == 0x7F }
  /// Whether it is an ASCII character that is neither a letter, a digit, a space nor a control.
  var isPunctuation: Bool { (0x21...0x7E).contains(self) && !isLetter && !isDigit }
  /// An ASCII capital as its small letter, everything else as it is.
  @inline(__always)
  var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}

/// A set of ASCII bytes.
struct ByteSet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The set of the characters of `text`; known to the compiler, if `text` is.
  @inline(__always)
  init(_ text: StaticString = "") {
    for index in 0..<text.utf8CodeUnitCount { insert(unsafe text.utf8Start[index]) }
  }

  /// Whether `byte` is in the set; bytes from 0x80 on never are.
  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let bits = byte < 0x40 ? low : byte < 0x80 ? high : 0
    return bits >> UInt64(byte & 0x3F) & 1 == 1
  }

  mutating func insert(_ byte: UInt8) {
    if byte < 0x40 { low |= 1 << UInt64(byte) } else if byte < 0x80 { high |= 1 << UInt64(byte & 0x3F) }
  }
}

extension Span<UInt8> {
  /// Whether `text` stands at `index`.
  @inline(__always)
  func has(_ text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount where unsafe self[index + offset] != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// Whether `text`, which is in lower case, stands at `index` in whichever case.
  func has(lowered text: StaticString, at index: Int) -> Bool {
    guard index >= 0, index + text.utf8CodeUnitCount <= count else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where unsafe self[index + offset].lowered != text.utf8Start[offset] { return false }
    return true
  }

  /// The index of the first byte from `start` on that is neither a letter of ASCII nor a space: most bytes of a
  /// text are, and mean nothing.
  @inline(__always)
  func endOfCommonRun(from start: Int) -> Int {
    unsafe withUnsafeBufferPointer { unsafe $0.firstIndex(from: start) { $0.neitherLetterNorSpace } }
  }

  /// The number of bytes of the UTF-8 character beyond ASCII that begins at `index`; 0 if none does.
  func lengthOfCharacter(at index: Int) -> Int {
    func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
      index + offset < count && range.contains(self[index + offset])
    }
    switch self[index] {
    case 0xC2...0xDF: return continues(1) ? 2 : 0
    case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
    case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
    case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
    case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
    case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
    case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
    default: return 0
    }
  }

  /// The index of the first `byte` from `start` on.
  func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
    var index = start
    while index < count {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// The end of the host that begins at `start` if that is a number of IPv6 in brackets, as `[::1]`.
  func endOfNumericHost(at start: Int) -> Int? {
    guard start < count, self[start] == 0x5B else { return nil }
    var index = start + 1
    while index < count,
      self[index].isDigit || (0x61...0x66).contains(self[index] | 0x20) || self[index] == 0x3A
        || self[index] == 0x2E
    {
      index += 1
    }
    return index < count && index > start + 2 && self[index] == 0x5D ? index + 1 : nil
  }

  /// The bytes as a string, with invalid UTF-8 replaced.
  var string: String { unsafe withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) } }

  /// A copy of the bytes.
  var array: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}

extension ByteBuffer {
  /// Appends a literal without making a string of it.
  @inline(__always)
  mutating func append(static text: StaticString) {
    unsafe bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends `text` as it is.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Appends `text` with the characters that mean something in HTML escaped.
  mutating func append(escaped text: Span<UInt8>) {
    unsafe text.withUnsafeBufferPointer { unsafe append($0, escaping: .commonMark) }
  }

  /// Appends `text` with the characters that mean something in HTML escaped.
  mutating func append(escaped text: String) { append(text, escaping: .commonMark) }

  /// Appends `destination` as the value of an `href` or `src` attribute: what a URL cannot hold
  /// percent-encoded, `&` and `'` as entities, what is percent-encoded left as it is.
  public mutating func appendURL(_ destination: String) {
    for byte in destination.utf8 { appendInURL(byte) }
  }

  /// Appends `url` as the value of an `href` or `src` attribute.
  mutating func appendURL(_ url: Span<UInt8>) {
    var start = 0
    // The brackets of `https://[::1]/` are a part of it.
    let host =
      url.has("//[", at: 6)
      ? url.endOfNumericHost(at: 8) : url.has("//[", at: 5) ? url.endOfNumericHost(at: 7) : nil
    for index in (host ?? 0)..<url.count where !standsForItselfInURL(url[index]) {
      append(url.extracting(start..<index))
      appendInURL(url[index])
      start = index + 1
    }
    append(url.extracting(start..<url.count))
  }

  private mutating func appendInURL(_ byte: UInt8) {
    switch byte {
    case 0x26: append(static: "&amp;")
    case 0x27: append(static: "&#x27;")
    case _ where standsForItselfInURL(byte): append(byte: byte)
    default:
      append(byte: 0x25)
      append(byte: hexDigit(byte >> 4))
      append(byte: hexDigit(byte & 0xF))
    }
  }
}

/// Whether `byte` is a letter, a digit, or one of `-_.+!*(),%#@?=;:/$~`.
@inline(__always)
private func standsForItselfInURL(_ byte: UInt8) -> Bool {
  byte.isLetter || byte.isDigit || ByteSet("-_.+!*(),%#@?=;:/$~").contains(byte)
}

private func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
