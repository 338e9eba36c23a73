import SourceText

/// A word: the first eight bytes of its spelling as a number, and where the rest stands.
struct Word {
  /// The first eight bytes, the first of all highest, and zeros after a shorter word: words sort by it first.
  let key: UInt64
  /// Where the bytes after the first eight begin among those of other words.
  let tail: UInt32
  /// How many bytes there are in all.
  let length: UInt32

  /// The positions of the bytes after the first eight.
  var tailRange: Range<Int> { Int(tail)..<Int(tail) + max(0, Int(length) - 8) }

  /// The spelling, the end of which stands in `tails`.
  func append(to bytes: inout [UInt8], from tails: [UInt8]) {
    for position in 0..<min(8, length) {
      bytes.append(UInt8(truncatingIfNeeded: key >> UInt64(56 - 8 * position)))
    }
    bytes.append(contentsOf: tails[tailRange])
  }
}

/// Takes a text apart into the words that it is found by.
///
/// A word is a run of letters and digits of any script without case and accents, of which the first 24 letters
/// count. In scripts that don't space their words every two neighbouring characters are a word, and so is the
/// last one of a run, so that every character begins a word.
struct WordReader {
  /// The longest word, in Unicode scalars.
  static let longestWord = 24

  /// The words of the text that was read last, in order.
  private(set) var words: [Word] = []
  /// What the longer ones of them have after the first eight bytes.
  private(set) var tails: [UInt8] = []

  /// What the bytes of ASCII fold to, and how they and others are read.
  private let ascii = asciiLetters
  /// What the letters from U+00C0 to U+017F fold to, by their numbers, as ``add(latin:)`` takes it.
  private let latin = latinLetters

  /// The word that is being read.
  private var key: UInt64 = 0
  private var length = 0
  /// How many scalars it has, with those that don't count.
  private var scalars = 0
  private var previous: Unicode.Scalar?

  /// Reads `text`; its words take the place of those of the text before it.
  ///
  /// Invalid UTF-8 ends a word.
  ///
  /// - Complexity: O(*n*).
  mutating func read(_ text: Span<UInt8>) {
    words.removeAll(keepingCapacity: true)
    tails.removeAll(keepingCapacity: true)
    unsafe text.withUnsafeBufferPointer { unsafe add($0) }
    end()
  }

  /// Reads `text`; its words take the place of those of the text before it.
  mutating func read(_ text: String) {
    var text = text
    words.removeAll(keepingCapacity: true)
    tails.removeAll(keepingCapacity: true)
    text.withUTF8 { unsafe add($0) }
    end()
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < text.count {
      if length == 0, previous == nil, let lanes = unsafe text.lanes(at: index) {
        let (count, letters) = lanes.leadingWord
        if count > 0 {
          index += count
          if count < 8, unsafe ascii[Int(text[index])] == gap {
            words.append(
              Word(key: letters, tail: UInt32(truncatingIfNeeded: tails.count), length: UInt32(count)))
            index += 1
          } else {
            (key, length, scalars) = (letters >> UInt64(64 - 8 * count), count, count)
          }
          continue
        }
      }
      let byte = unsafe text[index]
      let letter = ascii[Int(byte)]
      if letter > apostrophe {
        index = unsafe addASCII(text, from: index)
      } else if letter == gap {
        end()
        index += 1
      } else if letter == beyond {
        index = unsafe addScalar(text, at: index)
      } else {
        index += 1
      }
    }
  }

  /// Adds the letters and digits of ASCII from `start` on; gives the index after them.
  @inline(__always)
  private mutating func addASCII(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if previous != nil { end() }
    var (key, length, scalars) = (key, length, scalars)
    var index = start
    while index < text.count {
      let letter = unsafe ascii[Int(text[index])]
      guard letter > apostrophe else { break }
      if length < 8 {
        key = key << 8 | UInt64(letter)
        length += 1
      } else if scalars < WordReader.longestWord {
        tails.append(letter)
        length += 1
      }
      scalars += 1
      index += 1
    }
    (self.key, self.length, self.scalars) = (key, length, scalars)
    return index
  }

  /// Adds the character beyond ASCII at `start`; gives the index after it.
  private mutating func addScalar(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int {
    let byte = unsafe text[start]
    var index = start + 1
    if unsafe byte >= 0xC3 && byte <= 0xC5 && index < text.count && text[index] & 0xC0 == 0x80 {
      unsafe add(latin: latin[Int(byte & 0x07) << 6 | Int(text[index] & 0x3F)])
      return index + 1
    }
    // The trailing bytes of a scalar.
    var value = UInt32(byte) & (byte < 0xE0 ? 0x1F : byte < 0xF0 ? 0x0F : 0x07)
    var count = byte < 0xC0 ? 0 : byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
    while unsafe count > 0 && index < text.count && text[index] & 0xC0 == 0x80 {
      unsafe value = value << 6 | UInt32(text[index] & 0x3F)
      count -= 1
      index += 1
    }
    if count == 0, byte >= 0xC0, let scalar = Unicode.Scalar(value) { add(scalar) } else { end() }
    return index
  }

  /// Adds one or two ASCII letters, the first in the low byte; 0 ends a word.
  private mutating func add(latin letters: UInt16) {
    guard letters != 0 else { return end() }
    if previous != nil { end() }
    addLetter([UInt8(truncatingIfNeeded: letters)])
    if letters > 0xFF { addLetter([UInt8(letters >> 8)]) }
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    switch Folded(scalar) {
    case .nothing: break
    case .gap: end()
    case .letters(let letters):
      if previous != nil { end() }
      for letter in letters.unicodeScalars { addLetter(UTF8.encode(letter) ?? .init()) }
    case .unspaced:
      if let previous {
        addLetter(UTF8.encode(previous) ?? .init())
        addLetter(UTF8.encode(scalar) ?? .init())
        endWord()
      } else {
        end()
      }
      previous = scalar
    }
  }

  /// Adds the bytes of one scalar.
  @inline(__always)
  private mutating func addLetter(_ bytes: some Collection<UInt8>) {
    scalars += 1
    guard scalars <= WordReader.longestWord else { return }
    for byte in bytes {
      if length < 8 { key = key << 8 | UInt64(byte) } else { tails.append(byte) }
      length += 1
    }
  }

  /// Ends the word or the run of unspaced characters.
  @inline(__always)
  private mutating func end() {
    if let previous {
      addLetter(UTF8.encode(previous) ?? .init())
      self.previous = nil
    }
    if length > 0 { endWord() }
  }

  @inline(__always)
  private mutating func endWord() {
    let rest = max(0, length - 8)
    words.append(
      Word(
        key: length < 8 ? key << UInt64(64 - 8 * length) : key,
        tail: UInt32(truncatingIfNeeded: tails.count - rest), length: UInt32(truncatingIfNeeded: length)))
    (key, length, scalars) = (0, 0, 0)
  }
}

// How bytes are read that are no letters or digits of ASCII.
private let gap: UInt8 = 0
private let beyond: UInt8 = 1
private let apostrophe: UInt8 = 2

/// What each byte folds to.
private let asciiLetters: [UInt8] = (0...UInt8.max).map { byte in
  switch byte {
  case 0x30...0x39, 0x61...0x7A: byte
  case 0x41...0x5A: byte | 0x20
  case 0x27: apostrophe
  case 0x80...: beyond
  default: gap
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
