import Columns
import Feeds
import SourceText

/// The ledger: a file of every address that was once published, one a line, in order; `#` begins a comment.
///
/// It is a promise: each of them still answers or leads on. Nothing is ever taken out of it but by hand.
struct Ledger {
  /// What came of comparing a ledger with a site.
  struct Comparison {
    var diagnostics: [Diagnostic] = []
    /// The number of addresses that it holds now.
    var count = 0
    /// The number of addresses that were added to it.
    var added = 0
  }

  private var lines: [(text: String, range: ByteRange)] = []

  /// The ledger that `bytes` spell.
  init(_ bytes: [UInt8]) {
    var start = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      var end = start + line.count
      if end > start, bytes[end - 1] == 0x0D { end -= 1 }
      if end > start {
        lines.append((String(decoding: bytes[start..<end], as: UTF8.self), ByteRange(start, end)))
      }
      start += line.count + 1
    }
  }

  /// Compares the ledger at `path` below the site's folder with `model`; adds what it lacks if `adds`, making it if
  /// it isn't there. Nothing is added while an address of it is gone.
  ///
  /// - Throws: ``SystemError`` when there is no ledger, and it is not to be made; or it can't be written.
  static func check(
    _ path: String, of root: String, against model: SiteModel, adding adds: Bool
  ) throws -> Comparison {
    guard let folder = try Directory.open(root) else { throw SystemError.missing("open", root) }
    let bytes = try folder.read(path, limit: 1 << 26)
    guard bytes != nil || adds else { throw SystemError.missing("open", folder.full(path)) }
    let ledger = Ledger(bytes ?? [])
    let addresses = PublishedAddresses(model)
    var result = Comparison()
    var known: Set<String> = []
    for (text, range) in ledger.lines where !text.hasPrefix("#") {
      let place = Location(path: path, range: range)
      guard text.hasPrefix("/") else {
        result.diagnostics.append(.malformed(text, at: place))
        continue
      }
      known.insert(PublishedAddresses.key(text))
      if !addresses.answers(text) {
        result.diagnostics.append(.gone(text, at: place, successor: addresses.successor(of: text)))
      }
    }
    result.count = known.count
    let missing = addresses.lasting.filter { !known.contains(PublishedAddresses.key($0)) }
    guard !missing.isEmpty else { return result }
    guard adds, result.diagnostics.isEmpty else {
      if !adds { result.diagnostics.append(.notRecorded(missing, in: path)) }
      return result
    }
    let comments = ledger.lines.map(\.text).filter { $0.hasPrefix("#") }
    let written = Set(ledger.lines.map(\.text).filter { !$0.hasPrefix("#") }).union(missing)
    let text = (comments + written.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }).joined(
      separator: "\n")
    let staged = path + ".new"
    try folder.remove(staged)
    try folder.create(staged, Array((text + "\n").utf8))
    try folder.rename(staged, to: path, in: folder)
    result.count += missing.count
    result.added = missing.count
    return result
  }
}

/// The addresses that a site answers at.
private struct PublishedAddresses {
  /// Those of pages, feeds and former addresses, from the site's root: what is linked to from outside, and meant to
  /// last. Later parts of long lists, assets and pictures come and go.
  private(set) var lasting: [String] = []
  private var answering: Set<String> = []
  /// The pages that can have aliases, by the last part of their address: the file, and the address.
  private var pages: [(name: String, address: String, file: String)] = []

  init(_ model: SiteModel) {
    let (archive, plan) = (model.archive, model.plan)
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
    for feed in plan.feeds.subjects {
      let folder = feed.folder(in: archive)
      lasting += FeedFormat.allCases.map { "/" + percentEncoded($0.file(in: folder)) }
    }
    answering.formUnion(lasting.map(Self.key))
    answering.formUnion(plan.media.map { Self.key("/" + percentEncoded($0.file)) })
    answering.formUnion(model.records.map { Self.key("/" + percentEncoded($0.file)) })
  }

  private mutating func addPage(_ folder: String, _ path: ContentPath, _ address: String) {
    let name = folder.split(separator: "/").last.map(String.init) ?? ""
    pages.append((name, address, path.sourcePath))
  }

  /// Whether a page, a file or a redirect is at `address`.
  func answers(_ address: String) -> Bool { answering.contains(Self.key(address)) }

  /// The page that likely took the place of the one at `address`: one whose address ends in the same words, or nearly.
  func successor(of address: String) -> (address: String, file: String)? {
    let path = percentDecoded(address.prefix { $0 != "?" })
    guard var name = path.split(separator: "/").last.map(String.init), !address.contains("?") else {
      return nil
    }
    for ending in [".html", ".htm"] where name.hasSuffix(ending) { name.removeLast(ending.count) }
    let found =
      pages.first { $0.name == name }
      ?? nearest(to: name, among: pages.map(\.name)).flatMap { near in
        pages.first { $0.name == near }
      }
    return found.map { ($0.address, $0.file) }
  }

  /// What is the same for two ways to write one address.
  static func key(_ address: String) -> String {
    let (path, query) = (address.prefix { $0 != "?" }, address.drop { $0 != "?" })
    var text = percentDecoded(canonicalPath(String(path)))
    while text.hasSuffix("/") { text.removeLast() }
    return text + query
  }
}

extension Diagnostic {
  fileprivate static func gone(
    _ address: String, at place: Location, successor: (address: String, file: String)?
  ) -> Diagnostic {
    .error(
      "ledger/gone", "\(address) was published, and now nothing is there", at: place,
      fix: successor.map {
        "add 'aliases: [\(quoted(address))]' to \($0.file), if \($0.address) took its place"
      }
        ?? "bring it back, or add it to the 'aliases' of what took its place")
  }

  private static func quoted(_ address: String) -> String {
    address.utf8.allSatisfy { !"?,[]{}#:&*!|>'\"%@`".utf8.contains($0) } ? address : "\"\(address)\""
  }

  fileprivate static func malformed(_ text: String, at place: Location) -> Diagnostic {
    .error(
      "ledger/not-an-address", "this is no address on this site", at: place,
      fix: "begin it with /, or the line with #")
  }

  fileprivate static func notRecorded(_ addresses: [String], in path: String) -> Diagnostic {
    .note(
      "ledger/not-recorded",
      "\(addresses.count == 1 ? "\(addresses[0]) is" : "\(addresses.count) addresses, such as \(addresses[0]), are") not in \(path) yet",
      fix: "run sitegen check --ledger \(path) --add once they are published")
  }

  private static func note(_ id: String, _ message: String, fix: String) -> Diagnostic {
    Diagnostic(.note, id, message, at: nil, fix: fix)
  }
}
