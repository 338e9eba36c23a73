import Columns
import SourceText
import YAML

/// The ledger: a file of every address that was once published, one a line, in order; `#` begins a comment.
///
/// It is a promise: each of them still answers or leads on. Nothing is ever taken out of it but by hand, and what is
/// written into it moves no line that is there.
struct Ledger {
  /// A line with an address.
  private struct Line {
    let address: String
    /// Whose page was there, if the line says so.
    let person: String?
    let range: ByteRange
    /// Whether anything is said behind it.
    let hasComment: Bool
    /// Where the line begins, and where the next one does.
    let start: Int, next: Int
    /// Where the lines of comments right above it begin.
    let block: Int
  }

  private let bytes: [UInt8]
  private var lines: [Line] = []

  /// What a comment begins with that says whose page is there.
  private static let owned = Array("page of ".utf8)

  /// How long one may be: some twenty times that of a site of 10,000 write-ups.
  private static let byteLimit = 64 << 20

  /// The ledger that `bytes` spell; its lines may end as those of Windows do, and have blanks around them.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var block = start
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let next = min(end + 1, bytes.count)
      func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var text = text
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
      }
      let mark = bytes[start..<end].firstIndex(of: 0x23)
      let text = trimmed(bytes[start..<(mark ?? end)])
      let comment = mark.map { trimmed(bytes[($0 + 1)..<end]) } ?? []
      let hasComment = mark != nil
      if !text.isEmpty {
        lines.append(
          Line(
            address: String(decoding: text, as: UTF8.self),
            person: comment.starts(with: Ledger.owned)
              ? String(decoding: comment.dropFirst(Ledger.owned.count), as: UTF8.self) : nil,
            range: ByteRange(text.startIndex, text.endIndex), hasComment: hasComment,
            start: start, next: next, block: block))
      }
      if !text.isEmpty || !hasComment { block = next }
      start = next
    }
  }

  /// The file with `addresses`, which are in order and which it lacks, among the others; below them all, where those
  /// aren't in order. A comment says whose page is there, where `person` knows.
  func bytes(adding addresses: [String], of person: (String) -> String? = { _ in nil }) -> [UInt8] {
    func isBefore(_ left: String, _ right: String) -> Bool { left.bytesPrecede(right) }
    let isOrdered = zip(lines, lines.dropFirst()).allSatisfy { !isBefore($1.address, $0.address) }
    let firstEnd = bytes.firstIndex(of: 0x0A) ?? 0
    let ending: [UInt8] = firstEnd > 0 && bytes[firstEnd - 1] == 0x0D ? [0x0D, 0x0A] : [0x0A]
    var result: [UInt8] = []
    var copied = 0
    func copy(upTo end: Int) {
      result += bytes[copied..<end]
      copied = end
      let isAtStart = result.isEmpty || result == [0xEF, 0xBB, 0xBF]
      if !isAtStart, result.last != 0x0A { result += ending }
    }
    var index = 0
    for address in addresses {
      while index < lines.count, !isOrdered || isBefore(lines[index].address, address) { index += 1 }
      // What is said at the top is about the whole.
      let place = index < lines.count ? (index == 0 ? lines[0].start : lines[index].block) : lines.last?.next
      let end = isOrdered ? place ?? bytes.count : bytes.count
      if end > copied || result.isEmpty { copy(upTo: end) }
      result += Array(address.utf8)
      if let name = person(address) { result += Array(" # ".utf8) + Ledger.owned + Array(name.utf8) }
      result += ending
    }
    return result + bytes[copied...]
  }
}

extension Ledger {
  /// The lines with the address of a person's page, and nothing that says whose it is.
  private func unnamed(_ addresses: PublishedAddresses) -> [(line: Line, person: Person)] {
    lines.compactMap { line in line.hasComment ? nil : addresses.person(at: line.address).map { (line, $0) } }
  }

  /// The file with the names of those whose pages its lines have and who aren't named there.
  private func namingPeople(_ addresses: PublishedAddresses) -> Ledger {
    var result: [UInt8] = []
    var copied = 0
    for (line, person) in unnamed(addresses) {
      result +=
        bytes[copied..<line.range.indices.upperBound] + Array(" # ".utf8) + Ledger.owned
        + Array(person.name.utf8)
      copied = line.range.indices.upperBound
    }
    return copied == 0 ? self : Ledger(result + bytes[copied...])
  }
}

// MARK: - The order of former folders

extension Ledger {
  /// The folders that columns name as their first although what the ledger has of another one says that this was before.
  ///
  /// What was published in a folder moved with the column to the next one, in which more was published: of the addresses
  /// below the later folder, those below the earlier are a part.
  private func misorderedFormers(of columns: [Column]) -> [Diagnostic] {
    let formers = FormerFolder.all(of: columns.map(\.source)).filter { $0.earlier == nil }
    let ofColumn = Dictionary(grouping: formers, by: \.column)
    return columns.compactMap { column -> Diagnostic? in
      guard let formers = ofColumn[column.source.path], formers.count > 1 else { return nil }
      func below(_ former: FormerFolder) -> Set<Substring> {
        let folder = "/\(percentEncoded(former.folder))/"
        return Set(
          lines.lazy.filter { $0.address.hasPrefix(folder) }.map { $0.address.dropFirst(folder.count) })
      }
      let first = below(formers[0])
      return formers.dropFirst().first { former in
        let below = below(former)
        return !below.isEmpty && below.isStrictSubset(of: first)
      }.map { .misorderedFormer(formers[0], after: $0) }
    }
  }
}

// MARK: - Comparing

extension Ledger {
  /// What came of comparing a ledger with a site.
  struct Comparison {
    var diagnostics: [Diagnostic] = []
    /// The number of addresses that it holds now; `nil` when it could not be looked at.
    var count: Int?
    /// The number of addresses that were added to it.
    var added = 0

    /// The same with more to say.
    fileprivate func adding(_ diagnostics: [Diagnostic]) -> Comparison {
      var result = self
      result.diagnostics += diagnostics
      return result
    }
  }

  /// The mistakes in what `content/` says, for which pages may be missing or have other addresses than they will.
  enum SourceMistakes {
    case none
    /// This many files can't be read.
    case unreadable(Int)
    /// All files can be read, and some of what they say can't be meant.
    case errors
  }

  /// How many addresses that are gone are compared with those of all pages, to find what may have taken their place.
  private static let comparedCount = 100

  /// Compares the ledger at `path` below the site's folder with `model`; adds what it lacks if `adds`, making it if
  /// it isn't there. Nothing is added while an address of it is gone, or the site isn't sound; nothing is compared while
  /// there are `mistakes`.
  ///
  /// - Throws: ``SystemError`` when it can't be read, or can't be written, and then is as it was.
  static func check(
    _ path: String, of root: String, against model: SiteModel, _ mistakes: SourceMistakes, isSound: Bool,
    adding adds: Bool
  ) throws -> Comparison {
    guard let folder = try Directory.open(root) else { throw SystemError.missing("open", root) }
    let bytes = try folder.read(path, limit: byteLimit + 1)
    var result = Comparison()
    let addresses = PublishedAddresses(model)
    guard bytes != nil || adds else {
      let names = try folder.names(in: "").filter { $0.entry == .file }.map(\.name).sorted()
      result.diagnostics.append(.missing(path, among: names))
      return result
    }
    guard bytes?.count ?? 0 <= byteLimit else {
      result.diagnostics.append(.tooLarge(path))
      return result
    }
    if let problem = Diagnostic.notCompared(path, mistakes) {
      result.diagnostics.append(problem)
      return result
    }
    let ledger = Ledger(bytes ?? [])
    var known: Set<String> = []
    let gone = ledger.lines.lazy.map(\.address).filter { $0.hasPrefix("/") && !addresses.answers($0) }
    let renames = addresses.renames(Array(gone))
    var told: Set<String> = []
    for line in ledger.lines {
      let place = Location(path: path, range: line.range)
      guard line.address.hasPrefix("/") else {
        result.diagnostics.append(.malformed(line.address, of: model.archive.site.url, at: place))
        continue
      }
      known.insert(PublishedAddresses.key(line.address))
      if !addresses.answers(line.address) {
        if let rename = renames.first(where: { $0.addresses.contains(line.address) }) {
          // Said once of a folder, however much was in it.
          if told.insert(rename.former).inserted {
            result.diagnostics.append(.renamed(rename, line.address, at: place))
          }
          continue
        }
        let isCompared = result.diagnostics.count < comparedCount
        result.diagnostics.append(
          .gone(
            line.address, at: place,
            below: model.archive.site.url.flatMap { addresses.below($0, line.address) },
            successor: addresses.successor(of: line.address, comparing: isCompared)))
      } else if let name = line.person, let now = addresses.person(at: line.address), now.name != name,
        now.source?.alsoKnownAs.contains(where: { $0.value == name }) != true,
        let person = addresses.person(named: name)
      {
        // A name that nobody has any more was spelt in another way.
        result.diagnostics.append(.otherPerson(line.address, was: person, is: now, at: place))
      }
    }
    result.count = known.count
    // Nothing that keeps addresses from being added.
    let misordered = ledger.misorderedFormers(of: model.archive.columns)
    let missing = addresses.lasting.filter { known.insert(PublishedAddresses.key($0)).inserted }
    let unnamed = ledger.unnamed(addresses)
    guard !missing.isEmpty || !unnamed.isEmpty else { return result.adding(misordered) }
    guard adds, isSound, result.diagnostics.isEmpty else {
      if !adds, !missing.isEmpty { result.diagnostics.append(.notRecorded(missing, in: path)) }
      if !adds, let first = unnamed.first {
        result.diagnostics.append(.unnamed(first.line.address, count: unnamed.count, in: path))
      }
      return result.adding(misordered)
    }
    let added = ledger.namingPeople(addresses).bytes(
      adding: missing.sorted { $0.bytesPrecede($1) },
      of: { addresses.person(at: $0)?.name })
    switch try OwnFile.write(added, to: path, of: folder, over: bytes) {
    case .link: result.diagnostics.append(.linkedLedger(path, "it"))
    case .linkedFolder: result.diagnostics.append(.linkedLedger(path, "its folder"))
    case .busy: result.diagnostics.append(.busyLedger(path))
    case .changed: result.diagnostics.append(.ledgerChanged(path))
    case nil:
      result.count = known.count
      result.added = missing.count
    }
    return result.adding(misordered)
  }
}

extension Diagnostic {
  fileprivate static func gone(
    _ address: String, at place: Location, below: String?, successor: (address: String, file: String)?
  ) -> Diagnostic {
    .error(
      "ledger/gone", "\(address) was published, and now nothing is there", at: place,
      fix: below.map { "addresses begin at the site's root: write \($0)" }
        ?? successor.map {
          "add 'aliases: [\(quoted(address))]' to \($0.file), if \($0.address) took its place"
        }
        ?? (isFormerAddress(address)
          ? "bring it back, or add it to the 'aliases' of what took its place"
          : "redirect it in the server's own configuration, and take this line out"))
  }

  fileprivate static func renamed(
    _ rename: PublishedAddresses.Rename, _ address: String, at place: Location
  ) -> Diagnostic {
    let others = rename.addresses.count - 1
    let column = rename.column.source
    return .error(
      "ledger/gone",
      others == 0
        ? "\(address) was published, and now nothing is there"
        : "\(address) and \(others) more below \(rename.former) were published, and now nothing is there",
      at: place,
      fix:
        "if \(column.name) had the folder \(rename.former), add 'formerly: [\(quoted(rename.former))]' to \(column.path.sourcePath)"
    )
  }

  fileprivate static func misorderedFormer(_ first: FormerFolder, after earlier: FormerFolder) -> Diagnostic {
    .warning(
      "ledger/former-order",
      "by what was published, the column had '\(earlier.written)' before '\(first.written)', and entries of its feeds are known by the first of 'formerly'",
      at: first.place, fix: "if so, write '\(earlier.written)' first",
      notes: [Note("it is here", at: earlier.place)])
  }

  fileprivate static func notCompared(
    _ path: String, _ mistakes: Ledger.SourceMistakes
  ) -> Diagnostic? {
    let (reason, fix): (String, String)
    switch mistakes {
    case .none: return nil
    case .unreadable(1):
      (reason, fix) = ("a file can't be read, and its address isn't known", "mend what can't be read first")
    case .unreadable(let count):
      (reason, fix) = (
        "\(count) files can't be read, and their addresses aren't known", "mend what can't be read first"
      )
    case .errors:
      (reason, fix) = ("with the errors that there are, addresses may be others", "mend these first")
    }
    return Diagnostic(
      .note, "ledger/not-compared", "\(reason): \(path) was not compared", at: nil, fix: fix)
  }

  fileprivate static func unnamed(_ address: String, count: Int, in path: String) -> Diagnostic {
    Diagnostic(
      .note, "ledger/unnamed-person",
      "\(count == 1 ? "the line of \(address) doesn't" : "\(count) lines, such as that of \(address), don't") say whose page it is: a namesake who takes it isn't noticed",
      at: nil, fix: "run sitegen check --ledger \(path) --add, which writes the names behind them")
  }

  fileprivate static func otherPerson(
    _ address: String, was person: Person, is other: Person, at place: Location
  ) -> Diagnostic {
    let name = percentDecoded(address).split(separator: "/").last.map(String.init) ?? ""
    let slug = slug(for: person.name) == name ? "" : " and 'slug: \(name)'"
    return .error(
      "ledger/other-person",
      "\(address) was the page of \(person.name), who is at /\(percentEncoded(person.address))/ now; it is that of \(other.name)",
      at: place,
      fix: (person.source.map { "add 'slug: \(name)' to \($0.path.sourcePath)" }
        ?? "write content/people/\(name).md with 'name: \(yamlScalar(person.name))'\(slug)")
        + ", or take the name out of this line")
  }

  private static func quoted(_ address: String) -> String {
    address.utf8.allSatisfy { !"?,[]{}#:&*!|>'\"%@`".utf8.contains($0) } ? address : "\"\(address)\""
  }

  fileprivate static func malformed(_ text: String, of url: String?, at place: Location) -> Diagnostic {
    let root = (url ?? "").hasSuffix("/") ? String((url ?? "").dropLast()) : url ?? ""
    let path = root.isEmpty || !(text + "/").hasPrefix(root + "/") ? nil : String(text.dropFirst(root.count))
    let isElsewhere = path == nil && text.contains("://")
    return .error(
      "ledger/not-an-address",
      isElsewhere ? "this is an address of another site" : "an address begins with /, without the host",
      at: place,
      fix: path.map { "write \($0.isEmpty ? "/" : $0)" }
        ?? (isElsewhere
          ? "take the line out; of this site's own addresses write what follows the host"
          : "begin it with /, or the line with # if it is a comment"))
  }

  fileprivate static func notRecorded(_ addresses: [String], in path: String) -> Diagnostic {
    Diagnostic(
      .note, "ledger/not-recorded",
      "\(addresses.count == 1 ? "\(addresses[0]) is" : "\(addresses.count) addresses, such as \(addresses[0]), are") not in \(path) yet",
      at: nil, fix: "run sitegen check --ledger \(path) --add once they are published")
  }

  private static func top(_ path: String) -> Location { Location(path: path, range: ByteRange(at: 0)) }

  fileprivate static func missing(_ path: String, among names: [String]) -> Diagnostic {
    .error(
      "ledger/missing", "there is no file \(path) in the site's folder", at: nil,
      fix: didYouMean(path, among: names)
        ?? "if this site has no ledger yet, --add makes one of all addresses that it has now")
  }

  fileprivate static func tooLarge(_ path: String) -> Diagnostic {
    .error(
      "ledger/too-large", "\(path) is larger than 64 MiB, and not read", at: nil, fix: "is it a ledger?")
  }

  fileprivate static func linkedLedger(_ path: String, _ what: String) -> Diagnostic {
    .error(
      "ledger/linked-file", "nothing is added to \(path): \(what) is a link", at: nil,
      fix: "name the file itself, in the site's folder")
  }

  fileprivate static func busyLedger(_ path: String) -> Diagnostic {
    .error(
      "ledger/busy", "nothing is added to \(path): another check is writing into this folder", at: nil,
      fix: "add them again when it is done")
  }

  fileprivate static func ledgerChanged(_ path: String) -> Diagnostic {
    .error(
      "ledger/changed-meanwhile", "nothing is added to \(path): somebody changed it meanwhile", at: top(path),
      fix: "add them again")
  }
}
