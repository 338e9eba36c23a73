import Columns
import Markdown
import Media
import SourceText
import Templates
import YAML

/// A picture of front matter, found among the published files.
struct ResolvedImage: Sendable {
  let entry: ImageEntry
  let link: Link
  let width: Int?
  let height: Int?
}

/// The HTML of every Markdown body, with its links leading where they lead on this site.
struct Bodies: Sendable {
  var writeUps: [Markup] = []
  var comments: [[Markup]] = []
  var images: [[ResolvedImage]] = []
  var videoPosters: [ResolvedImage?] = []
  var weeks: [Markup] = []
  var months: [Markup] = []
  var years: [Markup] = []
  var columns: [Markup] = []
  var people: [Markup] = []
  var portraits: [ResolvedImage?] = []
  var freePages: [Markup] = []
  /// What is wrong with those of write-ups, by write-up.
  var problems: [Int: [Diagnostic]] = [:]
}

/// What of a write-up is resolved by itself.
struct ResolvedWriteUp: Sendable {
  fileprivate let body: Markup
  fileprivate let comments: [Markup]
  fileprivate let images: [ResolvedImage]
  fileprivate let poster: ResolvedImage?
  let problems: [Diagnostic]

  /// Resolves every link and image of `writeUp`, on a site whose links have the form `form`.
  init(_ writeUp: WriteUp, with index: LinkIndex, _ form: LinkForm) {
    let path = writeUp.source.path
    let page = Address(writeUp.address).link(form)
    var problems: [Diagnostic] = []
    body = resolveBody(writeUp.source.body, of: path, on: page, with: index, diagnostics: &problems)
    images = writeUp.source.project.images.compactMap {
      index.resolve($0, from: path, diagnostics: &problems)
    }
    poster = writeUp.source.project.video?.poster.flatMap { poster in
      index.resolve(
        source: poster.value, at: poster.range, alternativeText: "", kind: .still, from: path,
        diagnostics: &problems)
    }
    let project = writeUp.source.project
    for link in project.links { index.check(link.address, in: path, diagnostics: &problems) }
    for step in project.statusHistory { index.check(step.address, in: path, diagnostics: &problems) }
    index.check(project.campaign?.address, in: path, diagnostics: &problems)
    index.check(project.sponsor?.address, in: path, diagnostics: &problems)
    comments = writeUp.comments.comments.map {
      resolveComment($0.source.body, of: path, on: page, with: index)
    }
    self.problems = problems
  }
}

extension Bodies {
  /// Puts what the write-up `id` came to into the place of what it was before.
  mutating func replace(_ id: ID<WriteUp>, with resolved: ResolvedWriteUp) {
    writeUps[id.index] = resolved.body
    comments[id.index] = resolved.comments
    images[id.index] = resolved.images
    videoPosters[id.index] = resolved.poster
    problems[id.index] = resolved.problems.isEmpty ? nil : resolved.problems
  }

  /// Resolves every link and image of `archive`; those that lead nowhere are reported at their places, those of
  /// write-ups in ``problems``.
  static func resolve(
    _ archive: Archive, with index: LinkIndex, jobs: Int, diagnostics: inout [Diagnostic]
  ) async throws -> Bodies {
    var result = Bodies()
    let form = archive.site.links
    func markup(_ body: MarkdownDocument?, _ path: ContentPath, _ folder: String) -> Markup {
      guard let body else { return Markup(bytes: [], slots: []) }
      return resolveBody(
        body, of: path, on: Address(folder).link(form), with: index, diagnostics: &diagnostics)
    }
    func note(_ source: PeriodSource?, _ folder: String) -> Markup {
      if let source {
        index.check(source.vote?.address, in: source.path, diagnostics: &diagnostics)
        index.check(source.vote?.sponsor?.address, in: source.path, diagnostics: &diagnostics)
      }
      return markup(source?.body, source?.path ?? ContentPath(""), folder)
    }
    result.weeks = archive.weeks.map { note($0.source, $0.address) }
    result.months = archive.months.map { note($0.source, $0.address) }
    result.years = archive.years.map { note($0.source, $0.address) }
    result.columns = archive.columns.map { markup($0.source.body, $0.source.path, $0.address) }
    result.freePages = archive.freePages.map { markup($0.source.body, $0.source.path, $0.address) }
    for person in archive.people {
      let path = person.source?.path ?? ContentPath("")
      for link in person.source?.links ?? [] {
        index.check(link.address, in: path, diagnostics: &diagnostics)
      }
      result.people.append(markup(person.source?.body, path, person.address))
      result.portraits.append(
        person.source?.portrait.flatMap { index.resolve($0, from: path, diagnostics: &diagnostics) })
    }
    let resolved = try await parallelMap(count: archive.writeUps.count, jobs: jobs) { position in
      ResolvedWriteUp(archive.writeUps[position], with: index, form)
    }
    for (position, resolved) in resolved.enumerated() {
      result.writeUps.append(resolved.body)
      result.comments.append(resolved.comments)
      result.images.append(resolved.images)
      result.videoPosters.append(resolved.poster)
      if !resolved.problems.isEmpty { result.problems[position] = resolved.problems }
    }
    return result
  }
}

/// The HTML of `body`, written in `path` and shown on the page whose link is `page`.
func resolveBody(
  _ body: MarkdownDocument, of path: ContentPath, on page: String, with index: LinkIndex,
  diagnostics: inout [Diagnostic]
) -> Markup {
  let inFull = index.linksInFull(of: body, in: path, diagnostics: &diagnostics)
  guard !body.slots.isEmpty else { return Markup(bytes: body.html, slots: inFull) }
  var slots: [MarkupSlot] = []
  slots.reserveCapacity(body.slots.count)
  for slot in body.slots {
    switch slot.fill {
    case .link(let number):
      let reference = body.links[number]
      if reference.isGenerated {
        slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(page + reference.destination))))
        continue
      }
      let place = Location(path: path.sourcePath, range: reference.range)
      switch index.resolve(
        reference.destination, from: path, page: page, anchors: body.anchors, at: place)
      {
      case .link(let link), .broken(let link):
        slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(link))))
      case .heldBack(let held, let link):
        diagnostics.append(.heldBackLink(held, at: place))
        slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(link))))
      case .unwritten(let problem, let link):
        diagnostics.append(problem)
        slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(link))))
      case .problem(let diagnostic): diagnostics.append(diagnostic)
      }
    case .image(let number):
      let reference = body.images[number]
      if let planned = index.image(reference.destination, from: path) {
        slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(percentEncoded(planned.file)))))
      } else {
        diagnostics.append(
          .missingImage(
            reference.destination, path, in: index,
            at: Location(path: path.sourcePath, range: reference.range)))
      }
    case .imageSize(let number):
      if let size = index.image(body.images[number].destination, from: path)?.source.size {
        slots.append(
          MarkupSlot(
            offset: slot.offset,
            fill: .text(Array(" width=\"\(size.width)\" height=\"\(size.height)\"".utf8))))
      }
    }
  }
  if !inFull.isEmpty { slots = (slots + inFull).sorted { $0.offset < $1.offset } }
  return Markup(bytes: body.html, slots: slots)
}

/// The HTML of a reader's comment; a link of theirs that leads nowhere leads to the page itself.
private func resolveComment(
  _ body: MarkdownDocument, of path: ContentPath, on page: String, with index: LinkIndex
) -> Markup {
  let place = Location(path: path.sourcePath, range: ByteRange(at: 0))
  var slots: [MarkupSlot] = []
  for slot in body.slots {
    guard case .link(let number) = slot.fill else { continue }
    let destination = body.links[number].destination
    var link = page
    if case .link(let found) = index.resolve(destination, from: path, page: page, anchors: [], at: place) {
      link = found
    }
    slots.append(MarkupSlot(offset: slot.offset, fill: .link(.local(link))))
  }
  return Markup(bytes: body.html, slots: slots)
}

extension LinkIndex {
  /// Reports `address`, of front matter, if it leads to what isn't there on this site. It is published as it is.
  fileprivate func check(_ address: Located<String>?, in path: ContentPath, diagnostics: inout [Diagnostic]) {
    guard let address else { return }
    _ = resolveInFull(
      address.value, from: path, at: Location(path: path.sourcePath, range: address.range),
      diagnostics: &diagnostics)
  }

  /// The places of `body`, which the file `path` holds, where a link of Markdown leads to the site itself by its address in
  /// full, and what takes its place: as for other links of the site, an address as seen from the page.
  fileprivate func linksInFull(
    of body: MarkdownDocument, in path: ContentPath, diagnostics: inout [Diagnostic]
  ) -> [MarkupSlot] {
    var slots: [MarkupSlot] = []
    var position = 0
    // Each search for what isn't there reads the rest of the text.
    var searches = 16
    for reference in body.links where reference.isExternal {
      guard
        let link = resolveInFull(
          reference.destination, from: path,
          at: Location(path: path.sourcePath, range: reference.range), diagnostics: &diagnostics)
      else { continue }
      // What Markdown writes has this form. HTML that an author wrote in another stays as it is.
      var written = ByteBuffer()
      written.append("<a href=\"")
      let quoteCount = written.bytes.count
      written.appendURL(reference.destination)
      written.append(byte: 0x22)
      guard searches > 0, let found = body.html[position...].firstRange(of: written.bytes) else {
        searches -= 1
        continue
      }
      position = found.upperBound
      slots.append(
        MarkupSlot(
          offset: found.lowerBound + quoteCount, fill: .link(.local(link)),
          replacedCount: written.bytes.count - quoteCount - 1))
    }
    for reference in body.images where reference.isExternal {
      _ = resolveInFull(
        reference.destination, from: path, at: Location(path: path.sourcePath, range: reference.range),
        diagnostics: &diagnostics)
    }
    return slots
  }

  /// The picture that an entry of front matter names.
  func resolve(
    _ entry: ImageEntry, from path: ContentPath, diagnostics: inout [Diagnostic]
  ) -> ResolvedImage? {
    resolve(
      source: entry.source.value, at: entry.source.range, alternativeText: entry.alternativeText,
      credit: entry.credit, kind: entry.kind, from: path, diagnostics: &diagnostics)
  }

  /// The picture at `source`, a path or an absolute URL written in the file `path`.
  func resolve(
    source: String, at range: ByteRange, alternativeText: String, credit: String? = nil, kind: ImageKind,
    from path: ContentPath, diagnostics: inout [Diagnostic]
  ) -> ResolvedImage? {
    let entry = ImageEntry(
      source: source, at: range, alternativeText: alternativeText, credit: credit, kind: kind)
    if source.hasPrefix("https://") || source.hasPrefix("http://") {
      _ = resolveInFull(
        source, from: path, at: Location(path: path.sourcePath, range: range), diagnostics: &diagnostics)
      return ResolvedImage(entry: entry, link: .external(source), width: nil, height: nil)
    }
    guard let planned = image(source, from: path) else {
      diagnostics.append(
        .missingImage(source, path, in: self, at: Location(path: path.sourcePath, range: range)))
      return nil
    }
    return ResolvedImage(
      entry: entry, link: .local(percentEncoded(planned.file)), width: planned.source.size?.width,
      height: planned.source.size?.height)
  }
}
