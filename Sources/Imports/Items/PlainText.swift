import XML

extension String {
  var nonEmpty: String? { isEmpty ? nil : self }
}

/// `text` without white space at its ends.
func trimmed(_ text: String) -> String {
  var text = text[...]
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}

/// `text` without white space at its ends, and with one space for any run of it.
func singleSpaced(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

/// `text` on one line, without control characters and without the markup that titles may have.
func plainLine(_ text: String) -> String { singleSpaced(cleaned(withoutTags(text))) }

/// `text` without control characters; those that stand for characters of Windows are these.
func cleaned(_ text: String) -> String {
  let isClean = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }
  guard !isClean else { return text }
  var result = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x09, 0x0A, 0x20..<0x7F: result.append(scalar)
    case 0x0D, 0..<0x20, 0x7F, 0xFEFF: continue
    case 0x80..<0xA0:
      if let replacement = windows1252[Int(scalar.value) - 0x80] { result.append(replacement) }
    case 0xFDD0..<0xFDF0: continue
    case let value where value & 0xFFFE == 0xFFFE: continue
    default: result.append(scalar)
    }
  }
  return String(result)
}

/// The text of HTML, with its references resolved.
func withoutTags(_ text: String) -> String {
  guard text.utf8.contains(0x3C) || text.utf8.contains(0x26) else { return text }
  guard let nodes = try? parseHTML(text) else { return text }
  func words(_ nodes: [HTMLNode]) -> String {
    nodes.reduce(into: "") { result, node in
      switch node {
      case .text(let text): result += text
      case .element(let element):
        if element.name == "br" { result += " " }
        if !KeptHTML.dropped.contains(element.name) { result += words(element.children) }
      case .comment: break
      }
    }
  }
  return words(nodes)
}
