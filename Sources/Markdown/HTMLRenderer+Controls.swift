import SourceText

extension HTMLRenderer {
  /// Drops the control characters that HTML may not hold from everything that was written, and reports the
  /// first.
  mutating func dropControls() {
    guard isForSite, let first = survey.firstControl else { return }
    let places = html.bytes.indices.filter { html.bytes[$0].isControl }
    if survey.hasBareControl || !places.isEmpty { report(.controlCharacter(at: location(first))) }
    plain.bytes.removeAll(where: \.isControl)
    excerpt.bytes.removeAll(where: \.isControl)
    for index in document.images.indices {
      document.images[index].alt = withoutControls(document.images[index].alt)
      document.images[index].title = withoutControls(document.images[index].title)
    }
    for index in document.outline.indices {
      document.outline[index].text = withoutControls(document.outline[index].text)
    }
    guard !places.isEmpty else { return }
    html.bytes.removeAll(where: \.isControl)
    var dropped = 0
    for index in document.slots.indices {
      let offset = document.slots[index].offset
      while dropped < places.count, places[dropped] < offset { dropped += 1 }
      document.slots[index].offset -= dropped
    }
    dropped = 0
    for index in document.outline.indices {
      let range = document.outline[index].htmlRange
      while dropped < places.count, places[dropped] < range.lowerBound { dropped += 1 }
      let start = range.lowerBound - dropped
      while dropped < places.count, places[dropped] < range.upperBound { dropped += 1 }
      document.outline[index].htmlRange = start..<(range.upperBound - dropped)
    }
  }

  private func withoutControls(_ text: String) -> String {
    String(decoding: text.utf8.filter { !$0.isControl }, as: UTF8.self)
  }
}

extension Diagnostic {
  fileprivate static func controlCharacter(at location: Location) -> Diagnostic {
    .error(
      "markdown/control-character",
      "there is a control character here, which cannot be seen and may not stand on a page", at: location,
      fix: "delete it and type the place anew")
  }
}
