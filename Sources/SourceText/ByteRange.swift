/// A half-open range of UTF-8 byte offsets into one source.
///
/// Offsets are 32 bits wide: a source is at most 4 GiB, and ranges are kept in large numbers.
public struct ByteRange: Sendable, Hashable {
  /// The offset of the first byte.
  public var lowerBound: UInt32
  /// The offset just past the last byte.
  public var upperBound: UInt32

  /// The bytes from `lowerBound` up to, but not including, `upperBound`; clamped to be in order and
  /// to fit 32 bits.
  @inlinable
  public init(_ lowerBound: Int, _ upperBound: Int) {
    let lower = UInt32(clamping: lowerBound)
    self.lowerBound = lower
    self.upperBound = max(lower, UInt32(clamping: upperBound))
  }

  /// The empty range at `offset`.
  @inlinable
  public init(at offset: Int) {
    self.init(offset, offset)
  }

  /// The number of bytes.
  @inlinable
  public var count: Int { Int(upperBound - lowerBound) }

  /// Whether no byte is inside.
  @inlinable
  public var isEmpty: Bool { lowerBound == upperBound }

  /// The same bytes as a range of array indices.
  @inlinable
  public var indices: Range<Int> { Int(lowerBound)..<Int(upperBound) }

  /// This range moved by `offset` bytes.
  @inlinable
  public func shifted(by offset: Int) -> ByteRange {
    ByteRange(Int(lowerBound) + offset, Int(upperBound) + offset)
  }
}
