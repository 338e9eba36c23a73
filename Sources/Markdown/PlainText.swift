/// The number of words in `text`: runs between spaces that hold a letter or digit of some script, and every
/// single character of the scripts that do not space their words (Chinese, and Japanese).
func countWords(_ text: [UInt8]) -> Int {
  var count = 0
  var isInWord = false
  var index = 0
  while index < text.count {
    let byte = text[index]
    index += 1
    if byte <= 0x20 {
      isInWord = false
    } else if byte >= 0xE3, byte <= 0xE9, index < text.count, byte > 0xE3 || text[index] >= 0x81 {
      count += 1
      isInWord = false
      index += 2
    } else if !isInWord, byte.isLetter || byte.isDigit || byte >= 0xC3 {
      // General punctuation (U+2000…206F), such as a dash between spaces, is no word.
      if byte == 0xE2, index < text.count, text[index] < 0x82 { continue }
      isInWord = true
      count += 1
    }
  }
  return count
}

/// The longest excerpt, in bytes.
let excerptLimit = 300

/// Up to ``excerptLimit`` bytes of `text` on one line, cut at the end of a word and followed by `…` if it is longer.
func cutExcerpt(_ text: [UInt8]) -> String {
  let limit = excerptLimit
  let line = text.prefix(limit + 1).map { $0 == 0x0A ? 0x20 : $0 }
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
