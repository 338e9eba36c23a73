import SourceText

/// The target of a link: a page of the site, or something elsewhere.
public enum Link: Sendable, Hashable {
  /// A path inside the site, percent-encoded, without a leading slash: `a/b/`, or empty for the home page.
  /// It may carry a `#fragment`.
  case local(String)
  /// An absolute URL.
  case external(String)
}

/// How links to pages of the site are written.
public enum LinkStyle: Sendable, Hashable {
  /// As seen from a page: `prefix` leads from the page's folder to the site's root (`../../`, or empty), and
  /// `page` is the path of the page itself, so that a link into it is only a `#fragment`.
  case relative(prefix: String, page: String)
  /// In full: `base` is the site's URL with a slash at its end.
  case absolute(base: String)
}

extension LinkStyle {
  /// Appends `link`, escaped for an attribute or for text.
  public func write(_ link: Link, into buffer: inout ByteBuffer) {
    switch link {
    case .external(let url): buffer.append(url, escaping: .jinja)
    case .local(let path): writeLocal(path, into: &buffer)
    }
  }

  /// `link` as plain text, not escaped.
  public func text(_ link: Link) -> String {
    guard case .local(let path) = link else {
      if case .external(let url) = link { return url }
      return ""
    }
    switch self {
    case .absolute(let base): return base + path
    case .relative(let prefix, let page):
      if let hash = path.utf8.firstIndex(of: 0x23), path[..<hash] == page { return String(path[hash...]) }
      // From a page at the root, the home page and what looks like a scheme need a path to begin with.
      return (prefix.isEmpty && needsDot(path) ? "./" : prefix) + path
    }
  }

  private func writeLocal(_ path: String, into buffer: inout ByteBuffer) {
    if case .relative(let prefix, _) = self, !prefix.isEmpty, !path.contains(byte: 0x23) {
      buffer.append(prefix)
      buffer.append(path, escaping: .jinja)
    } else {
      buffer.append(text(.local(path)), escaping: .jinja)
    }
  }

  private func needsDot(_ path: String) -> Bool {
    guard let first = path.utf8.first, first != 0x23, first != 0x3F else { return true }
    let folder = path.utf8.prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    return folder.contains(0x3A)
  }

  /// The style for what does not depend on the page: links into the page itself are written in full.
  var independentOfPage: LinkStyle {
    switch self {
    case .absolute: self
    case .relative(let prefix, _): .relative(prefix: prefix, page: "\u{0}")
    }
  }
}
