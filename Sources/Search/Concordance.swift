/// The words of some documents, sorted, and where each of them stands.
///
/// A ``ConcordanceReader`` makes it.
struct Concordance: Sendable {
  /// Where a word stands in a document, the most telling place first.
  enum Place: UInt32, CaseIterable {
    /// It is the whole title.
    case wholeTitle
    case title, name, topic
    /// In the text, three times or more.
    case oftenInText
    case text
  }

  /// The words in the order of their bytes; the ends of the longer ones stand in ``tails``.
  let words: [Word]
  /// What the words longer than eight bytes have after those.
  let tails: [UInt8]
  /// Where the postings of each word begin; the last entry is the end.
  private let starts: [Int]
  /// The documents of the words, times eight, with the place: those of one word by document.
  private let postings: [UInt32]

  fileprivate init(_ reading: borrowing ConcordanceReader) {
    let (table, counts) = (reading.table, reading.counts)
    tails = table.tails
    var order = table.words.indices.map { (key: table.words[$0].key, number: UInt32(truncatingIfNeeded: $0)) }
    order.sort { left, right in
      if left.key != right.key { return left.key < right.key }
      let (word, other) = (table.words[Int(left.number)], table.words[Int(right.number)])
      return table.tails[word.tailRange].lexicographicallyPrecedes(table.tails[other.tailRange])
    }
    words = order.map { table.words[Int($0.number)] }
    // Each posting is put where those of its word begin, and the next of the word after it.
    var starts = [0]
    starts.reserveCapacity(order.count + 1)
    var next = [Int](repeating: 0, count: order.count)
    for (position, (_, number)) in order.enumerated() {
      next[Int(number)] = starts[position]
      starts.append(starts[position] + Int(counts[Int(number)]))
    }
    var postings = [UInt32](repeating: 0, count: reading.entries.count)
    var start = 0
    for (offset, end) in reading.ends.enumerated() {
      let document = UInt32(truncatingIfNeeded: reading.first + offset) << 3
      for entry in reading.entries[start..<end] {
        let word = Int(entry >> 3)
        postings[next[word]] = document | entry & 7
        next[word] += 1
      }
      start = end
    }
    self.starts = starts
    self.postings = postings
  }

  /// The documents, times eight, with the place, of the word at `position`.
  func postings(at position: Int) -> ArraySlice<UInt32> { postings[starts[position]..<starts[position + 1]] }
}

/// Reads the words of documents, one after another.
struct ConcordanceReader {
  /// The number of the first document among all documents.
  fileprivate let first: Int
  fileprivate private(set) var table = WordTable()
  /// In how many documents each word of the table is.
  fileprivate private(set) var counts: [UInt32] = []
  /// The numbers of the words of each document, times eight, with the place, and where those of each document end.
  fileprivate private(set) var entries: [UInt32] = []
  fileprivate private(set) var ends: [Int] = []

  private var reader = WordReader()
  /// For each word of the table how often it has been seen in the document being read, times eight, plus its place
  /// and one; 0 for not yet.
  private var seen: [UInt32] = []
  /// The words of the document being read.
  private var touched: [UInt32] = []
  /// The words of a title or name with a space between them.
  private var phrase: [UInt8] = []

  /// Nothing read yet, before the document with the number `first`.
  init(first: Int) { self.first = first }

  /// The words that were read.
  var concordance: Concordance { Concordance(self) }

  /// Reads the words of the next document.
  mutating func read(_ document: SearchDocument) {
    for title in document.titles {
      readPhrase(title, .title)
      if !phrase.isEmpty { notePhrase(from: 0, .wholeTitle) }
    }
    for name in document.names { readPhrase(name, .name) }
    for topic in document.topics {
      reader.read(topic)
      noteWords(.topic)
    }
    reader.read(document.text.span)
    noteWords(.text)
    for word in touched {
      let seen = seen[Int(word)]
      var place = seen & 7 - 1
      if place == Concordance.Place.text.rawValue, seen >> 3 > 2 {
        place = Concordance.Place.oftenInText.rawValue
      }
      entries.append(word << 3 | place)
      counts[Int(word)] += 1
      self.seen[Int(word)] = 0
    }
    ends.append(entries.count)
    touched.removeAll(keepingCapacity: true)
  }

  /// Notes the words that the reader has read.
  private mutating func noteWords(_ place: Concordance.Place) {
    let (words, tails) = (reader.words, reader.tails)
    for word in words { note(table.number(of: word, in: tails), place) }
  }

  /// Notes the words of a title or name, and each pair of neighbours as one word with a space in it.
  private mutating func readPhrase(_ text: String, _ place: Concordance.Place) {
    reader.read(text)
    noteWords(place)
    phrase.removeAll(keepingCapacity: true)
    var start: Int?
    for word in reader.words {
      if !phrase.isEmpty { phrase.append(0x20) }
      let next = phrase.count
      word.append(to: &phrase, from: reader.tails)
      if let start { notePhrase(from: start, place) }
      start = next
    }
  }

  /// Notes what ``phrase`` has from `start` on as one word.
  private mutating func notePhrase(from start: Int, _ place: Concordance.Place) {
    var key: UInt64 = 0
    for byte in phrase[start...].prefix(8) { key = key << 8 | UInt64(byte) }
    let length = phrase.count - start
    if length < 8 { key <<= UInt64(64 - 8 * length) }
    let word = Word(
      key: key, tail: UInt32(truncatingIfNeeded: start + min(8, length)),
      length: UInt32(truncatingIfNeeded: length))
    note(table.number(of: word, in: phrase), place)
  }

  @inline(__always)
  private mutating func note(_ number: Int, _ place: Concordance.Place) {
    if number == seen.count {
      seen.append(0)
      counts.append(0)
    }
    let before = seen[number]
    if before == 0 {
      touched.append(UInt32(truncatingIfNeeded: number))
      seen[number] = 8 + place.rawValue + 1
    } else {
      seen[number] = (before & ~7) + 8 + min(before & 7, place.rawValue + 1)
    }
  }
}
