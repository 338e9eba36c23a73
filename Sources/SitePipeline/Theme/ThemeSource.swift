import Columns
import SourceText

/// The files of one theme, from a folder of `themes/` or from the program itself.
struct ThemeSource: Sendable {
  let name: String
  /// The files by their paths in the theme, with `/` between parts; diagnostics know them by ``Source/path``.
  let files: [String: Source]
  /// The paths, as diagnostics print them, of links in its folder, which are not followed.
  let links: [String]
  /// The paths, as diagnostics print them, of files and folders whose names nothing can have, and which are not read.
  let unusableNames: [String]
  /// The paths, as diagnostics print them, of files that are too large to be a template, a style sheet or words.
  let tooLarge: [String]

  /// How many bytes a template, a style sheet or a file of words may have.
  static let byteLimit = 4 << 20

  /// The theme `name`: the folder `themes/name` of the site, or else one that ships inside the program.
  ///
  /// - Throws: ``SystemError`` when a file can't be read.
  static func find(_ name: String, in themes: Directory?) throws(SystemError) -> ThemeSource? {
    // A name is a folder's, never a path.
    guard !name.contains("/"), !name.hasPrefix("."), !name.isEmpty else { return nil }
    if let themes, try themes.target(name) == .folder {
      var files: [String: Source] = [:]
      var unread = Unread()
      try collect("", of: name, from: themes, into: &files, &unread)
      return ThemeSource(
        name: name, files: files, links: unread.links.sorted(), unusableNames: unread.unusableNames.sorted(),
        tooLarge: unread.tooLarge.sorted())
    }
    let shipped = BuiltInThemes.files.filter { $0.theme == name }
    guard !shipped.isEmpty else { return nil }
    return ThemeSource(
      name: name,
      files: Dictionary(
        shipped.map { ($0.path, Source(path: BuiltInThemes.sourcePath(name, $0.path), text: $0.text)) },
        uniquingKeysWith: { first, _ in first }), links: [], unusableNames: [], tooLarge: [])
  }

  /// The names of all themes that a site could use.
  static func names(in themes: Directory?) throws(SystemError) -> [String] {
    try ownNames(in: themes).union(BuiltInThemes.files.map(\.theme)).sorted()
  }

  /// The names of the site's own themes.
  static func ownNames(in themes: Directory?) throws(SystemError) -> Set<String> {
    guard let themes else { return [] }
    var names: Set<String> = []
    // As `find` does, a link to a folder is taken for one.
    for child in try themes.names(in: "") where !child.name.hasPrefix(".") {
      if try themes.target(child.name) == .folder { names.insert(child.name) }
    }
    return names
  }

  private struct Unread {
    var links: [String] = []
    var unusableNames: [String] = []
    var tooLarge: [String] = []
  }

  private static func collect(
    _ folder: String, of theme: String, from themes: Directory, into files: inout [String: Source],
    _ unread: inout Unread
  ) throws(SystemError) {
    for child in try themes.names(in: folder.isEmpty ? theme : "\(theme)/\(folder)")
    where !child.name.hasPrefix(".") && !child.name.hasSuffix("~") {
      let path = folder.isEmpty ? child.name : folder + "/" + child.name
      let full = "\(theme)/\(path)"
      guard isUsableName(child.name) else {
        unread.unusableNames.append("themes/" + full)
        continue
      }
      switch child.entry {
      case .folder: try collect(path, of: theme, from: themes, into: &files, &unread)
      case .file:
        let isText = !path.hasPrefix("assets/") || path.hasSuffix(".css")
        let limit = isText ? byteLimit + 1 : .max
        guard let bytes = try themes.read(full, limit: limit) else {
          throw .missing("read", themes.full(full))
        }
        guard bytes.count < limit else {
          unread.tooLarge.append("themes/" + full)
          continue
        }
        files[path] = Source(path: "themes/" + full, bytes: bytes)
      case .link: unread.links.append("themes/" + full)
      case .other: continue
      }
    }
  }
}
