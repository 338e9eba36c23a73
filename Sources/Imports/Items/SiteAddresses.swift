import SourceText

/// Tells the addresses of the old site from others.
struct SiteAddresses: Sendable {
  /// The host without `www.`, with its port if it has one; empty for an export that doesn't say where it is from.
  let host: String
  /// `http://host`.
  let origin: String
  /// The path of the site's root, without a slash at the end.
  let basePath: String

  init(_ address: String) {
    let parts = Parts(address)
    host = parts?.host ?? ""
    origin = parts.map { $0.origin } ?? ""
    var path = parts?.path ?? ""
    while path.utf8.last == 0x2F { path.removeLast() }
    basePath = path
  }

  /// An address taken apart.
  struct Parts {
    var origin: String
    var host: String
    /// With a slash in front; empty for none.
    var path: String
    /// With its `?`; empty for none.
    var query: String
    /// With its `#`; empty for none.
    var fragment: String

    init?(_ address: String) {
      let bytes = address.utf8
      guard let colon = bytes.firstIndex(of: 0x3A), bytes[colon...].starts(with: "://".utf8) else {
        return nil
      }
      let scheme = address[..<colon].lowercased()
      guard scheme == "http" || scheme == "https" else { return nil }
      let rest = address[bytes.index(colon, offsetBy: 3)...]
      let end = rest.utf8.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? rest.endIndex
      let authority = rest[..<end].lowercased()
      guard !authority.isEmpty, !authority.contains("@") else { return nil }
      host = authority.hasPrefix("www.") ? String(authority.dropFirst(4)) : authority
      origin = "\(scheme)://\(authority)"
      var behind = rest[end...]
      fragment = behind.firstIndex(of: "#").map { String(behind[$0...]) } ?? ""
      behind = behind.dropLast(fragment.count)
      query = behind.firstIndex(of: "?").map { String(behind[$0...]) } ?? ""
      path = String(behind.dropLast(query.count))
    }
  }

  /// The address as the site's pages are known by: its path as ``addressKey(_:)`` has it, and its query; `nil` for that of
  /// another site.
  func key(_ address: String) -> String? {
    guard let parts = Parts(address), parts.host == host, !host.isEmpty else { return nil }
    return addressKey(parts.path) + parts.query
  }

  /// The key of the site's front page.
  var root: String { addressKey(basePath) }

  /// The path of a file of the site's, decoded and without a slash in front; `nil` for anything else.
  func file(_ address: String) -> String? {
    guard let parts = Parts(address), parts.host == host, !host.isEmpty, parts.query.isEmpty else {
      return nil
    }
    let path = percentDecoded(parts.path)
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    guard let name = segments.last, name.contains("."),
      segments.allSatisfy({ segment in
        !segment.isEmpty && segment.utf8.count <= 200 && !segment.hasPrefix(".")
          && segment.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" && $0 != "\u{FFFD}"
          }
      }), path.utf8.count < 1000
    else { return nil }
    return segments.joined(separator: "/")
  }

  /// `address`, written on the page `page`, as an absolute one, as it is for a site that is not known; `nil` if its scheme
  /// isn't safe.
  func absolute(_ address: String, on page: String, isMedia: Bool) -> String? {
    let text = cleaned(trimmed(address)).unicodeScalars.filter { $0.value >= 0x20 }
    let address = String(String.UnicodeScalarView(text))
    guard !address.isEmpty else { return nil }
    if address.hasPrefix("//") { return "https:" + address }
    if let colon = address.firstIndex(where: { ":/?#".contains($0) }), address[colon] == ":" {
      let scheme = address[..<colon].lowercased()
      guard scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }) else {
        return nil
      }
      switch scheme {
      case "http", "https", "mailto", "tel", "ftp", "sms", "news", "irc", "magnet": return address
      case "data":
        let types = ["data:image/png", "data:image/gif", "data:image/jpeg", "data:image/webp"]
        return isMedia && types.contains { address.lowercased().hasPrefix($0) } ? address : nil
      default: return nil
      }
    }
    guard !origin.isEmpty else { return address }
    if address.hasPrefix("/") { return origin + address }
    let here = Parts(page).map { $0.origin + $0.path } ?? origin + basePath + "/"
    if address.hasPrefix("#") || address.hasPrefix("?") { return here + address }
    let folder = here.lastIndex(of: "/").map { String(here[...$0]) } ?? here + "/"
    var segments = (Parts(folder)?.path ?? "/").split(separator: "/").map(String.init)
    var rest = address[...]
    while true {
      if rest.hasPrefix("./") {
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("../") {
        rest = rest.dropFirst(3)
        segments = segments.dropLast()
      } else {
        break
      }
    }
    return origin + "/" + (segments + [String(rest)]).joined(separator: "/")
  }
}

/// The path of an address, which is one for all ways to write it: decoded, in small letters, without slashes at its ends and
/// without `index.html`.
public func addressKey(_ path: String) -> String {
  var segments = percentDecoded(path).lowercased().split(separator: "/")
  if segments.last == "index.html" { segments.removeLast() }
  return segments.joined(separator: "/")
}
