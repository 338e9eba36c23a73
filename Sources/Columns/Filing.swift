import SourceText

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
  private var slugOfName: [String: String] = [:]

  /// Files a write-up under everything its front matter names.
  mutating func file(
    _ source: WriteUpSource, as id: ID<WriteUp>, diagnostics: inout [Diagnostic]
  ) -> TermIDs {
    var result = TermIDs()
    let project = source.project
    result.format = project.format.map { add(.format, name: $0.label, slug: $0.rawValue, writeUp: id) }
    result.status = project.status.map { add(.status, name: $0.label, slug: $0.rawValue, writeUp: id) }
    result.genres = file(project.genres, as: .genre, of: source, id, diagnostics: &diagnostics)
    result.tags = file(project.tags, as: .tag, of: source, id, diagnostics: &diagnostics)
    result.countries = file(project.countries, as: .country, of: source, id, diagnostics: &diagnostics)
    return result
  }

  private mutating func file(
    _ names: [String], as kind: Term.Kind, of source: WriteUpSource, _ id: ID<WriteUp>,
    diagnostics: inout [Diagnostic]
  ) -> [ID<Term>] {
    var result: [ID<Term>] = []
    for name in names {
      let slug = slugOfName[name] ?? Columns.slug(for: name)
      slugOfName[name] = slug
      guard !slug.isEmpty else {
        diagnostics.append(.unusableTerm(name, kind, source))
        continue
      }
      let term = add(kind, name: name, slug: slug, writeUp: id)
      if !result.contains(term) { result.append(term) }
    }
    return result
  }

  private mutating func add(
    _ kind: Term.Kind, name: String, slug: String, writeUp: ID<WriteUp>
  ) -> ID<Term> {
    let key = Key(kind: kind, slug: slug)
    if let id = termOfKey[key] {
      if terms[id].writeUps.last != writeUp { terms[id].writeUps.append(writeUp) }
      return id
    }
    let id = ID<Term>(terms.count)
    termOfKey[key] = id
    terms.append(Term(kind: kind, name: name, slug: slug, writeUps: [writeUp]))
    return id
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

extension Diagnostic {
  fileprivate static func unusableTerm(
    _ name: String, _ kind: Term.Kind, _ source: WriteUpSource
  ) -> Diagnostic {
    .error(
      "write-up/term", "the \(kind.rawValue) '\(name)' gives no address",
      at: source.location(source.places.frontMatter), fix: "use letters or digits")
  }
}
