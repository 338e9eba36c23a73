import Dispatch
import Foundation
import Markdown
import SourceText
import Synchronization
import YAML

/// Reads every Markdown and YAML file below the folders given, on many threads at once and again and again, for the
/// thread sanitiser to watch.
@main
enum Threads {
  static func main() {
    let files = CommandLine.arguments.dropFirst().flatMap { folder in
      (FileManager.default.subpaths(atPath: folder) ?? []).sorted().compactMap { path -> Source? in
        guard path.hasSuffix(".md") || path.hasSuffix(".yaml") else { return nil }
        return FileManager.default.contents(atPath: folder + "/" + path)
          .map { Source(path: path, bytes: Array($0)) }
      }
    }
    let expected = files.map(read)
    let differing = Atomic(0)
    let rounds = 8
    DispatchQueue.concurrentPerform(iterations: files.count * rounds) { number in
      // Neighbours read one file at one time.
      let index = number / rounds
      if read(files[index]) != expected[index] { differing.add(1, ordering: .relaxed) }
    }
    let count = differing.load(ordering: .relaxed)
    print("\(files.count) files read \(rounds) times each, \(count) with another result than alone")
    if files.isEmpty || count > 0 { exit(1) }
  }

  /// The HTML of a file's text by both presets, and what is wrong with it.
  private static func read(_ file: Source) -> [[UInt8]] {
    var diagnostics: [Diagnostic] = []
    let parts = FrontMatter.split(file, diagnostics: &diagnostics)
    _ = YAML.parse(file, in: parts?.yaml, diagnostics: &diagnostics)
    let body = parts?.body ?? ByteRange(0, file.bytes.count)
    let documents = [MarkdownOptions.writeUp, .comment].map {
      parseMarkdown(file, in: body, options: $0, diagnostics: &diagnostics)
    }
    return documents.map(\.html) + diagnostics.map { Array($0.message.utf8) }
  }
}
