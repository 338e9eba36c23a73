import Columns
import SourceText

extension SitePlan {
  /// The former addresses for servers that can be told of them: `_redirects` for Netlify and Cloudflare Pages, a map for
  /// nginx, rules for Apache. None when there are no aliases.
  func redirectRecords(of archive: Archive) -> [SiteRecord] {
    guard !redirects.isEmpty else { return [] }
    // Targets hold nothing but unreserved characters, `/` and percent escapes: nothing that a server could expand.
    let prefix = percentEncoded(percentDecoded(archive.site.url.flatMap(SiteURL.init)?.folder ?? "/"))
    let root = percentDecoded(prefix)
    let rules = redirects.map { redirect in
      let path = root + redirect.path
      return RedirectRule(
        path: path, otherPath: redirect.otherPath.map { root + $0 }, query: redirect.query,
        target: prefix + redirect.canonicalTarget)
    }
    let files = [
      ("_redirects", rules.map(\.netlify).joined()), ("redirects.nginx", nginxMap(rules)),
      ("redirects.htaccess", apacheRules(rules)),
    ]
    return files.map { SiteRecord(file: $0.0, bytes: Array($0.1.utf8)) }
  }
}

extension Redirect {
  /// The path with a slash at its end where ``path`` has none, and the other way round; `nil` for a file, and the root.
  fileprivate var otherPath: String? {
    if path.isEmpty || isFile { return nil }
    return path.hasSuffix("/") ? String(path.dropLast()) : path + "/"
  }
}

/// A former address as servers see it.
private struct RedirectRule {
  /// The path, decoded, with a slash in front.
  let path: String
  /// The same path with or without the slash at its end, which readers may have used, too.
  let otherPath: String?
  let query: String?
  /// The path of the present address, encoded.
  let target: String

  /// The paths that lead to the target.
  var paths: [String] { [path] + (otherPath.map { [$0] } ?? []) }

  /// A line of `_redirects`; a comment where that can't tell addresses apart.
  var netlify: String {
    guard let query else { return "\(percentEncoded(path)) \(target) 301\n" }
    return "# \(percentEncoded(path))?\(query) takes nginx or Apache: a static host sees no query\n"
  }
}

/// The nginx configuration that maps former addresses to present ones, for the `http` block.
private func nginxMap(_ rules: [RedirectRule]) -> String {
  /// A double-quoted word. nginx expands no variables in what a map is asked for, and the paths in front of it begin with
  /// a slash, so that none is taken for a regular expression or an option.
  func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character)
    }
    return result + "\""
  }
  var seen: Set<String> = []
  func line(_ address: String, _ target: String) -> String? {
    // nginx compares without regard to the case of ASCII letters and refuses what comes twice.
    seen.insert(address.asciiLowercased).inserted ? "  \(quoted(address)) \(quoted(target));\n" : nil
  }
  let plain = rules.filter { $0.query == nil }.flatMap { rule in
    rule.paths.compactMap { line($0, rule.target) }
  }
  let queries = rules.flatMap { rule in
    rule.query.map { query in rule.paths.compactMap { line("\($0)?\(query)", rule.target) } } ?? []
  }
  let longest = (plain + queries).map(\.utf8.count).max() ?? 0
  var bucket = 128
  while bucket < longest + 32 { bucket *= 2 }
  return """
    # Former addresses. In the http block:
    #   map_hash_bucket_size \(bucket);
    #   include redirects.nginx;
    # and in the server block:
    #   if ($redirect_to) { return 301 $redirect_to; }
    map $uri $redirect_from_path {
      default "";
    \(plain.joined())}
    map "$uri?$args" $redirect_to {
      default $redirect_from_path;
    \(queries.joined())}

    """
}

/// Rules for Apache that mean the same in a server's configuration and in `.htaccess`.
///
/// All are mod_rewrite's: those of mod_alias see no query, and escape anew what is escaped.
private func apacheRules(_ rules: [RedirectRule]) -> String {
  /// A condition that a variable is `text`, which is compared as it is and expanded by nobody.
  func condition(_ variable: String, _ text: String, or isAlternative: Bool = false) -> String {
    let alternative = isAlternative ? " [OR]" : ""
    // What looks like a variable of the server's own is read as one in every word of its configuration; in a pattern
    // it can be written otherwise.
    if text.contains("${") {
      return "RewriteCond %{\(variable)} \"^\(apachePattern(text))$\"\(alternative)\n"
    }
    let quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "RewriteCond %{\(variable)} \"=\(quoted)\"\(alternative)\n"
  }
  var lines = """
    # Former addresses. Include it in a virtual host, or copy it to .htaccess.
    RewriteEngine On

    """
  // The first that holds counts: what asks for a query goes before what asks for none.
  for rule in rules.filter({ $0.query != nil }) + rules.filter({ $0.query == nil }) {
    if let other = rule.otherPath { lines += condition("REQUEST_URI", other, or: true) }
    lines += condition("REQUEST_URI", rule.path)
    if let query = rule.query { lines += condition("QUERY_STRING", query) }
    // The escapes stay as they are, and are no back references. A query that was a part of the address goes.
    let target = rule.target.replacing("%", with: "\\%")
    lines += "RewriteRule \"^\" \"\(target)\" [R=301,L,NE\(rule.query == nil ? "" : ",QSD")]\n"
  }
  return lines
}

/// A regular expression that matches `text`, which holds no quotation marks and backslashes, and nothing else, without
/// `$` in front of a brace.
private func apachePattern(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "/", "-", "_", "]", "\u{80}"...: String(scalar)
    case "^": "\\^"
    default: "[\(scalar)]"
    }
  }.joined()
}

extension String {
  /// The text with small ASCII letters for capital ones.
  fileprivate var asciiLowercased: String {
    String(decoding: utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
