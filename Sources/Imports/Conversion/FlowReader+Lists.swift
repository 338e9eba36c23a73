import XML

extension FlowReader {
  mutating func readQuote(_ element: HTMLElement, _ styles: [Style]) {
    let inside = nested { $0.read(element.children, styles) }
    guard depth < Self.depthLimit else { return blocks += inside }
    if !inside.isEmpty { blocks.append(.quote(inside)) }
  }

  mutating func nested(_ body: (inout FlowReader) -> Void) -> [Block] {
    if depth == Self.depthLimit { notes.lose("quotes or lists more than \(Self.depthLimit) deep") }
    depth += 1
    defer { depth -= 1 }
    return collect(body)
  }

  mutating func readList(_ element: HTMLElement, _ styles: [Style]) {
    var items: [[Block]] = []
    var isTight = true
    for child in element.children {
      switch child {
      case .element(let child) where child.name == "li":
        let item = nested { $0.read(child.children, styles) }
        isTight = isTight && isCompact(item) && !hasParagraph(child)
        items.append(item)
      case .element(let child):
        // A list right in a list belongs to the item before it.
        let more = nested { $0.read(child, styles) }
        guard !more.isEmpty else { continue }
        if items.isEmpty { items.append([]) }
        items[items.count - 1] += more
      case .text(let text):
        guard text.contains(where: { !$0.isWhitespace }) else { continue }
        items.append(nested { $0.read(text: text, styles) })
      case .comment: break
      }
    }
    guard items.contains(where: { !$0.isEmpty }) else { return }
    endParagraph()
    let isGallery = element["class"]?.contains("gallery") ?? false
    guard depth < Self.depthLimit, !isGallery else { return blocks += items.joined() }
    var start: Int?
    if element.name == "ol" {
      start = element["start"].flatMap { Int(trimmed($0)) } ?? 1
      if start.map({ !(0...999_999_999 - items.count).contains($0) }) ?? false {
        notes.lose("the number of a list's first item")
        start = 1
      }
      if element["reversed"] != nil { notes.lose("the order of a list that counts down") }
    }
    blocks.append(.list(Block.List(start: start, isTight: isTight, items: items)))
  }

  /// Whether an item reads well without blank lines: a line, and lists below it.
  func isCompact(_ item: [Block]) -> Bool {
    for (index, block) in item.enumerated() {
      switch block {
      case .paragraph: if index > 0 { return false }
      case .list(let list): if !list.isTight { return false }
      default: return false
      }
    }
    return true
  }

  func hasParagraph(_ element: HTMLElement) -> Bool {
    element.children.contains { if case .element(let child) = $0 { child.name == "p" } else { false } }
  }
}
