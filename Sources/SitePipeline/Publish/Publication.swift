import SourceText

/// Brings an output folder from what an earlier build left to what this one made.
///
/// Files are staged inside the output folder's `.sitegen/`; nothing that is public changes before
/// ``commit(_:stamp:)``, and then only by renaming whole files into place and by removing files that an
/// earlier build wrote. A process that dies in between leaves every file whole, and the next build ends
/// where an undisturbed one would have.
struct Publication: Sendable {
  private let output: Directory
  private let stage: Directory
  private let owned: Manifest
  /// The digest of the manifest's file.
  private let ownedDigest: Digest
  /// The folders of the output that hold something owned.
  private let ownedFolders: Set<OutputPath>
  /// The owned paths in lower case: some file systems take them for the same.
  private let ownedFolded: Set<String>
  /// Whether the output holds nothing at all yet.
  private let isFresh: Bool

  /// A file of the output.
  struct Placed: Sendable {
    let file: String
    /// What tells its bytes from others.
    let digest: Digest
    let placement: Placement
  }

  /// What became of a file.
  enum Placement: Sendable, Hashable {
    /// The output folder holds exactly these bytes already.
    case unchanged
    /// Staged; it will be put into place.
    case staged
    /// Something stands there, or in the place of one of its folders, that sitegen did not write.
    case foreign
  }

  /// Opens the output folder at `path`, made if need be, for this process alone.
  ///
  /// `nil` when another build is at work on it.
  static func open(_ path: String) throws(SystemError) -> Publication? {
    let output = try Directory.create(path)
    guard try output.lock() else { return nil }
    if let entry = try output.entry(Manifest.folder), entry != .folder {
      throw .notAFolder(output.full(Manifest.folder))
    }
    try output.removeTree(Manifest.folder + "/stage")
    try Manifest.removeHalfWritten(from: output)
    return try Publication(output: output, owned: Manifest.file(in: output))
  }

  private init(output: Directory, owned file: [UInt8]) throws(SystemError) {
    self.output = output
    owned = Manifest(file)
    ownedDigest = Digest(of: file)
    ownedFolders = Set(owned.files.lazy.flatMap(\.path.folders))
    ownedFolded = Set(owned.files.lazy.map { $0.path.text.lowercased() })
    isFresh = try !output.names(in: "").contains { $0.name != Manifest.folder }
    // Last, so that nothing is left where something before fails.
    stage = try output.subdirectory(Manifest.folder + "/stage")
  }

  /// Stages `bytes` as the file at `path` unless the output holds them already.
  func place(_ path: String, _ bytes: [UInt8]) throws(SystemError) -> Placed {
    let digest = Digest(of: bytes)
    let isThere = { () throws(SystemError) -> Bool in try output.compare(path, with: bytes) == true }
    if !isFresh, let placement = try look(path, isThere) {
      return Placed(file: path, digest: digest, placement: placement)
    }
    try stage.create(path, bytes)
    return Placed(file: path, digest: digest, placement: .staged)
  }

  /// Stages a copy of the file `name` of `source` as the file at `path`, unless the output holds the same already.
  func place(_ path: String, copying name: String, of source: Directory) throws(SystemError) -> Placed {
    if !isFresh {
      guard let digest = try source.digest(name, followingLinks: true) else {
        throw .missing("read", source.full(name))
      }
      let isThere = { () throws(SystemError) -> Bool in
        try output.digest(path, followingLinks: false) == digest
      }
      if let placement = try look(path, isThere) {
        return Placed(file: path, digest: digest, placement: placement)
      }
    }
    guard let digest = try stage.create(path, copying: name, of: source) else {
      throw .missing("read", source.full(name))
    }
    return Placed(file: path, digest: digest, placement: .staged)
  }

  /// What an output that holds files has to say to a file at `path`, of which `isThere` says whether it is there
  /// already; `nil` when it may be staged.
  private func look(
    _ path: String, _ isThere: () throws(SystemError) -> Bool
  ) throws(SystemError) -> Placement? {
    let key = OutputPath(path)
    if owned.owns(key), try isThere() { return .unchanged }
    // A folder on the way that is a link or a file is somebody else's, unless an earlier build wrote it.
    for folder in key.folders.reversed() {
      switch try output.entry(folder.text) {
      case nil: return nil
      case .folder: continue
      case .file where owned.owns(folder): return nil
      case .file, .link, .other: return .foreign
      }
    }
    switch try output.entry(path) {
    case nil: return nil
    case .file where owned.owns(key): return nil
    case .file:
      // Where names differ only by case they may be one file: then nothing is called exactly so.
      if ownedFolded.contains(path.lowercased()), try !isListed(path) { return nil }
      return try isThere() ? .unchanged : .foreign
    case .folder: return try holdsOnlyOwned(path) ? nil : .foreign
    case .link, .other: return .foreign
    }
  }

  /// Whether a file and all folders that it is in are called exactly so, on any file system.
  private func isListed(_ path: String) throws(SystemError) -> Bool {
    var folder = ""
    for part in path.split(separator: "/") {
      let name = OutputPath(String(part))
      guard try output.names(in: folder).contains(where: { OutputPath($0.name) == name }) else {
        return false
      }
      folder += folder.isEmpty ? String(part) : "/" + part
    }
    return true
  }

  private func holdsOnlyOwned(_ folder: String) throws(SystemError) -> Bool {
    guard ownedFolders.contains(OutputPath(folder)) else { return false }
    for child in try output.names(in: folder) {
      let path = folder + "/" + child.name
      if child.entry == .folder {
        guard try holdsOnlyOwned(path) else { return false }
      } else if !owned.owns(OutputPath(path)) {
        return false
      }
    }
    return true
  }

  /// Forgets everything staged.
  func abandon() throws(SystemError) {
    try output.removeTree(Manifest.folder + "/stage")
    try Manifest.removeHalfWritten(from: output)
    if owned.files.isEmpty { _ = try output.removeEmptyFolder(Manifest.folder) }
  }

  /// Whether the output holds all files of the manifest whose file's digest this is, byte for byte.
  func holds(_ manifest: Digest, jobs: Int) async throws -> Bool {
    guard manifest == ownedDigest else { return false }
    let output = output
    let files = owned.files
    // The first that is missing or another ends it.
    do {
      _ = try await parallelMap(count: files.count, jobs: jobs) { index in
        let found = try output.digest(files[index].path.text, followingLinks: false)
        guard found != nil, found == files[index].digest else { throw Difference() }
      }
      return true
    } catch is Difference {
      return false
    }
  }

  private struct Difference: Error {}

  /// The number of files that an earlier build wrote.
  var ownedCount: Int { owned.files.count }

  /// Puts the staged files into place and removes those of an earlier build that are not among `files`, all
  /// files of this build. Leaves `stamp`, if there is one, for the digest of their manifest. Returns the number
  /// of files removed.
  ///
  /// - Throws: ``SystemError``; what isn't in place yet is then forgotten, so that it takes no room.
  func commit(_ files: [Placed], stamp: ((Digest) -> Stamp)? = nil) throws(SystemError) -> Int {
    do {
      let manifest = Manifest(files.map { Manifest.File(path: OutputPath($0.file), digest: $0.digest) })
      let (removedCount, digest) = try replace(with: manifest)
      try leave(stamp?(digest))
      return removedCount
    } catch {
      try? abandon()
      throw error
    }
  }

  /// Leaves `stamp`, or none.
  private func leave(_ stamp: Stamp?) throws(SystemError) {
    guard let stamp else { return try output.remove(Stamp.file) }
    let bytes = stamp.bytes
    if try output.compare(Stamp.file, with: bytes) == true { return }
    try output.create(Stamp.newFile, bytes)
    try output.rename(Stamp.newFile, to: Stamp.file, in: output)
  }

  private func replace(with manifest: Manifest) throws(SystemError) -> (removedCount: Int, digest: Digest) {
    let stale = owned.files.filter { !manifest.owns($0.path) }
    if owned == manifest, try stage.names(in: "").isEmpty {
      try output.removeTree(Manifest.folder + "/stage")
      return (0, ownedDigest)
    }
    // From here on an interrupted build has written or may remove any of both.
    var digest = try (stale.isEmpty ? manifest : Manifest(manifest.files + stale)).write(to: output)
    let goes = Set(stale.map(\.path))
    let inTheWay = goes.isEmpty ? [] : filesInTheWay(of: Set(manifest.files.map(\.path)), among: goes)
    try remove(inTheWay)
    try move("")
    try remove(goes.subtracting(inTheWay))
    if !stale.isEmpty { digest = try manifest.write(to: output) }
    try output.removeTree(Manifest.folder + "/stage")
    return (stale.count, digest)
  }

  /// Those of `stale` that have to go before `new` can come.
  private func filesInTheWay(of new: Set<OutputPath>, among stale: Set<OutputPath>) -> Set<OutputPath> {
    let folders = Set(new.lazy.flatMap(\.folders))
    let lowercased = Set(new.lazy.map { $0.text.lowercased() })
    return stale.filter { file in
      folders.contains(file) || !new.isDisjoint(with: file.folders)
        // Where names differ only by case they may be one file.
        || lowercased.contains(file.text.lowercased())
    }
  }

  /// Moves what is staged in `folder` into place: a folder that the output lacks in one step.
  private func move(_ folder: String) throws(SystemError) {
    for child in try stage.names(in: folder) {
      let path = folder.isEmpty ? child.name : folder + "/" + child.name
      guard child.entry == .folder, let entry = try output.entry(path) else {
        try stage.rename(path, to: path, in: output)
        continue
      }
      // Somebody may have put a link there since: what it leads to is not ours.
      guard entry == .folder else { throw .notAFolder(output.full(path)) }
      try move(path)
    }
  }

  /// Removes `files` and the folders that are empty without them.
  private func remove(_ files: Set<OutputPath>) throws(SystemError) {
    var folders: Set<OutputPath> = []
    for file in files {
      let way = file.folders
      let reachable = try reachable(way)
      folders.formUnion(reachable)
      // An interrupted build may have put a folder in the file's place already.
      guard reachable.count == way.count, try output.entry(file.text) == .file else { continue }
      try output.remove(file.text)
    }
    for folder in folders.sorted(by: >) { _ = try output.removeEmptyFolder(folder.text) }
  }

  /// Those of `folders`, outermost last, up to the first that is no real one: what lies behind a link is not
  /// ours. Where an interrupted build removed the inner ones, the outer ones still have to go.
  private func reachable(_ folders: [OutputPath]) throws(SystemError) -> [OutputPath] {
    var result: [OutputPath] = []
    for folder in folders.reversed() {
      guard try output.entry(folder.text) == .folder else { break }
      result.append(folder)
    }
    return result
  }
}
