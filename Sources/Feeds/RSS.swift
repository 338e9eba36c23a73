import CivilTime
import SourceText

/// Appends `feed` as RSS 2.0, with the whole of each entry in `content:encoded`.
///
/// A channel's description is required: without a subtitle it is the title. An image whose size is known
/// becomes the entry's enclosure, another a `media:content`.
public func writeRSS(_ feed: Feed, into buffer: inout ByteBuffer) {
  buffer.reserve(for: feed)
  buffer.append(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" \
    xmlns:content="http://purl.org/rss/1.0/modules/content/" \
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/">
    <channel>

    """ as StaticString)
  buffer.appendElement("title", feed.title)
  buffer.appendElement("link", url: feed.homeURL)
  // Readers take a description for HTML, in which plain text is escaped once more.
  buffer.appendElement("description") { $0.append(feed.subtitle ?? feed.title, as: .htmlSource) }
  buffer.append("<atom:link rel=\"self\" type=\"application/rss+xml\"" as StaticString)
  buffer.appendAttribute("href", url: feed.feedURL)
  buffer.append("/>\n" as StaticString)
  buffer.appendElement("language", feed.language)
  buffer.appendElement("copyright", feed.copyright)
  buffer.appendElement("lastBuildDate") { $0.appendRFC822(feed.updated) }
  buffer.append(
    "<generator>sitegen</generator>\n<docs>https://www.rssboard.org/rss-specification</docs>\n"
      as StaticString)
  if let iconURL = feed.iconURL {
    buffer.append("<image>\n" as StaticString)
    buffer.appendElement("url", url: iconURL)
    buffer.appendElement("title", feed.title)
    buffer.appendElement("link", url: feed.homeURL)
    buffer.append("</image>\n" as StaticString)
  }
  for entry in feed.entries { writeItem(entry, of: feed, into: &buffer) }
  buffer.append("</channel>\n</rss>\n" as StaticString)
}

private func writeItem(_ entry: FeedEntry, of feed: Feed, into buffer: inout ByteBuffer) {
  buffer.append("<item>\n" as StaticString)
  buffer.appendElement("title", entry.title)
  buffer.appendElement("link", url: entry.url)
  buffer.append(
    entry.id == entry.url ? "<guid isPermaLink=\"true\">" : "<guid isPermaLink=\"false\">" as StaticString)
  buffer.appendURL(entry.id, as: .xml)
  buffer.append("</guid>\n" as StaticString)
  buffer.appendElement("pubDate") { $0.appendRFC822(entry.published) }
  if entry.authors.isEmpty {
    buffer.appendElement("dc:creator", feed.author?.name)
  } else {
    for author in entry.authors { buffer.appendElement("dc:creator", author.name) }
  }
  for category in entry.categories { buffer.appendElement("category", category) }
  buffer.appendElement("comments", url: entry.commentsURL)
  if let summary = entry.summary {
    buffer.appendElement("description") { $0.append(summary, as: .htmlSource) }
  }
  buffer.appendElement("content:encoded") { $0.appendCDATA(entry.content) }
  if let image = entry.image { writeImage(image, into: &buffer) }
  buffer.append("</item>\n" as StaticString)
}

private func writeImage(_ image: FeedImage, into buffer: inout ByteBuffer) {
  buffer.append(image.byteCount == nil ? "<media:content" : "<enclosure" as StaticString)
  buffer.appendAttribute("url", url: image.url)
  buffer.appendAttribute("type", image.mediaType)
  if let byteCount = image.byteCount {
    buffer.append(" length=\"" as StaticString)
    buffer.append(byteCount)
    buffer.append("\"" as StaticString)
  } else {
    buffer.append(" medium=\"image\"" as StaticString)
  }
  buffer.append("/>\n" as StaticString)
}
