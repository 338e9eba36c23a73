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
    switch link {
    case .external(let url): return url
    case .local(let path):
      switch self {
      case .absolute(let base): return base + path
      case .relative(let prefix, let page):
        if let fragment = fragment(of: path, on: page) { return fragment }
        if let rest = query(of: path) { return prefix + (prefix.isEmpty ? "./" : "") + rest }
        let full = prefix + path
        return full.isEmpty ? "./" : full
      }
    }
  }

  private func writeLocal(_ path: String, into buffer: inout ByteBuffer) {
    guard case .relative(let prefix, let page) = self else {
      buffer.append(text(.local(path)), escaping: .jinja)
      return
    }
    var path = path
    let needsCare = path.withUTF8 { bytes in
      unsafe bytes.isEmpty || bytes.contains(0x23) || bytes[0] == 0x3F || bytes.contains(0x3A)
    }
    if needsCare {
      _ = page
      buffer.append(text(.local(path)), escaping: .jinja)
    } else {
      buffer.append(prefix)
      buffer.append(path, escaping: .jinja)
    }
  }

  /// `#fragment`, when `path` is `page` with a fragment.
  private func fragment(of path: String, on page: String) -> String? {
    guard let hash = path.utf8.firstIndex(of: 0x23), path[..<hash] == page else { return nil }
    return String(path[hash...])
  }

  /// `path` itself, when it is the home page's with a query or a fragment.
  private func query(of path: String) -> String? {
    guard let first = path.utf8.first, first == 0x23 || first == 0x3F else { return nil }
    return path
  }

  /// The style for what does not depend on the page: links into the page itself are written in full.
  var independentOfPage: LinkStyle {
    switch self {
    case .absolute: self
    case .relative(let prefix, _): .relative(prefix: prefix, page: "\u{0}")
    }
  }
}
