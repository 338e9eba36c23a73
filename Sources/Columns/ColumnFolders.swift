/// Which column a file belongs to: that of the innermost folder that is one.
public struct ColumnFolders: Sendable {
  private let positions: [String: Int]

  /// The folders of `columns`, which are found by their positions.
  public init(_ columns: [ColumnSource]) {
    positions = Dictionary(
      columns.enumerated().map { ($1.path.folder, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The position of the column that what is in `folder` belongs to.
  ///
  /// - Complexity: O(*d*) for a folder *d* folders deep.
  public subscript(folder: String) -> Int? {
    var folder = folder[...]
    while true {
      if let position = positions[String(folder)] { return position }
      guard let slash = folder.lastIndex(of: "/") else { return nil }
      folder = folder[..<slash]
    }
  }
}
