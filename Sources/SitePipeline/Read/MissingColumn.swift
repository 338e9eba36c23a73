import Columns
import SourceText

extension Diagnostic {
  /// A name that none of `columns` has.
  static func noColumn(_ name: String, _ columns: [ColumnSource]) -> Diagnostic {
    .error(
      "column/not-found", "there is no column '\(name)'", at: nil,
      fix: didYouMean(name, among: columns.flatMap { [$0.path.folder, $0.name] })
        ?? "the columns are \(columns.map(\.path.folder).sorted().joined(separator: ", "))")
  }
}
