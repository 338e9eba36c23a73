import SourceText

/// A name as it is compared with others: case, accents, dots, hyphens and apostrophes don't count.
struct ComparableName: Sendable {
  /// The words, folded.
  let words: [String]
  /// The words without spaces: equal for Seo-jin and Seojin, J.R. and J. R.
  let letters: String
  /// The words in an order of their own, so that the order written doesn't count.
  private let sortedWords: [String]

  init(_ name: String) {
    // An apostrophe is no end of a word: O'Brien is Obrien.
    let whole = name.unicodeScalars.contains { $0 == "'" || $0 == "\u{2019}" }
    let text = whole ? name.filter { $0 != "'" && $0 != "\u{2019}" } : name
    words = sortKey(for: text).split(separator: " ").map(String.init)
    letters = words.joined()
    sortedWords = words.sorted()
  }

  /// Whether two names that are credited on one film, and not equal when folded, are likely one person's.
  ///
  /// That is so when they have the same words in another order, when one has an initial that the other writes out
  /// or leaves out of its middle, and when a single word is misspelt by a letter (``isMisspelling(_:_:isLast:)``).
  /// Names of siblings and couples on one film differ in short words or at the ends of long ones, which is why
  /// nothing else counts.
  ///
  /// - Complexity: O(*n*) in the letters of the names.
  func isLike(_ other: ComparableName) -> Bool {
    if words.count == other.words.count {
      guard let index = words.indices.first(where: { words[$0] != other.words[$0] }) else { return false }
      if words[(index + 1)...] == other.words[(index + 1)...] {
        let isLast = index == words.count - 1
        let (left, right) = (words[index], other.words[index])
        return !isLast && (isInitial(left, of: right) || isInitial(right, of: left))
          || isMisspelling(left, right, isLast: isLast)
      }
      return sortedWords == other.sortedWords
    }
    let (shorter, longer) = words.count < other.words.count ? (words, other.words) : (other.words, words)
    // Ann B. Shinn and Ann Shinn; but not John Smith V.
    guard longer.count == shorter.count + 1,
      let index = shorter.indices.first(where: { shorter[$0] != longer[$0] }), index > 0
    else { return false }
    return longer[index].unicodeScalars.count == 1 && shorter[index...] == longer[(index + 1)...]
  }
}

private func isInitial(_ word: String, of other: String) -> Bool {
  word.unicodeScalars.count == 1 && other.unicodeScalars.count > 1
    && word.unicodeScalars.first == other.unicodeScalars.first
}

/// Whether one of two words of names, folded, is likely a misspelling of the other.
///
/// A letter doubled in one of them counts from five letters on, one left out or two neighbours swapped from six, one
/// replaced from seven: what is shorter is often a name of its own, as Ann and Dan, Hansen and Jansen, Miller and
/// Muller are. So is what begins with another letter; and at its end a given name tells women from men (Daniel and
/// Daniela, Christian and Christina), as a family name in -a does.
func isMisspelling(_ left: String, _ right: String, isLast: Bool) -> Bool {
  let (shorter, longer) =
    left.utf8.count <= right.utf8.count
    ? (Array(left.unicodeScalars), Array(right.unicodeScalars))
    : (Array(right.unicodeScalars), Array(left.unicodeScalars))
  guard longer.count >= 5, longer.count - shorter.count <= 1, shorter.first == longer.first else {
    return false
  }
  var start = 0
  while start < shorter.count, shorter[start] == longer[start] { start += 1 }
  var end = 0
  while end < shorter.count - start, shorter[shorter.count - 1 - end] == longer[longer.count - 1 - end] {
    end += 1
  }
  let (one, other) = (shorter[start..<(shorter.count - end)], longer[start..<(longer.count - end)])
  // A number is never a misspelling of another.
  guard !(one + other).contains(where: { $0.properties.numericType != nil }) else { return false }
  if one.isEmpty, other.count == 1, longer[start - 1] == longer[start] { return true }
  if end == 0, !isLast || one.last == "a" || other.last == "a" { return false }
  switch (one.count, other.count) {
  case (0, 1): return longer.count >= 6
  case (1, 1): return longer.count >= 7
  case (2, 2): return longer.count >= 6 && one.elementsEqual(other.reversed())
  default: return false
  }
}
