import CivilTime
import Columns
import SourceText

/// What a first pass over an export tells: who is called what, which number means which file, and where everything goes.
public struct ExportSurvey: Sendable {
  /// The settings of the import.
  public var settings: ImportSettings
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
  /// What blocks say that texts share, by their numbers.
  private(set) var sharedBlocks: [Int: String] = [:]
  /// The addresses that the files get, in small letters.
  private(set) var newAddresses: [String: String] = [:]
  private var names: ItemNames
  private var links = ItemLinks()
  private var pages: [Int: (slug: String, parent: Int)] = [:]
  private var pageItems: [PageItem] = []
  private var sharedBytes = 0
  /// How many items have a number, and which of them an item is, if it isn't the first.
  private var timesOfID: [Int: Int] = [:]
  private var repeats: [Int: Int] = [:]

  private struct PageItem {
    var index: Int
    var id: Int
    var former: String?
    /// Its addresses, if others can lead to it.
    var isPublic: Bool
    var link: String
  }

  /// A survey that has seen nothing.
  public init(_ settings: ImportSettings) {
    self.settings = settings
    names = ItemNames(settings)
  }

  /// Takes note of the next item of the export from `site`.
  public mutating func add(_ item: ExportItem, of site: ExportSite) {
    if paths.isEmpty {
      self.site = site
      addresses = SiteAddresses(site.address)
    }
    counts["\(item.type.isEmpty ? "item" : cleaned(item.type)) (\(cleaned(item.status)))", default: 0] += 1
    commentCount += item.comments.count
    timesOfID[item.id, default: 0] += 1
    if let times = timesOfID[item.id], times > 1, item.id > 0 { repeats[paths.count] = times }
    switch Fate(of: item) {
    case .writeUp:
      let date = date(of: item).date
      let path =
        names.former(settings.formerPath(key(of: item, at: paths.count))) ?? names.path(of: item, on: date)
      let address = address(ofWriteUp: path, on: date)
      newAddresses[address.lowercased()] = path
      if isPublic(item) { links.add(item, at: path, address, addresses) }
      paths.append(path)
    case .page:
      let slug = names.slug(of: item)
      pages[item.id] = (slug, item.parent)
      if isPublic(item) { links.note(item) }
      pageItems.append(
        PageItem(
          index: paths.count, id: item.id, former: settings.formerPath(key(of: item, at: paths.count)),
          isPublic: isPublic(item),
          link: item.link))
      paths.append(slug)
    case .attachment:
      let address = item.attachmentURL.isEmpty ? item.link : item.attachmentURL
      attachments[item.id] = Attachment(
        address: address, words: plainLine(item.meta("_wp_attachment_image_alt") ?? ""),
        caption: plainLine(item.excerpt))
      if item.parent != 0 { attachmentsOfPost[item.parent, default: []].append(item.id) }
      paths.append(nil)
    case .shared:
      sharedBytes += item.content.utf8.count
      if sharedBytes <= Self.sharedLimit, sharedBlocks[item.id] == nil {
        sharedBlocks[item.id] = item.content
      }
      paths.append(nil)
    case .leftOut: paths.append(nil)
    }
  }

  /// How many bytes of shared blocks are remembered.
  private static let sharedLimit = 32 << 20

  private func isPublic(_ item: ExportItem) -> Bool { item.status == "publish" && !item.hasPassword }

  /// Decides what only the whole export tells: where pages below pages go.
  public mutating func finish() {
    for page in pageItems {
      guard let slug = paths[page.index] else { continue }
      var path = names.former(page.former)
      if path == nil {
        var folders: [String] = []
        var parent = pages[page.id]?.parent ?? 0
        while let above = pages[parent], parent != page.id, folders.count < 8 {
          folders.insert(above.slug, at: 0)
          parent = above.parent
        }
        path = names.path(ofPage: slug, id: page.id, in: folders)
      }
      guard let path else { continue }
      let address = addressOfPage(path)
      newAddresses[address.lowercased()] = path
      paths[page.index] = path
      if page.isPublic { links.add(page.id, page.link, at: path, address, addresses) }
    }
    // Nothing gets a name any more, and there may be a hundred thousand of them.
    pageItems = []
    pages = [:]
    names = ItemNames(
      ImportSettings(folder: settings.folder, columnName: settings.columnName, zone: settings.zone))
  }

  /// What tells an item from all others, of other exports too, as long as its site and its number stay: also when that has
  /// moved to `https` or to `www.` meanwhile.
  ///
  /// `index` is its place in the export: of several items with one number, all but the first are told by that, too.
  public func key(of item: ExportItem, at index: Int) -> String {
    let place = addresses.host.isEmpty ? site.title : addresses.host + addresses.basePath
    let name = item.id > 0 ? "\(item.id)" : "\(item.type):\(addresses.key(item.link) ?? item.slug)"
    return "\(place)#\(name)" + (repeats[index].map { "#\($0)" } ?? "")
  }

  /// The files of all posts and pages, once nothing more is added.
  public var files: Set<String> { Set(paths.compactMap { $0 }) }

  /// The host that the site was at; empty if the export doesn't say.
  public var host: String { addresses.host }

  /// The addresses of all attachments, in the order of their numbers.
  public var attachmentAddresses: [String] { attachments.sorted { $0.key < $1.key }.map(\.value.address) }

  /// Whether an address is one of the old site's.
  public func isOnSite(_ address: String) -> Bool {
    address.hasPrefix("/") || addresses.key(address) != nil
  }

  /// Where a file of the old site goes below `content/`: where it stood, so that its address stays; `nil` for the address
  /// of anything else.
  public func mediaPath(_ address: String) -> String? {
    address.hasPrefix("/") ? addresses.file(addresses.origin + address) : addresses.file(address)
  }

  // MARK: - Addresses

  /// Where the address of a public post or page leads now; `nil` for all others.
  func destination(_ address: String) -> ItemLinks.Destination? { links.destination(address, addresses) }

  /// Whether the path of an old address is that of a public post or page.
  func isCurrent(_ oldAddress: String) -> Bool { links.has(oldAddress) }

  /// The address, without slashes at its ends, that the write-up in the file at `path` gets.
  func address(ofWriteUp path: String, on date: CivilDate) -> String {
    settings.address(ofWriteUp: path, on: date)
  }

  /// The address, without slashes at its ends, that the file at `path` gets, which is that of `item`.
  func newAddress(of item: ExportItem, at path: String) -> String {
    item.type == "page" ? addressOfPage(path) : address(ofWriteUp: path, on: date(of: item).date)
  }

  // MARK: - Dates

  /// The moment of an item: its time in UTC, else by the site's clock, else that of the export.
  func date(of item: ExportItem) -> Timestamp { ownDate(of: item) ?? exported ?? Timestamp(seconds: 0) }

  /// The moment that the item tells; `nil` where it tells none.
  func ownDate(of item: ExportItem) -> Timestamp? { moment(gmt: item.dateGMT, local: item.date) }

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
