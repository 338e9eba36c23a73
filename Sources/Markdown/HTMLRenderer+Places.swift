import SourceText

extension HTMLRenderer {
  /// Where `url` is written in the block that is walked, or in the definition that it may come from; the
  /// block's lines if it is nowhere to be seen, as when an entity is part of it.
  ///
  /// libcmark's own columns are not used: they are wrong behind the first line of a paragraph in a block
  /// quote or list. A bare URL may stand behind anything, any other behind `(` or `<`.
  ///
  /// - Complexity: O(*n*) in the length of the block; a budget keeps the sum of all searches O(*n*) in the
  ///   length of the text.
  mutating func locate(_ url: Span<UInt8>, isBare: Bool = false) -> ByteRange {
    let lines = block.indices.clamped(to: source.indices)
    let whole = ByteRange(lines.lowerBound, lines.upperBound)
    guard searchBudget > 0 else { return whole }
    if url.isEmpty { return locateEmptyDestination(in: lines) ?? whole }
    let cursor = min(max(destinationCursor, lines.lowerBound), lines.upperBound)
    if let found = find(url, in: cursor..<lines.upperBound, isBare: isBare)
      ?? find(url, in: lines.lowerBound..<min(cursor + url.count, lines.upperBound), isBare: isBare)
    {
      destinationCursor = found.upperBound
      return ByteRange(found.lowerBound, found.upperBound)
    }
    guard !isBare, survey.features.contains(.definitions) else { return whole }
    let places = definitions ?? findDefinitions()
    definitions = places
    for place in places {
      if matches(url, at: place), endsDestination(at: place + url.count) {
        return ByteRange(place, place + url.count)
      }
      if searchBudget <= 0 { break }
    }
    return whole
  }

  /// Where the next `()` or `(<>)` stands behind a `]`, without the parentheses of a title.
  private mutating func locateEmptyDestination(in lines: Range<Int>) -> ByteRange? {
    var index = min(max(destinationCursor, lines.lowerBound), lines.upperBound)
    searchBudget -= lines.upperBound - index
    while index + 2 < lines.upperBound {
      defer { index += 1 }
      guard source[index] == 0x5D, source[index + 1] == 0x28 else { continue }
      var end = index + 2
      while end < lines.upperBound, source[end].isSpace { end += 1 }
      let isMarked = end + 1 < lines.upperBound && source[end] == 0x3C && source[end + 1] == 0x3E
      if isMarked { end += 2 }
      while end < lines.upperBound, source[end].isSpace { end += 1 }
      guard end < lines.upperBound else { return nil }
      if source[end] == 0x29 {
        end += 1
      } else if !isMarked {
        continue
      }
      destinationCursor = end
      return ByteRange(index + 1, end)
    }
    return nil
  }

  private mutating func find(_ url: Span<UInt8>, in range: Range<Int>, isBare: Bool) -> Range<Int>? {
    let first = url[0]
    var index = range.lowerBound
    searchBudget -= range.count
    while index + url.count <= range.upperBound, searchBudget > 0 {
      if source[index] == first, isBare || beginsDestination(at: index), matches(url, at: index),
        isBare || endsDestination(at: index + url.count)
      {
        return index..<(index + url.count)
      }
      index += 1
    }
    return nil
  }

  /// Whether `(` or `<` stands before `index`, or `(` and spaces.
  private func beginsDestination(at index: Int) -> Bool {
    var before = index - 1
    guard before >= 0 else { return false }
    if source[before] == 0x3C { return true }
    while before > 0, source[before].isSpace { before -= 1 }
    return source[before] == 0x28
  }

  /// Whether a destination may end before `index`, so that it isn't the beginning of a longer one.
  private func endsDestination(at index: Int) -> Bool {
    guard index < source.count else { return true }
    return source[index].isSpace || source[index] == 0x29 || source[index] == 0x3E
  }

  private mutating func matches(_ url: Span<UInt8>, at place: Int) -> Bool {
    guard place + url.count <= source.count else { return false }
    var offset = 0
    while offset < url.count, source[place + offset] == url[offset] { offset += 1 }
    searchBudget -= offset + 1
    return offset == url.count && searchBudget > 0
  }

  /// What stands behind each `]:`, without spaces and `<`.
  private func findDefinitions() -> [Int] {
    var result: [Int] = []
    for index in text.range.dropLast() where source[index] == 0x5D && source[index + 1] == 0x3A {
      var place = index + 2
      var isNextLine = false
      // In a quote, the next line begins with `>`.
      while place < text.range.upperBound, source[place].isSpace || isNextLine && source[place] == 0x3E {
        if source[place] == 0x0A || source[place] == 0x0D { isNextLine = true }
        place += 1
      }
      if place < text.range.upperBound, source[place] == 0x3C { place += 1 }
      result.append(place)
    }
    return result
  }
}
