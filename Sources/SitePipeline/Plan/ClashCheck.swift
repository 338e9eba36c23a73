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
    var checked: [String: Bool] = [:]
    var found: [(key: String, folder: String)] = []
    for key in claims.keys {
      var folder = Directory.folder(of: key)
      // Pages share most of their folders, and a folder stands for all that are above it.
      while !folder.isEmpty, checked[folder] != false {
        if claims[folder] != nil { found.append((key, folder)) } else { checked[folder] = false }
        folder = Directory.folder(of: folder)
      }
    }
    for (key, folder) in found.sorted(by: { $0 < $1 }) {
      guard let (file, claim) = claims[key], let other = claims[folder] else { continue }
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
    case .winners: "the list of winners"
    case .campaigns: "the list of campaigns"
    case .people: "the list of people"
    case .person(let id): "the page of \(archive.people[id].name)"
    case .taxonomy(let kind): "the list of \(kind.address)"
    case .term(let id, _): "the \(archive.terms[id].kind.rawValue) '\(archive.terms[id].name)'"
    case .freePage(let id): "the page '\(archive.freePages[id].source.title)'"
    case .search: "the search page"
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
    let relation: String
    if file == otherFile {
      relation = "have the same address, /\(file)"
    } else if file.lowercased() == otherFile.lowercased() {
      relation = "have addresses that differ only by case, /\(file)"
    } else {
      relation = "cannot both be there: /\(otherFile) would be a file and a folder"
    }
    return .error(
      "plan/same-address", "\(what) and \(otherWhat) \(relation)", at: place ?? otherPlace,
      fix: "give one of them another address", notes: [Note("the other is \(otherWhat)", at: otherPlace)])
  }

  fileprivate static func unusablePath(_ file: String, at place: Location?) -> Diagnostic? {
    func problem(_ message: String, fix: String? = nil) -> Diagnostic {
      .error("plan/unusable-path", message, at: place, fix: fix)
    }
    if file == Manifest.folder || file.hasPrefix(Manifest.folder + "/") {
      return problem("'/\(file)' is where sitegen keeps its own records")
    }
    let isPlain = file.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: false
      case 0x22, 0x2A, 0x3A, 0x3C, 0x3E, 0x3F, 0x5C, 0x7C: false
      default: true
      }
    }
    if !isPlain {
      return problem(
        "'/\(file)' holds characters that some file systems and servers refuse",
        fix: "do without control characters and \" * : < > ? \\ |")
    }
    for segment in file.split(separator: "/", omittingEmptySubsequences: false) {
      if segment.isEmpty || segment.hasPrefix("."), segment != ".nojekyll", segment != ".well-known" {
        return problem(
          "'/\(file)' holds the part '\(segment)', which no address can have",
          fix: "begin every part with a letter or a digit")
      }
      if segment.utf8.count > 255 {
        return problem(
          "a part of the address is \(segment.utf8.count) bytes long; 255 is the most",
          fix: "give it a shorter slug")
      }
      let stem = segment.prefix { $0 != "." }.lowercased()
      let isDevice =
        stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber ?? false
      if ["con", "prn", "aux", "nul"].contains(stem) || isDevice {
        return problem(
          "'/\(file)' holds the part '\(segment)', which is the name of a device on Windows",
          fix: "use another slug")
      }
    }
    if file.utf8.count > 1000 {
      return problem("the address is \(file.utf8.count) bytes long; 1000 is the most")
    }
    return nil
  }
}
