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
    for held in held {
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

  private var held: [HeldBack] { archive.heldBack + archive.comingPeriods }

  private func diagnostics(
    of held: [ContentPath: HeldBack], includingDrafts: Bool, assets: [ThemeAsset]
  ) async -> [Diagnostic] {
    guard !held.isEmpty else { return [] }
    let links = ComingLinks(held, among: self.held, of: content.sources, includingDrafts: includingDrafts)
    let pages = ComingPages(held, content.sources, archive)
    guard options.looksAtDrafts || isAnyDoubtful(held, links, pages) else { return links.tooEarly }
    var later = options
    later.includesFuture = true
    later.includesDrafts = later.includesDrafts || includingDrafts
    var found: [Diagnostic] = []
    let site = await content.archive(later, diagnostics: &found)
    let plan = SitePlan(site, media: content.media)
    found += ClashCheck.run(plan, records: [], search: nil, assets: assets, archive: site)
    resolve(held, of: site, with: LinkIndex(site, plan: plan, unreadable: content.sources.unreadable), &found)
    let reasons = Dictionary(uniqueKeysWithValues: held.map { ($0.key.sourcePath, $0.value.reason) })
    return links.tooEarly
      + found.compactMap { diagnostic in
        // What is wrong whether it is published or not has been said.
        guard diagnostic.severity == .error, diagnostic.id != Diagnostic.wholeAddressID else { return nil }
        if let reason = diagnostic.location.flatMap({ reasons[$0.path] }) { return diagnostic.toCome(reason) }
        // Of two files with one address either can be the one that isn't there yet.
        // Or something brings a page, as a new tag does, where somebody's own is.
        let other =
          diagnostic.notes.lazy.compactMap(\.location).first { reasons[$0.path] != nil }
          ?? pages.place(of: diagnostic)
        return other.flatMap { place in reasons[place.path].map { diagnostic.turned(to: place).toCome($0) } }
      }
  }

  /// Resolves the bodies and pictures of what is `held` back now and isn't in `site`.
  private func resolve(
    _ held: [ContentPath: HeldBack], of site: Archive, with index: LinkIndex,
    _ diagnostics: inout [Diagnostic]
  ) {
    let form = site.site.links
    for writeUp in site.writeUps where held[writeUp.source.path] != nil {
      diagnostics += ResolvedWriteUp(writeUp, with: index, form).problems
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
  private func isAnyDoubtful(
    _ held: [ContentPath: HeldBack], _ links: ComingLinks, _ pages: ComingPages
  ) -> Bool {
    let media = Set(content.media.lazy.map(\.path))
    func isPicture(_ source: String, of path: ContentPath) -> Bool {
      source.hasPrefix("https://") || source.hasPrefix("http://")
        || path.resolve(percentDecoded(source)).map(media.contains) ?? false
    }
    func isSound(_ body: MarkdownDocument, of path: ContentPath) -> Bool {
      body.images.allSatisfy { isPicture($0.destination, of: path) }
        && body.links.allSatisfy { link in
          if link.isGenerated || link.isExternal { return true }
          let place = Location(path: path.sourcePath, range: link.range)
          // No address as seen from a page is taken for sound, as that page's isn't known yet.
          switch index.resolve(
            link.destination, from: path, page: ComingMistakes.nowhere, anchors: body.anchors, at: place)
          {
          case .link, .broken, .unwritten: return true
          case .heldBack(let target, _): return links.isSound(link.destination, to: target.path)
          case .problem: return false
          }
        }
    }
    lazy var films = FilmsOfWeeks(content.sources, in: archive.zone)
    return isAnyAddressTaken(held, pages)
      || content.sources.writeUps.contains { source in
        guard held[source.path] != nil else { return false }
        let project = source.project
        let pictures = project.images.map(\.source.value) + [project.video?.poster?.value].compactMap(\.self)
        return (project.tags + project.genres + project.countries).contains { slug(for: $0.value).isEmpty }
          || !pictures.allSatisfy { isPicture($0, of: source.path) }
          || !isSound(source.body, of: source.path)
      }
      || content.sources.periods.contains { source in
        held[source.path] != nil
          && !(isSoundVote(of: source, among: films) && isSound(source.body, of: source.path))
      }
  }

  /// Whether an address of the write-ups that are `held` back, present or former, can't be, is that of another of them, or of
  /// what is there; whether letters are upper or lower case. The same of the `pages` that they bring.
  private func isAnyAddressTaken(_ held: [ContentPath: HeldBack], _ pages: ComingPages) -> Bool {
    let columns = content.sources.columns
    let folders = ColumnFolders(columns)
    var files: Set<String> = []
    for source in content.sources.writeUps {
      guard held[source.path] != nil, let column = folders[source.path.folder].map({ columns[$0] }) else {
        continue
      }
      let date = source.date.start(in: archive.zone).date
      let address = column.address(on: date, week: source.isoWeek(on: date), slug: source.slug)
      let redirects = source.aliases.map { alias in
        Redirect(alias.value, to: address, archive.site.links, at: source.location(alias.range))
      }
      // Those with a query have no file by which they could be known.
      if redirects.contains(where: { $0.query != nil }) { return true }
      for file in [Address(address).file] + redirects.map(\.file) {
        guard Diagnostic.unusablePath(file, at: nil) == nil, files.insert(file.lowercased()).inserted else {
          return true
        }
      }
    }
    return !files.isDisjoint(with: pages.files) || index.hasAny(of: files.union(pages.files))
  }

  /// Whether the vote of `source` is one in which nothing can be wrong: one that names nobody but films of its week.
  private func isSoundVote(of source: PeriodSource, among films: @autoclosure () -> FilmsOfWeeks) -> Bool {
    guard let vote = source.vote else { return true }
    if let opens = vote.opens?.value.start(in: archive.zone),
      let closes = vote.closes?.value.end(in: archive.zone),
      closes.seconds <= opens.seconds
    {
      return false
    }
    let lists = [
      vote.candidates?.map(\.value) ?? [], vote.results.map(\.project.value),
      vote.disqualified.map(\.project.value),
      vote.winners?.map(\.value) ?? [],
    ]
    if lists.allSatisfy(\.isEmpty) { return true }
    // Beyond its candidates, a file that names somebody is one that is looked at closely.
    guard case .week(let week) = source.period.value, lists.dropFirst().allSatisfy(\.isEmpty) else {
      return false
    }
    let slugs = films().slugs(of: week, beside: source.path)
    return Set(lists[0]).count == lists[0].count
      && lists[0].allSatisfy { name in slugs.count { $0 == name } == 1 }
  }

  /// A page too deep for links to climb out of.
  private static let nowhere = String(repeating: "?/", count: 32)
}

/// The slugs of all write-ups, by week.
private struct FilmsOfWeeks {
  private struct Key: Hashable {
    let column: Int?
    let week: ISOWeek
  }

  private let folders: ColumnFolders
  private var slugs: [Key: [String]] = [:]

  init(_ sources: ContentSources, in zone: TimeZoneRules) {
    folders = ColumnFolders(sources.columns)
    for film in sources.writeUps {
      let week = film.isoWeek(on: film.date.start(in: zone).date)
      slugs[Key(column: folders[film.path.folder], week: week), default: []].append(film.slug)
    }
  }

  /// Those of `week` in the column to which the file `path` belongs.
  func slugs(of week: ISOWeek, beside path: ContentPath) -> [String] {
    slugs[Key(column: folders[path.folder], week: week)] ?? []
  }
}

/// The pages that come with write-ups that are held back, of which sitegen chooses the addresses: those of terms, people,
/// weeks, months and years that nothing published has.
private struct ComingPages {
  /// Where each is said to come, by its file in lower case: by the write-up that is there first.
  private var places: [String: (place: Location, date: Timestamp)] = [:]

  /// Those that come with what is `held` back of `sources` and aren't in `archive`.
  ///
  /// - Complexity: O(*n*) in the number of terms, weeks and what is held back.
  init(_ held: [ContentPath: HeldBack], _ sources: ContentSources, _ archive: Archive) {
    let folders = ColumnFolders(sources.columns)
    for source in sources.writeUps {
      guard held[source.path] != nil, let column = folders[source.path.folder].map({ sources.columns[$0] })
      else {
        continue
      }
      let date = source.date.start(in: archive.zone)
      func add(_ address: String, at range: ByteRange) {
        let file = Address(address).file.lowercased()
        if let known = places[file], known.date.seconds <= date.seconds { return }
        places[file] = (source.location(range), date)
      }
      let project = source.project
      func add(_ names: [Located<String>], _ kind: Term.Kind) {
        for name in names {
          add(kind.address, at: name.range)
          add("\(kind.address)/\(slug(for: name.value))", at: name.range)
        }
      }
      add(project.tags, .tag)
      add(project.genres, .genre)
      add(project.countries, .country)
      let place = source.places.frontMatter
      if let format = project.format { add([Located(format.rawValue, at: place)], .format) }
      if let status = project.status { add([Located(status.rawValue, at: source.places.status)], .status) }
      for credit in project.credits where archive.personOfName[credit.name.value] == nil {
        add("people", at: credit.name.range)
        add("people/\(slug(for: credit.name.value))", at: credit.name.range)
      }
      if project.campaign != nil { add("campaigns", at: source.places.campaign) }
      let week = source.isoWeek(on: date.date)
      if column.hasWeeks {
        add(column.address(of: week), at: source.places.week)
        add(column.address(ofYear: week.year), at: source.places.week)
      }
      add(column.address(of: CivilMonth(of: date.date)), at: source.places.date)
      add(column.address(ofYear: date.date.year), at: source.places.date)
    }
    guard !places.isEmpty else { return }
    func remove(_ address: String) { places[Address(address).file.lowercased()] = nil }
    for term in archive.terms { remove(term.address) }
    for kind in Set(archive.terms.map(\.kind)) { remove(kind.address) }
    for week in archive.weeks { remove(week.address) }
    for month in archive.months { remove(month.address) }
    for year in archive.years { remove(year.address) }
    if !archive.people.isEmpty { remove("people") }
    if archive.writeUps.contains(where: { $0.source.project.campaign != nil }) { remove("campaigns") }
  }

  /// The files of all of them, in lower case.
  var files: Set<String> { Set(places.keys) }

  /// Where the page is said to come that has the same address as another by `diagnostic`, if it is one of these.
  func place(of diagnostic: Diagnostic) -> Location? {
    guard diagnostic.id == Diagnostic.clashID else { return nil }
    let message = diagnostic.message.lowercased()
    return places.filter { message.hasSuffix("/\($0.key)") }.max { $0.key.utf8.count < $1.key.utf8.count }?
      .value.place
  }
}

/// The links of write-ups that are held back to others that are.
private struct ComingLinks {
  /// Those that lead to what comes later, or not at all.
  private(set) var tooEarly: [Diagnostic] = []
  /// The places in each of the files that will be there.
  private var anchors: [ContentPath: [String]] = [:]

  /// The links of what is `held` back, to anything `among` which it is.
  init(
    _ held: [ContentPath: HeldBack], among all: [HeldBack], of sources: ContentSources, includingDrafts: Bool
  ) {
    let targets = Dictionary(all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let bodies =
      sources.writeUps.map { ($0.path, $0.body) } + sources.periods.map { ($0.path, $0.body) }
      + sources.freePages.map { ($0.path, $0.body) }
    for (path, body) in bodies {
      switch targets[path]?.reason {
      case nil, .expired: continue
      case .draft where !includingDrafts: continue
      case .draft, .future: anchors[path] = body.anchors
      }
    }
    for (path, body) in bodies {
      guard let source = held[path] else { continue }
      for link in body.links where !link.isGenerated && !link.isExternal {
        let reference = percentDecoded(link.destination.prefix { $0 != "#" && $0 != "?" })
        guard let target = path.resolve(reference).flatMap({ targets[$0] }), target.path != path,
          !isThere(target, by: source)
        else { continue }
        tooEarly.append(.heldBackLink(target, at: Location(path: path.sourcePath, range: link.range)))
      }
    }
  }

  /// Whether `target` is there once `source` is; the note of a week speaks of the films that come in it.
  private func isThere(_ target: HeldBack, by source: HeldBack) -> Bool {
    guard anchors[target.path] != nil else { return false }
    guard source.path.kind == .writeUp, case .future(let start) = source.reason,
      case .future(let date) = target.reason
    else { return true }
    return date.date <= start.date
  }

  /// Whether nothing can be wrong with `destination`, which leads to the file `path`, but what is told already.
  func isSound(_ destination: String, to path: ContentPath) -> Bool {
    let anchor = percentDecoded(destination.drop { $0 != "#" }.dropFirst())
    return anchor.isEmpty || anchor == "top" || anchors[path]?.contains(anchor) ?? true
  }
}

extension Diagnostic {
  /// The same said of the other of its two files, at `place`.
  fileprivate func turned(to place: Location) -> Diagnostic {
    var turned = self
    turned.location = place
    turned.notes = [Note("the other is here", at: location)]
    return turned
  }

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
