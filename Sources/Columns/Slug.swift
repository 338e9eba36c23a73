import SourceText

/// Turns a name or a title into one segment of a URL: lower-case letters and digits of any script with single
/// hyphens between words, at most 80 bytes; Latin letters lose their accents.
///
/// What is longer is cut between two words if that keeps two thirds, else inside one.
/// Empty when nothing of `text` can be kept.
public func slug(for text: String) -> String {
  var result: [UInt8] = []
  var needsHyphen = false
  // Where the last word that is whole ends.
  var wordEnd = 0
  for scalar in text.unicodeScalars {
    // An apostrophe inside a word is dropped, not a break: "Ann's" is "anns".
    if scalar == "'" || scalar == "\u{2019}" || isCombiningLatinMark(scalar) { continue }
    let letters = foldedLetters(of: scalar)
    guard !letters.isEmpty else {
      needsHyphen = !result.isEmpty
      continue
    }
    if result.count + letters.utf8.count + (needsHyphen ? 1 : 0) > 80 {
      if !needsHyphen, wordEnd >= 54 { result.removeLast(result.count - wordEnd) }
      break
    }
    if needsHyphen {
      wordEnd = result.count
      result.append(0x2D)
    }
    needsHyphen = false
    result.append(contentsOf: letters.utf8)
  }
  return String(decoding: result, as: UTF8.self)
}

/// `text` as names are compared and sorted by: lower case, Latin letters without accents, and one space for
/// any run of other characters.
public func sortKey(for text: String) -> String {
  if text.isASCII { return asciiSortKey(for: text) }
  var result = ""
  for scalar in text.unicodeScalars where !isCombiningLatinMark(scalar) {
    let letters = foldedLetters(of: scalar)
    if !letters.isEmpty {
      result += letters
    } else if !result.isEmpty, result.utf8.last != 0x20 {
      result += " "
    }
  }
  if result.utf8.last == 0x20 { result.removeLast() }
  return result
}

/// ``sortKey(for:)`` of what most names are written in.
private func asciiSortKey(for text: String) -> String {
  var result: [UInt8] = []
  result.reserveCapacity(text.utf8.count)
  var needsSpace = false
  for byte in text.utf8 {
    switch byte {
    case 0x30...0x39, 0x61...0x7A, 0x41...0x5A:
      if needsSpace { result.append(0x20) }
      needsSpace = false
      result.append(byte < 0x41 ? byte : byte | 0x20)
    default: needsSpace = !result.isEmpty
    }
  }
  return String(decoding: result, as: UTF8.self)
}
