import Foundation

/// Writes the texts below a folder as Swift source, an enumeration `NAME` with all of them.
///
/// Used by the build only: `embed-files NAME FOLDER OUTPUT.swift`.
@main
struct EmbedFiles {
  static func main() throws {
    guard CommandLine.arguments.count == 4 else {
      FileHandle.standardError.write(Data("usage: embed-files NAME FOLDER OUTPUT.swift\n".utf8))
      exit(64)
    }
    let root = CommandLine.arguments[2]
    var source = """
      /// Texts that ship inside the program.
      enum \(CommandLine.arguments[1]) {
        /// Every file, in the order of their paths in the folder.
        static let all: [(path: String, text: String)] = [

      """
    for path in try FileManager.default.subpathsOfDirectory(atPath: root).sorted() {
      guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }), !path.hasSuffix("~"),
        let data = FileManager.default.contents(atPath: root + "/" + path)
      else { continue }
      guard let text = String(data: data, encoding: .utf8) else {
        FileHandle.standardError.write(
          Data("\(root)/\(path) is not UTF-8 text, which files inside the program have to be\n".utf8))
        exit(1)
      }
      // A raw string with more number signs than any run in the text; its lines stand at the margin.
      let marks = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
      source += "(path: \"\(path)\", text: \(marks)\"\"\"\n"
      source += text
      source += "\n\"\"\"\(marks)),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: CommandLine.arguments[3], atomically: true, encoding: .utf8)
  }

  private static func longestRun(of character: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for next in text {
      run = next == character ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}
