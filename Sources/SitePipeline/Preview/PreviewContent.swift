import CivilTime
import Columns
import Markdown
import SourceText

/// What `content/` holds, file by file, so that only those are read again that changed.
struct PreviewContent: Sendable {
  /// A file, and what tells whether anything in front of its text changed.
  ///
  /// A class, because there are many, and all are kept while some are read again.
  private final class Known: Sendable {
    let file: ReadFile
    /// The digest of all up to the end of the front matter; `nil` for what is no write-up.
    let front: Digest?

    /// The file at `path`; `nil` when it went since it was listed, of which there will be word, too.
    init?(_ path: ContentPath, in folder: Directory, smartPunctuation: Bool) throws(SystemError) {
      let read: (file: ReadFile, bytes: [UInt8])
      do {
        read = try Content.read(path, in: folder, smartPunctuation: smartPunctuation)
      } catch {
        if error.isMissing { return nil }
        throw error
      }
      file = read.file
      front = read.file.writeUp.map {
        Digest(of: Array(read.bytes[..<$0.places.frontMatter.indices.upperBound]))
      }
    }
  }

  /// What came of looking at files again.
  enum Change: Sendable {
    /// They are as they were.
    case nothing
    /// Files that are copied as they are have other bytes.
    case copies
    /// Nothing but what these write-ups say is another, and in some no more than the text; they stand where they stood,
    /// and no place in them has another name.
    case writeUps([WriteUpSource], isTextOnly: Bool)
    /// Anything else.
    case anything
  }

  /// What `site.yaml` says; `nil` when it is missing or can't be used.
  private(set) var site: SiteConfiguration?
  private(set) var zone = TimeZoneRules.utc
  private var siteProblems: [Diagnostic] = []
  private var tree = ContentTree(paths: [], links: [])
  private var treeProblems: [Diagnostic] = []
  private var known: [ContentPath: Known] = [:]
  private var smartPunctuation = true
  /// The number of files that the last update read and parsed.
  var parsedCount = 0

  init() {}
}

extension PreviewContent {
  private static let configuration = ContentPath("site.yaml")

  /// Looks at the files and folders `changed` again, and at everything where that is `nil`.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  mutating func update(_ changed: Set<ContentPath>?, in folder: Directory, jobs: Int) async throws -> Change {
    parsedCount = 0
    if let changed {
      let change = try updateWriteUps(changed, in: folder)
      if case .anything = change {} else { return change }
    }
    var change = try updateConfiguration(changed, in: folder)
    let former = smartPunctuation
    smartPunctuation = site?.smartPunctuation ?? former
    var problems: [Diagnostic] = []
    let updated = try treeProblems.isEmpty ? changed.flatMap { try tree.updated($0, in: folder) } : nil
    let newTree = try updated ?? ContentTree.list(folder, diagnostics: &problems)
    if newTree.paths != tree.paths || problems != treeProblems { change = .anything }
    tree = newTree
    treeProblems = problems
    let readsAll = changed == nil || smartPunctuation != former
    if !readsAll, updated != nil, let changed {
      let there = changed.filter(tree.holds)
      try await read(there.filter { $0.kind != .site }.sorted(), in: folder, jobs: jobs, &change)
      for path in changed.subtracting(there) { known[path] = nil }
      return change
    }
    let stale = tree.paths.filter { path in
      guard path.kind != .site else { return false }
      return readsAll || known[path] == nil || tree.links.contains(path) || isIn(changed ?? [], path)
    }
    try await read(stale, in: folder, jobs: jobs, &change)
    let there = Set(tree.paths)
    known = known.filter { there.contains($0.key) }
    return change
  }

  /// Whether `path` or a folder that it lies in is among `changed`.
  private func isIn(_ changed: Set<ContentPath>, _ path: ContentPath) -> Bool {
    if changed.contains(path) { return true }
    var folder = path.folder
    while !folder.isEmpty {
      if changed.contains(ContentPath(folder)) { return true }
      folder = Directory.folder(of: folder)
    }
    return false
  }

  /// Reads files that are known already and still files, as long as nothing but what write-ups say is another;
  /// ``Change/anything`` when there is more to it, and then nothing is done.
  private mutating func updateWriteUps(_ changed: Set<ContentPath>, in folder: Directory) throws -> Change {
    guard site != nil, tree.links.isEmpty else { return .anything }
    var fresh: [(ContentPath, Known)] = []
    var sources: [WriteUpSource] = []
    var hasOtherCopies = false
    var isTextOnly = true
    for path in changed.sorted() {
      guard let former = known[path], try folder.entry(path.text) == .file else { return .anything }
      guard let new = try Known(path, in: folder, smartPunctuation: smartPunctuation) else {
        return .anything
      }
      parsedCount += 1
      if let media = new.file.media {
        guard media.size == former.file.media?.size else { return .anything }
        hasOtherCopies = true
        continue
      }
      if new.file.digest != nil, new.file.digest == former.file.digest { continue }
      guard let old = former.file.writeUp, let source = new.file.writeUp, source.staysInPlace(of: old),
        source.body.anchors == old.body.anchors
      else { return .anything }
      if new.front != former.front { isTextOnly = false }
      fresh.append((path, new))
      sources.append(source)
    }
    for (path, file) in fresh { known[path] = file }
    if !sources.isEmpty { return .writeUps(sources, isTextOnly: isTextOnly) }
    return hasOtherCopies ? .copies : .nothing
  }

  private mutating func updateConfiguration(
    _ changed: Set<ContentPath>?, in folder: Directory
  ) throws -> Change {
    guard changed?.contains(PreviewContent.configuration) ?? true else { return .nothing }
    siteProblems = []
    site = try Content.readConfiguration(folder, diagnostics: &siteProblems)?.site
    if let site { zone = Content.zone(of: site, diagnostics: &siteProblems) }
    return .anything
  }

  private mutating func read(
    _ paths: [ContentPath], in folder: Directory, jobs: Int, _ change: inout Change
  ) async throws {
    let isSmart = smartPunctuation
    let files = try await parallelMap(count: paths.count, jobs: jobs) { index in
      try Known(paths[index], in: folder, smartPunctuation: isSmart)
    }
    parsedCount += paths.count
    for (path, file) in zip(paths, files) {
      let former = known[path]
      known[path] = file
      if let media = file?.file.media, let old = former?.file.media, media.size == old.size {
        if case .nothing = change { change = .copies }
      } else if file?.file.digest == nil || file?.file.digest != former?.file.digest {
        change = .anything
      }
    }
  }
}

extension PreviewContent {
  /// What all of it comes to; `nil` without a configuration that can be used.
  func content(_ options: Build.Options) -> Content? {
    guard let site = configuration(options) else { return nil }
    let files = tree.paths.lazy.compactMap { path in known[path].map { (path, $0.file) } }
    return Content(site, zone: zone, paths: tree.paths, files: files)
  }

  /// What `site.yaml` says, with what the command line says instead.
  private func configuration(_ options: Build.Options) -> SiteConfiguration? {
    guard var site else { return nil }
    site.override(links: options.links, url: options.url)
    return site
  }

  /// What is wrong with files by themselves.
  func problems(_ options: Build.Options) -> [Diagnostic] {
    guard let site = configuration(options) else { return siteProblems }
    var problems = siteProblems + treeProblems
    if site.url == nil { problems.append(.missingURL) }
    for known in known.values { problems += known.file.problems }
    return problems
  }
}
