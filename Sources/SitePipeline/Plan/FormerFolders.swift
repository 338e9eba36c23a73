import CivilTime
import Columns
import SourceText
import YAML

/// Where what belongs to columns stood while their folders had other names.
struct FormerFolders: Sendable {
  /// An address at which something once was, and where that is said.
  struct Former {
    let folder: String
    let place: Location
    /// Whether no other column says the same of its folder before.
    let isFirst: Bool
  }

  /// A column that had other folders.
  private struct Move {
    /// Its folder, with a slash at its end.
    let folder: String
    /// Those that it had, in the order written.
    let formers: [Former]
  }

  private let moves: [Move]
  /// The former addresses at which something else is now that has entries in feeds, or is a feed.
  private var reused: Set<String> = []

  /// Those of a site without columns.
  static let none = FormerFolders(moves: [])

  private init(moves: [Move]) { self.moves = moves }

  /// The former folders of the columns of `archive`.
  init(_ archive: Archive) {
    let all = Dictionary(
      grouping: FormerFolder.all(of: archive.columns.map(\.source)), by: \.column)
    moves = archive.columns.compactMap { column in
      all[column.source.path].map { formers in
        Move(
          folder: column.address + "/",
          formers: formers.map { Former(folder: $0.folder, place: $0.place, isFirst: $0.earlier == nil) })
      }
    }
  }

  /// Whether no column had another folder.
  var isEmpty: Bool { moves.isEmpty }

  /// Where what stands in `folder` stood while the column that it belongs to had another folder, in the order in which
  /// that column names them.
  func callAsFunction(_ folder: String) -> [Former] {
    moves.flatMap { move -> [Former] in
      guard folder.hasPrefix(move.folder) || folder.utf8.elementsEqual(move.folder.utf8.dropLast()) else {
        return []
      }
      let rest = folder.dropFirst(move.folder.count)
      return move.formers.map { former in
        Former(
          folder: rest.isEmpty ? former.folder : "\(former.folder)/\(rest)", place: former.place,
          isFirst: former.isFirst)
      }
    }
  }

  /// Notes that something else is at the former address `folder` now.
  mutating func markReused(_ folder: String) { reused.insert(folder) }

  /// The address by which what stands in `folder` is known for ever to who follows feeds: that in the first of the former
  /// folders that no other column names before, unless something else has that address now; `nil` for the address of now.
  func lastingName(of folder: String) -> String? { lastingName(self(folder)) }

  /// The same of a write-up.
  func lastingName(of id: ID<WriteUp>, in archive: Archive) -> String? {
    lastingName(self(id, of: archive))
  }

  private func lastingName(_ formers: [Former]) -> String? {
    formers.first(where: \.isFirst).flatMap { reused.contains($0.folder) ? nil : $0.folder }
  }

  /// Where a write-up of `archive` stood while its column had another folder, by the pattern of now.
  func callAsFunction(_ id: ID<WriteUp>, of archive: Archive) -> [Former] {
    guard !isEmpty else { return [] }
    let writeUp = archive.writeUps[id]
    let column = archive.columns[writeUp.column]
    return self(column.address).map { former in
      let address = column.source.permalink.address(
        column: former.folder, date: writeUp.date.date, week: writeUp.isoWeek, slug: writeUp.source.slug)
      return Former(folder: address, place: former.place, isFirst: former.isFirst)
    }
  }
}

extension SitePlan {
  /// The former folders of columns in which the site has pages of its own.
  func sharedFormerFolders(_ archive: Archive) -> [Diagnostic] {
    guard !formerFolders.isEmpty else { return [] }
    let files = pages.lazy.filter(\.isOfSite).map(\.file)
    return FormerFolder.all(of: archive.columns.map(\.source)).compactMap { former in
      let folder = former.folder.lowercased() + "/"
      return files.first { $0.hasPrefix(folder) }.map { .sharedFormerFolder(former, with: $0) }
    }
  }
}

extension PlannedPage {
  /// Whether the page belongs to no column, and no author wrote it.
  fileprivate var isOfSite: Bool {
    switch subject {
    case .people, .person, .campaigns, .taxonomy, .term, .search: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func sharedFormerFolder(_ former: FormerFolder, with file: String) -> Diagnostic {
    .warning(
      "column/former-folder",
      "'\(former.written)' holds pages of the site's own, such as /\(canonicalPath(file)), which stay",
      at: former.place, fix: "take it out, unless the column's pages stood there, too")
  }
}

/// The files that a site has, and their folders, as file systems see them that take letters for the same whatever their case.
struct TakenFiles {
  private var files: Set<String> = []
  private var folders: Set<String> = []

  /// Notes `file`, unless it can't be there beside those that were noted before.
  ///
  /// - Returns: whether it can.
  @discardableResult
  mutating func insert(_ file: String) -> Bool {
    let key = file.lowercased()
    var above: [String] = []
    var folder = Directory.folder(of: key)
    while !folder.isEmpty, !folders.contains(folder) {
      guard !files.contains(folder) else { return false }
      above.append(folder)
      folder = Directory.folder(of: folder)
    }
    guard !folders.contains(key), files.insert(key).inserted else { return false }
    folders.formUnion(above)
    return true
  }
}
