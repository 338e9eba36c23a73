/// What is wrong with an address, and what was likely meant.
struct URLProblem {
  var message: String
  var fix: String?

  /// `nil` when `text` is an absolute `http` or `https` address.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let schemeEnd = text.utf8.firstIndex(of: 0x3A), text.utf8[schemeEnd...].starts(with: "://".utf8)
    else {
      self = URLProblem.withoutScheme(text)
      return
    }
    let scheme = text[..<schemeEnd].lowercased()
    guard scheme == "http" || scheme == "https" else {
      self.init(message: "only http and https addresses are allowed", fix: nil)
      return
    }
    if let bad = text.unicodeScalars.first(where: URLProblem.isBad) {
      self.init(
        message: bad == " " ? "there is a space in it" : "there is a character in it that no address has",
        fix: bad == " " ? "write \(URLProblem.escapingSpaces(text))" : nil)
      return
    }
    let rest = bytes[(scheme.utf8.count + 3)...]
    let authority = rest.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    if authority.contains(0x40) {
      self.init(message: "there is a user name in it", fix: nil)
      return
    }
    let host = authority.prefix { $0 != 0x3A }
    let isBracketed = authority.first == 0x5B && authority.contains(0x5D)
    let port = isBracketed ? [] : authority.dropFirst(host.count).dropFirst()
    guard !host.isEmpty, host.first != 0x2E, port.allSatisfy({ (0x30...0x39).contains($0) }) else {
      self.init(message: "it names no host", fix: nil)
      return
    }
    return nil
  }

  private init(message: String, fix: String?) {
    self.message = message
    self.fix = fix
  }

  private static func withoutScheme(_ text: String) -> URLProblem {
    let isClean = !text.unicodeScalars.contains(where: isBad)
    for prefix in ["http//", "https//", "http:/", "https:/", "//"] where text.lowercased().hasPrefix(prefix) {
      let rest = text.dropFirst(prefix.utf8.count)
      let scheme = prefix.hasPrefix("http/") || prefix.hasPrefix("http:") ? "http" : "https"
      return URLProblem(
        message: "it has to begin with https://", fix: isClean ? "write \(scheme)://\(rest)" : nil)
    }
    let host = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let looksLikeHost = host.contains(".") && !host.hasPrefix(".") && !host.hasSuffix(".")
    if let colon = host.firstIndex(of: ":"), !host[..<colon].contains(".") {
      return URLProblem(message: "only http and https addresses are allowed", fix: nil)
    }
    return URLProblem(
      message: "it has to begin with https://",
      fix: looksLikeHost && isClean && !host.contains("@") ? "write https://\(text)" : nil)
  }

  private static func escapingSpaces(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
  }

  private static func isBad(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "<", ">", "\"", "{", "}", "|", "\\", "^", "`", " ": true
    default: isHidden(scalar) || scalar.properties.isWhitespace
    }
  }
}

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

/// Whether Windows keeps a name for a device: `con`, `nul.txt`, `COM1`.
private func isReservedName(_ text: String) -> Bool {
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

/// Why `text` cannot be a page's path, with the fix where there is one; `nil` when it can.
func sitePathProblem(_ text: String) -> (problem: String, fix: String?)? {
  if text.utf8.count > 1000 { return ("it is longer than 1000 bytes", nil) }
  if let bad = text.unicodeScalars.first(where: { isHidden($0) || $0.properties.isWhitespace }) {
    if bad == " " {
      return (
        "it has a space in it",
        "write \(text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20"))"
      )
    }
    return ("it has an invisible character in it", nil)
  }
  let lower = text.lowercased()
  if lower.hasPrefix("http://") || lower.hasPrefix("https://") {
    let rest = text.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
    return ("it is an address, not a path on this site", rest.isEmpty ? nil : "write \(rest)")
  }
  if let mark = text.utf8.firstIndex(where: { $0 == 0x3F || $0 == 0x23 }) {
    let path = text[..<mark]
    return (
      "a page cannot be told by what follows a \(text[mark])",
      sitePathProblem(String(path)) == nil ? "write \(path)" : nil
    )
  }
  if text.utf8.contains(0x5C) { return ("it has a \\ in it", nil) }
  guard text.utf8.first == 0x2F else {
    return ("it has to begin with /", sitePathProblem("/" + text) == nil ? "write /\(text)" : nil)
  }
  for segment in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).dropLast()
  where segment.isEmpty {
    return ("it has two slashes in a row", nil)
  }
  for segment in text.split(separator: "/") {
    if segment == ".." || segment == "." { return ("it has '\(segment)' in it", nil) }
    let escaped = segment.lowercased()
    if ["%2e", "%2f", "%5c", "%00"].contains(where: { escaped.contains($0) }) {
      return ("it has an escaped dot or slash in it", nil)
    }
  }
  return nil
}

extension Finding {
  static func notAURL(_ field: String, _ text: String, _ problem: URLProblem) -> Finding {
    Finding(
      id: "field/not-an-address",
      message: "'\(field)' has to be a web address, and '\(excerpt(text))' is not: \(problem.message)",
      fix: problem.fix)
  }

  static func notASlug(_ field: String, _ problem: String, _ suggestion: String?) -> Finding {
    Finding(
      id: "field/not-a-slug",
      message: "'\(field)' becomes part of the page's address and cannot be this: \(problem)",
      fix: suggestion.map { "write \($0)" })
  }

  static func notASitePath(_ field: String, _ problem: String, fix: String?) -> Finding {
    Finding(
      id: "field/not-a-path",
      message: "'\(field)' has to be the path of a page such as /old/address/: \(problem)",
      fix: fix)
  }
}
