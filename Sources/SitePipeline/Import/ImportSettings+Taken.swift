import CivilTime
import Columns
import Imports
import YAML

extension ImportSettings {
  /// Takes note of what is in `content`, so that nothing that is imported gets the name or address of another file.
  ///
  /// `own` are the paths of what was imported before.
  mutating func note(_ content: Content, except own: Set<String>) {
    let sources = content.sources
    let folders = ColumnFolders(sources.columns)
    for path in content.paths where !own.contains(path.text) && path.kind == .writeUp {
      guard folders[path.folder].map({ sources.columns[$0].path.folder == folder }) ?? false else { continue }
      takenNames.insert(path.pieceName.lowercased())
      let place = path.isFolderIndex ? path.folder : String(path.text.dropLast(".md".count))
      takenPaths.insert(place.lowercased())
    }
    for piece in sources.writeUps where !own.contains(piece.path.text) {
      guard let column = folders[piece.path.folder].map({ sources.columns[$0] }) else { continue }
      let date = piece.date.start(in: content.zone).date
      takenAddresses.insert(
        addressKey(column.address(on: date, week: piece.isoWeek(on: date), slug: piece.slug)))
      takenNames.insert(piece.slug.lowercased())
      for alias in piece.aliases { take(alias.value) }
    }
    for page in sources.freePages where !own.contains(page.path.text) {
      let path = page.path.isFolderIndex ? page.path.folder : String(page.path.text.dropLast(".md".count))
      var parts = path.split(separator: "/").dropFirst().map(String.init)
      if let slug = page.slug, !parts.isEmpty { parts[parts.count - 1] = slug }
      takenAddresses.insert(addressKey(parts.joined(separator: "/")))
      for alias in page.aliases { take(alias.value) }
    }
    for person in sources.people { for alias in person.aliases { take(alias.value) } }
  }

  private mutating func take(_ alias: String) {
    let query = alias.drop { $0 != "?" }
    takenAddresses.insert(addressKey(String(alias.dropLast(query.count))) + query.lowercased())
  }
}
