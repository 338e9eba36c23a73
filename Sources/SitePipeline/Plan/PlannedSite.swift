import CivilTime
import Columns
import SourceText
import Templates

/// A site with everything in its place, and what became of its links on the way.
struct PlannedSite: Sendable {
  let model: SiteModel
  /// Where everything that a file can point at is.
  let index: LinkIndex
  /// What is wrong with addresses and links, but for those that write-ups hold; ``Bodies/problems`` has them.
  let diagnostics: [Diagnostic]
}

extension PlannedSite {
  /// Plans the site of `archive`, which `content` was assembled into, with the words and assets of `theme` if it has a
  /// theme that can be used.
  ///
  /// - Throws: when the task is cancelled.
  init(
    _ archive: Archive, _ content: Content, _ search: SearchFiles?, theme: Theme?, _ options: Build.Options
  ) async throws {
    // Needs nothing of the plan, so that it is made beside it.
    async let titleIndexes = TitleIndexes(archive)
    let plan = SitePlan(archive, media: content.media)
    let words = FeedWords(theme?.input.strings ?? [:])
    async let checked = {
      let records = plan.records(of: archive, words)
      return (
        records,
        ClashCheck.run(plan, records: records, search: search, assets: theme?.assets ?? [], archive: archive)
      )
    }()
    var diagnostics: [Diagnostic] = []
    index = LinkIndex(archive, plan: plan, unreadable: content.sources.unreadable)
    let menu = index.resolveMenu(archive.site, diagnostics: &diagnostics)
    let bodies = try await Bodies.resolve(
      archive, with: index, jobs: options.jobs, diagnostics: &diagnostics)
    diagnostics += await ComingMistakes(archive, content, index, options).diagnostics(
      assets: theme?.assets ?? [])
    let crews = Crews(archive)
    let coWorkers = try await parallelMap(count: archive.people.count, jobs: options.jobs) { number in
      crews.coWorkers(of: archive.people[number], number: number, limit: 12)
    }
    let (records, clashes) = await checked
    self.diagnostics = diagnostics + clashes + plan.sharedFormerFolders(archive)
    model = await SiteModel(
      archive, plan: plan, menu: menu, bodies: bodies, search: search,
      titleIndexes: titleIndexes, coWorkers: coWorkers, records: records, generator: options.generator,
      words: words)
  }
}

extension Content {
  /// The archive that it comes to, put together by several tasks at once.
  func archive(_ options: Build.Options, diagnostics: inout [Diagnostic]) async -> Archive {
    let assembly = Assembly(sources, options: options.assembly(in: zone))
    async let cast = assembly.cast()
    async let terms = assembly.terms()
    async let schedule = assembly.schedule()
    return await assembly.archive(
      cast: cast, terms: terms, schedule: schedule, diagnostics: &diagnostics)
  }
}

extension Build.Options {
  /// What a site whose bare dates are those of `zone` is assembled with.
  func assembly(in zone: TimeZoneRules) -> AssemblyOptions {
    var assembly = AssemblyOptions(
      asOf: asOf.start(in: zone), zone: zone, includesDrafts: includesDrafts, includesFuture: includesFuture)
    assembly.looksAtDrafts = looksAtDrafts
    return assembly
  }
}
