/// A line as it is published: without the space in front, empty if it is a comment, and without the spaces around
/// signs if it has no other strings than those between plain double quotes or backquotes, and no patterns.
func compacted(_ line: Substring) -> String {
  let line = line.drop { $0 == " " }
  if line.hasPrefix("//") { return "" }
  if line.replacing(" / ", with: " ").contains(where: { "'/\\".contains($0) }) { return String(line) }
  var kept = ""
  var code: [UInt8] = []
  var quote: Character?
  for character in line {
    if quote != nil {
      kept.append(character)
      if character == quote { quote = nil }
    } else if character == "\"" || character == "`" {
      kept += withoutSpaces(code)
      kept.append(character)
      code = []
      quote = character
    } else {
      code += character.utf8
    }
  }
  return kept + withoutSpaces(code)
}

/// `code`, which has no strings, with spaces between words alone.
private func withoutSpaces(_ code: [UInt8]) -> String {
  var kept: [UInt8] = []
  for (byte, next) in zip(code, code.dropFirst() + [0]) where byte != 0x20 || isWord(next) {
    if byte != 0x20 || kept.last.map(isWord) ?? false { kept.append(byte) }
  }
  return String(decoding: kept, as: UTF8.self)
}

/// `script` with one capital letter, or one and a digit, for each of `names`, in their order.
///
/// The names must be those of variables alone: they are replaced wherever they stand as a word, in strings, too, but
/// not after a dot, where they are properties.
func shortened(_ script: String, _ names: [Substring]) -> String {
  let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
  let codes = (["", "0", "1"].flatMap { digit in letters.map { "\($0)\(digit)" } }).map { Array($0.utf8) }
  let codeOfName = Dictionary(uniqueKeysWithValues: zip(names.map { Array($0.utf8) }, codes))
  var kept: [UInt8] = []
  var word: [UInt8] = []
  for byte in Array(script.utf8) + [0x0A] {
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
  return String(decoding: kept.dropLast(), as: UTF8.self)
}

private func isWord(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x24, 0x5F: true
  default: false
  }
}
