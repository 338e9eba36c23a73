import CivilTime
import Dispatch
import Foundation
import SitePipeline
import SourceText
import YAML

/// One whole build, for programs that count what it does:
///
///     build-benchmark ROOT THEME OUTPUT
///
/// Unlike `sitegen`, its main thread waits for the build instead of ending before it, which valgrind can't follow.
@main
struct BuildBenchmark {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count == 3 else {
      print("usage: build-benchmark ROOT THEME OUTPUT")
      exit(64)
    }
    var options = Build.Options(asOf: .date(CivilDate(dayNumber: 20_783)), jobs: 2)
    options.root = words[0]
    options.theme = words[1]
    options.output = words[2]
    let build = Build(options)
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        let report = try await build.run()
        for problem in report.diagnostics where problem.severity == .error { print(problem.message) }
        print("\(report.writtenCount) files written")
        withExtendedLifetime(report) { exit(report.isPublished ? 0 : 1) }
      } catch {
        print("\(error)")
        exit(74)
      }
    }
    isDone.wait()
  }
}
