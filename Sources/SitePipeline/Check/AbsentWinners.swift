import Columns
import SourceText
import YAML

extension Check {
  /// Winners that aren't published any more, and have left the column's winners with that: `ballot/absent-winner`.
  static let absentWinners = Check { site in
    let archive = site.archive
    let votes = archive.ballots.filter(\.hasAbsentWinner)
    guard !votes.isEmpty else { return [] }
    let held = Dictionary(uniqueKeysWithValues: archive.heldBack.map { ($0.path, $0) })
    let sources = site.content.sources.writeUps.filter { held[$0.path] != nil }
    return votes.flatMap { ballot -> [Diagnostic] in
      guard let file = archive.source(of: ballot.page) else { return [] }
      let column = archive.columns[ballot.column].source.path.folder
      let shown = Set(ballot.winners.map { archive.writeUps[$0].source.slug })
      return ballot.namesOfWinners.compactMap { name in
        // In a month, a name may have its week in front.
        guard let slug = name.value.split(separator: "/").last.map(String.init), !shown.contains(slug) else {
          return nil
        }
        let source = sources.first { $0.slug == slug && $0.path.text.hasPrefix(column + "/") }
        return .absentWinner(name, source.flatMap { held[$0.path] }, in: file)
      }
    }
  }
}

extension Ballot {
  /// The names of those who won, as the file has them.
  fileprivate var namesOfWinners: [Located<String>] {
    if let winners = source.winners { return winners }
    let barred = Set(source.disqualified.map(\.project.value))
    let standing = source.results.filter { !barred.contains($0.project.value) }
    let most = standing.map(\.votes).max()
    return standing.filter { $0.votes == most }.map(\.project)
  }
}

extension Diagnostic {
  fileprivate static func absentWinner(
    _ name: Located<String>, _ held: HeldBack?, in file: PeriodSource
  ) -> Diagnostic {
    .warning(
      "ballot/absent-winner",
      "'\(name.value)' won \(file.period.value), and isn't among the winners, as it \(held?.standing ?? "isn't published")",
      at: Location(path: file.path.sourcePath, range: name.range),
      fix: held.map { "publish \($0.path.sourcePath) again" },
      notes: held.map {
        [Note("the write-up", at: Location(path: $0.path.sourcePath, range: ByteRange(at: 0)))]
      } ?? [])
  }
}
