import SourceText

/// Appends a `robots.txt` that lets every crawler read everything but the paths in `disallowed`.
///
/// - Parameters:
///   - sitemapURL: the absolute URL of the sitemap, when there is one.
///   - disallowed: paths from the host's root, such as `/search/`.
public func writeRobots(sitemapURL: String?, disallowed: [String] = [], into buffer: inout ByteBuffer) {
  buffer.append("User-agent: *\n" as StaticString)
  // A group needs a rule; an empty one disallows nothing.
  if disallowed.isEmpty { buffer.append("Disallow:\n" as StaticString) }
  for path in disallowed {
    buffer.append("Disallow: " as StaticString)
    buffer.appendURL(path, as: .line)
    buffer.append("\n" as StaticString)
  }
  if let sitemapURL {
    buffer.append("\nSitemap: " as StaticString)
    buffer.appendURL(sitemapURL, as: .line)
    buffer.append("\n" as StaticString)
  }
}
