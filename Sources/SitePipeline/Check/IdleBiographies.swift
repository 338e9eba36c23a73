import Columns
import SourceText
import YAML

extension Check {
  /// Files of `people/` whose names no write-up has, in credits or as its author: `person/no-credits`.
  static let idleBiographies = Check { site in
    let archive = site.archive
    let idle = archive.people.filter { $0.source != nil && $0.credits.isEmpty && $0.written.isEmpty }
    guard !idle.isEmpty else { return [] }
    let names = archive.people.filter { !$0.credits.isEmpty }.map(\.name)
    // Of many, the first get a suggestion.
    return idle.enumerated().compactMap { index, person in
      guard let source = person.source else { return nil }
      let suggestion = index < 20 ? didYouMean(source.name.value, among: names) : nil
      // A write-up to come may have the name.
      guard suggestion != nil || archive.heldBack.isEmpty else { return nil }
      return .noCredits(source, suggestion)
    }
  }
}

extension Diagnostic {
  fileprivate static func noCredits(_ source: PersonSource, _ suggestion: String?) -> Diagnostic {
    .warning(
      "person/no-credits", "no write-up names '\(source.name.value)', in its credits or as its author",
      at: Location(path: source.path.sourcePath, range: source.name.range),
      fix: suggestion ?? "write the name as credits have it, or add their spelling to 'also_known_as'")
  }
}
