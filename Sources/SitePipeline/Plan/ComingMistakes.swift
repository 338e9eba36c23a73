import CivilTime
import Columns
import Markdown
import SourceText
import YAML

/// Looks for the broken links and missing pictures of what isn't published yet, while there is time to mend them: on its
/// day each of them stops the build.
///
/// What could be broken is told from what is published now. Only where something could be is the site planned as it
/// will be, as links lead to what comes as well.
struct ComingMistakes {
  private let archive: Archive
  private let content: Content
  private let index: LinkIndex
  private let options: Build.Options

  /// A look at what `content` holds beyond `archive`, whose pages are in `index`.
  init(_ archive: Archive, _ content: Content, _ index: LinkIndex, _ options: Build.Options) {
    self.archive = archive
    self.content = content
    self.index = index
    self.options = options
  }

  /// The mistakes of what has a day, and of drafts if the options say so, as warnings.
  ///
  /// - Complexity: O(1) if nothing is held back.
  func diagnostics(assets: [ThemeAsset]) async -> [Diagnostic] {
    var coming: [ContentPath: HeldBack] = [:]
    var drafts: [ContentPath: HeldBack] = [:]
    for held in archive.heldBack + archive.comingPeriods {
      switch held.reason {
      case .future: coming[held.path] = held
      case .draft where options.looksAtDrafts: drafts[held.path] = held
      case .draft, .expired: break
      }
    }
    var result = await diagnostics(of: coming, includingDrafts: false, assets: assets)
    result += await diagnostics(of: drafts, includingDrafts: true, assets: assets)
    return result
  }

  private func diagnostics(
    of held: [ContentPath: HeldBack], includingDrafts: Bool, assets: [ThemeAsset]
  ) async -> [Diagnostic] {
    guard !held.isEmpty, options.looksAtDrafts || isAnyDoubtful(held) else { return [] }
    var later = options
    later.includesFuture = true
    later.includesDrafts = later.includesDrafts || includingDrafts
    var found: [Diagnostic] = []
    let site = await content.archive(later, diagnostics: &found)
    let plan = SitePlan(site, media: content.media)
    found += ClashCheck.run(plan, records: [], search: nil, assets: assets, archive: site)
    resolve(held, of: site, with: LinkIndex(site, plan: plan, unreadable: content.sources.unreadable), &found)
    let reasons = Dictionary(uniqueKeysWithValues: held.map { ($0.key.sourcePath, $0.value.reason) })
    return found.compactMap { diagnostic in
      guard let reason = diagnostic.location.flatMap({ reasons[$0.path] }) else { return nil }
      if diagnostic.severity == .error { return diagnostic.toCome(reason) }
      return diagnostic.id == Diagnostic.heldBackLinkID ? diagnostic : nil
    }
  }

  /// Resolves the bodies and pictures of what is `held` back now and isn't in `site`.
  private func resolve(
    _ held: [ContentPath: HeldBack], of site: Archive, with index: LinkIndex,
    _ diagnostics: inout [Diagnostic]
  ) {
    let form = site.site.links
    var scheduled: [ContentPath: WriteUp] = [:]
    for writeUp in site.writeUps {
      if case .future = held[writeUp.source.path]?.reason { scheduled[writeUp.source.path] = writeUp }
    }
    for writeUp in site.writeUps where held[writeUp.source.path] != nil {
      let source = writeUp.source
      diagnostics += ResolvedWriteUp(writeUp, with: index, form).problems
      guard scheduled[source.path] != nil else { continue }
      for link in source.body.links where !link.isGenerated {
        let path = link.destination.prefix { $0 != "#" && $0 != "?" }
        if let target = source.path.resolve(percentDecoded(path)).flatMap({ scheduled[$0] }),
          target.date.date > writeUp.date.date, let held = held[target.source.path]
        {
          diagnostics.append(.heldBackLink(held, at: source.location(link.range)))
        }
      }
    }
    let notes =
      site.weeks.map { ($0.source, $0.address) } + site.months.map { ($0.source, $0.address) }
      + site.years.map { ($0.source, $0.address) }
    for (source, address) in notes {
      guard let source, held[source.path] != nil else { continue }
      _ = resolveBody(
        source.body, of: source.path, on: Address(address).link(form), with: index,
        diagnostics: &diagnostics)
    }
    for page in site.freePages where held[page.source.path] != nil {
      _ = resolveBody(
        page.source.body, of: page.source.path, on: Address(page.address).link(form), with: index,
        diagnostics: &diagnostics)
    }
  }

  /// Whether anything that is `held` back could hold something broken, by what is published now.
  private func isAnyDoubtful(_ held: [ContentPath: HeldBack]) -> Bool {
    let media = Set(content.media.lazy.map(\.path))
    func isPicture(_ source: String, of path: ContentPath) -> Bool {
      source.hasPrefix("https://") || source.hasPrefix("http://")
        || path.resolve(percentDecoded(source)).map(media.contains) ?? false
    }
    func isSound(_ body: MarkdownDocument, of path: ContentPath) -> Bool {
      body.images.allSatisfy { isPicture($0.destination, of: path) }
        && body.links.allSatisfy { link in
          if link.isGenerated { return true }
          let place = Location(path: path.sourcePath, range: link.range)
          // No address as seen from a page is taken for sound, as that page's isn't known yet.
          switch index.resolve(
            link.destination, from: path, page: ComingMistakes.nowhere, anchors: body.anchors, at: place)
          {
          case .link, .broken: return true
          case .heldBack, .problem: return false
          }
        }
    }
    return content.sources.writeUps.contains { source in
      guard held[source.path] != nil else { return false }
      let project = source.project
      let pictures = project.images.map(\.source.value) + [project.video?.poster?.value].compactMap(\.self)
      return !pictures.allSatisfy { isPicture($0, of: source.path) } || !isSound(source.body, of: source.path)
    }
      || content.sources.periods.contains { source in
        held[source.path] != nil && (source.vote != nil || !isSound(source.body, of: source.path))
      }
  }

  /// A page too deep for links to climb out of.
  private static let nowhere = String(repeating: "?/", count: 32)
}

extension Diagnostic {
  /// A mistake of what is held back for `reason`: a warning of what becomes of it.
  fileprivate func toCome(_ reason: HeldBack.Reason) -> Diagnostic {
    var warning = self
    warning.severity = .warning
    let time =
      switch reason {
      case .future(let date): "from \(date.date), when this is due,"
      case .draft, .expired: "once this is no draft any more,"
      }
    warning.message += "; \(time) that stops the build"
    return warning
  }
}
