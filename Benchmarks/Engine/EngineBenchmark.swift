import CivilTime
import Foundation
import SitePipeline
import SourceText
import Templates
import YAML

/// Renders pages of a site without writing them: how long one takes, and what it is made from, so that other
/// engines can render the same.
///
///     engine-benchmark time ROOT THEME FILE COUNT
///     engine-benchmark values ROOT THEME FOLDER
///
/// `time` renders the page `FILE` (as below output/) `COUNT` times and prints the nanoseconds that one takes of
/// a processor, the median of twenty runs. `values` writes, for every page, the values that its template can see and the
/// page itself into `FOLDER`.
@main
struct EngineBenchmark {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count >= 4, let command = arguments.first else { return usage() }
    let words = Array(arguments.dropFirst())
    var options = Build.Options(asOf: .date(CivilDate(dayNumber: 20_783)), jobs: 2)
    options.root = words[0]
    options.theme = words[1]
    let (site, report) = try await Build(options).prepare()
    guard let site else {
      for diagnostic in report.diagnostics { print(diagnostic.message) }
      exit(1)
    }
    switch (command, words.count, words.last.flatMap(Int.init)) {
    case ("time", 4, let count?):
      guard let number = site.files.firstIndex(of: words[2]) else {
        print("there is no page \(words[2])")
        exit(1)
      }
      time(site, number, count: count)
    case ("values", 3, _):
      try writeValues(of: site, into: URL(filePath: words[2]))
    default: usage()
    }
  }

  private static func usage() {
    print("usage: engine-benchmark time ROOT THEME FILE COUNT | values ROOT THEME FOLDER")
    exit(64)
  }

  private static func time(_ site: PreparedSite, _ number: Int, count: Int) {
    let renderer = site.renderer(site.bound)
    let values = site.values(ofPage: number)
    let links = site.links(ofPage: number)
    var buffer = ByteBuffer(capacity: 1 << 20)
    var partials = PartialCache()
    var runs: [Double] = []
    for _ in 0..<20 {
      let start = processorSeconds()
      for _ in 0..<max(1, count / 20) {
        buffer.removeAll()
        renderer.render(
          site.kind(ofPage: number), values: values, links: links, path: site.link(ofPage: number),
          into: &buffer, partials: &partials)
      }
      runs.append((processorSeconds() - start) / Double(max(1, count / 20)))
    }
    print("\(Int(runs.sorted()[10] * 1e9)) ns, \(buffer.count) bytes")
  }

  /// The seconds that this process has had of the processors: what else the machine does is not in it.
  private static func processorSeconds() -> Double {
    var value = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &value)
    return Double(value.tv_sec) + Double(value.tv_nsec) / 1e9
  }

  private static func writeValues(of site: PreparedSite, into folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(SiteValues.common(of: site).bytes).write(to: folder.appending(path: "site.json"))
    for number in site.files.indices {
      let page = PageValues(of: site, page: number)
      try Data(page.json.bytes).write(to: folder.appending(path: "\(number).json"))
      try Data(page.html.bytes).write(to: folder.appending(path: "\(number).html"))
    }
  }
}
