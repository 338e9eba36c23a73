/// Puts blocks that texts share, `<!-- wp:block {"ref":7} /-->`, where they are meant to stand.
struct SharedBlocks {
  private let blocks: [Int: String]
  private(set) var notes = ConversionNotes()
  private var budget = 4 << 20

  /// How deep such blocks are in each other.
  private static let depthLimit = 4
  private static let lead = "<!-- wp:block "

  init(_ blocks: [Int: String]) { self.blocks = blocks }

  /// `text` with the blocks in it.
  mutating func expand(_ text: String) -> String { expand(text, depth: 0) }

  private mutating func expand(_ text: String, depth: Int) -> String {
    let all = Bytes(text)
    guard var found = all.range(of: Self.lead, from: 0) else { return text }
    var result: [UInt8] = []
    var done = 0
    while true {
      guard let end = all.range(of: "-->", from: found.upperBound) else { break }
      result += all.bytes[done..<found.lowerBound]
      result +=
        block(String(decoding: all.bytes[found.upperBound..<end.lowerBound], as: UTF8.self), depth).utf8
      done = end.upperBound
      guard let next = all.range(of: Self.lead, from: done) else { break }
      found = next
    }
    return String(decoding: result + all.bytes[done...], as: UTF8.self)
  }

  private mutating func block(_ attributes: String, _ depth: Int) -> String {
    let digits = attributes.firstRange(of: "\"ref\":").map {
      attributes[$0.upperBound...].drop { $0 == " " }.prefix(while: \.isNumber)
    }
    guard let id = digits.flatMap({ Int($0) }), let text = blocks[id] else {
      notes.lose("a shared block that the export doesn't have")
      return ""
    }
    budget -= text.utf8.count
    guard depth < Self.depthLimit, budget >= 0 else {
      notes.lose("shared blocks in each other, or too many of them")
      return ""
    }
    return expand(cleaned(text), depth: depth + 1)
  }
}
