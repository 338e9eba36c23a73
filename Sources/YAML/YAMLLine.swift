/// A line of YAML taken by itself, as a person reads it: for finding out what is wrong with it.
struct YAMLLine {
  let bytes: [UInt8]
  let start: Int
  /// The end without the line end.
  let end: Int
  /// The start of the next line.
  let next: Int
  /// The first byte that is no blank.
  let contentStart: Int
  /// The first byte after the hyphens of list items.
  let fieldStart: Int
  /// The colon that ends the field's name, if there is one with a blank or nothing after it.
  let colon: Int?

  /// The line that begins at `start`, cut off at `limit`.
  init(_ bytes: [UInt8], at start: Int, end limit: Int) {
    let line = Line(bytes, at: start)
    self.bytes = bytes
    self.start = start
    end = min(line.end, limit)
    next = min(line.next, limit)
    contentStart = YAMLLine.skipBlanks(bytes, start, end)
    var field = contentStart
    while field < end, bytes[field] == 0x2D, field + 1 == end || YAMLLine.isBlank(bytes[field + 1]) {
      field = YAMLLine.skipBlanks(bytes, field + 1, end)
    }
    fieldStart = field
    colon = YAMLLine.colon(bytes, field, end)
  }

  /// The line that holds `offset`.
  init(_ bytes: [UInt8], holding offset: Int, in range: Range<Int>) {
    var start = min(offset, range.upperBound)
    while start > range.lowerBound, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    self.init(bytes, at: start, end: range.upperBound)
  }

  /// The nearest line above that is neither blank nor a comment.
  func above(in range: Range<Int>) -> YAMLLine? {
    var offset = start
    while offset > range.lowerBound {
      // A step back over the line end, of one byte or two.
      offset -=
        bytes[offset - 1] == 0x0A && offset - 1 > range.lowerBound && bytes[offset - 2] == 0x0D ? 2 : 1
      let line = YAMLLine(bytes, holding: offset, in: range)
      if !line.isBlank && !line.isComment { return line }
      offset = line.start
    }
    return nil
  }

  var isBlank: Bool { contentStart == end }
  var isComment: Bool { contentStart < end && bytes[contentStart] == 0x23 }
  var isItem: Bool { fieldStart > contentStart }
  var closesBracket: Bool {
    contentStart < end && (bytes[contentStart] == 0x5D || bytes[contentStart] == 0x7D)
  }
  var indentation: Int { contentStart - start }

  /// The field's name, without quotes.
  var key: Range<Int>? {
    guard let colon, colon > fieldStart else { return nil }
    var range = trimmed(fieldStart..<colon)
    if range.count >= 2, bytes[range.lowerBound] == 0x22 || bytes[range.lowerBound] == 0x27 {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return range
  }

  /// Whether the name is made of ASCII letters, digits, `_` and `-` alone, as the names of fields are.
  var hasSimpleKey: Bool { key.map { $0.allSatisfy { YAMLLine.isNameByte(bytes[$0]) } } ?? false }

  /// The letters that the line's content begins with.
  var firstWord: Range<Int>? {
    var index = fieldStart
    while index < end, YAMLLine.isNameByte(bytes[index]) { index += 1 }
    return index > fieldStart ? fieldStart..<index : nil
  }

  /// What stands after the colon, without blanks around it and without a comment; after the list item's
  /// hyphen when there is no colon.
  var value: Range<Int> {
    let start = YAMLLine.skipBlanks(bytes, colon.map { $0 + 1 } ?? fieldStart, end)
    return content(from: start)
  }

  /// What stands from `start` to the end of the line, without blanks at its end and without a comment.
  func content(from start: Int) -> Range<Int> {
    var index = start
    while index < end {
      if bytes[index] == 0x23, index > start, YAMLLine.isBlank(bytes[index - 1]) { break }
      index += 1
    }
    return trimmed(start..<index)
  }

  /// What stands at `offset` within brackets that the line's value begins with, up to the sign that ends it there; `nil`
  /// if `offset` isn't within such brackets.
  func itemInBrackets(at offset: Int) -> Range<Int>? {
    let isOpening = { (byte: UInt8) in byte == 0x5B || byte == 0x7B }
    let starts = [fieldStart, value.lowerBound].filter { $0 < min(offset, end) && isOpening(bytes[$0]) }
    guard let start = starts.first else { return nil }
    var depth = 0
    for byte in bytes[start..<offset] {
      if isOpening(byte) { depth += 1 } else if byte == 0x5D || byte == 0x7D { depth -= 1 }
      if depth == 0 { return nil }
    }
    var index = offset
    while index < end, ![0x2C, 0x5D, 0x7D].contains(bytes[index]) {
      // A name ends at its colon.
      if bytes[index] == 0x3A, index + 1 == end || YAMLLine.isBlank(bytes[index + 1]) { break }
      index += 1
    }
    return trimmed(offset..<index)
  }

  /// What stands between a name and its value where a colon and a space should be: a colon with no blank
  /// after it or no ordinary one, the full-width colon of Chinese and Japanese keyboards, or `=`.
  var wrongSeparator: (range: Range<Int>, valueStart: Int)? {
    guard let word = firstWord, word.upperBound < end else { return nil }
    let start = word.upperBound
    func starts(_ sequence: [UInt8], at index: Int) -> Bool { bytes[index..<end].starts(with: sequence) }
    func separator(_ range: Range<Int>) -> (range: Range<Int>, valueStart: Int) {
      (range, YAMLLine.skipBlanks(bytes, range.upperBound, end))
    }
    if starts([0x3A, 0x2F, 0x2F], at: start) { return nil }
    if starts([0xEF, 0xBC, 0x9A], at: start) || starts([0x3A, 0xC2, 0xA0], at: start) {
      return separator(start..<start + 3)
    }
    if starts([0x3A], at: start) {
      let isFollowedByBlank = start + 1 < end && YAMLLine.isBlank(bytes[start + 1])
      return isFollowedByBlank ? nil : separator(start..<start + 1)
    }
    let equals = YAMLLine.skipBlanks(bytes, start, end)
    return starts([0x3D], at: equals) ? separator(start..<equals + 1) : nil
  }

  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var end = range.upperBound
    while end > range.lowerBound, YAMLLine.isBlank(bytes[end - 1]) { end -= 1 }
    return range.lowerBound..<end
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
    default: false
    }
  }

  static func skipBlanks(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int {
    var index = min(start, end)
    while index < end, isBlank(bytes[index]) { index += 1 }
    return index
  }

  /// The first colon that ends a name: outside quotes, and with a blank or nothing after it.
  private static func colon(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
    var index = start
    if index < end, bytes[index] == 0x22 || bytes[index] == 0x27 {
      guard let close = bytes[(index + 1)..<end].firstIndex(of: bytes[index]) else { return nil }
      index = close + 1
    }
    while index < end {
      if bytes[index] == 0x3A, index + 1 == end || isBlank(bytes[index + 1]) { return index }
      if bytes[index] == 0x23, index == start || isBlank(bytes[index - 1]) { return nil }
      index += 1
    }
    return nil
  }
}

/// `text` as a quoted YAML scalar: in double quotes if it can be put there as it is, else in single ones.
func quoted(_ text: String) -> String {
  if !text.utf8.contains(where: { $0 == 0x22 || $0 == 0x5C }) { return "\"\(text)\"" }
  var result = "'"
  for scalar in text.unicodeScalars {
    if scalar == "'" { result += "''" } else { result.unicodeScalars.append(scalar) }
  }
  return result + "'"
}
