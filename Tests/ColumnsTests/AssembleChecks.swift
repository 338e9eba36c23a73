import Testing
import CivilTime
import SourceText
import TestSupport
import YAML

@testable import Columns

/// A site's archive and what was said of it, as of 2026-11-23 unless told otherwise.
struct Assembled {
  let archive: Archive
  let diagnostics: [Diagnostic]
  let lines: [String]

  /// Parses and assembles the files of `text`; a site.yaml and a column `daily` are there if it has none.
  init(
    _ text: String, asOf: String = "2026-11-23T12:00:00Z", zone: TimeZoneRules = .utc, drafts: Bool = false,
    future: Bool = false, smart: Bool = true
  ) throws {
    let site = SiteText(text)
    var diagnostics: [Diagnostic] = []
    let configuration = Source(path: "content/site.yaml", text: "title: Test\n")
    var reader = FieldReader(
      YAML.parse(configuration, diagnostics: &diagnostics), in: configuration.path, at: ByteRange(at: 0),
      fields: SiteConfiguration.fields)
    var sources = ContentSources(site: try #require(SiteConfiguration(&reader)))
    var files = site.files
    if !files.contains(where: { $0.path.hasSuffix("_column.md") }) {
      files.append((path: "daily/_column.md", text: "---\nname: Daily\nkind: articles\nweeks: true\n---\n"))
    }
    for file in files {
      let path = ContentPath(file.path)
      let source = Source(path: path.sourcePath, text: file.text)
      switch path.kind {
      case .column:
        if let file = ColumnSource.parse(source, at: path, smartPunctuation: smart, diagnostics: &diagnostics)
        {
          sources.columns.append(file)
        } else {
          sources.unreadable.insert(path)
        }
      case .period(let kind):
        if let file = PeriodSource.parse(
          source, at: path, as: kind, smartPunctuation: smart, diagnostics: &diagnostics)
        {
          sources.periods.append(file)
        } else {
          sources.unreadable.insert(path)
        }
      case .writeUp:
        if let file = WriteUpSource.parse(
          source, at: path, smartPunctuation: smart, diagnostics: &diagnostics)
        {
          sources.writeUps.append(file)
        } else {
          sources.unreadable.insert(path)
        }
      case .comments:
        sources.comments.append(.parse(source, at: path, smartPunctuation: smart, diagnostics: &diagnostics))
      case .person:
        if let file = PersonSource.parse(source, at: path, smartPunctuation: smart, diagnostics: &diagnostics)
        {
          sources.people.append(file)
        } else {
          sources.unreadable.insert(path)
        }
      case .freePage:
        if let file = FreePageSource.parse(
          source, at: path, smartPunctuation: smart, diagnostics: &diagnostics)
        {
          sources.freePages.append(file)
        } else {
          sources.unreadable.insert(path)
        }
      case .site, .media: continue
      }
    }
    archive = Archive.assemble(
      sources,
      options: AssemblyOptions(
        asOf: try #require(Timestamp(rfc3339: asOf)), zone: zone, includesDrafts: drafts,
        includesFuture: future),
      diagnostics: &diagnostics)
    self.diagnostics = diagnostics + archive.similarNames
    lines = site.lines(self.diagnostics)
  }

  /// The vote of a week, month or year of the first column, by its name.
  func ballot(_ period: String) -> Ballot? { archive.ballots.first { $0.period.description == period } }

  /// The slugs of `writeUps`.
  func slugs(_ writeUps: [ID<WriteUp>]) -> [String] { writeUps.map { archive.writeUps[$0].source.slug } }
}
