import CivilTime
import SourceText

/// Appends `feed` as JSON Feed 1.1, one entry a line.
public func writeJSONFeed(_ feed: Feed, into buffer: inout ByteBuffer) {
  buffer.reserve(for: feed)
  buffer.append("{\"version\":\"https://jsonfeed.org/version/1.1\"" as StaticString)
  buffer.appendMember("title", feed.title)
  buffer.appendMember("home_page_url", url: feed.homeURL)
  buffer.appendMember("feed_url", url: feed.feedURL)
  buffer.appendMember("description", feed.subtitle)
  buffer.appendMember("icon", url: feed.iconURL)
  buffer.appendMember("language", feed.language)
  if let author = feed.author { buffer.appendAuthors([author]) }
  buffer.append(",\"items\":[" as StaticString)
  var isFirst = true
  for entry in feed.entries {
    buffer.append(isFirst ? "\n" : ",\n" as StaticString)
    isFirst = false
    writeItem(entry, into: &buffer)
  }
  buffer.append(feed.entries.isEmpty ? "]}\n" : "\n]}\n" as StaticString)
}

private func writeItem(_ entry: FeedEntry, into buffer: inout ByteBuffer) {
  buffer.append("{\"id\":\"" as StaticString)
  buffer.appendURL(entry.id, as: .json)
  buffer.append("\"" as StaticString)
  buffer.appendMember("url", url: entry.url)
  buffer.appendMember("title", entry.title.isEmpty ? nil : entry.title)
  buffer.append(",\"date_published\":\"" as StaticString)
  buffer.appendRFC3339(entry.published)
  buffer.append("\",\"date_modified\":\"" as StaticString)
  buffer.appendRFC3339(entry.updated)
  buffer.append("\"" as StaticString)
  buffer.appendAuthors(entry.authors)
  if !entry.categories.isEmpty {
    buffer.append(",\"tags\":[" as StaticString)
    for (index, category) in entry.categories.enumerated() {
      buffer.append(index == 0 ? "\"" : ",\"" as StaticString)
      buffer.append(category, as: .json)
      buffer.append("\"" as StaticString)
    }
    buffer.append("]" as StaticString)
  }
  buffer.appendMember("summary", entry.summary)
  buffer.appendMember("image", url: entry.image?.url)
  buffer.append(",\"content_html\":\"" as StaticString)
  buffer.append(entry.content, as: .json)
  buffer.append("\"}" as StaticString)
}

extension ByteBuffer {
  /// Appends `,"name":"text"`, or nothing when there is no text.
  fileprivate mutating func appendMember(_ name: StaticString, _ text: String?) {
    guard let text else { return }
    appendMemberName(name)
    append(text, as: .json)
    append("\"" as StaticString)
  }

  /// Appends `,"name":"url"`, or nothing when there is no URL.
  fileprivate mutating func appendMember(_ name: StaticString, url: String?) {
    guard let url else { return }
    appendMemberName(name)
    appendURL(url, as: .json)
    append("\"" as StaticString)
  }

  fileprivate mutating func appendAuthors(_ authors: [FeedAuthor]) {
    guard !authors.isEmpty else { return }
    append(",\"authors\":[" as StaticString)
    for (index, author) in authors.enumerated() {
      append(index == 0 ? "{\"name\":\"" : ",{\"name\":\"" as StaticString)
      append(author.name, as: .json)
      append("\"" as StaticString)
      appendMember("url", url: author.url)
      append("}" as StaticString)
    }
    append("]" as StaticString)
  }

  private mutating func appendMemberName(_ name: StaticString) {
    append(",\"" as StaticString)
    append(name)
    append("\":\"" as StaticString)
  }
}
