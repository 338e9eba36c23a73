import SourceText

/// Operations on text that mean, letter for letter, what they mean in Python and Jinja2: characters are Unicode
/// scalars.
enum PythonText {
  /// Whether `left` comes before `right` by the numbers of their characters.
  static func precedes(_ left: String, _ right: String) -> Bool { left.bytesPrecede(right) }

  /// Whether the two consist of the same characters; unlike `==` it tells apart different spellings of `é`.
  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  static func title(_ text: String) -> String {
    var result = ""
    var word: [Unicode.Scalar] = []
    func finishWord() {
      guard let first = word.first else { return }
      result += first.properties.uppercaseMapping + lower(word.dropFirst())
      word.removeAll()
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "-", "(", "{", "[", "<": finishWord()
      case _ where Whitespace.contains(scalar): finishWord()
      default:
        word.append(scalar)
        continue
      }
      result.unicodeScalars.append(scalar)
    }
    finishWord()
    return result
  }

  static func lower(_ text: String) -> String {
    // Only sigma depends on what is around it.
    guard text.unicodeScalars.contains("Σ") else { return text.lowercased() }
    return lower(Array(text.unicodeScalars)[...])
  }

  /// The small letters of `scalars`, with ς for a Σ at the end of a word: after a letter that has case and before none.
  private static func lower(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var result = ""
    for (index, scalar) in zip(scalars.indices, scalars) {
      if scalar == "Σ" {
        let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
        let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        let isFinal = before?.properties.isCased == true && after?.properties.isCased != true
        result += isFinal ? "ς" : "σ"
      } else {
        result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }

  static func capitalize(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    let small = lower(Array(text.unicodeScalars)[...])
    // The first letter may become several; what comes after them was worked out with it in sight.
    return first.properties.titlecaseMapping
      + String(small.unicodeScalars.dropFirst(first.properties.lowercaseMapping.unicodeScalars.count))
  }

  static func trim(_ text: String, _ characters: String?) -> String {
    let set = characters.map { Set($0.unicodeScalars) }
    func isTrimmed(_ scalar: Unicode.Scalar) -> Bool { set?.contains(scalar) ?? Whitespace.contains(scalar) }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !isTrimmed($0) }),
      let last = scalars.lastIndex(where: { !isTrimmed($0) })
    else { return "" }
    return String(scalars[start...last])
  }

  static func truncate(_ text: String, length: Int, killsWords: Bool, ending: String, leeway: Int) -> String {
    let scalars = text.unicodeScalars
    let limit = max(0, length).addingClamped(max(0, leeway))
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    else { return text }
    let kept = scalars.prefix(max(0, length.subtractingClamped(ending.unicodeScalars.count)))
    if killsWords { return String(kept) + ending }
    guard let space = kept.lastIndex(of: " ") else { return String(kept) + ending }
    return String(kept[..<space]) + ending
  }

  static func wordCount(_ text: String) -> Int {
    var count = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      let isWord = isWordCharacter(scalar)
      if isWord && !isInWord { count += 1 }
      isInWord = isWord
    }
    return count
  }

  private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      switch scalar.value {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: return true
      default: return false
      }
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      return true
    default: return scalar.properties.numericType != nil
    }
  }

  static func replace(_ text: String, _ old: String, _ new: String, count: Int) -> String {
    let bytes = Array(text.utf8)
    let wanted = Array(old.utf8)
    let replacement = Array(new.utf8)
    var left = count < 0 ? Int.max : count
    var result: [UInt8] = []
    var index = 0
    if wanted.isEmpty {
      // Python puts the new text before every character and at the end.
      for scalar in text.unicodeScalars where result.count <= Execution.textByteLimit {
        if left > 0 { result += replacement }
        left -= left > 0 ? 1 : 0
        result += Array(String(Character(scalar)).utf8)
      }
      if left > 0 { result += replacement }
      return String(decoding: result, as: UTF8.self)
    }
    while index < bytes.count, result.count <= Execution.textByteLimit {
      if left > 0, bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
        result += replacement
        index += wanted.count
        left -= 1
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func urlEncode(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x2D, 0x7E, 0x2F: result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  static func center(_ text: String, width: Int) -> String {
    let missing = max(0, min(width, 10_000)) - text.unicodeScalars.count
    guard missing > 0 else { return text }
    let left = missing / 2 + (missing & width & 1)
    return String(repeating: " ", count: left) + text + String(repeating: " ", count: missing - left)
  }

  static func indent(_ text: String, width: Int, first: Bool, blank: Bool) -> String {
    let indention = String(repeating: " ", count: max(0, min(width, 1_000)))
    let lines = splitLines(text + "\n")
    var result = ""
    for (index, line) in lines.enumerated() where result.utf8.count <= Execution.textByteLimit {
      if index > 0 {
        result += "\n"
        if blank || !line.isEmpty { result += indention }
      }
      result += line
    }
    return first ? indention + result : result
  }

  private static func splitLines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where previous == "\r": break
      case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029:
        lines.append(line)
        line = ""
      default: line.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  static func isLower(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.contains { $0.properties.isLowercase }
      && !scalars.contains { $0.properties.isUppercase || isTitlecase($0) }
  }

  static func isUpper(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.contains { $0.properties.isUppercase }
      && !scalars.contains { $0.properties.isLowercase || isTitlecase($0) }
  }

  /// Whether the letter is one such as ǅ, which is neither small nor capital.
  private static func isTitlecase(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .titlecaseLetter
  }

  static func integer(_ text: String) -> Int? {
    guard let digits = numeral(text) else { return nil }
    if let value = Int(digits) { return value }
    guard let number = number(text), number.isFinite, abs(number) < 9e18 else { return nil }
    return Int(number)
  }

  static func number(_ text: String) -> Double? {
    guard let numeral = numeral(text) else { return nil }
    // Swift also reads hexadecimal and the payload of NaN, which Python does not.
    let isForeign = numeral.utf8.contains { $0 | 0x20 == 0x78 || $0 | 0x20 == 0x70 || $0 == 0x28 }
    return isForeign ? nil : Double(numeral)
  }

  /// `text` without whitespace around it, with ASCII digits for those of other scripts and without the
  /// underscores that Python allows between digits; `nil` where one stands elsewhere.
  private static func numeral(_ text: String) -> String? {
    var result = ""
    var afterDigit = false
    var pending = false
    for scalar in trim(text, nil).unicodeScalars {
      if scalar == "_" {
        guard afterDigit, !pending else { return nil }
        pending = true
        continue
      }
      let isDigit = scalar.properties.numericType == .decimal
      if pending, !isDigit { return nil }
      pending = false
      afterDigit = isDigit
      if isDigit, let value = scalar.properties.numericValue {
        result += String(Int(value))
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return pending ? nil : result
  }
}

extension Int {
  func addingClamped(_ other: Int) -> Int {
    let (result, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : result
  }

  func subtractingClamped(_ other: Int) -> Int {
    let (result, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other > 0 ? .min : .max) : result
  }

  func multipliedClamped(by other: Int) -> Int {
    let (result, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? ((self > 0) == (other > 0) ? .max : .min) : result
  }
}
