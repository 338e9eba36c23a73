/// The parts of an `http` or `https` address.
struct WebAddress: Sendable, Hashable {
  /// `http` or `https`.
  let scheme: String
  /// The host as it is written, in small letters, without brackets.
  let host: String
  /// The port; the scheme's own where none is written.
  let port: Int
  /// Everything behind the host and the port, with `/` in front and without a fragment.
  let path: String
  /// The fragment with its `#`; empty where there is none.
  let fragment: String

  /// The parts of `text`; `nil` when it is no address of that kind, or has a user's name in it.
  init?(_ text: String) {
    let whole = text.hasPrefix("//") ? "https:" + text : text
    guard let mark = whole.firstRange(of: "://") else { return nil }
    scheme = whole[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { return nil }
    let rest = whole[mark.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    var authority = rest[..<end]
    guard !authority.isEmpty, !authority.contains("@"), !authority.contains("\\") else { return nil }
    var port = scheme == "http" ? 80 : 443
    if let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") {
      let digits = authority[authority.index(after: colon)...]
      if !digits.isEmpty {
        guard let number = Int(digits), (1...65_535).contains(number) else { return nil }
        port = number
      }
      authority = authority[..<colon]
    }
    if authority.hasPrefix("["), authority.hasSuffix("]") { authority = authority.dropFirst().dropLast() }
    guard !authority.isEmpty, authority.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
    else {
      return nil
    }
    host = authority.lowercased()
    self.port = port
    let tail = rest[end...]
    let hash = tail.firstIndex(of: "#") ?? tail.endIndex
    let path = String(tail[..<hash])
    self.path = path.hasPrefix("/") ? path : "/" + path
    fragment = String(tail[hash...])
  }

  /// The host and the port, where it isn't the scheme's own.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (scheme == "http" ? 80 : 443) ? name : "\(name):\(port)"
  }

  /// The address without a fragment, as it is asked for: with what may not stand in an address percent-encoded.
  var request: String {
    let encoded = WebAddress.escaped(path) { byte in
      WebAddress.isVisible(byte) && ![0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D].contains(byte)
    }
    return "\(scheme)://\(authority)\(encoded)"
  }

  /// Whether `byte` is an ASCII character that can be seen.
  static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

  /// `text` with all bytes percent-encoded but those that `stays` says.
  private static func escaped(_ text: String, but stays: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = text.utf8.reduce(into: [UInt8]()) { bytes, byte in
      if stays(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where `location`, an answer's `Location`, leads from here; `nil` when it is no web address.
  ///
  /// What comes back is ASCII that can be seen, whatever the other host wrote: letters of other scripts and blanks are
  /// percent-encoded, as browsers do; with control characters, or with those in its host, it is no address.
  func resolving(_ location: String) -> String? {
    // What isn't UTF-8 could be anything.
    guard location.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F && $0 != "\u{FFFD}" })
    else {
      return nil
    }
    let reference = WebAddress.escaped(location, but: WebAddress.isVisible)
    guard let target = joined(reference), let address = WebAddress(target), !address.host.contains("%") else {
      return nil
    }
    return target
  }

  /// Where `reference` leads from here.
  private func joined(_ reference: String) -> String? {
    if reference.hasPrefix("//") { return "\(scheme):\(reference)" }
    if let colon = reference.firstIndex(of: ":"), !reference[..<colon].contains(where: { "/?#".contains($0) })
    {
      return reference
    }
    let root = "\(scheme)://\(authority)"
    if reference.hasPrefix("/") { return root + reference }
    let base = path.prefix { $0 != "?" }
    if reference.isEmpty || reference.hasPrefix("?") || reference.hasPrefix("#") {
      return "\(root)\(base)\(reference)"
    }
    var parts = base.split(separator: "/", omittingEmptySubsequences: false).dropFirst().dropLast().map(
      String.init)
    var rest = reference[...]
    while rest.hasPrefix("../") || rest.hasPrefix("./") {
      if rest.hasPrefix("../") { _ = parts.popLast() }
      rest = rest.drop { $0 != "/" }.dropFirst()
    }
    return root + "/" + (parts + [String(rest)]).joined(separator: "/")
  }
}
