import CivilTime
import SourceText

/// When each address was last asked for, what it answered, and when it was last seen alive: a file in the site's folder, so
/// that nobody is asked again and again.
///
/// A line for each address, in order, of four parts with a tab between: the address, when it was last seen alive (`-` for
/// never), when it was asked, and the answer. What can't be read is as if it weren't there.
struct LinkLedger: Sendable {
  /// What is known of an address.
  struct Entry: Sendable, Hashable {
    var lastAlive: Timestamp?
    var asked: Timestamp
    var answer: LinkAnswer
  }

  /// What is known, by address.
  var entries: [String: Entry] = [:]

  /// How long an address that was alive isn't asked for again, in seconds: a week.
  static let freshness: Int64 = 7 * 86_400
  /// How long a ledger may be.
  static let byteLimit = 64 << 20

  /// What each of them begins with, and no other file.
  static let mark = "# What other hosts answered"

  /// A ledger of nothing.
  init() {}

  /// The ledger that `bytes` spell.
  init(_ bytes: [UInt8]) {
    // Whatever else may end a line somewhere, here it doesn't: addresses come from other hosts.
    for bytes in bytes.split(separator: 0x0A) where bytes.first != 0x23 {
      let line = String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 4, let asked = Timestamp(rfc3339: parts[2]), let answer = LinkAnswer(parts[3])
      else {
        continue
      }
      entries[parts[0]] = Entry(lastAlive: Timestamp(rfc3339: parts[1]), asked: asked, answer: answer)
    }
  }

  /// What its file holds.
  var bytes: [UInt8] {
    var text = """
      \(LinkLedger.mark) sitegen check --external: address, last seen alive, last asked, answer.
      # It is written anew each time; without it, everything is asked for again.

      """
    for (address, entry) in entries.sorted(by: { $0.key.bytesPrecede($1.key) })
    // What would be more than one part, or one line, is asked for again.
    where (address + entry.answer.text).utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      text += "\(address)\t\(entry.lastAlive?.rfc3339 ?? "-")\t\(entry.asked.rfc3339)\t\(entry.answer.text)\n"
    }
    return Array(text.utf8)
  }

  /// The answer that still holds for `address` at `now`, so that it needn't be asked for: one of an address that was alive
  /// within a week, or that asked to be left alone for longer.
  func answer(of address: String, at now: Timestamp) -> LinkAnswer? {
    guard let entry = entries[address] else { return nil }
    if case .later(let until) = entry.answer { return until.seconds > now.seconds ? entry.answer : nil }
    guard entry.answer.isAlive, entry.asked.seconds <= now.seconds,
      now.seconds - entry.asked.seconds < LinkLedger.freshness
    else { return nil }
    return entry.answer
  }

  /// Notes what `address` answered at `now`.
  mutating func note(_ answer: LinkAnswer, of address: String, at now: Timestamp) {
    entries[address] = Entry(
      lastAlive: answer.isAlive ? now : entries[address]?.lastAlive, asked: now, answer: answer)
  }
}

extension LinkAnswer {
  /// The answer in the ledger's words.
  fileprivate var text: String {
    switch self {
    case .alive(let status): "\(status)"
    case .moved(let address, let isSure): "\(isSure ? "moved" : "leads") \(address)"
    case .dead(let reason): "gone \(reason)"
    case .unreachable(let reason): "unreachable \(reason)"
    case .later(let until): "later \(until.rfc3339)"
    case .isPrivate: "private"
    }
  }

  /// The answer that a ledger's words mean.
  fileprivate init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
    switch (parts.first, parts.dropFirst().first) {
    case ("moved"?, let address?), ("leads"?, let address?):
      guard WebAddress(address) != nil, address.utf8.allSatisfy(WebAddress.isVisible) else { return nil }
      self = .moved(address, isSure: parts[0] == "moved")
    case ("gone"?, let reason?): self = .dead(reason)
    case ("unreachable"?, let reason?): self = .unreachable(reason)
    case ("later"?, let time?):
      guard let until = Timestamp(rfc3339: time) else { return nil }
      self = .later(until)
    case ("private"?, nil): self = .isPrivate
    case (let status?, nil):
      guard let status = Int(status) else { return nil }
      self = .alive(status)
    default: return nil
    }
  }
}
