/// The member of `candidates` that `word` most likely misspells, or `nil` when none is near.
///
/// Nearness is the number of letters inserted, left out, replaced or swapped with a neighbour
/// (Damerau–Levenshtein, restricted), without regard to ASCII case: at most a third of the word's length,
/// and at least one. Ties go to the earlier candidate.
///
/// - Complexity: O(*n* · *m*²) for *n* candidates of length *m*; words over 64 bytes get no suggestion.
public func nearest(to word: String, among candidates: some Sequence<String>) -> String? {
  let wordBytes = lowercased(word)
  guard !wordBytes.isEmpty, wordBytes.count <= 64 else { return nil }
  var best: (distance: Int, candidate: String)?
  for candidate in candidates {
    let bytes = lowercased(candidate)
    let limit = max(1, min(wordBytes.count, bytes.count) / 3)
    guard bytes.count <= 64, abs(bytes.count - wordBytes.count) <= limit else { continue }
    let distance = editDistance(wordBytes, bytes)
    if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.candidate
}

/// The sentence `did you mean 'x'?` for the candidate nearest to `word`, if one is near.
public func didYouMean(_ word: String, among candidates: some Sequence<String>) -> String? {
  nearest(to: word, among: candidates).map { "did you mean '\($0)'?" }
}

/// Whether `word` is `meant` but for one slip of the finger: one letter inserted, left out, replaced or swapped with its
/// neighbour, or another case of ASCII letters; of words shorter than four letters, another case alone.
public func isSlip(_ word: String, of meant: String) -> Bool {
  let (left, right) = (lowercased(word), lowercased(meant))
  guard max(left.count, right.count) <= 64 else { return false }
  return left == right || min(left.count, right.count) >= 4 && editDistance(left, right) == 1
}

private func lowercased(_ word: String) -> [UInt8] {
  word.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
}

private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: right.count + 1)
  var previous = Array(0...right.count)
  for i in 0..<left.count {
    var current = [i + 1]
    current.reserveCapacity(right.count + 1)
    for j in 0..<right.count {
      var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforePrevious[j - 1] + 1)
      }
      current.append(cost)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
