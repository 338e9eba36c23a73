import CivilTime
import Columns
import SourceText

/// What a first pass over an export tells: who is called what, which number means which file, and where everything goes.
public struct ExportSurvey: Sendable {
  /// The settings of the import.
  public let settings: ImportSettings
  /// Whether a file of the old site, by its path there without a slash in front, is at hand.
  public var hasMedia: @Sendable (String) -> Bool = { _ in false }
  /// What the export says about its site.
  public internal(set) var site = ExportSite()
  /// How many items there are of each kind: `post (publish)` and the like.
  public private(set) var counts: [String: Int] = [:]
  /// How many comments there are.
  public private(set) var commentCount = 0
  var addresses = SiteAddresses("")
  private(set) var attachments: [Int: Attachment] = [:]
  private(set) var attachmentsOfPost: [Int: [Int]] = [:]
  /// The files below `content/`, by the number of the item in the export; `nil` for items that get none.
  private(set) var paths: [String?] = []
  /// The files of published items by their old addresses.
  private(set) var pathOfAddress: [String: String] = [:]
  private var pages: [Int: (slug: String, parent: Int)] = [:]
  private var pageItems: [(index: Int, id: Int, address: String?)] = []
  private var claimed: Set<String> = []
  private var slugs: Set<String> = []

  /// A survey that has seen nothing.
  public init(_ settings: ImportSettings) {
    self.settings = settings
    claimed = settings.formerPaths
  }

  /// Takes note of the next item of the export from `site`.
  public mutating func add(_ item: ExportItem, of site: ExportSite) {
    if paths.isEmpty {
      self.site = site
      addresses = SiteAddresses(site.address)
    }
    counts["\(item.type.isEmpty ? "item" : cleaned(item.type)) (\(cleaned(item.status)))", default: 0] += 1
    commentCount += item.comments.count
    switch Fate(of: item) {
    case .writeUp:
      let path = settings.formerPath(key(of: item)) ?? path(of: item)
      claimed.insert(path)
      note(item, at: path)
      paths.append(path)
    case .page:
      let slug = slug(of: item)
      pages[item.id] = (slug, item.parent)
      pageItems.append((paths.count, item.id, item.status == "publish" ? addresses.key(item.link) : nil))
      paths.append(settings.formerPath(key(of: item)) ?? slug)
    case .attachment:
      let address = item.attachmentURL.isEmpty ? item.link : item.attachmentURL
      attachments[item.id] = Attachment(
        address: address, words: plainLine(item.meta("_wp_attachment_image_alt") ?? ""),
        caption: plainLine(item.excerpt))
      if item.parent != 0 { attachmentsOfPost[item.parent, default: []].append(item.id) }
      paths.append(nil)
    case .leftOut: paths.append(nil)
    }
  }

  /// Decides what only the whole export tells: where pages below pages go.
  public mutating func finish() {
    let former = settings.formerPaths
    for page in pageItems {
      guard let slug = paths[page.index] else { continue }
      var path = slug
      if !former.contains(slug) {
        var folders: [String] = []
        var parent = pages[page.id]?.parent ?? 0
        while let above = pages[parent], parent != page.id, folders.count < 8 {
          folders.insert(above.slug, at: 0)
          parent = above.parent
        }
        if isReserved(folders.first ?? slug) { folders.insert("old", at: 0) }
        path = unclaimed((["pages"] + folders).joined(separator: "/") + "/" + slug, page.id)
      }
      claimed.insert(path)
      paths[page.index] = path
      if let address = page.address { pathOfAddress[address] = path }
    }
    pageItems = []
  }

  /// What tells an item from all others, of other exports too, as long as its number and its site stay.
  public func key(of item: ExportItem) -> String { "\(site.address)#\(item.id)" }

  /// The host that the site was at; empty if the export doesn't say.
  public var host: String { addresses.host }

  /// The addresses of all attachments, in the order of their numbers.
  public var attachmentAddresses: [String] { attachments.sorted { $0.key < $1.key }.map(\.value.address) }

  /// Where a file of the old site goes below `content/`: where it stood, so that its address stays; `nil` for the address
  /// of anything else.
  public func mediaPath(_ address: String) -> String? {
    address.hasPrefix("/") ? addresses.file(addresses.origin + address) : addresses.file(address)
  }

  // MARK: - Names

  /// The file of a post: in the folder of its week.
  private mutating func path(of item: ExportItem) -> String {
    let week = ISOWeek(of: date(of: item).date)
    var slug = slug(of: item)
    // Two write-ups of one name may get one address.
    if !slugs.insert(slug).inserted || slug.utf8.count <= 2 {
      slug = "\(slug.prefix(60))-\(item.id)"
      slugs.insert(slug)
    }
    return unclaimed("\(settings.folder)/\(week.segment)/\(slug)", item.id)
  }

  private func unclaimed(_ path: String, _ id: Int) -> String {
    var result = path + ".md"
    var number = 1
    while claimed.contains(result) {
      result = number == 1 ? "\(path)-\(id).md" : "\(path)-\(id)-\(number).md"
      number += 1
    }
    return result
  }

  private func slug(of item: ExportItem) -> String {
    var slug = Columns.slug(for: percentDecoded(item.slug))
    if slug.isEmpty { slug = Columns.slug(for: plainLine(item.title)) }
    if slug.isEmpty { slug = item.type == "page" ? "page" : "untitled" }
    // Names that mean something as files.
    if ["index", "con", "prn", "aux", "nul"].contains(slug) { slug += "-\(item.id)" }
    return slug
  }

  /// Whether a page of this name would stand where sitegen puts something.
  func isReserved(_ name: String) -> Bool {
    settings.columns.contains(name) || name == settings.folder
      || [
        "tags", "genres", "countries", "formats", "status", "people", "campaigns", "search", "comments",
        "feed", "api",
        "assets", "oembed", "titles", "winners", "old",
      ].contains(name)
  }

  private mutating func note(_ item: ExportItem, at path: String) {
    guard item.status == "publish", !item.hasPassword, let address = addresses.key(item.link) else { return }
    pathOfAddress[address] = path
  }

  /// The moment of an item: its time in UTC, else by the site's clock, else that of the export.
  func date(of item: ExportItem) -> Timestamp {
    moment(gmt: item.dateGMT, local: item.date) ?? exported ?? Timestamp(seconds: 0)
  }

  func moment(gmt: String, local: String) -> Timestamp? {
    if let time = Timestamp(rfc3339: gmt + "Z") { return settings.zone.timestamp(at: time.seconds) }
    guard let time = Timestamp(rfc3339: local + "Z") else { return nil }
    return settings.zone.timestamp(of: time.date, hour: time.hour, minute: time.minute, second: time.second)
  }

  /// The day of the export, `Mon, 05 Dec 2011 10:00:00 +0000`.
  private var exported: Timestamp? {
    let words = site.date.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count >= 4, let day = Int(words[1]), let month = months.firstIndex(of: String(words[2])),
      let year = Int(words[3]), let date = CivilDate(year: year, month: month + 1, day: day)
    else { return nil }
    return settings.zone.timestamp(of: date)
  }
}
