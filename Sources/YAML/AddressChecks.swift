import SourceText

/// What is wrong with an address or a path, and what was likely meant.
struct AddressProblem: Equatable {
  var message: String
  /// What to write instead, which then has no problem.
  var suggestion: String?
  /// What else there is to do, where nothing can be written.
  var advice: String?

  init(_ message: String, suggestion: String? = nil, advice: String? = nil) {
    self.message = message
    self.suggestion = suggestion
    self.advice = advice
  }

  /// A problem whose suggestion is `candidate` if `check` finds nothing wrong with it, or what `check`
  /// suggests instead of it.
  init(_ message: String, candidate: String, _ check: (String) -> AddressProblem?) {
    self.message = message
    if let problem = check(candidate) { suggestion = problem.suggestion } else { suggestion = candidate }
  }
}

/// Whether `text` is an absolute `http` or `https` address, as ``Shape/url`` reads it.
public func isWebAddress(_ text: String) -> Bool { urlProblem(text) == nil }

/// What keeps `text` from being an absolute `http` or `https` address; `nil` when it is one.
func urlProblem(_ text: String) -> AddressProblem? {
  if text.utf8.first == 0x3C { return markupProblem(text) }
  guard let schemeEnd = text.utf8.firstIndex(of: 0x3A), text.utf8[schemeEnd...].starts(with: "://".utf8)
  else { return schemeProblem(text) }
  let scheme = text[..<schemeEnd].lowercased()
  guard scheme == "http" || scheme == "https" else {
    let message = "only http and https addresses are allowed"
    guard let near = nearest(to: scheme, among: ["https", "http"]) else { return AddressProblem(message) }
    return AddressProblem(message, candidate: near + text[schemeEnd...], urlProblem)
  }
  if let bad = text.unicodeScalars.first(where: isBadInURL) {
    return bad == " "
      ? AddressProblem("there is a space in it", candidate: escapingSpaces(text), urlProblem)
      : AddressProblem("there is a character in it that no address has")
  }
  let authority = text.utf8[schemeEnd...].dropFirst(3).prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
  if authority.contains(0x40) { return AddressProblem("there is a user name in it") }
  return hasHost(Array(authority)) ? nil : AddressProblem("it names no host")
}

/// What is wrong with HTML, as hosts of videos offer it to be pasted: the address is in it.
private func markupProblem(_ text: String) -> AddressProblem {
  let message = "this is HTML, and the address is in it"
  for name in ["src=", "href="] {
    for part in text.split(separator: name, omittingEmptySubsequences: false).dropFirst() {
      guard let quote = part.first, quote == "\"" || quote == "'" else { continue }
      let address = part.dropFirst().prefix { $0 != quote }
      let whole = address.hasPrefix("//") ? "https:" + address : String(address)
      if urlProblem(whole) == nil { return AddressProblem(message, suggestion: whole) }
    }
  }
  return AddressProblem("this is HTML")
}

/// Whether the part of an address between `//` and `/` is a host, with or without a port.
private func hasHost(_ authority: [UInt8]) -> Bool {
  // An IPv6 address stands in brackets, which are nowhere else.
  let isBracketed = authority.first == 0x5B
  let host = isBracketed ? authority.prefix { $0 != 0x5D } + [0x5D] : authority.prefix { $0 != 0x3A }
  let port = authority.dropFirst(host.count)
  return !host.isEmpty && host.first != 0x2E && authority.starts(with: host)
    && (isBracketed || !host.contains(0x5B) && !host.contains(0x5D))
    && (port.isEmpty || port.first == 0x3A && port.dropFirst().allSatisfy { (0x30...0x39).contains($0) })
}

/// What is wrong with `text`, which has no `://`.
private func schemeProblem(_ text: String) -> AddressProblem {
  let message = "it has to begin with https://"
  for prefix in ["http//", "https//", "http:/", "https:/", "//"] where text.lowercased().hasPrefix(prefix) {
    let scheme = prefix.hasPrefix("http/") || prefix.hasPrefix("http:") ? "http" : "https"
    return AddressProblem(
      message, candidate: "\(scheme)://\(text.dropFirst(prefix.utf8.count))", urlProblem)
  }
  let host = text.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  if let colon = host.firstIndex(of: ":"), !host[..<colon].contains(".") {
    return AddressProblem("only http and https addresses are allowed")
  }
  let looksLikeHost = host.contains(".") && !host.hasSuffix(".") && !host.contains(" ")
  return looksLikeHost
    ? AddressProblem(message, candidate: "https://\(text)", urlProblem) : AddressProblem(message)
}

private func escapingSpaces(_ text: String) -> String {
  text.split(separator: " ", omittingEmptySubsequences: false).joined(separator: "%20")
}

private func isBadInURL(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "<", ">", "\"", "{", "}", "|", "\\", "^", "`", " ": true
  default: isHidden(scalar) || scalar.properties.isWhitespace
  }
}

/// What keeps `text` from being an address that a page of this site had, such as `/old/` or `/?p=5`; `nil` when it is
/// one.
func formerAddressProblem(_ text: String) -> AddressProblem? {
  guard let mark = text.firstIndex(of: "?"), text.first == "/" else { return sitePathProblem(text) }
  let path = String(text[..<mark])
  let query = text[mark...].dropFirst()
  if let problem = sitePathProblem(path) {
    return AddressProblem(
      problem.message, suggestion: problem.suggestion.map { $0 + "?" + query }, advice: problem.advice)
  }
  if query.isEmpty {
    return AddressProblem("nothing follows the ?", candidate: path, sitePathProblem)
  }
  if query.utf8.count > 1000 { return AddressProblem("it is longer than 1000 bytes") }
  if let hash = query.firstIndex(of: "#") {
    return AddressProblem(
      "a page cannot be told by what follows a #", candidate: String(text[..<hash]), formerAddressProblem)
  }
  if let bad = query.unicodeScalars.first(where: isBadInURL) {
    return bad == " "
      ? AddressProblem("it has a space in it", candidate: escapingSpaces(text), formerAddressProblem)
      : AddressProblem("there is a character in it that no address has")
  }
  return nil
}

/// What keeps `text` from being the path of a page on this site; `nil` when it is one.
func sitePathProblem(_ text: String) -> AddressProblem? {
  if text.utf8.count > 1000 { return AddressProblem("it is longer than 1000 bytes") }
  if let bad = text.unicodeScalars.first(where: { isHidden($0) || $0.properties.isWhitespace }) {
    return bad == " "
      ? AddressProblem("it has a space in it", candidate: escapingSpaces(text), sitePathProblem)
      : AddressProblem("it has an invisible character in it")
  }
  let lower = text.lowercased()
  if lower.hasPrefix("http://") || lower.hasPrefix("https://") {
    let path = text.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" }
    let message = "it is an address, not a path on this site"
    return path.isEmpty
      ? AddressProblem(message) : AddressProblem(message, candidate: String(path), sitePathProblem)
  }
  if let mark = text.unicodeScalars.firstIndex(where: { $0 == "?" || $0 == "#" }) {
    let message = "a page cannot be told by what follows a \(text.unicodeScalars[mark])"
    return mark == text.startIndex
      ? AddressProblem(message) : AddressProblem(message, candidate: String(text[..<mark]), sitePathProblem)
  }
  if text.utf8.contains(0x5C) { return AddressProblem("it has a \\ in it") }
  // Apache knows no way to write one within quotation marks.
  if text.utf8.contains(0x22) { return AddressProblem("it has a quotation mark in it") }
  if text.utf8.first != 0x2F {
    return AddressProblem("it has to begin with /", candidate: "/" + text, sitePathProblem)
  }
  let segments = text.utf8.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
  if segments.dropLast().contains(where: \.isEmpty) { return AddressProblem("it has two slashes in a row") }
  for segment in segments {
    if segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
      return AddressProblem("it has '\(Substring(segment))' in it")
    }
  }
  if ["%2e", "%2f", "%5c", "%00"].contains(where: { lower.contains($0) }) {
    return AddressProblem("it has an escaped dot or slash in it")
  }
  return escapeProblem(text)
}

/// What keeps the escapes of `path` from standing for text that an address can have.
private func escapeProblem(_ path: String) -> AddressProblem? {
  guard path.utf8.contains(0x25) else { return nil }
  guard let text = String(validating: percentDecodedBytes(path), as: UTF8.self) else {
    return AddressProblem(
      "its escapes are no UTF-8, so that no page can stand there",
      advice: "leave it out, and redirect it in the server's own configuration")
  }
  // What could end the line that tells a server of it, or turns text around. Joiners and blanks of other kinds are not
  // among them: addresses in Persian have them.
  let hasControls = text.unicodeScalars.contains { scalar in
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
  if hasControls { return AddressProblem("it has an escaped control character in it") }
  return text.utf8.contains { $0 == 0x22 || $0 == 0x5C }
    ? AddressProblem("it has an escaped quotation mark in it") : nil
}

/// Whether `text` is an address that a page of this site can have had, which ``Shape/formerAddress`` takes.
public func isFormerAddress(_ text: String) -> Bool { formerAddressProblem(text) == nil }

/// Why `text` is no folder that a column can have had: one on the site, and neither its root nor a file; `nil` if it is one.
func formerFolderProblem(_ text: String) -> AddressProblem? {
  // Queries are of pages.
  if text.hasPrefix("/?") {
    return AddressProblem("this is the address of one page", advice: "name the column's folder")
  }
  if let problem = sitePathProblem(text) { return problem }
  let segments = text.split(separator: "/")
  guard let last = segments.last else {
    return AddressProblem("this is the site's front page", advice: "name the column's folder")
  }
  if [".html", ".xml", ".json"].contains(where: last.lowercased().hasSuffix) {
    let folder = "/" + segments.dropLast().map { $0 + "/" }.joined()
    return AddressProblem(
      "this is a file", suggestion: folder == "/" ? nil : folder, advice: "name the column's folder")
  }
  return nil
}

/// Whether the escapes of `path` spell UTF-8 without control characters and quotation marks, as those of every page do.
public func hasPlainEscapes(_ path: String) -> Bool { escapeProblem(path) == nil }
