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
