public import SourceText

/// Reports what keeps `range` of a source (the whole of it by default) from being text: bytes that are no
/// UTF-8, NUL and other control characters. Whether the range is free of all that.
///
/// A byte order mark at the start of the source is fine. Of each kind only the first is reported, with the
/// number of the others.
///
/// - Complexity: O(*n*) in the number of bytes.
@discardableResult
public func checkText(
  _ source: Source, in range: ByteRange? = nil, diagnostics: inout [Diagnostic]
) -> Bool {
  var check = TextCheck()
  check.run(source.bytes, source.clamped(range))
  check.report(source, &diagnostics)
  return check.isSound
}

extension Source {
  /// `range` cut to the source and freed of a byte order mark; everything when `nil`.
  func clamped(_ range: ByteRange?) -> Range<Int> {
    let range = (range?.indices ?? bytes.indices).clamped(to: bytes.indices)
    let startsWithMark =
      range.lowerBound == 0 && range.count >= 3
      && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    return startsWithMark ? 3..<range.upperBound : range
  }

  func location(_ range: Range<Int>) -> Location {
    Location(path: path, range: ByteRange(range.lowerBound, range.upperBound))
  }
}

/// One pass over bytes that are meant to be text.
struct TextCheck {
  /// The bytes that make up no UTF-8 character.
  private(set) var invalid: [Range<Int>] = []
  /// Characters that have no place in a text: control characters but for tabs and line ends.
  private(set) var controls: [Range<Int>] = []
  /// U+0085, U+2028 and U+2029, which libyaml takes for line ends and nobody sees.
  private(set) var separators: [Range<Int>] = []
  private(set) var isASCII = true

  var isSound: Bool { invalid.isEmpty && controls.isEmpty }

  mutating func run(_ bytes: [UInt8], _ range: Range<Int>) {
    unsafe bytes.withUnsafeBufferPointer { all in
      let buffer = unsafe UnsafeBufferPointer(rebasing: all[..<range.upperBound])
      var index = range.lowerBound
      while index < range.upperBound {
        index = unsafe buffer.firstIndex(from: index) { $0.below(0x20) | $0.equal(to: 0x7F) | $0.beyondASCII }
        guard index < range.upperBound else { return }
        let byte = unsafe buffer[index]
        if byte == 0x0A || byte == 0x0D || byte == 0x09 {
          index += 1
        } else if byte < 0x80 {
          controls.append(index..<index + 1)
          index += 1
        } else {
          isASCII = false
          index = unsafe character(buffer, at: index, end: range.upperBound)
        }
      }
    }
  }

  /// Checks the character of several bytes at `index` and is the index after it.
  private mutating func character(_ buffer: UnsafeBufferPointer<UInt8>, at index: Int, end: Int) -> Int {
    let first = unsafe buffer[index]
    let length =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    var value = UInt32(first) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    var next = index + 1
    while next < end, next < index + length, unsafe buffer[next] & 0xC0 == 0x80 {
      value = unsafe value << 6 | UInt32(buffer[next] & 0x3F)
      next += 1
    }
    let isWhole = length > 1 && next == index + length
    let isOverlong = length == 3 && value < 0x800 || length == 4 && value < 0x1_0000
    if !isWhole || isOverlong || value > 0x10_FFFF || (0xD800...0xDFFF).contains(value) {
      invalid.append(index..<next)
    } else if value < 0xA0 && value != 0x85 || value == 0xFEFF || value == 0xFFFE || value == 0xFFFF {
      controls.append(index..<next)
    } else if value == 0x85 || value == 0x2028 || value == 0x2029 {
      separators.append(index..<next)
    }
    return next
  }

  func report(_ source: Source, _ diagnostics: inout [Diagnostic]) {
    guard !isSound else { return }
    if source.looksLikeUTF16 {
      diagnostics.append(.utf16(at: source.location(0..<2)))
      return
    }
    if let first = invalid.first {
      diagnostics.append(
        .invalidUTF8(source.bytes[first.lowerBound], count: invalid.count, at: source.location(first)))
    }
    let nuls = controls.filter { source.bytes[$0.lowerBound] == 0 }
    if let first = nuls.first {
      diagnostics.append(.nul(count: nuls.count, at: source.location(first)))
    }
    let others = controls.filter { source.bytes[$0.lowerBound] != 0 }
    if let first = others.first {
      let text = String(decoding: source.bytes[first], as: UTF8.self)
      diagnostics.append(
        .controlCharacter(
          text.unicodeScalars.first?.value ?? 0, count: others.count, at: source.location(first)))
    }
  }

  /// Reports the separators, which are harmless but in YAML.
  func reportSeparators(_ source: Source, _ diagnostics: inout [Diagnostic]) {
    guard let first = separators.first else { return }
    let text = String(decoding: source.bytes[first], as: UTF8.self)
    diagnostics.append(
      .lineSeparator(
        text.unicodeScalars.first?.value ?? 0, count: separators.count, at: source.location(first)))
  }

  /// A copy of `bytes` with `_` for everything that is no text and spaces for separators, byte for byte.
  func mended(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for index in (invalid + controls).joined() { result[index] = 0x5F }
    for index in separators.joined() { result[index] = 0x20 }
    return result
  }
}

extension Source {
  /// Whether the source begins with the byte order mark of UTF-16, or with two letters of ASCII in it.
  var looksLikeUTF16: Bool {
    guard bytes.count >= 2 else { return false }
    if bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF { return true }
    guard bytes.count >= 4 else { return false }
    let isZero = bytes[..<4].map { $0 == 0 }
    return isZero == [false, true, false, true] || isZero == [true, false, true, false]
  }
}

/// The number in upper-case hexadecimal digits, at least `width` of them.
func hexadecimal(_ number: some BinaryInteger, width: Int) -> String {
  let digits = String(number, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

extension Diagnostic {
  fileprivate static func utf16(at location: Location) -> Diagnostic {
    .error("text/utf-16", "the file is saved as UTF-16", at: location, fix: "save it as UTF-8")
  }

  fileprivate static func invalidUTF8(_ byte: UInt8, count: Int, at location: Location) -> Diagnostic {
    .error(
      "text/invalid-utf-8",
      "the byte 0x\(hexadecimal(byte, width: 2)) is no UTF-8 character\(others(count))",
      at: location, fix: "save the file as UTF-8")
  }

  fileprivate static func nul(count: Int, at location: Location) -> Diagnostic {
    .error(
      "text/nul", "there is a NUL character in the text\(others(count))", at: location, fix: "remove it")
  }

  fileprivate static func controlCharacter(_ value: UInt32, count: Int, at location: Location) -> Diagnostic {
    .error(
      "text/control-character",
      "there is an invisible control character, U+\(hexadecimal(value, width: 4)), in the text\(others(count))",
      at: location, fix: "remove it")
  }

  fileprivate static func lineSeparator(_ value: UInt32, count: Int, at location: Location) -> Diagnostic {
    .error(
      "text/line-separator",
      "there is an invisible line separator, U+\(hexadecimal(value, width: 4)), in the text\(others(count))",
      at: location, fix: "replace it with a space or a line break")
  }

  private static func others(_ count: Int) -> String {
    switch count {
    case 1: ""
    case 2: ", and one more further down"
    default: ", and \(count - 1) more further down"
    }
  }
}
