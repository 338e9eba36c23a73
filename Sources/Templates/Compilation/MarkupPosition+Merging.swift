extension MarkupPosition {
  /// The position after two branches, one ending here and one at `other`; `nil` when text that follows
  /// would mean different things after them.
  func merged(with other: MarkupPosition) -> MarkupPosition? {
    guard var merged = mergedButForElements(with: other) else { return nil }
    merged.open = open.merged(with: other.open)
    return merged
  }

  private func mergedButForElements(with other: MarkupPosition) -> MarkupPosition? {
    if self == other { return self }
    guard element == other.element, isEndTag == other.isEndTag, regions == other.regions else { return nil }
    var result = self
    result.isPragma = isPragma || other.isPragma
    result.hasContentValue = hasContentValue || other.hasContentValue
    result.relation = relation.merged(with: other.relation)
    if isBetweenAttributes, other.isBetweenAttributes {
      result.place = .tag
      result.attribute = ""
      result.isSelfClosing = isSelfClosing && other.isSelfClosing
      result.openName = [pendingName, other.pendingName].max() ?? .none
      return result
    }
    guard place == other.place, partial == other.partial else { return nil }
    if place == .quotedValue, attribute == other.attribute, quote == other.quote,
      attributeKind == other.attributeKind
    {
      if attributeKind == .pragma, isBeforePragmaURL != other.isBeforePragmaURL { return nil }
      switch (scheme, other.scheme) {
      case (.undecided, _), (_, .undecided): result.scheme = .undecided
      case (.open, _), (_, .open): result.scheme = .open
      default: result.scheme = .settled
      }
      result.schemeLetters = schemeLetters == other.schemeLetters ? schemeLetters : ""
      result.isUnfitForValues = isUnfitForValues || other.isUnfitForValues
      return result
    }
    if place == .script, let merged = script.merged(with: other.script) {
      result.script = merged
      return result
    }
    return nil
  }

  /// Whether text means the same here and at `other`, near enough that a value between the two is judged alike.
  func isAlike(_ other: MarkupPosition) -> Bool {
    if merged(with: other) != nil { return true }
    guard regions == other.regions else { return false }
    // Whatever the tag: attributes may follow.
    if mayBeginAttribute, other.mayBeginAttribute { return true }
    guard place == other.place, isEndTag == other.isEndTag else { return false }
    guard element == other.element else { return false }
    switch place {
    case .quotedValue: return attribute == other.attribute && quote == other.quote
    case .script: return script.isCode == other.script.isCode
    default: return true
    }
  }

  /// Whether a space and an attribute could follow.
  private var mayBeginAttribute: Bool { isBetweenAttributes || place == .unquotedValue }

  /// The position at the start of a loop's body, which is also reached from the body's end.
  var atLoopStart: MarkupPosition {
    var result = self
    switch place {
    case .quotedValue where scheme != .settled && attributeKind != .pragma:
      result.scheme = .undecided
      result.schemeLetters = ""
    case .tagName, .attributeName, .afterAttributeName:
      result.place = .tag
      result.attribute = ""
      result.openName = pendingName
    case .script: result.script = script.atLoopStart
    default: break
    }
    return result
  }

  /// What a name that may have just ended means for the text that follows.
  private var pendingName: OpenName {
    switch place {
    case .tagName, .attributeName: .name
    case .afterAttributeName: .afterName
    default: openName
    }
  }

  private var isBetweenAttributes: Bool {
    switch place {
    case .tag, .tagName, .attributeName, .afterAttributeName: true
    default: false
    }
  }

  /// Whether a value here could be read as part of an end tag that the text has begun. JSON cannot: it never
  /// begins with a slash or a letter of a name, and never is empty.
  var isEndingRawText: Bool {
    switch place {
    case .plainText, .style, .rawText: partial > 0
    case .script: partial > 1
    default: false
    }
  }

  /// The place in words, for messages.
  var description: String {
    switch place {
    case .text: regions.last.map { "inside <\($0)>" } ?? "in text"
    case _ where isEndingRawText: "after what may begin the end of <\(element)>"
    case .plainText: "inside <\(element)>"
    case .tagOpening, .tagName: "in the name of a tag"
    case .tag: "inside a tag"
    case .attributeName, .afterAttributeName: "in the name of an attribute"
    case .beforeValue: "before the value of '\(attribute)'"
    case .quotedValue: "inside the value of '\(attribute)'"
    case .unquotedValue: "inside the value of '\(attribute)' without quotes"
    case .comment: "inside a comment"
    case .declarationOpening, .commentOpening, .declaration: "inside a declaration"
    case .script: script.isCode ? "inside <script>" : "inside quotes or a comment in <script>"
    case .style: "inside <style>"
    case .rawText: "inside <\(element)>"
    }
  }
}
