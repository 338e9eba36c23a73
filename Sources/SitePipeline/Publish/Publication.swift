import SourceText

/// Brings an output folder from what an earlier build left to what this one made.
///
/// Files are staged inside the output folder's `.sitegen/`; nothing that is public changes before
/// ``commit(_:)``, and then only by renaming whole files into place and by removing files that an
/// earlier build wrote. A process that dies in between leaves every file whole, and the next build ends
/// where an undisturbed one would have.
struct Publication: Sendable {
  private let output: Directory
  private let stage: Directory
  private let owned: Manifest

  /// What became of a file.
  enum Placement: Sendable, Hashable {
    /// The output folder holds exactly these bytes already.
    case unchanged
    /// Staged; it will be put into place.
    case staged
    /// Something stands there that sitegen did not write.
    case foreign
  }

  /// Opens the output folder at `path`, made if need be, for this process alone.
  ///
  /// `nil` when another build is at work on it.
  static func open(_ path: String) throws(SystemError) -> Publication? {
    let output = try Directory.create(path)
    guard try output.lock(waits: false) else { return nil }
    try output.removeTree(Manifest.folder + "/stage")
    let stage = try output.subdirectory(Manifest.folder + "/stage")
    return try Publication(output: output, stage: stage, owned: Manifest.read(from: output))
  }

  /// Stages `bytes` as the file at `path` unless the output holds them already.
  func place(_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Placement {
    if !owned.files.isEmpty || isAdopting {
      switch try output.compare(path, with: bytes) {
      case true?: return .unchanged
      case false? where !owned.files.contains(path) && !isFolderOfOwned(path): return .foreign
      case false?, nil: break
      }
    }
    try stage.create(path, bytes)
    return .staged
  }

  /// Whether the output holds files though no build is known to have written any.
  private let isAdopting: Bool

  private init(output: Directory, stage: Directory, owned: Manifest) throws(SystemError) {
    self.output = output
    self.stage = stage
    self.owned = owned
    isAdopting = try output.names(in: "").contains { $0.name != Manifest.folder }
  }

  private func isFolderOfOwned(_ path: String) -> Bool {
    (try? output.entry(path)) == .folder && owned.files.contains { $0.hasPrefix(path + "/") }
  }

  /// Forgets everything staged.
  func abandon() throws(SystemError) {
    try output.removeTree(Manifest.folder + "/stage")
    if owned.files.isEmpty { _ = try output.removeEmptyFolder(Manifest.folder) }
  }

  /// Puts the staged files into place and removes those of an earlier build that are not among `files`, all
  /// files of this build. Returns the number of files removed.
  func commit(_ files: [String]) throws(SystemError) -> Int {
    let new = Set(files)
    let stale = owned.files.subtracting(new)
    // From here on an interrupted build has written or may remove any of both.
    try Manifest(files: owned.files.union(new)).write(to: output)
    let folders = Set(new.lazy.flatMap(Publication.folders(of:)))
    let inTheWay = stale.filter { folders.contains($0) || !new.isDisjoint(with: Publication.folders(of: $0)) }
    try remove(inTheWay)
    try move("")
    try remove(stale.subtracting(inTheWay))
    try Manifest(files: new).write(to: output)
    try output.removeTree(Manifest.folder + "/stage")
    return stale.count
  }

  /// Moves what is staged in `folder` into place: a folder that the output lacks in one step.
  private func move(_ folder: String) throws(SystemError) {
    for child in try stage.names(in: folder) {
      let path = folder.isEmpty ? child.name : folder + "/" + child.name
      if child.entry == .folder, try output.entry(path) != nil {
        try move(path)
      } else {
        try stage.rename(path, to: path, in: output)
      }
    }
  }

  /// Removes `files` and the folders that are empty without them.
  private func remove(_ files: Set<String>) throws(SystemError) {
    var folders: Set<String> = []
    for file in files {
      try output.remove(file)
      folders.formUnion(Publication.folders(of: file))
    }
    for folder in folders.sorted(by: >) { _ = try output.removeEmptyFolder(folder) }
  }

  /// The folders that `file` is in, outermost last.
  private static func folders(of file: String) -> [String] {
    var result: [String] = []
    var folder = Directory.folder(of: file)
    while !folder.isEmpty {
      result.append(folder)
      folder = Directory.folder(of: folder)
    }
    return result
  }
}
