import SourceText

/// The numbers from which a theme draws a card for a write-up without a still.
///
/// Made from the slug alone, so that a card never changes while its write-up keeps its address.
public struct TitleCard: Sendable, Hashable {
  /// The hue of the first colour, from 0 to 359.
  public let hue: Int
  /// The hue of the second colour, from 0 to 359; at least 40 away from the first.
  public let secondHue: Int
  /// Which of twelve forms to draw, from 0.
  public let form: Int
  /// Where the form stands across, from 0 to 100.
  public let x: Int
  /// Where the form stands down, from 0 to 100.
  public let y: Int
  /// How far the form is turned, from 0 to 359.
  public let angle: Int
  /// How large the form is, from 0 to 100.
  public let scale: Int

  /// The card of the write-up with this slug.
  public init(slug: String) {
    // FNV-1a, stirred once for each number, so that similar slugs look different.
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in slug.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    func draw(_ bound: UInt64) -> Int {
      state ^= state >> 33
      state = state &* 0xff51_afd7_ed55_8ccd
      state ^= state >> 29
      return Int((state >> 16) % bound)
    }
    hue = draw(360)
    secondHue = (hue + 40 + draw(280)) % 360
    form = draw(12)
    x = draw(101)
    y = draw(101)
    angle = draw(360)
    scale = draw(101)
  }

  /// `title` in up to five lines of about equal length, at most 18 characters each where its words allow
  /// that; what doesn't fit ends in `…`.
  public static func lines(of title: String) -> [String] {
    let isASCII = title.isASCII
    /// The number of characters, which takes a walk where they may be of several bytes.
    func count(_ text: some StringProtocol) -> Int { isASCII ? text.utf8.count : text.count }
    let words = title.utf8.split(separator: 0x20).map { String(Substring($0)) }
    let length = count(title)
    let lineCount = min(5, max(1, (length + 17) / 18))
    let target = max(8, (length + lineCount - 1) / lineCount)
    var lines: [String] = []
    var line = ""
    for (index, word) in words.enumerated() {
      let joined = line.isEmpty ? word : line + " " + word
      let isOver = count(joined) > max(target + 2, 8) && !line.isEmpty
      if isOver {
        if lines.count == 4 {
          let rest = ([line] + words[index...]).joined(separator: " ")
          lines.append(rest.count > 24 ? rest.prefix(22) + "…" : rest)
          return lines
        }
        lines.append(line)
        line = word
      } else {
        line = joined
      }
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }
}
