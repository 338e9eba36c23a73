/// What kind of place a destination names.
enum Destination: Equatable {
  /// None.
  case empty
  /// A place with a scheme, or one that begins with `//`.
  case external
  /// A place on the site: a path or a fragment.
  case local
  /// A scheme that can run a script or read the reader's files.
  case dangerous

  init(_ url: Span<UInt8>) {
    if url.isEmpty {
      self = .empty
    } else if url[0] == 0x2F {
      self = url.count > 1 && url[1] == 0x2F ? .external : .local
    } else if !Self.hasScheme(url) {
      self = .local
    } else if url.has(lowered: "javascript:", at: 0) || url.has(lowered: "vbscript:", at: 0)
      || url.has(lowered: "file:", at: 0) || url.has(lowered: "data:", at: 0) && !Self.isImage(url)
    {
      self = .dangerous
    } else {
      self = .external
    }
  }

  /// Whether a stranger may send readers to `url`: to a page of this site or any other, to write a letter or to call.
  static func isHarmless(_ url: Span<UInt8>) -> Bool {
    url.isEmpty || !hasScheme(url) || url.has(lowered: "http:", at: 0) || url.has(lowered: "https:", at: 0)
      || url.has(lowered: "mailto:", at: 0) || url.has(lowered: "tel:", at: 0)
  }

  /// RFC 3986: a letter, then letters, digits, `+`, `-` and `.`, and a colon.
  private static func hasScheme(_ url: Span<UInt8>) -> Bool {
    guard url[0].isLetter else { return false }
    var index = 1
    while index < url.count {
      let byte = url[index]
      if byte == 0x3A { return true }
      guard byte.isLetter || byte.isDigit || byte == 0x2B || byte == 0x2D || byte == 0x2E else {
        return false
      }
      index += 1
    }
    return false
  }

  private static func isImage(_ url: Span<UInt8>) -> Bool {
    url.has(lowered: "data:image/png", at: 0) || url.has(lowered: "data:image/gif", at: 0)
      || url.has(lowered: "data:image/jpeg", at: 0) || url.has(lowered: "data:image/webp", at: 0)
  }
}
