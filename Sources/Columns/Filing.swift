import SourceText
import YAML

/// Collects the terms that write-ups are filed under.
///
/// Two spellings with one slug are one term, called as the earliest write-up calls it.
struct Filing {
  private struct Key: Hashable {
    let kind: Term.Kind
    let slug: String
  }

  private var terms: [Term] = []
  private var termOfKey: [Key: ID<Term>] = [:]
  /// The terms of the names seen so far, by kind.
  private var termOfName: [Term.Kind: [String: ID<Term>]] = [:]

  /// Files a write-up under everything its front matter names.
  mutating func file(_ piece: Piece, as id: ID<WriteUp>, diagnostics: inout [Diagnostic]) -> TermIDs {
    var result = TermIDs()
    let source = piece.source
    let project = source.project
    result.format = project.format.map { file($0, as: .format, id) }
    result.status = piece.status.map { file($0, as: .status, id) }
    result.genres = file(project.genres, as: .genre, of: source, id, diagnostics: &diagnostics)
    result.tags = file(project.tags, as: .tag, of: source, id, diagnostics: &diagnostics)
    result.countries = file(project.countries, as: .country, of: source, id, diagnostics: &diagnostics)
    return result
  }

  private mutating func file(
    _ names: [Located<String>], as kind: Term.Kind, of source: WriteUpSource, _ id: ID<WriteUp>,
    diagnostics: inout [Diagnostic]
  ) -> [ID<Term>] {
    var result: [ID<Term>] = []
    for located in names {
      let name = located.value
      let term: ID<Term>
      if let known = termOfName[kind]?[name] {
        term = known
      } else {
        let slug = Columns.slug(for: name)
        guard !slug.isEmpty else {
          diagnostics.append(.unusableTerm(name, kind, at: source.location(located.range)))
          continue
        }
        if let other = termOfKey[Key(kind: kind, slug: slug)], signs(in: terms[other].name) != signs(in: name)
        {
          diagnostics.append(
            .sharedAddress(name, terms[other].name, kind, at: source.location(located.range)))
        }
        term = self.term(kind, slug: slug, name: name)
        termOfName[kind, default: [:]][name] = term
      }
      note(id, under: term)
      if !result.contains(term) { result.append(term) }
    }
    return result
  }

  /// Files a write-up under a word of a vocabulary.
  private mutating func file(_ word: some Vocabulary, as kind: Term.Kind, _ id: ID<WriteUp>) -> ID<Term> {
    let term = term(kind, slug: word.rawValue, name: word.label)
    note(id, under: term)
    return term
  }

  /// The term with this slug, which is called `name` if it is new.
  private mutating func term(_ kind: Term.Kind, slug: String, name: @autoclosure () -> String) -> ID<Term> {
    let key = Key(kind: kind, slug: slug)
    if let id = termOfKey[key] { return id }
    let id = ID<Term>(terms.count)
    termOfKey[key] = id
    terms.append(Term(kind: kind, name: name(), slug: slug, writeUps: []))
    return id
  }

  private mutating func note(_ writeUp: ID<WriteUp>, under term: ID<Term>) {
    if terms[term].writeUps.last != writeUp { terms[term].writeUps.append(writeUp) }
  }

  /// The terms by kind and name (formats and statuses in the order of their vocabulary), and the new id
  /// of each old one.
  consuming func finish() -> (terms: [Term], newIDs: [ID<Term>]) {
    func rank(_ term: Term) -> (Int, Int, String, String) {
      let kind = Term.Kind.allCases.firstIndex(of: term.kind) ?? 0
      let position =
        switch term.kind {
        case .format: Format(rawValue: term.slug).flatMap(Format.allCases.firstIndex(of:)) ?? 0
        case .status: Status(rawValue: term.slug).flatMap(Status.allCases.firstIndex(of:)) ?? 0
        case .tag, .genre, .country: 0
        }
      return (kind, position, sortKey(for: term.name), term.slug)
    }
    let ranks = terms.map(rank)
    let order = terms.indices.sorted { ranks[$0] < ranks[$1] }
    var newIDs = [ID<Term>](repeating: ID(0), count: terms.count)
    for (new, old) in order.enumerated() { newIDs[old] = ID(new) }
    return (order.map { terms[$0] }, newIDs)
  }
}

extension TermIDs {
  /// The same terms by their final ids.
  func renumbered(_ newIDs: [ID<Term>]) -> TermIDs {
    TermIDs(
      format: format.map { newIDs[$0.index] }, status: status.map { newIDs[$0.index] },
      genres: genres.map { newIDs[$0.index] }, tags: tags.map { newIDs[$0.index] },
      countries: countries.map { newIDs[$0.index] })
  }
}

/// The signs of a name that are no letters of its address, and make it another name all the same: `++` of C++.
private func signs(in name: String) -> [UInt8] {
  name.utf8.filter { [0x21, 0x23, 0x24, 0x25, 0x2A, 0x2B, 0x3D, 0x40].contains($0) }
}

extension Diagnostic {
  fileprivate static func sharedAddress(
    _ name: String, _ other: String, _ kind: Term.Kind, at location: Location
  ) -> Diagnostic {
    .warning(
      "write-up/shared-term",
      "the \(kind.rawValue) '\(name)' has the address of '\(other)', and is one with it",
      at: location, fix: "write one of the two out in letters")
  }

  fileprivate static func unusableTerm(
    _ name: String, _ kind: Term.Kind, at location: Location
  ) -> Diagnostic {
    .error(
      "write-up/term", "the \(kind.rawValue) '\(name)' gives no address",
      at: location, fix: "use letters or digits")
  }
}
