/// Whether a character cannot be seen, or changes the direction of the text around it.
func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
    0xFEFF,
    0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
    true
  default: false
  }
}

/// A character of a text that cannot be seen.
public struct HiddenCharacter {
  /// Its number, as `U+200B`.
  public let code: String
  /// What stands before it.
  public let before: Substring
  /// The text without any such character.
  public let plain: String

  /// The first one of `text`; `nil` if there is none.
  public init?(in text: String) {
    let scalars = text.unicodeScalars
    guard let index = scalars.firstIndex(where: isHidden) else { return nil }
    code = "U+" + hexadecimal(scalars[index].value, width: 4)
    before = text[..<index]
    var plain = String.UnicodeScalarView()
    for scalar in scalars where !isHidden(scalar) { plain.append(scalar) }
    self.plain = String(plain)
  }
}

/// The first character of `text` that looks like another or like none, in words; `nil` if each is what it seems.
func firstLookalike(in text: String) -> String? {
  for scalar in text.unicodeScalars where scalar.value >= 0x80 {
    let code = "U+" + hexadecimal(scalar.value, width: 4)
    switch scalar.value {
    case 0xA0, 0x2007, 0x202F: return "a no-break space, \(code),"
    case 0x2010...0x2015, 0x2212: return "a dash, \(code), instead of a hyphen"
    case 0x2018, 0x2019, 0x201C...0x201E: return "a curly quotation mark, \(code),"
    default:
      if isHidden(scalar) { return "an invisible character, \(code)," }
      if scalar.properties.isWhitespace { return "a space that is no ordinary one, \(code)," }
    }
  }
  return nil
}

/// `text` as it would be typed on a plain keyboard: without hidden characters and blanks at its ends, and with ordinary spaces
/// and hyphens.
func plainlySpelled(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x2010...0x2015, 0x2212: result.append("-")
    case _ where scalar.properties.isWhitespace: result.append(" ")
    case _ where !isHidden(scalar): result.append(scalar)
    default: break
    }
  }
  return String(result).split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
}

/// What stands between the curly quotation marks around `text`, as word processors make them of straight ones; `nil` if
/// there are none.
func withoutCurlyQuotes(_ text: String) -> String? {
  let scalars = text.unicodeScalars
  guard scalars.count > 2, let first = scalars.first, let last = scalars.last,
    "“”„‟‘’‚".unicodeScalars.contains(first), "“”‘’".unicodeScalars.contains(last)
  else { return nil }
  let inner = scalars.dropFirst().dropLast()
  return inner.contains { "“”„‟".unicodeScalars.contains($0) } ? nil : String(inner)
}

/// The first character of `text` that is hidden, or is a blank that is not an ordinary space.
func firstInvisible(in text: String) -> Unicode.Scalar? {
  text.unicodeScalars.first {
    $0.value >= 0x80 && (isHidden($0) || $0.properties.isWhitespace)
  }
}
