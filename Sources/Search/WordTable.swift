/// Words by their numbers, which are in the order of first appearance.
struct WordTable {
  /// The words; the ends of the longer ones stand in ``tails``.
  private(set) var words: [Word] = []
  /// What the words longer than eight bytes have after those, one after another.
  private(set) var tails: [UInt8] = []

  /// Where a word is looked up: what tells it from others, and its number plus one; 0 where there is none.
  private struct Slot {
    var key: UInt64 = 0
    var length: UInt32 = 0
    var number: UInt32 = 0
  }

  /// The words by their hashes, at most every other of them taken. The count is a power of two.
  private var slots = [Slot](repeating: Slot(), count: 1 << 12)

  /// The number of `word`, which is a new one if it isn't there yet; its end stands in `bytes`.
  @inline(__always)
  mutating func number(of word: Word, in bytes: [UInt8]) -> Int {
    var slot = WordTable.slot(WordTable.hash(of: word, in: bytes), of: slots.count)
    while true {
      let found = slots[slot]
      guard found.number != 0 else { return add(word, in: bytes, at: slot) }
      let number = Int(found.number) - 1
      if found.key == word.key, found.length == word.length,
        word.length <= 8 || hasSameTail(words[number], word, in: bytes)
      {
        return number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
  }

  private func hasSameTail(_ known: Word, _ word: Word, in bytes: [UInt8]) -> Bool {
    for (position, other) in zip(known.tailRange, word.tailRange) where tails[position] != bytes[other] {
      return false
    }
    return true
  }

  @inline(never)
  private mutating func add(_ word: Word, in bytes: [UInt8], at slot: Int) -> Int {
    let number = words.count
    words.append(Word(key: word.key, tail: UInt32(truncatingIfNeeded: tails.count), length: word.length))
    tails.append(contentsOf: bytes[word.tailRange])
    slots[slot] = Slot(
      key: word.key, length: word.length, number: UInt32(truncatingIfNeeded: number + 1))
    if words.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: Slot(), count: slots.count * 2)
    for (number, word) in words.enumerated() {
      var slot = WordTable.slot(WordTable.hash(of: word, in: tails), of: slots.count)
      while slots[slot].number != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Slot(
        key: word.key, length: word.length, number: UInt32(truncatingIfNeeded: number + 1))
    }
  }

  /// Of 2⁶⁴ by the golden ratio: spreads the keys of similar words over the table.
  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inline(__always)
  private static func hash(of word: Word, in bytes: [UInt8]) -> UInt64 {
    var hash = word.key
    if word.length > 8 {
      for position in word.tailRange { hash = (hash ^ UInt64(bytes[position])) &* multiplier }
    }
    return hash
  }

  /// Where to look for a word first: the highest bits of its hash, which depend on all of the key.
  @inline(__always)
  private static func slot(_ hash: UInt64, of count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash ^ (hash >> 32)) &* multiplier) >> UInt64(64 - count.trailingZeroBitCount))
  }
}
