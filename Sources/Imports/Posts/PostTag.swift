/// What stands in `{% name first key="value" %}`, and in Hugo's shortcodes.
struct PostTag {
  private(set) var name = ""
  private(set) var filter = ""
  let isOutput: Bool
  /// The values without a name.
  private(set) var values: [String] = []
  private var named: [String: String] = [:]

  /// The first value without a name.
  var first: String? { values.first }
  /// Whether a text in quotation marks stands where others have a name.
  var isQuoted: Bool { name.hasPrefix("\"") || name.hasPrefix("'") }
  /// The name, for a report.
  var label: String { isQuoted || name.isEmpty ? "…" : String(name.prefix(40)) }

  subscript(key: String) -> String? { named[key].flatMap(\.nonEmpty) }

  init(_ text: String, isOutput: Bool) {
    self.isOutput = isOutput
    var rest = text.drop { $0.isWhitespace || $0 == "-" }
    while let last = rest.last, last.isWhitespace || last == "-" || last == "/" { rest.removeLast() }
    var words: [String] = []
    while !rest.isEmpty {
      var word = ""
      var quote: Character?
      while let character = rest.first, quote != nil || !character.isWhitespace {
        if quote == "\"", character == "\\", let next = rest.dropFirst().first, next == "\"" || next == "\\" {
          word.append(next)
          rest.removeFirst(2)
          continue
        }
        if let open = quote, character == open {
          quote = nil
        } else if quote == nil, "\"'`".contains(character) {
          quote = character
        }
        word.append(character)
        rest.removeFirst()
      }
      words.append(word)
      rest = rest.drop(while: \.isWhitespace)
    }
    name = words.first ?? ""
    if isOutput, let bar = words.firstIndex(of: "|"), bar + 1 < words.count { filter = words[bar + 1] }
    for word in words.dropFirst() {
      if let sign = word.firstIndex(of: "="), word.first != "\"", word.first != "'" {
        named[word[..<sign].lowercased()] = Self.bare(String(word[word.index(after: sign)...]))
      } else {
        values.append(Self.bare(word))
      }
    }
  }

  /// The name of the tag that ends what this one begins; `nil` for one that stands alone.
  func closing(_ mark: String) -> String? {
    switch (mark, name) {
    case ("{%", "highlight"), ("{%", "raw"), ("{%", "comment"): "end" + name
    case ("{{<", "highlight"), ("{{%", "highlight"): "/highlight"
    default: nil
    }
  }

  private static func bare(_ text: String) -> String {
    guard text.count > 1, let first = text.first, "\"'`".contains(first), text.last == first else {
      return text
    }
    return String(text.dropFirst().dropLast())
  }
}
