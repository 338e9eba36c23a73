import Testing

@testable import SitePipeline

@Suite struct ExportPiecesTests {
  /// Whether a second reading of these pieces is taken for the first.
  private func isSame(_ first: [String], _ second: [String]) -> Bool {
    var pieces = ExportPieces()
    var isKnown = true
    for piece in first { isKnown = pieces.accept(Array(piece.utf8)) && isKnown }
    isKnown = pieces.finish() && isKnown
    #expect(isKnown)
    return second.allSatisfy { pieces.accept(Array($0.utf8)) } && pieces.finish()
  }

  @Test func whatChangedBetweenTwoReadingsIsNoticed() {
    #expect(isSame(["a", "b"], ["a", "b"]))
    #expect(isSame([], []))
    #expect(!isSame(["a", "b"], ["a", "c"]))
    #expect(!isSame(["a", "b"], ["a", "b", "c"]))
    #expect(!isSame(["a", "b"], ["a", "bc"]))
    #expect(!isSame(["a", "b"], ["a"]))
  }
}
