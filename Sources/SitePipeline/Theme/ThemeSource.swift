import Columns
import SourceText

/// The files of one theme, from a folder of `themes/` or from the program itself.
struct ThemeSource: Sendable {
  let name: String
  /// The files by their paths in the theme, with `/` between parts; diagnostics know them by ``Source/path``.
  let files: [String: Source]

  /// The theme `name`: the folder `themes/name` of the site, or else one that ships inside the program.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func find(_ name: String, in themes: Directory?) throws(SystemError) -> ThemeSource? {
    if let themes, try themes.entry(name) == .folder {
      var files: [String: Source] = [:]
      try collect(name, from: themes, into: &files)
      return ThemeSource(
        name: name,
        files: Dictionary(
          uniqueKeysWithValues: files.map { (String($0.key.dropFirst(name.utf8.count + 1)), $0.value) }))
    }
    let shipped = BuiltInThemes.files.filter { $0.theme == name }
    guard !shipped.isEmpty else { return nil }
    return ThemeSource(
      name: name,
      files: Dictionary(
        shipped.map { ($0.path, Source(path: "themes/\(name)/\($0.path)", text: $0.text)) },
        uniquingKeysWith: { first, _ in first }))
  }

  /// The names of all themes that a site could use.
  static func names(in themes: Directory?) throws(SystemError) -> [String] {
    var names = Set(BuiltInThemes.files.map(\.theme))
    if let themes {
      for child in try themes.names(in: "") where child.entry == .folder { names.insert(child.name) }
    }
    return names.sorted()
  }

  private static func collect(
    _ folder: String, from themes: Directory, into files: inout [String: Source]
  ) throws(SystemError) {
    for child in try themes.names(in: folder) where !child.name.hasPrefix(".") && !child.name.hasSuffix("~") {
      let path = folder + "/" + child.name
      switch child.entry {
      case .folder: try collect(path, from: themes, into: &files)
      case .file:
        files[path] = Source(path: "themes/" + path, bytes: try themes.read(path) ?? [])
      case .link, .other: continue
      }
    }
  }
}
