/// The address at which the site stands, which tells addresses of its own from those of others.
struct OwnAddress: Sendable {
  private let host: String
  /// The folder on that host, with a slash in front and none at its end; empty at the root.
  private let folder: String

  /// `nil` if `url`, that of the site, is.
  init?(_ url: String?) {
    guard let url, let start = url.firstRange(of: "://")?.upperBound else { return nil }
    let end = url[start...].firstIndex(of: "/") ?? url.endIndex
    host = url[start..<end].lowercased()
    folder = String(url[end...].hasSuffix("/") ? url[end...].dropLast() : url[end...])
  }

  /// What `destination`, an address written out in full, has behind that of the site, with a slash in front; `nil` if it
  /// leads elsewhere. With `http` and `https` alike, and whatever the case of the host.
  func destination(in destination: String) -> String? {
    var rest = destination.utf8[...]
    func drop(_ prefix: String, lowering: Bool = false) -> Bool {
      guard
        rest.starts(
          with: prefix.utf8,
          by: { lowering && (0x41...0x5A).contains($0) ? $0 | 0x20 == $1 : $0 == $1 })
      else { return false }
      rest = rest.dropFirst(prefix.utf8.count)
      return true
    }
    guard drop("http", lowering: true) else { return nil }
    _ = drop("s", lowering: true)
    guard drop("://"), drop(host, lowering: true), drop(folder) else { return nil }
    switch rest.first {
    case nil: return "/"
    case 0x2F: return String(rest)
    case 0x3F, 0x23: return "/" + (String(rest) ?? "")
    default: return nil
    }
  }
}
