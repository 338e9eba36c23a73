/// Tags with a colon in their names, as `<o:p>` of word processors: HTML knows no prefixes, so that such an element is none of
/// those that it knows, but libxml2 drops what stands before the colon.
struct PrefixedTags {
  /// The text with another word in the place of each such colon.
  let bytes: [UInt8]
  /// Whether there is any.
  let isPresent: Bool

  /// What takes the place of a colon: nothing that anybody writes, of characters that names are made of.
  private static let standIn = "-.._..-"

  init(hiding bytes: [UInt8]) {
    var result: [UInt8] = []
    var done = 0
    var index = 0
    while let open = bytes[index...].firstIndex(of: 0x3C) {
      index = open + 1
      if index < bytes.count, bytes[index] == 0x2F { index += 1 }
      guard index < bytes.count, (0x61...0x7A).contains(bytes[index] | 0x20) else { continue }
      // To the end of the name.
      while index < bytes.count, bytes[index] > 0x20, bytes[index] != 0x2F, bytes[index] != 0x3E,
        bytes[index] != 0x3C
      {
        if bytes[index] == 0x3A {
          result += bytes[done..<index]
          result += PrefixedTags.standIn.utf8
          done = index + 1
        }
        index += 1
      }
    }
    isPresent = done > 0
    self.bytes = isPresent ? result + bytes[done...] : bytes
  }

  /// `text`, of what was read of the bytes, with its colons.
  func restored(_ text: String) -> String {
    isPresent && text.contains(PrefixedTags.standIn) ? text.replacing(PrefixedTags.standIn, with: ":") : text
  }
}
