import Templates

/// The words that sitegen writes where no template does, in feeds and mails: in the language of the site.
///
/// A theme can say them under `feed` in its `strings/`; what it doesn't say is in English.
struct FeedWords: Sendable {
  /// One of them; `{braces}` in its text are filled in.
  enum Key: String, CaseIterable, Sendable {
    case comments = "feed.comments"
    case commentOn = "feed.comment_on"
    case aReader = "feed.a_reader"

    /// The text of themes that have none.
    var english: String {
      switch self {
      case .comments: "Comments: {title}"
      case .commentOn: "{name} on {title}"
      case .aReader: "A reader"
      }
    }
  }

  private let texts: [Key: String]

  /// The words among `strings`, those of a theme in its language.
  init(_ strings: [String: TemplateSetInput.Word]) {
    texts = Key.allCases.reduce(into: [:]) { texts, key in
      texts[key] = strings[key.rawValue]?.text
    }
  }

  /// The text of `key`, each `{name}` in it replaced by the value of that name.
  func callAsFunction(_ key: Key, _ values: KeyValuePairs<String, String> = [:]) -> String {
    let text = texts[key] ?? key.english
    guard text.contains("{") else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = rest[rest.index(after: open)..<close]
      result += rest[..<open]
      result += values.first { $0.key == name }?.value ?? String(rest[open...close])
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
