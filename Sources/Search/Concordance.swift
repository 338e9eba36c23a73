/// The words of some documents, sorted, and where each of them stands.
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

  /// The words in the order of their bytes; the ends of the longer ones stand in ``tails``.
  let words: [Word]
  /// What the words longer than eight bytes have after those.
  let tails: [UInt8]
  /// Where the postings of each word begin; the last entry is the end.
  private let starts: [Int]
  /// The documents of the words, times eight, with the place: those of one word by document.
  private let postings: [UInt32]

  /// The words of `documents`, the first of which has the number `first` among all documents.
  public init(_ documents: some Collection<SearchDocument>, first: Int) {
    var reading = Reading()
    for (offset, document) in documents.enumerated() { reading.read(document, number: first + offset) }
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
    for (word, posting) in reading.entries {
      postings[next[Int(word)]] = posting
      next[Int(word)] += 1
    }
    self.starts = starts
    self.postings = postings
  }

  /// The documents, times eight, with the place, of the word at `position`.
  func postings(at position: Int) -> ArraySlice<UInt32> { postings[starts[position]..<starts[position + 1]] }
}

/// The words of documents while they are read.
private struct Reading {
  private(set) var table = WordTable()
  /// In how many documents each word of the table is.
  private(set) var counts: [UInt32] = []
  /// The numbers of words, and a document of each with its place, by document.
  private(set) var entries: [(word: UInt32, posting: UInt32)] = []

  private var reader = WordReader()
  /// For each word of the table how often it has been seen in the document being read, times eight, plus its place
  /// and one; 0 for not yet.
  private var seen: [UInt32] = []
  /// The words of the document being read.
  private var touched: [UInt32] = []
  /// The words of a title or name with a space between them.
  private var phrase: [UInt8] = []

  mutating func read(_ document: SearchDocument, number: Int) {
    for title in document.titles {
      readPhrase(title, .title)
      if !phrase.isEmpty { note(phrase, .wholeTitle) }
    }
    for name in document.names { readPhrase(name, .name) }
    for topic in document.topics { read(Array(topic.utf8), .topic) }
    read(document.text, .text)
    let document = UInt32(truncatingIfNeeded: number) << 3
    for word in touched {
      let seen = seen[Int(word)]
      var place = seen & 7 - 1
      if place == Concordance.Place.text.rawValue, seen >> 3 > 2 {
        place = Concordance.Place.oftenInText.rawValue
      }
      entries.append((word, document | place))
      counts[Int(word)] += 1
      self.seen[Int(word)] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  private mutating func read(_ text: [UInt8], _ place: Concordance.Place) {
    reader.read(text.span)
    let (words, tails) = (reader.words, reader.tails)
    for word in words { note(table.number(of: word, in: tails), place) }
  }

  /// Notes the words of a title or name, and each pair of neighbours as one word with a space in it.
  private mutating func readPhrase(_ text: String, _ place: Concordance.Place) {
    read(Array(text.utf8), place)
    phrase.removeAll(keepingCapacity: true)
    var start: Int?
    for word in reader.words {
      if !phrase.isEmpty { phrase.append(0x20) }
      let next = phrase.count
      word.append(to: &phrase, from: reader.tails)
      if let start { note(Array(phrase[start...]), place) }
      start = next
    }
  }

  private mutating func note(_ bytes: [UInt8], _ place: Concordance.Place) {
    var key: UInt64 = 0
    for byte in bytes.prefix(8) { key = key << 8 | UInt64(byte) }
    if bytes.count < 8 { key <<= UInt64(64 - 8 * bytes.count) }
    let length = UInt32(truncatingIfNeeded: bytes.count)
    let word = Word(key: key, tail: min(8, length), length: length)
    note(table.number(of: word, in: bytes), place)
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
