/// The letters or digits that stand for `scalar` where case and the accents of Latin letters don't count; empty
/// for everything that is neither.
public func foldedLetters(of scalar: Unicode.Scalar) -> String {
  switch scalar.value {
  case 0x30...0x39, 0x61...0x7A: return String(scalar)
  case 0x41...0x5A: return String(UnicodeScalar(UInt8(scalar.value) | 0x20))
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
public func isCombiningLatinMark(_ scalar: Unicode.Scalar) -> Bool {
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
