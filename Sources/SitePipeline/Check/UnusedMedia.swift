import Columns
import Markdown
import SourceText

extension Check {
  /// Files that are published and that nothing of the site refers to: `content/unused-file`.
  ///
  /// Where in doubt, a file counts as used: one that a page of HTML, a script, the theme or `site.yaml` mentions by its
  /// name alone; one that others ask for by its name; a page of its own.
  static let unusedMedia = Check { site in unusedMedia(of: site, among: site.media) }

  /// The documents among them, of which a build tells, too: nobody writes a page in them, and what they hold may be meant for
  /// nobody else.
  static let unusedDocuments = Check { site in
    unusedMedia(of: site, among: site.media.filter { isDocument($0.source.path) })
  }

  private static func unusedMedia(of site: CheckedSite, among media: [PlannedMedia]) -> [Diagnostic] {
    var search = MediaSearch(media)
    guard !search.unused.isEmpty else { return [] }
    for (path, body) in site.bodies {
      search.follow(body.links.map(\.destination) + body.images.map(\.destination), from: path)
    }
    for (path, picture) in site.pictures { search.follow([picture], from: path) }
    for path in site.content.paths where !search.unused.isEmpty {
      let isSource = path.kind != .media
      guard isSource || isText(path.text), let bytes = site.read(path.sourcePath) else { continue }
      search.look(through: bytes, of: path, namesSuffice: !isSource || path.kind == .site)
    }
    for source in site.themeFiles where !search.unused.isEmpty && isText(source.path) {
      search.look(through: source.bytes, of: ContentPath(source.path), namesSuffice: true)
    }
    return search.unused.sorted().map { .unusedFile($0) }
  }
}

/// Whether a file is one of those that offices keep tables, letters, slides and mails in.
private func isDocument(_ path: ContentPath) -> Bool {
  guard let dot = path.name.lastIndex(of: ".") else { return false }
  return [
    "csv", "tsv", "xls", "xlsx", "xlsm", "ods", "numbers", "doc", "docx", "odt", "rtf", "pages", "ppt",
    "pptx",
    "odp", "eml", "msg",
  ].contains(path.name[dot...].dropFirst().lowercased())
}

/// Whether a file may name others in its text.
private func isText(_ path: String) -> Bool {
  let ending = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
  return [
    "html", "htm", "xhtml", "css", "js", "mjs", "json", "webmanifest", "svg", "xml", "txt", "yaml", "yml",
    "vtt", "md",
    "m3u8",
  ].contains(ending)
}

/// The media of a site, while those that are referred to are struck out.
private struct MediaSearch {
  /// The files to which no reference was found yet.
  private(set) var unused: Set<ContentPath>
  /// The same by their names.
  private var ofName: [String: [ContentPath]] = [:]
  /// The files by where they are published, where that is another path.
  private var published: [String: ContentPath] = [:]

  init(_ media: [PlannedMedia]) {
    unused = []
    for media in media where !MediaSearch.isAskedForByName(media.source.path) {
      let path = media.source.path
      unused.insert(path)
      ofName[String(path.name), default: []].append(path)
      if media.file != path.text { published[media.file] = path }
    }
  }

  /// Strikes out the files that `references`, written in the file `path`, lead to.
  mutating func follow(_ references: [String], from path: ContentPath) {
    for reference in references { strike(reference[...], from: path) }
  }

  private mutating func strike(_ reference: Substring, from path: ContentPath) {
    let path = path.resolve(percentDecoded(reference.prefix { $0 != "?" && $0 != "#" }))
    guard let path else { return }
    unused.remove(path)
    if let original = published[path.text] { unused.remove(original) }
  }

  /// Strikes out the files that `bytes`, those of the file `path`, mention: by their path, or where names suffice, by their
  /// name.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  mutating func look(through bytes: [UInt8], of path: ContentPath, namesSuffice: Bool) {
    for word in bytes.split(whereSeparator: { MediaSearch.isSeparator($0) }) where word.contains(0x2E) {
      let name = word.lastIndex(of: 0x2F).map { word[($0 + 1)...] } ?? word
      guard name.count <= 1024 else { continue }
      let text = percentDecoded(String(decoding: name, as: UTF8.self).prefix { $0 != "?" && $0 != "#" })
      guard let files = ofName[text] else { continue }
      if namesSuffice {
        unused.subtract(files)
      } else {
        strike(String(decoding: word, as: UTF8.self)[...], from: path)
      }
    }
  }

  /// Whether no reference goes on with `byte`, in whichever language.
  private static func isSeparator(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x22, 0x27...0x29, 0x2C, 0x3B...0x3E, 0x5B...0x5D, 0x60, 0x7B...0x7D: true
    default: false
    }
  }

  /// Whether others know the file by its name: browsers, search engines, hosts, apps; or people, as a page.
  private static func isAskedForByName(_ path: ContentPath) -> Bool {
    let name = path.name.lowercased()
    if path.text.hasPrefix(".well-known/") || name.hasSuffix(".html") || name.hasSuffix(".htm") {
      return true
    }
    guard !path.text.contains("/") else { return false }
    let known: Set = [
      "robots.txt", "ads.txt", "app-ads.txt", "humans.txt", "security.txt", "llms.txt", "cname", "license",
      "readme.txt",
      "_headers", "_redirects", "netlify.toml", "vercel.json", "browserconfig.xml", "crossdomain.xml",
      "manifest.json",
      "site.webmanifest", "bingsiteauth.xml",
    ]
    return known.contains(name)
      || ["favicon", "apple-touch-icon", "android-chrome", "mstile", "yandex_"].contains {
        name.hasPrefix($0)
      }
  }
}

extension Diagnostic {
  fileprivate static func unusedFile(_ path: ContentPath) -> Diagnostic {
    .warning(
      "content/unused-file", "nothing of the site refers to this file, and it is published all the same",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)),
      fix: "move it out of content/, or refer to it")
  }
}
