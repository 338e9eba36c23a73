import SourceText

extension Shape where Value == String {
  /// Text on one line that is not empty. Plain numbers, dates and truth values count as text, spelled as in
  /// the file (`title: 1984`).
  public static var line: Shape<String> {
    Shape(.string(pattern: "\\S", acceptsPlainValues: true), example: "some text", kinds: .scalar) {
      node, findings in
      guard let scalar = node.scalar else { return nil }
      var text = scalar.text
      if !scalar.isPlain {
        while let last = text.utf8.last, last == 0x0A || last == 0x0D { text.unicodeScalars.removeLast() }
      }
      guard let control = firstControl(in: text, allowingLineEnds: false) else { return text }
      if control == 0x0A || control == 0x0D {
        findings.report(.severalLines(findings.field), at: node.range)
      } else {
        findings.report(.controlCharacter(findings.field, control), at: node.range)
      }
      return nil
    }
  }

  /// A ``line`` that names something or somebody: curly quotation marks around all of it, as word processors make them,
  /// are no part of a name.
  public static var name: Shape<String> {
    let line = Shape<String>.line
    return Shape(line.schema, example: line.example, kinds: .scalar) { node, findings in
      guard let text = line.read(node, &findings) else { return nil }
      if text.utf8.first == 0xE2, node.scalar?.isPlain == true, let words = withoutCurlyQuotes(text) {
        findings.warn(.curlyQuotes(findings.field, words), at: node.range)
      }
      return text
    }
  }

  /// Text of any number of lines that is not empty; plain numbers, dates and truth values count as text.
  public static var text: Shape<String> {
    Shape(.string(pattern: "\\S", acceptsPlainValues: true), example: "some text", kinds: .scalar) {
      node, findings in
      guard let scalar = node.scalar else { return nil }
      guard let control = firstControl(in: scalar.text, allowingLineEnds: true) else { return scalar.text }
      findings.report(.controlCharacter(findings.field, control), at: node.range)
      return nil
    }
  }
}

/// The first character of `text` that no text should hold; escapes in double quotes can make them.
private func firstControl(in text: String, allowingLineEnds: Bool) -> UInt32? {
  var text = text
  return text.withUTF8 { bytes in
    var index = 0
    while true {
      // 0xC2 begins those of U+0080 to U+009F.
      index = unsafe bytes.firstIndex(from: index) {
        $0.below(0x20) | $0.equal(to: 0x7F) | $0.equal(to: 0xC2)
      }
      guard index < bytes.count else { return nil }
      switch unsafe bytes[index] {
      case 0x09: break
      case 0x0A: if !allowingLineEnds { return 0x0A }
      case 0x0D: if !allowingLineEnds { return 0x0D }
      case 0xC2:
        let next = unsafe index + 1 < bytes.count ? bytes[index + 1] : 0
        if (0x80..<0xA0).contains(next), next != 0x85 { return UInt32(next) }
      case let byte: return UInt32(byte)
      }
      index += 1
    }
  }
}

extension Shape where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the words that are the raw values of an enumeration; who writes one of `otherWords` is told which of them means
  /// the same.
  public static func oneOf(_ type: Value.Type, otherWords: [String: Value] = [:]) -> Shape<Value> {
    let words = type.allCases.map(\.rawValue)
    return Shape(.enumeration(words), example: words.first ?? "", kinds: .scalar) { node, findings in
      guard let text = node.scalar?.text else { return nil }
      if let value = Value(rawValue: text) { return value }
      findings.report(
        .notOneOf(findings.field, text, words, meaning: otherWords[text.lowercased()]?.rawValue),
        at: node.range)
      return nil
    }
  }
}

extension Finding {
  fileprivate static func severalLines(_ field: String) -> Finding {
    Finding(
      id: "field/several-lines", message: "'\(field)' has to be on one line",
      fix: "join the lines")
  }

  fileprivate static func controlCharacter(_ field: String, _ value: UInt32) -> Finding {
    Finding(
      id: "field/control-character",
      message: "'\(field)' holds an invisible control character, U+\(hexadecimal(value, width: 4))",
      fix: "remove it")
  }

  static func notOneOf(_ field: String, _ text: String, _ words: [String], meaning: String? = nil) -> Finding
  {
    let plain = plainlySpelled(text)
    let meant = meaning ?? nearest(to: plain, among: words)
    return Finding(
      id: "field/not-one-of", message: "'\(field)' cannot be '\(excerpt(text))'",
      fix: meant.map { "did you mean '\($0)'?" }, note: "it is one of \(words.joined(separator: ", "))",
      replacement: meant.flatMap { isSlip(plain, of: $0) ? $0 : nil })
  }
}
