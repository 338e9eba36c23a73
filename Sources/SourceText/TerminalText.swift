/// `text` with tabs as one space and every other control or direction-changing character spelt out as `<U+XXXX>`, so
/// that content can neither drive a terminal nor disguise itself.
public func terminalText(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09: result.append(" ")
    case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: max(0, 4 - digits.count))
      result.append(contentsOf: "<U+\(padding)\(digits)>".unicodeScalars)
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// The number of terminal cells that `text` takes: two for the wide scripts, none for marks.
public func terminalWidth(_ text: some StringProtocol) -> Int {
  text.unicodeScalars.reduce(0) { width, scalar in
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200D, 0xFE00...0xFE0F: width
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      width + 2
    default: width + 1
    }
  }
}

/// `text` in at most `width` cells of a terminal, cut before a letter and ended with `…` where it has more.
public func terminalText(_ text: String, within width: Int) -> String {
  guard terminalWidth(text) > width else { return text }
  var result = ""
  var used = 0
  for letter in text {
    let cells = terminalWidth(String(letter))
    guard used + cells < width else { break }
    result.append(letter)
    used += cells
  }
  while result.last == " " { result.removeLast() }
  return result + "…"
}
