import SitePipeline
import SourceText

/// What a preview does with a request, told from its first line and its headers alone.
///
/// A browser sends requests of any page that it shows, also to this machine: what comes from elsewhere is refused.
struct RequestRules {
  /// The port that the preview listens on.
  let port: Int

  /// What was decided.
  enum Verdict: Hashable {
    /// It is answered with this status and nothing else.
    case refused(status: Int, why: String)
    /// It wants to hear of changes.
    case events
    /// It wants the script that is added to pages.
    case script
    /// It wants what is at this path, which is decoded and has no slash in front.
    case path(String)
  }

  /// What of a request counts.
  struct Request {
    var method = "GET"
    /// The path as it was sent, without the query.
    var target: String
    var host: String?
    var origin: String?
    /// `Sec-Fetch-Site`: where the page is from that asks.
    var site: String?
    /// `Sec-Fetch-Mode`: how it asks.
    var mode: String?
    /// `Sec-Fetch-Dest`: what for, a page of its own or a part of another.
    var destination: String?
  }

  /// Where the script and the events are: no page of a site can stand there. The script's name holds what it holds.
  static let scriptPath = ".sitegen/preview.\(contentHash(Array(PreviewScript.text.utf8))).js"
  static let eventsPath = ".sitegen/events"

  /// Judges `request`.
  func judge(_ request: Request) -> Verdict {
    let names = ["127.0.0.1:\(port)", "localhost:\(port)", "[::1]:\(port)"]
    guard let host = request.host?.lowercased(), names.contains(host) else {
      return .refused(status: 421, why: "This is a preview of 127.0.0.1:\(port), and of no other host.")
    }
    if let origin = request.origin, !names.contains(where: { origin.lowercased() == "http://\($0)" }) {
      return .refused(status: 403, why: "Other sites get nothing of a preview.")
    }
    // A link from elsewhere may be followed; pictures, scripts, frames and the like are for the preview's own pages.
    if let site = request.site, !["none", "same-origin"].contains(site),
      request.mode != "navigate" || request.destination != "document"
    {
      return .refused(status: 403, why: "Other sites get nothing of a preview.")
    }
    guard ["GET", "HEAD"].contains(request.method) else {
      return .refused(status: 405, why: "A preview can be looked at, and nothing else.")
    }
    guard let path = RequestRules.decoded(request.target) else {
      return .refused(status: 400, why: "No page has such an address.")
    }
    switch path {
    case RequestRules.eventsPath: return .events
    case RequestRules.scriptPath: return .script
    default: return .path(path)
    }
  }

  /// The path that `target` writes, without the slash in front; `nil` for one that no page can have.
  static func decoded(_ target: String) -> String? {
    guard target.hasPrefix("/"), target.utf8.count <= 4096,
      let path = strictlyPercentDecoded(target.dropFirst())
    else { return nil }
    let isClean = path.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0 != "\\" }
    let climbs = path.split(separator: "/").contains { $0 == ".." || $0 == "." }
    return isClean && !climbs ? path : nil
  }

  /// `text` with its escapes decoded once; `nil` where one is broken, or they don't spell UTF-8.
  private static func strictlyPercentDecoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16),
        rest.first != 0x2B
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(validating: bytes, as: UTF8.self)
  }
}

/// The part of a file that a request asks for with the header `Range`: `bytes=0-499`, `bytes=500-`, `bytes=-500`.
///
/// `nil` for several parts and anything else, which is answered with the whole file.
func requestedRange(_ header: String, of byteCount: Int) -> Range<Int>? {
  guard header.hasPrefix("bytes="), byteCount > 0 else { return nil }
  let ends = header.dropFirst(6).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
  guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
    return nil
  }
  switch (Int(ends[0]), Int(ends[1])) {
  case (let first?, let last?) where first <= last && first < byteCount:
    return first..<min(last, byteCount - 1) + 1
  case (let first?, nil) where ends[1].isEmpty && first < byteCount: return first..<byteCount
  case (nil, let count?) where ends[0].isEmpty && count > 0: return max(0, byteCount - count)..<byteCount
  default: return nil
  }
}
