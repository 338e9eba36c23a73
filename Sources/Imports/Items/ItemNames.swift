import CivilTime
import Columns
import SourceText
import YAML

/// Gives each item a file that no other has, on any file system.
struct ItemNames: Sendable {
  private let settings: ImportSettings
  /// The paths that are taken, in small letters and without `.md`.
  private var claimed: Set<String>
  /// The former paths that items have again.
  private var used: Set<String> = []
  private var slugs: Set<String>
  /// The number that was last tried behind a name.
  private var numbers: [String: Int] = [:]

  init(_ settings: ImportSettings) {
    self.settings = settings
    claimed = Set(
      settings.formerPaths.map { path in
        let ending = path.hasSuffix("/index.md") ? "/index.md" : ".md"
        return path.dropLast(ending.count).lowercased()
      })
    // What was brought over into the column before keeps its name.
    slugs = settings.takenNames.union(
      settings.formerPaths.lazy.filter { !settings.isElsewhere($0) && !$0.hasPrefix("pages/") }
        .map { ContentPath($0).pieceName })
  }

  /// The path that an item had, if it is the first that had it.
  mutating func former(_ path: String?) -> String? {
    guard let path, used.insert(path).inserted else { return nil }
    return path
  }

  /// The file of a new post of that name; the `index.md` of a folder of its own, if it needs one.
  mutating func path(named name: String, id: Int, on date: CivilDate, isFolder: Bool = false) -> String {
    let folder = "\(settings.folder)/\(ISOWeek(of: date).segment)"
    var slug = name
    // Somebody else's file at this very place is found when it is to be written; one elsewhere might get the same address.
    let isNew = slugs.insert(slug).inserted || settings.takenPaths.contains("\(folder)/\(slug)")
    // One or two digits could be a day or a month.
    if !isNew || slug.utf8.count <= 2 && slug.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      let base = "\(slug.prefix(60))-\(id)"
      slug = base
      while !slugs.insert(slug).inserted { slug = numbered(base) }
    }
    let path = unclaimed("\(folder)/\(slug)", id)
    return isFolder ? path.dropLast(".md".count) + "/index.md" : path
  }

  /// The file of a new page of that name, below those of `folders`; in `pages/old/` where sitegen puts something at its
  /// address.
  mutating func path(ofPage name: String, id: Int, in folders: [String]) -> String {
    let top = settings.isReserved(folders.first ?? name) ? ["pages", "old"] : ["pages"]
    return unclaimed((top + folders + [name]).joined(separator: "/"), id)
  }

  /// `path`, or one like it, with `.md` behind it, that no other item has.
  private mutating func unclaimed(_ path: String, _ id: Int) -> String {
    var result = path
    if claimed.contains(result.lowercased()) { result = "\(path)-\(id)" }
    while !claimed.insert(result.lowercased()).inserted { result = numbered("\(path)-\(id)") }
    return result + ".md"
  }

  private mutating func numbered(_ base: String) -> String {
    numbers[base, default: 1] += 1
    return "\(base)-\(numbers[base] ?? 1)"
  }
}
