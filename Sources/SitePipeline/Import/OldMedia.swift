import Columns

/// The files of the old site that were downloaded, found by their paths there.
struct OldMedia: Sendable {
  private let folder: Directory?
  private let content: Directory
  private let host: String
  private let columns: Set<String>

  init(_ folder: Directory?, content: Directory, host: String, columns: Set<String>) {
    self.folder = folder
    self.content = content
    self.host = host
    self.columns = columns
  }

  /// Whether a file of the old site is at hand, or was copied before.
  func has(_ path: String) -> Bool {
    guard isMedia(path) else { return false }
    return (try? content.entry(path)) == .file || original(of: path) != nil
  }

  /// The downloaded file, below its folder: at its whole path, with or without its host, or below `uploads/`.
  func original(of path: String) -> (name: String, folder: Directory)? {
    guard let folder, isMedia(path) else { return nil }
    var names = [path, "\(host)/\(path)", "www.\(host)/\(path)"]
    if let uploads = path.firstRange(of: "uploads/") {
      names += [String(path[uploads.lowerBound...]), String(path[uploads.upperBound...])]
    }
    // A link could show any file of the system.
    for name in names where (try? folder.entry(name)) == .file && folder.holdsFolder(of: name) {
      return (name, folder)
    }
    return nil
  }

  /// Whether a file of that name is a picture, a recording or a document; other files may run where a site is hosted, or in
  /// a reader's browser, and are for somebody to look at.
  static func isPublishable(_ path: String) -> Bool {
    let endings = path.split(separator: "/").last?.lowercased().split(separator: ".").dropFirst() ?? []
    guard let last = endings.last, kinds.contains(String(last)) else { return false }
    // Some servers run what has such an ending anywhere in its name.
    return !endings.dropLast().contains { programs.contains(String($0)) || $0.hasPrefix("php") }
  }

  private static let kinds: Set<String> = [
    "jpg", "jpeg", "jpe", "png", "gif", "webp", "avif", "bmp", "ico", "tif", "tiff", "heic", "mp3", "m4a",
    "m4b",
    "ogg", "oga", "opus", "wav", "flac", "aac", "mp4", "m4v", "mov", "webm", "ogv", "avi", "mpg", "mpeg",
    "wmv",
    "3gp", "pdf", "txt", "rtf", "csv", "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "pps",
    "ppsx",
    "odp", "key", "epub", "srt", "vtt", "zip",
  ]

  private static let programs: Set<String> = [
    "phtml", "phar", "pht", "cgi", "pl", "py", "rb", "asp", "aspx", "jsp", "shtml", "htm", "html", "xhtml",
    "js",
    "svg", "htaccess",
  ]

  /// Whether a build publishes a file of that path as it is, and no column, page or person is there.
  private func isMedia(_ path: String) -> Bool {
    let first = String(path.prefix { $0 != "/" })
    let path = ContentPath(path)
    return Self.isPublishable(path.text) && path.kind == .media && path.nearMiss == nil
      && path.text.contains("/") && !columns.contains(first)
      && first != "pages" && first != "people"
      && path.text.split(separator: "/").allSatisfy { isUsableName(String($0)) }
  }
}
