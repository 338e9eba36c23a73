import SourceText

/// Appends `digest` as a mail in HTML.
///
/// Mail programs remove style sheets, ignore what CSS has learnt since 1999, and turn colours round in the dark: so there are
/// tables, attributes and styles in place, a colour with each background, pictures with their widths, and no more than
/// Gmail shows of a mail.
public func writeDigestHTML(_ digest: WeeklyDigest, into buffer: inout ByteBuffer) {
  var writer = DigestHTMLWriter(buffer: buffer)
  writer.write(digest)
  buffer = writer.buffer
}

/// Appends `digest` as the content of a feed's entry: headings, paragraphs and links, without styles.
public func writeDigestEntry(_ digest: WeeklyDigest, into buffer: inout ByteBuffer) {
  var writer = DigestHTMLWriter(buffer: buffer)
  writer.writeEntry(digest)
  buffer = writer.buffer
}

private struct DigestHTMLWriter {
  var buffer: ByteBuffer

  private static let serif = "Georgia,'Times New Roman',serif"
  private static let sans = "Arial,Helvetica,sans-serif"
  private static let ink = "#1b1916"
  private static let soft = "#5f5a52"
  private static let paper = "#faf8f4"
  private static let ground = "#efece5"
  private static let accent = "#a82c17"

  // MARK: Pieces

  private mutating func raw(_ html: String) { buffer.append(html) }
  private mutating func text(_ text: String) { buffer.append(text, as: .xml) }

  private mutating func link(_ link: DigestLink, style: String) {
    raw("<a href=\"")
    buffer.appendURL(link.url, as: .xml)
    raw(style.isEmpty ? "\">" : "\" style=\"\(style)\">")
    text(link.text)
    raw("</a>")
  }

  /// A row of the letter, with room below.
  private mutating func row(_ style: String, padding: Int = 8, _ content: (inout DigestHTMLWriter) -> Void) {
    raw(
      "<tr><td bgcolor=\"\(Self.paper)\" style=\"padding:0 24px \(padding)px 24px;background-color:\(Self.paper);color:\(Self.ink);\(style)\">"
    )
    content(&self)
    raw("</td></tr>\n")
  }

  // MARK: The mail

  mutating func write(_ digest: WeeklyDigest) {
    let direction = digest.isRightToLeft ? "rtl" : "ltr"
    raw("<!DOCTYPE html>\n<html lang=\"")
    text(digest.language)
    raw("\" dir=\"\(direction)\">\n<head>\n<meta charset=\"utf-8\">\n")
    raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    raw("<meta name=\"robots\" content=\"noindex\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
    raw("<meta name=\"supported-color-schemes\" content=\"light dark\">\n<title>")
    text("\(digest.column.text): \(digest.week.text)")
    raw(
      "</title>\n</head>\n<body bgcolor=\"\(Self.ground)\" style=\"margin:0;padding:0;background-color:\(Self.ground);\">\n"
    )
    raw(
      "<div style=\"display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:\(Self.ground);\">"
    )
    text(shortened(digest.preheader, to: 140))
    raw(
      "</div>\n<table role=\"presentation\" width=\"100%\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" ")
    raw("bgcolor=\"\(Self.ground)\" style=\"background-color:\(Self.ground);\"><tr><td align=\"center\">\n")
    raw("<table role=\"presentation\" width=\"600\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\" ")
    raw("style=\"width:100%;max-width:600px;\" dir=\"\(direction)\">\n")
    top(digest)
    for film in digest.films.prefix(WeeklyDigest.filmLimit) { self.film(film) }
    if digest.films.count > WeeklyDigest.filmLimit {
      row("font-family:\(Self.sans);font-size:16px;line-height:24px;", padding: 24) {
        $0.link(DigestLink(digest.more, digest.week.url), style: "color:\(Self.accent);")
      }
    }
    if let vote = digest.vote { self.vote(vote) }
    end(digest)
    raw("</table>\n</td></tr></table>\n</body>\n</html>\n")
  }

  private mutating func top(_ digest: WeeklyDigest) {
    raw(
      "<tr><td align=\"center\" style=\"padding:12px 24px;font-family:\(Self.sans);font-size:12px;line-height:18px;color:\(Self.soft);\">"
    )
    link(digest.browserLink, style: "color:\(Self.soft);")
    raw("</td></tr>\n<tr><td bgcolor=\"\(Self.ink)\" style=\"padding:14px 24px;background-color:\(Self.ink);")
    raw("font-family:\(Self.sans);font-size:14px;line-height:20px;color:#f4cd85;\">")
    link(digest.site, style: "color:#f4cd85;text-decoration:none;font-weight:bold;")
    raw(" &nbsp; ")
    link(digest.column, style: "color:#efe9dc;text-decoration:none;")
    raw("</td></tr>\n")
    row("padding-top:28px;font-family:\(Self.serif);font-size:34px;line-height:40px;") {
      $0.raw("<h1 style=\"margin:0;font-size:34px;line-height:40px;font-weight:normal;\">")
      $0.link(digest.week, style: "color:\(Self.ink);text-decoration:none;")
      $0.raw("</h1>")
    }
    row("font-family:\(Self.sans);font-size:14px;line-height:22px;color:\(Self.soft);", padding: 20) {
      $0.text(digest.dates)
    }
    guard let note = digest.note else { return }
    row("font-family:\(Self.serif);font-size:18px;line-height:28px;", padding: 28) {
      $0.text(shortened(note, to: 1200))
    }
  }

  private mutating func film(_ film: DigestFilm) {
    if let image = film.imageURL {
      row("", padding: 12) {
        $0.raw("<a style=\"color:\(Self.soft);text-decoration:none;\" href=\"")
        $0.buffer.appendURL(film.link.url, as: .xml)
        $0.raw("\"><img src=\"")
        $0.buffer.appendURL(image, as: .xml)
        $0.raw("\" alt=\"")
        $0.text(shortened(film.imageText, to: 120))
        $0.raw(
          "\" width=\"552\" border=\"0\" style=\"display:block;width:100%;max-width:552px;height:auto;\"></a>"
        )
      }
    }
    row("font-family:\(Self.sans);font-size:13px;line-height:20px;color:\(Self.soft);", padding: 2) {
      $0.text([film.day, film.facts].filter { !$0.isEmpty }.joined(separator: " · "))
    }
    row("font-family:\(Self.serif);font-size:24px;line-height:30px;", padding: 4) {
      $0.raw("<h2 style=\"margin:0;font-size:24px;line-height:30px;font-weight:normal;\">")
      $0.link(film.link, style: "color:\(Self.accent);text-decoration:none;")
      $0.raw("</h2>")
    }
    row("font-family:\(Self.sans);font-size:16px;line-height:25px;", padding: 30) {
      $0.text(shortened(film.summary, to: 300))
    }
  }

  private mutating func vote(_ vote: DigestVote) {
    row(
      "font-family:\(Self.serif);font-size:24px;line-height:30px;border-top:1px solid #d8d4ca;padding-top:24px;"
    ) {
      $0.raw("<h2 style=\"margin:0;font-size:24px;line-height:30px;font-weight:normal;\">")
      $0.text(vote.heading)
      $0.raw("</h2>")
    }
    row("font-family:\(Self.sans);font-size:16px;line-height:25px;", padding: 16) {
      $0.text(vote.state)
      if let prize = vote.prize {
        $0.raw("<br>")
        $0.text(shortened(prize, to: 400))
      }
      if let sponsor = vote.sponsor {
        $0.raw("<br>")
        $0.sponsor(shortened(sponsor.name, to: 400), sponsor.url)
      }
    }
    if let remark = vote.remark {
      row("font-family:\(Self.serif);font-size:18px;line-height:28px;", padding: 20) {
        $0.text(shortened(remark, to: 1200))
      }
    }
    for line in vote.lines.prefix(WeeklyDigest.lineLimit) {
      row("font-family:\(Self.sans);font-size:15px;line-height:22px;", padding: 12) {
        $0.raw(line.isWinner ? "<strong>" : "")
        $0.link(line.link, style: "color:\(Self.ink);")
        $0.raw(line.isWinner ? "</strong>" : "")
        $0.raw(" <span style=\"color:\(Self.soft);\">")
        $0.text(line.votes)
        $0.raw("</span>")
        $0.bar(line)
      }
    }
    for note in [vote.total].compactMap(\.self) + vote.notes.prefix(WeeklyDigest.noteLimit) {
      row("font-family:\(Self.sans);font-size:15px;line-height:22px;color:\(Self.soft);", padding: 12) {
        $0.text(shortened(note, to: 400))
      }
    }
    guard let poll = vote.poll else { return row("", padding: 16) { $0.raw("&nbsp;") } }
    row("font-family:\(Self.sans);font-size:16px;line-height:24px;", padding: 30) {
      $0.raw("<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr>")
      $0.raw(
        "<td bgcolor=\"\(Self.accent)\" style=\"padding:12px 26px;background-color:\(Self.accent);color:#fffaf5;\">"
      )
      $0.link(poll, style: "color:#fffaf5;font-weight:bold;text-decoration:none;")
      $0.raw("</td></tr></table>")
    }
  }

  private mutating func sponsor(_ name: String, _ url: String?) {
    guard let url else { return text(name) }
    link(DigestLink(name, url), style: "color:\(Self.accent);")
  }

  /// A share as two cells, whose widths every mail program understands.
  private mutating func bar(_ line: DigestVote.Line) {
    let percent = min(max(line.percent, 0), 100)
    let color = line.isWinner ? Self.accent : "#8d867a"
    raw("<table role=\"presentation\" width=\"100%\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\"><tr>")
    for (width, color) in [(percent, color), (100 - percent, "#dcd7cc")] where width > 0 {
      raw(
        "<td width=\"\(width)%\" height=\"6\" bgcolor=\"\(color)\" style=\"background-color:\(color);height:6px;font-size:1px;line-height:6px;\">&nbsp;</td>"
      )
    }
    raw("</tr></table>")
  }

  private mutating func end(_ digest: WeeklyDigest) {
    raw(
      "<tr><td style=\"padding:20px 24px 40px 24px;font-family:\(Self.sans);font-size:12px;line-height:18px;color:\(Self.soft);\">"
    )
    if let copyright = digest.copyright {
      text(shortened(copyright, to: 400))
      raw("<br>")
    }
    link(digest.site, style: "color:\(Self.soft);")
    raw("</td></tr>\n")
  }

  // MARK: The entry of a feed

  mutating func writeEntry(_ digest: WeeklyDigest) {
    if let note = digest.note { paragraph(shortened(note, to: 1200)) }
    raw("<ul>\n")
    for film in digest.films {
      raw("<li>")
      link(film.link, style: "")
      raw(" ")
      text([film.day, film.facts].filter { !$0.isEmpty }.joined(separator: ", "))
      raw("<br>")
      text(film.summary)
      raw("</li>\n")
    }
    raw("</ul>\n")
    guard let vote = digest.vote else { return }
    raw("<h2>")
    text(vote.heading)
    raw("</h2>\n")
    paragraph(vote.state)
    if let prize = vote.prize { paragraph(prize) }
    if let sponsor = vote.sponsor {
      raw("<p>")
      self.sponsor(sponsor.name, sponsor.url)
      raw("</p>\n")
    }
    if let remark = vote.remark { paragraph(remark) }
    if !vote.lines.isEmpty {
      raw("<ol>\n")
      for line in vote.lines {
        raw("<li>")
        link(line.link, style: "")
        raw(" ")
        text(line.votes)
        raw("</li>\n")
      }
      raw("</ol>\n")
    }
    for note in [vote.total].compactMap(\.self) + vote.notes { paragraph(note) }
    guard let poll = vote.poll else { return }
    raw("<p>")
    link(poll, style: "")
    raw("</p>\n")
  }

  private mutating func paragraph(_ text: String) {
    raw("<p>")
    self.text(text)
    raw("</p>\n")
  }
}
