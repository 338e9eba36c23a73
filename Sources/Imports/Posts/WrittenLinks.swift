/// Links as they are written in a Markdown text, found by where their addresses are.
struct WrittenLinks {
  private let bytes: [UInt8]
  /// How far the brackets of a link are looked for.
  private static let reach = 4096

  /// The links of the text that `bytes` are.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What an address is a part of.
  enum Kind: Hashable {
    /// `[words](address)`, or such a picture; where its `(` is.
    case inline(Int)
    /// `[name]: address`
    case definition
    /// The value of an attribute of HTML, in quotes.
    case attribute
    /// `<address>`, or the address alone.
    case bare
  }

  /// What the address at `range` is a part of.
  func kind(of range: Range<Int>) -> Kind {
    var index = range.lowerBound
    if index > 0, bytes[index - 1] == 0x22 || bytes[index - 1] == 0x27 { return .attribute }
    if index > 0, bytes[index - 1] == 0x3C { index -= 1 }
    while index > 0, [0x20, 0x09, 0x0A].contains(bytes[index - 1]) { index -= 1 }
    guard index > 1, bytes[index - 2] == 0x5D else { return .bare }
    return bytes[index - 1] == 0x28 ? .inline(index - 1) : bytes[index - 1] == 0x3A ? .definition : .bare
  }

  /// What has to go so that a link is its words alone; `nil` where that can't be told.
  func marks(around range: Range<Int>) -> [Range<Int>]? {
    let isInAngles =
      range.lowerBound > 0 && bytes[range.lowerBound - 1] == 0x3C && range.upperBound < bytes.count
      && bytes[range.upperBound] == 0x3E
    switch kind(of: range) {
    case .inline(let parenthesis):
      guard let open = opening(before: parenthesis - 1),
        let close = closing(after: range.upperBound + (isInAngles ? 1 : 0))
      else { return nil }
      let start = open > 0 && bytes[open - 1] == 0x21 ? open - 1 : open
      return [start..<(open + 1), (parenthesis - 1)..<(close + 1)]
    case .definition:
      let start = bytes[..<range.lowerBound].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      return [start..<(bytes[range.upperBound...].firstIndex(of: 0x0A) ?? bytes.count)]
    case .attribute: return [range]
    case .bare:
      guard isInAngles else { return nil }
      return [(range.lowerBound - 1)..<range.lowerBound, range.upperBound..<(range.upperBound + 1)]
    }
  }

  /// The `[` that belongs to the `]` at `end`.
  private func opening(before end: Int) -> Int? {
    var depth = 0
    for index in (max(0, end - Self.reach)...end).reversed() {
      guard index == 0 || bytes[index - 1] != 0x5C else { continue }
      if bytes[index] == 0x5D { depth += 1 }
      if bytes[index] == 0x5B {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  /// The `)` at the end of a link, from behind its address on; one in its title is none.
  private func closing(after start: Int) -> Int? {
    var quote: UInt8?
    for index in start..<min(bytes.count, start + Self.reach) where bytes[index - 1] != 0x5C {
      switch bytes[index] {
      case 0x22, 0x27:
        if quote == nil { quote = bytes[index] } else if quote == bytes[index] { quote = nil }
      case 0x29 where quote == nil: return index
      default: break
      }
    }
    return nil
  }

  /// The text without what is at `cuts`.
  func text(without cuts: [Range<Int>]) -> String {
    var result: [UInt8] = []
    var done = 0
    for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) where cut.lowerBound >= done {
      result += bytes[done..<cut.lowerBound]
      done = cut.upperBound
    }
    return String(decoding: result + bytes[done...], as: UTF8.self)
  }
}
