import SourceText

/// Writes ascending words so that each says only how it differs from the one before it.
///
/// A capital letter tells how much of the word before is kept, from `A` for nothing to `Z` for 25 UTF-16 units;
/// the rest follows. Words themselves hold no capitals.
struct WordList {
  private var previous: [UInt8] = []

  /// Writes `word`, which comes after the one before it.
  mutating func write(_ word: ArraySlice<UInt8>, into buffer: inout ByteBuffer) {
    var shared = 0
    let limit = min(previous.count, word.count)
    while shared < limit, previous[shared] == word[word.startIndex + shared] { shared += 1 }
    var units = WordList.units(previous[..<shared])
    while units > 25 || (shared < word.count && word[word.startIndex + shared] & 0xC0 == 0x80) {
      shared -= 1
      units = WordList.units(previous[..<shared])
    }
    buffer.append(byte: 0x41 + UInt8(units))
    buffer.append(word.dropFirst(shared))
    previous = Array(word)
  }

  /// The UTF-16 code units of whole characters.
  private static func units(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
  }
}

/// The shortest beginning of `word` that comes after `previous`, cut between two characters.
func separator(between previous: ArraySlice<UInt8>, and word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var count = zip(previous, word).prefix { $0 == $1 }.count + 1
  while count < word.count, word[word.startIndex + count] & 0xC0 == 0x80 { count += 1 }
  return word.prefix(count)
}
