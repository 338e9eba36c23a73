import SourceText

/// A project that a ballot offers, by the names that voters know it by.
public struct Candidate: Sendable, Hashable {
  /// The slug, by which results name it.
  public let slug: String
  /// The film's title.
  public let title: String
  /// Its other titles.
  public let alternateTitles: [String]

  /// The candidate that results call `slug`.
  public init(slug: String, title: String, alternateTitles: [String] = []) {
    self.slug = slug
    self.title = title
    self.alternateTitles = alternateTitles
  }
}

/// The candidates of one ballot, found by what a voter chose or wrote.
///
/// Case, the accents of Latin letters, spaces and signs don't count. A title beats another candidate's alternate title.
struct CandidateList {
  let candidates: [Candidate]
  /// Candidates by their folded slugs and titles, and by their folded alternate titles; `nil` where two have it.
  private var names: [String: Int?] = [:]
  private var otherNames: [String: Int?] = [:]
  /// What else is known to be chosen, folded.
  private let others: Set<String>
  /// Into how many parts the signs of ``separators`` divide the longest name.
  private var partCount: Int

  private static let separators: Set<Character> = [",", ";", "|", "\n", "\r", "\r\n"]

  /// The list of `candidates`; what else may be chosen, and may have commas as titles have, is in `others`.
  init(_ candidates: [Candidate], others: [String] = []) {
    self.candidates = candidates
    self.others = Set(others.map(Self.folded))
    partCount = others.reduce(1) { max($0, Self.parts($1).count) }
    func note(_ name: String, _ index: Int, in names: inout [String: Int?]) {
      let name = Self.folded(name)
      guard !name.isEmpty else { return }
      if let other = names[name], other != index { names[name] = .some(nil) } else { names[name] = index }
    }
    for (index, candidate) in candidates.enumerated() {
      note(candidate.slug, index, in: &names)
      note(candidate.title, index, in: &names)
      for title in candidate.alternateTitles { note(title, index, in: &otherNames) }
      partCount = ([candidate.title] + candidate.alternateTitles).reduce(partCount) {
        max($0, Self.parts($1).count)
      }
    }
  }

  /// What a choice means.
  enum Meaning: Equatable {
    /// The candidate at the index.
    case one(Int)
    /// Several candidates, named in one cell.
    case several([Int])
    /// Two candidates that have the same name.
    case ambiguous
    case unknown
  }

  func meaning(of choice: String) -> Meaning {
    if let meaning = meaning(ofName: choice) { return meaning }
    return several(in: choice).map { .several($0) } ?? .unknown
  }

  private func meaning(ofName name: String) -> Meaning? {
    let name = Self.folded(name)
    guard let index = names[name] ?? otherNames[name] else { return nil }
    return index.map { .one($0) } ?? .ambiguous
  }

  /// The candidates in a cell of a form with boxes to tick; `nil` when there is anything else in it.
  private func several(in choice: String) -> [Int]? {
    let choices = choices(in: choice)
    guard choices.count > 1 else { return nil }
    var found: [Int] = []
    for name in choices {
      guard case .one(let index)? = meaning(ofName: name) else { return nil }
      if !found.contains(index) { found.append(index) }
    }
    return found
  }

  /// What stands in a cell of a form with boxes to tick, which has commas, semicolons or line ends between: the names that
  /// are known, and all other parts one by one. As titles have commas, too, the longest names come first.
  func choices(in cell: String) -> [String] {
    func isKnown(_ text: String) -> Bool {
      others.contains(Self.folded(text)) || meaning(ofName: text) != nil
    }
    let parts = Self.parts(cell)
    guard parts.count <= 100, !isKnown(cell) else { return [cell] }
    guard parts.count > 1 else { return joined(in: cell) ?? [cell] }
    var choices: [String] = []
    var start = 0
    while start < parts.count {
      let ends = (start + 1)...min(parts.count, start + partCount)
      let end = ends.last { isKnown(parts[start..<$0].joined(separator: ",")) } ?? start + 1
      let choice = parts[start..<end].joined(separator: ",")
      choices += end == start + 1 && !isKnown(choice) ? joined(in: choice) ?? [choice] : [choice]
      start = end
    }
    return choices
  }

  /// The candidates between which `and` or the like stands, as in `Salt Road and Perdido`; `nil` if there is anything else.
  private func joined(in text: String) -> [String]? {
    let words = text.split(separator: " ")
    let ends = words.indices.filter { isConjunction(words[$0]) } + [words.count]
    guard (2...20).contains(ends.count) else { return nil }
    var names: [String] = []
    var start = 0
    while start < words.count {
      // As titles have such words, too, the longest come first.
      let end = ends.last { end in
        guard end > start, case .one? = meaning(ofName: words[start..<end].joined(separator: " ")) else {
          return false
        }
        return true
      }
      guard let end else { return nil }
      names.append(words[start..<end].joined(separator: " "))
      start = end + 1
    }
    return names.count > 1 ? names : nil
  }

  private static func parts(_ text: String) -> [String] {
    text.split { separators.contains($0) }.map { singleSpaced($0) }.filter { !$0.isEmpty }
  }

  /// The candidate that `choice` is most likely meant as.
  func suggestion(for choice: String) -> Candidate? {
    func conjunctions(_ text: String) -> Int { text.split(separator: " ").count(where: isConjunction) }
    let written = choice
    let choice = Self.folded(choice)
    let known = candidates.flatMap { candidate in
      ([candidate.slug, candidate.title] + candidate.alternateTitles)
        .map { (name: Self.folded($0), written: $0, candidate: candidate) }
    }.filter { !$0.name.isEmpty }
    if let name = nearest(to: choice, among: known.lazy.map(\.name)) {
      return known.first { $0.name == name }?.candidate
    }
    // Polls like to say who made it, too: "Salt Road (Ann Shinn)". With "and" between, something else was chosen as well.
    return known.filter { known in
      (choice.hasPrefix(known.name + " ") || choice.hasSuffix(" " + known.name))
        && conjunctions(written) <= conjunctions(known.written)
    }
    .max { $0.name.utf8.count < $1.name.utf8.count }?.candidate
  }

  /// The name as it is compared: of one without letters and digits, the signs.
  static func folded(_ name: String) -> String {
    let key = sortKey(for: name)
    return key.isEmpty ? singleSpaced(name) : key
  }
}
