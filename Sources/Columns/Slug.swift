import SourceText

/// Turns a name or a title into one segment of a URL: lower-case letters and digits of any script with single
/// hyphens between words, at most 80 bytes; Latin letters lose their accents.
///
/// What is longer is cut between two words if that keeps two thirds, else inside one.
/// Empty when nothing of `text` can be kept.
public func slug(for text: String) -> String {
  var result = String.UnicodeScalarView()
  var byteCount = 0
  var needsHyphen = false
  // Where the last word that is whole ends.
  var end: (index: String.UnicodeScalarView.Index, byteCount: Int)?
  for scalar in text.unicodeScalars {
    // An apostrophe inside a word is dropped, not a break: "Ann's" is "anns".
    if scalar == "'" || scalar == "\u{2019}" || isCombiningLatinMark(scalar) { continue }
    let letters = foldedLetters(of: scalar)
    guard !letters.isEmpty else {
      needsHyphen = byteCount > 0
      continue
    }
    let length = letters.utf8.count + (needsHyphen ? 1 : 0)
    if byteCount + length > 80 {
      if !needsHyphen, let end, end.byteCount >= 54 { result.removeSubrange(end.index...) }
      break
    }
    if needsHyphen {
      end = (result.endIndex, byteCount)
      result.append("-")
    }
    needsHyphen = false
    result.append(contentsOf: letters.unicodeScalars)
    byteCount += length
  }
  return String(result)
}

/// `text` as names are compared and sorted by: lower case, Latin letters without accents, and one space for
/// any run of other characters.
public func sortKey(for text: String) -> String {
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
