import Foundation
import SourceText
import Testing

@testable import Search

@Suite struct WordTests {
  /// The words of a text, as `words.json` has them; the script is held to the same file by
  /// `Scripts/verify/searching.py`.
  struct Sample: Decodable, Sendable {
    let text: String
    /// The words that the index has.
    let words: [String]
  }

  static let samples: [Sample] = {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "SearchWords/words.json")
    let samples = try? JSONDecoder().decode([Sample].self, from: Data(contentsOf: file))
    return samples ?? []
  }()

  @Test func thereAreSamples() { #expect(WordTests.samples.count > 20) }

  @Test(arguments: samples)
  func wordsAreFolded(sample: Sample) {
    #expect(words(Array(sample.text.utf8)) == sample.words)
  }

  @Test func invalidBytesEndWords() {
    #expect(words([0x61, 0xFF, 0x62, 0xC3, 0x63, 0xE2, 0x82]) == ["a", "b", "c"])
    #expect(words([0x61, 0xED, 0xA0, 0x80, 0x62]) == ["a", "b"])
  }

  @Test func aLongWordIsCut() {
    #expect(words(Array(String(repeating: "é", count: 40).utf8)) == [String(repeating: "e", count: 24)])
  }

  private func words(_ text: [UInt8]) -> [String] {
    var reader = WordReader()
    // What stands there of a text before leaves no trace.
    reader.read(Array("before it, a longer text 塩".utf8).span)
    reader.read(text.span)
    return reader.words.map { word in
      var bytes: [UInt8] = []
      word.append(to: &bytes, from: reader.tails)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
