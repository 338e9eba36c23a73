import SourceText

/// A web address whose beginning is mistyped, as in `htps://…`, `http:/…` and `https://https://…`.
struct MistypedAddress {
  /// What was likely meant; `nil` where no host is named.
  let meant: String?

  /// `nil` if `url`, which has a scheme, begins as it should, or if nobody can tell what it was to be.
  init?(_ url: Span<UInt8>) {
    guard let colon = url.firstIndex(of: 0x3A), colon > 0 else { return nil }
    var start = colon + 1
    var hasBackslash = false
    while start < url.count, url[start] == 0x2F || url[start] == 0x5C {
      if url[start] == 0x5C { hasBackslash = true }
      start += 1
    }
    let slashes = start - colon - 1
    let scheme: String
    if colon == 5 && url.has(lowered: "https", at: 0) || colon == 4 && url.has(lowered: "http", at: 0) {
      scheme = colon == 5 ? "https" : "http"
      if slashes == 2, !hasBackslash, start < url.count {
        guard url[start].lowered == 0x68, let inner = Self.schemeWithSlashes(in: url, at: start) else {
          return nil
        }
        meant = "\(inner.scheme)://\(url.extracting(inner.end..<url.count).string)"
        return
      }
    } else {
      guard slashes > 0, colon < 10,
        let near = nearest(to: url.extracting(0..<colon).string, among: ["https", "http"])
      else { return nil }
      scheme = near
    }
    let rest = url.extracting(start..<url.count).string
    meant =
      rest.isEmpty ? nil : "\(scheme)://\(hasBackslash ? rest.replacing("\\", with: "/") : rest)"
  }

  /// The scheme that begins at `start` a second time, with or without its colon, and where what follows its slashes begins.
  private static func schemeWithSlashes(in url: Span<UInt8>, at start: Int) -> (scheme: String, end: Int)? {
    for (scheme, length) in [("https", 5), ("http", 4)] {
      guard length == 5 ? url.has(lowered: "https", at: start) : url.has(lowered: "http", at: start) else {
        continue
      }
      var end = start + length
      if end < url.count, url[end] == 0x3A { end += 1 }
      return url.has("//", at: end) && end + 2 < url.count ? (scheme, end + 2) : nil
    }
    return nil
  }
}

/// What no host or port has, in a web address.
enum HostMistake {
  case comma
  case port(String)

  /// `nil` if nothing is wrong with them in `url`.
  init?(_ url: Span<UInt8>) {
    guard url.has(lowered: "http", at: 0), url.count > 8 else { return nil }
    let colon = url[4].lowered == 0x73 ? 5 : 4
    guard url.has("://", at: colon) else { return nil }
    var index = colon + 3
    var port: Int?
    var hasComma = false
    authority: while index < url.count {
      switch url[index] {
      case 0x2F, 0x3F, 0x23, 0x5C: break authority
      case 0x2C: hasComma = true
      case 0x3A: port = index + 1
      // A name and a password end, or an address of numbers.
      case 0x40, 0x5D:
        port = nil
        hasComma = false
      default: break
      }
      index += 1
    }
    if hasComma {
      self = .comma
      return
    }
    guard let port, index - port > 4 else { return nil }
    let digits = url.extracting(port..<index)
    guard digits.indices.allSatisfy({ digits[$0].isDigit }), Int(digits.string) ?? .max > 65_535 else {
      return nil
    }
    self = .port(digits.string)
  }
}

extension HTMLRenderer {
  /// Reports `url`, an address with a scheme at `range`, if it is mistyped.
  mutating func proofread(_ url: Span<UInt8>, at range: ByteRange) {
    guard isProofread else { return }
    guard let address = MistypedAddress(url) else {
      if let mistake = HostMistake(url) { report(.mistypedHost(url.string, mistake, at: location(range))) }
      return
    }
    var place = range
    var typedCount = url.count
    if range.count != url.count, url.firstIndex(of: 0x5C) != nil {
      // A backslash that escapes another is no part of the address.
      let typed = Array(url.string.replacing("\\", with: "\\\\").utf8)
      place = locate(typed.span)
      typedCount = typed.count
    }
    report(
      .mistypedAddress(
        url.string, address.meant, isWhole: place.count == typedCount, at: location(place)))
  }
}

extension Diagnostic {
  fileprivate static func mistypedHost(_ url: String, _ mistake: HostMistake, at location: Location)
    -> Diagnostic
  {
    switch mistake {
    case .comma:
      .warning(
        "markdown/mistyped-address", "there is a comma in the host of '\(url)', and no host has one",
        at: location,
        fix: "write a dot in its place, or a space where the address ends")
    case .port(let port):
      .warning(
        "markdown/mistyped-address", "'\(url)' has the port \(port), and the last one is 65535", at: location,
        fix: "correct it, or leave out :\(port)")
    }
  }

  fileprivate static func mistypedAddress(
    _ url: String, _ meant: String?, isWhole: Bool, at location: Location
  ) -> Diagnostic {
    .warning(
      "markdown/mistyped-address",
      "'\(url)' doesn't begin as a web address does, so that browsers may find nothing there", at: location,
      fix: meant.map { "write \($0)" } ?? "write the whole address",
      edit: isWhole ? meant.map { Edit(location.range, $0) } : nil)
  }
}
