import SourceText

/// The files of an output folder that sitegen wrote, and therefore may replace and remove.
///
/// Kept as a text file in the output folder itself: a first line with the version, then a path a line.
struct Manifest: Sendable {
  static let folder = ".sitegen"
  private static let file = ".sitegen/manifest"
  private static let newFile = ".sitegen/manifest.new"
  private static let header = "sitegen manifest 1"

  /// The paths below the output folder.
  var files: Set<OutputPath>

  init(files: Set<OutputPath>) { self.files = files }

  /// The manifest that a file holds; empty when it is none of this version.
  init(_ bytes: [UInt8]) {
    let lines = bytes.split(separator: 0x0A)
    guard lines.first.map({ Array($0) }) == Array(Manifest.header.utf8) else {
      self.init(files: [])
      return
    }
    self.init(files: Set(lines.dropFirst().lazy.map(OutputPath.init).filter(\.isOwnable)))
  }

  /// What its file holds.
  var bytes: [UInt8] {
    var buffer = ByteBuffer(capacity: files.count * 48)
    buffer.append(Manifest.header)
    buffer.append("\n")
    for file in files.sorted() {
      buffer.append(file.bytes)
      buffer.append("\n")
    }
    return buffer.bytes
  }

  /// The manifest of `output`; empty when it has none.
  static func read(from output: Directory) throws(SystemError) -> Manifest {
    try output.read(file).map(Manifest.init) ?? Manifest(files: [])
  }

  /// Writes the manifest into `output`, whole or not at all.
  func write(to output: Directory) throws(SystemError) {
    try Manifest.removeHalfWritten(from: output)
    try output.create(Manifest.newFile, bytes)
    try output.rename(Manifest.newFile, to: Manifest.file, in: output)
  }

  /// Removes what an interrupted build left of a manifest.
  static func removeHalfWritten(from output: Directory) throws(SystemError) {
    try output.remove(newFile)
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
  static func < (left: OutputPath, right: OutputPath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
