import SourceText

/// The index of some documents, ready to be written in parts.
///
/// The files it gives depend on the documents alone, not on how they were split for reading. The format is
/// described in `Documentation/search.md`; ``searchScript`` reads it.
public struct SearchIndex: Sendable {
  /// The words, sorted: their bytes one after another, and where each begins; the last entry is the end.
  private let spelling: [UInt8]
  private let spellingStarts: [Int]
  /// Whether each word stands in one text alone, and once: it is as likely to be misspelt itself.
  private let isSeldom: [Bool]
  let sections: [SearchSection]
  /// For each section, the position of each of its words among all words.
  private let positions: [[UInt32]]

  /// The index of the documents of `sections`, in order.
  ///
  /// - Complexity: O(*n* *s*) in the number of different words, and of sections.
  public init(_ sections: [SearchSection]) {
    let parts = sections.map(\.concordance)
    var positions: [[UInt32]] = parts.map { _ in [] }
    for part in parts.indices { positions[part].reserveCapacity(parts[part].words.count) }
    var spelling: [UInt8] = []
    var spellingStarts = [0]
    var isSeldom: [Bool] = []
    // The next words of all parts; of those the first one comes next.
    var next = parts.map { $0.words.first }
    var holders: [Int] = []
    while let first = next.indices.first(where: { next[$0] != nil }), var least = next[first] {
      holders.removeAll(keepingCapacity: true)
      for part in first..<parts.count {
        guard let word = next[part] else { continue }
        if part == first
          || word.key == least.key && parts[part].tail(of: word) == parts[holders[0]].tail(of: least)
        {
          holders.append(part)
        } else if word.key < least.key
          || word.key == least.key
            && parts[part].tail(of: word).lexicographicallyPrecedes(parts[holders[0]].tail(of: least))
        {
          least = word
          holders = [part]
        }
      }
      least.append(to: &spelling, from: parts[holders[0]].tails)
      spellingStarts.append(spelling.count)
      var count = 0
      var place: UInt32?
      for part in holders {
        let postings = parts[part].postings(at: positions[part].count)
        count += postings.count
        place = postings.first.map { $0 & 7 }
        positions[part].append(UInt32(truncatingIfNeeded: isSeldom.count))
        let following = positions[part].count
        next[part] = following < parts[part].words.count ? parts[part].words[following] : nil
      }
      isSeldom.append(count == 1 && place == Concordance.Place.text.rawValue)
    }
    self.sections = sections
    self.positions = positions
    self.spelling = spelling
    self.spellingStarts = spellingStarts
    self.isSeldom = isSeldom
  }

  /// The number of different words.
  public var wordCount: Int { isSeldom.count }

  /// About `count` ranges of the same length that make up the positions of all words.
  public func wordRanges(count: Int) -> [Range<Int>] {
    let length = max(1, (wordCount + count - 1) / count)
    return stride(from: 0, to: wordCount, by: length).map { $0..<min(wordCount, $0 + length) }
  }

  // MARK: - Words

  /// The bytes of the word at `position` among the sorted words.
  private func word(at position: Int) -> ArraySlice<UInt8> {
    spelling[spellingStarts[position]..<spellingStarts[position + 1]]
  }

  /// What the index has of some words that follow each other: the documents of each.
  public struct Records: Sendable {
    /// The records one after another, and where each of them ends.
    fileprivate(set) var bytes = ByteBuffer()
    fileprivate(set) var ends: [Int] = []
  }

  /// The documents of the words at `range` among the sorted words, each as the index has it.
  ///
  /// Ranges can be written apart from each other, and in parallel.
  public func records(of range: Range<Int>) -> Records {
    var records = Records()
    var documents = Concordance.Place.allCases.map { _ in [UInt32]() }
    var next = positions.map { positions in positions.partitioningIndex { $0 >= range.lowerBound } }
    for position in range {
      for part in sections.indices where next[part] < positions[part].count {
        guard positions[part][next[part]] == position else { continue }
        for posting in sections[part].concordance.postings(at: next[part]) {
          documents[Int(posting & 7)].append(posting >> 3)
        }
        next[part] += 1
      }
      for place in documents.indices where !documents[place].isEmpty {
        records.bytes.append(byte: SearchIndex.marks[place])
        Digits.write(documents[place], into: &records.bytes)
        documents[place].removeAll(keepingCapacity: true)
      }
      records.ends.append(records.bytes.count)
    }
    return records
  }

  /// What stands in front of the documents of each ``Concordance/Place``.
  private static let marks = Array("!#$%&'".utf8)

  /// The parts that hold the words with their `records`, and where each part begins.
  func wordParts(_ records: [Records]) -> Parts {
    Parts(limit: 4000) { parts in
      var position = 0
      for records in records {
        var start = 0
        for end in records.ends {
          parts.add(word(at: position), record: records.bytes.bytes[start..<end], separator: 0x7E)
          start = end
          position += 1
        }
      }
    }
  }

  /// The words that a misspelt one can stand for, by their beginnings or by their ends.
  func spellingParts(reversed: Bool) -> Parts {
    let positions = (0..<wordCount).filter { position in
      let bytes = word(at: position)
      return bytes.count > 2 && !isSeldom[position] && !bytes.contains(0x20)
    }
    var words = positions.map { reversed ? word(at: $0).reversedScalars[...] : word(at: $0) }
    if reversed { words.sort { $0.lexicographicallyPrecedes($1) } }
    return Parts(limit: 3000) { parts in
      for word in words { parts.add(word, record: [], separator: nil) }
    }
  }
}

extension Concordance {
  /// What `word`, one of its own, has after its first eight bytes.
  fileprivate func tail(of word: Word) -> ArraySlice<UInt8> { tails[word.tailRange] }
}

extension ArraySlice<UInt8> {
  /// The UTF-8 of the scalars from the last to the first.
  fileprivate var reversedScalars: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    var end = endIndex
    while end > startIndex {
      var start = end - 1
      while start > startIndex, self[start] & 0xC0 == 0x80 { start -= 1 }
      bytes.append(contentsOf: self[start..<end])
      end = start
    }
    return bytes
  }
}
