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

/// The first character of `text` that is hidden, or is a blank that is not an ordinary space.
func firstInvisible(in text: String) -> Unicode.Scalar? {
  text.unicodeScalars.first {
    $0.value >= 0x80 && (isHidden($0) || $0.properties.isWhitespace)
  }
}
