public import CivilTime
public import Columns
import XML

/// What an import is told about the site that it goes into.
public struct ImportSettings: Sendable {
  /// The folder of the column below `content/`.
  public var folder: String
  /// The column's name.
  public var columnName: String
  /// What a piece of the column is called.
  public var itemLabel: String
  /// Whether the column is one of film projects.
  public var isProjects: Bool
  /// The fields that the column asks of each write-up.
  public var require: [RequiredField]
  /// The pattern of its write-ups' addresses.
  public var permalink: Permalink
  /// The site's time zone.
  public var zone: TimeZoneRules
  /// What labels in the text mean.
  public var labels = Labels()
  /// The folders of all columns.
  public var columns: Set<String> = []
  /// The path of the site's root on its host, without a slash at its end.
  public var rootPath = ""
  /// The names of write-ups in the column that people wrote.
  public var takenNames: Set<String> = []
  /// The paths of write-ups that people wrote, without `.md`.
  public var takenPaths: Set<String> = []
  /// The addresses, former ones among them, of what people wrote, as ``addressKey(_:)`` has them.
  public var takenAddresses: Set<String> = []
  /// The file that was written for the item of this key before.
  public var formerPath: @Sendable (String) -> String? = { _ in nil }
  /// The files of all items that were brought over before.
  public var formerPaths: Set<String> = []

  /// Settings for the column in `folder`, which need not exist yet.
  public init(folder: String, columnName: String, zone: TimeZoneRules) {
    self.folder = folder
    self.columnName = columnName
    itemLabel = columnName
    isProjects = false
    require = []
    permalink = .weekly
    self.zone = zone
  }
}

/// What becomes of an item.
public enum Fate: Sendable, Hashable {
  case writeUp, page, attachment
  /// A block that texts share.
  case shared
  /// It is no part of a column; why.
  case leftOut(String)

  /// What becomes of `item`.
  public init(of item: ExportItem) {
    switch item.type {
    case "attachment": self = .attachment
    case "wp_block" where item.status == "publish": self = .shared
    case "post", "page":
      switch item.status {
      case "trash", "auto-draft", "inherit": self = .leftOut("\(item.type) (\(item.status))")
      default: self = item.type == "post" ? .writeUp : .page
      }
    case "": self = .leftOut("item without a type")
    default: self = .leftOut(String(cleaned(item.type).prefix(40)))
    }
  }
}

/// `text` on one line, without control characters and without the markup that titles may have.
func plainLine(_ text: String) -> String { singleSpaced(cleaned(withoutTags(text))) }

/// `text` without control characters; those that stand for characters of Windows are these.
func cleaned(_ text: String) -> String {
  let isClean = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }
  guard !isClean else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x20..<0x7F: result.append(scalar)
    case 0x0D, 0..<0x20, 0x7F, 0xFEFF: continue
    case 0x80..<0xA0:
      if let replacement = windows1252[Int(scalar.value) - 0x80] { result.append(replacement) }
    case 0xFDD0..<0xFDF0: continue
    case let value where value & 0xFFFE == 0xFFFE: continue
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// The text of HTML, with its references resolved.
func withoutTags(_ text: String) -> String {
  guard text.utf8.contains(0x3C) || text.utf8.contains(0x26) else { return text }
  guard let nodes = try? parseHTML(text) else { return text }
  func words(_ nodes: [HTMLNode]) -> String {
    nodes.reduce(into: "") { result, node in
      switch node {
      case .text(let text): result += text
      case .element(let element):
        if element.name == "br" { result += " " }
        if !KeptHTML.dropped.contains(element.name) { result += words(element.children) }
      case .comment: break
      }
    }
  }
  return words(nodes)
}
