import CivilTime
import Columns
import Feeds
import Media
import SourceText
import Templates

/// A site without mistakes, of which every file of the output can be made when it is asked for.
struct ShownSite: Sendable {
  /// A file of the output that isn't an asset.
  private enum Output: Sendable {
    case page(Int)
    case feed(Int)
    case machineFile(Int)
    case digest(ID<Week>)
    case media(Int)
    case record(Int)
  }

  let model: SiteModel
  let theme: Theme
  /// The number of the plan that ``model`` has.
  private let planNumber: Int
  private let rendering: PageRendering
  private let folder: Directory
  /// The outputs by their paths below `output/`.
  private let outputs: [String: Output]
  private let assets: [String: Int]

  /// The site of `model` in `theme`, whose media are in `folder`; what `former` has of the same plan is taken over.
  init(_ model: SiteModel, _ theme: Theme, _ folder: Directory, planNumber: Int, former: ShownSite?) {
    self.planNumber = planNumber
    self.model = model
    self.theme = theme
    self.folder = folder
    rendering = PageRendering(model, theme: theme)
    if let former, former.planNumber == planNumber {
      outputs = former.outputs
    } else {
      outputs = ShownSite.outputs(of: model)
    }
    assets = Dictionary(
      theme.assets.enumerated().map { ($1.file, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same site in `theme`.
  func with(_ theme: Theme) -> ShownSite {
    ShownSite(model, theme, folder, planNumber: planNumber, former: self)
  }

  /// The kind of the page at `path`, or else that of the page for what isn't there; `nil` for files of other kinds.
  func kind(ofPageAt path: String) -> PageKindID? {
    switch (outputs[path], assets[path]) {
    case (.page(let index), nil): model.plan.pages[index].subject.kind
    case (nil, nil): Subject.notFound.kind
    default: nil
    }
  }

  private static func outputs(of model: SiteModel) -> [String: Output] {
    let plan = model.plan
    var outputs: [String: Output] = [:]
    outputs.reserveCapacity(plan.pages.count + plan.media.count + plan.machineFiles.count)
    for (index, record) in model.records.enumerated() { outputs[record.file] = .record(index) }
    for (index, files) in plan.feeds.files.enumerated() {
      for (_, file) in files { outputs[file] = .feed(index) }
    }
    for week in plan.feeds.digests {
      for file in model.archive.weeks[week].digestFiles { outputs[file] = .digest(week) }
    }
    for (index, file) in plan.machineFiles.enumerated() {
      outputs[file.file(in: model.archive)] = .machineFile(index)
    }
    for (index, media) in plan.media.enumerated() { outputs[media.file] = .media(index) }
    for (index, page) in plan.pages.enumerated() { outputs[page.file] = .page(index) }
    return outputs
  }
}

/// A file as it is shown.
public struct PreviewFile: Sendable {
  /// Where its bytes are.
  public enum Content: Sendable {
    /// They were made just now.
    case bytes([UInt8])
    /// They lie in `content/`, for ``Preview/read(_:_:)``.
    case copy(PreviewCopy)
  }

  /// The bytes, as a build writes them.
  public let content: Content
  /// The media type, with its character set where it is text.
  public let mediaType: String
  /// Whether its name is made from what it holds, so that under it nothing else is ever to be found.
  public var isNamedByContent = false
  /// What stopped its template from being rendered to the end.
  public var problem: Diagnostic?
  /// Why a build would leave it out.
  public var unpublished: Unpublication?
}

/// A file of `content/` that is published as it is.
public struct PreviewCopy: Sendable {
  let folder: Directory
  let path: String
}

/// Why a build leaves something out that the preview shows.
public enum Unpublication: Sendable, Hashable {
  /// It says `draft: true`.
  case draft
  /// Its day is still to come.
  case future(CivilDate)
}

extension ShownSite {
  /// The file that a build has at `path` below `output/`; `nil` when there is none, and for the files of the search.
  func file(at path: String) -> PreviewFile? {
    if let asset = assets[path] {
      var file = file(path, .bytes(theme.assets[asset].bytes))
      file.isNamedByContent = true
      return file
    }
    switch outputs[path] {
    case nil: return nil
    case .page(let index): return page(index)
    case .feed(let index): return bytes(path, among: model.renderFeed(index))
    case .digest(let week): return bytes(path, among: model.renderDigest(week))
    case .machineFile(let index): return file(path, .bytes(model.renderMachineFile(index)))
    case .record(let index): return file(path, .bytes(model.records[index].bytes))
    case .media(let index):
      let source = model.plan.media[index].source.path.text
      return file(path, .copy(PreviewCopy(folder: folder, path: source)))
    }
  }

  /// The page for what isn't there, with links that hold wherever that would be.
  func missingPage() -> PreviewFile? {
    guard let index = model.plan.pages.firstIndex(where: { $0.subject == .notFound }) else { return nil }
    return page(index, links: .absolute(base: "/"))
  }

  private func page(_ index: Int, links: LinkStyle? = nil) -> PreviewFile {
    var state = rendering.state()
    let problem = rendering.render(index, &state, links: links)
    var file = file(model.plan.pages[index].file, .bytes(state.buffer.bytes))
    file.problem = problem?.explainingBuiltInFile
    file.unpublished = unpublication(of: model.plan.pages[index].subject)
    return file
  }

  private func bytes(_ path: String, among files: [(file: String, bytes: [UInt8])]) -> PreviewFile? {
    files.first { $0.file == path }.map { file(path, .bytes($0.bytes)) }
  }

  private func file(_ path: String, _ content: PreviewFile.Content) -> PreviewFile {
    // Servers' maps have endings of their own, and are to be read.
    let isRecord = outputs[path].map(isRecord) ?? false
    guard let type = MediaType(path: path) ?? (isRecord ? MediaType(fileExtension: "txt") : nil) else {
      return PreviewFile(content: content, mediaType: "application/octet-stream")
    }
    return PreviewFile(
      content: content, mediaType: type.isText ? type.name + "; charset=utf-8" : type.name)
  }

  private func isRecord(_ output: Output) -> Bool { if case .record = output { true } else { false } }

  private func unpublication(of subject: Subject) -> Unpublication? {
    switch subject {
    case .writeUp(let id): unpublication(of: model.archive.writeUps[id])
    case .freePage(let id): model.archive.freePages[id].source.isDraft ? .draft : nil
    default: nil
    }
  }

  private func unpublication(of writeUp: WriteUp) -> Unpublication? {
    if writeUp.source.isDraft { return .draft }
    return writeUp.isFuture ? .future(writeUp.date.date) : nil
  }

  /// The links of everything that a build would leave out, from the site's root, with why.
  var unpublished: [(link: String, reason: Unpublication)] {
    let archive = model.archive
    let writeUps = archive.writeUps.indices.compactMap { index in
      unpublication(of: archive.writeUps[index]).map { (model.links.writeUps[index], $0) }
    }
    return writeUps
      + archive.freePages.indices.filter { archive.freePages[$0].source.isDraft }
      .map { (model.links.freePages[$0], .draft) }
  }
}

// MARK: - The search

extension ShownSite {
  /// Whether `path` is the search page, or may be a file of the index: those need ``with(_:)-(SearchFiles)``.
  func needsSearch(_ path: String) -> Bool {
    guard model.archive.site.hasSearch, model.search == nil else { return false }
    if case .page(let index)? = outputs[path] { return model.plan.pages[index].subject == .search }
    return path.hasPrefix("search/") && outputs[path] == nil
  }

  /// The same site with its index, `search`.
  func with(_ search: SearchFiles) -> ShownSite {
    let model = SiteModel(model, archive: model.archive, bodies: model.bodies, search: search)
    return ShownSite(model, theme, folder, planNumber: planNumber, former: self)
  }

  /// The file of the index at `path`.
  func searchFile(at path: String) -> PreviewFile? {
    model.search?.bytes(of: path).map { file(path, .bytes($0)) }
  }

  /// The paths of all files but those of the search.
  var paths: [String] { Array(outputs.keys) + Array(assets.keys) }
}
