import SourceText

/// The number of words in `text`: runs between spaces that hold a letter or digit of some script, and every
/// single character of the scripts that do not space their words (Chinese, and Japanese).
func countWords(_ text: Span<UInt8>) -> Int {
  var count = 0
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte.isLetter || byte.isDigit {
      count += 1
      index = endOfWord(in: text, from: index + 1)
    } else if byte < 0xC3 {
      index += 1
    } else {
      let next = index + 1 < text.count ? text[index + 1] : 0
      if isIdeograph(byte, next) {
        count += 1
        index += 3
      } else if byte == 0xE2 && next < 0x82 {
        // General punctuation (U+2000…206F), such as a dash between spaces, is no word.
        index += 3
      } else {
        count += 1
        index = endOfWord(in: text, from: index + 1)
      }
    }
  }
  return count
}

/// The index of the space or ideograph that ends the word around `start`.
@inline(__always)
private func endOfWord(in text: Span<UInt8>, from start: Int) -> Int {
  var index = start
  while true {
    index = unsafe text.withUnsafeBufferPointer {
      unsafe $0.firstIndex(from: index) { $0.below(0x21) | $0.beyondASCII }
    }
    guard index < text.count, text[index] >= 0x80 else { return index }
    if text[index] >= 0xE3, isIdeograph(text[index], index + 1 < text.count ? text[index + 1] : 0) {
      return index
    }
    index += 1
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
  let line = text.prefix(limit + 1).map { $0 == 0x0A || $0 == 0x09 ? 0x20 : $0 }
  guard line.count > limit else { return String(decoding: line, as: UTF8.self) }
  var end = limit
  if let space = line[..<(limit + 1)].lastIndex(of: 0x20), space > limit / 2 {
    end = space
  } else {
    while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
  }
  while end > 0, [0x20, 0x2C, 0x3B, 0x3A, 0x2D].contains(line[end - 1]) { end -= 1 }
  return String(decoding: line[..<end], as: UTF8.self) + "…"
}
