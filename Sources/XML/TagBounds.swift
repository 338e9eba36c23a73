/// Watches the tags of an XML document as it goes by: libxml2 compares each attribute of a tag with all others, so that a
/// tag of some megabytes would keep it busy for hours.
///
/// It knows where tags begin and end as well as an XML parser does, because nothing of XML is open to interpretation;
/// what it takes for a tag behind the first mistake of the document is never parsed.
struct TagBounds {
  /// The attributes that a tag may have.
  static let attributeLimit = 1000
  /// The bytes that a tag may have.
  static let byteLimit = 1 << 20

  private enum State {
    case text
    /// Behind `<`.
    case open
    /// In a tag, and in one of its values, which this byte ends.
    case tag, value(UInt8)
    /// Behind `<!` or `<?`: what ends such a thing.
    case declaration, instruction, comment, section
  }

  private var state = State.text
  private var attributes = 0
  private var bytes = 0
  /// What a declaration begins with, as far as it may be a comment or a section.
  private var lead: [UInt8] = []
  /// The last two bytes of an instruction, comment or section.
  private var last: (UInt8, UInt8) = (0, 0)

  /// Goes on with the next piece; false when a tag is out of bounds.
  mutating func check(_ piece: [UInt8]) -> Bool {
    for byte in piece {
      switch state {
      case .text:
        if byte == 0x3C { state = .open }
      case .open:
        (attributes, bytes) = (0, 0)
        last = (0, 0)
        lead.removeAll(keepingCapacity: true)
        state = byte == 0x21 ? .declaration : byte == 0x3F ? .instruction : .tag
      case .tag:
        bytes += 1
        if byte == 0x3E {
          state = .text
        } else if byte == 0x22 || byte == 0x27 {
          attributes += 1
          state = .value(byte)
        }
        if attributes > Self.attributeLimit || bytes > Self.byteLimit { return false }
      case .value(let quote):
        bytes += 1
        if byte == quote { state = .tag }
        if bytes > Self.byteLimit { return false }
      case .declaration:
        lead.append(byte)
        if lead.elementsEqual("--".utf8) {
          state = .comment
        } else if lead.elementsEqual("[CDATA[".utf8) {
          state = .section
        } else if lead.count > 6 || byte == 0x3E {
          // A document type, which ends everything.
          state = .text
        }
      case .instruction:
        if byte == 0x3E, last.1 == 0x3F { state = .text }
        last.1 = byte
      case .comment: end(at: byte, behindTwo: 0x2D)
      case .section: end(at: byte, behindTwo: 0x5D)
      }
    }
    return true
  }

  /// Ends the comment or section if `byte` is the `>` behind two of `mark`.
  private mutating func end(at byte: UInt8, behindTwo mark: UInt8) {
    if byte == 0x3E, last == (mark, mark) { state = .text }
    last = (last.1, byte)
  }
}
