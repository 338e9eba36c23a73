/// What became of the parts of a text that Markdown has no words for.
public struct ConversionNotes: Sendable, Hashable {
  /// How often each of these was kept as HTML: names of elements.
  public var kept: [String: Int] = [:]
  /// How often each of these was left out, or lost something: in words.
  public var lost: [String: Int] = [:]

  /// The addresses, as they were written, of files that it shows or leads to.
  public var media: [String] = []
  /// The numbers of the notes below the text that it refers to.
  var references: [Int] = []

  /// Nothing worth a note.
  public init() {}

  mutating func keep(_ name: String) { kept["<\(name)>", default: 0] += 1 }
  mutating func lose(_ what: String) { lost[what, default: 0] += 1 }

  mutating func add(_ other: ConversionNotes) {
    kept.merge(other.kept, uniquingKeysWith: +)
    lost.merge(other.lost, uniquingKeysWith: +)
    media += other.media
    references += other.references
  }
}
