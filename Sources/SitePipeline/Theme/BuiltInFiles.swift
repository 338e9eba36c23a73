import SourceText

/// The themes that ship inside the program, which are on nobody's disk.
enum BuiltInThemes {
  /// Every file: the theme's name, the path in the theme, the text.
  static let files: [(theme: String, path: String, text: String)] = ThemeFiles.all.compactMap { file in
    let parts = file.path.split(separator: "/", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1]), file.text) : nil
  }

  /// How diagnostics speak of a file of one of them: `marquee:templates/base.html`.
  static func sourcePath(_ theme: String, _ path: String) -> String { "\(theme):\(path)" }

  /// The theme and the path in it of the file that diagnostics call `sourcePath`; `nil` for any other.
  static func file(_ sourcePath: String) -> (theme: String, path: String, text: String)? {
    guard sourcePath.contains(":") else { return nil }
    return files.first { sourcePath == self.sourcePath($0.theme, $0.path) }
  }
}

extension Diagnostic {
  /// With a note on where to read the file, if it speaks of one that ships inside the program.
  var explainingBuiltInFile: Diagnostic {
    let paths = [location?.path] + notes.map(\.location?.path)
    guard let file = paths.lazy.compactMap({ $0.flatMap(BuiltInThemes.file) }).first else { return self }
    var result = self
    result.notes.append(
      Note(
        "\(file.theme) is inside the program; see it with 'sitegen theme show \(file.theme) \(file.path)'"))
    return result
  }
}
