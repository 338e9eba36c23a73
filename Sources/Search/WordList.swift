import SourceText

/// Writes ascending words so that each says only how it differs from the one before it.
///
/// A capital letter tells how much of the word before is kept, from `A` for nothing to `Z` for 25 UTF-16 units;
/// the rest follows. Words themselves hold no capitals.
struct WordList {
  /// The word that was written last.
  private(set) var previous: ArraySlice<UInt8> = []

  /// Writes `word`, which comes after the one before it.
  mutating func write(_ word: ArraySlice<UInt8>, into buffer: inout ByteBuffer) {
    let (start, other) = (word.startIndex, previous.startIndex)
    var shared = 0
    // The UTF-16 code units of the characters that begin in what is kept.
    var units = 0
    let limit = min(previous.count, word.count)
    while shared < limit, previous[other + shared] == word[start + shared] {
      units += WordList.units(word[start + shared])
      shared += 1
    }
    while units > 25 || shared < word.count && word[start + shared] & 0xC0 == 0x80 {
      shared -= 1
      units -= WordList.units(word[start + shared])
    }
    buffer.append(byte: 0x41 + UInt8(units))
    buffer.append(word[(start + shared)...])
    previous = word
  }

  /// The UTF-16 code units of the character that begins with `byte`; none for the other bytes of a character.
  private static func units(_ byte: UInt8) -> Int { byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1 }
}

/// The shortest beginning of `word` that comes after `previous`, cut between two characters.
func separator(between previous: ArraySlice<UInt8>, and word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
  var count = zip(previous, word).prefix { $0 == $1 }.count + 1
  while count < word.count, word[word.startIndex + count] & 0xC0 == 0x80 { count += 1 }
  return word.prefix(count)
}

/// A long list of words, cut into parts of about the same size.
public struct Parts: Sendable {
  /// The text of each part.
  private(set) var texts: [ByteBuffer] = []
  /// Where the parts after the first begin: for each the shortest word that none of the part before it reaches.
  private(set) var boundaries = ByteBuffer()

  private let limit: Int
  /// The part that grows; apart from the others, so that it isn't looked up for each word.
  private var text = ByteBuffer()
  private var list = WordList()
  private var boundaryList = WordList()

  /// The list of what `add` adds; a part ends when the next word would make it longer than `limit` bytes.
  init(limit: Int, _ add: (inout Parts) -> Void) {
    self.limit = limit
    add(&self)
    if text.count > 0 { texts.append(text) }
  }

  /// Adds `word`, which comes after all others, with its record.
  mutating func add(_ word: ArraySlice<UInt8>, record: ArraySlice<UInt8>, separator mark: UInt8?) {
    if text.count > 0, text.count + word.count + record.count + 2 > limit {
      boundaryList.write(separator(between: list.previous, and: word), into: &boundaries)
      texts.append(text)
      text = ByteBuffer(capacity: limit)
      list = WordList()
    }
    if let mark { text.append(byte: mark) }
    list.write(word, into: &text)
    text.append(record)
  }
}
