extension Shape where Value == String {
  /// An absolute `http` or `https` address.
  public static var url: Shape<String> {
    Shape(.string(format: "uri", pattern: "^https?://"), example: "https://www.example.com/", kinds: .scalar)
    {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard let problem = URLProblem(text) else { return text }
      findings.report(.notAURL(findings.field, text, problem), at: node.range)
      return nil
    }
  }

  /// One segment of a page's path: letters and digits of any script, `-`, `_` and, inside, `.`.
  public static var slug: Shape<String> {
    Shape(.string(pattern: "^[^/.\\s][^/\\s]*$", maxLength: 200), example: "salt-road", kinds: .scalar) {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard let problem = slugProblem(text) else { return text }
      findings.report(.notASlug(findings.field, problem, nearestSlug(to: text)), at: node.range)
      return nil
    }
  }

  /// The path of a page on this site, from its root: `/old/address/`.
  public static var sitePath: Shape<String> {
    Shape(.string(pattern: "^/"), example: "/old/address/", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard let (problem, fix) = sitePathProblem(text) else { return text }
      findings.report(.notASitePath(findings.field, problem, fix: fix), at: node.range)
      return nil
    }
  }
}
