import SourceText

/// A web address whose beginning is mistyped, as in `htps://…`, `http:/…` and `https://https://…`.
struct MistypedAddress {
  /// What was likely meant; `nil` where no host is named.
  let meant: String?

  /// `nil` if `url`, which has a scheme, begins as it should, or if nobody can tell what it was to be.
  init?(_ url: Span<UInt8>) {
    guard let colon = url.firstIndex(of: 0x3A), colon > 0 else { return nil }
    var start = colon + 1
    while start < url.count, url[start] == 0x2F { start += 1 }
    let slashes = start - colon - 1
    let scheme: String
    if colon == 5 && url.has(lowered: "https", at: 0) || colon == 4 && url.has(lowered: "http", at: 0) {
      scheme = colon == 5 ? "https" : "http"
      if slashes == 2, start < url.count {
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
    meant = start < url.count ? "\(scheme)://\(url.extracting(start..<url.count).string)" : nil
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

extension HTMLRenderer {
  /// Reports `url`, an address with a scheme at `range`, if it is mistyped.
  mutating func proofread(_ url: Span<UInt8>, at range: ByteRange) {
    guard isProofread, let address = MistypedAddress(url) else { return }
    report(
      .mistypedAddress(
        url.string, address.meant, isWhole: range.count == url.count, at: location(range)))
  }
}

extension Diagnostic {
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
