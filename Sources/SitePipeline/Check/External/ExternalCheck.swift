import CivilTime
import Columns
import SourceText

extension SiteCheck {
  /// How links to other hosts are checked.
  public struct External: Sendable {
    /// The ledger of what they answered, below the site's folder.
    public var ledger = "external-links.txt"
    /// Whether those are asked again that were alive lately.
    public var asksAgain = false
    /// Whether this machine and private networks are asked, too.
    public var allowsPrivate = false
    /// The pause between two questions to one host, in seconds.
    public var pause = 1.0
    /// How long one question may take, in seconds.
    public var seconds = 20.0
    /// Is told how far it is: addresses done, and addresses in all.
    public var progress: (@Sendable (Int, Int) -> Void)?

    /// The usual way.
    public init() {}
  }

  /// What came of checking them.
  public struct ExternalReport: Sendable {
    /// The addresses of other hosts in the site.
    public var count = 0
    /// Those that were asked for.
    public var askedCount = 0
    /// Those whose hosts asked to be left alone for a while.
    public var postponedCount = 0
    /// What each address answered, this time or before.
    var answers: [String: LinkAnswer] = [:]
    /// When it was last seen alive.
    var lastAlive: [String: Timestamp] = [:]
  }

  /// Asks for the addresses of other hosts in `content`, and writes down what they answer.
  ///
  /// - Throws: ``SystemError`` when the operating system refuses something.
  func ask(
    _ links: ExternalLinks, by external: External, now: Timestamp, diagnostics: inout [Diagnostic]
  ) async throws -> ExternalReport {
    var report = ExternalReport()
    guard let root = try Directory.open(options.build.root) else {
      throw SystemError.missing("open", options.build.root)
    }
    let name = external.ledger
    if let inside = resolvedFolder(root.full(Directory.folder(of: name))),
      let folder = OwnFile.publishedFolder(around: inside, of: root)
    {
      diagnostics.append(.refusedLedger(name, "it lies in \(folder)/"))
      return report
    }
    let former = try root.read(name, limit: LinkLedger.byteLimit + 1)
    guard former.map({ $0.isEmpty || $0.starts(with: LinkLedger.mark.utf8) }) ?? true else {
      diagnostics.append(.refusedLedger(name, "it is there already, and sitegen didn't write it"))
      return report
    }
    guard former?.count ?? 0 <= LinkLedger.byteLimit else {
      diagnostics.append(.externalLedger(name, "it is larger than 64 MiB"))
      return report
    }
    var ledger = LinkLedger(former ?? [])
    let addresses = links.places.map(\.address)
    report.count = addresses.count
    let wanted = addresses.filter { address in
      guard let answer = ledger.answer(of: address, at: now) else { return true }
      // Who asked to be left alone is left alone, whoever asks.
      if case .later = answer { return false }
      return external.asksAgain
    }
    var asking = LinkAsking.Options(now: now)
    asking.pause = external.pause
    asking.seconds = external.seconds
    asking.allowsPrivate = external.allowsPrivate
    asking.userAgent = options.build.generator.replacing(" ", with: "/") + " (link check)"
    asking.progress = external.progress
    guard let answers = try await LinkAsking(asking).ask(wanted) else {
      diagnostics.append(.noCurl)
      return report
    }
    report.askedCount = wanted.count
    for (address, answer) in zip(wanted, answers) { ledger.note(answer, of: address, at: now) }
    // What the site links to no more is nobody's business.
    let known = Set(addresses)
    ledger.entries = ledger.entries.filter { known.contains($0.key) }
    for (address, entry) in ledger.entries {
      report.answers[address] = entry.answer
      report.lastAlive[address] = entry.lastAlive
      if case .later = entry.answer { report.postponedCount += 1 }
    }
    let bytes = ledger.bytes
    switch bytes == former ? nil : try OwnFile.write(bytes, to: name, of: root, over: former) {
    case nil: break
    case .link: diagnostics.append(.externalLedger(name, "it is a link"))
    case .linkedFolder: diagnostics.append(.externalLedger(name, "its folder is a link"))
    case .busy: diagnostics.append(.externalLedger(name, "another check is writing into this folder"))
    case .changed: diagnostics.append(.externalLedger(name, "somebody changed it meanwhile"))
    }
    return report
  }
}

extension ExternalLinks {
  /// What is to say of those whose answers are in `report`, at each place where they are written.
  func findings(_ report: SiteCheck.ExternalReport, reading read: (String) -> [UInt8]?) -> [Diagnostic] {
    places.flatMap { address, files -> [Diagnostic] in
      guard let answer = report.answers[address] else { return [] }
      return files.flatMap { path -> [Diagnostic] in
        let found =
          answer.isUnremarkable ? [] : read(path.sourcePath).map { occurrences(of: address, in: $0) } ?? []
        // One that is written in another way, as with escapes, has no place of its own.
        return (found.isEmpty ? [ByteRange(at: 0)] : found).compactMap { range in
          .external(
            address, answer, lastAlive: report.lastAlive[address],
            at: Location(path: path.sourcePath, range: range), isExact: !found.isEmpty)
        }
      }
    }
  }
}

/// Where `address` stands in `bytes`, and not merely the beginning or the end of a longer one.
func occurrences(of address: String, in bytes: [UInt8]) -> [ByteRange] {
  let wanted = Array(address.utf8)
  guard let first = wanted.first else { return [] }
  func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    default: false
    }
  }
  var result: [ByteRange] = []
  var index = 0
  while let start = bytes[index...].firstIndex(of: first) {
    index = start + 1
    let end = start + wanted.count
    guard end <= bytes.count, bytes[start..<end].elementsEqual(wanted) else { continue }
    let isBegun = start > 0 && isWord(bytes[start - 1])
    let next = end < bytes.count ? bytes[end] : 0x20
    let afterNext = end + 1 < bytes.count ? bytes[end + 1] : 0x20
    // A dot or comma ends a sentence, and in front of a letter goes on with the address.
    let goesOn =
      isWord(next) || "/-_~%?&=#+@:$".utf8.contains(next) || ".,;".utf8.contains(next) && isWord(afterNext)
    if !isBegun, !goesOn { result.append(ByteRange(start, end)) }
  }
  return result
}

extension LinkAnswer {
  /// Whether nobody has to do anything.
  fileprivate var isUnremarkable: Bool {
    switch self {
    case .alive, .later: true
    default: false
    }
  }
}

extension Diagnostic {
  fileprivate static func external(
    _ address: String, _ answer: LinkAnswer, lastAlive: Timestamp?, at place: Location, isExact: Bool
  ) -> Diagnostic? {
    let notes = lastAlive.map { [Note("it was last seen alive on \($0.date)")] } ?? []
    switch answer {
    case .dead(let reason):
      let what = reason.first?.isNumber ?? false ? "it answers \(reason)" : "there is \(reason)"
      return .error(
        "link/dead", "\(address) is gone: \(what)", at: place,
        fix: "take the link out, or link to a copy in an archive",
        notes: notes)
    case .moved(let new, let isSure):
      // What would have to be quoted in YAML or Markdown is written by hand.
      let isPlain = new.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~:/?=&%+@#".utf8.contains(byte)
        }
      }
      return .warning(
        "link/moved", "\(address) has moved for good", at: place,
        fix: isSure ? "write \(new)" : "it leads to \(new) now: is that what is meant?",
        edit: isExact && isSure && isPlain ? Edit(place.range, new) : nil)
    case .isPrivate:
      return .warning(
        "link/private-host", "\(address) leads to this machine or a private network, where readers don't get",
        at: place,
        fix: "link to a public address; --allow-private has it checked all the same")
    case .unreachable(let reason):
      return .warning(
        "link/unreachable", "\(address) could not be checked: \(reason)", at: place,
        fix: "look at it in a browser; it is asked for again next time", notes: notes)
    case .alive, .later: return nil
    }
  }

  fileprivate static var noCurl: Diagnostic {
    .error(
      "link/no-curl", "links to other hosts are checked with curl, and there is none", at: nil,
      fix: "install it, as with 'apt-get install curl'")
  }

  fileprivate static func refusedLedger(_ path: String, _ reason: String) -> Diagnostic {
    .error(
      "link/foreign-ledger", "\(path) can't keep what other hosts answer: \(reason)", at: nil,
      fix: "name another file with --external-ledger")
  }

  fileprivate static func externalLedger(_ path: String, _ reason: String) -> Diagnostic {
    .warning(
      "link/ledger-not-written", "\(path) is not written: \(reason)", at: nil,
      fix: "the same links will be asked for again next time")
  }
}
