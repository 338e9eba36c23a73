import SourceText

/// Documents that follow each other, read for an index: their words, what is shown of them, and their texts.
///
/// Sections are made apart from each other, and in parallel; ``SearchIndex`` puts them together. Where one ends and
/// the next begins leaves no trace.
public struct SearchSection: Sendable {
  /// The text of each document, of which excerpts are cut; ``SearchFile/pieces(of:document:)`` makes files of it.
  public let texts: [[UInt8]]
  let concordance: Concordance
  let facets: [DocumentFacets]
  /// The files with what is shown of the documents, ``SearchIndex/documentsPerPart`` in each.
  let shown: [SearchFile]

  /// The documents with the numbers in `range`, which `document` gives one by one.
  ///
  /// - Parameter range: It begins at a multiple of ``SearchIndex/documentsPerPart``, and ends at one or where the
  ///   documents end.
  public init(_ range: Range<Int>, document: (Int) -> SearchDocument) {
    let per = SearchIndex.documentsPerPart
    var reader = ConcordanceReader(first: range.lowerBound)
    var texts: [[UInt8]] = []
    var facets: [DocumentFacets] = []
    texts.reserveCapacity(range.count)
    facets.reserveCapacity(range.count)
    shown = stride(from: range.lowerBound, to: range.upperBound, by: per).map { start in
      SearchFile(part: start / per) { buffer in
        for number in start..<min(start + per, range.upperBound) {
          let document = document(number)
          reader.read(document)
          document.write(into: &buffer)
          buffer.append(",")
          texts.append(document.text)
          facets.append(DocumentFacets(year: document.date.prefix(4), values: document.facets))
        }
      }
    }
    concordance = reader.concordance
    self.texts = texts
    self.facets = facets
  }
}
