/// A line as it is published: without the space in front, empty if it is a comment, and without the spaces around
/// signs if it has no other strings than those between plain double quotes, and no patterns.
func compacted(_ line: Substring) -> String {
  let line = line.drop { $0 == " " }
  if line.hasPrefix("//") { return "" }
  if line.contains(where: { "'`/\\".contains($0) }) { return String(line) }
  return line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    .map { $0.isMultiple(of: 2) ? withoutSpaces($1) : String($1) }.joined(separator: "\"")
}

/// `code`, which has no strings, with spaces between words alone.
private func withoutSpaces(_ code: Substring) -> String {
  func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F: true
    default: false
    }
  }
  let bytes = Array(code.utf8)
  var kept: [UInt8] = []
  for (byte, next) in zip(bytes, bytes.dropFirst() + [0]) where byte != 0x20 || isWord(next) {
    if byte != 0x20 || kept.last.map(isWord) ?? false { kept.append(byte) }
  }
  return String(decoding: kept, as: UTF8.self)
}
