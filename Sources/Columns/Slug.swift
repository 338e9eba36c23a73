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

/// The letters or digits that stand for `scalar` in a slug; empty for everything else.
private func foldedLetters(of scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x30...0x39, 0x61...0x7A: return String(scalar)
  case 0x41...0x5A: return String(scalar).lowercased()
  case 0x00..<0x80: return ""
  case 0xC0..<0x180:
    let letters = latin[Int(scalar.value) - 0xC0]
    return letters == "-" ? "" : String(letters)
  case 0x1E00..<0x1F00:
    let letters = latinAdditional[Int(scalar.value) - 0x1E00]
    return letters == "-" ? "" : String(letters)
  default:
    let properties = scalar.properties
    let isKept =
      properties.isAlphabetic || properties.numericType != nil
      || properties.generalCategory == .nonspacingMark || properties.generalCategory == .spacingMark
    return isKept ? properties.lowercaseMapping : ""
  }
}

/// Combining diacritical marks, which follow a Latin letter in decomposed text.
private func isCombiningLatinMark(_ scalar: Unicode.Scalar) -> Bool {
  (0x0300...0x036F).contains(scalar.value)
}

/// What stands for U+00C0 to U+017F; `-` for nothing.
private let latin: [Substring] =
  """
    a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss a a a a a a ae c e e e e i i \
    i i d n o o o o o - o u u u u y th y a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g \
    g g g g g g h h h h i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n ng ng \
    o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z \
    z z z z s
  """.split(separator: " ")

/// What stands for U+1E00 to U+1EFF, Vietnamese letters among them.
private let latinAdditional: [Substring] =
  """
    a a b b b b b b c c d d d d d d d d d d e e e e e e e e e e f f g g h h h h h h h h h h i i i i \
    k k k k k k l l l l l l l l m m m m m m n n n n n n n n o o o o o o o o p p p p r r r r r r r r \
    s s s s s s s s s s t t t t t t t t u u u u u u u u u u v v v v w w w w w w w w w w x x x x y y \
    z z z z z z h t w y - s - - ss - a a a a a a a a a a a a a a a a a a a a a a a a e e e e e e e e \
    e e e e e e e e i i i i o o o o o o o o o o o o o o o o o o o o o o o o u u u u u u u u u u u u \
    u u y y y y y y y y - - - - - -
  """.split(separator: " ")
