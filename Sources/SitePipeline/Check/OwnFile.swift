/// A file that sitegen keeps for a site beside what it publishes, such as a ledger.
enum OwnFile {
  /// What keeps one from being written.
  enum Obstacle: Hashable {
    /// A link stands in its place, or its folder is one that leads out of the site's.
    case link, linkedFolder
    /// Somebody else writes into the site's folder.
    case busy
    /// It isn't what it was when it was read.
    case changed
  }

  /// Puts `bytes` in the place of `former` as the file `path` of the site's folder `site`, if it still holds that; returns what
  /// keeps it from that, and then it is as it was.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  static func write(
    _ bytes: [UInt8], to path: String, of site: Directory, over former: [UInt8]?
  ) throws(SystemError) -> Obstacle? {
    if try site.entry(path) == .link { return .link }
    if let place = site.resolved(Directory.folder(of: path)), let whole = site.resolved(""), whole != "/",
      !(place + "/").hasPrefix(whole + "/")
    {
      return .linkedFolder
    }
    guard try site.lock() else { return .busy }
    return try site.replace(path, former, with: bytes) ? nil : .changed
  }

  /// The folder of what `site` is made from or publishes in which `folder`, a path without links, lies; `nil` for elsewhere.
  static func publishedFolder(around folder: String, of site: Directory) -> String? {
    ["content", "output", "themes"].first { name in
      resolvedFolder(site.full(name)).map { (folder + "/").hasPrefix($0 + "/") } ?? false
    }
  }
}
