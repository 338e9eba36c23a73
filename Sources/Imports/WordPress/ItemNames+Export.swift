import CivilTime
import Columns
import SourceText
import YAML

extension ItemNames {
  /// The file of a post that is new: in the folder of its week.
  mutating func path(of item: ExportItem, on date: CivilDate) -> String {
    path(named: slug(of: item), id: item.id, on: date)
  }

  /// The name of an item's file, which other items may have, too.
  func slug(of item: ExportItem) -> String {
    var slug = Columns.slug(for: percentDecoded(item.slug))
    if slug.isEmpty { slug = Columns.slug(for: plainLine(item.title)) }
    if slug.isEmpty { slug = item.type == "page" ? "page" : "untitled" }
    // Names that mean something as files.
    if slug == "index" || isReservedName(slug) { slug += "-\(item.id)" }
    return slug
  }
}
