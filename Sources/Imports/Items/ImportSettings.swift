public import CivilTime
public import Columns

/// What an import is told about the site that it goes into.
public struct ImportSettings: Sendable {
  /// The folder of the column below `content/`.
  public var folder: String
  /// The column's name.
  public var columnName: String
  /// What a piece of the column is called.
  public var itemLabel: String
  /// Whether the column is one of film projects.
  public var isProjects: Bool
  /// The fields that the column asks of each write-up.
  public var require: [RequiredField]
  /// The pattern of its write-ups' addresses.
  public var permalink: Permalink
  /// The site's time zone.
  public var zone: TimeZoneRules
  /// What labels in the text mean.
  public var labels = Labels()
  /// The folders of all columns.
  public var columns: Set<String> = []
  /// The patterns of addresses of all columns that are there, by their folders.
  public var permalinks: [String: Permalink] = [:]
  /// The path of the site's root on its host, without a slash at its end.
  public var rootPath = ""
  /// The names of write-ups in the column that people wrote.
  public var takenNames: Set<String> = []
  /// The paths of write-ups that people wrote, without `.md`.
  public var takenPaths: Set<String> = []
  /// The addresses, former ones among them, of what people wrote and other imports brought over, as ``addressKey(_:)`` has
  /// them, with a query behind those that have one.
  public var takenAddresses: Set<String> = []
  /// The file that was written for the item of this key before.
  public var formerPath: @Sendable (String) -> String? = { _ in nil }
  /// The files of all items that were brought over before.
  public var formerPaths: Set<String> = []
  /// What a file that was brought over before begins with; `nil` where it is gone.
  public var beginning: @Sendable (String) -> String? = { _ in nil }

  /// Settings for the column in `folder`, which need not exist yet.
  public init(folder: String, columnName: String, zone: TimeZoneRules) {
    self.folder = folder
    self.columnName = columnName
    itemLabel = columnName
    isProjects = false
    require = []
    permalink = .weekly
    self.zone = zone
  }

  /// Whether the file at `path` is a write-up of another column, put there earlier.
  func isElsewhere(_ path: String) -> Bool {
    let first = path.prefix { $0 != "/" }
    return first != folder && first != "pages"
  }

  /// The address, without slashes at its ends, that the write-up in the file at `path` gets in its column.
  func address(ofWriteUp path: String, on date: CivilDate) -> String {
    let column = String(path.prefix { $0 != "/" })
    return (column == folder ? permalink : permalinks[column] ?? permalink).address(
      column: column, date: date, week: ISOWeek(of: date), slug: ContentPath(path).pieceName)
  }

  /// Whether a page of this name would stand where sitegen puts something.
  func isReserved(_ name: String) -> Bool {
    columns.contains(name) || name == folder || isReservedFolder(name) || name == "old"
  }
}

/// Whether sitegen puts pages or files of its own into the folder of that name, whatever the columns are called.
public func isReservedFolder(_ name: String) -> Bool {
  [
    "tags", "genres", "countries", "formats", "status", "people", "campaigns", "search", "comments", "feed",
    "api", "assets", "oembed", "titles", "winners",
  ].contains(name)
}

/// The address, without slashes at its ends, that the page in the file at `path` gets.
func addressOfPage(_ path: String) -> String { String(path.dropFirst("pages/".count).dropLast(".md".count)) }
