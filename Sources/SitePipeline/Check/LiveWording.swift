import CivilTime
import Columns
import SourceText

extension Check {
  /// Sentences that ask for money, or say that it is asked for, in a write-up whose campaign is over:
  /// `campaign/reads-as-live`.
  ///
  /// A sentence is one of them when it names a campaign, has a word of the present for it, and none that says it is over.
  /// These are English words: other sites are not looked through.
  static let liveWording = Check { site in
    guard site.archive.site.language.lowercased().hasPrefix("en") else { return [] }
    return site.archive.writeUps.flatMap { writeUp -> [Diagnostic] in
      guard let standing = writeUp.campaign, standing.state == .ended || standing.state == .funded,
        let deadline = standing.deadline, let bytes = site.read(writeUp.source.path.sourcePath)
      else { return [] }
      // Behind the line that ends the front matter.
      let end = min(bytes.count, writeUp.source.places.frontMatter.indices.upperBound)
      let body = bytes[end...].drop { $0 != 0x0A }
      let platform = writeUp.source.project.campaign?.platform?.lowercased()
      return sentences(of: body).filter { isAppeal($0.text, platform: platform) }.prefix(3).map {
        .readsAsLive(ended: "\(deadline.date)", at: writeUp.source.location($0.range))
      }
    }
  }
}

/// The sentences of a Markdown text: in small letters, with single spaces and without addresses.
private func sentences(of bytes: ArraySlice<UInt8>) -> [(text: String, range: ByteRange)] {
  var result: [(text: String, range: ByteRange)] = []
  var text: [UInt8] = []
  var start = bytes.startIndex
  var end = start
  func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
  func finish(at index: Int) {
    if !text.isEmpty { result.append((String(decoding: text, as: UTF8.self), ByteRange(start, end))) }
    text = []
    start = index
  }
  var index = bytes.startIndex
  while index < bytes.endIndex {
    let byte = bytes[index]
    index += 1
    if isBlank(byte) {
      let isParagraph = byte == 0x0A && bytes[index...].first { $0 != 0x20 && $0 != 0x0D } == 0x0A
      let isEnd = bytes[..<(index - 1)].last.map { [0x2E, 0x21, 0x3F].contains($0) } ?? false
      if isParagraph || isEnd {
        finish(at: index)
      } else if text.last != 0x20, !text.isEmpty {
        text.append(0x20)
      }
      continue
    }
    if text.isEmpty { start = index - 1 }
    end = index
    switch byte {
    // Where a link leads is no word of the sentence.
    case 0x28 where bytes[..<(index - 1)].last == 0x5D:
      while index < bytes.endIndex, bytes[index] != 0x29, bytes[index] != 0x0A { index += 1 }
    case 0x41...0x5A: text.append(byte | 0x20)
    // Marks of emphasis, and the apostrophe of typesetters, would stand between the words that are looked for.
    case 0x2A, 0x5F, 0x5B, 0x5D: break
    case 0xE2 where bytes[index...].starts(with: [0x80, 0x99]):
      text.append(0x27)
      index += 2
      end = index
    default: text.append(byte)
    }
  }
  finish(at: index)
  return result
}

private func isAppeal(_ sentence: String, platform: String?) -> Bool {
  func has(_ words: [String]) -> Bool { words.contains { sentence.contains($0) } }
  return (has(campaignWords) || platform.map { !$0.isEmpty && sentence.contains($0) } ?? false)
    && has(presentWords) && !has(pastWords)
}

private let campaignWords = [
  "campaign", "crowdfund", "kickstarter", "indiegogo", "seed&spark", "seed & spark", "gofundme", "wefunder",
  "backer",
  "pledge", "donat", "fundrais", "raising",
]

private let presentWords = [
  " is live", "'s live", " are live", " is open", "'s open", " is running", "'s running", "runs until",
  "runs through",
  "open until", "still open", "still running", "days left", "days to go", "hours left", "weeks left",
  " ends on", " ends in",
  " ends this", " ends next", " ends tomorrow", " closes on", " closes in", " closes this", "will end",
  "will close",
  " is raising", " are raising", "'re raising", "'s raising", " is crowdfunding", " are crowdfunding",
  "'re crowdfunding",
  "right now", "still time", "you can still", "back us", "back them", "back it now", "back the film",
  "help us reach",
  "help them reach", "pledge now", "pledge today", "donate now", "donate today", "support the campaign",
  "back the campaign",
  "join the campaign", "make a pledge", "make a donation", "please pledge", "please donate",
]

private let pastWords = [
  " ended", " closed", " is over", "'s over", " was ", " were ", "no longer", "n't", "reached its goal",
  "fell short",
  "has been funded", "is funded", "came to an end",
]

extension Diagnostic {
  fileprivate static func readsAsLive(ended: String, at place: Location) -> Diagnostic {
    .warning(
      "campaign/reads-as-live", "this reads as if the campaign went on, and it ended on \(ended)", at: place,
      fix: "say how it ended; if it was extended, correct its 'deadline'")
  }
}
