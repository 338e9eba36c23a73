/// The pieces of a file that is read twice, so that the second reading notices what has changed since the first before anything
/// is made of it.
struct ExportPieces: Sendable {
  private var digests: [Digest] = []
  private var next = 0
  private var isKnown = false

  /// Whether the next piece is the one that the first reading saw; in that, each is.
  mutating func accept(_ piece: [UInt8]) -> Bool {
    let digest = Digest(of: piece)
    guard isKnown else {
      digests.append(digest)
      return true
    }
    defer { next += 1 }
    return next < digests.count && digests[next] == digest
  }

  /// Ends a reading; false when the first saw more.
  mutating func finish() -> Bool {
    defer { (next, isKnown) = (0, true) }
    return !isKnown || next == digests.count
  }
}
