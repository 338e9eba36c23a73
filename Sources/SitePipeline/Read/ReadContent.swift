import CivilTime
import Columns
import Media
import SourceText
import YAML

/// A file of `content/` that is published as it is.
struct MediaFile: Sendable {
  let path: ContentPath
  /// The size in pixels, of images whose header tells it.
  let size: ImageSize?
}

extension MediaFile {
  /// The file at `path`, of which the beginning is read if it is an image.
  init(_ path: ContentPath, in content: Directory) throws(SystemError) {
    guard MediaType(path: path.text)?.kind == .image else {
      self.init(path: path, size: nil)
      return
    }
    // Sizes stand near the start of every format, but behind the metadata of some.
    guard let header = try content.read(path.text, limit: 1 << 19) else {
      throw .missing("read", content.full(path.text))
    }
    self.init(path: path, size: imageSize(header: header))
  }
}

/// Everything below `content/`, read and parsed.
struct Content: Sendable {
  var sources: ContentSources
  var zone: TimeZoneRules
  var media: [MediaFile]
  /// All paths below `content/`, in their order.
  var paths: [ContentPath]
  /// What tells the files that ``read(_:jobs:wanted:diagnostics:)`` read whole, all but the media.
  var digest = InputDigest()
}

/// How many bytes a file may have that is read as text: far more than a person writes.
let textByteLimit = 16 << 20

/// A file of `content/`, read and parsed by itself.
struct ReadFile: Sendable {
  fileprivate let parsed: Parsed
  /// The digest of its bytes; `nil` where they aren't read, or not all of them.
  let digest: Digest?
  /// What is wrong with it.
  let problems: [Diagnostic]

  /// The write-up that it is; `nil` for any other file, and for one that can't be read.
  var writeUp: WriteUpSource? {
    if case .writeUp(let source) = parsed { source } else { nil }
  }

  /// What is copied as it is.
  var media: MediaFile? {
    if case .media(let file) = parsed { file } else { nil }
  }
}

/// What one file came to.
private enum Parsed: Sendable {
  // What is large is kept apart, so that the others are copied for less.
  indirect case column(ColumnSource?)
  indirect case period(PeriodSource?)
  case writeUp(WriteUpSource?)
  indirect case comments(CommentsSource)
  indirect case person(PersonSource?)
  indirect case freePage(FreePageSource?)
  case media(MediaFile)
  /// Nothing that is read, though its name looks like it; perhaps meant to be the file at the other path.
  case mistake(ContentPath?)
}

/// What `site.yaml` says.
struct Configuration: Sendable {
  var site: SiteConfiguration
  /// The rules of its time zone.
  let zone: TimeZoneRules
  /// The digest of its bytes.
  let digest: Digest
}

extension Content {
  /// Reads and parses every file below `content` that is `wanted`, in parallel: each file by itself.
  ///
  /// `nil` when `site.yaml` is missing or can't be used.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func read(
    _ content: Directory, jobs: Int, wanted: (ContentPath) -> Bool = { _ in true },
    diagnostics: inout [Diagnostic]
  ) async throws -> Content? {
    guard let configuration = try configuration(in: content, diagnostics: &diagnostics) else { return nil }
    return try await read(content, configuration, jobs: jobs, wanted: wanted, diagnostics: &diagnostics)
  }

  /// Does the same where `site.yaml` is read already.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func read(
    _ content: Directory, _ configuration: Configuration, jobs: Int,
    wanted: (ContentPath) -> Bool = { _ in true }, diagnostics: inout [Diagnostic]
  ) async throws -> Content {
    let tree = try ContentTree.list(content, diagnostics: &diagnostics)
    let paths = tree.paths.filter { $0.kind != .site && wanted($0) }
    let smartPunctuation = configuration.site.smartPunctuation
    let files = try await parallelMap(count: paths.count, jobs: jobs) { index in
      let file = try read(paths[index], in: content, smartPunctuation: smartPunctuation).file
      return (file, file.digest.map { InputDigest(paths[index].sourcePath, $0) })
    }
    var result = Content(
      configuration.site, zone: configuration.zone, paths: tree.paths,
      files: zip(paths, files.lazy.map(\.0)))
    for (file, digest) in files {
      diagnostics += file.problems
      if let digest { result.digest.add(digest) }
    }
    result.digest.add(ContentPath("site.yaml").sourcePath, configuration.digest)
    return result
  }

  /// What `files` come to, all of `paths` that are wanted but `site.yaml`, in their order.
  init(
    _ site: SiteConfiguration, zone: TimeZoneRules, paths: [ContentPath],
    files: some Sequence<(ContentPath, ReadFile)>
  ) {
    self.init(sources: ContentSources(site: site), zone: zone, media: [], paths: paths)
    sources.writeUps.reserveCapacity(paths.count)
    for (path, file) in files { add(file.parsed, at: path) }
  }

  /// What tells the files of `content` at `paths`, as reading them all does.
  static func digest(of paths: [ContentPath], in content: Directory, jobs: Int) async throws -> InputDigest {
    let digests = try await parallelMap(count: paths.count, jobs: jobs) { index in
      let path = paths[index]
      guard let digest = try content.digest(path.text, followingLinks: true) else {
        throw SystemError.missing("read", content.full(path.text))
      }
      return (digest, path.kind == .media ? try MediaFile(path, in: content) : nil)
    }
    var result = InputDigest()
    for (path, (digest, media)) in zip(paths, digests) {
      if let media { result.add(media, digest) } else { result.add(path.sourcePath, digest) }
    }
    return result
  }

  /// The rules of the zone that `site` names; those of UTC where it names none.
  static func zone(of site: SiteConfiguration, diagnostics: inout [Diagnostic]) -> TimeZoneRules {
    guard let name = site.timezone else { return .utc }
    if let rules = TimeZoneRules.named(name.value) { return rules }
    diagnostics.append(.unknownZone(name))
    return .utc
  }

  private mutating func add(_ file: Parsed, at path: ContentPath) {
    switch file {
    case .column(let source?): sources.columns.append(source)
    case .period(let source?): sources.periods.append(source)
    case .writeUp(let source?): sources.writeUps.append(source)
    case .comments(let source): sources.comments.append(source)
    case .person(let source?): sources.people.append(source)
    case .freePage(let source?): sources.freePages.append(source)
    case .media(let file): media.append(file)
    case .mistake(let meant):
      sources.unreadable.insert(path)
      if let meant { sources.unreadable.insert(meant) }
    case .column(nil), .period(nil), .writeUp(nil), .person(nil), .freePage(nil):
      sources.unreadable.insert(path)
    }
  }

  /// Reads and parses the file at `path`, which isn't `site.yaml`; the bytes are those that were parsed.
  ///
  /// - Throws: ``SystemError`` when it can't be read, or isn't there.
  static func read(
    _ path: ContentPath, in content: Directory, smartPunctuation: Bool
  ) throws(SystemError) -> (file: ReadFile, bytes: [UInt8]) {
    if let meant = path.nearMiss {
      return (ReadFile(parsed: .mistake(meant), digest: nil, problems: [.nearMiss(path, meant)]), [])
    }
    let kind = path.kind
    if kind == .media {
      return (ReadFile(parsed: .media(try MediaFile(path, in: content)), digest: nil, problems: []), [])
    }
    guard let bytes = try content.read(path.text, limit: textByteLimit + 1) else {
      throw .missing("read", content.full(path.text))
    }
    guard bytes.count <= textByteLimit else {
      return (ReadFile(parsed: .mistake(nil), digest: nil, problems: [.tooLarge(path)]), [])
    }
    let source = Source(path: path.sourcePath, bytes: bytes)
    var diagnostics: [Diagnostic] = []
    let parsed = parse(source, at: path, kind, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
    return (ReadFile(parsed: parsed, digest: Digest(of: bytes), problems: diagnostics), bytes)
  }

  /// Parses a file that isn't published as it is, and isn't `site.yaml`.
  private static func parse(
    _ source: Source, at path: ContentPath, _ kind: ContentKind, smartPunctuation: Bool,
    diagnostics: inout [Diagnostic]
  ) -> Parsed {
    switch kind {
    case .column:
      .column(
        ColumnSource.parse(source, at: path, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .period(let kind):
      .period(
        PeriodSource.parse(
          source, at: path, as: kind, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .writeUp:
      .writeUp(
        WriteUpSource.parse(
          source, at: path, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .comments:
      .comments(
        CommentsSource.parse(
          source, at: path, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .person:
      .person(
        PersonSource.parse(source, at: path, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .freePage:
      .freePage(
        FreePageSource.parse(
          source, at: path, smartPunctuation: smartPunctuation, diagnostics: &diagnostics))
    case .site, .media: .media(MediaFile(path: path, size: nil))
    }
  }

  /// What is wrong with `source`, the file at `path`, by itself.
  static func problems(of source: Source, at path: ContentPath, smartPunctuation: Bool) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let kind = path.kind
    if kind == .site {
      _ = configuration(source, diagnostics: &diagnostics)
    } else {
      let parsed = parse(
        source, at: path, kind, smartPunctuation: smartPunctuation, diagnostics: &diagnostics)
      // Whether that is a mistake depends on when it is due.
      if case .writeUp(let source?) = parsed { diagnostics += source.lacking }
    }
    return diagnostics
  }

  /// What `site.yaml` says; `nil` when it is missing or can't be used.
  static func configuration(
    in content: Directory, diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> Configuration? {
    guard let (site, digest) = try readConfiguration(content, diagnostics: &diagnostics) else { return nil }
    return Configuration(site: site, zone: zone(of: site, diagnostics: &diagnostics), digest: digest)
  }

  /// What `site.yaml` says, and the digest of its bytes; `nil` when it is missing or can't be used.
  static func readConfiguration(
    _ content: Directory, diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> (site: SiteConfiguration, digest: Digest)? {
    guard let bytes = try content.read("site.yaml", limit: textByteLimit + 1) else {
      for name in ["site.yml", "Site.yaml", "site.YAML"] where try content.read(name, limit: 1) != nil {
        diagnostics.append(.nearMiss(ContentPath(name), ContentPath("site.yaml")))
        return nil
      }
      diagnostics.append(.missingConfiguration)
      return nil
    }
    guard bytes.count <= textByteLimit else {
      diagnostics.append(.tooLarge(ContentPath("site.yaml")))
      return nil
    }
    let source = Source(path: "content/site.yaml", bytes: bytes)
    return configuration(source, diagnostics: &diagnostics).map { ($0, Digest(of: bytes)) }
  }

  /// What `source`, a `site.yaml`, says; `nil` when it can't be used.
  private static func configuration(_ source: Source, diagnostics: inout [Diagnostic]) -> SiteConfiguration? {
    let problemCount = diagnostics.count
    let node = YAML.parse(source, diagnostics: &diagnostics)
    guard node != nil || diagnostics.count == problemCount else { return nil }
    var reader = FieldReader(
      node, in: source.path, at: ByteRange(at: 0), fields: SiteConfiguration.fields)
    let site = SiteConfiguration(&reader)
    diagnostics += reader.finish()
    return site
  }
}

extension Diagnostic {
  fileprivate static var missingConfiguration: Diagnostic {
    .error(
      "site/missing-configuration", "there is no content/site.yaml", at: nil,
      fix: "make one with a line such as 'title: My column', or name the site's folder with --root")
  }

  fileprivate static func tooLarge(_ path: ContentPath) -> Diagnostic {
    .error(
      "content/too-large", "this file is larger than \(textByteLimit >> 20) MiB, and not read",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "split it")
  }

  fileprivate static func nearMiss(_ path: ContentPath, _ meant: ContentPath) -> Diagnostic {
    .error(
      "content/near-miss", "this looks like \(meant.name); it is not read",
      at: Location(path: path.sourcePath, range: ByteRange(at: 0)), fix: "rename it to \(meant.name)")
  }

  fileprivate static func unknownZone(_ name: Located<String>) -> Diagnostic {
    .error(
      "site/unknown-timezone", "no time zone is called '\(name.value)'",
      at: Location(path: "content/site.yaml", range: name.range),
      fix: didYouMean(name.value, among: TimeZoneRules.knownNames)
        ?? "write one such as America/New_York, Europe/Paris or UTC")
  }
}

extension Content {
  /// The folder `content/` of the site at `root`; `nil`, with what is wrong, when it has none.
  ///
  /// - Throws: ``SystemError`` when there is nothing at `root`, or the operating system refuses something.
  static func folder(
    of root: String, _ diagnostics: inout [Diagnostic]
  ) throws(SystemError) -> Directory? {
    guard let site = try Directory.open(root) else { throw .missing("open", root) }
    let content = try Directory.open(site.full("content"))
    if content == nil { diagnostics.append(.noContent(root)) }
    return content
  }
}

extension Diagnostic {
  /// A site at `root` that has no content.
  fileprivate static func noContent(_ root: String) -> Diagnostic {
    .error(
      "site/missing-configuration", "there is no folder content/ in \(root == "." ? "this folder" : root)",
      at: nil,
      fix: "go to the site's folder, or name it with --root")
  }
}
