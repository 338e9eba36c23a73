/// UTF-8 bytes that grow at the end: what every renderer writes into.
///
/// Reuse one buffer for many pages with ``removeAll()``, which keeps its storage.
public struct ByteBuffer: Sendable {
  /// The bytes written so far.
  public var bytes: [UInt8]

  /// An empty buffer.
  @inlinable
  public init() { bytes = [] }

  /// An empty buffer with room for `capacity` bytes.
  @inlinable
  public init(capacity: Int) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// The number of bytes written.
  @inlinable
  public var count: Int { bytes.count }

  /// The bytes as a string, with invalid UTF-8 replaced.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Forgets what was written and keeps the storage.
  @inlinable
  public mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  /// Appends the UTF-8 bytes of `text`.
  @inlinable
  public mutating func append(_ text: String) {
    let isDone: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
      unsafe bytes.append(contentsOf: $0)
    }
    // A string from elsewhere that isn't UTF-8 in memory.
    if isDone == nil { bytes.append(contentsOf: text.utf8) }
  }

  /// Appends one byte.
  @inlinable
  public mutating func append(byte: UInt8) { bytes.append(byte) }

  /// Appends `other` as it is.
  @inlinable
  public mutating func append(_ other: [UInt8]) { bytes.append(contentsOf: other) }

  /// Appends `other` as it is.
  @inlinable
  public mutating func append(_ other: ArraySlice<UInt8>) { bytes.append(contentsOf: other) }

  /// Appends the bytes of `other` in `range` as they are.
  @inlinable
  public mutating func append(_ other: [UInt8], in range: Range<Int>) {
    unsafe other.withUnsafeBufferPointer {
      unsafe bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }

  /// Appends `number` in decimal digits.
  public mutating func append(_ number: Int) {
    switch number {
    case 0..<10: bytes.append(0x30 + UInt8(number))
    case 10..<10_000:
      var unit = number < 100 ? 10 : number < 1000 ? 100 : 1000
      while unit > 0 {
        bytes.append(0x30 + UInt8(number / unit % 10))
        unit /= 10
      }
    default: append(String(number))
    }
  }
}
