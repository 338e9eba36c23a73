extension Shape where Value == String {
  /// An absolute `http` or `https` address.
  public static var url: Shape<String> { url { _ in nil } }

  /// The same, where `meaning` is the address that a text which is none likely stands for.
  public static func url(meaning: @escaping @Sendable (String) -> String?) -> Shape<String> {
    Shape(.string(pattern: "^[Hh][Tt][Tt][Pp][Ss]?://"), example: "https://www.example.com/", kinds: .scalar)
    {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard var problem = urlProblem(text) else { return text }
      if problem.suggestion == nil { problem.suggestion = meaning(text) }
      findings.report(.notAURL(findings.field, text, problem), at: node.range)
      return nil
    }
  }

  /// One segment of a page's path: letters and digits of any script, `-`, `_` and, inside, `.`.
  public static var slug: Shape<String> {
    Shape(
      .string(pattern: "^[^/.\\s][^/\\s]*$", maxLength: 200, acceptsPlainValues: true), example: "salt-road",
      kinds: .scalar
    ) {
      node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard let problem = slugProblem(text) else { return text }
      findings.report(.notASlug(findings.field, problem, nearestSlug(to: text)), at: node.range)
      return nil
    }
  }

  /// An address that a page of this site had: its path from the root, `/old/address/`, and a query if it had one.
  public static var formerAddress: Shape<String> {
    Shape(.string(pattern: "^/"), example: "/old/address/", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard let problem = formerAddressProblem(text) else { return text }
      findings.report(.notASitePath(findings.field, problem), at: node.range)
      return nil
    }
  }

  /// A folder that pages of this site stood in: its path from the root, `/old-name/`, or a whole address.
  public static var formerFolder: Shape<String> {
    former(example: "/old-name/", problem: formerFolderProblem)
  }

  /// A former address or a whole one: what is wrong with that can be told beside the site's own.
  public static var formerAddressOrURL: Shape<String> {
    former(example: "/old/address/", problem: formerAddressProblem)
  }

  private static func former(
    example: String, problem: @escaping @Sendable (String) -> AddressProblem?
  ) -> Shape<String> {
    Shape(.string(pattern: "^/"), example: example, kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      guard !isWebAddress(text), let problem = problem(text) else { return text }
      findings.report(.notASitePath(findings.field, problem), at: node.range)
      return nil
    }
  }
}

extension Finding {
  static func notAURL(_ field: String, _ text: String, _ problem: AddressProblem) -> Finding {
    Finding(
      id: "field/not-an-address",
      message: "'\(field)' has to be a web address, and '\(excerpt(text))' is not: \(problem.message)",
      fix: problem.suggestion.map { "write \($0)" })
  }

  static func notASlug(_ field: String, _ problem: String, _ suggestion: String?) -> Finding {
    Finding(
      id: "field/not-a-slug",
      message: "'\(field)' becomes part of the page's address and cannot be this: \(problem)",
      fix: suggestion.map { "write \($0)" })
  }

  static func notASitePath(_ field: String, _ problem: AddressProblem) -> Finding {
    Finding(
      id: "field/not-a-path",
      message: "'\(field)' has to be the path of a page such as /old/address/: \(problem.message)",
      fix: problem.suggestion.map { "write \($0)" } ?? problem.advice)
  }
}
