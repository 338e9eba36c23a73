/// A line as it is published: without the space in front, empty if it is a comment, and without the spaces around
/// signs if it has no other strings than those between plain double quotes or backquotes, and no patterns.
func compacted(_ line: ArraySlice<UInt8>) -> [UInt8] {
  let line = line.drop { $0 == 0x20 }
  if line.starts(with: [0x2F, 0x2F]) { return [] }
  if line.indices.contains(where: { isUnclear(line, at: $0) }) { return Array(line) }
  var kept: [UInt8] = []
  var code: [UInt8] = []
  var quote: UInt8?
  for byte in line {
    if quote != nil {
      kept.append(byte)
      if byte == quote { quote = nil }
    } else if byte == 0x22 || byte == 0x60 {
      kept += withoutSpaces(code)
      kept.append(byte)
      code.removeAll(keepingCapacity: true)
      quote = byte
    } else {
      code.append(byte)
    }
  }
  return kept + withoutSpaces(code)
}

/// Whether the byte at `index` may belong to a string in single quotes, an escape or a pattern.
private func isUnclear(_ line: ArraySlice<UInt8>, at index: Int) -> Bool {
  switch line[index] {
  case 0x27, 0x5C: true
  // A slash between spaces divides.
  case 0x2F: !(index > line.startIndex && line[index - 1] == 0x20 && line[(index + 1)...].first == 0x20)
  default: false
  }
}

/// `code`, which has no strings, with spaces between words alone.
private func withoutSpaces(_ code: [UInt8]) -> [UInt8] {
  var kept: [UInt8] = []
  for (byte, next) in zip(code, code.dropFirst() + [0]) where byte != 0x20 || isWord(next) {
    if byte != 0x20 || kept.last.map(isWord) ?? false { kept.append(byte) }
  }
  return kept
}

/// `script` with one capital letter, or one and a digit, for each of `names`, in their order.
///
/// The names must be those of variables alone: they are replaced wherever they stand as a word, in strings, too, but
/// not after a dot, where they are properties.
func shortened(_ script: [UInt8], _ names: [Substring]) -> [UInt8] {
  let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  let codes = (["", "0", "1"].flatMap { digit in letters.map { "\($0)\(digit)" } }).map { Array($0.utf8) }
  let codeOfName = Dictionary(uniqueKeysWithValues: zip(names.map { Array($0.utf8) }, codes))
  var kept: [UInt8] = []
  var word: [UInt8] = []
  for byte in script + [0x0A] {
    if isWord(byte) {
      word.append(byte)
      continue
    }
    // Three dots spread a variable.
    let isProperty = kept.last == 0x2E && !kept.suffix(2).elementsEqual([0x2E, 0x2E])
    kept += isProperty ? word : codeOfName[word] ?? word
    kept.append(byte)
    word = []
  }
  kept.removeLast()
  return kept
}

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F: true
  default: false
  }
}
