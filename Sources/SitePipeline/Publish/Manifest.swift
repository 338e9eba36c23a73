import SourceText

/// The files of an output folder that sitegen wrote, and therefore may replace and remove.
///
/// Kept as a text file in the output folder itself: a first line with the version, then a path a line.
struct Manifest: Sendable {
  static let folder = ".sitegen"
  private static let file = ".sitegen/manifest"
  private static let header = "sitegen manifest 1"

  /// The paths below the output folder.
  var files: Set<String>

  /// The manifest of `output`; empty when it has none.
  static func read(from output: Directory) throws(SystemError) -> Manifest {
    guard let bytes = try output.read(file) else { return Manifest(files: []) }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == header[...] else { return Manifest(files: []) }
    // A path that climbs can only have been put there by somebody else.
    return Manifest(
      files: Set(lines.dropFirst().lazy.map(String.init).filter { !$0.hasPrefix("/") && !$0.contains("..") }))
  }

  /// Writes the manifest into `output`, whole or not at all.
  func write(to output: Directory) throws(SystemError) {
    var buffer = ByteBuffer(capacity: files.count * 48)
    buffer.append(Manifest.header)
    buffer.append("\n")
    for file in files.sorted() {
      buffer.append(file)
      buffer.append("\n")
    }
    let staged = Manifest.file + ".new"
    try output.remove(staged)
    try output.create(staged, buffer.bytes)
    try output.rename(staged, to: Manifest.file, in: output)
  }
}
