import CivilTime
import SourceText

/// One page in a sitemap.
public struct SitemapEntry: Sendable, Hashable {
  /// The page's absolute URL.
  public var url: String
  /// When the page last changed; taken from its content.
  public var lastModified: Timestamp?

  /// The page at `url`.
  public init(url: String, lastModified: Timestamp? = nil) {
    self.url = url
    self.lastModified = lastModified
  }
}

/// A file of a sitemap, to be published as it is.
public struct SitemapFile: Sendable, Hashable {
  /// Where the file goes, relative to the site's front page: `sitemap.xml`.
  public var path: String
  /// What it holds.
  public var bytes: [UInt8]

  /// A file that holds `bytes`.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// The most that sitemaps.org allows in one file.
struct SitemapLimits {
  var urlCount = 50_000
  var byteCount = 50 * 1024 * 1024
}

/// The sitemap of a site at `base`: `sitemap.xml`, or, when the pages are more than one file may hold
/// (50,000 or 50 MB), `sitemap-1.xml`, `sitemap-2.xml` … with `sitemap.xml` as their index, which comes first.
///
/// - Parameter base: the absolute URL of the front page.
/// - Complexity: O(*n*).
public func sitemaps(for entries: [SitemapEntry], base: String) -> [SitemapFile] {
  sitemaps(for: entries, base: base, limits: SitemapLimits())
}

func sitemaps(for entries: [SitemapEntry], base: String, limits: SitemapLimits) -> [SitemapFile] {
  var parts: [(bytes: [UInt8], lastModified: Timestamp?)] = []
  var remaining = entries[...]
  repeat {
    var buffer = ByteBuffer(capacity: min(remaining.count, limits.urlCount) * 128 + 256)
    let count = writeSitemap(remaining, into: &buffer, limits: limits)
    parts.append((buffer.bytes, remaining.prefix(count).lazy.compactMap(\.lastModified).max()))
    remaining = remaining.dropFirst(count)
  } while !remaining.isEmpty

  if parts.count == 1 { return [SitemapFile(path: "sitemap.xml", bytes: parts[0].bytes)] }
  let files = parts.enumerated().map { SitemapFile(path: "sitemap-\($0 + 1).xml", bytes: $1.bytes) }
  let folder = base.hasSuffix("/") ? base : base + "/"
  var index = ByteBuffer()
  index.append(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">

    """ as StaticString)
  for (file, part) in zip(files, parts) {
    index.append("<sitemap>" as StaticString)
    index.appendLocation(folder + file.path, lastModified: part.lastModified)
    index.append("</sitemap>\n" as StaticString)
  }
  index.append("</sitemapindex>\n" as StaticString)
  return [SitemapFile(path: "sitemap.xml", bytes: index.bytes)] + files
}

/// Appends a sitemap of as many of `entries` as fit, at least one, and returns how many those are.
private func writeSitemap(
  _ entries: ArraySlice<SitemapEntry>, into buffer: inout ByteBuffer, limits: SitemapLimits
) -> Int {
  buffer.append(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">

    """ as StaticString)
  let end: StaticString = "</urlset>\n"
  var count = 0
  for entry in entries.prefix(limits.urlCount) {
    let previousEnd = buffer.count
    buffer.append("<url>" as StaticString)
    buffer.appendLocation(entry.url, lastModified: entry.lastModified)
    buffer.append("</url>\n" as StaticString)
    if count > 0 && buffer.count + end.utf8CodeUnitCount > limits.byteCount {
      buffer.bytes.removeLast(buffer.count - previousEnd)
      break
    }
    count += 1
  }
  buffer.append(end)
  return count
}

extension ByteBuffer {
  fileprivate mutating func appendLocation(_ url: String, lastModified: Timestamp?) {
    append("<loc>" as StaticString)
    appendURL(url, as: .xml)
    append("</loc>" as StaticString)
    if let lastModified {
      append("<lastmod>" as StaticString)
      appendRFC3339(lastModified)
      append("</lastmod>" as StaticString)
    }
  }
}
