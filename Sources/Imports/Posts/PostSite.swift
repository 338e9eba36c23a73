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
  /// The host that the site was on, as in `https://old.example`; empty if that isn't known.
  public var url = ""
  /// The path of its root there, without a slash at the end.
  public var basePath = ""
  /// The host, without `www.`.
  private var host = ""
  /// What tells the site from others, the surest first: its address, if that is known, and what else is set.
  public var places: [String] = []
  /// Jekyll's pattern of addresses.
  var permalink = "date"
  /// Where Hugo's texts are: those of the site's own language, if each has a folder.
  private var contentFolder = ["content"]
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
    let file = configuration.map { configuration in
      let fence = configuration.name.hasSuffix(".toml") ? "+++" : "---"
      return PostFile("\(fence)\n\(configuration.text)\n\(fence)\n")
    }
    let language = file?["defaultcontentlanguage"]?.line ?? "en"
    if generator == .hugo, paths.contains(where: { $0.hasPrefix("content/\(language)/") }) {
      contentFolder.append(language)
    }
    if let file { read(file) }
  }

  private mutating func read(_ configuration: PostFile) {
    let address = configuration.first(of: ["url", "baseurl"]) ?? ""
    if isWebAddress(address), let parts = SiteAddresses.Parts(address) {
      url = parts.origin
      basePath = Self.withoutSlash(parts.path)
      host = parts.host
    }
    if generator == .jekyll, let base = configuration["baseurl"]?.line, base.hasPrefix("/") {
      basePath += Self.withoutSlash(base)
    }
    if !host.isEmpty { places = [host + basePath] }
    if let pattern = configuration["permalink"]?.line { permalink = pattern }
    if case .mapping(let entries)? = configuration["permalinks"] {
      for entry in entries {
        if let pattern = entry.value.line { permalinks[entry.key] = pattern }
        // Newer ones tell those of pages from those of lists.
        if entry.key == "page", case .mapping(let patterns) = entry.value {
          for entry in patterns { if let pattern = entry.value.line { permalinks[entry.key] = pattern } }
        }
      }
    }
  }

  private static func withoutSlash(_ path: String) -> String {
    path.utf8.last == 0x2F ? String(path.dropLast()) : path
  }

  /// The path, from the root of its host, of an absolute address of the site's, with its place; `nil` for any other.
  func path(of address: String) -> String? {
    guard !host.isEmpty, let parts = SiteAddresses.Parts(address), parts.host == host, parts.query.isEmpty,
      (parts.path + "/").hasPrefix(basePath + "/")
    else { return nil }
    return parts.path + parts.fragment
  }

  /// What the place of a file says that it is.
  public enum Kind: Sendable, Hashable {
    case post
    /// A page, if it has front matter.
    case page
    /// A text that is neither; why.
    case leftOut(String)
  }

  /// What the file at `path` is; `nil` for what is no text.
  public func kind(of path: String) -> Kind? {
    let parts = path.split(separator: "/").map(String.init)
    let folders = parts.dropLast()
    guard let name = parts.last, !folders.contains("vendor"), !folders.contains("themes") else { return nil }
    let isMarkdown: Bool
    switch name.split(separator: ".").last?.lowercased() {
    case "md", "markdown", "mkd", "mdown": isMarkdown = true
    case "html", "htm", "rst", "adoc", "textile", "org": isMarkdown = false
    default: return nil
    }
    let isNote = ["readme", "license", "changelog", "contributing", "code_of_conduct"].contains(
      stem(name).lowercased())
    switch generator {
    case .jekyll:
      let isPost = folders.contains("_posts") || folders.contains("_drafts")
      if !isPost, folders.contains(where: { $0.hasPrefix("_") }) {
        return isMarkdown ? .leftOut("in a folder of Jekyll's that isn't _posts/ or _drafts/") : nil
      }
      guard isMarkdown else { return .leftOut(Self.otherLanguage) }
      return isPost ? .post : isNote ? .leftOut(Self.note) : page(parts)
    case .hugo:
      guard folders.first == "content" else { return nil }
      guard folders.starts(with: contentFolder) else {
        return .leftOut("outside of \(contentFolder.joined(separator: "/"))/")
      }
      guard isMarkdown else { return .leftOut(Self.otherLanguage) }
      if name.hasPrefix("_index.") { return .leftOut("the page of a section, which lists what is in it") }
      let inside = Array(parts.dropFirst(contentFolder.count))
      return inside.count == 1 || inside.count == 2 && stem(name) == "index" ? page(inside) : .post
    case .other:
      guard isMarkdown else { return .leftOut(Self.otherLanguage) }
      return isNote ? .leftOut(Self.note) : folders.contains("pages") ? page(parts) : .post
    }
  }

  private static let otherLanguage = "in another language than Markdown"
  private static let note = "about the folder, and not of the site"

  /// The page at the path of these parts, unless sitegen makes one like it.
  private func page(_ parts: [String]) -> Kind {
    guard parts.count == 1, let name = parts.first.map(stem) else { return .page }
    return ["index", "404"].contains(name)
      ? .leftOut("the front page or that for what isn't found, which are made here") : .page
  }

  /// The address that a page had by the site's rules, with a slash in front; `nil` where it can't be told.
  func address(ofPage names: PostNames) -> String? {
    let isPretty = names.isBundle || ["pretty", "/"].contains { permalink.hasSuffix($0) }
    switch generator {
    case .other: return nil
    case .jekyll, .hugo:
      let path = "\(basePath)/" + (folders(of: names) + [names.slug]).joined(separator: "/")
      return path.replacing(" ", with: "%20") + (isPretty || generator == .hugo ? "/" : ".html")
    }
  }

  /// The folders of a post or page, from the one on that its address begins with.
  func folders(of names: PostNames) -> [String] {
    switch generator {
    case .jekyll: names.folders
    case .hugo: Array(names.folders.dropFirst(contentFolder.count))
    case .other:
      names.folders.firstIndex(of: "pages").map { Array(names.folders[($0 + 1)...]) } ?? names.folders
    }
  }

  /// The address that a post had by the site's rules, with a slash in front; `nil` where it can't be told.
  ///
  /// `slug` is the one that it gives itself, if it does.
  func address(
    of post: PostNames, slug: String?, title: String, _ date: CivilDate?, categories: [String]
  ) -> String? {
    switch generator {
    case .other: return nil
    case .jekyll:
      guard let date else { return nil }
      let folders = post.folders.prefix { $0 != "_posts" && $0 != "_drafts" }
      let categories = (Array(folders) + categories).map { Columns.slug(for: $0) }.filter { !$0.isEmpty }
      let pattern =
        [
          "date": "/:categories/:year/:month/:day/:title.html",
          "pretty": "/:categories/:year/:month/:day/:title/",
          "none": "/:categories/:title.html", "ordinal": "/:categories/:year/:y_day/:title.html",
        ][permalink] ?? permalink
      let name = slug ?? post.slug
      return expand(
        pattern, date,
        [
          (":title", Self.slug(of: name, keeping: "._~!$&'()+,;=@")),
          (":slug", Self.slug(of: name, keeping: "").lowercased()),
          (":categories", categories.joined(separator: "/")),
        ])
    case .hugo:
      let folders = folders(of: post)
      let section = folders.first ?? ""
      let pattern = permalinks[section] ?? "/" + folders.joined(separator: "/") + "/:slugorfilename/"
      let file = Self.hugosSlug(of: post.slug)
      let own = slug.map(Self.hugosSlug)
      let title = Self.hugosSlug(of: title)
      return expand(
        pattern, date,
        [
          (":contentbasename", file), (":filename", file), (":slugorfilename", own ?? file),
          (":slugorcontentbasename", own ?? file), (":title", title), (":slug", own ?? title),
          (":sections", folders.joined(separator: "/")), (":section", section),
        ])
    }
  }

  /// `name` as Jekyll has it in addresses: letters, digits and `marks`, with a dash for any others.
  private static func slug(of name: String, keeping marks: String) -> String {
    let kept = marks.unicodeScalars
    let parts = name.unicodeScalars.split { scalar in
      let properties = scalar.properties
      return !properties.isAlphabetic && properties.numericType == nil && !isMark(scalar)
        && !kept.contains(scalar)
    }
    return parts.map { String(String.UnicodeScalarView($0)) }.joined(separator: "-")
      .split(separator: "-").joined(separator: "-")
  }

  /// `name` as Hugo has it in addresses: in small letters, with a dash for spaces, and without other marks.
  private static func hugosSlug(of name: String) -> String {
    var result = String.UnicodeScalarView()
    var isAfterSpace = false
    for scalar in name.unicodeScalars {
      if scalar.properties.isWhitespace {
        isAfterSpace = !result.isEmpty && result.last != "-"
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil || isMark(scalar)
        || "._+~-@".unicodeScalars.contains(scalar)
      {
        if isAfterSpace, scalar != "-" { result.append("-") }
        isAfterSpace = false
        result.append(scalar)
      }
    }
    return String(result).lowercased()
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }

  private func expand(_ pattern: String, _ date: CivilDate?, _ words: [(String, String)]) -> String? {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var values = words + [(":output_ext", ".html")]
    if let date {
      values += [
        (":short_year", two(date.year % 100)), (":year", "\(date.year)"), (":i_month", "\(date.month)"),
        (":month", two(date.month)), (":i_day", "\(date.day)"), (":day", two(date.day)),
      ]
    }
    var text = pattern
    // The longest names first, as one may begin another.
    for (name, value) in values.sorted(by: { $0.0.utf8.count > $1.0.utf8.count }) {
      text = text.replacing(name, with: value)
    }
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
