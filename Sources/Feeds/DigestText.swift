import SourceText

/// Appends `digest` as a mail in plain text: lines of at most 72 characters, but for addresses, which are not broken.
public func writeDigestText(_ digest: WeeklyDigest, into buffer: inout ByteBuffer) {
  var writer = DigestTextWriter(buffer: buffer)
  writer.paragraph("\(digest.site.text): \(digest.column.text)")
  writer.heading("\(digest.week.text), \(digest.dates)", underline: "=")
  if let note = digest.note { writer.paragraph(shortened(note, to: 1200)) }
  writer.address(digest.week.url)
  for film in digest.films.prefix(WeeklyDigest.filmLimit) {
    writer.heading(film.link.text, underline: "-")
    writer.paragraph([film.day, film.facts].filter { !$0.isEmpty }.joined(separator: ", "))
    writer.paragraph(shortened(film.summary, to: 300))
    writer.address(film.link.url)
  }
  if digest.films.count > WeeklyDigest.filmLimit {
    writer.paragraph(digest.more)
    writer.address(digest.week.url)
  }
  if let vote = digest.vote {
    writer.heading(vote.heading, underline: "=")
    writer.paragraph(vote.state)
    if let prize = vote.prize { writer.paragraph(shortened(prize, to: 400)) }
    if let sponsor = vote.sponsor {
      writer.paragraph(shortened(sponsor.name, to: 400))
      if let url = sponsor.url { writer.address(url) }
    }
    if let remark = vote.remark { writer.paragraph(shortened(remark, to: 1200)) }
    for line in vote.lines.prefix(WeeklyDigest.lineLimit) {
      writer.item("\(line.isWinner ? "* " : "  ")\(line.link.text): \(line.votes)")
    }
    if !vote.lines.isEmpty { writer.gap() }
    if let total = vote.total { writer.paragraph(total) }
    for note in vote.notes.prefix(WeeklyDigest.noteLimit) { writer.paragraph(shortened(note, to: 400)) }
    if let poll = vote.poll {
      writer.paragraph(poll.text)
      writer.address(poll.url)
    }
  }
  writer.end(digest)
  buffer = writer.buffer
}

private struct DigestTextWriter {
  var buffer: ByteBuffer
  private static let width = 72

  mutating func paragraph(_ text: String) {
    guard !text.isEmpty else { return }
    fill(text, indent: "")
    buffer.append("\n" as StaticString)
  }

  /// A line of a list: what doesn't fit stands further in.
  mutating func item(_ text: String) { fill(text, indent: "    ") }

  mutating func gap() { buffer.append("\n" as StaticString) }

  mutating func heading(_ text: String, underline: Character) {
    buffer.append("\n" as StaticString)
    let width = fill(text, indent: "")
    buffer.append(String(repeating: underline, count: width), as: .line)
    buffer.append("\n\n" as StaticString)
  }

  mutating func address(_ url: String) {
    buffer.appendURL(url, as: .line)
    buffer.append("\n\n" as StaticString)
  }

  mutating func end(_ digest: WeeklyDigest) {
    // Mail programs know what is below for a signature, and may hide it.
    buffer.append("\n-- \n" as StaticString)
    if let copyright = digest.copyright { fill(shortened(copyright, to: 400), indent: "") }
    fill(digest.browserLink.text, indent: "")
    buffer.appendURL(digest.browserLink.url, as: .line)
    buffer.append("\n" as StaticString)
  }

  /// Writes `text` in lines that are as full as they can be; the width of the longest of them.
  @discardableResult
  private mutating func fill(_ text: String, indent: String) -> Int {
    var lines: [String] = []
    var line = text.hasPrefix("  ") ? "  " : ""
    var width = line.count
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, width + 1 + word.count > DigestTextWriter.width {
        lines.append(line)
        line = indent
        width = indent.count
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      width += word.count + (isEmpty ? 0 : 1)
      isEmpty = false
    }
    lines.append(line)
    for line in lines {
      buffer.append(line, as: .line)
      buffer.append("\n" as StaticString)
    }
    return min(lines.map(\.count).max() ?? 0, DigestTextWriter.width)
  }
}
