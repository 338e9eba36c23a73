import CivilTime
import Columns
import SourceText
import YAML

/// A former address, and where it leads now.
struct Redirect: Sendable {
  /// The alias as written, with a slash in front.
  let alias: String
  let target: String
  /// The target without the file form of links.
  let canonicalTarget: String
  let place: Location

  /// The redirect from `alias` to what stands in `folder`.
  init(_ alias: String, to folder: String, _ form: LinkForm, at place: Location) {
    self.alias = alias
    target = Address(folder).link(form)
    canonicalTarget = Address(folder).link(.directory)
    self.place = place
  }

  /// The path, decoded, without the slash in front.
  var path: String { percentDecoded(alias.prefix { $0 != "?" }.dropFirst()) }

  /// What follows the question mark, as written; `nil` without one. Only a server can tell such addresses apart: they
  /// have no page.
  var query: String? { alias.firstIndex(of: "?").map { String(alias[$0...].dropFirst()) } }

  /// Whether the path names a file, not a folder.
  var isFile: Bool { path.hasSuffix(".html") || path.hasSuffix(".htm") }

  /// The path without slashes at its ends.
  var folder: String {
    var folder = path
    while folder.hasSuffix("/") { folder.removeLast() }
    return folder
  }

  /// The file of the page that leads on, where there is no query.
  var file: String { isFile ? folder : Address(folder).file }
}

extension SitePlan {
  /// Adds a redirect for every alias, and the pages at those that a page can stand at.
  mutating func planRedirects(_ archive: Archive) {
    let form = archive.site.links
    for writeUp in archive.writeUps {
      for alias in writeUp.source.aliases {
        addRedirect(alias.value, to: writeUp.address, form, at: writeUp.source.location(alias.range))
      }
    }
    for page in archive.freePages {
      for alias in page.source.aliases {
        addRedirect(
          alias.value, to: page.address, form,
          at: Location(path: page.source.path.sourcePath, range: alias.range))
      }
    }
    for person in archive.people {
      guard let source = person.source else { continue }
      for alias in source.aliases {
        addRedirect(
          alias.value, to: person.address, form,
          at: Location(path: source.path.sourcePath, range: alias.range))
      }
    }
  }

  /// Adds a redirect from where each page of a column stood while its folder had another name, and keeps its feeds there,
  /// unless something else is there now.
  mutating func planFormerFolders(_ archive: Archive) {
    formerFolders = FormerFolders(archive)
    guard !formerFolders.isEmpty else { return }
    var taken = TakenFiles()
    for page in pages { taken.insert(page.file) }
    for media in media { taken.insert(media.file) }
    for file in machineFiles { taken.insert(file.file(in: archive)) }
    for week in feeds.digests { for file in archive.weeks[week].digestFiles { taken.insert(file) } }
    feeds.add(&formerFolders, &taken)
    let files = Set(
      pages.lazy.filter { if case .redirect = $0.subject { false } else { true } }.map(\.file))
    var later: [(former: FormerFolders.Former, folder: String)] = []
    func add(_ former: FormerFolders.Former, to folder: String) {
      guard taken.insert(Address(former.folder).file) else { return }
      addRedirect(
        "/" + percentEncoded(former.folder) + "/", to: folder, archive.site.links, at: former.place)
    }
    for page in pages {
      if case .redirect = page.subject { continue }
      guard let folder = page.file.dropping(suffix: "/index.html") else { continue }
      let formers =
        if case .writeUp(let id) = page.subject { formerFolders(id, of: archive) } else {
          formerFolders(folder)
        }
      for former in formers {
        let file = Address(former.folder).file
        if files.contains(file), file != page.file { formerFolders.markReused(former.folder) }
        if former.isFirst { add(former, to: folder) } else { later.append((former, folder)) }
      }
    }
    for (former, folder) in later { add(former, to: folder) }
  }

  private mutating func addRedirect(
    _ alias: String, to folder: String, _ form: LinkForm, at place: Location
  ) {
    // What is no path has been reported.
    guard alias.hasPrefix("/") else { return }
    let redirect = Redirect(alias, to: folder, form, at: place)
    if redirect.query == nil {
      let isFile = redirect.isFile
      let address = Address(redirect.folder)
      pages.append(
        PlannedPage(
          subject: .redirect(redirects.count), file: redirect.file,
          link: isFile ? percentEncoded(address.folder) : address.link(form),
          depth: address.depth - (isFile ? 1 : 0)))
    }
    redirects.append(redirect)
  }
}

extension String {
  fileprivate func dropping(suffix: String) -> String? {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
  }
}
