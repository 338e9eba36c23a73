import SourceText
import Templates
import YAML

/// A site kept in memory, of which every file is made when it is asked for; `sitegen serve` without its server.
///
/// Whatever a build with the same options would write is what it has, byte for byte.
public actor Preview {
  /// What a change comes to.
  public struct Update: Sendable {
    /// What browsers have to do.
    public var effect: Effect
    /// Everything that an author should know, in order of place.
    public var diagnostics: [Diagnostic]
    /// Whether mistakes keep what is shown as it was.
    public var isBroken: Bool
    /// The number of files of `content/` that were read and parsed.
    public var parsedCount: Int
    /// The number of pages that are shown.
    public var pageCount: Int
    /// How often what is shown has changed.
    public var version: Int
    /// Whether everything has been looked at that may depend on the change; else ``Preview/settle(unless:)`` does that.
    public var isSettled: Bool
    /// The seconds until the same files come to something else; `nil` when they never do.
    public var secondsToNextChange: Double?
  }

  /// What a change has browsers do.
  public enum Effect: Sendable, Hashable {
    /// Nothing: what is shown is what was shown.
    case nothing
    /// Load style sheets by other names: those that they had below `output/`, and the new ones.
    case styles([String: String])
    /// Load the page anew.
    case reload
  }

  private let jobs: Int
  private let now: @Sendable () -> Moment
  private var site: PreviewedSite
  /// The site before the last change: to give back its memory takes a while, in which pages can be answered.
  private var former: PreviewedSite?
  private var version = 0
  /// What was shown when somebody searched last, and its index.
  private var searched: (model: SiteModel, index: SearchFiles)?
  /// What there was no bringing up to date with.
  private var missed = FileChanges([])
  /// The kinds of pages that were asked for since the last change.
  private var askedKinds: Set<PageKindID> = []

  /// A preview of the site that a build with `options` would make, but for its moment: that is what `now` says
  /// whenever the site is looked at. Nothing is read yet.
  public init(_ options: Build.Options, now: @escaping @Sendable () -> Moment) {
    jobs = options.jobs
    self.now = now
    site = PreviewedSite(options)
  }

  /// Brings what pages need up to date after `changes`; the first time, that is to read everything.
  ///
  /// One of these has to be done before the next is begun.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something; what is shown is as it was, and what
  ///   changed is looked at again the next time.
  public func update(after changes: FileChanges = .everything) async throws -> Update {
    missed.formUnion(changes)
    var next = site
    let effect = try await next.update(after: missed, asOf: now(), pagesOf: askedKinds)
    missed = FileChanges([])
    askedKinds = []
    former = site
    site = next
    return report(effect)
  }

  /// Looks at everything else that may depend on what changed, if anything is left; `nil` when nothing is, or when
  /// `isOutdated` came to be true in between.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public func settle(unless isOutdated: @Sendable () -> Bool = { false }) async throws -> Update? {
    former = nil
    guard !site.isSettled else { return nil }
    var next = site
    guard let effect = try await next.settle(asOf: now(), unless: isOutdated) else { return nil }
    site = next
    return report(effect)
  }

  private func report(_ effect: Effect) -> Update {
    if effect != .nothing { version += 1 }
    return Update(
      effect: effect, diagnostics: site.diagnostics, isBroken: site.isBroken, parsedCount: site.parsedCount,
      pageCount: site.shown?.model.plan.pages.count ?? 0, version: version, isSettled: site.isSettled,
      secondsToNextChange: site.secondsOfValidity(from: now()))
  }

  /// What is to be found at an address.
  public enum Answer: Sendable {
    /// A file.
    case file(PreviewFile)
    /// It is to be asked for with a slash at its end.
    case folder
    /// There is nothing; the page that says so, if the site has one.
    case missing(PreviewFile?)
    /// Mistakes have stood against the site from the beginning.
    case broken
  }

  /// What is at `path`, which is decoded and has no slash in front; of a folder, its page.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public func answer(to path: String) async throws -> Answer {
    let file = path.isEmpty || path.hasSuffix("/") ? path + "index.html" : path
    if let kind = site.shown?.kind(ofPageAt: file) {
      askedKinds.insert(kind)
      site.compile(for: kind)
    }
    guard var shown = site.shown else { return .broken }
    if shown.needsSearch(file) { shown = try await withSearch(shown) }
    if let found = shown.file(at: file) ?? shown.searchFile(at: file) { return .file(found) }
    if !file.hasSuffix("/index.html"), shown.file(at: file + "/index.html") != nil { return .folder }
    return .missing(shown.missingPage())
  }

  private func withSearch(_ shown: ShownSite) async throws -> ShownSite {
    if let searched, searched.model === shown.model { return shown.with(searched.index) }
    let index = try await SearchFiles.index(shown.model.archive, jobs: jobs)
    searched = (shown.model, index)
    return shown.with(index)
  }

  /// The links of everything that a build would leave out, from the site's root, with why.
  public var unpublished: [(link: String, reason: Unpublication)] { site.shown?.unpublished ?? [] }

  /// The paths of all files that a build would write, but for those that searches read.
  package var paths: [String] { site.shown?.paths ?? [] }

  /// The bytes of `copy`, or those in `range`, as far as there are that many; with the number of all. `nil` when the file is gone.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public nonisolated func read(
    _ copy: PreviewCopy, _ range: Range<Int>? = nil
  ) throws -> (bytes: [UInt8], byteCount: Int)? {
    // What was a file may have become a link since.
    guard let root = copy.folder.resolved(""), let path = copy.folder.resolved(copy.path),
      path.hasPrefix(root + "/")
    else { return nil }
    return try copy.folder.read(copy.path, range)
  }
}
