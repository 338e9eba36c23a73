/// Questions about a text's UTF-8 bytes, which are looked at where they stand: names and paths are asked them again and
/// again, and to go through a view of a string takes four times as long.
extension StringProtocol {
  /// What `body` says of the UTF-8 bytes.
  @inlinable
  @inline(__always)
  public func withUTF8Bytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    if let result = utf8.withContiguousStorageIfAvailable({ unsafe body($0.span) }) { return result }
    // A string from elsewhere that isn't UTF-8 in memory.
    return body(Array(utf8).span)
  }

  /// Whether `byte` is among the UTF-8 bytes.
  @inlinable
  public func contains(byte: UInt8) -> Bool {
    withUTF8Bytes { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe $0.firstIndex(from: 0) { $0.equal(to: byte) } < $0.count }
    }
  }

  /// Whether all characters are of ASCII.
  @inlinable
  public var isASCII: Bool {
    withUTF8Bytes { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe $0.firstIndex(from: 0) { $0.beyondASCII } == $0.count }
    }
  }
}

extension StringProtocol {
  /// Whether the UTF-8 bytes come before those of `other`: an order that depends on no language, and in which two Unicode
  /// forms of one text are two.
  @inlinable
  public func bytesPrecede(_ other: some StringProtocol) -> Bool {
    withUTF8Bytes { left in other.withUTF8Bytes { right in left.precedes(right) } }
  }
}

extension Span<UInt8> {
  /// Whether these bytes come before `other` in the order of a dictionary.
  @inlinable
  public func precedes(_ other: Span<UInt8>) -> Bool {
    for index in 0..<Swift.min(count, other.count) where self[index] != other[index] {
      return self[index] < other[index]
    }
    return count < other.count
  }
}

extension Substring {
  /// The index of the last `byte`, which is ASCII.
  @inlinable
  public func lastIndex(ofByte byte: UInt8) -> Index? {
    let found: Int?? = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      var index = bytes.count
      while index > 0 {
        index -= 1
        if unsafe bytes[index] == byte { return index }
      }
      return nil
    }
    // A string from elsewhere that isn't UTF-8 in memory.
    guard let found else { return utf8.lastIndex(of: byte) }
    return found.map { utf8.index(utf8.startIndex, offsetBy: $0) }
  }

  /// Whether the last bytes are those of `ending`.
  @inlinable
  public func hasSuffix(bytesOf ending: StaticString) -> Bool {
    let count = ending.utf8CodeUnitCount
    let has = unsafe utf8.withContiguousStorageIfAvailable { bytes in
      guard bytes.count >= count else { return false }
      for index in 0..<count
      where unsafe bytes[bytes.count - count + index] != ending.utf8Start[index] { return false }
      return true
    }
    return has ?? utf8.suffix(count).elementsEqual("\(ending)".utf8)
  }
}
