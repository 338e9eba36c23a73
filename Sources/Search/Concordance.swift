/// The words of some documents, and where each of them stands.
///
/// Parts of a large set are read by themselves and then merged: the result is the same as that of reading all of
/// them at once.
public struct Concordance: Sendable {
  /// Where a word stands in a document, the most telling place first.
  enum Place: UInt32, CaseIterable {
    /// It is the whole title.
    case wholeTitle
    case title, name, topic
    /// In the text, three times or more.
    case oftenInText
    case text
  }

  /// A word: the spelling it has, and what is known of it in the document being read.
  struct Word {
    /// The first eight bytes, the first of all highest, and zeros after a shorter word: words sort by it first.
    let key: UInt64
    /// Where the bytes after the first eight begin in `tails`, and how many bytes there are in all.
    let tail: UInt32
    let length: UInt32
    /// How often it has been seen in the document being read, times eight, plus its place and one; 0 for not yet.
    var seen: UInt32 = 0
  }

  /// The words by their numbers, which are in the order of first appearance.
  private(set) var words: [Word] = []
  /// What the words longer than eight bytes have after those, one after another.
  private var tails: [UInt8] = []
  /// The documents of the words as pairs of a word's number and a document with its place, by document.
  private(set) var entries: [(word: UInt32, posting: UInt32)] = []

  /// The number of a word plus one, found by its hash; 0 where there is none. The count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)
  /// The words of the document being read.
  private var touched: [UInt32] = []

  /// No words.
  init() {}

  /// The words of `documents`, the first of which has the number `first` among all documents.
  public init(_ documents: some Collection<SearchDocument>, first: Int) {
    var reader = WordReader()
    for (offset, document) in documents.enumerated() { read(document, number: first + offset, &reader) }
    touched = []
  }

  /// The bytes of the word with this number.
  func bytes(of number: Int) -> [UInt8] {
    let word = words[number]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(word.length))
    for position in 0..<min(8, word.length) {
      bytes.append(UInt8(truncatingIfNeeded: word.key >> UInt64(56 - 8 * position)))
    }
    bytes.append(contentsOf: tail(of: word))
    return bytes
  }

  private func tail(of word: Word) -> ArraySlice<UInt8> {
    word.length > 8 ? tails[Int(word.tail)..<Int(word.tail + word.length - 8)] : []
  }

  /// Whether the word `left` comes before `right`, by their bytes.
  func precedes(_ left: Int, _ right: Int) -> Bool {
    let (left, right) = (words[left], words[right])
    if left.key != right.key { return left.key < right.key }
    return tail(of: left).lexicographicallyPrecedes(tail(of: right))
  }

  /// Takes in the words of `other`, not its documents, and gives the number here of each of them.
  mutating func add(wordsOf other: Concordance) -> [UInt32] {
    other.words.indices.map { number(of: other.bytes(of: $0)) }
  }

  // MARK: - Reading

  private mutating func read(_ document: SearchDocument, number: Int, _ reader: inout WordReader) {
    for title in document.titles {
      let words = readPhrase(title, .title, &reader)
      if !words.isEmpty { note(Array(words.joined(separator: [0x20])), .wholeTitle) }
    }
    for name in document.names { _ = readPhrase(name, .name, &reader) }
    for topic in document.topics {
      reader.read(Array(topic.utf8)) { note($0, .topic) }
    }
    reader.read(document.text) { note($0, .text) }
    for word in touched {
      let seen = words[Int(word)].seen
      var place = seen & 7 - 1
      if place == Place.text.rawValue, seen >> 3 > 2 { place = Place.oftenInText.rawValue }
      entries.append((word, UInt32(truncatingIfNeeded: number) << 3 | place))
      words[Int(word)].seen = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Notes the words of a title or name, and each pair of neighbours as one word with a space in it.
  private mutating func readPhrase(_ text: String, _ place: Place, _ reader: inout WordReader) -> [[UInt8]] {
    var words: [[UInt8]] = []
    reader.read(Array(text.utf8)) { words.append($0) }
    for word in words { note(word, place) }
    for (word, next) in zip(words, words.dropFirst()) { note(word + [0x20] + next, place) }
    return words
  }

  private mutating func note(_ word: [UInt8], _ place: Place) {
    let index = number(of: word)
    let seen = words[Int(index)].seen
    if seen == 0 {
      touched.append(index)
      words[Int(index)].seen = 8 + place.rawValue + 1
    } else {
      words[Int(index)].seen = (seen & ~7) + 8 + min(seen & 7, place.rawValue + 1)
    }
  }

  // MARK: - The table of words

  /// The number of the word with these bytes, which is a new one if there is none.
  private mutating func number(of bytes: [UInt8]) -> UInt32 {
    var key: UInt64 = 0
    for byte in bytes.prefix(8) { key = key << 8 | UInt64(byte) }
    if bytes.count < 8 { key <<= UInt64(64 - 8 * bytes.count) }
    var hash = key
    for byte in bytes.dropFirst(8) { hash = (hash ^ UInt64(byte)) &* Concordance.multiplier }
    var slot = Concordance.slot(hash, of: slots.count)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      let word = words[Int(number)]
      if word.key == key, word.length == bytes.count, bytes.count <= 8 || tail(of: word) == bytes[8...] {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(truncatingIfNeeded: words.count)
    slots[slot] = number + 1
    words.append(
      Word(
        key: key, tail: UInt32(truncatingIfNeeded: tails.count),
        length: UInt32(truncatingIfNeeded: bytes.count)))
    tails.append(contentsOf: bytes.dropFirst(8))
    if words.count * 2 > slots.count { growTable() }
    return number
  }

  private mutating func growTable() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, word) in words.enumerated() {
      var hash = word.key
      for byte in tail(of: word) { hash = (hash ^ UInt64(byte)) &* Concordance.multiplier }
      var slot = Concordance.slot(hash, of: slots.count)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number) + 1
    }
  }

  /// Of 2⁶⁴ by the golden ratio: spreads the keys of similar words over the table.
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Where to look for a word first: the highest bits of its hash, which depend on all of the key.
  private static func slot(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash ^ (hash >> 32)) &* multiplier) >> UInt64(64 - count.trailingZeroBitCount))
  }
}
