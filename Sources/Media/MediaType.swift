/// The media type of a file that a site publishes, told from its name.
public struct MediaType: Sendable, Hashable {
  /// What the file is for.
  public enum Kind: Sendable, Hashable {
    /// What each kind is: pictures, moving pictures, sound, subtitles, fonts, pages and papers, code and data.
    case image, video, audio, subtitles, font, document, data
  }

  /// The type as HTTP, HTML and feeds say it, such as `image/jpeg`.
  public let name: String
  /// What the file is for.
  public let kind: Kind

  /// The type of files whose names end in `.` and `fileExtension`, in whichever case; `nil` when it is none
  /// that is known here.
  public init?(fileExtension: some StringProtocol) {
    let type: (String, Kind)? =
      switch fileExtension.lowercased() {
      case "jpg", "jpeg", "jpe", "jfif": ("image/jpeg", .image)
      case "png": ("image/png", .image)
      case "apng": ("image/apng", .image)
      case "gif": ("image/gif", .image)
      case "webp": ("image/webp", .image)
      case "avif": ("image/avif", .image)
      case "heic": ("image/heic", .image)
      case "heif": ("image/heif", .image)
      case "jxl": ("image/jxl", .image)
      case "svg": ("image/svg+xml", .image)
      case "ico": ("image/x-icon", .image)
      case "bmp": ("image/bmp", .image)
      case "tif", "tiff": ("image/tiff", .image)

      case "mp4", "m4v": ("video/mp4", .video)
      case "webm": ("video/webm", .video)
      case "ogv": ("video/ogg", .video)
      case "mov", "qt": ("video/quicktime", .video)
      case "mkv": ("video/matroska", .video)
      case "avi": ("video/x-msvideo", .video)
      case "mpg", "mpeg": ("video/mpeg", .video)
      case "m3u8": ("application/vnd.apple.mpegurl", .video)
      case "mpd": ("application/dash+xml", .video)

      case "mp3": ("audio/mpeg", .audio)
      case "m4a", "m4b": ("audio/mp4", .audio)
      case "aac": ("audio/aac", .audio)
      case "oga", "ogg", "opus": ("audio/ogg", .audio)
      case "weba": ("audio/webm", .audio)
      case "flac": ("audio/flac", .audio)
      case "wav": ("audio/wav", .audio)

      case "vtt": ("text/vtt", .subtitles)
      case "srt": ("application/x-subrip", .subtitles)

      case "woff2": ("font/woff2", .font)
      case "woff": ("font/woff", .font)
      case "ttf": ("font/ttf", .font)
      case "otf": ("font/otf", .font)

      case "html", "htm": ("text/html", .document)
      case "xhtml": ("application/xhtml+xml", .document)
      case "txt": ("text/plain", .document)
      case "md", "markdown": ("text/markdown", .document)
      case "pdf": ("application/pdf", .document)
      case "epub": ("application/epub+zip", .document)
      case "rtf": ("application/rtf", .document)
      case "csv": ("text/csv", .document)
      case "ics": ("text/calendar", .document)

      case "css": ("text/css", .data)
      case "js", "mjs": ("text/javascript", .data)
      case "json", "map": ("application/json", .data)
      case "webmanifest": ("application/manifest+json", .data)
      case "jsonld": ("application/ld+json", .data)
      case "xml": ("application/xml", .data)
      case "rss": ("application/rss+xml", .data)
      case "atom": ("application/atom+xml", .data)
      case "wasm": ("application/wasm", .data)
      case "zip": ("application/zip", .data)
      case "gz": ("application/gzip", .data)
      case "xsl", "xslt": ("application/xslt+xml", .data)
      case "yaml", "yml": ("application/yaml", .data)
      default: nil
      }
    guard let type else { return nil }
    (name, kind) = type
  }

  /// The type of the file at `path`, a path or a URL without a query; `nil` when its name has no known extension.
  public init?(path: some StringProtocol) {
    guard let dot = path.lastIndex(of: "."), path[dot...].firstIndex(of: "/") == nil else { return nil }
    self.init(fileExtension: path[path.index(after: dot)...])
  }

  /// Whether the file is text, which a server says the character set of.
  public var isText: Bool {
    name.hasPrefix("text/") || name.hasSuffix("+xml") || name.hasSuffix("json") || name == "application/xml"
      || name == "application/yaml"
  }
}
