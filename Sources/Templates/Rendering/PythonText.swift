/// Operations on text that mean, letter for letter, what they mean in Python and Jinja2: characters are Unicode
/// scalars.
enum PythonText {
  /// Whether `left` comes before `right` by the numbers of their characters.
  static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Whether the two consist of the same characters; unlike `==` it tells apart different spellings of `é`.
  static func isSame(_ left: String, _ right: String) -> Bool {
    left.utf8.elementsEqual(right.utf8)
  }

  static func title(_ text: String) -> String {
    var result = ""
    var startsWord = true
    for scalar in text.unicodeScalars {
      switch scalar {
      case "-", "(", "{", "[", "<":
        result.unicodeScalars.append(scalar)
        startsWord = true
      case _ where Whitespace.contains(scalar):
        // A delimiter is a piece of its own, whose first letter is raised too.
        result.unicodeScalars.append(scalar)
        startsWord = true
      case _ where startsWord:
        result += scalar.properties.uppercaseMapping
        startsWord = false
      default: result += scalar.properties.lowercaseMapping
      }
    }
    return result
  }

  static func capitalize(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    return first.properties.titlecaseMapping + String(text.unicodeScalars.dropFirst()).lowercased()
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
    return scalars.contains { $0.properties.isLowercase } && !scalars.contains { $0.properties.isUppercase }
  }

  static func isUpper(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.contains { $0.properties.isUppercase } && !scalars.contains { $0.properties.isLowercase }
  }

  static func integer(_ text: String) -> Int? {
    let trimmed = trim(text, nil)
    let digits = trimmed.filter { $0 != "_" }
    if let value = Int(digits) { return value }
    guard let number = number(text), number.isFinite, abs(number) < 9e18 else { return nil }
    return Int(number)
  }

  static func number(_ text: String) -> Double? {
    let trimmed = trim(text, nil)
    // Swift also reads hexadecimal, which Python does not.
    guard !trimmed.utf8.contains(where: { $0 | 0x20 == 0x78 || $0 | 0x20 == 0x70 }) else { return nil }
    return Double(trimmed)
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
