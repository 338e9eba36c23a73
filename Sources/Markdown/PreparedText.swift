/// The text as libcmark gets it: the source's bytes, or a copy of the same length in which some are replaced.
///
/// libcmark resolves `\~` and merges the result with the text around it, so that nobody can tell it from a
/// `~` afterwards; it also takes the `_` in a bare URL for emphasis. Where a text has such characters, others
/// that it does not have stand in for them while it is parsed. Places are those of the source throughout.
struct PreparedText {
  /// The bytes of the whole source; only those in `range` may differ from it.
  private(set) var bytes: [UInt8]
  /// The text in the source.
  let range: Range<Int>
  /// What stands in for what, if anything does.
  private(set) var standIns: StandIns?

  /// The text in `range` of `bytes`, which may hold the constructs in `extensions`.
  init(_ bytes: [UInt8], in range: Range<Int>, survey: TextSurvey, options: MarkdownOptions) {
    self.bytes = bytes
    self.range = range
    let extensions = options.extensions
    if options.isUntrusted, !extensions.contains(.footnotes), survey.features.contains(.notes),
      !survey.features.contains(.controls)
    {
      hideNotes()
    }
    if extensions.contains(.autolinks), !survey.troubledURLs.isEmpty, !survey.features.contains(.controls) {
      hideMarks(in: survey.troubledURLs)
    }
    let hidesTildes =
      extensions.contains(.strikethrough) && survey.features.isSuperset(of: [.strikes, .escapedTildes])
    let hidesBrackets = extensions.contains(.footnotes) && survey.features.contains(.escapedNotes)
    if hidesTildes || hidesBrackets { hideEscapes(tildes: hidesTildes, brackets: hidesBrackets) }
  }

  /// Puts spaces for everything on these lines but their ends.
  mutating func blank(_ lines: some Sequence<Range<Int>>) {
    for line in lines {
      for index in line where bytes[index] != 0x0A && bytes[index] != 0x0D { bytes[index] = 0x20 }
    }
  }

  /// Keeps libcmark from taking a note for the definition of a link.
  private mutating func hideNotes() {
    for index in range.dropLast()
    where bytes[index] == 0x5B && bytes[index + 1] == 0x5E
      && (index == range.lowerBound || bytes[index - 1] != 0x5C)
    {
      bytes[index] = StandIns.bracketOfNote
    }
    standIns = StandIns()
  }

  private mutating func hideMarks(in urls: [Range<Int>]) {
    for url in urls {
      for index in url {
        guard let control = StandIns.control(for: bytes[index]) else { continue }
        bytes[index] = control
      }
    }
    standIns = StandIns()
  }

  private mutating func hideEscapes(tildes: Bool, brackets: Bool) {
    var free = StandIns.candidates
    for index in range.dropFirst() where bytes[index - 1] == 0xC2 { free.removeAll { $0 == bytes[index] } }
    guard free.count >= 2 else { return }
    var index = range.lowerBound
    while index + 1 < range.upperBound {
      guard bytes[index] == 0x5C else {
        index += 1
        continue
      }
      let escaped = bytes[index + 1]
      if tildes && escaped == 0x7E || brackets && escaped == 0x5B {
        bytes[index] = 0xC2
        bytes[index + 1] = escaped == 0x7E ? free[0] : free[1]
      }
      index += 2
    }
    standIns = standIns ?? StandIns()
    standIns?.tilde = free[0]
    standIns?.bracket = free[1]
  }
}

/// Which bytes stand in for which in a ``PreparedText``.
struct StandIns {
  /// The second byte of the two-byte character, whose first is C2, that stands for `\~`; likewise for `\[`.
  var tilde: UInt8?
  var bracket: UInt8?

  /// Second bytes of ¡ § « ¶ · » ¿, which are punctuation as `~` and `[` are.
  static let candidates: [UInt8] = [0xB6, 0xA7, 0xBF, 0xA1, 0xB7, 0xAB, 0xBB]

  /// The control character that stands for `byte` in a bare URL.
  static func control(for byte: UInt8) -> UInt8? {
    switch byte {
    case 0x5F: 0x01
    case 0x2A: 0x02
    case 0x7E: 0x03
    case 0x2D: 0x04
    case 0x27: 0x05
    case 0x2E: 0x06
    default: nil
    }
  }

  /// The control character that stands for the `[` of `[^`, where there are no notes.
  static let bracketOfNote: UInt8 = 0x07

  /// What each control character stands for.
  private static let hidden: [UInt8] = [0, 0x5F, 0x2A, 0x7E, 0x2D, 0x27, 0x2E, 0x5B]

  /// What an escape that begins at `index` of `text` stands for.
  @inline(__always)
  func escape(in text: Span<UInt8>, at index: Int) -> UInt8? {
    guard text[index] == 0xC2, index + 1 < text.count else { return nil }
    let second = text[index + 1]
    return second == tilde ? 0x7E : second == bracket ? 0x5B : nil
  }

  /// `text` as it was typed; without the backslashes, unless it is code. With `escapesRemain`, escapes
  /// stay hidden.
  func restored(_ text: Span<UInt8>, isCode: Bool = false, escapesRemain: Bool = false) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte > 0, byte <= Self.bracketOfNote {
        result.append(Self.hidden[Int(byte)])
      } else if !escapesRemain, let escaped = escape(in: text, at: index) {
        if isCode { result.append(0x5C) }
        result.append(escaped)
        index += 1
      } else {
        result.append(byte)
      }
      index += 1
    }
    return result
  }
}
