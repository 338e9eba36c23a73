/// What the `rel` of a `<link>` says so far of the address in its `href`.
struct LinkRelation: Hashable {
  /// The fixed text of every `rel` of the tag, in small letters; `nil` if it differs from page to page.
  private var text: String? = ""

  /// Whether the address may be that of a style or a script, as long as no word says that it isn't.
  ///
  /// A browser takes the first `rel` of several, and which that is need not be known: one that brings code is enough.
  var bringsCode: Bool {
    guard let text else { return true }
    let words = text.split { $0.isWhitespace }
    return words.isEmpty || words.contains { LinkRelation.wordsOfCode.contains($0) || $0.contains("&") }
  }

  private static let wordsOfCode: Set<Substring> = [
    "import", "manifest", "modulepreload", "preload", "stylesheet",
  ]

  mutating func append(_ byte: UInt8) {
    text?.unicodeScalars.append(MarkupPosition.lowercase(byte))
  }

  mutating func appendValue() { text = nil }

  /// The relation after two branches.
  func merged(with other: LinkRelation) -> LinkRelation {
    var result = self
    if self != other { result.appendValue() }
    return result
  }
}
