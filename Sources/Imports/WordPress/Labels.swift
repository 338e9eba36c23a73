import Columns

/// What a heading or a label in bold type says about the text below it.
public struct Labels: Sendable {
  /// What becomes of the text below a label.
  public enum Meaning: String, Sendable, Hashable, CaseIterable {
    /// The logline.
    case logline
    /// Lines such as `Director: Ann Shinn`.
    case credits
    /// How far the project has come.
    case status
    /// Links to the project's campaign and pages.
    case links
    /// A section of the body, under a heading.
    case section
  }

  private var meanings: [String: Meaning] = [:]

  /// The labels of columns like the one that this was written for.
  public init() {
    for label in ["tweetable logline", "logline", "log line", "logline in 140 characters", "tagline"] {
      meanings[label] = .logline
    }
    for label in [
      "production team", "the production team", "the team", "team", "crew", "cast and crew", "credits",
    ] {
      meanings[label] = .credits
    }
    for label in ["current status", "status", "project status", "production status"] {
      meanings[label] = .status
    }
    for label in [
      "for more information", "more information", "links", "find out more", "support this project",
      "support this film",
      "how to support this project",
    ] { meanings[label] = .links }
    for label in [
      "elevator pitch", "about the production", "about the film", "about the project", "about the series",
      "synopsis",
      "director s statement", "directors statement", "about the filmmaker", "about the filmmakers",
      "about the director",
    ] { meanings[label] = .section }
  }

  /// Lets `label` mean something, whatever it meant before; case and punctuation don't matter.
  public mutating func add(_ label: String, _ meaning: Meaning) { meanings[sortKey(for: label)] = meaning }

  /// What `text` means, if it is a label, with or without a colon behind it.
  func meaning(of text: String) -> Meaning? {
    guard text.utf8.count <= 100 else { return nil }
    let key = sortKey(for: text.replacing("’", with: "'"))
    if let meaning = meanings[key] { return meaning }
    return key.hasPrefix("for more information") ? .links : nil
  }
}

/// A text cut at its labels.
struct LabelledText {
  enum Part {
    case block(Block)
    /// A label as it was written, without its colon, and what it means.
    case label(String, Labels.Meaning)
  }

  private(set) var parts: [Part] = []
  private let labels: Labels

  init(_ blocks: [Block], _ labels: Labels) {
    self.labels = labels
    for block in blocks {
      switch block {
      case .heading(_, let lines):
        let text = trimmed(lines.plainText)
        if !lines.hasMore, let meaning = labels.meaning(of: text) {
          parts.append(.label(withoutColon(text), meaning))
        } else {
          parts.append(.block(block))
        }
      case .paragraph(let lines): cut(lines)
      default: parts.append(.block(block))
      }
    }
  }

  var hasLabels: Bool { parts.contains { if case .label = $0 { true } else { false } } }

  private mutating func cut(_ lines: [Inline]) {
    var line: [Inline] = []
    var isAtStart = true
    var rest = lines[...]
    while let inline = rest.popFirst() {
      if isAtStart, let found = label(inline, before: rest) {
        add(line)
        line = []
        parts.append(.label(found.text, found.meaning))
        if found.takesColon, case .text(let text)? = rest.first {
          rest[rest.startIndex] = .text(String(text.dropFirst()))
        }
        if let remainder = found.rest { rest.insert(remainder, at: rest.startIndex) }
        while case .lineBreak? = rest.first { rest.removeFirst() }
        isAtStart = true
        continue
      }
      // Of a line with a label of its own, nothing is of the label above.
      if isAtStart, !line.isEmpty, isBelowOneLine, Self.beginsWithLabel(inline, rest) {
        add(line)
        line = []
      }
      line.append(inline)
      isAtStart = if case .lineBreak = inline { true } else { false }
    }
    add(line)
  }

  /// Whether the label above is of a field that is one line or paragraph.
  private var isBelowOneLine: Bool {
    switch parts.last {
    case .label(_, .logline), .label(_, .status): true
    default: false
    }
  }

  /// Whether a line that begins with `inline`, with `rest` behind it, has a few words and a colon there: `Director: Jane`.
  private static func beginsWithLabel(_ inline: Inline, _ rest: ArraySlice<Inline>) -> Bool {
    switch inline {
    case .text(let text):
      guard let colon = text.prefix(40).firstIndex(of: ":") else { return false }
      let after = text[text.index(after: colon)...]
      let words = text[..<colon].split(separator: " ")
      return (1...4).contains(words.count) && words[0].first?.isUppercase ?? false
        && (after.isEmpty || after.first?.isWhitespace ?? false)
    case .styled(let kind, let inside):
      guard kind == .strong || kind == .emphasis else { return false }
      let text = trimmed(inside.plainText)
      let follows: String = if case .text(let text)? = rest.first { text } else { "" }
      return (1...40).contains(text.count) && (text.hasSuffix(":") || follows.hasPrefix(":"))
    default: return false
    }
  }

  private mutating func add(_ line: [Inline]) {
    var line = line[...]
    while case .lineBreak? = line.last { line.removeLast() }
    if case .text(let text)? = line.first {
      line[line.startIndex] = .text(String(text.drop(while: \.isWhitespace)))
    }
    let isBlank = line.allSatisfy { inline in
      switch inline {
      case .text(let text): text.allSatisfy(\.isWhitespace)
      case .lineBreak: true
      case .code, .image, .html, .styled: false
      }
    }
    if !isBlank {
      parts.append(.block(.paragraph(Array(line))))
    }
  }

  private typealias Found = (text: String, meaning: Labels.Meaning, takesColon: Bool, rest: Inline?)

  /// The label that `inline` is, at the start of a line: in bold or italic type with a colon in it or behind it, or in plain
  /// words with a colon.
  private func label(_ inline: Inline, before rest: ArraySlice<Inline>) -> Found? {
    switch inline {
    case .styled(let kind, let inside):
      switch kind {
      case .emphasis, .strong, .kept: break
      case .link, .strike: return nil
      }
      guard !inside.hasMore else { return nil }
      let text = trimmed(inside.plainText)
      guard let meaning = labels.meaning(of: text) else { return nil }
      let follows: String = if case .text(let text)? = rest.first { text } else { "" }
      let isAlone: Bool = if case .lineBreak? = rest.first { true } else { rest.isEmpty }
      guard text.hasSuffix(":") || follows.hasPrefix(":") || isAlone else { return nil }
      return (withoutColon(text), meaning, follows.hasPrefix(":"), nil)
    case .text(let text):
      guard let colon = text.prefix(100).firstIndex(of: ":") else { return nil }
      let label = trimmed(String(text[..<colon]))
      guard let first = label.first, first.isUppercase, let meaning = labels.meaning(of: label) else {
        return nil
      }
      let after = text[text.index(after: colon)...]
      guard after.isEmpty || after.first?.isWhitespace ?? true else { return nil }
      let remainder = String(after.drop(while: \.isWhitespace))
      return (label, meaning, false, remainder.isEmpty ? nil : .text(remainder))
    default: return nil
    }
  }
}

func withoutColon(_ text: String) -> String {
  var text = trimmed(text)
  while text.last == ":" { text = trimmed(String(text.dropLast())) }
  return text
}
