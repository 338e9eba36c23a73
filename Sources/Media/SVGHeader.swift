/// The size of an SVG: the width and height of its root element when both are in absolute units, else its
/// `viewBox`, which a width or height that is absolute scales.
func svgSize(_ bytes: [UInt8]) -> ImageSize? {
  var scanner = MarkupScanner(bytes)
  guard let root = scanner.rootElement(), root.name == "svg" else { return nil }
  let width = root.attributes["width"].flatMap(absoluteLength)
  let height = root.attributes["height"].flatMap(absoluteLength)
  if let width, let height { return ImageSize(rounding: width, height) }
  guard let box = root.attributes["viewBox"].flatMap(viewBox) else { return nil }
  if let width { return ImageSize(rounding: width, width * box.height / box.width) }
  if let height { return ImageSize(rounding: height * box.width / box.height, height) }
  return ImageSize(rounding: box.width, box.height)
}

extension ImageSize {
  fileprivate init?(rounding width: Double, _ height: Double) {
    // Also false for what is no number.
    guard width > 0, height > 0, width < 1e9, height < 1e9 else { return nil }
    self.init(width: max(1, Int(width.rounded())), height: max(1, Int(height.rounded())))
  }
}

/// A length in CSS pixels; `nil` for percentages and units that depend on a font or a window.
private func absoluteLength(_ text: String) -> Double? {
  let text = trimmed(text[...])
  let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.".contains($0)) }
  var number = digits
  var unit = text[digits.endIndex...]
  // `1e3` has an exponent; `1em` has a unit.
  if unit.first == "e" || unit.first == "E" {
    let exponent = unit.dropFirst().prefix { $0.isASCII && ($0.isNumber || "+-".contains($0)) }
    if !exponent.isEmpty {
      number = text[..<exponent.endIndex]
      unit = text[exponent.endIndex...]
    }
  }
  let pixels: Double
  switch unit.lowercased() {
  case "", "px": pixels = 1
  case "in": pixels = 96
  case "cm": pixels = 96 / 2.54
  case "mm": pixels = 96 / 25.4
  case "q": pixels = 96 / 101.6
  case "pt": pixels = 96.0 / 72
  case "pc": pixels = 16
  default: return nil
  }
  guard let value = Double(number), value > 0, value.isFinite else { return nil }
  return value * pixels
}

/// The last two of four numbers with spaces or commas between them.
private func viewBox(_ text: String) -> (width: Double, height: Double)? {
  let parts = text.split { $0 == "," || $0.isWhitespace }
  guard parts.count == 4 else { return nil }
  let numbers = parts.compactMap { part in
    part.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) } ? Double(part) : nil
  }
  guard numbers.count == 4, numbers[2] > 0, numbers[3] > 0, numbers[2].isFinite, numbers[3].isFinite
  else { return nil }
  return (numbers[2], numbers[3])
}

private func trimmed(_ text: Substring) -> Substring {
  var text = text
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return text.drop { $0.isWhitespace }
}
