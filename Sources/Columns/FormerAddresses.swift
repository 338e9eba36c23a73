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
    }
    for former in FormerFolder.all(of: columns) {
      if let problem = former.problem { diagnostics.append(.formerFolder(former, problem)) }
    }
  }
}

/// A folder that a column is said to have had.
public struct FormerFolder: Sendable {
  /// The folder as it is written, with a slash in front.
  public let written: String
  /// The file of the column that says it.
  public let column: ContentPath
  /// Where that is said.
  public let place: Location
  /// Where it is said before; `nil` if this is the first time.
  public let earlier: Location?

  /// The folder, decoded, without slashes at its ends.
  public var folder: String { FormerFolder.folder(written) }

  private static func folder(_ written: String) -> String {
    percentDecoded(written).split(separator: "/").joined(separator: "/")
  }

  /// All that `columns` name, by the paths of their files: the order in which columns are shown says nothing of what they
  /// had. Those that are no path, which are reported, aren't among them.
  public static func all(of columns: [ColumnSource]) -> [FormerFolder] {
    var places: [String: Location] = [:]
    var result: [FormerFolder] = []
    for column in columns.sorted(by: { $0.path < $1.path }) {
      for written in column.formerly where written.value.hasPrefix("/") {
        let place = Location(path: column.path.sourcePath, range: written.range)
        // No two that differ by case alone can be there on all file systems.
        let key = folder(written.value).lowercased()
        result.append(
          FormerFolder(written: written.value, column: column.path, place: place, earlier: places[key]))
        if places[key] == nil { places[key] = place }
      }
    }
    return result
  }

  /// What keeps the pages of the column from having stood there, or from redirecting there.
  fileprivate var problem: FormerFolderProblem? {
    if folder == column.folder { return .isOfNow }
    if folder.lowercased() == column.folder.lowercased() { return .differsByCase }
    return earlier == nil ? nil : .isNamedBefore
  }
}

/// What is wrong with a folder that a column is said to have had.
private enum FormerFolderProblem {
  case isOfNow, differsByCase, isNamedBefore
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
    _ former: FormerFolder, _ problem: FormerFolderProblem
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
      case .isNamedBefore:
        (
          "is named twice, and leads to what the first has wherever both have something",
          "take it out, and write where single write-ups stood into their 'aliases'"
        )
      }
    return .warning(
      "column/former-folder", "'\(former.written)' \(message)", at: former.place, fix: fix,
      notes: problem == .isNamedBefore ? [Note("the first is here", at: former.earlier)] : [])
  }

  fileprivate static func folderOfSite(
    _ alias: String, _ rest: String, _ site: SiteURL, at place: Location
  ) -> Diagnostic {
    .warning(
      "field/folder-of-site",
      "former addresses begin at the site's root, so that this stands for \(site.text)\(alias.dropFirst())",
      at: place,
      fix: rest == "/"
        ? "leave it out if the site's own front page is meant, which leads nowhere else"
        : "write \(rest) if \(site.text)\(rest.dropFirst()) is meant")
  }
}
