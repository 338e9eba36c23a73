import SourceText
import YAML

extension ContentSources {
  /// Reports former addresses that aren't from this site's root, which only shows beside its `url`.
  func checkFormerAddresses(diagnostics: inout [Diagnostic]) {
    let url = site.url.flatMap(SiteURL.init)
    // A folder of the site's own may be called as the one that the site lies in.
    let folders = Set(columns.lazy.map { $0.path.folder.prefix { $0 != "/" } })
    func check(_ aliases: [Located<String>], of path: ContentPath) {
      for alias in aliases {
        let place = Location(path: path.sourcePath, range: alias.range)
        if !alias.value.hasPrefix("/") {
          diagnostics.append(.wholeAddress(alias.value, on: url, at: place))
        } else if let url, let rest = url.below(alias.value), !folders.contains(url.firstFolder) {
          diagnostics.append(.folderOfSite(alias.value, rest, url, at: place))
        }
      }
    }
    for source in writeUps where !source.aliases.isEmpty { check(source.aliases, of: source.path) }
    for source in freePages { check(source.aliases, of: source.path) }
    for source in people { check(source.aliases, of: source.path) }
    for source in columns {
      check(source.formerly, of: source.path)
      for former in source.formerly {
        guard let problem = problem(of: former.value, for: source) else { continue }
        diagnostics.append(
          .formerFolder(
            former.value, problem, at: Location(path: source.path.sourcePath, range: former.range)))
      }
    }
  }

  /// What keeps the pages of `column` from having stood in the folder `former`, or from redirecting there.
  private func problem(of former: String, for column: ColumnSource) -> FormerFolderProblem? {
    let segments = percentDecoded(former).split(separator: "/")
    let folder = segments.joined(separator: "/")
    if folder == column.path.folder { return .isOfNow }
    if folder.lowercased() == column.path.folder.lowercased() { return .differsByCase }
    return segments.first.map(siteFolders.contains) ?? false ? .isTheSites : nil
  }
}

/// The folders of an output that are no column's.
public let siteFolders: Set<Substring> = [
  "api", "assets", "campaigns", "comments", "countries", "formats", "genres", "people", "search", "status",
  "tags",
]

/// What is wrong with a folder that a column is said to have had.
private enum FormerFolderProblem {
  case isOfNow, differsByCase, isTheSites
}

/// The parts of an absolute address, which may be a site's.
public struct SiteURL {
  fileprivate let text: String
  private let host: Substring
  /// The path, as it is written.
  fileprivate let path: String

  /// The parts of `text`; `nil` if it is no absolute address.
  public init?(_ text: String) {
    guard let scheme = text.firstRange(of: "://") else { return nil }
    self.text = text
    let rest = text[scheme.upperBound...]
    host = rest.prefix { $0 != "/" }
    path = String(rest.dropFirst(host.count))
  }

  /// The folder that a site of this address lies in, with slashes at both ends.
  public var folder: String { path.hasSuffix("/") ? path : path + "/" }

  /// The first folder of the path; empty at the root of a host.
  fileprivate var firstFolder: Substring { path.dropFirst().prefix { $0 != "/" } }

  /// What of `address` comes below the folder that this site is in; `nil` at the root of a host.
  public func below(_ address: String) -> String? {
    let folder = folder
    guard folder.utf8.count > 1 else { return nil }
    if address.utf8.elementsEqual(folder.utf8.dropLast()) { return "/" }
    return address.hasPrefix(folder) ? "/" + address.dropFirst(folder.count) : nil
  }

  fileprivate func isOnHost(of other: SiteURL) -> Bool {
    func name(_ host: Substring) -> Substring {
      let host = host.lowercased()
      return host.hasPrefix("www.") ? host.dropFirst(4) : host[...]
    }
    return name(host) == name(other.host)
  }
}

extension Diagnostic {
  /// What is said of an address with its host among the former ones.
  public static let wholeAddressID = "field/not-a-path"

  fileprivate static func wholeAddress(_ text: String, on site: SiteURL?, at place: Location) -> Diagnostic {
    var path = SiteURL(text)?.path ?? ""
    if let site, let written = SiteURL(text), written.isOnHost(of: site), site.path.utf8.count > 1 {
      guard let below = site.below(written.path) else {
        return .error(
          wholeAddressID,
          "this is an address outside of \(site.text), where no page of the site can stand",
          at: place, fix: "leave it out, and redirect it in the server's own configuration")
      }
      path = below
    }
    if let site, let written = SiteURL(text), written.isOnHost(of: site), path.isEmpty || path == "/" {
      return .error(
        wholeAddressID, "this is the site's own front page, which leads nowhere else", at: place,
        fix: "leave it out")
    }
    return .error(
      wholeAddressID,
      "a former address is the path of a page such as /old/address/, and this is a whole address", at: place,
      fix: isFormerAddress(path) ? "write \(path)" : nil)
  }

  fileprivate static func formerFolder(
    _ former: String, _ problem: FormerFolderProblem, at place: Location
  ) -> Diagnostic {
    let (message, fix) =
      switch problem {
      case .isOfNow:
        ("is the folder that the column has now", "write the one that it had before, or take it out")
      case .differsByCase:
        (
          "differs from the folder of now by case alone, so that no page can stand at both",
          "take it out, and redirect it in the server's own configuration"
        )
      case .isTheSites: ("is a folder of the site's, in which no column stands", "take it out")
      }
    return .warning("column/former-folder", "'\(former)' \(message)", at: place, fix: fix)
  }

  fileprivate static func folderOfSite(
    _ alias: String, _ rest: String, _ site: SiteURL, at place: Location
  ) -> Diagnostic {
    .warning(
      "field/folder-of-site",
      "former addresses begin at the site's root, so that this stands for \(site.text)\(alias.dropFirst())",
      at: place, fix: "write \(rest) if \(site.text)\(rest.dropFirst()) is meant")
  }
}
