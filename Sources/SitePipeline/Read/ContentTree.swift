import Columns
import SourceText

/// The files below `content/`, found but not yet read.
struct ContentTree {
  /// The paths, in their order.
  let paths: [ContentPath]
  /// Those that are links to files, whose bytes are those of other paths.
  let links: Set<ContentPath>

  /// Lists the files below `content`, whose names don't begin with a dot, but for `.well-known`.
  ///
  /// A symbolic link counts as what it leads to as long as that lies inside `content/`; others are reported,
  /// as are names that no path of the archive can hold.
  ///
  /// - Throws: ``SystemError`` when a folder can't be listed.
  static func list(_ content: Directory, diagnostics: inout [Diagnostic]) throws(SystemError) -> ContentTree {
    var walk = Walk(content: content, root: content.resolved("") ?? content.path)
    try walk.visit("", depth: 0)
    diagnostics += walk.diagnostics
    return ContentTree(paths: walk.paths.sorted(), links: walk.links)
  }

  /// Whether there is a file at `path`.
  func holds(_ path: ContentPath) -> Bool {
    let position = paths.position(of: path)
    return position < paths.count && paths[position] == path
  }

  /// The tree after nothing but the files at `changed` came, went or changed; `nil` when there is more to it, so that it has
  /// to be listed.
  ///
  /// - Throws: ``SystemError`` when a file can't be looked at.
  func updated(
    _ changed: Set<ContentPath>, in content: Directory
  ) throws(SystemError) -> ContentTree? {
    guard links.isEmpty else { return nil }
    var paths = paths
    for path in changed {
      let position = paths.position(of: path)
      let isKnown = holds(path)
      switch try content.entry(path.text) {
      case .file? where isKnown || ContentTree.isLeftover(String(path.name)): continue
      case .file? where isUsableName(path.text) && (path.folder.isEmpty || paths.holdFiles(in: path.folder)):
        paths.insert(path, at: position)
      case nil where isKnown: paths.remove(at: position)
      // What an editor tries out.
      case nil where !paths.holdFiles(in: path.text): continue
      default: return nil
      }
    }
    return ContentTree(paths: paths, links: [])
  }

  /// Whether a file or folder of that name is looked at, and not an editor's own or a system's.
  static func isLookedAt(_ name: some StringProtocol) -> Bool {
    (!name.hasPrefix(".") || name == ".well-known") && !name.hasSuffix("~")
  }

  /// Whether a file of that name is what a program keeps beside what somebody works on: a lock, a backup, what was
  /// merged or downloaded half, what a system knows of the folder.
  static func isLeftover(_ name: String) -> Bool {
    // What nearly all are.
    if name.hasSuffix(".md"), !name.hasPrefix("~") { return false }
    let name = name.lowercased()
    return name.hasPrefix("~$") || name.hasPrefix("#") && name.hasSuffix("#")
      || ["thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"].contains(name)
      || [".bak", ".tmp", ".swp", ".swo", ".orig", ".rej", ".part", ".crdownload"].contains {
        name.hasSuffix($0)
      }
  }

  private struct Walk {
    let content: Directory
    let root: String
    var paths: [ContentPath] = []
    var links: Set<ContentPath> = []
    var diagnostics: [Diagnostic] = []

    mutating func visit(_ folder: String, depth: Int) throws(SystemError) {
      for child in try content.names(in: folder) where ContentTree.isLookedAt(child.name) {
        if child.entry != .folder, ContentTree.isLeftover(child.name) { continue }
        let path = folder.isEmpty ? child.name : folder + "/" + child.name
        if let problem = Diagnostic.unusableName(path, child.name) {
          diagnostics.append(problem)
          continue
        }
        var entry = child.entry
        if entry == .link {
          guard let target = content.resolved(path) else {
            diagnostics.append(.brokenLink(path))
            continue
          }
          guard target == root || target.hasPrefix(root + "/") else {
            diagnostics.append(.escapingLink(path, target))
            continue
          }
          guard try content.target(path) == .file else {
            diagnostics.append(.linkedFolder(path))
            continue
          }
          entry = .file
          links.insert(ContentPath(path))
        }
        switch entry {
        case .file: paths.append(ContentPath(path))
        case .folder where depth < 32: try visit(path, depth: depth + 1)
        case .folder: diagnostics.append(.deepFolder(path))
        case .link, .other: diagnostics.append(.notAFile(path))
        }
      }
    }
  }
}

extension [ContentPath] {
  /// Where `path` is, or would be, in these, which are in order.
  fileprivate func position(of path: ContentPath) -> Int {
    partitioningIndex { $0 >= path }
  }

  /// Whether any of these, which are in order, is in `folder`.
  fileprivate func holdFiles(in folder: String) -> Bool {
    let position = position(of: ContentPath(folder + "/"))
    return position < count && self[position].text.hasPrefix(folder + "/")
  }
}

/// Whether `name` holds nothing that no address and no list of files can have: control characters, those that turn the
/// direction of text, `\\`, bytes that are no UTF-8.
func isUsableName(_ name: String) -> Bool {
  name.unicodeScalars.allSatisfy { scalar in
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x5C, 0xFFFD: false
    default: true
    }
  }
}

extension Diagnostic {
  private static func place(_ path: String) -> Location {
    Location(path: "content/" + path, range: ByteRange(at: 0))
  }

  fileprivate static func unusableName(_ path: String, _ name: String) -> Diagnostic? {
    guard !isUsableName(name) else { return nil }
    return .error(
      "content/file-name", "the file's name holds characters that no address can have", at: place(path),
      fix: "rename it in letters, digits, - and _")
  }

  fileprivate static func brokenLink(_ path: String) -> Diagnostic {
    .error("content/broken-link", "this symbolic link leads nowhere", at: place(path), fix: "remove it")
  }

  fileprivate static func escapingLink(_ path: String, _ target: String) -> Diagnostic {
    .error(
      "content/escaping-link", "this symbolic link leaves content/, to \(target)", at: place(path),
      fix: "copy the file here")
  }

  fileprivate static func linkedFolder(_ path: String) -> Diagnostic {
    .error(
      "content/linked-folder", "this symbolic link leads to a folder", at: place(path),
      fix: "link single files, or move the folder here")
  }

  fileprivate static func deepFolder(_ path: String) -> Diagnostic {
    .error("content/deep-folder", "folders are nested more than 32 deep", at: place(path))
  }

  fileprivate static func notAFile(_ path: String) -> Diagnostic {
    .error("content/not-a-file", "this is neither a file nor a folder", at: place(path), fix: "remove it")
  }
}
