/// Where an import goes, and how: what all importers are told.
public struct ImportDestination: Sendable {
  /// The site's folder.
  public var root = "."
  /// The column that posts go into, by name or folder.
  public var column: String
  /// Whether a column that isn't there is begun though the site has others.
  public var beginsColumn = false
  /// Whether nothing is written.
  public var isDryRun = false
  /// The number of tasks that work at once; at least 1.
  public var jobs: Int
  /// Is told how far the import is: items done, and items in all.
  public var progress: (@Sendable (Int, Int) -> Void)?

  /// The column of that name or folder, reached with `jobs` tasks.
  public init(column: String, jobs: Int) {
    self.column = column
    self.jobs = jobs
  }
}
