import Foundation
import TestSupport
import Testing

/// Runs the built program and returns its exit code and what it printed.
private func run(_ arguments: String..., in folder: String) throws -> (code: Int32, output: String, errors: String) {
  let process = Process()
  let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let candidates = [products.appending(path: "sitegen"), URL(filePath: packageFolder + "/.build/debug/sitegen")]
  let program: URL = try #require(
    candidates.first { FileManager.default.isExecutableFile(atPath: $0.path()) }, "run swift build first")
  process.executableURL = program
  process.arguments = arguments
  process.currentDirectoryURL = URL(filePath: folder)
  let output = Pipe()
  let errors = Pipe()
  process.standardOutput = output
  process.standardError = errors
  try process.run()
  let outputData = output.fileHandleForReading.readDataToEndOfFile()
  let errorData = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: outputData, as: UTF8.self), String(decoding: errorData, as: UTF8.self))
}

private let site = """
  >>> site.yaml
  title: Test
  url: https://example.org/
  theme: plain
  >>> daily/_column.md
  ---
  name: Daily
  kind: articles
  ---
  >>> daily/2026-11-20-a.md
  ---
  title: A
  ---
  Text.
  """

@Suite struct CommandTests {
  @Test func aBuildEndsInOneLine() throws {
    let workshop = try Workshop(site)
    let result = try run("build", in: workshop.path)
    #expect(result.code == 0)
    #expect(result.output.split(separator: "\n").count == 1)
    #expect(result.output.contains("pages in output, "))
    #expect(result.errors == "")
    #expect(workshop.read("output/daily/2026/a/index.html") != nil)
  }

  @Test func aMistakeIsShownAndExitsWithOne() throws {
    let workshop = try Workshop(site)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let result = try run("build", in: workshop.path)
    #expect(result.code == 1)
    #expect(result.errors.contains("content/daily/2026-11-21-b.md:2:1: error: "))
    #expect(result.errors.contains("did you mean 'title'?"))
    #expect(result.errors.contains("Not published: "))
  }

  @Test func jsonIsOneObjectALine() throws {
    let workshop = try Workshop(site)
    try workshop.write("daily/2026-11-21-b.md", "---\ntitel: B\n---\n")
    let result = try run("build", "--format", "json", in: workshop.path)
    #expect(result.code == 1)
    for line in result.output.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
    #expect(result.output.contains("\"line\":2,\"column\":1"))
  }

  @Test(arguments: [["build", "--jobs", "0"], ["build", "--as-of", "yesterday"], ["build", "--nonsense"], ["nonsense"]])
  func wrongUsageExitsWith64(arguments: [String]) throws {
    let workshop = try Workshop(site)
    let process = arguments.count == 3
      ? try run(arguments[0], arguments[1], arguments[2], in: workshop.path)
      : arguments.count == 2 ? try run(arguments[0], arguments[1], in: workshop.path) : try run(arguments[0], in: workshop.path)
    #expect(process.code == 64)
  }

  @Test func aFolderWithoutContentExitsWith74() throws {
    let workshop = try Workshop()
    let result = try run("build", in: workshop.path)
    #expect(result.code == 74)
    #expect(result.errors.contains("content"))
  }

  @Test func anOutputThatCannotBeMadeExitsWith74() throws {
    let workshop = try Workshop(site)
    try workshop.write("/blocked", "a file")
    let result = try run("build", "--output", "blocked/here", in: workshop.path)
    #expect(result.code == 74)
    #expect(result.errors.contains("blocked"))
  }
}
