import Columns
import Feeds
import SourceText
import YAML

/// The addresses that a site answers at.
struct PublishedAddresses {
  /// Those of pages, feeds and former addresses, from the site's root: what is linked to from outside, and meant to
  /// last. Later parts of long lists, assets and pictures come and go.
  private(set) var lasting: [String] = []
  private var answering: Set<String> = []
  /// The pages that can have aliases, by the last part of their address: the file, and the address.
  private var pages: [(name: String, address: String, file: String)] = []
  /// The first page of each name.
  private var firstOfName: [String: Int] = [:]
  private let columns: [Column]
  private var personAt: [String: Person] = [:]
  private var personNamed: [String: Person] = [:]

  init(_ model: SiteModel) {
    let (archive, plan) = (model.archive, model.plan)
    columns = archive.columns
    for page in plan.pages {
      let address = "/" + canonicalPath(page.link)
      answering.insert(Self.key(address))
      switch page.subject {
      case .notFound, .redirect: continue
      case .column(_, let page) where page > 1, .term(_, let page) where page > 1: continue
      case .campaigns(let page) where page > 1: continue
      case .writeUp(let id): addPage(archive.writeUps[id].address, archive.writeUps[id].source.path, address)
      case .freePage(let id):
        addPage(archive.freePages[id].address, archive.freePages[id].source.path, address)
      case .person(let id):
        personAt[Self.key(address)] = archive.people[id]
        personNamed[archive.people[id].name] = archive.people[id]
        if let source = archive.people[id].source {
          addPage(archive.people[id].address, source.path, address)
        }
      default: break
      }
      lasting.append(address)
    }
    lasting += plan.redirects.map { redirect in
      "/" + percentEncoded(redirect.path) + (redirect.query.map { "?" + $0 } ?? "")
    }
    lasting += plan.feeds.files.joined().map { "/" + percentEncoded($0.file) }
    answering.formUnion(lasting.map(Self.key))
    answering.formUnion(plan.media.map { Self.key("/" + percentEncoded($0.file)) })
    answering.formUnion(model.records.map { Self.key("/" + percentEncoded($0.file)) })
  }

  private mutating func addPage(_ folder: String, _ path: ContentPath, _ address: String) {
    let name = folder.split(separator: "/").last.map(String.init) ?? ""
    if firstOfName[name] == nil { firstOfName[name] = pages.count }
    pages.append((name, address, path.sourcePath))
  }

  /// Whether a page, a file or a redirect is at `address`.
  func answers(_ address: String) -> Bool { answering.contains(Self.key(address)) }

  /// Whose page is at `address`; `nil` when it is nobody's.
  func person(at address: String) -> Person? { personAt[Self.key(address)] }

  /// Who is called `name` on a page of their own.
  func person(named name: String) -> Person? { personNamed[name] }

  /// The page that likely took the place of the one at `address`: one whose address ends in the same words or, if that
  /// is to be looked for, nearly.
  ///
  /// - Complexity: O(1), and O(*n*) in the number of pages when `isComparing`.
  func successor(of address: String, comparing isComparing: Bool) -> (address: String, file: String)? {
    let path = percentDecoded(address.prefix { $0 != "?" })
    guard var name = path.split(separator: "/").last.map(String.init), !address.contains("?"),
      isFormerAddress(address)
    else { return nil }
    for ending in [".html", ".htm"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    let near =
      firstOfName[name] == nil && isComparing ? nearest(to: name, among: pages.lazy.map(\.name)) : name
    return near.flatMap { firstOfName[$0] }.map { (pages[$0].address, pages[$0].file) }
  }

  /// A column whose folder likely was another, that folder, and what was below it and answers below the column's.
  struct Rename {
    let column: Column
    let former: String
    fileprivate(set) var addresses: Set<String>
  }

  /// The columns that likely had other folders, as nothing is at `gone` any more.
  ///
  /// - Complexity: O(*n*) in the number of addresses, times the number of columns.
  func renames(_ gone: [String]) -> [Rename] {
    var found: [Rename] = []
    var seen: Set<String> = []
    for rename in gone.lazy.compactMap({ self.renamedColumn(of: $0) })
    where found.count < 100 && seen.insert(rename.former).inserted {
      let below = gone.filter { $0.hasPrefix(rename.former) }
      let moved = below.filter { answers(rename, $0) }
      // Where another column is now, one that is gone says nothing; most of them do.
      let isTaken = columns.contains { "/\(percentEncoded($0.address))/" == rename.former }
      if isTaken, moved.count < 2 || moved.count * 2 < below.count { continue }
      found.append(Rename(column: rename.column, former: rename.former, addresses: Set(moved)))
    }
    return found
  }

  /// Whether what was at `address`, below a column's former folder, is there below that of now.
  private func answers(_ rename: (column: Column, former: String), _ address: String) -> Bool {
    answers("/\(percentEncoded(rename.column.address))/" + address.dropFirst(rename.former.count))
  }

  /// The column whose folder likely was another when something was at `address`, and that folder: what is below it answers
  /// below the column's.
  private func renamedColumn(of address: String) -> (column: Column, former: String)? {
    let segments = address.prefix { $0 != "?" }.split(separator: "/")
    guard let root = segments.first, !Self.ofNoColumn.contains(String(root)) else { return nil }
    for column in columns {
      let depth = column.address.split(separator: "/").count
      // A front, a feed or a list could be that of any.
      guard segments.count > depth, !Self.ofEveryColumn.contains(segments[depth]) else { continue }
      let former = "/" + segments[..<depth].joined(separator: "/") + "/"
      if answers((column, former), address) { return (column, former) }
    }
    return nil
  }

  /// The folders of an output that belong to the site as a whole.
  private static let ofNoColumn = Set(
    Term.Kind.allCases.map(\.address) + ["api", "assets", "campaigns", "comments", "people", "search"])

  /// What there is in the folder of every column.
  private static let ofEveryColumn: Set<Substring> = [
    "a-z", "atom.xml", "comments", "feed.json", "feed.xml", "page", "weeks", "winners",
  ]

  /// What of `address` comes below the path of `url`, where the site lies in a folder of its host, if that answers.
  func below(_ url: String, _ address: String) -> String? {
    SiteURL(url)?.below(address).flatMap { answers($0) ? $0 : nil }
  }

  /// What is the same for two ways to write one address.
  static func key(_ address: String) -> String {
    let (path, query) = (address.prefix { $0 != "?" }, address.drop { $0 != "?" })
    var text = percentDecoded(canonicalPath(String(path)))
    while text.hasSuffix("/") { text.removeLast() }
    return text + query
  }
}
