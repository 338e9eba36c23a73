import Columns
import SourceText
import YAML

/// Finds outputs that would overwrite each other, on any file system.
struct ClashCheck {
  /// Who wants a path.
  private enum Claimant {
    /// The page at this position of the plan.
    case page(Int)
    /// The media file at this position of the plan.
    case media(Int)
    /// What the write-up at this position of the archive says to those who embed it.
    case embed(Int)
    case asset
    case other

    var isAsset: Bool { if case .asset = self { true } else { false } }
  }

  fileprivate let plan: SitePlan
  private let archive: Archive
  private var claims: [String: (file: String, claimant: Claimant)] = [:]
  fileprivate var diagnostics: [Diagnostic] = []

  /// The clashes among the pages, media, feeds and other files of `plan`.
  static func run(
    _ plan: SitePlan, records: [SiteRecord], search: SearchFiles?, assets: [ThemeAsset], archive: Archive
  ) -> [Diagnostic] {
    var check = ClashCheck(plan: plan, archive: archive)
    check.claims.reserveCapacity(plan.pages.count + plan.media.count + 3 * plan.feeds.subjects.count)
    // What an author named comes last, so that the message points at it.
    for (_, file) in plan.feeds.files.joined() { check.claim(file, .other) }
    for week in plan.feeds.digests {
      for file in archive.weeks[week].digestFiles { check.claim(file, .other) }
    }
    for record in records { check.claim(record.file, .other) }
    for file in plan.machineFiles {
      let claimant = if case .oEmbed(let id) = file { Claimant.embed(id.index) } else { Claimant.other }
      check.claim(file.file(in: archive), claimant)
    }
    for asset in assets { check.claim(asset.file, .asset) }
    for file in search?.files ?? [] { check.claim(file.file, .other) }
    for (index, page) in plan.pages.enumerated() where page.isGenerated {
      check.claim(page.file, .page(index))
    }
    for (index, page) in plan.pages.enumerated() where !page.isGenerated {
      check.claim(page.file, .page(index))
    }
    for (index, media) in plan.media.enumerated() { check.claim(media.file, .media(index)) }
    check.findFolders()
    check.findQueries()
    return check.diagnostics
  }

  private init(plan: SitePlan, archive: Archive) {
    self.plan = plan
    self.archive = archive
  }

  private mutating func claim(_ file: String, _ claimant: Claimant) {
    let isOrdinary = isOrdinary(file)
    // The theme's own files are where sitegen puts them, whatever their names.
    if !isOrdinary, !claimant.isAsset, let problem = Diagnostic.unusablePath(file, at: place(of: claimant)) {
      diagnostics.append(problem)
    }
    let key = isOrdinary ? file : file.lowercased()
    guard let other = claims.updateValue((file, claimant), forKey: key) else { return }
    claims[key] = other
    // Their write-ups have one address, too, which is what their authors have to hear.
    if case .embed = claimant, case .embed = other.claimant { return }
    report(file, claimant, other.file, other.claimant)
  }

  private mutating func report(
    _ file: String, _ claimant: Claimant, _ otherFile: String, _ other: Claimant
  ) {
    diagnostics.append(
      .clash(
        file, name(of: claimant), at: place(of: claimant), with: otherFile, name(of: other),
        at: place(of: other)))
  }

  private func name(of claimant: Claimant) -> String {
    switch claimant {
    case .page(let index): plan.pages[index].what(in: archive)
    case .media: "a file of content/"
    case .asset: "a file of the theme"
    case .embed(let index): "the oEmbed of '\(archive.writeUps[index].source.title)'"
    case .other: "a file that sitegen writes"
    }
  }

  /// Where in the content the claim comes from.
  private func place(of claimant: Claimant) -> Location? {
    switch claimant {
    case .page(let index): plan.pages[index].place(in: plan, archive)
    case .media(let index): Location(path: plan.media[index].source.path.sourcePath, range: ByteRange(at: 0))
    case .embed(let index):
      archive.writeUps[index].source.location(archive.writeUps[index].source.places.slug)
    case .asset, .other: nil
    }
  }

  /// Reports files whose path is a folder of another file's path.
  private mutating func findFolders() {
    var free: Set<String> = []
    var taken: Set<String> = []
    for key in claims.keys {
      var folder = Directory.folder(of: key)
      // Pages share most of their folders, and a folder stands for all that are above it.
      while !folder.isEmpty, !free.contains(folder) {
        if claims[folder] == nil { free.insert(folder) } else { taken.insert(folder) }
        folder = Directory.folder(of: folder)
      }
    }
    for folder in taken.sorted() {
      guard let other = claims[folder], let key = claims.keys.filter({ $0.hasPrefix(folder + "/") }).min(),
        let (file, claimant) = claims[key]
      else { continue }
      report(file, claimant, other.file, other.claimant)
    }
  }
}

/// Whether `file` is a path as nearly all are, to which no rule of ``Diagnostic/unusablePath(_:at:)`` can apply: fewer
/// than 250 bytes of lower-case letters, digits, `-`, `_` and `.`, in parts of at least five or that begin as no device does.
private func isOrdinary(_ file: String) -> Bool {
  guard file.utf8.count < 250 else { return false }
  var first: UInt8 = 0
  var length = 0
  return file.withUTF8Bytes { bytes in
    for index in bytes.indices {
      let byte = bytes[index]
      switch byte {
      case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F:
        if length == 0 { first = byte }
        length += 1
      case 0x2E where length > 4, 0x2F where length > 4: length = byte == 0x2F ? 0 : length + 1
      // Names of devices have three or four letters, and begin with these.
      case 0x2F where length > 0 && !isDeviceInitial(first): length = 0
      default: return false
      }
    }
    return length > 4
  }
}

/// Whether the name of a device on Windows begins with `byte`: `aux`, `con`, `com1`, `lpt1`, `nul`, `prn`.
private func isDeviceInitial(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x61, 0x63, 0x6C, 0x6E, 0x70: true
  default: false
  }
}

extension ClashCheck {
  /// Reports former addresses with a query, which have no file, that two pages claim.
  ///
  /// nginx takes letters for the same whatever their case.
  fileprivate mutating func findQueries() {
    var claims: [String: Int] = [:]
    for (index, redirect) in plan.redirects.enumerated() {
      guard let query = redirect.query else { continue }
      let key = "\(redirect.path)?\(query)".lowercased()
      if let other = claims[key] {
        diagnostics.append(
          .clash(
            redirect.address, "a former address", at: redirect.place, with: plan.redirects[other].address,
            "a former address", at: plan.redirects[other].place))
      } else {
        claims[key] = index
      }
    }
  }
}

extension Redirect {
  /// The address without the slash in front.
  fileprivate var address: String { String(alias.dropFirst()) }
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
    case .month(let id): "the month \(archive.months[id].month)"
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
    case .week(let id): return archive.weeks[id].source.map(\.place)
    case .month(let id): return archive.months[id].source.map(\.place)
    case .year(let id): return archive.years[id].source.map(\.place)
    default: return nil
    }
  }
}

extension Diagnostic {
  /// The id of two files with one address.
  static let clashID = "plan/same-address"

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
      clashID, "\(what) and \(otherWhat) \(relation)", at: place ?? otherPlace,
      fix: "give one of them another address", notes: [Note("the other is \(otherWhat)", at: otherPlace)])
  }

  /// What keeps `file` from being a path on some file system or server.
  static func unusablePath(_ file: String, at place: Location?) -> Diagnostic? {
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
    for segment in file.utf8.split(separator: 0x2F, omittingEmptySubsequences: false).map(Substring.init) {
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
      if isReservedName(segment) {
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
