import Foundation
import TestSupport
import Testing

@testable import SitePipeline

/// The Swift files below a folder of the package, as path and text.
private func sources(_ folder: String) -> [(path: String, text: String)] {
  let root = packageFolder + "/" + folder
  let names = (try? FileManager.default.subpathsOfDirectory(atPath: root)) ?? []
  return names.filter { $0.hasSuffix(".swift") }.sorted().compactMap { name in
    FileManager.default.contents(atPath: root + "/" + name)
      .map { (folder + "/" + name, String(decoding: $0, as: UTF8.self)) }
  }
}

private func imports(_ text: String) -> Set<String> {
  Set(
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard words.first?.hasPrefix("//") == false, let index = words.firstIndex(of: "import"),
        index + 1 < words.count
      else { return nil }
      return String(words[index + 1])
    })
}

@Suite struct LayerTests {
  @Test(arguments: [
    ("SourceText", []), ("CivilTime", []), ("Media", []), ("CSV", ["SourceText"]),
    ("YAML", ["SourceText", "CivilTime", "CYAML"]),
    ("Markdown", ["SourceText", "CCMark", "CMarkArena"]), ("Templates", ["SourceText", "CivilTime"]),
    ("Columns", ["SourceText", "CivilTime", "YAML", "Markdown", "CSV"]),
    ("Feeds", ["SourceText", "CivilTime"]),
    ("Search", ["SourceText"]), ("XML", ["CXML2"]),
    ("Imports", ["SourceText", "CivilTime", "YAML", "Markdown", "Columns", "XML"]),
  ])
  func importsGoDownOnly(target: String, allowed: [String]) {
    let files = sources("Sources/\(target)")
    #expect(!files.isEmpty)
    for file in files {
      #expect(imports(file.text).subtracting(allowed).isEmpty, "\(file.path) imports too much")
    }
  }

  @Test func onlyPlatformTouchesTheSystem() {
    for file in sources("Sources/SitePipeline") where !file.path.contains("/Platform/") {
      let system: Set = ["Glibc", "Musl", "Darwin", "MachO", "Foundation", "Dispatch"]
      #expect(imports(file.text).isDisjoint(with: system), "\(file.path)")
    }
  }

  @Test func eachLibraryInCStaysInOnePlace() {
    let places = [
      "CCMark": "/Markdown/", "CYAML": "/YAML/", "CXXHash": "/SitePipeline/Platform/", "CXML2": "/XML/",
    ]
    for file in sources("Sources") {
      for library in imports(file.text) {
        if let place = places[library] { #expect(file.path.contains(place), "\(file.path)") }
      }
    }
  }

  @Test(arguments: ["Columns", "CivilTime", "Imports", "sitegen"])
  func noUnsafeWhereNoRawBytesAreHandled(target: String) {
    for file in sources("Sources/\(target)") {
      #expect(!file.text.contains("unsafe "), "\(file.path)")
    }
  }

  /// The packed program has an empty libcurl (Scripts/dist/stand-ins), so that Foundation can load nothing.
  @Test func foundationLoadsNothing() {
    for file in sources("Sources") {
      for word in ["URLSession", "ProxyHTTPHandler", "contentsOf: URL"] {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }

  /// The queues of the watch and of interruptions run nothing but what the system has to tell.
  @Test func onlyParallelMapCreatesTasks() {
    let others = ["ParallelMap", "FileWatch", "FileWatch+FSEvents", "Interrupts"].map {
      "Platform/\($0).swift"
    }
    for file in sources("Sources") where !others.contains(where: { file.path.hasSuffix($0) }) {
      for word in ["TaskGroup", " Task {", "Task.detached", "DispatchQueue", " Thread("] {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }

  @Test func nothingInLibrariesEndsTheProgram() {
    for file in sources("Sources") {
      for word in [
        "fatalError(", "try!", "as!", "@unchecked Sendable", "nonisolated(unsafe)", "preconditionFailure(",
      ] {
        #expect(!file.text.contains(word), "\(file.path) has \(word)")
      }
    }
  }
}

@Suite struct ShippedThemeTests {
  /// Proof that the contract asks little of a theme, and a length that one can read before rewriting it.
  @Test func thePlainThemeStaysUnderThreeHundredLines() throws {
    let folder = packageFolder + "/themes/plain/"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".html") || $0.hasSuffix(".css") }
    let lines = names.map { name in
      FileManager.default.contents(atPath: folder + name).map { $0.count { $0 == 0x0A } } ?? 0
    }
    #expect(names.count > 15)
    #expect(lines.reduce(0, +) < 300)
  }
}

@Suite struct DocumentationTests {
  /// `sitegen theme reference > Documentation/theme-reference.md` brings it up to date.
  @Test func theThemeReferenceIsWhatTheContractSays() throws {
    let path = packageFolder + "/Documentation/theme-reference.md"
    let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
    #expect(
      text == themeReference.markdown, "run: sitegen theme reference > Documentation/theme-reference.md")
  }

  /// Every diagnostic's id in the sources, and every heading of Documentation/diagnostics.
  @Test func everyDiagnosticIsExplained() throws {
    let pattern = /"([a-z]+(?:-[a-z]+)*\/[a-z]+(?:-[a-z]+)*)"/
    var used: Set<String> = []
    for file in sources("Sources") where !file.path.contains("embed-files") {
      // Ids stand alone on their line or behind the call that makes the diagnostic.
      for line in file.text.split(separator: "\n") {
        guard !line.contains("//"), !line.contains("case "), !line.contains(": \"") else { continue }
        for match in line.matches(of: pattern) { used.insert(String(match.1)) }
      }
    }
    let folder = packageFolder + "/Documentation/diagnostics"
    var explained: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
      let text = FileManager.default.contents(atPath: folder + "/" + name).map {
        String(decoding: $0, as: UTF8.self)
      }
      for line in (text ?? "").split(separator: "\n") where line.hasPrefix("## ") {
        explained.insert(line.dropFirst(3).trimmingCharacters(in: CharacterSet(charactersIn: "` ")))
      }
    }
    // What looks like an id and is none: media types and the like.
    let areas: Set<Substring> = [
      "site", "content", "column", "write-up", "week", "comments", "person", "link", "plan", "theme",
      "publish", "status", "campaign", "ballot", "period", "ledger", "new", "import", "calendar", "fix",
      "text", "front-matter", "yaml", "field", "markdown", "template", "csv", "tally",
    ]
    let missing = used.filter { areas.contains($0.prefix { $0 != "/" }) }.subtracting(explained)
    #expect(missing.isEmpty, "not explained: \(missing.sorted())")
    #expect(used.count > 60)
  }
}
