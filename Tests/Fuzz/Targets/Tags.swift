/// The tags of HTML in which every `<` and `"` that is no markup is escaped, as a strict reader sees them.
///
/// It knows less than a browser, and refuses whatever it doesn't know.
struct Tags {
  /// The elements that may occur, and the attributes of each.
  let allowed: [String: Set<String>]

  private static let empty: Set = ["br", "hr", "img", "input"]

  /// What comments become.
  static let ofComments = Tags(allowed: [
    "p": [], "br": [], "hr": [], "em": [], "strong": [], "del": [], "blockquote": [], "ul": [], "li": [],
    "ol": ["start"], "pre": [], "code": ["class"], "a": ["href", "title", "rel"],
  ])

  /// What texts without HTML become.
  static let ofTexts = Tags(
    allowed: ofComments.allowed.merging([
      "h1": ["id"], "h2": ["id"], "h3": ["id"], "h4": ["id"], "h5": ["id"], "h6": ["id"],
      "a": ["href", "title", "rel", "class", "id", "aria-label", "aria-hidden", "tabindex", "role"],
      "img": ["src", "alt", "title", "loading", "decoding", "width", "height", "class"],
      "figure": ["class", "data-provider", "data-id", "data-hash", "data-start"], "figcaption": [],
      "span": ["class", "aria-hidden", "hidden"],
      "table": [], "thead": [], "tbody": [], "tr": [], "th": ["style", "scope", "class", "align"],
      "td": ["style", "class", "align"],
      "input": ["type", "disabled", "checked", "aria-label"], "li": ["class", "id"], "ul": ["class"],
      "sup": ["class", "id"], "section": ["class", "aria-label", "role"], "div": ["class"],
    ]) { $1 })

  /// What is wrong with `html`, if anything is.
  func problem(in html: [UInt8]) -> String? {
    var open: [String] = []
    var index = 0
    while let start = html[index...].firstIndex(of: 0x3C) {
      index = start + 1
      let isEnd = html[index...].first == 0x2F
      if isEnd { index += 1 }
      let name = word(html, &index)
      guard let attributes = allowed[name] else { return "<\(name)> at \(start)" }
      while html[index...].first == 0x20 {
        index += 1
        if html[index...].starts(with: [0x2F, 0x3E]) {
          index += 1
          break
        }
        let attribute = word(html, &index)
        guard attributes.contains(attribute), !isEnd else { return "<\(name) \(attribute)> at \(start)" }
        guard html[index...].starts(with: [0x3D, 0x22]) else { continue }
        guard let end = html[(index + 2)...].firstIndex(of: 0x22) else { return "an open value at \(index)" }
        let value = html[(index + 2)..<end]
        if value.contains(0x3C) { return "< in a value at \(index)" }
        if attribute == "href" || attribute == "src", isDangerous(String(decoding: value, as: UTF8.self)) {
          return "the address \(String(decoding: value, as: UTF8.self))"
        }
        index = end + 1
      }
      guard html[index...].first == 0x3E else { return "<\(name) without an end at \(start)" }
      if isEnd {
        guard open.popLast() == name else { return "</\(name)> at \(start) ends nothing" }
      } else if !Tags.empty.contains(name) {
        open.append(name)
      }
    }
    return open.isEmpty ? nil : "<\(open[open.count - 1])> has no end"
  }

  private func word(_ html: [UInt8], _ index: inout Int) -> String {
    let end = html[index...].firstIndex {
      !($0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0))
    }
    defer { index = end ?? html.count }
    return String(decoding: html[index..<(end ?? html.count)], as: UTF8.self)
  }
}

/// Whether a browser would run `address`, or read a file.
func isDangerous(_ address: String) -> Bool {
  // As the URL standard says: without blanks and controls in front, and without tabs and line ends anywhere.
  var scalars = Array(address.replacing("&amp;", with: "&").unicodeScalars.drop { $0.value <= 0x20 })
  scalars.removeAll { [0x09, 0x0A, 0x0D].contains($0.value) }
  var text = ""
  text.unicodeScalars.append(contentsOf: scalars)
  let scheme = text.lowercased()
  if scheme.hasPrefix("data:") { return !scheme.hasPrefix("data:image/") }
  return scheme.hasPrefix("javascript:") || scheme.hasPrefix("vbscript:") || scheme.hasPrefix("file:")
}
