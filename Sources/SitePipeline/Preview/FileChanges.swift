/// What happened to the files of a site.
public struct FileChanges: Sendable, Hashable {
  /// The paths below the site's folder of files and folders that are new, gone or changed.
  public private(set) var paths: Set<String>
  /// Whether anything may have changed, besides: the system could not tell.
  public private(set) var isEverything: Bool

  /// Changes of `paths`.
  public init(_ paths: Set<String>) {
    self.paths = paths
    isEverything = false
  }

  /// Changes of anything.
  public static var everything: FileChanges {
    var changes = FileChanges([])
    changes.isEverything = true
    return changes
  }

  /// Adds `other`.
  public mutating func formUnion(_ other: FileChanges) {
    paths.formUnion(other.paths)
    isEverything = isEverything || other.isEverything
  }

  /// The paths below `folder`, from there, but for those that nobody looks at; `nil` when it may be anything.
  func below(_ folder: String) -> Set<String>? {
    if isEverything || paths.contains(folder) { return nil }
    let prefix = folder + "/"
    return Set(
      paths.lazy.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
        .filter { $0.split(separator: "/").allSatisfy(ContentTree.isLookedAt) })
  }
}
