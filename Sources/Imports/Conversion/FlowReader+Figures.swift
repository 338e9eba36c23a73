import Markdown
import XML

extension FlowReader {
  mutating func readFigure(_ element: HTMLElement, _ styles: [Style]) {
    let place = element.children.firstIndex { node in
      if case .element(let child) = node { child.name == "figcaption" } else { false }
    }
    guard let place, case .element(let caption) = element.children[place] else {
      return blocks += collect { $0.read(element.children, styles) }
    }
    let before = collect { $0.read(Array(element.children[..<place]), styles) }
    let words = collect { $0.read(caption.children, styles) }
    let behind = collect { $0.read(Array(element.children[(place + 1)...]), styles) }
    let inside = before + behind
    if inside.count == 1, case .paragraph(let lines) = inside[0], lines.count == 1 {
      var text: [Inline] = []
      var isPlain = true
      for block in words {
        guard case .paragraph(let part) = block else {
          isPlain = false
          continue
        }
        isPlain = isPlain && !part.hasMore
        text += (text.isEmpty ? [] : [.text(" ")]) + part
      }
      if let captioned = lines[0].captioned(singleSpaced(text.plainText)) {
        if isPlain {
          blocks.append(.paragraph([captioned]))
          return
        }
        if !options.isComment { return keep(element, styles) }
      }
    }
    blocks += before + words + behind
  }

  mutating func readPlayer(_ element: HTMLElement, _ styles: [Style]) {
    let candidates =
      ["src", "data", "data-src"].compactMap { element[$0] }
      + element.children.compactMap { node in
        if case .element(let child) = node { child["src"] ?? child["value"] } else { nil }
      }
    for candidate in candidates {
      let address = trimmed(candidate)
      guard let embed = Embed(url: address.hasPrefix("//") ? "https:" + address : address) else { continue }
      endParagraph()
      blocks.append(
        options.isComment ? .paragraph([.styled(.link(embed.url), [.text(embed.url)])]) : .embed(embed.url))
      return
    }
    keep(element, styles)
  }
}

extension Inline {
  /// The picture, or the link around a picture, with a caption; `nil` for everything else.
  fileprivate func captioned(_ caption: String) -> Inline? {
    switch self {
    case .image(var image):
      image.title = caption
      return .image(image)
    case .styled(let kind, let inside):
      guard case .link = kind, inside.count == 1, case .image = inside[0] else { return nil }
      return inside[0].captioned(caption).map { .styled(kind, [$0]) }
    default: return nil
    }
  }
}
