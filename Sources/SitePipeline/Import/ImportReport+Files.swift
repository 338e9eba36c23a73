public import SourceText

/// The files beside the site that an import writes for people.
extension ImportReport {
  /// What each report begins with, and no other file.
  static let firstLine = "sitegen import: what came of it"

  /// The kinds of files.
  public enum File: Sendable, Hashable {
    /// The report itself.
    case report
    /// The addresses of files that are still to be fetched, one a line.
    case mediaList
  }

  /// Why the file at `path` can't be written for the site in `root`; `nil` where it can be.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public static func obstacle(to file: File, at path: String, root: String) throws(SystemError) -> Diagnostic?
  {
    try file.own(at: path, root).obstacle().map { .obstacle($0, path, file) }
  }

  /// Writes a file to `path`, in the place of an earlier one of its kind; returns what kept it from that.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  public func write(_ file: File, to path: String, root: String) throws(SystemError) -> Diagnostic? {
    let bytes =
      switch file {
      case .report: self.bytes
      case .mediaList: Array(mediaToFetch.map { $0 + "\n" }.joined().utf8)
      }
    return try file.own(at: path, root).write(bytes).map { .obstacle($0, path, file) }
  }
}

extension ImportReport.File {
  fileprivate func own(at path: String, _ root: String) -> ReplaceableFile {
    ReplaceableFile(path, root: root) { former in
      switch self {
      case .report: former.starts(with: (ImportReport.firstLine + "\n").utf8)
      // wget reads each line, so that none says what the file is.
      case .mediaList:
        former.split(separator: 0x0A).allSatisfy { line in
          line.starts(with: "http://".utf8) || line.starts(with: "https://".utf8)
        }
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func obstacle(
    _ obstacle: ReplaceableFile.Obstacle, _ path: String, _ file: ImportReport.File
  ) -> Diagnostic {
    let kind = file == .report ? "report of an import" : "list of addresses alone"
    return switch obstacle {
    case .inside(let folder):
      .error(
        "import/file-in-site", "\(path) lies in \(folder)/, where only the site's own files belong", at: nil,
        fix: "write it beside content/, or anywhere else")
    case .foreign:
      .error(
        "import/foreign-file", "\(path) is there already, and no \(kind)", at: nil,
        fix: "move it away, or write to another file")
    case .changed:
      .error(
        "import/changed-file", "\(path) was changed meanwhile, and is left as it is", at: nil,
        fix: "import again, which writes it again")
    }
  }
}
