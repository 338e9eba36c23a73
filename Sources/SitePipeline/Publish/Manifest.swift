import SourceText

/// The files of an output folder that sitegen wrote, and therefore may replace and remove.
///
/// Kept as a text file in the output folder itself, a line for each file: the digest of its bytes, two spaces, its
/// path. That is the form of xxHash's own program, so that `xxhsum --check .sitegen/manifest` looks an archive
/// through, and two manifests tell what has to be uploaded.
struct Manifest: Sendable, Hashable {
  static let folder = ".sitegen"
  private static let file = ".sitegen/manifest"
  private static let newFile = ".sitegen/manifest.new"
  /// The first line of manifests without digests, as sitegen wrote them at first.
  private static let firstHeader = "sitegen manifest 1"

  /// A file: its path below the output folder, and the digest of what it holds, where that is known.
  struct File: Sendable, Hashable {
    let path: OutputPath
    let digest: Digest?
  }

  /// The files by their paths, each of which is there once.
  let files: [File]

  /// A manifest of `files`, in any order; where a path is there twice, one of them counts.
  init(_ files: [File]) {
    var unique: [File] = []
    unique.reserveCapacity(files.count)
    for file in files.sorted(by: { $0.path < $1.path }) where file.path != unique.last?.path {
      unique.append(file)
    }
    self.files = unique
  }

  /// The manifest that a file holds; lines that name no file that sitegen could have written are left out.
  init(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A)[...]
    let hasDigests = lines.first.map { Array($0) } != Array(Manifest.firstHeader.utf8)
    if !hasDigests { lines = lines.dropFirst() }
    var files: [File] = []
    files.reserveCapacity(lines.count)
    for line in lines {
      var digest: Digest?
      if hasDigests {
        digest = Digest(String(decoding: line.prefix(32), as: UTF8.self))
        guard digest != nil, line.dropFirst(32).prefix(2).elementsEqual([0x20, 0x20]) else { continue }
      }
      let path = OutputPath(hasDigests ? line.dropFirst(34) : line)
      if path.isOwnable { files.append(File(path: path, digest: digest)) }
    }
    self.init(files)
  }

  /// Whether it names the file at `path`.
  func owns(_ path: OutputPath) -> Bool {
    let index = files.partitioningIndex { !($0.path < path) }
    return index < files.count && files[index].path == path
  }

  /// What its file holds.
  var bytes: [UInt8] {
    let hasDigests = files.allSatisfy { $0.digest != nil }
    var buffer = ByteBuffer(capacity: files.count * 80)
    if !hasDigests {
      buffer.append(Manifest.firstHeader)
      buffer.append("\n")
    }
    for file in files {
      if hasDigests, let digest = file.digest {
        buffer.append(digest.digits)
        buffer.append("  ")
      }
      buffer.append(file.path.bytes)
      buffer.append("\n")
    }
    return buffer.bytes
  }

  /// The bytes of the manifest's file in `output`; none when it has none.
  static func file(in output: Directory) throws(SystemError) -> [UInt8] { try output.read(file) ?? [] }

  /// Writes the manifest into `output`, whole or not at all; returns the digest of its file.
  func write(to output: Directory) throws(SystemError) -> Digest {
    try Manifest.removeHalfWritten(from: output)
    let bytes = bytes
    try output.create(Manifest.newFile, bytes)
    try output.rename(Manifest.newFile, to: Manifest.file, in: output)
    return Digest(of: bytes)
  }

  /// Removes what an interrupted build left of a manifest, or of a stamp.
  static func removeHalfWritten(from output: Directory) throws(SystemError) {
    try output.remove(newFile)
    try output.remove(Stamp.newFile)
  }
}

/// A path below the output folder, told from others by its bytes: two spellings of `é` are two files.
struct OutputPath: Sendable, Hashable, Comparable {
  /// The path in UTF-8, with `/` between its parts.
  let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = Array(bytes) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the path can be that of a file that sitegen wrote: one that climbs, or begins at the root, can
  /// only have been put into a manifest by somebody else.
  var isOwnable: Bool {
    bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0x5C }
      && bytes.split(separator: 0x2F, omittingEmptySubsequences: false)
        .allSatisfy { !$0.isEmpty && !$0.elementsEqual([0x2E]) && !$0.elementsEqual([0x2E, 0x2E]) }
  }

  /// The folders that the file is in, outermost last.
  var folders: [OutputPath] {
    bytes.indices.reversed().filter { bytes[$0] == 0x2F }.map { OutputPath(bytes[..<$0]) }
  }

  /// By bytes.
  static func < (left: OutputPath, right: OutputPath) -> Bool { left.bytes.span.precedes(right.bytes.span) }
}
