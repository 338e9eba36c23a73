import SourceText

/// The elements that are open at a place of a page, as far as all ways to it agree.
///
/// How a value is written doesn't depend on them, so that they tell no two positions apart.
struct OpenElements: Hashable {
  /// Where a tag begins: in the text that is being read, or in its template.
  enum Start {
    case offset(Int)
    case place(Location)

    /// The place in the template, if `place` gives that of a part of the text.
    func place(_ length: Int, _ place: (Range<Int>) -> Location) -> Location {
      switch self {
      case .offset(let offset): place(offset..<(offset + length))
      case .place(let location): location
      }
    }
  }

  struct Element {
    let name: String
    fileprivate var start: Start

    /// The place of the tag, if `place` gives that of a part of the text.
    func place(_ place: (Range<Int>) -> Location) -> Location { start.place(1 + name.utf8.count, place) }
  }

  /// What an end tag closes that it shouldn't.
  enum Mistake {
    /// An element inside of the one that ends, which has no end of its own.
    case unclosed(Element)
    /// Nothing: no such element is open.
    case unopened(String)
  }

  /// Those that are open whichever way was taken, outermost first.
  private(set) var elements: [Element] = []
  /// Those inside of the last that are open after some ways only, and that no way has closed since.
  private var doubtful: [Element] = []
  /// The names of all that have been doubtful inside of the last.
  private var doubtfulNames: Set<String> = []
  /// Where the latest tag begins.
  private var tag = Start.offset(0)
  private var mistakes: [Mistake] = []

  /// Elements of HTML that have to be closed.
  private static let counted: Set<String> = [
    "a", "abbr", "address", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "button", "canvas",
    "cite", "code",
    "data", "datalist", "del", "details", "dfn", "dialog", "div", "dl", "em", "fieldset", "figcaption",
    "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "i", "ins", "kbd", "label", "legend",
    "main", "map", "mark",
    "menu", "meter", "nav", "object", "ol", "output", "picture", "pre", "progress", "q", "ruby", "s", "samp",
    "search",
    "section", "small", "span", "strong", "sub", "summary", "sup", "table", "template", "time", "u", "ul",
    "var", "video",
  ]

  /// Takes note of the `<` at `offset` of the text that is being read.
  mutating func beginTag(at offset: Int) { tag = .offset(offset) }

  /// Makes places in a template of the offsets in the text that has been read.
  mutating func settle(_ place: (Range<Int>) -> Location) {
    tag = .place(tag.place(1, place))
    for index in elements.indices.reversed() {
      if case .place = elements[index].start { break }
      elements[index].start = .place(elements[index].place(place))
    }
  }

  /// What was wrong with the end tags since the last time.
  mutating func takeMistakes() -> [Mistake] {
    guard !mistakes.isEmpty else { return [] }
    defer { mistakes = [] }
    return mistakes
  }

  /// Where the tag begins that ends at `offset`, or that offset where it begins in another text.
  func tagOffset(before offset: Int) -> Int { if case .offset(let start) = tag { start } else { offset } }

  mutating func open(_ name: String) {
    if OpenElements.counted.contains(name) { elements.append(Element(name: name, start: tag)) }
  }

  /// Closes the innermost element called `name`, and what is in it.
  mutating func close(_ name: String) {
    guard OpenElements.counted.contains(name) else { return }
    if let index = doubtful.lastIndex(where: { $0.name == name }) {
      doubtful.removeSubrange(index...)
      return
    }
    guard let index = elements.lastIndex(where: { $0.name == name }) else {
      if !doubtfulNames.contains(name) { mistakes.append(.unopened(name)) }
      return
    }
    mistakes += (elements[(index + 1)...] + doubtful).map(Mistake.unclosed)
    elements.removeSubrange(index...)
    doubtful = []
    doubtfulNames = []
  }

  /// All that is open at the end of a page, on whichever way.
  var atEnd: [Element] { elements + doubtful }

  /// Takes away what was opened since `start` and is still open, on every way or on some.
  mutating func removeOpened(since start: OpenElements) -> [Element] {
    let common = zip(elements, start.elements).prefix { $0.name == $1.name }.count
    guard common == start.elements.count else { return [] }
    defer {
      elements.removeSubrange(common...)
      doubtful.removeAll()
    }
    let known = Set(start.doubtful.map(\.name))
    return elements[common...] + doubtful.filter { !known.contains($0.name) }
  }

  /// What is open after two ways to one place, this one's and one that ends with `other`.
  ///
  /// What was doubtful and one of them has closed counts as closed: it was under the same condition.
  func merged(with other: OpenElements) -> OpenElements {
    var result = self
    let common = zip(elements, other.elements).prefix { $0.name == $1.name }.count
    let rest = elements[common...] + other.elements[common...]
    result.elements.removeSubrange(common...)
    result.doubtful.removeAll { element in !other.doubtful.contains { $0.name == element.name } }
    result.doubtful += rest
    result.doubtfulNames.formUnion(other.doubtfulNames)
    result.doubtfulNames.formUnion(rest.map(\.name))
    return result
  }

  static func == (_: OpenElements, _: OpenElements) -> Bool { true }

  func hash(into _: inout Hasher) {}
}
