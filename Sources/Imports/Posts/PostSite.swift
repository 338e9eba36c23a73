import CivilTime
import Columns
import SourceText
import YAML

/// What is known about the site that posts come from.
public struct PostSite: Sendable {
  /// The generator, which tells where posts are and what their addresses were.
  public enum Generator: Sendable, Hashable {
    case jekyll, hugo
    /// Another, of which addresses are not guessed.
    case other
  }

  /// The generator.
  public var generator: Generator
  /// Where the site was, without a slash at the end; empty if that isn't known.
  public var url = ""
  /// The path of its root there, without a slash at the end.
  public var basePath = ""
  /// Jekyll's pattern of addresses.
  var permalink = "date"
  /// Hugo's patterns of addresses, by section.
  var permalinks: [String: String] = [:]

  /// What the names of files below the folder, and its configuration, tell.
  ///
  /// `configuration` is the text of `_config.yml`, or of Hugo's in YAML or TOML, with its name.
  public init(_ paths: [String], configuration: (name: String, text: String)?) {
    let names = Set(paths)
    let isHugo =
      names.contains("hugo.toml") || names.contains("hugo.yaml")
      || (names.contains("config.toml") || names.contains("config.yaml"))
        && paths.contains { $0.hasPrefix("content/") }
    generator =
      names.contains("_config.yml") || paths.contains { $0.hasPrefix("_posts/") || $0.contains("/_posts/") }
      ? .jekyll : isHugo ? .hugo : .other
    guard let configuration else { return }
    let fence = configuration.name.hasSuffix(".toml") ? "+++" : "---"
    let file = PostFile("\(fence)\n\(configuration.text)\n\(fence)\n")
    let address = file["url"]?.line ?? file["baseurl"]?.line ?? ""
    if isWebAddress(address) {
      url = address.utf8.last == 0x2F ? String(address.dropLast()) : address
    }
    if generator == .jekyll, let base = file["baseurl"]?.line, base.hasPrefix("/") {
      basePath = base.utf8.last == 0x2F ? String(base.dropLast()) : base
    }
    if let pattern = file["permalink"]?.line { permalink = pattern }
    if case .mapping(let entries)? = file["permalinks"] {
      for entry in entries { if let pattern = entry.value.line { permalinks[entry.key] = pattern } }
    }
  }

  /// Whether the file at `path` is a post.
  public func isPost(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last,
      ["md", "markdown", "mkd", "mdown"].contains(name.split(separator: ".").last ?? "")
    else {
      return false
    }
    guard !parts.contains("node_modules"), !parts.contains("vendor"),
      !parts.dropLast().contains(where: { $0.hasPrefix(".") })
    else { return false }
    switch generator {
    case .jekyll: return parts.dropLast().contains("_posts") || parts.dropLast().contains("_drafts")
    case .hugo: return parts.first == "content" && name != "_index.md" && parts.count > 2
    case .other: return !["readme", "license", "changelog", "contributing"].contains(stem(name).lowercased())
    }
  }

  /// The address that a post had by the site's rules, with a slash in front; `nil` where it can't be told.
  func address(of post: PostNames, _ date: CivilDate, isDated: Bool, categories: [String]) -> String? {
    switch generator {
    case .other: return nil
    case .jekyll:
      guard isDated else { return nil }
      let folders = post.folders.prefix { $0 != "_posts" && $0 != "_drafts" }
      let categories = (Array(folders) + categories).map { Columns.slug(for: $0) }.filter { !$0.isEmpty }
      let pattern =
        [
          "date": "/:categories/:year/:month/:day/:title.html",
          "pretty": "/:categories/:year/:month/:day/:title/",
          "none": "/:categories/:title.html", "ordinal": "/:categories/:year/:y_day/:title.html",
        ][permalink] ?? permalink
      return expand(pattern, post, date, section: "", categories: categories)
    case .hugo:
      let folders = post.folders.dropFirst()
      let section = folders.first ?? ""
      let pattern = permalinks[section] ?? "/" + folders.joined(separator: "/") + "/:slug/"
      return expand(pattern, post, date, section: section, categories: [])
    }
  }

  private func expand(
    _ pattern: String, _ post: PostNames, _ date: CivilDate, section: String, categories: [String]
  ) -> String? {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = pattern
    // The longest names first, as one may begin another.
    for (name, value) in [
      (":output_ext", ".html"), (":contentbasename", post.slug), (":slugorfilename", post.slug),
      (":categories", categories.joined(separator: "/")), (":filename", post.slug),
      (":short_year", two(date.year % 100)),
      (":i_month", "\(date.month)"), (":i_day", "\(date.day)"), (":sections", section), (":section", section),
      (":month", two(date.month)), (":title", post.slug), (":year", "\(date.year)"), (":slug", post.slug),
      (":day", two(date.day)),
    ] { text = text.replacing(name, with: value) }
    guard !text.contains(":") else { return nil }
    let isFolder = text.hasSuffix("/") || !(text.split(separator: "/").last?.contains(".") ?? false)
    return basePath + "/" + text.split(separator: "/").joined(separator: "/")
      + (isFolder && text.hasSuffix("/") ? "/" : "")
  }
}

/// What the path of a post tells.
struct PostNames: Hashable {
  /// The folders that it is in, without that of a bundle.
  var folders: [String]
  /// The day in its name.
  var date: CivilDate?
  /// The name in its address, by its file or bundle.
  var slug: String
  /// Whether it is the `index.md` of a folder that is its own.
  var isBundle: Bool

  init(_ path: String) {
    var parts = path.split(separator: "/").map(String.init)
    var name = stem(parts.popLast() ?? "")
    isBundle = name == "index" && !parts.isEmpty
    if isBundle { name = parts.removeLast() }
    folders = parts
    let pieces = name.split(separator: "-", maxSplits: 3)
    if pieces.count >= 3, let year = Int(pieces[0]), pieces[0].utf8.count == 4, let month = Int(pieces[1]),
      let day = Int(pieces[2].prefix { $0.isNumber }),
      let date = CivilDate(year: year, month: month, day: day)
    {
      self.date = date
      let rest = pieces[2].drop { $0.isNumber } + (pieces.count > 3 ? pieces[3] : "")
      name = rest.isEmpty ? name : String(rest.drop { $0 == "-" || $0 == "_" })
    }
    slug = name
  }
}

/// A file's name without its ending.
func stem(_ name: String) -> String {
  name.lastIndex(of: ".").map { $0 > name.startIndex ? String(name[..<$0]) : name } ?? name
}
