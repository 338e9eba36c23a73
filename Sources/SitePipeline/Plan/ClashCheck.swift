import Columns
import SourceText
import YAML

/// Finds outputs that would overwrite each other, on any file system.
struct ClashCheck {
  /// Who wants a path: what it is, and where in the content it comes from.
  private struct Claim {
    let what: String
    let place: Location?
  }

  private var claims: [String: (file: String, claim: Claim)] = [:]
  private var diagnostics: [Diagnostic] = []

  /// The clashes among the pages, media and other files of `plan`.
  static func run(_ plan: SitePlan, otherFiles: [String], archive: Archive) -> [Diagnostic] {
    var check = ClashCheck()
    check.claims.reserveCapacity(plan.pages.count + plan.media.count + otherFiles.count)
    // What an author named comes last, so that the message points at it.
    for file in otherFiles { check.claim(file, Claim(what: "a file of the site's own", place: nil)) }
    for page in plan.pages where page.isGenerated { check.claim(page, of: plan, archive) }
    for page in plan.pages where !page.isGenerated { check.claim(page, of: plan, archive) }
    for media in plan.media {
      check.claim(
        media.file,
        Claim(
          what: "a file of content/",
          place: Location(path: media.source.path.sourcePath, range: ByteRange(at: 0))))
    }
    check.findFolders()
    return check.diagnostics
  }

  private mutating func claim(_ page: PlannedPage, of plan: SitePlan, _ archive: Archive) {
    claim(page.file, Claim(what: page.what(in: archive), place: page.place(in: plan, archive)))
  }

  private mutating func claim(_ file: String, _ claim: Claim) {
    if let problem = Diagnostic.unusablePath(file, at: claim.place) { diagnostics.append(problem) }
    let key = file.lowercased()
    guard let other = claims.updateValue((file, claim), forKey: key) else { return }
    claims[key] = other
    diagnostics.append(
      .clash(
        file, claim.what, at: claim.place, with: other.file, other.claim.what, at: other.claim.place))
  }

  /// Reports files whose path is a folder of another file's path.
  private mutating func findFolders() {
    for (file, claim) in claims.values where !file.hasSuffix(".html") && !file.hasSuffix(".xml") {
      guard let other = claims[file.lowercased() + "/index.html"] else { continue }
      diagnostics.append(
        .clash(file, claim.what, at: claim.place, with: other.file, other.claim.what, at: other.claim.place))
    }
    for (file, claim) in claims.values where file.hasSuffix(".html/index.html") {
      let folder = String(file.dropLast("/index.html".utf8.count))
      guard let other = claims[folder.lowercased()] else { continue }
      diagnostics.append(
        .clash(file, claim.what, at: claim.place, with: other.file, other.claim.what, at: other.claim.place))
    }
  }
}

extension PlannedPage {
  /// Whether the page's address is sitegen's choice and no author's.
  fileprivate var isGenerated: Bool {
    switch subject {
    case .writeUp, .freePage, .redirect: false
    default: true
    }
  }

  fileprivate func what(in archive: Archive) -> String {
    switch subject {
    case .home: "the front page"
    case .column(let id, _): "the front of \(archive.columns[id].source.name)"
    case .writeUp(let id): "the write-up '\(archive.writeUps[id].source.title)'"
    case .week(let id): "the week \(archive.weeks[id].isoWeek)"
    case .weeks: "the list of weeks"
    case .year(let id): "the year \(archive.years[id].number)"
    case .month(let id): "the month \(archive.months[id].firstDay)"
    case .aToZ: "the index of titles"
    case .people: "the list of people"
    case .person(let id): "the page of \(archive.people[id].name)"
    case .taxonomy(let kind): "the list of \(kind.address)"
    case .term(let id, _): "the \(archive.terms[id].kind.rawValue) '\(archive.terms[id].name)'"
    case .freePage(let id): "the page '\(archive.freePages[id].source.title)'"
    case .notFound: "the page for missing pages"
    case .redirect: "a former address"
    }
  }

  fileprivate func place(in plan: SitePlan, _ archive: Archive) -> Location? {
    switch subject {
    case .writeUp(let id):
      let source = archive.writeUps[id].source
      return source.location(source.places.slug)
    case .freePage(let id):
      let source = archive.freePages[id].source
      return Location(path: source.path.sourcePath, range: source.frontMatter)
    case .redirect(let index): return plan.redirects[index].place
    case .column(let id, _):
      return Location(path: archive.columns[id].source.path.sourcePath, range: ByteRange(at: 0))
    case .week(let id):
      return archive.weeks[id].source.map { Location(path: $0.path.sourcePath, range: $0.week.range) }
    default: return nil
    }
  }
}

extension Diagnostic {
  fileprivate static func clash(
    _ file: String, _ what: String, at place: Location?, with otherFile: String, _ otherWhat: String,
    at otherPlace: Location?
  ) -> Diagnostic {
    let address = file == otherFile ? "the same address" : "addresses that differ only by case"
    return .error(
      "plan/same-address", "\(what) and \(otherWhat) have \(address), /\(file)", at: place,
      fix: "give one of them another slug", notes: [Note("the other is \(otherWhat)", at: otherPlace)])
  }

  fileprivate static func unusablePath(_ file: String, at place: Location?) -> Diagnostic? {
    let segments = file.split(separator: "/", omittingEmptySubsequences: false)
    if let bad = segments.first(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
      return .error(
        "plan/unusable-path", "'/\(file)' holds the part '\(bad)', which no address can have", at: place)
    }
    if file == ".sitegen" || file.hasPrefix(".sitegen/") {
      return .error("plan/unusable-path", "'/\(file)' is where sitegen keeps its own records", at: place)
    }
    if let long = segments.first(where: { $0.utf8.count > 255 }) {
      return .error(
        "plan/unusable-path", "a part of the address is \(long.utf8.count) bytes long; 255 is the most",
        at: place, fix: "give it a shorter slug")
    }
    if file.utf8.count > 1000 {
      return .error(
        "plan/unusable-path", "the address is \(file.utf8.count) bytes long; 1000 is the most", at: place)
    }
    return nil
  }
}
