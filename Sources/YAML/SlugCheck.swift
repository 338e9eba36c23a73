/// Why `text` cannot be a page's name in an address; `nil` when it can.
func slugProblem(_ text: String) -> String? {
  if text.utf8.count > 200 { return "it is longer than 200 bytes" }
  if text == "." || text == ".." || text.utf8.first == 0x2E { return "it begins with a dot" }
  if text.utf8.last == 0x2E { return "it ends with a dot" }
  if text.utf8.contains(0x2F) { return "it has a / in it" }
  if let bad = text.unicodeScalars.first(where: { !isSlugScalar($0) }) {
    if bad == " " { return "it has a space in it" }
    return isHidden(bad) ? "it has an invisible character in it" : "it has a \(bad) in it"
  }
  if isReservedName(text) { return "Windows can have no file of that name" }
  return nil
}

private func isSlugScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: return true
  case 0..<0x80: return false
  default: break
  }
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
    return true
  default: return false
  }
}

/// Whether Windows keeps the name of a file or folder for a device: `con`, `nul.txt`, `COM1`.
public func isReservedName(_ text: some StringProtocol) -> Bool {
  let stem = text.prefix { $0 != "." }.lowercased()
  switch stem {
  case "con", "prn", "aux", "nul": return true
  default:
    guard stem.utf8.count == 4, stem.hasPrefix("com") || stem.hasPrefix("lpt"), let digit = stem.utf8.last
    else {
      return false
    }
    return (0x30...0x39).contains(digit)
  }
}

/// A name that is near `text` and can stand in an address, if there is one.
func nearestSlug(to text: String) -> String? {
  var result = ""
  for scalar in text.unicodeScalars {
    if isSlugScalar(scalar) && scalar != "." {
      result.unicodeScalars.append(scalar)
    } else if !isHidden(scalar), scalar != "'", scalar != "’", !result.isEmpty, result.utf8.last != 0x2D {
      result += "-"
    }
  }
  while result.utf8.last == 0x2D { result.removeLast() }
  result = result.lowercased()
  return result.isEmpty || slugProblem(result) != nil ? nil : result
}
