import CivilTime
import Columns
import Feeds
import Markdown
import Media
import SourceText
import Templates

extension SiteModel {
  /// The three files of the feed at `index` of the plan, by their paths below `output/`, in each folder that it has.
  ///
  /// Empty without a site URL: a feed has no page to be relative to.
  func renderFeed(_ index: Int) -> [(file: String, bytes: [UInt8])] {
    guard let base = archive.site.url else { return [] }
    let subject = plan.feeds.subjects[index]
    let folder = subject.folder(in: archive)
    let entries = plan.feeds.entries(of: subject, in: archive).map { feedEntry($0, base: base) }
    return FeedFormat.allCases.flatMap { format in
      let file = format.file(in: folder)
      let feed = Feed(
        id: plan.formerFolders.lastingName(of: folder).map { base + percentEncoded(format.file(in: $0)) },
        title: subject.title(in: archive, words), subtitle: subtitle(of: subject),
        language: archive.site.language, homeURL: base + Address(subject.home(in: archive)).link(.directory),
        feedURL: base + percentEncoded(file),
        author: FeedAuthor(name: archive.site.author ?? archive.site.title),
        copyright: archive.site.copyright, entries: entries)
      var buffer = ByteBuffer(capacity: 1 << 16)
      switch format {
      case .rss: writeRSS(feed, into: &buffer)
      case .atom: writeAtom(feed, into: &buffer)
      case .json: writeJSONFeed(feed, into: &buffer)
      }
      return plan.feeds.files[index].filter { $0.format == format }.map { ($0.file, buffer.bytes) }
    }
  }

  /// What an entry on a write-up is called for ever, so that nobody gets it anew because the column moved; `nil` for the
  /// address of now.
  func entryID(of id: ID<WriteUp>, base: String) -> String? {
    plan.formerFolders.lastingName(of: id, in: archive).map { base + Address($0).link(.directory) }
  }

  /// The same of an entry on what is below a column's folder, at `address`.
  func entryID(at address: String, base: String) -> String? {
    plan.formerFolders.lastingName(of: address).map { base + Address($0).link(.directory) }
  }

  private func subtitle(of subject: FeedSubject) -> String? {
    switch subject {
    case .site: archive.site.description
    case .column(let id): archive.columns[id].source.description
    case .term, .comments, .statusChanges, .winners: nil
    case .weeks(let id): archive.columns[id].source.description
    }
  }

  private func feedEntry(_ item: FeedItem, base: String) -> FeedEntry {
    switch item {
    case .writeUp(let id): feedEntry(of: id, base: base)
    case .comment(let place): feedEntry(of: place, base: base)
    case .week(let id): feedEntry(of: id, base: base)
    case .statusChange(let change): feedEntry(of: change, base: base)
    case .decision(let id): feedEntry(of: id, base: base)
    }
  }

  private func feedEntry(of id: ID<WriteUp>, base: String) -> FeedEntry {
    let writeUp = archive.writeUps[id]
    let url = base + canonicalPath(links.writeUps[id.index])
    var content = ByteBuffer(capacity: writeUp.source.body.html.count + 512)
    bodies.writeUps[id.index].write(into: &content, links: .absolute(base: base))
    return FeedEntry(
      id: entryID(of: id, base: base), url: url, title: writeUp.headline, published: writeUp.date,
      updated: writeUp.updated.map { max($0, writeUp.date) } ?? writeUp.date,
      authors: writeUp.authors.map { byline in
        FeedAuthor(
          name: byline.name, url: byline.person.map { base + canonicalPath(links.persons[$0.index]) })
      },
      // Each tag has a feed, in which its write-ups are: without a bound, feeds would grow with the square of the tags.
      categories: writeUp.terms.tags.prefix(WriteUpSource.manyTags).map { archive.terms[$0].name },
      summary: writeUp.source.project.logline ?? writeUp.source.body.excerpt, content: content.bytes,
      image: bodies.images[id.index].first.flatMap { feedImage($0, base: base) },
      commentsURL: writeUp.hasShownComments ? "\(url)#\(WriteUp.commentsAnchor)" : nil)
  }

  /// What a reader said: the same HTML as on the page, which holds nothing that could do harm.
  private func feedEntry(of place: CommentPlace, base: String) -> FeedEntry {
    let writeUp = archive.writeUps[place.writeUp]
    let comment = writeUp.comments.comments[place.index]
    let page = base + canonicalPath(links.writeUps[place.writeUp.index])
    let url = "\(page)#\(comment.source.anchor)"
    var content = ByteBuffer(capacity: comment.source.body.html.count + 64)
    bodies.comments[place.writeUp.index][place.index].write(into: &content, links: .absolute(base: base))
    let name = comment.source.author ?? words(.aReader)
    return FeedEntry(
      id: "\(entryID(of: place.writeUp, base: base) ?? page)#\(comment.source.anchor)", url: url,
      title: words(.commentOn, ["name": name, "title": writeUp.source.title]),
      published: comment.date ?? writeUp.date, authors: [FeedAuthor(name: name, url: comment.source.url)],
      summary: comment.source.body.excerpt, content: content.bytes)
  }

  private func feedImage(_ image: ResolvedImage, base: String) -> FeedImage? {
    let url = LinkStyle.absolute(base: base).text(image.link)
    return MediaType(path: url).map { FeedImage(url: url, mediaType: $0.name) }
  }
}

/// A file for the programs that visit a site: crawlers and servers.
struct SiteRecord: Sendable {
  /// The path below `output/`.
  let file: String
  let bytes: [UInt8]
}

extension SitePlan {
  /// Sitemap, robots.txt, redirects and the calendar.
  func records(of archive: Archive, _ words: FeedWords) -> [SiteRecord] {
    var files = [SiteRecord(file: ".nojekyll", bytes: [])]
    var robots = ByteBuffer()
    if let base = archive.site.url {
      for file in sitemaps(for: sitemapEntries(of: archive, base: base), base: base) {
        files.append(SiteRecord(file: file.path, bytes: file.bytes))
      }
      writeRobots(sitemapURL: base + "sitemap.xml", into: &robots)
    } else {
      writeRobots(sitemapURL: nil, into: &robots)
    }
    files.append(SiteRecord(file: "robots.txt", bytes: robots.bytes))
    files += redirectRecords(of: archive)
    if let calendar = calendarRecord(of: archive, words) { files.append(calendar) }
    return files
  }

  /// The files of ``records(of:_:)`` that are there whatever else is.
  func recordFiles(of archive: Archive) -> [String] {
    ["robots.txt"] + (archive.site.url == nil ? [] : ["sitemap.xml"])
  }

  private func sitemapEntries(of archive: Archive, base: String) -> [SitemapEntry] {
    pages.compactMap { page in
      var modified: Timestamp?
      switch page.subject {
      case .search, .notFound, .redirect: return nil
      case .writeUp(let id):
        let writeUp = archive.writeUps[id]
        guard writeUp.isPublic else { return nil }
        modified = writeUp.updated ?? writeUp.date
      case .freePage(let id): modified = archive.freePages[id].updated
      default: break
      }
      return SitemapEntry(url: base + canonicalPath(page.link), lastModified: modified)
    }
  }
}
