import SourceText

/// The address that a destination which is neither a file nor a page was likely to be, with what it lacks in front.
struct MeantAddress {
  /// `https://` or `mailto:`, what takes the place of how many bytes at its beginning.
  let scheme: String
  let replacedCount: Int
  /// Whether nothing else can be meant.
  let isCertain: Bool

  /// `nil` if `destination` looks like none.
  init?(_ destination: String) {
    let lower = destination.lowercased()
    for (begun, scheme) in [
      ("https//:", "https://"), ("http//:", "http://"), ("https//", "https://"), ("http//", "http://"),
      ("https;//", "https://"), ("http;//", "http://"),
    ] where lower.hasPrefix(begun) {
      self.init(scheme: scheme, replacedCount: begun.utf8.count, isCertain: true)
      return
    }
    let end = lower.utf8.firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 } ?? lower.endIndex
    let parts = lower[..<end].split(separator: "@", omittingEmptySubsequences: false)
    guard let host = parts.last, parts.count < 3, isHost(host) else { return nil }
    if parts.count == 2 {
      guard !parts[0].isEmpty, end == lower.endIndex || lower[end] == "?" else { return nil }
      self.init(scheme: "mailto:", replacedCount: 0, isCertain: true)
    } else {
      self.init(scheme: "https://", replacedCount: 0, isCertain: host.hasPrefix("www."))
    }
  }

  private init(scheme: String, replacedCount: Int, isCertain: Bool) {
    self.scheme = scheme
    self.replacedCount = replacedCount
    self.isCertain = isCertain
  }

  /// `destination`, from which this was made, in full.
  func full(_ destination: String) -> String {
    scheme + String(decoding: destination.utf8.dropFirst(replacedCount), as: UTF8.self)
  }
}

/// Whether `text`, in small letters, is the name of a host, as far as its end tells it from that of a file.
private func isHost(_ text: Substring) -> Bool {
  let labels = text.split(separator: ".", omittingEmptySubsequences: false)
  guard labels.count > 1, let last = labels.last,
    labels.allSatisfy({ label in
      !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    })
  else { return false }
  if labels[0] == "www" { return labels.count > 2 }
  return last.utf8.count == 2
    ? last.utf8.allSatisfy { (0x61...0x7A).contains($0) } && !endingsOfFiles.contains(last)
    : endingsOfHosts.contains(last)
}

/// Of two letters, what is seldom a country's.
private let endingsOfFiles: Set<Substring> = [
  "ai", "db", "gz", "js", "md", "ps", "py", "rb", "sh", "ts", "xz",
]

private let endingsOfHosts: Set<Substring> = [
  "app", "art", "blog", "com", "community", "design", "dev", "edu", "events", "film", "foundation", "gov",
  "info",
  "int", "media", "movie", "music", "net", "news", "online", "org", "photo", "press", "productions", "site",
  "social",
  "store", "studio", "theater", "tickets", "video", "vote", "website",
]
