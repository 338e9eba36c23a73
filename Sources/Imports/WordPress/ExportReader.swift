import XML

/// Takes an export of WordPress's apart, an item at a time.
public final class ExportReader: XMLEvents {
  /// What the export says about its site, as far as it was read.
  public private(set) var site = ExportSite()
  /// How many bytes one part of an item may have; what is longer is cut, and the item marked.
  static let partLimit = 4 << 20
  /// How many bytes all parts of an item together may have.
  static let itemLimit = 32 << 20

  private let tell: (ExportItem) -> Void
  private var path: [String] = []
  private var text: [UInt8] = []
  private var item: ExportItem?
  private var itemBytes = 0
  private var term = ExportItem.Term()
  private var comment: ExportItem.Comment?
  private var metaKey = ""
  private var metaValue = ""
  private var login = ""
  private var name = ""

  /// A reader that hands each item to `tell` when it is complete.
  public init(telling tell: @escaping (ExportItem) -> Void) { self.tell = tell }

  /// Whether the document's outermost element has ended.
  public private(set) var isEnded = false

  /// Whether the document is an export of WordPress's, as far as it was read.
  public var isExport: Bool { !site.version.isEmpty }

  /// An element begins.
  public func begin(_ name: String, _ attributes: [String: String]) {
    path.append(name)
    text.removeAll(keepingCapacity: true)
    switch name {
    case "item" where path.count == 3:
      item = ExportItem()
      itemBytes = 0
    case "category" where path.count == 4:
      term = ExportItem.Term(
        domain: attributes["domain"] ?? "category", slug: attributes["nicename"] ?? "", name: "")
    case "wp:comment" where path.count == 4: comment = ExportItem.Comment()
    case "wp:postmeta" where path.count == 4: (metaKey, metaValue) = ("", "")
    case "wp:author": (login, self.name) = ("", "")
    default: break
    }
  }

  /// A part of a text comes.
  public func text(_ bytes: Span<UInt8>) {
    guard path.count > 2 else { return }
    guard text.count + bytes.count <= Self.partLimit, itemBytes + text.count + bytes.count <= Self.itemLimit
    else {
      item?.isTooLarge = true
      return
    }
    for index in bytes.indices { text.append(bytes[index]) }
  }

  /// An element ends.
  public func end(_ name: String) {
    defer {
      if !path.isEmpty { path.removeLast() }
      isEnded = path.isEmpty
    }
    let depth = path.count
    itemBytes += text.count
    if item == nil {
      if depth == 3 { endOfChannel(name) }
      if depth == 4, path[2] == "wp:author" {
        if name == "wp:author_login" { login = word }
        if name == "wp:author_display_name" { self.name = word }
      }
    } else if depth == 3 {
      if let item { tell(item) }
      item = nil
    } else if depth == 4 {
      endOfItem(name)
    } else if depth == 5, path[3] == "wp:comment" {
      endOfComment(name)
    } else if depth == 5, path[3] == "wp:postmeta" {
      if name == "wp:meta_key" { metaKey = word }
      if name == "wp:meta_value" { metaValue = whole }
    }
    text.removeAll(keepingCapacity: true)
  }

  private var whole: String { String(decoding: text, as: UTF8.self) }
  private var word: String { trimmed(whole) }

  private func endOfChannel(_ name: String) {
    switch name {
    case "title": site.title = word
    case "pubDate": site.date = word
    case "link": if site.address.isEmpty { site.address = withoutSlash(word) }
    case "wp:base_blog_url": site.address = withoutSlash(word)
    case "wp:wxr_version": site.version = word
    case "wp:author": if site.authors.count < 100_000 { site.authors[login] = self.name }
    default: break
    }
  }

  private func withoutSlash(_ address: String) -> String {
    address.utf8.last == 0x2F ? String(address.dropLast()) : address
  }

  private func endOfItem(_ name: String) {
    switch name {
    case "title": item?.title = whole
    case "link": item?.link = word
    case "dc:creator": item?.creator = word
    case "content:encoded": item?.content = whole
    case "excerpt:encoded": item?.excerpt = whole
    case "wp:post_id": item?.id = Int(word) ?? 0
    case "wp:post_date": item?.date = word
    case "wp:post_date_gmt": item?.dateGMT = word
    case "wp:post_name": item?.slug = word
    case "wp:status": item?.status = word
    case "wp:post_parent": item?.parent = Int(word) ?? 0
    case "wp:post_type": item?.type = word
    case "wp:post_password": item?.hasPassword = !word.isEmpty
    case "wp:is_sticky": item?.isSticky = word == "1"
    case "wp:comment_status": item?.commentStatus = word
    case "wp:attachment_url": item?.attachmentURL = word
    case "category":
      term.name = word
      if item?.terms.count ?? 0 < 1000 { item?.terms.append(term) }
    case "wp:comment":
      if let comment, item?.comments.count ?? 0 < 100_000 { item?.comments.append(comment) }
      comment = nil
    case "wp:postmeta":
      if item?.metaKeys.count ?? 0 < 10_000 {
        item?.metaKeys.append(metaKey)
        item?.metaValues.append(metaValue)
      }
    default: break
    }
  }

  /// E-mail addresses, addresses of the network and programs of readers are passed over.
  private func endOfComment(_ name: String) {
    switch name {
    case "wp:comment_id": comment?.id = Int(word) ?? 0
    case "wp:comment_author": comment?.author = word
    case "wp:comment_author_url": comment?.url = word
    case "wp:comment_date": comment?.date = word
    case "wp:comment_date_gmt": comment?.dateGMT = word
    case "wp:comment_content": comment?.content = whole
    case "wp:comment_approved": comment?.approved = word
    case "wp:comment_type": comment?.type = word
    case "wp:comment_parent": comment?.parent = Int(word) ?? 0
    default: break
    }
  }
}
