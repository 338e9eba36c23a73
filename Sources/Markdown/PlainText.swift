import SourceText

/// The number of words in `text`: runs between spaces that hold a letter or digit of some script, and every
/// single character of the scripts that do not space their words (Chinese, and Japanese).
func countWords(_ text: Span<UInt8>) -> Int {
  unsafe text.withUnsafeBufferPointer { unsafe WordCount(of: $0).count }
}

/// A count of words, from the front.
private struct WordCount {
  private(set) var count = 0
  /// What the run between spaces that was read last came to.
  private var run = Run.none

  private enum Run {
    /// There is none: a space was read last.
    case none
    /// It holds no letter so far.
    case open
    case counted
  }

  init(of text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count {
      if let lanes = unsafe text.lanes(at: index), addLanes(lanes) {
        index &+= 8
      } else {
        let end = min(text.count, index + 8)
        while index < end { unsafe index += addCharacter(at: index, of: text) }
      }
    }
  }

  /// Counts the words that begin in `lanes`; does nothing and is false where that takes a closer look: where a run
  /// begins with something else than a letter or digit.
  private mutating func addLanes(_ lanes: ByteLanes) -> Bool {
    guard lanes.beyondASCII == 0, run != .open else { return false }
    let spaces = lanes.spaces
    let beginnings = ~spaces & (spaces << 8 | (run == .none ? 0x80 : 0)) & 0x8080_8080_8080_8080
    guard beginnings & ~lanes.lettersAndDigits == 0 else { return false }
    count &+= Int((beginnings >> 7 &* 0x0101_0101_0101_0101) >> 56)
    run = spaces >> 63 == 1 ? .none : .counted
    return true
  }

  /// Counts the word that the character at `index` begins, if it does, and is the character's length.
  private mutating func addCharacter(at index: Int, of text: UnsafeBufferPointer<UInt8>) -> Int {
    let byte = unsafe text[index]
    if byte <= 0x20 {
      run = .none
    } else if byte.isLetter || byte.isDigit {
      begin()
    } else if byte >= 0xC3 {
      let next = unsafe index + 1 < text.count ? text[index + 1] : 0
      if isIdeograph(byte, next) {
        count += 1
        run = .none
        return 3
      }
      // General punctuation (U+2000…206F), such as a dash between spaces, is no word.
      if byte == 0xE2 && next < 0x82 {
        if run == .none { run = .open }
        return 3
      }
      begin()
    } else if run == .none {
      run = .open
    }
    return 1
  }

  private mutating func begin() {
    if run != .counted { count += 1 }
    run = .counted
  }
}

/// Whether these are the first bytes of a kana (U+3040…) or a Han character.
private func isIdeograph(_ byte: UInt8, _ next: UInt8) -> Bool {
  byte > 0xE3 && byte <= 0xE9 || byte == 0xE3 && next >= 0x81
}

/// The longest excerpt, in bytes.
let excerptLimit = 300

/// Up to ``excerptLimit`` bytes of `text` on one line, cut at the end of a word and followed by `…` if it is longer.
func cutExcerpt(_ text: [UInt8]) -> String {
  let limit = excerptLimit
  var line = Array(text.prefix(limit + 1))
  for index in line.indices where line[index] == 0x0A || line[index] == 0x09 { line[index] = 0x20 }
  guard line.count > limit else { return String(decoding: line, as: UTF8.self) }
  var end = limit
  while end > limit / 2, line[end] != 0x20 { end -= 1 }
  if end == limit / 2 {
    end = limit
    while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
  }
  while end > 0, isLooseEnd(line[end - 1]) { end -= 1 }
  return String(decoding: line[..<end], as: UTF8.self) + "…"
}

/// Whether `byte` is a space, or a comma, a colon or a dash, which nothing can follow.
private func isLooseEnd(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x20, 0x2C, 0x3B, 0x3A, 0x2D: true
  default: false
  }
}
