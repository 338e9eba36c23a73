import FlyingSocks
import SitePipeline

/// A file of `content/`, or a part of it, as it goes out: read piece by piece, each when it is sent, whatever its size.
struct FilePieces: AsyncBufferedSequence {
  typealias Element = UInt8

  let preview: Preview
  let copy: PreviewCopy
  /// The part that is sent, in bytes.
  let range: Range<Int>

  /// How many bytes are sent at once.
  static let pieceSize = 1 << 18

  func makeAsyncIterator() -> Iterator { Iterator(file: self, rest: range) }

  struct Iterator: AsyncBufferedIteratorProtocol {
    fileprivate let file: FilePieces
    fileprivate var rest: Range<Int>

    mutating func next() async throws -> UInt8? { try await nextBuffer(suggested: 1)?.first }

    mutating func nextBuffer(suggested count: Int) async throws -> [UInt8]? {
      guard !rest.isEmpty else { return nil }
      let piece = rest.lowerBound..<Swift.min(rest.lowerBound + count, rest.upperBound)
      // Of a file that has become shorter there is no more to send: that has to look like the mistake that it is.
      guard let bytes = try file.preview.read(file.copy, piece)?.bytes, bytes.count == piece.count else {
        throw SocketError.disconnected
      }
      rest = piece.upperBound..<rest.upperBound
      return bytes
    }
  }
}
