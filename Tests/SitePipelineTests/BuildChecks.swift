import CivilTime
import SourceText
import TestSupport
import Testing
import YAML

@testable import SitePipeline

/// A small site with everything that pages are made from.
let smallSite = """
  >>> site.yaml
  title: Small & Fine
  url: https://example.org/sub/
  theme: plain
  timezone: America/New_York
  >>> daily/_column.md
  ---
  name: Project of the Day
  ---
  Every day.
  >>> daily/w47/_week.md
  ---
  week: 2026-W47
  vote: {closes: 2026-11-22T17:00:00-05:00, results: [{project: salt-road, votes: 3}]}
  ---
  A dry week.
  >>> daily/w47/salt-road.md
  ---
  title: Salt Road
  date: 2026-11-20
  format: documentary-feature
  logline: The last caravan.
  status: production
  credits: [{role: Director, name: Ann Shinn}]
  tags: [desert]
  aliases: [/old/salt/]
  ---
  See [the tide](tide.md#about) and [about](/pages/about.md).
  >>> daily/w47/tide.md
  ---
  title: Tide
  date: 2026-11-19
  format: short
  logline: Water comes back.
  status: released
  credits: [{role: Director, name: 김민수}]
  ---
  ## About

  Wet.
  >>> pages/about.md
  ---
  title: About
  ---
  Us.
  """

/// Builds the site of a workshop as of 2026-11-23.
func build(
  _ workshop: Workshop, asOf: String = "2026-11-23T12:00:00Z", jobs: Int = 2, output: String = "output",
  _ adjust: (inout Build.Options) -> Void = { _ in }
) async throws -> Build.Report {
  var options = Build.Options(asOf: .timestamp(try #require(Timestamp(rfc3339: asOf))), jobs: jobs)
  options.root = workshop.path
  options.output = workshop.path + "/" + output
  adjust(&options)
  return try await Build(options).run()
}

/// What a build of `files`, added to the small site, finds: lines `path:line:column id`.
func findings(_ files: String, in site: String = smallSite) async throws -> [String] {
  let workshop = try Workshop(site)
  try workshop.write(files)
  let report = try await build(workshop)
  return SiteText(site + "\n" + files).linesOfLastFiles(report.diagnostics)
}

extension SiteText {
  /// As `lines`, with a file that is written twice counting as written last.
  func linesOfLastFiles(_ diagnostics: [Diagnostic]) -> [String] {
    var seen: Set<String> = []
    let last = files.reversed().filter { seen.insert($0.path).inserted }
    return SiteText(last.map { ">>> \($0.path)\n\($0.text)" }.joined()).lines(diagnostics)
  }
}
