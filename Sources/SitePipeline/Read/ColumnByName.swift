import Columns
import SourceText

extension ColumnSource {
  /// Whether somebody means this column by `name`: its name, or its folder with or without `content/`.
  func isCalled(_ name: String) -> Bool {
    let folder = name.hasPrefix("content/") ? String(name.dropFirst("content/".count)) : name
    return sortKey(for: name) == sortKey(for: self.name) || folder == path.folder
      || folder == path.folder + "/"
  }
}

extension Diagnostic {
  /// A name that none of `columns` has.
  static func noColumn(_ name: String, _ columns: [ColumnSource]) -> Diagnostic {
    .error(
      "column/not-found", "there is no column '\(name)'", at: nil,
      fix: didYouMean(name, among: columns.flatMap { [$0.path.folder, $0.name] })
        ?? "the columns are \(columns.map(\.path.folder).sorted().joined(separator: ", "))")
  }
}
