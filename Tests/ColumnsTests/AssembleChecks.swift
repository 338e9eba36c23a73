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
    future: Bool = false
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
        ColumnSource.parse(source, at: path, diagnostics: &diagnostics).map { sources.columns.append($0) }
      case .week:
        WeekSource.parse(source, at: path, diagnostics: &diagnostics).map { sources.weeks.append($0) }
      case .writeUp:
        WriteUpSource.parse(source, at: path, smartPunctuation: true, diagnostics: &diagnostics)
          .map { sources.writeUps.append($0) }
      case .comments: sources.comments.append(.parse(source, at: path, diagnostics: &diagnostics))
      case .person:
        PersonSource.parse(source, at: path, diagnostics: &diagnostics).map { sources.people.append($0) }
      case .freePage:
        FreePageSource.parse(source, at: path, diagnostics: &diagnostics).map { sources.freePages.append($0) }
      case .site, .media: continue
      }
    }
    archive = Archive.assemble(
      sources,
      options: AssemblyOptions(
        asOf: try #require(Timestamp(rfc3339: asOf)), zone: zone, includesDrafts: drafts,
        includesFuture: future),
      diagnostics: &diagnostics)
    self.diagnostics = diagnostics
    lines = site.lines(diagnostics)
  }
}
