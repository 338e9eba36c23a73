import SourceText

/// Reads the sources that diagnostics speak of: files below the site's folder, or of a theme that ships
/// inside the program.
public func sourceReader(root: String) -> @Sendable (String) -> [UInt8]? {
  let folder = try? Directory.open(root)
  return { path in
    if let folder, let root = folder.resolved(""), let file = folder.resolved(path),
      file.hasPrefix(root + "/"),
      let bytes = try? folder.read(path, limit: textByteLimit)
    {
      return bytes
    }
    return BuiltInThemes.file(path).map { Array($0.text.utf8) }
  }
}
