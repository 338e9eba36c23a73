import CivilTime
import Columns
import SourceText

/// What tells everything that a build reads from anything else: files by path and bytes, in whatever order they
/// are read, and words such as options.
struct InputDigest: Sendable {
  private var high: UInt64 = 0
  private var low: UInt64 = 0

  /// The digest of everything added so far.
  var digest: Digest { Digest(high: high, low: low) }

  /// Adds the file at `path`, which no other file that is added has.
  mutating func add(_ path: String, _ content: Digest) {
    add(Digest(of: Array("\(content.text) \(path)".utf8)))
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
  /// What the build is told, what it reads besides the content, and by which program; `nil` when that can't be
  /// told.
  init?(_ options: Build.Options, themes: Directory?, zone: TimeZoneRules) throws(SystemError) {
    guard let program = programIdentity() else { return nil }
    self.init()
    let words = [
      options.theme, options.links?.rawValue, options.url, "\(options.includesDrafts)",
      "\(options.includesFuture)", options.generator,
    ]
    let offsets = zone.transitions.map { "\($0.seconds) \($0.offset)" }
    add("options", Digest(of: Array("\(words)".utf8)))
    add("zone", Digest(of: Array("\(zone.name) \(zone.initialOffset) \(offsets)".utf8)))
    add("program", Digest(of: Array(program.utf8)))
    for name in try ThemeSource.ownNames(in: themes) {
      guard let theme = try ThemeSource.find(name, in: themes) else { continue }
      for (path, source) in theme.files { add("themes/\(name)/\(path)", Digest(of: source.bytes)) }
      for path in theme.links { add("link \(path)", Digest(of: [])) }
      for path in theme.unusableNames { add("name \(path)", Digest(of: [])) }
      for path in theme.tooLarge { add("large \(path)", Digest(of: [])) }
    }
  }

  /// Adds the files of `content` at `paths`.
  mutating func add(_ paths: [ContentPath], of content: Directory, jobs: Int) async throws {
    let digests = try await parallelMap(count: paths.count, jobs: jobs) { index in
      guard let digest = try content.digest(paths[index].text, followingLinks: true) else {
        throw SystemError.missing("read", content.full(paths[index].text))
      }
      return digest
    }
    for (path, digest) in zip(paths, digests) { add(path.sourcePath, digest) }
  }
}
