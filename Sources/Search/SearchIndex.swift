import SourceText

/// The index of some documents, ready to be written in parts.
///
/// The files it gives depend on the documents alone, not on how they were split for reading. The format is
/// described in `Documentation/search.md`; ``searchScript`` reads it.
public struct SearchIndex: Sendable {
  /// The words, sorted: their bytes one after another, and where each begins; the last entry is the end.
  private let spelling: [UInt8]
  private let spellingStarts: [Int]
  /// Where the postings of a word begin in `postings`, by its position among the sorted words; the last entry is the end.
  private let starts: [Int]
  /// The documents and places of each word: those of one word by document.
  private let postings: [UInt32]

  /// The index of the documents whose words stand in `parts`, in order.
  ///
  /// - Complexity: O(*n* log *n*) in the number of different words, O(*n*) in that of their places.
  public init(merging parts: [Concordance]) {
    var all = Concordance()
    let numbers = parts.map { all.add(wordsOf: $0) }
    let order = all.words.indices.sorted { all.precedes($0, $1) }
    var positions = [Int](repeating: 0, count: order.count)
    var spelling: [UInt8] = []
    var spellingStarts = [0]
    for (position, word) in order.enumerated() {
      positions[word] = position
      spelling.append(contentsOf: all.bytes(of: word))
      spellingStarts.append(spelling.count)
    }
    // The places of a word's documents are counted, and each is then put where the word's own begin.
    let sorted = numbers.map { $0.map { positions[Int($0)] } }
    var ends = [Int](repeating: 0, count: order.count + 1)
    for (part, sorted) in zip(parts, sorted) {
      for entry in part.entries { ends[sorted[Int(entry.word)] + 1] += 1 }
    }
    for position in order.indices { ends[position + 1] += ends[position] }
    starts = ends
    var postings = [UInt32](repeating: 0, count: ends[order.count])
    for (part, sorted) in zip(parts, sorted) {
      for entry in part.entries {
        let position = sorted[Int(entry.word)]
        postings[ends[position]] = entry.posting
        ends[position] += 1
      }
    }
    self.postings = postings
    self.spelling = spelling
    self.spellingStarts = spellingStarts
  }

  /// The number of different words.
  public var wordCount: Int { starts.count - 1 }

  // MARK: - Words

  /// The bytes of the word at `position` among the sorted words.
  private func word(at position: Int) -> ArraySlice<UInt8> {
    spelling[spellingStarts[position]..<spellingStarts[position + 1]]
  }

  /// The documents of the words at `positions` among the sorted words, each as the index has it.
  ///
  /// Ranges can be written apart from each other, and in parallel.
  public func records(of positions: Range<Int>) -> [[UInt8]] {
    var buffer = ByteBuffer()
    var documents = Concordance.Place.allCases.map { _ in [UInt32]() }
    return positions.map { position in
      buffer.removeAll()
      for index in starts[position]..<starts[position + 1] {
        documents[Int(postings[index] & 7)].append(postings[index] >> 3)
      }
      for place in documents.indices where !documents[place].isEmpty {
        buffer.append(byte: SearchIndex.marks[place])
        Digits.write(documents[place], into: &buffer)
        documents[place].removeAll(keepingCapacity: true)
      }
      return buffer.bytes
    }
  }

  /// What stands in front of the documents of each ``Concordance/Place``.
  private static let marks = Array("!#$%&'".utf8)

  /// The parts that hold the words with their `records`, and where each part begins.
  func wordParts(_ records: [[UInt8]]) -> Parts {
    var parts = Parts(limit: 4000)
    for position in 0..<wordCount {
      parts.add(word(at: position), record: records[position], separator: 0x7E)
    }
    return parts
  }

  /// The words that a misspelt one can stand for, by their beginnings or by their ends.
  ///
  /// Those that stand in one text alone, and once, are as likely to be misspelt themselves.
  func spellingParts(reversed: Bool) -> Parts {
    var words: [[UInt8]] = []
    for position in 0..<wordCount {
      let bytes = word(at: position)
      let first = starts[position]
      let isSeldom =
        starts[position + 1] - first == 1 && postings[first] & 7 == Concordance.Place.text.rawValue
      guard bytes.count > 2, !isSeldom, !bytes.contains(0x20) else { continue }
      words.append(
        reversed ? String(decoding: bytes, as: UTF8.self).unicodeScalars.reversedUTF8 : Array(bytes))
    }
    if reversed { words.sort { $0.lexicographicallyPrecedes($1) } }
    var parts = Parts(limit: 3000)
    for word in words { parts.add(word[...], record: [], separator: nil) }
    return parts
  }
}

extension String.UnicodeScalarView {
  /// The UTF-8 of the scalars from the last to the first.
  fileprivate var reversedUTF8: [UInt8] {
    var bytes: [UInt8] = []
    for scalar in reversed() { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
    return bytes
  }
}

/// A long list of words, cut into parts of about the same size.
struct Parts {
  /// The text of each part.
  private(set) var texts: [ByteBuffer] = []
  /// Where the parts after the first begin: for each the shortest word that none of the part before it reaches.
  private(set) var boundaries = ByteBuffer()

  private let limit: Int
  private var list = WordList()
  private var boundaryList = WordList()
  private var last: ArraySlice<UInt8> = []

  /// No parts yet; one ends when the next word would make it longer than `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Adds `word`, which comes after all others, with its record.
  mutating func add(_ word: ArraySlice<UInt8>, record: [UInt8], separator mark: UInt8?) {
    let isFull = texts.last.map { $0.count + word.count + record.count + 2 > limit } ?? true
    if isFull {
      if !texts.isEmpty { boundaryList.write(separator(between: last, and: word), into: &boundaries) }
      texts.append(ByteBuffer(capacity: limit))
      list = WordList()
    }
    if let mark { texts[texts.count - 1].append(byte: mark) }
    list.write(word, into: &texts[texts.count - 1])
    texts[texts.count - 1].append(record)
    last = word
  }
}
