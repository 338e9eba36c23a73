import Foundation
import TestSupport
import Testing

/// A site with one article, which builds without a finding.
let smallSite = """
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

/// The built program.
func program() throws -> URL {
  let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
  let candidates = [
    products.appending(path: "sitegen"), URL(filePath: packageFolder + "/.build/debug/sitegen"),
  ]
  return try #require(
    candidates.first { FileManager.default.isExecutableFile(atPath: $0.path(percentEncoded: false)) },
    "run swift build first")
    as URL
}

typealias Output = (code: Int32, output: String, errors: String)

/// Runs the program and returns its exit code and what it printed.
func run(_ arguments: String..., in folder: String) throws -> Output {
  try run(try program(), arguments, in: folder)
}

/// Runs the program and returns its exit code and what it printed.
func run(_ arguments: [String], in folder: String) throws -> Output {
  try run(try program(), arguments, in: folder)
}

/// Runs a shell command in which `$0` is the program.
func run(shell command: String, in folder: String) throws -> Output {
  try run(URL(filePath: "/bin/sh"), ["-c", command, try program().path(percentEncoded: false)], in: folder)
}

func run(_ executable: URL, _ arguments: [String], in folder: String) throws -> Output {
  let process = Process()
  process.executableURL = executable
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
  return (
    process.terminationStatus, String(decoding: outputData, as: UTF8.self),
    String(decoding: errorData, as: UTF8.self)
  )
}
