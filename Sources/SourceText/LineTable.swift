/// Where the lines of one source begin, for turning byte offsets into lines and columns.
///
/// Built only when something is printed. A line ends at LF, CR LF or a lone CR.
public struct LineTable: Sendable {
  /// A place as people count: both from 1, the column in UTF-8 bytes.
  public struct Position: Sendable, Hashable {
    /// The line, from 1.
    public var line: Int
    /// The column in UTF-8 bytes, from 1.
    public var column: Int
  }

  private let starts: [Int]
  private let byteCount: Int

  /// The lines of `bytes`.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public init(_ bytes: [UInt8]) {
    var starts = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        starts.append(index)
      } else if byte == 0x0D {
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(index)
      }
    }
    self.starts = starts
    self.byteCount = bytes.count
  }

  /// The number of lines; at least 1.
  public var lineCount: Int { starts.count }

  /// The line and column of `offset`; offsets past the end count as the end.
  ///
  /// - Complexity: O(log *n*) in the number of lines.
  public func position(of offset: UInt32) -> Position {
    let offset = min(Int(offset), byteCount)
    let line = starts.partitioningIndex { $0 > offset }
    return Position(line: line, column: offset - starts[line - 1] + 1)
  }

  /// The bytes of `line` (from 1) together with its line end, or `nil` when there is no such line.
  public func range(ofLine line: Int) -> Range<Int>? {
    guard line >= 1, line <= starts.count else { return nil }
    return starts[line - 1]..<(line < starts.count ? starts[line] : byteCount)
  }
}
