import SourceText

/// What a document has of the facets of an index.
struct DocumentFacets: Sendable {
  /// The year of its date; empty for a document without one.
  let year: Substring
  /// For each facet, the numbers of its values that hold; empty for what has no facets.
  let values: [[Int]]
}

/// The facets of an index and what each document has of them.
///
/// Documents with facets come before those without. Facets with one value for a document are told together, each
/// combination that occurs by its number; each facet with lists by itself. The first facet of all is the year: as
/// documents stand by their dates, it is enough to say how many each year has.
struct FacetFile {
  private let facets: [SearchFacet]
  private let years: [(year: Substring, count: Int)]
  private let columns: [Column]

  /// What some of the facets are for each document.
  private struct Column {
    /// The positions of the facets.
    let facets: [Int]
    /// The combinations that occur, the most frequent first: for each facet the numbers of its values.
    var combinations: [[[Int]]] = []
    /// The number of each document's combination.
    var numbers: [Int] = []
  }

  init(_ documents: some Sequence<DocumentFacets>, _ facets: [SearchFacet]) {
    self.facets = facets
    let faceted = Array(documents.prefix { !$0.values.isEmpty })
    var years: [(year: Substring, count: Int)] = []
    for document in faceted {
      if let last = years.last, last.year == document.year {
        years[years.count - 1].count += 1
      } else {
        years.append((document.year, 1))
      }
    }
    self.years = years
    let single = facets.indices.filter { !facets[$0].isList }
    let groups = [single] + facets.indices.filter { facets[$0].isList }.map { [$0] }
    columns = groups.map { group in
      var column = Column(facets: group)
      // The combinations in the order in which they are met; a list of numbers is looked up quicker than lists of them.
      var known: [[Int]: Int] = [:]
      var met: [(combination: [[Int]], count: Int)] = []
      var key: [Int] = []
      let all = faceted.map { document in
        key.removeAll(keepingCapacity: true)
        for facet in group {
          key.append(contentsOf: document.values[facet].sorted())
          key.append(-1)
        }
        let number = known[key] ?? met.count
        if number == met.count {
          known[key] = number
          met.append((group.map { document.values[$0].sorted() }, 0))
        }
        met[number].count += 1
        return number
      }
      let order = met.indices.sorted { left, right in
        met[left].count != met[right].count ? met[left].count > met[right].count : left < right
      }
      column.combinations = order.map { met[$0].combination }
      var numbers = order
      for (number, place) in order.enumerated() { numbers[place] = number }
      column.numbers = all.map { numbers[$0] }
      return column
    }
  }

  /// Writes the names of facets and their values, and the years, as members of an object.
  func writeNames(into buffer: inout ByteBuffer) {
    buffer.append("years:\(years.map(\.count)),facets:[")
    let year = SearchFacet(
      name: "year", values: years.map { SearchFacet.Value(slug: String($0.year), label: String($0.year)) })
    for facet in [year] + facets {
      buffer.append("[")
      buffer.appendScriptString(facet.name)
      buffer.append(",[")
      for value in facet.values {
        buffer.append("[")
        buffer.appendScriptString(value.slug)
        buffer.append(",")
        buffer.appendScriptString(value.label)
        buffer.append("],")
      }
      buffer.append("]],")
    }
    buffer.append("]")
  }

  /// Writes what the documents have, as an array.
  func writeValues(into buffer: inout ByteBuffer) {
    buffer.append("[")
    for column in columns {
      buffer.append("[\(column.facets.map { $0 + 1 }),\(column.combinations),\"")
      for number in column.numbers { Digits.write(number, into: &buffer) }
      buffer.append("\"],")
    }
    buffer.append("]")
  }
}
