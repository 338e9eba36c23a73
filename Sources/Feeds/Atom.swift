import CivilTime
import SourceText

/// Appends `feed` as Atom (RFC 4287), with the whole of each entry as its content.
///
/// Atom requires an author: when neither the feed nor an entry names one, the feed's title is its author.
public func writeAtom(_ feed: Feed, into buffer: inout ByteBuffer) {
  buffer.reserve(for: feed)
  buffer.append(
    """
    <?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom"
    """ as StaticString)
  buffer.appendAttribute("xml:lang", feed.language)
  buffer.append(">\n" as StaticString)
  buffer.appendElement("id", url: feed.id)
  buffer.appendElement("title", feed.title)
  buffer.appendElement("subtitle", feed.subtitle)
  buffer.append("<link rel=\"self\" type=\"application/atom+xml\"" as StaticString)
  buffer.appendAttribute("href", url: feed.feedURL)
  buffer.append("/>\n<link rel=\"alternate\" type=\"text/html\"" as StaticString)
  buffer.appendAttribute("href", url: feed.homeURL)
  buffer.append("/>\n" as StaticString)
  buffer.appendElement("updated") { $0.appendRFC3339(feed.updated) }
  if feed.author != nil || feed.entries.isEmpty || feed.entries.contains(where: \.authors.isEmpty) {
    writeAuthor(feed.author ?? FeedAuthor(name: feed.title), into: &buffer)
  }
  buffer.appendElement("rights", feed.copyright)
  buffer.appendElement("icon", url: feed.iconURL)
  buffer.append("<generator>sitegen</generator>\n" as StaticString)
  for entry in feed.entries { writeEntry(entry, into: &buffer) }
  buffer.append("</feed>\n" as StaticString)
}

private func writeEntry(_ entry: FeedEntry, into buffer: inout ByteBuffer) {
  buffer.append("<entry>\n" as StaticString)
  buffer.appendElement("id", url: entry.id)
  buffer.appendElement("title", entry.title)
  buffer.append("<link rel=\"alternate\" type=\"text/html\"" as StaticString)
  buffer.appendAttribute("href", url: entry.url)
  buffer.append("/>\n" as StaticString)
  buffer.appendElement("published") { $0.appendRFC3339(entry.published) }
  buffer.appendElement("updated") { $0.appendRFC3339(entry.updated) }
  for author in entry.authors { writeAuthor(author, into: &buffer) }
  for category in entry.categories {
    buffer.append("<category" as StaticString)
    buffer.appendAttribute("term", category)
    buffer.append("/>\n" as StaticString)
  }
  buffer.appendElement("summary", entry.summary)
  if let commentsURL = entry.commentsURL {
    buffer.append("<link rel=\"replies\" type=\"text/html\"" as StaticString)
    buffer.appendAttribute("href", url: commentsURL)
    buffer.append("/>\n" as StaticString)
  }
  if let image = entry.image {
    buffer.append("<link rel=\"enclosure\"" as StaticString)
    buffer.appendAttribute("type", image.mediaType)
    if let byteCount = image.byteCount { buffer.appendAttribute("length", String(byteCount)) }
    buffer.appendAttribute("href", url: image.url)
    buffer.append("/>\n" as StaticString)
  }
  buffer.append("<content type=\"html\">" as StaticString)
  buffer.appendCDATA(entry.content)
  buffer.append("</content>\n</entry>\n" as StaticString)
}

private func writeAuthor(_ author: FeedAuthor, into buffer: inout ByteBuffer) {
  buffer.append("<author>\n" as StaticString)
  buffer.appendElement("name", author.name)
  buffer.appendElement("uri", url: author.url)
  buffer.append("</author>\n" as StaticString)
}
