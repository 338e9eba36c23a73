/// An input file's path and bytes.
public struct Source: Sendable {
  /// The path as diagnostics print it: relative to the site's root, with `/` between its parts.
  public let path: String
  /// The file's bytes, exactly as read.
  public let bytes: [UInt8]

  /// A source of `bytes` that diagnostics call `path`.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// A source whose bytes are those of `text`.
  public init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The text of `range`, with invalid UTF-8 replaced; clamped to the source.
  public func text(in range: ByteRange) -> String {
    String(decoding: bytes[range.indices.clamped(to: bytes.indices)], as: UTF8.self)
  }
}

/// A place in a source: the file's path and a range of its bytes.
///
/// Lines and columns are worked out only when a place is printed; see ``LineTable``.
public struct Location: Sendable, Hashable {
  /// The path of the source, as in ``Source/path``.
  public var path: String
  /// The bytes meant.
  public var range: ByteRange

  /// The bytes `range` of the source at `path`.
  public init(path: String, range: ByteRange) {
    self.path = path
    self.range = range
  }
}
