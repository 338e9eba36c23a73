import SourceText

/// A file for people to read that a command writes anew each time: in the place of an earlier one of its own, and of no
/// other file.
struct ReplaceableFile {
  /// What keeps it from being written.
  enum Obstacle: Hashable {
    /// It lies in this folder of the site's.
    case inside(String)
    /// Something else stands there.
    case foreign
    /// It was changed while it was written.
    case changed
  }

  private let path: String
  private let root: String
  private let isOwn: ([UInt8]) -> Bool

  /// The file at `path`, of the site in `root`; one that is there is the command's own if `isOwn` says so of its bytes.
  init(_ path: String, root: String, isOwn: @escaping ([UInt8]) -> Bool) {
    self.path = path
    self.root = root
    self.isOwn = isOwn
  }

  private var name: String { path.utf8.last == 0x2F ? "" : String(path.split(separator: "/").last ?? "") }

  private var folder: String {
    let folder = Directory.folder(of: path)
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  /// What keeps it from being written now; `nil` for nothing.
  func obstacle() throws(SystemError) -> Obstacle? { try look().obstacle }

  private func look() throws(SystemError) -> (obstacle: Obstacle?, former: [UInt8]?) {
    if let site = try Directory.open(root), let inside = resolvedFolder(folder),
      let name = OwnFile.publishedFolder(around: inside, of: site)
    {
      return (.inside(name), nil)
    }
    guard !name.isEmpty else { return (.foreign, nil) }
    guard let directory = try Directory.open(folder), let entry = try directory.entry(name) else {
      return (nil, nil)
    }
    guard entry == .file, let former = try directory.read(name), isOwn(former) else { return (.foreign, nil) }
    return (nil, former)
  }

  /// Writes it, with the folders that it needs; returns what kept it from that, so that all is as it was.
  func write(_ bytes: [UInt8]) throws(SystemError) -> Obstacle? {
    let (obstacle, former) = try look()
    if let obstacle { return obstacle }
    return try Directory.create(folder).replace(name, former, with: bytes) ? nil : .changed
  }
}
