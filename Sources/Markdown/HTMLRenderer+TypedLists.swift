import SourceText

/// Lists that were typed or pasted with marks that begin none in Markdown.
extension HTMLRenderer {
  /// Reports lines of the paragraph that is walked that follow one another and begin with the bullet or dash of a word
  /// processor, or with a hyphen and no space.
  mutating func reportTypedBullets() {
    guard isProofread else { return }
    let all = survey.bullets
    let first = all.partitioningIndex { $0.lowerBound >= block.lowerBound }
    let inside = all[first...].prefix { $0.lowerBound < block.upperBound }
    var index = inside.startIndex
    while index < inside.endIndex {
      var end = index + 1
      while end < inside.endIndex, follows(inside[end], inside[end - 1]) { end += 1 }
      if end - index > 1 {
        report(typedBullets(inside[index..<end], from: inside[index], to: inside[end - 1]))
      }
      index = end
    }
  }

  /// Whether `bullet` begins the line below that of `other`, with the same mark, and nobody broke that line on purpose.
  private func follows(_ bullet: ByteRange, _ other: ByteRange) -> Bool {
    guard source[bullet.indices].first == source[other.indices].first,
      source[bullet.indices].prefix(3).last == source[other.indices].prefix(3).last
    else { return false }
    let between = Int(other.upperBound)..<Int(bullet.lowerBound)
    var ends = 0
    for place in between where source[place] == 0x0A || source[place] == 0x0D && source[place + 1] != 0x0A {
      ends += 1
      var before = place
      if source[before] == 0x0A, source[before - 1] == 0x0D { before -= 1 }
      // Two spaces or a backslash: lines of a poem or of a conversation.
      if source[before - 1] == 0x5C || source[before - 1] == 0x20 && source[before - 2] == 0x20 {
        return false
      }
    }
    return ends == 1
  }

  /// Tells of `bullets`, which follow one another from `first` to `last`.
  private func typedBullets(
    _ bullets: ArraySlice<ByteRange>, from first: ByteRange, to last: ByteRange
  ) -> Diagnostic {
    let isHyphen = source[Int(first.lowerBound)] == 0x2D
    let length = isHyphen ? 1 : source.span.lengthOfCharacter(at: Int(first.lowerBound))
    let mark = String(decoding: source[first.indices].prefix(length), as: UTF8.self)
    var edit: Diagnostic.Edit?
    // Dashes begin what people say, too, and a hyphen may be a part of the word.
    if !isHyphen, mark != "–", mark != "—" {
      var replacement = "- "
      for (bullet, next) in zip(bullets, bullets.dropFirst()) {
        let rest = source[Int(bullet.upperBound)..<Int(next.lowerBound)]
        replacement += String(decoding: rest, as: UTF8.self) + "- "
      }
      edit = Diagnostic.Edit(ByteRange(Int(first.lowerBound), Int(last.upperBound)), replacement)
    }
    return .typedBullet(
      mark, edit, at: location(ByteRange(Int(first.lowerBound), Int(first.lowerBound) + length)))
  }

  // MARK: - Links the wrong way round

  /// Reports `(text)[https://…]` in the paragraph that is walked.
  mutating func reportReversedLinks() {
    guard isProofread else { return }
    let all = survey.reversedLinks
    let lines = block.indices.clamped(to: source.indices)
    let first = all.partitioningIndex { $0 >= lines.lowerBound }
    var next = lines.lowerBound
    for bracket in all[first...].prefix(while: { $0 < lines.upperBound }) {
      // It may be in code.
      while let found = bracketSearch.next(in: source, from: next, before: lines.upperBound) {
        next = found > bracket ? found : found + 1
        if found < bracket { continue }
        if found == bracket, let whole = reversedLink(at: bracket, in: lines) {
          let words = source[(whole.lowerBound + 1)..<(bracket - 1)]
          let address = source[(bracket + 1)..<(whole.upperBound - 1)]
          report(
            .reversedLink(
              "[\(String(decoding: words, as: UTF8.self))](\(String(decoding: address, as: UTF8.self)))",
              at: location(ByteRange(whole.lowerBound, whole.upperBound))))
        }
        break
      }
    }
  }

  /// All of `(text)[https://…]`, whose `[` is at `bracket`.
  private func reversedLink(at bracket: Int, in lines: Range<Int>) -> Range<Int>? {
    var end = bracket + 1
    while end < lines.upperBound, source[end] != 0x5D {
      if source[end].isSpace || ByteSet("[()<>").contains(source[end]) { return nil }
      end += 1
    }
    guard end < lines.upperBound, source[bracket..<end].firstRange(of: "://".utf8) != nil,
      end + 1 == source.count || !ByteSet("[(:").contains(source[end + 1])
    else {
      return nil
    }
    var start = bracket - 2
    while start >= lines.lowerBound, source[start] != 0x28 {
      if ByteSet(")[]\n\r`<>\\").contains(source[start]) { return nil }
      start -= 1
    }
    return start >= lines.lowerBound && start < bracket - 2 ? start..<(end + 1) : nil
  }
}

extension Diagnostic {
  fileprivate static func typedBullet(_ mark: String, _ edit: Edit?, at location: Location) -> Diagnostic {
    .warning(
      "markdown/typed-bullet",
      mark == "-"
        ? "without a space behind - these lines are no list, and are published as one paragraph"
        : "\(mark) begins no list, so that these lines are published as one paragraph", at: location,
      fix: mark == "-"
        ? "write a space behind each -"
        : "begin each line with - and a space, or leave a line empty between them",
      edit: edit)
  }

  fileprivate static func reversedLink(_ link: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/reversed-link", "the brackets of this link are the wrong way round", at: location,
      fix: "write \(link)", edit: Edit(location.range, link))
  }
}
