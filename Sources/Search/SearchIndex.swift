import SourceText

/// The index of some documents, ready to be written in parts.
///
/// The files it gives depend on the documents alone, not on how they were split for reading. The format is
/// described in `Documentation/search.md`; ``searchScript`` reads it.
public struct SearchIndex: Sendable {
  private let concordance: Concordance
  /// The numbers of all words in the order of their spelling.
  private let order: [Int]
  /// Where the postings of a word begin in `postings`; the last entry is the end.
  private let starts: [Int]
  /// The documents and places of each word: those of one word by document.
  private let postings: [UInt32]

  /// The index of the documents whose words stand in `parts`, in order.
  ///
  /// - Complexity: O(*n* log *n*) in the number of different words, O(*n*) in that of their places.
  public init(merging parts: [Concordance]) {
    concordance = parts.count == 1 ? parts[0] : Concordance(merging: parts)
    order = SearchIndex.sorted(concordance)
    var ends = [Int](repeating: 0, count: concordance.wordCount + 1)
    for entry in concordance.entries { ends[Int(entry.word) + 1] += 1 }
    for word in 0..<concordance.wordCount { ends[word + 1] += ends[word] }
    starts = ends
    var postings = [UInt32](repeating: 0, count: concordance.entries.count)
    for entry in concordance.entries {
      postings[ends[Int(entry.word)]] = entry.posting
      ends[Int(entry.word)] += 1
    }
    self.postings = postings
  }

  /// The number of different words.
  public var wordCount: Int { order.count }

  /// The words by the UTF-8 of their spelling.
  private static func sorted(_ concordance: Concordance) -> [Int] {
    // Most words differ within their first eight bytes.
    let keys = (0..<concordance.wordCount).map { word in
      var key: UInt64 = 0
      let bytes = concordance.bytes(of: word)
      for byte in bytes.prefix(8) { key = key << 8 | UInt64(byte) }
      return key << UInt64(8 * max(0, 8 - bytes.count))
    }
    return (0..<concordance.wordCount).sorted { left, right in
      if keys[left] != keys[right] { return keys[left] < keys[right] }
      return concordance.bytes(of: left).lexicographicallyPrecedes(concordance.bytes(of: right))
    }
  }

  // MARK: - Words

  /// The spelling of the word at `position` of the order.
  private func word(at position: Int) -> ArraySlice<UInt8> { concordance.bytes(of: order[position]) }

  /// The documents of the words at `positions` of the order, each as the index has it.
  ///
  /// Ranges can be written apart from each other, and in parallel.
  public func records(of positions: Range<Int>) -> [[UInt8]] {
    var buffer = ByteBuffer()
    var documents = Concordance.Place.allCases.map { _ in [UInt32]() }
    return positions.map { position in
      buffer.removeAll()
      let word = order[position]
      for index in starts[word]..<starts[word + 1] {
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
    for position in order.indices {
      parts.add(word(at: position), record: records[position], separator: 0x7E)
    }
    return parts
  }

  /// The words that a misspelt one can stand for, by their beginnings or by their ends.
  ///
  /// Those that stand in one text alone, and once, are as likely to be misspelt themselves.
  func spellingParts(reversed: Bool) -> Parts {
    var words: [[UInt8]] = []
    for position in order.indices {
      let bytes = word(at: position)
      let first = starts[order[position]]
      let isSeldom =
        starts[order[position] + 1] - first == 1 && postings[first] & 7 == Concordance.Place.text.rawValue
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
