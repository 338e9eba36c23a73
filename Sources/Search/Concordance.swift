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

  /// The words one after another, and where each of them begins; the last entry is the end.
  private(set) var spelling: [UInt8] = []
  private(set) var starts: [UInt32] = [0]
  /// The documents of the words as pairs of a word's number and a document with its place, by document.
  private(set) var entries: [(word: UInt32, posting: UInt32)] = []

  private var hashes: [UInt32] = []
  /// The number of a word plus one, found by its hash; 0 where there is none. The count is a power of two.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)

  // What is known of each word in the document being read, and which words those are.
  private var places: [UInt32] = []
  private var counts: [UInt32] = []
  private var touched: [UInt32] = []

  /// The number of different words.
  var wordCount: Int { starts.count - 1 }

  /// The words of `documents`, the first of which has the number `first` among all documents.
  public init(_ documents: some Collection<SearchDocument>, first: Int) {
    var reader = WordReader()
    for (offset, document) in documents.enumerated() { read(document, number: first + offset, &reader) }
    places = []
    counts = []
    touched = []
  }

  /// The words of all documents of `parts`, which are in order.
  init(merging parts: [Concordance]) {
    entries.reserveCapacity(parts.reduce(0) { $0 + $1.entries.count })
    for part in parts {
      let numbers = (0..<part.wordCount).map { word in
        number(of: part.bytes(of: word), hash: part.hashes[word])
      }
      for entry in part.entries { entries.append((numbers[Int(entry.word)], entry.posting)) }
    }
  }

  /// The spelling of the word with this number.
  func bytes(of word: Int) -> ArraySlice<UInt8> { spelling[Int(starts[word])..<Int(starts[word + 1])] }

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
      var place = places[Int(word)] - 1
      if place == Place.text.rawValue, counts[Int(word)] > 2 { place = Place.oftenInText.rawValue }
      entries.append((word, UInt32(truncatingIfNeeded: number) << 3 | place))
      places[Int(word)] = 0
      counts[Int(word)] = 0
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
    let index = Int(number(of: word[...], hash: Concordance.hash(word)))
    if places[index] == 0 {
      touched.append(UInt32(truncatingIfNeeded: index))
      places[index] = place.rawValue + 1
    } else {
      places[index] = min(places[index], place.rawValue + 1)
    }
    counts[index] += 1
  }

  // MARK: - The table of words

  /// FNV-1a, 32 bits.
  private static func hash(_ word: [UInt8]) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in word { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }

  private mutating func number(of word: ArraySlice<UInt8>, hash: UInt32) -> UInt32 {
    var slot = Int(hash) & (slots.count - 1)
    while slots[slot] != 0 {
      let number = slots[slot] - 1
      if hashes[Int(number)] == hash, bytes(of: Int(number)) == word { return number }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = UInt32(truncatingIfNeeded: hashes.count)
    slots[slot] = number + 1
    hashes.append(hash)
    spelling.append(contentsOf: word)
    starts.append(UInt32(truncatingIfNeeded: spelling.count))
    places.append(0)
    counts.append(0)
    if hashes.count * 2 > slots.count { growTable() }
    return number
  }

  private mutating func growTable() {
    slots = Array(repeating: 0, count: slots.count * 2)
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(truncatingIfNeeded: number) + 1
    }
  }
}
