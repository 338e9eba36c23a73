import Foundation

/// Writes the files below a folder of themes as the Swift source of `BuiltInThemes`.
///
/// Used by the build only: `theme-embed THEMES OUTPUT.swift`.
@main
struct ThemeEmbed {
  static func main() throws {
    guard CommandLine.arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: theme-embed THEMES OUTPUT.swift\n".utf8))
      exit(64)
    }
    let root = CommandLine.arguments[1]
    var source = """
      /// The themes that ship inside the program.
      enum BuiltInThemes {
        /// Every file: the theme's name, the path in the theme, the text.
        static let files: [(theme: String, path: String, text: String)] = [

      """
    for path in try FileManager.default.subpathsOfDirectory(atPath: root).sorted() {
      let parts = path.split(separator: "/", maxSplits: 1)
      guard parts.count == 2, !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
        !path.hasSuffix("~"), let data = FileManager.default.contents(atPath: root + "/" + path)
      else { continue }
      guard let text = String(data: data, encoding: .utf8) else {
        FileHandle.standardError.write(
          Data("themes/\(path) is not UTF-8 text, which embedded themes have to be\n".utf8))
        exit(1)
      }
      // A raw string with more number signs than any run in the text; its lines stand at the margin.
      let marks = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
      source += "(theme: \"\(parts[0])\", path: \"\(parts[1])\", text: \(marks)\"\"\"\n"
      source += text
      source += "\n\"\"\"\(marks)),\n"
    }
    source += "  ]\n}\n"
    try source.write(toFile: CommandLine.arguments[2], atomically: true, encoding: .utf8)
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
