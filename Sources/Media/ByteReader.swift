/// Reads numbers out of a part of a file without ever reading outside it.
struct ByteReader {
  /// The whole file, or its beginning.
  private let bytes: [UInt8]
  /// The part that may be read.
  let range: Range<Int>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    range = bytes.indices
  }

  private init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  /// The number of bytes that may be read.
  var count: Int { range.count }

  /// The part of `count` bytes from `offset`, which is counted from the start of this part; `nil` when
  /// that reaches outside this part.
  func part(at offset: Int, count: Int) -> ByteReader? {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else { return nil }
    let start = range.lowerBound + offset
    return ByteReader(bytes, start..<start + count)
  }

  /// The byte at `offset`.
  func byte(at offset: Int) -> Int? {
    guard offset >= 0, offset < count else { return nil }
    return Int(bytes[range.lowerBound + offset])
  }

  /// The big-endian number of `width` bytes at `offset`; `width` is at most 7.
  func bigEndian(_ width: Int, at offset: Int) -> Int? {
    guard let part = part(at: offset, count: width) else { return nil }
    return part.range.reduce(0) { $0 << 8 | Int(bytes[$1]) }
  }

  /// The little-endian number of `width` bytes at `offset`; `width` is at most 7.
  func littleEndian(_ width: Int, at offset: Int) -> Int? {
    guard let part = part(at: offset, count: width) else { return nil }
    return part.range.reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
  }

  /// Whether `expected` stands at `offset`.
  func has(_ expected: [UInt8], at offset: Int) -> Bool {
    guard let part = part(at: offset, count: expected.count) else { return false }
    return bytes[part.range].elementsEqual(expected)
  }

  /// Whether the ASCII characters `expected` stand at `offset`.
  func has(_ expected: String, at offset: Int) -> Bool {
    guard let part = part(at: offset, count: expected.utf8.count) else { return false }
    return bytes[part.range].elementsEqual(expected.utf8)
  }
}
