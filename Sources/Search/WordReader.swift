/// Takes a text apart into the words that it is found by.
///
/// A word is a run of letters and digits of any script without case and accents, of which the first 24 letters
/// count. In scripts that don't space their words every two neighbouring characters are a word, and so is the
/// last one of a run, so that every character begins a word.
struct WordReader {
  /// The longest word, in Unicode scalars.
  static let longestWord = 24

  /// What the letters from U+00C0 to U+017F fold to, by their numbers, as ``add(latin:_:)`` takes it.
  private let latin = latinLetters

  private var word: [UInt8] = []
  private var length = 0
  private var previous: Unicode.Scalar?

  /// Calls `found` with the bytes of each word of `text`, in order.
  ///
  /// Invalid UTF-8 ends a word.
  ///
  /// - Complexity: O(*n*).
  @inline(__always)
  mutating func read(_ text: [UInt8], _ found: ([UInt8]) -> Void) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case 0x61...0x7A, 0x30...0x39: add(byte, found)
      case 0x41...0x5A: add(byte | 0x20, found)
      case 0x27: break
      case 0..<0x80: end(found)
      case 0xC3...0xC5 where index < text.count && text[index] & 0xC0 == 0x80:
        add(latin: latin[Int(byte & 0x07) << 6 | Int(text[index] & 0x3F)], found)
        index += 1
      default:
        // The trailing bytes of a scalar.
        var value = UInt32(byte) & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07)
        var count = byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
        while count > 0, index < text.count, text[index] & 0xC0 == 0x80 {
          value = value << 6 | UInt32(text[index] & 0x3F)
          count -= 1
          index += 1
        }
        guard count == 0, byte >= 0xC0, let scalar = Unicode.Scalar(value) else {
          end(found)
          continue
        }
        add(scalar, found)
      }
    }
    end(found)
  }

  @inline(__always)
  private mutating func add(_ byte: UInt8, _ found: ([UInt8]) -> Void) {
    if previous != nil { end(found) }
    if length < WordReader.longestWord { word.append(byte) }
    length += 1
  }

  /// Adds one or two ASCII letters, the first in the low byte; 0 ends a word.
  @inline(__always)
  private mutating func add(latin letters: UInt16, _ found: ([UInt8]) -> Void) {
    guard letters != 0 else { return end(found) }
    add(UInt8(truncatingIfNeeded: letters), found)
    if letters > 0xFF { add(UInt8(letters >> 8), found) }
  }

  private mutating func add(_ scalar: Unicode.Scalar, _ found: ([UInt8]) -> Void) {
    switch Folded(scalar) {
    case .nothing: break
    case .gap: end(found)
    case .letters(let letters):
      if previous != nil { end(found) }
      for letter in letters.unicodeScalars {
        if length < WordReader.longestWord { word.append(contentsOf: UTF8.encode(letter) ?? .init()) }
        length += 1
      }
    case .unspaced:
      if let previous {
        found(Array(String(String.UnicodeScalarView([previous, scalar])).utf8))
      } else {
        end(found)
      }
      previous = scalar
    }
  }

  @inline(__always)
  private mutating func end(_ found: ([UInt8]) -> Void) {
    if let previous { found(Array(String(previous).utf8)) }
    previous = nil
    guard length > 0 else { return }
    found(word)
    word.removeAll(keepingCapacity: true)
    length = 0
  }
}

/// The ASCII letters, at most two, that each letter below U+0180 folds to: these are seen often, and looked up
/// quicker here than among all characters.
private let latinLetters: [UInt16] = (0..<0x180).map { number in
  guard let scalar = Unicode.Scalar(UInt32(number)), case .letters(let letters) = Folded(scalar) else {
    return 0
  }
  return letters.utf8.reversed().reduce(0) { $0 << 8 | UInt16($1) }
}
