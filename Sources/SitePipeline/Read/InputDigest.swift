import CivilTime
import Columns
import Media
import SourceText

/// What tells everything that a build reads from anything else: files by path and bytes, in whatever order they
/// are read, and words such as options.
struct InputDigest: Sendable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// The digest of everything added so far.
  var digest: Digest { Digest(high: high, low: low) }

  /// Nothing yet.
  init() {}

  /// The file at `path` alone.
  init(_ path: String, _ content: Digest) {
    self.init()
    add(path, content)
  }

  /// Adds the file at `path`, which no other file that is added has.
  mutating func add(_ path: String, _ content: Digest) {
    var bytes = content.digits
    bytes.append(contentsOf: path.utf8)
    add(Digest(of: bytes))
  }

  /// Adds what another one was given.
  mutating func add(_ other: InputDigest) { add(other.digest) }

  private mutating func add(_ digest: Digest) {
    let sum = low.addingReportingOverflow(digest.low)
    low = sum.partialValue
    high &+= digest.high &+ (sum.overflow ? 1 : 0)
  }
}

extension InputDigest {
  /// What the build is told, what the system knows of the site's zone, and by which program it is built; `nil` when
  /// that can't be told.
  init?(_ options: Build.Options, zone: TimeZoneRules) throws(SystemError) {
    guard let program = try programIdentity() else { return nil }
    self.init()
    let words = [
      options.theme, options.links?.rawValue, options.url, "\(options.includesDrafts)",
      "\(options.includesFuture)", options.generator,
    ]
    let offsets = zone.transitions.map { "\($0.seconds) \($0.offset)" }.joined(separator: " ")
    add("options", Digest(of: Array("\(words)".utf8)))
    add("zone", Digest(of: Array("\(zone.name) \(zone.initialOffset) \(offsets)".utf8)))
    add("program", Digest(of: Array(program.utf8)))
  }

  /// Adds what was read of `theme` and of those that it extends.
  mutating func add(_ theme: ThemeChain) {
    for layer in theme.layers {
      add("theme \(layer.source.name)", Digest(of: []))
      for (path, source) in layer.source.files {
        add("theme \(layer.source.name)/\(path)", Digest(of: source.bytes))
      }
    }
  }

  /// Adds a file that is copied as it is, with the size in pixels that pages give to it.
  mutating func add(_ file: MediaFile, _ content: Digest) {
    add(file.path.sourcePath, content)
    add(
      "size \(file.path.sourcePath)",
      Digest(of: Array("\(file.size?.width ?? 0) \(file.size?.height ?? 0)".utf8)))
  }
}
