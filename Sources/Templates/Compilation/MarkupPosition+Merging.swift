extension MarkupPosition {
  /// The position after two branches, one ending here and one at `other`; `nil` when text that follows
  /// would mean different things after them.
  func merged(with other: MarkupPosition) -> MarkupPosition? {
    if self == other { return self }
    if isBetweenAttributes, other.isBetweenAttributes, element == other.element, isEndTag == other.isEndTag {
      var result = self
      result.place = .tag
      result.attribute = ""
      return result
    }
    guard place == other.place else { return nil }
    var result = self
    if place == .quotedValue, attribute == other.attribute, quote == other.quote, element == other.element {
      switch (scheme, other.scheme) {
      case (.undecided, _), (_, .undecided): result.scheme = .undecided
      case (.open, _), (_, .open): result.scheme = .open
      default: result.scheme = .settled
      }
      result.schemeLetters = schemeLetters == other.schemeLetters ? schemeLetters : ""
      return result
    }
    if place == .script, script.mode == other.script.mode {
      result.script.merge(with: other.script)
      return result
    }
    return nil
  }

  /// The position at the start of a loop's body, which is also reached from the body's end.
  var atLoopStart: MarkupPosition {
    var result = self
    if place == .quotedValue, scheme == .open, attributeKind == .url {
      result.scheme = .undecided
    }
    if place == .tagName { result.place = .tag }
    return result
  }

  private var isBetweenAttributes: Bool {
    switch place {
    case .tag, .tagName, .attributeName, .afterAttributeName: true
    default: false
    }
  }

  /// The place in words, for messages.
  var description: String {
    switch place {
    case .text: "in text"
    case .plainText: "inside <\(element)>"
    case .tagOpening, .tagName: "in the name of a tag"
    case .tag: "inside a tag"
    case .attributeName, .afterAttributeName: "in the name of an attribute"
    case .beforeValue: "before the value of '\(attribute)'"
    case .quotedValue: "inside the value of '\(attribute)'"
    case .unquotedValue: "inside the value of '\(attribute)' without quotes"
    case .comment: "inside a comment"
    case .declaration: "inside a declaration"
    case .script: script.isCode ? "inside <script>" : "inside quotes or a comment in <script>"
    case .style: "inside <style>"
    case .rawText: "inside <\(element)>"
    }
  }
}
