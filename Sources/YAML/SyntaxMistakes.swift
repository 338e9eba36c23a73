import CYAML
import SourceText

/// What libyaml's mistakes mean to a writer, found out by looking at the line again.
struct SyntaxMistakes {
  let path: String
  let bytes: [UInt8]
  let range: Range<Int>
  /// The latest scalar, alias or pair of brackets, which a mistake is often about.
  let latest: Range<Int>
  /// The style of the latest scalar; `YAML_ANY_SCALAR_STYLE` if it is something else.
  let latestStyle: yaml_scalar_style_t

  /// The mistake that `problem` is, in plain words; its marks are byte offsets.
  func diagnostic(_ problem: SyntaxProblem) -> Diagnostic {
    let mark = min(problem.mark, range.upperBound)
    let line = YAMLLine(bytes, holding: mark, in: range)
    if let comment = commentInBrackets(problem, line) { return comment }
    if let space = noBreakSpaceOfItem(line) { return space }
    switch problem.text {
    case "mapping values are not allowed in this context": return unexpectedColon(line, at: mark)
    case "could not find expected ':'":
      return notAField(YAMLLine(bytes, holding: problem.constructMark, in: range))
    case "found character that cannot start any token":
      if mark < range.upperBound, bytes[mark] == 0x09 { return tab(line, at: mark) }
      return specialCharacter(line, at: mark)
    case "found a tab character that violates indentation",
      "found a tab character that violates intendation",
      "found a tab character where an indentation space is expected":
      return tab(line, at: mark)
    case "block sequence entries are not allowed in this context": return itemOnFieldLine(line, at: mark)
    case "mapping keys are not allowed in this context", "did not find expected node content",
      "found undefined tag handle":
      return specialCharacter(line, at: mark)
    case "did not find expected key": return unexpectedText(line, at: mark)
    case "did not find expected '-' indicator": return amidList(line)
    case "did not find expected <document start>": return misplaced(line)
    case "did not find expected ',' or ']'": return bracket(problem, close: "]", at: mark)
    case "did not find expected ',' or '}'": return bracket(problem, close: "}", at: mark)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return unknownEscape(line, at: mark)
    case "found unexpected ':'":
      let word = min(problem.constructMark, mark)..<min(mark + 1, range.upperBound)
      return .colonInBrackets(write: quoted(text(word)), at: location(word))
    default: break
    }
    let constructLine = YAMLLine(bytes, holding: problem.constructMark, in: range)
    switch problem.construct {
    case "while scanning a quoted scalar": return unclosedQuote(at: problem.constructMark)
    case "while scanning an alias", "while scanning an anchor", "while scanning a tag",
      "while parsing a tag", "while scanning a directive":
      return specialCharacter(constructLine, at: problem.constructMark)
    case "while scanning a block scalar": return blockText(constructLine, at: problem.constructMark)
    default:
      return .syntax(problem.text, at: location(mark..<mark))
    }
  }

  private func location(_ range: Range<Int>) -> Location {
    Location(path: path, range: ByteRange(range.lowerBound, range.upperBound))
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// All of the character that begins at `mark`.
  private func character(at mark: Int) -> Range<Int> {
    var end = mark + 1
    while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return mark..<end
  }

  /// The field's name and `value` as they should be written.
  private func spelled(_ line: YAMLLine, _ value: String) -> String {
    guard let key = line.key, let colon = line.colon, colon < line.end else { return value }
    return "\(text(key)): \(value)"
  }

  // MARK: - One function for each kind of mistake

  /// A colon with a blank after it, where no field can begin.
  private func unexpectedColon(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    if let colon = line.colon, colon < mark {
      let value = line.value
      let words = withoutCurlyQuotes(text(value)) ?? text(value)
      return .colonInValue(write: spelled(line, quoted(words)), at: location(value))
    }
    // A name may be 1024 characters long.
    if mark - line.fieldStart > 1024 { return notAField(line) }
    // The colon is the line's first: the line reads as more text of the value above.
    guard let above = line.above(in: range) else {
      if let rest = behindFence(line) { return .fieldBehindFence(write: text(rest), at: location(rest)) }
      return .syntax("there is a stray colon", at: location(mark..<mark))
    }
    guard let aboveKey = above.key else { return notAField(above) }
    guard line.hasSimpleKey, line.indentation > above.indentation else {
      if line.indentation <= above.indentation { return misplaced(line) }
      return .colonInLongText(name: text(aboveKey), at: location(line.contentStart..<mark + 1))
    }
    return .tooFarRight(
      text(line.key ?? line.contentStart..<line.end), under: text(aboveKey),
      by: line.indentation - above.indentation, at: location(line.contentStart..<mark))
  }

  /// What stands behind `---` and a blank on `line`.
  private func behindFence(_ line: YAMLLine) -> Range<Int>? {
    let content = line.content(from: line.contentStart)
    guard content.count > 4, bytes[content].starts(with: "---".utf8) else { return nil }
    let rest = content.dropFirst(3).drop { YAMLLine.isBlank(bytes[$0]) }
    guard let start = rest.first, start > content.lowerBound + 3 else { return nil }
    return start..<content.upperBound
  }

  /// A comment in which the end of a bracket stands, as in `[#a, #b]`: on `line`, the one above it, or that on which what
  /// was read begins.
  private func commentInBrackets(_ problem: SyntaxProblem, _ line: YAMLLine) -> Diagnostic? {
    let construct = YAMLLine(bytes, holding: problem.constructMark, in: range)
    for line in [line, line.above(in: range), construct].compactMap(\.self) {
      var open: [UInt8] = []
      var quote: UInt8?
      let isBracketed = line.fieldStart < line.end && [0x5B, 0x7B].contains(bytes[line.fieldStart])
      let start = isBracketed ? line.fieldStart : line.value.lowerBound
      var index = start
      while index < line.end {
        let byte = bytes[index]
        let before = index > range.lowerBound ? bytes[index - 1] : 0x0A
        if let mark = quote {
          if byte == mark { quote = nil }
        } else if byte == 0x23, YAMLLine.isBlank(before) || [0x2C, 0x5B, 0x7B].contains(before) {
          guard let close = open.last, bytes[index..<line.end].contains(close) else { break }
          return .commentInBrackets(
            write: withQuotedHashes(line), at: location(line.trimmed(index..<line.end)))
        } else if byte == 0x5B || byte == 0x7B {
          // Amid plain text they are a part of it.
          if !open.isEmpty || index == start { open.append(byte == 0x5B ? 0x5D : 0x7D) }
        } else if byte == open.last {
          open.removeLast()
        } else if byte == 0x22 || byte == 0x27, [0x20, 0x2C, 0x5B, 0x7B].contains(before) {
          quote = byte
        }
        index += 1
      }
    }
    return nil
  }

  /// The list on `line` with quotes around each item that begins with `#`; `nil` if the value is no simple list.
  private func withQuotedHashes(_ line: YAMLLine) -> String? {
    let whole = line.trimmed(line.value.lowerBound..<line.end)
    guard bytes[whole].first == 0x5B, bytes[whole].last == 0x5D else { return nil }
    let inner = text(whole).dropFirst().dropLast()
    guard !inner.utf8.contains(where: { [0x22, 0x27, 0x5B, 0x5D, 0x7B, 0x7D].contains($0) }) else {
      return nil
    }
    let items = inner.split(separator: ",").map { item in
      let item = item.split(separator: " ").joined(separator: " ")
      return item.utf8.first == 0x23 ? quoted(item) : item
    }
    return spelled(line, "[\(items.joined(separator: ", "))]")
  }

  /// The blanks that `line` begins with, if one of them looks like a space and is none for YAML, and that one's name.
  private func noBreakIndentation(_ line: YAMLLine) -> (range: Range<Int>, name: String, count: Int)? {
    let range = blanks(from: line.start, in: line)
    let blanks = text(range)
    return firstLookalike(in: blanks).map { (range, $0, blanks.unicodeScalars.count) }
  }

  /// What stands at `start` that is a blank, or looks like one.
  private func blanks(from start: Int, in line: YAMLLine) -> Range<Int> {
    let blanks = text(start..<line.end).unicodeScalars.prefix {
      $0 == " " || $0 == "\t" || firstLookalike(in: String($0))?.contains("space") ?? false
    }
    return start..<start + String(blanks).utf8.count
  }

  /// What looks like a space in front of the hyphen of a list's item, or behind it, and is none for YAML.
  private func noBreakSpaceOfItem(_ line: YAMLLine) -> Diagnostic? {
    let indentation = noBreakIndentation(line)
    let hyphen = indentation?.range.upperBound ?? line.contentStart
    guard hyphen < line.end, bytes[hyphen] == 0x2D else { return nil }
    let blanks = blanks(from: hyphen + 1, in: line)
    if let indentation, !blanks.isEmpty {
      return .noBreakIndentation(indentation, at: location(indentation.range))
    }
    return firstLookalike(in: text(blanks)).map { .noBreakSpaceAfterHyphen($0, at: location(blanks)) }
  }

  private func notAField(_ line: YAMLLine) -> Diagnostic {
    if let blanks = noBreakIndentation(line) {
      return .noBreakIndentation(blanks, at: location(blanks.range))
    }
    if let separator = line.wrongSeparator {
      let space = separator.range.dropFirst()
      if let name = firstLookalike(in: text(space)) {
        return .noBreakSpaceAfterColon(name, at: location(space))
      }
      let value = line.content(from: separator.valueStart)
      return .noSpaceAfterColon(
        write: "\(text(line.fieldStart..<separator.range.lowerBound)): \(text(value))",
        at: location(line.fieldStart..<separator.range.upperBound))
    }
    let content = line.content(from: line.contentStart)
    if let first = bytes[content].first, first == 0x22 || first == 0x27 {
      return unclosedQuote(at: content.lowerBound)
    }
    let name = line.above(in: range)?.key.map(text)
    return .notAField(at: Location(path: path, range: location(content).range), above: name)
  }

  private func tab(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    var start = mark
    while start > line.start, YAMLLine.isBlank(bytes[start - 1]) { start -= 1 }
    var end = mark
    while end < line.end, YAMLLine.isBlank(bytes[end]) { end += 1 }
    return .tab(isIndentation: start == line.start, at: location(start..<end))
  }

  /// A value (or a name) whose first character means something else in YAML.
  private func specialCharacter(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    guard mark < line.end else { return misplaced(line) }
    if let item = line.itemInBrackets(at: mark) {
      if bytes[mark] == 0x2D { return itemOnFieldLine(line, at: mark) }
      if item.isEmpty { return .strayComma(at: location(mark..<mark + 1)) }
      return .specialCharacter(
        String(text(item).unicodeScalars.prefix(1)), write: quoted(text(item)), at: location(item))
    }
    let content = line.content(from: mark)
    let character = String(text(content).unicodeScalars.prefix(1))
    let isValue = line.colon.map { $0 < mark } ?? false
    if isValue && bytes[mark] == 0x2D { return itemOnFieldLine(line, at: mark) }
    let value = isValue ? line.value : content
    return .specialCharacter(
      character, write: isValue ? spelled(line, quoted(text(value))) : quoted(text(value)),
      at: location(value.contains(mark) ? value : content))
  }

  private func itemOnFieldLine(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    if line.itemInBrackets(at: mark) != nil { return .hyphenInBrackets(at: location(mark..<mark + 1)) }
    let value = line.content(from: mark)
    let item = text(value)
    // A group of fields, and what has more of its kind below it, is no text.
    let below = YAMLLine(bytes, at: line.next, end: range.upperBound)
    let isText = !item.contains(": ") && !(below.isItem && below.indentation >= line.indentation)
    return .itemOnFieldLine(name: line.key.map(text) ?? "", item: item, isText: isText, at: location(value))
  }

  /// Something after a complete value.
  private func unexpectedText(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    guard mark > line.contentStart, !latest.isEmpty else { return misplaced(line) }
    let first = bytes[latest.lowerBound]
    let isQuoted =
      latestStyle == YAML_SINGLE_QUOTED_SCALAR_STYLE || latestStyle == YAML_DOUBLE_QUOTED_SCALAR_STYLE
    guard latest.upperBound <= mark, isQuoted || latestStyle == YAML_ANY_SCALAR_STYLE else {
      return misplaced(line)
    }
    if latest.lowerBound < line.start {
      return isQuoted ? unclosedQuote(at: latest.lowerBound) : misplaced(line)
    }
    if isQuoted {
      let value = line.trimmed(latest.lowerBound..<line.end)
      var inner = text(value)
      // 'don't stop': the quotes around it are meant, the one inside belongs to the text.
      if value.count > 1, bytes[value.upperBound - 1] == first {
        inner = text(value.lowerBound + 1..<value.upperBound - 1)
      }
      return .textAfterQuote(write: spelled(line, quoted(inner)), at: location(value))
    }
    let opening = first == 0x2A || first == 0x26 ? latest.lowerBound : line.value.lowerBound
    return specialCharacter(line, at: opening)
  }

  /// A line that stands further to the left or right than the lines it seems to belong to.
  private func misplaced(_ line: YAMLLine) -> Diagnostic {
    let content = line.content(from: line.contentStart)
    var above = line.above(in: range)
    var columns: [Int] = []
    while let other = above {
      if columns.last != other.indentation { columns.append(other.indentation) }
      above = other.above(in: range)
    }
    let nearest = columns.filter { $0 != line.indentation }.min {
      abs($0 - line.indentation) < abs($1 - line.indentation)
    }
    return .indentation(at: location(content), has: line.indentation, wants: nearest)
  }

  /// A line among the items of a list that is none and does not belong to one either.
  private func amidList(_ line: YAMLLine) -> Diagnostic {
    guard let above = line.above(in: range), above.isItem, above.indentation == line.indentation else {
      return misplaced(line)
    }
    return .amidList(at: location(line.content(from: line.contentStart)))
  }

  private func bracket(_ problem: SyntaxProblem, close: String, at mark: Int) -> Diagnostic {
    let line = YAMLLine(bytes, holding: problem.constructMark, in: range)
    if mark < line.end, bytes[mark] == 0x3A, latest.upperBound <= mark,
      latest.lowerBound >= line.start
    {
      var end = mark
      while end < line.end, ![0x2C, 0x5D, 0x7D].contains(bytes[end]) { end += 1 }
      let value = line.trimmed(latest.lowerBound..<end)
      return .colonInValue(write: quoted(text(value)), at: location(value))
    }
    if mark <= line.end, mark < range.upperBound, bytes[mark..<line.end].contains(close.utf8.first ?? 0) {
      return .missingComma(at: location(character(at: mark)))
    }
    let value = line.content(from: problem.constructMark)
    let open = text(value.lowerBound..<value.lowerBound + 1)
    // What belongs to it ends where something else closes, or with its line if nothing follows.
    var closed: String?
    if mark > value.lowerBound, mark <= line.end, mark < range.upperBound, [0x5D, 0x7D].contains(bytes[mark])
    {
      closed = text(line.trimmed(value.lowerBound..<mark)) + close
    } else if mark > line.end, YAMLLine(bytes, holding: mark, in: range).above(in: range)?.start == line.start
    {
      closed = text(value) + close
    }
    let isText = line.value.lowerBound == value.lowerBound && !text(value).contains(": ")
    return .unclosedBracket(
      open, close: close, closed: closed, quoted: isText ? spelled(line, quoted(text(value))) : nil,
      at: location(value))
  }

  private func unclosedQuote(at start: Int) -> Diagnostic {
    let line = YAMLLine(bytes, holding: start, in: range)
    let quote = text(start..<start + 1)
    let whole = line.trimmed(start..<line.end)
    let value = whole.lowerBound + 1..<whole.upperBound
    let isApostrophe = quote == "'"
    if isApostrophe, value.count == 2, bytes[value].allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(text(value))
    {
      return .shortYear(
        write: spelled(line, "\(number < 50 ? 2000 + number : 1900 + number)"),
        text: spelled(line, quoted(text(whole))), at: location(whole))
    }
    return .unclosedQuote(
      quote,
      write: spelled(line, isApostrophe ? quoted(text(whole)) : quoted(text(value))),
      isApostrophe: isApostrophe, at: location(whole))
  }

  private func unknownEscape(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    var start = mark
    while start > line.start, bytes[start..<range.upperBound].first != 0x5C { start -= 1 }
    var end = min(start + 2, range.upperBound)
    while end < range.upperBound, bytes[end] & 0xC0 == 0x80 { end += 1 }
    return .unknownEscape(text(start..<end), at: location(start..<end))
  }

  private func blockText(_ line: YAMLLine, at mark: Int) -> Diagnostic {
    let value = line.content(from: mark)
    return .blockText(
      text(mark..<mark + 1), quoted: spelled(line, quoted(text(value))), at: location(value))
  }
}

extension Diagnostic {
  /// The id of a line that is no field.
  static let notAFieldID = "yaml/not-a-field"

  static func syntax(_ problem: String, at location: Location) -> Diagnostic {
    .error("yaml/syntax", "this is not valid YAML: \(problem)", at: location)
  }

  fileprivate static func colonInValue(write: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/colon-in-value", "a value with a colon and a space in it has to stand in quotes", at: location,
      fix: "write \(write)")
  }

  fileprivate static func colonInBrackets(write: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/colon-in-value", "inside brackets, text that ends with a colon has to stand in quotes",
      at: location, fix: "write \(write)")
  }

  fileprivate static func colonInLongText(name: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/colon-in-value",
      "the text of '\(name)' goes on here with a colon and a space in it, so it has to stand in quotes",
      at: location, fix: "put the whole text in quotes, or begin it below a line '\(name): >'")
  }

  fileprivate static func noSpaceAfterColon(write: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/no-space-after-colon", "a field's name is followed by a colon and a space", at: location,
      fix: "write \(write)")
  }

  fileprivate static func noBreakSpaceAfterColon(_ name: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/no-space-after-colon",
      "what stands behind the colon looks like a space and is \(name) so that this is no field", at: location,
      fix: "type a space in its place", edit: Edit(location.range, " "))
  }

  fileprivate static func noBreakIndentation(
    _ blanks: (range: Range<Int>, name: String, count: Int), at location: Location
  ) -> Diagnostic {
    .error(
      "yaml/indentation",
      "what stands in front of this line looks like a space and is \(blanks.name) so that the line belongs to nothing",
      at: location, fix: "type spaces in its place",
      edit: Edit(location.range, String(repeating: " ", count: blanks.count)))
  }

  fileprivate static func noBreakSpaceAfterHyphen(_ name: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/indentation",
      "what stands behind the hyphen looks like a space and is \(name) so that no item of a list begins here",
      at: location, fix: "type a space in its place", edit: Edit(location.range, " "))
  }

  fileprivate static func commentInBrackets(write list: String?, at location: Location) -> Diagnostic {
    .error(
      "yaml/comment-in-brackets",
      "the # begins a comment, so that this and the end of the bracket are not read",
      at: location,
      fix: list.map { "leave the # out, or write \($0)" } ?? "put quotes around the words with the #")
  }

  fileprivate static func notAField(at location: Location, above: String?) -> Diagnostic {
    .error(
      notAFieldID, "this line is no field: it has no 'name: value'", at: location,
      fix: above.map { "if it belongs to '\($0)' above, put two spaces in front of it" }
        ?? "write 'name: value'")
  }

  fileprivate static func fieldBehindFence(write field: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/behind-dashes", "no field can stand behind '---'", at: location,
      fix: "write it on the line below: \(field)")
  }

  fileprivate static func tooFarRight(
    _ name: String, under above: String, by count: Int, at location: Location
  ) -> Diagnostic {
    .error(
      "yaml/indentation", "'\(name)' stands further to the right than '\(above)' above it", at: location,
      fix: count == 1 ? "remove the space in front of it" : "remove the \(count) spaces in front of it")
  }

  fileprivate static func indentation(at location: Location, has: Int, wants: Int?) -> Diagnostic {
    .error(
      "yaml/indentation", "this line does not line up with the lines above it", at: location,
      fix: wants.map { $0 == 0 ? "start it at the left edge" : "put \($0) spaces in front of it, not \(has)" }
    )
  }

  fileprivate static func amidList(at location: Location) -> Diagnostic {
    .error(
      "yaml/indentation", "this line stands among the items of a list and does not begin with a hyphen",
      at: location,
      fix:
        "put two more spaces in front of it if it belongs to the item above, or '- ' if it is one of its own")
  }

  fileprivate static func tab(isIndentation: Bool, at location: Location) -> Diagnostic {
    .error(
      "yaml/tab",
      isIndentation
        ? "a line of YAML may not begin with a tab" : "there is a tab where YAML takes spaces only",
      at: location, fix: "use spaces, two for each level")
  }

  static func specialCharacter(_ character: String, write: String, at location: Location)
    -> Diagnostic
  {
    .error(
      "yaml/special-character", "text that begins with \(character) has to stand in quotes", at: location,
      fix: "write \(write)")
  }

  /// Whether it may be text, is for who wrote it to say: where the field has a list of groups, quotes make another mistake.
  fileprivate static func itemOnFieldLine(
    name: String, item: String, isText: Bool, at location: Location
  ) -> Diagnostic {
    .error(
      "yaml/item-on-field-line", "a list may not begin on the line of its field", at: location,
      fix: "put '\(item)' on a line of its own\(name.isEmpty ? "" : " below '\(name):'")"
        + (isText ? "; if it is text and no list, put it in quotes" : ""))
  }

  fileprivate static func hyphenInBrackets(at location: Location) -> Diagnostic {
    .error(
      "yaml/item-on-field-line", "a value within brackets has no hyphen in front of it", at: location,
      fix: "take the hyphen out")
  }

  fileprivate static func strayComma(at location: Location) -> Diagnostic {
    .error(
      "yaml/stray-comma", "there is nothing in front of this comma", at: location,
      fix: "take the comma out, or write the value that is missing")
  }

  fileprivate static func textAfterQuote(write: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/text-after-quote", "the value goes on after its closing quote", at: location,
      fix: "write \(write)")
  }

  fileprivate static func unclosedQuote(
    _ quote: String, write: String, isApostrophe: Bool, at location: Location
  ) -> Diagnostic {
    .error(
      "yaml/unclosed-quote", "the value begins with \(quote) and has no \(quote) at its end", at: location,
      fix: isApostrophe ? "close it, or write \(write) if the ' is an apostrophe" : "write \(write)")
  }

  fileprivate static func shortYear(write year: String, text: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/unclosed-quote", "the value begins with ' and has no ' at its end", at: location,
      fix: "write \(year) if it is a year, or \(text) if the ' is an apostrophe")
  }

  fileprivate static func unknownEscape(_ escape: String, at location: Location) -> Diagnostic {
    .error(
      "yaml/unknown-escape",
      "in double quotes a backslash means something special, and '\(escape)' means nothing",
      at: location, fix: "write the backslash twice, or put the value in single quotes")
  }

  fileprivate static func blockText(_ character: String, quoted: String, at location: Location) -> Diagnostic
  {
    .error(
      "yaml/block-text",
      "\(character) begins a text on the lines below it, so nothing else may stand on its line",
      at: location, fix: "put the text on the next line with two spaces in front, or write \(quoted)")
  }

  fileprivate static func missingComma(at location: Location) -> Diagnostic {
    .error(
      "yaml/missing-comma", "there is a comma missing here between two values", at: location,
      fix: "write a comma between them")
  }

  fileprivate static func unclosedBracket(
    _ open: String, close: String, closed: String?, quoted: String?, at location: Location
  ) -> Diagnostic {
    let closing = closed.map { $0.utf8.count <= 100 ? ": \($0)" : "" } ?? ""
    return .error(
      "yaml/unclosed-bracket", "the \(open) has no \(close)", at: location,
      fix: "close it with \(close)" + (quoted.map { ", or write \($0) if it is text" } ?? closing))
  }
}
