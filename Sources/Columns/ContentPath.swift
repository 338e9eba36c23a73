import CivilTime
import SourceText

/// What a file below `content/` is, told from its path alone.
public enum ContentKind: Sendable, Hashable {
  /// `site.yaml`.
  case site
  /// `_column.md`, which makes its folder a column.
  case column
  /// `_week.md`, `_month.md` or `_year.md`.
  case period(Period.Kind)
  /// A Markdown file outside `people/` and `pages/`.
  case writeUp
  /// `NAME.comments.yaml` beside `NAME.md`, or `comments.yaml` beside `index.md`.
  case comments
  /// A Markdown file below `people/`.
  case person
  /// A Markdown file below `pages/`.
  case freePage
  /// Anything else: published as it is.
  case media
}

/// A path below `content/`, with `/` between its parts and none in front.
public struct ContentPath: Sendable, Hashable, Comparable {
  /// The path as text.
  public let text: String

  /// The path `text`, which is not normalised.
  public init(_ text: String) { self.text = text }

  /// The path as diagnostics print it: from the site's root.
  public var sourcePath: String { "content/" + text }

  /// The path of the folder, without a slash at its end; empty for `content/` itself.
  public var folder: String {
    text[...].lastIndex(ofByte: 0x2F).map { String(text[..<$0]) } ?? ""
  }

  /// The week that the innermost of its folders that is called after one is called after, as `2026-w47`.
  var weekOfFolder: ISOWeek? {
    folder.utf8.split(separator: 0x2F).lazy.reversed().compactMap { ISOWeek(String(Substring($0))) }.first
  }

  /// The file's name.
  public var name: Substring {
    text[...].lastIndex(ofByte: 0x2F).map { text[text.utf8.index(after: $0)...] } ?? text[...]
  }

  /// The name without `.md`.
  public var stem: String {
    let name = name
    return String(name.ends(in: ".md") ? name[..<name.utf8.index(name.endIndex, offsetBy: -3)] : name)
  }

  /// Whether the file is its folder's `index.md`, so that the folder belongs to it alone.
  public var isFolderIndex: Bool { name == "index.md" }

  /// What names the piece: the file's stem, or the folder's name for an `index.md`.
  public var pieceName: String {
    guard isFolderIndex else { return stem }
    let folder = folder
    return String(folder.split(separator: "/").last ?? "")
  }

  /// What the file is.
  public var kind: ContentKind {
    let name = name
    guard name.ends(in: ".md") else {
      if text == "site.yaml" { return .site }
      return name == "comments.yaml" || name.ends(in: ".comments.yaml") ? .comments : .media
    }
    if name.utf8.first == 0x5F {
      switch name {
      case "_column.md": return .column
      case "_week.md": return .period(.week)
      case "_month.md": return .period(.month)
      case "_year.md": return .period(.year)
      default: break
      }
    }
    if text.utf8.starts(with: "people/".utf8) { return .person }
    if text.utf8.starts(with: "pages/".utf8) { return .freePage }
    return .writeUp
  }

  /// The path that the file probably should have, if its name is nearly one that would be read: that of
  /// `tide.md` for `tide.MD`. `nil` for a good name, and for one that means nothing.
  public var nearMiss: ContentPath? {
    let name = name
    if name.ends(in: ".md") && name.utf8.first != 0x5F { return nil }
    guard let right = rightName, right != name else { return nil }
    return ContentPath(folder.isEmpty ? right : folder + "/" + right)
  }

  /// The name as it would be read, which may be the one it has; `nil` for other files.
  private var rightName: String? {
    let name = name
    guard let dot = name.lastIndex(ofByte: 0x2E) else { return nil }
    let stem = name[..<dot]
    let lowered = stem.lowercased()
    switch name[dot...].lowercased() {
    case ".md", ".markdown", ".mdown", ".mkd":
      return reservedStems.contains(lowered) ? lowered + ".md" : stem + ".md"
    // What Notepad makes of a name with an ending that it doesn't know.
    case ".txt" where lowered.hasSuffix(".md"):
      return reservedStems.contains(String(lowered.dropLast(3))) ? lowered : String(stem)
    case ".yaml", ".yml":
      if reservedStems.contains(lowered) { return lowered + ".md" }
      if lowered == "comments" || lowered == "site" && folder.isEmpty { return lowered + ".yaml" }
      return lowered.hasSuffix(".comments") ? stem.dropLast(".comments".count) + ".comments.yaml" : nil
    default: return nil
    }
  }

  /// The path of the write-up that a comments file belongs to.
  public var commentedWriteUp: ContentPath {
    if name == "comments.yaml" {
      return ContentPath(folder.isEmpty ? "index.md" : folder + "/index.md")
    }
    return ContentPath(String(text.dropLast(".comments.yaml".utf8.count)) + ".md")
  }

  /// The path that `reference`, written in this file, points at; a leading `/` starts from `content/`.
  ///
  /// `nil` when it climbs out of `content/`.
  public func resolve(_ reference: some StringProtocol) -> ContentPath? {
    var parts = reference.hasPrefix("/") ? [] : folder.split(separator: "/").map(String.init)
    for part in reference.split(separator: "/") {
      switch part {
      case ".": continue
      case "..":
        guard !parts.isEmpty else { return nil }
        parts.removeLast()
      default: parts.append(String(part))
      }
    }
    return ContentPath(parts.joined(separator: "/"))
  }

  /// Whether the UTF-8 bytes of the texts are the same: one name in two Unicode forms is two files.
  public static func == (left: ContentPath, right: ContentPath) -> Bool {
    left.text == right.text && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Feeds the text to `hasher`, which takes two Unicode forms of one name for the same; rare as that is.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// By the UTF-8 bytes of the text.
  public static func < (left: ContentPath, right: ContentPath) -> Bool { left.text.bytesPrecede(right.text) }
}

/// The names, without `.md`, that mean something wherever they stand.
private let reservedStems: Set<String> = ["_column", "_week", "_month", "_year"]

extension Substring {
  /// Whether the last bytes are those of `ending`, an ASCII text that holds a dot.
  fileprivate func ends(in ending: StaticString) -> Bool {
    utf8.count > ending.utf8CodeUnitCount && hasSuffix(bytesOf: ending)
  }
}
