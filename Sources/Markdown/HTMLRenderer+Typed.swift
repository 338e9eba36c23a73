import SourceText

/// What is likely meant as markup and is none. CommonMark knows no mistakes, so that it is published as it was typed.
extension HTMLRenderer {
  /// Makes the walk look at the characters that markup is made of, where they come out as text.
  mutating func markTyped() {
    guard isProofread else { return }
    marks.insert(0x2A)
    marks.insert(0x5D)
  }

  // MARK: - Links and images

  /// Reports what keeps `[…](…)` in the block that is walked from being a link, once `](` came out as text.
  mutating func reportBrokenDestinations() {
    let lines = block.indices.clamped(to: source.indices)
    guard blocksReadForLinks.insert(lines.lowerBound).inserted else { return }
    // Each `[` that is open, and whether a `!` stands before it.
    var open: [Bool] = []
    var next = lines.lowerBound
    while let index = bracketSearch.next(in: source, from: next, before: lines.upperBound) {
      next = index + 1
      if source[index] == 0x5B {
        open.append(index > lines.lowerBound && source[index - 1] == 0x21)
        continue
      }
      guard let isImage = open.popLast() else { continue }
      if source[next] == 0x20, source.span.has("(http", at: next + 1) {
        report(.spaceInLink(isImage ? "image" : "link", at: location(ByteRange(next, next + 1))))
      }
      guard source[next] == 0x28, let place = destinationOnLine(behind: next, before: lines.upperBound) else {
        continue
      }
      if place.isEmpty, source.span.has("http", at: next + 1) {
        report(.unclosedLink(isImage ? "image" : "link", at: location(ByteRange(next, next + 1))))
      }
      bracketSearch.budget -= place.count
      reportBrokenDestination(place, isImage: isImage)
      next = max(next, place.upperBound)
    }
  }

  /// What stands between the `(` at `start` and the `)` that belongs to it, without spaces at its ends; empty where the
  /// line ends first, and `nil` where the next one may go on with a title or the `)`.
  private func destinationOnLine(behind start: Int, before limit: Int) -> Range<Int>? {
    var depth = 0
    var index = start
    while index < limit, source[index] != 0x0A, source[index] != 0x0D {
      switch source[index] {
      case 0x5C: index += 1
      case 0x28: depth += 1
      case 0x29: depth -= 1
      default: break
      }
      if depth == 0 { return TableLayout.trimmed(source, (start + 1)..<index) }
      index += 1
    }
    let destination = TableLayout.trimmed(source, (start + 1)..<min(index, limit))
    guard !source[destination].contains(where: { $0 == 0x20 || $0 == 0x09 }) else { return start..<start }
    // In a quote, the next line begins with `>`.
    while index < limit, source[index].isSpace || source[index] == 0x3E { index += 1 }
    return index < limit && ByteSet("\"'()").contains(source[index]) ? nil : start..<start
  }

  private mutating func reportBrokenDestination(_ whole: Range<Int>, isImage: Bool) {
    guard let first = source[whole].first, first != 0x3C,
      let space = source[whole].firstIndex(where: { $0 == 0x20 || $0 == 0x09 })
    else { return }
    let what = isImage ? "image" : "link"
    let rest = TableLayout.trimmed(source, space..<whole.upperBound)
    if rest.count > 6, isCurlyQuote(at: rest.lowerBound), isCurlyQuote(at: rest.upperBound - 3) {
      let title = String(decoding: source[(rest.lowerBound + 3)..<(rest.upperBound - 3)], as: UTF8.self)
      let range = ByteRange(rest.lowerBound, rest.upperBound)
      report(.curlyTitle(title, what, at: location(range)))
      return
    }
    let destination = whole.lowerBound..<startOfTitle(in: whole)
    guard source[destination].contains(where: { $0 == 0x20 || $0 == 0x09 }),
      isImage || looksLikeAddress(destination)
    else { return }
    let text = String(decoding: source[destination], as: UTF8.self)
    report(
      .spacedDestination(text, what, at: location(ByteRange(destination.lowerBound, destination.upperBound))))
  }

  /// Where the title in straight quotation marks or parentheses at the end of `range` begins, with the spaces before it; the
  /// end of the range if there is none.
  private func startOfTitle(in range: Range<Int>) -> Int {
    guard let last = source[range].last, ByteSet("\"')").contains(last) else { return range.upperBound }
    let first = last == 0x29 ? 0x28 : last
    var index = range.lowerBound + 1
    while index < range.upperBound - 1 {
      if source[index] == first, source[index - 1].isSpace {
        let destination = TableLayout.trimmed(source, range.lowerBound..<index)
        // The parentheses of `my film (2).jpg` are no title's.
        let isTitle = last != 0x29 || !source[destination].contains(where: \.isSpace)
        return isTitle ? destination.upperBound : range.upperBound
      }
      index += 1
    }
    return range.upperBound
  }

  /// Whether it has a scheme, begins or ends as a path does, or ends as a file's name does.
  private func looksLikeAddress(_ range: Range<Int>) -> Bool {
    let bytes = source[range]
    if bytes.first == 0x2F || bytes.first == 0x2E || bytes.last == 0x2F { return true }
    if let colon = bytes.firstIndex(of: 0x3A), source.span.has("//", at: colon + 1) { return true }
    let span = source.span.extracting(range)
    if span.has(lowered: "tel:", at: 0) || span.has(lowered: "mailto:", at: 0)
      || span.has(lowered: "sms:", at: 0)
      || span.has(lowered: "http", at: 0) && meantAddress(String(decoding: bytes, as: UTF8.self)) != nil
    {
      return true
    }
    guard let dot = bytes.lastIndex(of: 0x2E), (2...5).contains(range.upperBound - dot - 1) else {
      return false
    }
    return bytes[(dot + 1)...].allSatisfy { $0.isLetter || $0.isDigit }
  }

  /// Whether one of `“”„‟‘’`, three bytes each, is at `index`.
  private func isCurlyQuote(at index: Int) -> Bool {
    index >= 0 && index + 2 < source.count && source[index] == 0xE2 && source[index + 1] == 0x80
      && (0x98...0x9F).contains(source[index + 2])
  }

  // MARK: - Bold type

  /// Reports the `**` at `mark` in `text`, which came out as it was typed, if it looks like the beginning of bold type.
  mutating func reportUnclosedBold(
    _ text: Span<UInt8>, _ mark: Range<Int>, from start: Int, of node: CMarkNode
  ) {
    let before =
      mark.lowerBound > start ? Flank(before: mark.lowerBound, in: text) : Flank(before: node, skipped: start)
    let after = mark.upperBound < text.count ? Flank(at: mark.upperBound, in: text) : Flank(behind: node)
    guard before != .other, after == .other, !blocksReadForBold.contains(Int(block.lowerBound)) else {
      return
    }
    var end = mark.upperBound
    while end < text.count, end - mark.upperBound < 24, text[end].isLetter || text[end].isDigit { end += 1 }
    guard end > mark.upperBound else { return }
    let lines = block.indices.clamped(to: source.indices)
    let (begun, strays) = unpairedBold(in: lines)
    let word = text.extracting(mark.upperBound..<end)
    guard
      let found = begun.first(where: {
        source.span.extracting($0.upperBound..<lines.upperBound).hasPrefix(word)
      }), !isPower(found), !isSignificance(found), !starsOfCode.contains(found.lowerBound)
    else { return }
    // `**„Die Hard“**ist`: what was to end it looks like a beginning.
    if before == .punctuation, found.lowerBound > lines.lowerBound, !source[found.lowerBound - 1].isSpace,
      !ByteSet("([{").contains(source[found.lowerBound - 1]),
      begun.contains(where: { $0.lowerBound < found.lowerBound })
    {
      blocksReadForBold.insert(lines.lowerBound)
      return report(.boldEndsAtLetter(at: location(ByteRange(found.lowerBound, found.upperBound))))
    }
    // The next one behind it may have been meant to end it.
    let following = begun.drop { $0.lowerBound <= found.lowerBound }
    let stray = strays.first { $0.lowerBound > found.lowerBound }
    if let next = following.first, next.lowerBound < stray?.lowerBound ?? .max {
      reportBold(at: found, endedByBeginning: following, in: lines)
    } else {
      reportBold(at: found, endedBy: stray, in: lines)
    }
  }

  /// The `**` of `lines` that begin bold type which nothing ends, and those that neither begin nor end any.
  private mutating func unpairedBold(in lines: Range<Int>) -> (begun: [Range<Int>], strays: [Range<Int>]) {
    if let unpairedStars, unpairedStars.lines == lines { return (unpairedStars.begun, unpairedStars.strays) }
    var begun: [Range<Int>] = []
    var strays: [Range<Int>] = []
    var next = lines.lowerBound
    while let index = asteriskSearch.next(in: source, from: next, before: lines.upperBound) {
      next = index
      while next < lines.upperBound, source[next] == 0x2A { next += 1 }
      guard next - index == 2 else { continue }
      let before = index > lines.lowerBound ? Flank(before: index, in: source.span) : .space
      let after = next < lines.upperBound ? Flank(at: next, in: source.span) : .space
      if before != .space, before != .punctuation || after != .other, !begun.isEmpty {
        begun.removeLast()
      } else if after != .space, after != .punctuation || before != .other {
        begun.append(index..<next)
      } else {
        strays.append(index..<next)
      }
    }
    unpairedStars = (lines, begun, strays)
    return (begun, strays)
  }

  /// Whether `mark` stands between numbers, as in `2 **3`.
  private func isPower(_ mark: Range<Int>) -> Bool {
    guard mark.upperBound < source.count, source[mark.upperBound].isDigit else { return false }
    return source[..<mark.lowerBound].last { $0 != 0x20 }?.isDigit ?? false
  }

  /// Whether `mark` belongs to a letter that is compared with something, as in `**p < .01` below a table.
  private func isSignificance(_ mark: Range<Int>) -> Bool {
    let rest = source[mark.upperBound...].dropFirst().drop { $0 == 0x20 }
    return rest.starts(with: "<".utf8) || rest.starts(with: ">".utf8) || rest.starts(with: "=".utf8)
      || rest.starts(with: "\\<".utf8) || rest.starts(with: "&lt;".utf8) || rest.starts(with: "≤".utf8)
  }

  /// Reports bold type that `2**3 and 2**10` begins and ends.
  mutating func reportPowers(_ node: CMarkNode) {
    guard isProofread, let before = node.previous, before.kind == .text,
      before.withLiteral({ $0.count > 0 && $0[$0.count - 1].isDigit }),
      let after = node.next, after.kind == .text, after.withLiteral({ $0.count > 0 && $0[0].isDigit }),
      let child = node.firstChild, child.kind == .text, child.withLiteral({ $0.count > 0 && $0[0].isDigit })
    else { return }
    let lines = block.indices.clamped(to: source.indices)
    var next = lines.lowerBound
    while let index = asteriskSearch.next(in: source, from: next, before: lines.upperBound) {
      next = index + 1
      guard index > lines.lowerBound, source[index - 1].isDigit, source.span.has("**", at: index),
        index + 2 < lines.upperBound, source[index + 2].isDigit,
        blocksReadForBold.insert(lines.lowerBound).inserted
      else { continue }
      return report(.boldBetweenDigits(at: location(ByteRange(index, index + 2))))
    }
  }

  /// Reports the `**` at `found`, behind which nothing ends bold type but what may have been meant to at `end`.
  private mutating func reportBold(at found: Range<Int>, endedBy end: Range<Int>?, in lines: Range<Int>) {
    blocksReadForBold.insert(lines.lowerBound)
    let here = location(ByteRange(found.lowerBound, found.upperBound))
    guard let end else { return report(.unclosedBold(at: here)) }
    let behind = end.upperBound < lines.upperBound ? source[end.upperBound] : 0x0A
    if source[end.lowerBound - 1] == 0x20, source[end.lowerBound - 2] != 0x20,
      behind.isSpace || ByteSet(".,;:!?)").contains(behind)
    {
      report(.spaceBeforeBoldEnds(at: location(ByteRange(end.lowerBound - 1, end.upperBound))))
    } else {
      report(.unclosedBold(at: here))
    }
  }

  /// Reports the `**` at `found`, behind which the first of `ends` begins bold type that was perhaps to end it.
  private mutating func reportBold(
    at found: Range<Int>, endedByBeginning ends: ArraySlice<Range<Int>>, in lines: Range<Int>
  ) {
    guard let end = ends.first else { return }
    if source[end.lowerBound - 1].isSpace, !isBehindColon(end),
      (0x61...0x7A).contains(source[found.upperBound])
    {
      // `**kwargs and **options`
      starsOfCode.insert(end.lowerBound)
      return
    }
    blocksReadForBold.insert(lines.lowerBound)
    if !source[end.lowerBound - 1].isSpace {
      report(.boldEndsAtLetter(at: location(ByteRange(end.lowerBound, end.upperBound))))
    } else if isBehindColon(end) {
      // `**Director: **Ann`, and the lines below that are alike.
      for index in stride(from: ends.startIndex, to: ends.endIndex, by: 2) where isBehindColon(ends[index]) {
        report(
          .spaceInsideBold(at: location(ByteRange(ends[index].lowerBound - 1, ends[index].upperBound))))
      }
    } else {
      report(.unclosedBold(at: location(ByteRange(found.lowerBound, found.upperBound))))
    }
  }

  /// Whether a colon and a space stand before `mark`.
  private func isBehindColon(_ mark: Range<Int>) -> Bool {
    source[mark.lowerBound - 1] == 0x20 && source[mark.lowerBound - 2] == 0x3A
  }

  // MARK: - Headings

  /// Reports lines of the paragraph that is walked that begin with `##` without a space behind it.
  mutating func reportUnspacedHeadings() {
    guard isProofread else { return }
    // Notes are walked last, wherever they stand.
    let all = survey.unspacedHashes
    for hashes in all[all.partitioningIndex(where: { $0.lowerBound >= block.lowerBound })...] {
      guard hashes.lowerBound < block.upperBound else { return }
      report(unspacedHeading(hashes.indices))
    }
  }

  private func unspacedHeading(_ hashes: Range<Int>) -> Diagnostic {
    let mark = String(repeating: "#", count: hashes.count)
    let here = location(ByteRange(hashes.lowerBound, hashes.upperBound))
    if let space = source.span.lengthOfNoBreakSpace(at: hashes.upperBound) {
      let edit = Diagnostic.Edit(ByteRange(hashes.upperBound, hashes.upperBound + space), " ")
      return .noBreakSpaceInHeading(mark, edit, at: here)
    }
    var end = hashes.upperBound
    while end < text.range.upperBound, source[end] != 0x0A, source[end] != 0x0D { end += 1 }
    // `##Heading##` ends with hashes that would be part of the words.
    var words = TableLayout.trimmed(source, hashes.upperBound..<end)
    while let last = source[words].last, last == 0x23 { words.removeLast() }
    var edit: Diagnostic.Edit?
    // What begins with a small letter may be a tag of some network.
    if !(0x61...0x7A).contains(source[hashes.upperBound]) {
      edit =
        words.upperBound == TableLayout.trimmed(source, hashes.upperBound..<end).upperBound
        ? Diagnostic.Edit(ByteRange(at: hashes.upperBound), " ")
        : Diagnostic.Edit(
          ByteRange(hashes.lowerBound, end), "\(mark) \(String(decoding: source[words], as: UTF8.self))")
    }
    return .unspacedHeading(mark, edit, at: here)
  }

  /// Reports the heading that ends here if a line of dashes below a sentence made it one.
  mutating func reportHeadingByDashes() {
    guard isProofread, heading?.level == 2, !isInFrontMatter(block) else { return }
    var lines = TableLayout.trimmed(source, block.indices.clamped(to: source.indices))
    // For libcmark, a heading ends in the line below it where that isn't empty.
    if source[lines].last != 0x2D, let end = source[lines].lastIndex(where: { $0 == 0x0A || $0 == 0x0D }) {
      lines = TableLayout.trimmed(source, lines.lowerBound..<end)
    }
    var start = lines.upperBound
    while start > lines.lowerBound, source[start - 1] == 0x2D { start -= 1 }
    let dashes = start..<lines.upperBound
    // They stand on a line of their own, in a quote behind its marks.
    let before = source[lines.lowerBound..<start].last { $0 != 0x20 && $0 != 0x09 && $0 != 0x3E }
    guard dashes.count >= 3, before == 0x0A || before == 0x0D else { return }
    let words = plain.bytes[blockPlainStart...]
    // Who underlines a heading makes the line as long as it is.
    let length = words.count { $0 & 0xC0 != 0x80 }
    let isUnderlined = dashes.count > 3 && abs(dashes.count - length) < 8
    // A title ends with a question or exclamation mark as a sentence does.
    guard
      length > 100
        || !isUnderlined && endsSentence(words) && !words.contains(0x3F) && !words.contains(0x21)
    else { return }
    report(.headingByDashes(at: location(ByteRange(dashes.lowerBound, dashes.upperBound))))
  }

  // MARK: - Tables

  /// Reports the paragraph that is walked if all of its lines are rows of a table, and none is the row of dashes.
  mutating func reportRowsWithoutDashes() {
    let whole = TableLayout.trimmed(source, block.indices.clamped(to: source.indices))
    guard isProofread, !isPart, whole.count > 4, source[whole].first == 0x7C, source[whole].last == 0x7C
    else {
      return
    }
    var rows = 0
    var dashes: Int?
    for line in source[whole].split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
      let row = TableLayout.trimmed(source, line.indices)
      guard source[row].first == 0x7C, source[row].last == 0x7C, row.count > 2 else { return }
      rows += 1
      if rows == 2, source[row].allSatisfy({ $0 == 0x2D || $0 == 0x7C || $0 == 0x3A || $0 == 0x20 }) {
        dashes = countBars(in: row) - 1
      }
    }
    guard rows > 1 else { return }
    let columns = countBars(in: source[whole].prefix { $0 != 0x0A && $0 != 0x0D }.indices) - 1
    report(.rowsWithoutDashes(columns, dashes, at: location(ByteRange(whole.lowerBound, whole.upperBound))))
  }

  /// The number of `|` in `row` that are between cells.
  private func countBars(in row: Range<Int>) -> Int {
    row.count { source[$0] == 0x7C && ($0 == row.lowerBound || source[$0 - 1] != 0x5C) }
  }

  // MARK: - Code

  /// Reports the fence of `node` if no other one ends it, so that all that follows is code.
  mutating func reportUnclosedFence(_ node: CMarkNode) {
    guard isProofread, !isPart, node.parent?.kind == .document else { return }
    let first = node.startLine - 1
    let last = node.endLine - 1
    guard lines.indices.contains(first), lines.indices.contains(last) else { return }
    let opening = TableLayout.trimmed(source, lines[first].indices)
    guard let mark = source[opening].first, mark == 0x60 || mark == 0x7E else { return }
    // What ends it is the last of its lines for some, and the next one for others.
    let end = TableLayout.trimmed(source, lines[last].indices)
    let fence = source[opening].prefix { $0 == mark }
    let isEnd = last > first && end.count >= fence.count && source[end].allSatisfy { $0 == mark }
    let rest = lines[last].indices.upperBound..<text.range.upperBound
    guard !isEnd, rest.isEmpty || source[rest].allSatisfy(\.isSpace) else { return }
    report(
      .unclosedFence(
        String(decoding: fence, as: UTF8.self), at: location(ByteRange(fence.startIndex, fence.endIndex))))
  }

  /// Reports code that is one by its indentation alone, and whose lines are sentences.
  mutating func reportIndentedProse(_ node: CMarkNode) {
    guard isProofread, !isPart else { return }
    let lines = lineRange(of: node).indices.clamped(to: source.indices)
    let content = TableLayout.trimmed(source, lines)
    guard let first = source[content].first, first != 0x60, first != 0x7E else { return }
    // A text may go on below without the spaces, as where the first line of each paragraph is indented.
    var next = content.upperBound
    while next < source.count, source[next] == 0x20 || source[next] == 0x0D { next += 1 }
    let goesOn =
      next + 1 < text.range.upperBound && source[next] == 0x0A && !source[next + 1].isSpace
      && node.next?.kind == .paragraph
    guard node.withLiteral({ isProse($0, goesOn: goesOn, isAmongTexts: isAmongTexts(node)) }) else { return }
    report(.indentedProse(at: location(ByteRange(content.lowerBound, content.upperBound))))
  }

  /// Whether what stands before `node` is nothing, a heading, or a paragraph that announces nothing by a colon.
  private func isAmongTexts(_ node: CMarkNode) -> Bool {
    guard node.parent?.kind == .document else { return false }
    switch node.previous?.kind {
    case nil, .heading: return true
    case .paragraph: return plain.bytes.last { !$0.isSpace } != 0x3A
    default: return false
    }
  }

  /// Whether `code` is made of sentences in lines of some length, as nothing that a program reads is; of shorter ones, if
  /// each is a paragraph and all stand among those of a text.
  private func isProse(_ code: Span<UInt8>, goesOn: Bool, isAmongTexts: Bool) -> Bool {
    let signs = ByteSet("{}<>=|\\~^`+@#")
    let emphases = ByteSet("_[]*")
    var spaces = 0
    var lines = 0
    var hasEmphasis = false
    // Of the line that is read, and of that with the fewest.
    var spacesOfLine = 0
    var fewestSpaces = Int.max
    var areParagraphs = true
    for index in code.indices {
      let byte = code[index]
      if signs.contains(byte) { return false }
      if emphases.contains(byte) { hasEmphasis = true }
      if byte == 0x0A, index > 0, code[index - 1] != 0x0A {
        lines += 1
        fewestSpaces = min(fewestSpaces, spacesOfLine)
        spacesOfLine = 0
        if index + 1 < code.count, code[index + 1] != 0x0A { areParagraphs = false }
      }
      // Columns, or lines that are indented further.
      if byte == 0x09 || byte == 0x20 && (index == 0 || code[index - 1].isSpace) { return false }
      if byte == 0x20 {
        spaces += 1
        spacesOfLine += 1
      }
    }
    guard lines > 0, !hasEmphasis || spaces >= 8 * lines else { return false }
    let isLong = spaces >= 6 && code.count >= 50 * lines
    let isOfParagraphs = isAmongTexts && areParagraphs && fewestSpaces >= 5
    let first = code[0]
    guard isLong || isOfParagraphs, first >= 0x80 || first == 0x22 || (0x41...0x5A).contains(first) else {
      return false
    }
    return isOfParagraphs && goesOn || endsSentence(code.array[...])
  }

  /// Whether the last words of `text` are those of a sentence, as far as its last character tells.
  private func endsSentence(_ text: ArraySlice<UInt8>) -> Bool {
    var text = text
    while let last = text.last {
      if last.isSpace || last == 0x22 || last == 0x27 || last == 0x29 {
        text.removeLast()
      } else if text.suffix(3).starts(with: [0xE2, 0x80]), last == 0x9D || last == 0x99 {
        text.removeLast(3)
      } else {
        break
      }
    }
    guard text.count(where: { $0 == 0x20 }) >= 3 else { return false }
    return text.last == 0x2E || text.last == 0x21 || text.last == 0x3F
      || text.suffix(3) == [0xE2, 0x80, 0xA6]
  }
}

extension Span<UInt8> {
  /// The length of the no-break space at `index`: U+00A0, U+2007 or U+202F.
  func lengthOfNoBreakSpace(at index: Int) -> Int? {
    if has("\u{A0}", at: index) { return 2 }
    return has("\u{202F}", at: index) || has("\u{2007}", at: index) ? 3 : nil
  }

  /// Whether it begins with `other`.
  fileprivate func hasPrefix(_ other: Span<UInt8>) -> Bool {
    guard other.count <= count else { return false }
    for index in other.indices where self[index] != other[index] { return false }
    return true
  }
}

/// What `destination`, with spaces, can only have meant: `tel:+49 30 1`, `mailto: ann@…`, `https: //…`.
private func meantAddress(_ destination: String) -> String? {
  let lower = destination.lowercased()
  if lower.hasPrefix("tel:") || lower.hasPrefix("sms:") || lower.hasPrefix("mailto:") {
    let end = destination.firstIndex(of: "?") ?? destination.endIndex
    let address = destination[..<end].filter { !$0.isWhitespace }
    return destination[end...].contains(where: \.isWhitespace) ? nil : address + destination[end...]
  }
  guard lower.hasPrefix("http") else { return nil }
  let scheme = lower.hasPrefix("https") ? "https" : "http"
  let mark = destination.dropFirst(scheme.count).prefix { " :/".contains($0) }
  let rest = destination[mark.endIndex...]
  return mark.contains(":") && mark.contains("/") && !rest.isEmpty && !rest.contains(where: \.isWhitespace)
    ? "\(scheme)://\(rest)" : nil
}

extension Diagnostic {
  fileprivate static func spacedDestination(_ destination: String, _ what: String, at location: Location)
    -> Diagnostic
  {
    let message =
      "the address has a space in it, so that this is no \(what), and is published as it stands here"
    // What holds quotation marks may have a title, and the name of a host or `mailto: ann@…` no space at all.
    let host =
      destination.firstRange(of: "://").map { destination[$0.upperBound...].prefix { $0 != "/" } } ?? ""
    if destination.contains(where: { "\"“”„‟‘’".contains($0) }) {
      return .warning(
        "markdown/space-in-destination", message, at: location,
        fix: "if a title begins there, write it in two quotation marks: (https://example.org/ \"The title\")")
    }
    if let meant = meantAddress(destination) {
      return .warning(
        "markdown/space-in-destination", message, at: location, fix: "write \(meant)",
        edit: Edit(location.range, meant))
    }
    if host.contains(" ") || destination.contains(": ") {
      return .warning(
        "markdown/space-in-destination", message, at: location, fix: "write the address without the space")
    }
    let edit = destination.contains { "<>".contains($0) } ? nil : Edit(location.range, "<\(destination)>")
    return .warning(
      "markdown/space-in-destination", message, at: location,
      fix: "write it between < and >: (<\(destination)>)", edit: edit)
  }

  fileprivate static func curlyTitle(_ title: String, _ what: String, at location: Location) -> Diagnostic {
    let isPlain = !title.contains { $0 == "\"" || $0 == "\\" }
    return .warning(
      "markdown/curly-title",
      "this stands in curly quotation marks, so that this is no \(what), and is published as it stands here",
      at: location, fix: "write straight ones: \"\(title)\"",
      edit: isPlain ? Edit(location.range, "\"\(title)\"") : nil)
  }

  fileprivate static func spaceInLink(_ what: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/space-in-link",
      "a space stands between ] and (, so that this is no \(what), and is published as it stands here",
      at: location, fix: "remove it")
  }

  fileprivate static func unclosedLink(_ what: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-link",
      "no ) on this line ends the address, so that this is no \(what), and is published as it stands here",
      at: location, fix: "write ) behind the address")
  }

  fileprivate static func rowsWithoutDashes(_ columns: Int, _ dashes: Int?, at location: Location)
    -> Diagnostic
  {
    let row = "|" + String(repeating: " --- |", count: min(max(1, columns), 8))
    return .warning(
      "markdown/table-without-dashes",
      dashes.map {
        "the first row has \(columns) columns and the row of dashes \($0), so that this is no table, and is published as it stands here"
      } ?? "without a row of dashes below the first this is no table, and is published as it stands here",
      at: location, fix: dashes == nil ? "write \(row) below the first row" : "write \(row)")
  }

  fileprivate static func unclosedFence(_ fence: String, at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-code", "no other \(fence) ends this one, so that all that follows is code",
      at: location,
      fix: "write \(fence) on a line of its own below the code")
  }

  fileprivate static func unclosedBold(at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-bold",
      "no ** in this paragraph ends the bold type that this one begins, so that it is published as it stands here",
      at: location, fix: "write ** behind the last bold word, too, or \\*\\* for two asterisks")
  }

  fileprivate static func spaceBeforeBoldEnds(at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-bold",
      "behind a space, ** doesn't end bold type, so that both are published as they stand here",
      at: location, fix: "write it right behind the word", edit: Edit(location.range, "**"))
  }

  fileprivate static func spaceInsideBold(at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-bold",
      "behind a space and before a word, ** doesn't end bold type, so that both are published as they stand here",
      at: location, fix: "write the space behind it", edit: Edit(location.range, "** "))
  }

  fileprivate static func boldEndsAtLetter(at location: Location) -> Diagnostic {
    .warning(
      "markdown/unclosed-bold",
      "between punctuation and a letter, ** doesn't end bold type, so that both are published as they stand here",
      at: location, fix: "write a space behind it, or put it before the punctuation")
  }

  fileprivate static func boldBetweenDigits(at location: Location) -> Diagnostic {
    .warning(
      "markdown/bold-between-digits", "** between digits begins bold type here, and the next ends it",
      at: location,
      fix: "write \\*\\* for two asterisks, or mark what is calculated as code: `2**3`")
  }

  fileprivate static func unspacedHeading(_ mark: String, _ edit: Edit?, at location: Location) -> Diagnostic
  {
    .warning(
      "markdown/no-space-in-heading",
      "without a space behind \(mark) this is no heading, and is published as it stands here",
      at: location, fix: "write a space behind \(mark)", edit: edit)
  }

  fileprivate static func noBreakSpaceInHeading(_ mark: String, _ edit: Edit, at location: Location)
    -> Diagnostic
  {
    .warning(
      "markdown/no-space-in-heading",
      "what stands behind \(mark) looks like a space and is a no-break space, so that this is no heading",
      at: location, fix: "type a space in its place", edit: edit)
  }

  fileprivate static func headingByDashes(at location: Location) -> Diagnostic {
    .warning(
      "markdown/heading-by-dashes", "dashes right below a text make a heading of it", at: location,
      fix:
        "leave a line empty above them if a line across is meant, or write ## before the text if it is a heading"
    )
  }

  fileprivate static func indentedProse(at location: Location) -> Diagnostic {
    .warning(
      "markdown/indented-text",
      "four spaces or a tab before a line make code of it, and this reads like a text",
      at: location, fix: "remove them")
  }
}
