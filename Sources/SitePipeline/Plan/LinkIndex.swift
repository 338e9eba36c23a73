import CivilTime
import Columns
import Markdown
import Media
import SourceText
import Templates
import YAML

/// Where everything that a Markdown file can point at is published.
struct LinkIndex: Sendable {
  /// What a source file became.
  private struct Target: Sendable {
    let link: String
    let anchors: [String]
  }

  private var targets: [ContentPath: Target] = [:]
  private var media: [ContentPath: PlannedMedia] = [:]
  private var pages: Set<String> = []
  private var heldBack: [ContentPath: HeldBack] = [:]
  /// The names of the files in each folder, and a folder for each name, for suggestions.
  private var namesInFolder: [String: [String]] = [:]
  private var pathOfName: [String: ContentPath] = [:]
  /// A write-up and a column that there are, for hints.
  private let writeUp: ContentPath?
  private let column: ContentPath?
  private let unreadable: Set<ContentPath>
  private let form: LinkForm
  private let home: String
  private let own: OwnAddress?
  /// Why there is no calendar of deadlines; `nil` where there is one.
  private let whyNoCalendar: String?

  init(_ archive: Archive, plan: SitePlan, unreadable: Set<ContentPath>) {
    self.unreadable = unreadable
    writeUp = archive.writeUps.last?.source.path
    column = archive.columns.first?.source.path
    let form = archive.site.links
    self.form = form
    home = Address("").link(form)
    own = OwnAddress(archive.site.url)
    whyNoCalendar = SitePlan.whyNoCalendar(of: archive)
    targets.reserveCapacity(archive.writeUps.count)
    // In the order of the archive, so that suggestions are the same each time.
    var paths: [ContentPath] = []
    func add(_ path: ContentPath, _ folder: String, _ body: MarkdownDocument, comments: [String] = []) {
      paths.append(path)
      targets[path] = Target(link: Address(folder).link(form), anchors: body.anchors + comments)
    }
    for writeUp in archive.writeUps {
      add(
        writeUp.source.path, writeUp.address, writeUp.source.body,
        comments: writeUp.comments.comments.map(\.source.anchor))
    }
    for page in archive.freePages { add(page.source.path, page.address, page.source.body) }
    for column in archive.columns { add(column.source.path, column.address, column.source.body) }
    for week in archive.weeks {
      if let source = week.source { add(source.path, week.address, source.body) }
    }
    for month in archive.months {
      if let source = month.source { add(source.path, month.address, source.body) }
    }
    for year in archive.years {
      if let source = year.source { add(source.path, year.address, source.body) }
    }
    for person in archive.people {
      if let source = person.source { add(source.path, person.address, source.body) }
    }
    for planned in plan.media {
      paths.append(planned.source.path)
      media[planned.source.path] = planned
    }
    for path in paths {
      let name = String(path.name)
      if pathOfName[name] == nil { pathOfName[name] = path }
      // A folder of thousands gets suggestions among its first.
      let folder = path.folder
      if namesInFolder[folder]?.count ?? 0 < 200 { namesInFolder[folder, default: []].append(name) }
    }
    pages.reserveCapacity(plan.pages.count + plan.machineFiles.count)
    for page in plan.pages { pages.insert(page.file) }
    // Feeds and the like are no pages, but have addresses that readers may be sent to.
    pages.formUnion(plan.feeds.files.joined().lazy.map(\.file))
    for week in plan.feeds.digests { pages.formUnion(archive.weeks[week].digestFiles) }
    for file in plan.machineFiles { pages.insert(file.file(in: archive)) }
    pages.formUnion(plan.recordFiles(of: archive))
    if whyNoCalendar == nil { pages.insert(SitePlan.calendarFile) }
    for held in archive.heldBack + archive.comingPeriods { heldBack[held.path] = held }
  }

  /// What a destination written in `path` leads to.
  enum Resolution {
    case link(String)
    /// A page that is not published now; the link leads to the front page meanwhile.
    case heldBack(HeldBack, String)
    /// A file that is broken itself, and reported for that.
    case broken(String)
    /// A file that isn't written now, for the reason told; the link leads to the front page meanwhile.
    case unwritten(Diagnostic, String)
    case problem(Diagnostic)
  }

  /// What a link to `address`, with a scheme or not, is within the site: from its root, if it is written out in full; `nil`
  /// if it leads elsewhere.
  func ownDestination(of address: String) -> String? { own?.destination(in: address) }

  /// Where `address`, which is written out in full in the file `path`, leads on this site; `nil` if it leads elsewhere, or
  /// nowhere. That is a warning, as what stands there may be somebody else's.
  func resolveInFull(
    _ address: String, from path: ContentPath, at place: @autoclosure () -> Location,
    diagnostics: inout [Diagnostic]
  ) -> String? {
    guard let destination = ownDestination(of: address) else { return nil }
    switch resolve(destination, from: path, page: "", anchors: [], at: place()) {
    case .link(let link): return link
    case .broken: return nil
    case .heldBack(let held, let link):
      diagnostics.append(.heldBackLink(held, at: place()))
      return link
    case .unwritten(let problem, let link):
      diagnostics.append(problem)
      return link
    case .problem(var problem):
      let file = percentDecoded(destination.prefix { $0 != "?" && $0 != "#" }.dropFirst())
      if media.values.contains(where: { $0.file == file }) { return percentEncoded(file) }
      problem.severity = .warning
      diagnostics.append(problem)
      return nil
    }
  }

  /// Where `destination`, written in the file `path` whose page is `page`, leads.
  func resolve(
    _ destination: String, from path: ContentPath, page: String, anchors: [String], at place: Location
  ) -> Resolution {
    let fragmentStart = destination.firstIndex(of: "#") ?? destination.endIndex
    let beforeFragment = destination[..<fragmentStart]
    let fragment = destination[fragmentStart...]
    let queryStart = beforeFragment.firstIndex(of: "?") ?? beforeFragment.endIndex
    let suffix = beforeFragment[queryStart...] + fragment
    let reference = percentDecoded(beforeFragment[..<queryStart])
    let anchor = percentDecoded(fragment.dropFirst())

    if reference.isEmpty {
      return check(anchor, in: anchors, link: page + suffix, at: place)
    }
    guard let resolved = path.resolve(reference) else {
      return .problem(.climbingLink(reference, at: place))
    }
    if reference.hasSuffix(".md") {
      if let target = targets[resolved] {
        return check(anchor, in: target.anchors, link: target.link + suffix, at: place)
      }
      if let held = heldBack[resolved] { return .heldBack(held, home) }
      if unreadable.contains(resolved) { return .broken(home) }
      return .problem(
        .hiddenCharacter(in: destination, at: place) ?? .schemelessLink(destination, at: place)
          ?? .missingFile(resolved, in: self, at: place))
    }
    if let planned = media[resolved] { return .link(percentEncoded(planned.file) + suffix) }
    // Addresses as they are on the site: from its root, or as seen from the page.
    for candidate in [resolved.text, Directory.resolve(reference, from: page)] {
      guard let candidate else { continue }
      if pages.contains(candidate) { return .link(percentEncoded(candidate) + suffix) }
      if pages.contains(candidate.isEmpty ? "index.html" : candidate + "/index.html") {
        return .link(Address(candidate).link(form) + suffix)
      }
      if candidate == SitePlan.calendarFile, let whyNoCalendar {
        return .unwritten(.noCalendar(whyNoCalendar, at: place), home)
      }
    }
    return .problem(
      .hiddenCharacter(in: destination, at: place) ?? .schemelessLink(destination, at: place)
        ?? .missingTarget(reference, resolved, address: destination, in: self, at: place))
  }

  private func check(
    _ anchor: String, in anchors: [String], link: String, at place: Location
  ) -> Resolution {
    guard !anchor.isEmpty, anchor != "top", !anchors.contains(anchor) else {
      return .link(link)
    }
    return .problem(.missingAnchor(anchor, among: anchors, at: place))
  }

  /// The published file that an image's `source`, written in the file `path`, names; `nil` when there is none.
  func image(_ source: String, from path: ContentPath) -> PlannedMedia? {
    path.resolve(percentDecoded(source)).flatMap { media[$0] }
  }

  /// Whether there is a page or a copied file that is one of `files`, which are in lower case, whatever the case of its own.
  func hasAny(of files: Set<String>) -> Bool {
    func isThere(_ file: String) -> Bool {
      let isPlain = file.utf8.allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
      return files.contains(isPlain ? file : file.lowercased())
    }
    return pages.contains(where: isThere) || media.values.contains { isThere($0.file) }
  }

  fileprivate func names(in folder: String) -> [String] { namesInFolder[folder] ?? [] }

  fileprivate func path(ofName name: Substring) -> ContentPath? { pathOfName[String(name)] }

  /// The path of a file that a link in the file `path` may lead to; the menu's lead to columns.
  fileprivate func example(from path: String) -> String? {
    (path == "content/site.yaml" ? column ?? writeUp : writeUp ?? column).map { "/" + $0.text }
  }

  /// The pages' addresses, unless there are too many to look through for each mistake.
  fileprivate var pageFolders: [String] {
    guard pages.count <= 3000 else { return [] }
    return pages.filter { $0.hasSuffix("/index.html") }.map { "/" + $0.dropLast("index.html".utf8.count) }
      .sorted()
  }
}

extension Directory {
  /// The path that `reference` means on the page whose link is `page`; `nil` when it climbs out.
  fileprivate static func resolve(_ reference: String, from page: String) -> String? {
    guard !reference.hasPrefix("/") else { return nil }
    return ContentPath(percentDecoded(page)).resolve(reference)?.text
  }
}

extension HeldBack {
  /// Why it isn't published, as `is a draft`.
  var standing: String {
    switch reason {
    case .draft: "is a draft"
    case .future(let date): "appears on \(date.date)"
    case .expired(let date): "expired on \(date.date)"
    }
  }
}

extension Diagnostic {
  fileprivate static func climbingLink(_ reference: String, at place: Location) -> Diagnostic {
    .error(
      "link/outside", "'\(reference)' leads out of the content folder", at: place,
      fix: "link to a file inside content/, or write a full https:// address")
  }

  fileprivate static func missingFile(
    _ path: ContentPath, in index: LinkIndex, at place: Location
  ) -> Diagnostic {
    .error(
      "link/missing-file", "there is no file '\(path.sourcePath)'", at: place,
      fix: index.path(ofName: path.name).map { "there is one at /\($0.text)" }
        ?? didYouMean(String(path.name), among: index.names(in: path.folder)))
  }

  fileprivate static func missingTarget(
    _ reference: String, _ path: ContentPath, address: String, in index: LinkIndex, at place: Location
  ) -> Diagnostic {
    let asFolder =
      reference.hasPrefix("/") ? didYouMean("/" + path.text + "/", among: index.pageFolders) : nil
    return .error(
      "link/missing-target", "'\(reference)' is neither a file of content/ nor a page of the site", at: place,
      fix: asFolder ?? didYouMean(String(path.name), among: index.names(in: path.folder))
        ?? MeantAddress(address).map { "if it is an address, write \($0.full(address))" }
        ?? index.example(from: place.path).map { "link to the source file, as in \($0)" })
  }

  /// `anchors` are those of the page's text; of all `others` it has, one is told only where `anchor` is nearly the same.
  static func missingAnchor(
    _ anchor: String, among anchors: [String], orNear others: [String] = [], at place: Location
  ) -> Diagnostic {
    .error(
      "link/missing-anchor", "the page has no place called '#\(anchor)'", at: place,
      fix: didYouMean(anchor, among: anchors) ?? didYouMean(anchor, among: others)
        ?? (anchors.isEmpty
          ? "it has no headings" : "it has \(anchors.prefix(6).map { "#" + $0 }.joined(separator: " "))"))
  }

  /// `nil` if each character of `destination` can be seen.
  fileprivate static func hiddenCharacter(in destination: String, at place: Location) -> Diagnostic? {
    guard let hidden = HiddenCharacter(in: destination) else { return nil }
    let isExact = place.range.count == destination.utf8.count
    return .error(
      "link/invisible-character",
      "there is an invisible character, \(hidden.code), "
        + (hidden.before.isEmpty
          ? "in front of '\(hidden.plain)'" : "behind '\(hidden.before)' in this address"),
      at: place, fix: "write \(hidden.plain)", edit: isExact ? Edit(place.range, hidden.plain) : nil)
  }

  /// `nil` if `destination` isn't an address beyond doubt.
  fileprivate static func schemelessLink(_ destination: String, at place: Location) -> Diagnostic? {
    guard let meant = MeantAddress(destination), meant.isCertain else { return nil }
    let start = place.range.indices.lowerBound
    return .error(
      "link/no-scheme", "'\(destination)' is an address without \(meant.scheme) in front", at: place,
      fix: "write \(meant.full(destination))",
      // Where the text has it in another way, the place is that of the whole link.
      edit: place.range.count == destination.utf8.count
        ? Edit(ByteRange(start, start + meant.replacedCount), meant.scheme) : nil)
  }

  fileprivate static func noCalendar(_ reason: String, at place: Location) -> Diagnostic {
    .warning(
      "link/no-calendar",
      "/\(SitePlan.calendarFile) isn't written, as \(reason); until it is, this link leads to the front page",
      at: place)
  }

  static let heldBackLinkID = "link/held-back"

  static func heldBackLink(_ held: HeldBack, at place: Location) -> Diagnostic {
    .warning(
      heldBackLinkID,
      "'\(held.title)' \(held.standing); until it is published this link leads to the front page",
      at: place)
  }

  static func missingImage(
    _ source: String, _ path: ContentPath, in index: LinkIndex, at place: Location
  ) -> Diagnostic {
    if let hidden = hiddenCharacter(in: source, at: place) { return hidden }
    let resolved = path.resolve(percentDecoded(source))
    return .error(
      "link/missing-image", "there is no image '\(resolved?.sourcePath ?? source)'", at: place,
      fix: resolved.flatMap { didYouMean(String($0.name), among: index.names(in: $0.folder)) }
        ?? MeantAddress(source).map { "if it is an address, write \($0.full(source))" })
  }
}
